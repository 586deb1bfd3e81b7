/// Kinds of people who come to an event, and who is of which.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/people/population.hpp"

namespace chimata {

/// Drawn once, when a scenario is read: the same whatever the seed of a run.
///
/// Whom the city knows keeps to it: a resident is of a kind of their own class. Who comes from elsewhere is
/// drawn from the whole mix, and the population says of them what their kind does.
struct VisitorKinds {
  struct Kind {
    std::string name;  ///< of a profile, such as "wheelchair"
    double share = 0;  ///< of those who come, as asked for
    PersonClass person_class = PersonClass::adult;
    std::string law = {};  ///< by which they move in areas; "": as everybody
  };
  static constexpr std::uint8_t kNone = 255;  ///< nobody of their class is asked for: they do not come

  std::vector<Kind> kinds;
  Column<PersonId, std::uint8_t> kind;  ///< row of `kinds`, or kNone
  Column<PersonId, float> speed;        ///< m/s, with what they push or carry
  Column<PersonId, float> radius;       ///< m
  Column<PersonId, float> reaction;     ///< s from when they hear an alarm until they set out
};

}  // namespace chimata
