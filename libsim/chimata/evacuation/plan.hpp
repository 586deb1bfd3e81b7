/// Who travels with whom and how, settled before the run. Private to this room.
#pragma once

#include <optional>
#include <vector>

#include "chimata/evacuation/decisions.hpp"
#include "chimata/evacuation/destinations.hpp"

namespace chimata {

/// How a party travels.
enum class Travel : std::uint8_t { none, foot, driver, passenger, crew };

/// People who set out together.
struct PlannedParty {
  std::vector<PersonId> members;  ///< ascending
  PersonId host;                  ///< they meet where this member lives
  Act act = Act::stay;
  Travel travel = Travel::foot;  ///< foot or driver
  bool stays_home = false;       ///< somebody needs help and nobody is there to give it, yet
};

struct Plan {
  Decisions decisions;
  std::vector<PlannedParty> parties;      ///< everybody is in one
  Column<PersonId, std::uint8_t> heeds;   ///< row of the warning + 1 on which they act; 0: never
  Column<PersonId, std::uint8_t> coming;  ///< 1: they first walk to where their party meets
  Column<PersonId, PersonId> helper;      ///< who from another household brings them
};

/// Whether someone in `members` is fit to bring along those who need help.
[[nodiscard]] bool has_fit(const Population& people, std::span<const PersonId> members);
/// Whether somebody can drive the household's car.
[[nodiscard]] bool is_driver(const Population& people, PersonId person);
[[nodiscard]] bool has_driver(const Population& people, std::span<const PersonId> members);
[[nodiscard]] bool needs_help(const Population& people, std::span<const PersonId> members);

/// The node where a party meets: where its host is at the start.
[[nodiscard]] inline NodeId meeting_node(const Population& people, const PlannedParty& party) {
  return people.home_node[party.host];
}

/// @param cars_run  whether there is an engine that moves cars
[[nodiscard]] Plan make_plan(const Population& people, const Random& random, const Zones& zones,
                             const EvacuationModel& model, const HomeHazard& hazard,
                             const Destinations& destinations, bool cars_run);

}  // namespace chimata
