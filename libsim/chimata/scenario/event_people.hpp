/// Of which kinds those are who come to an event.
#pragma once

#include <string>
#include <vector>

#include "chimata/people/population.hpp"
#include "chimata/scenario/event_place.hpp"

namespace chimata {

/// Draws everybody's kind from a mix, each text "kind, share" or "kind, share, law", and what follows from
/// it; nothing if nobody says. "population" stands for the plain kinds in the shares of the residents'
/// classes. Those from elsewhere get the class, an age and the speed of their kind: the population says so of
/// them.
/// @throws InputError at `where` for a kind or law that is not there, and as `read_shares`
void give_kinds(EventPlace& place, const std::vector<std::string>& mix, const PopulationModel& speeds,
                const std::string& where);

}  // namespace chimata
