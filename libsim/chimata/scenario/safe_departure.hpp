/// The hand check of every evacuation: distance / speed against the arrival of the water.
#pragma once

#include <cstdint>
#include <vector>

#include "chimata/core/id.hpp"

namespace chimata {

/// Computed backwards from the shelters, for every class: L(v) = max over links (v, w) of min(L(w), closes(v,
/// w)) - length / speed, where a link closes for a class as soon as the water on any part of it reaches the
/// class's limit, or when the scenario closes it to people on foot. Used are the shelters that the evacuation
/// uses, and as it does: one takes people in until the water on its site is too deep for it, if it has opened
/// by then; welfare shelters are for households in which somebody needs help.
///
/// Per person, what pencil and paper say. Nobody meets anybody here: no crowds, no full shelters, no waiting.
struct SafeDepartures {
  /// s since the start, the last moment at which leaving on foot, at the mean speed of their class, still
  /// leads to a shelter before the water on the way is as deep as the class can walk in, whichever way and
  /// shelter is best. Infinite where no water comes in the way; minus infinity where no way leads anywhere.
  Column<PersonId, double> latest;
  Column<PersonId, double> distance;  ///< m to the nearest shelter on the dry map; infinite if there is none
  Column<PersonId, std::uint32_t> shelter;  ///< row of that shelter, 4294967295 if there is none
  std::vector<double> class_speed;  ///< m/s by PersonClass: mean free speed, NaN of a class without people
};

}  // namespace chimata
