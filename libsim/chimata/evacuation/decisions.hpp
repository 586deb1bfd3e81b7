/// Who hears which warning, who heeds it and when they leave: all settled before the run. Private to this
/// room.
#pragma once

#include <cstdint>
#include <vector>

#include "chimata/evacuation/evacuation.hpp"

namespace chimata {

/// One warning of one level.
struct Warning {
  Time at;
  std::uint8_t level = 4;  ///< 3 addresses the elderly and impaired, 4 everyone
  double share = 0;        ///< of those addressed who leave
};

struct Decisions {
  std::vector<Warning> warnings;  ///< by time
  Column<PersonId, std::uint8_t> in_warned_zone;
  Column<PersonId, std::uint8_t> heeds;  ///< warnings row + 1 on which they decide to leave; 0: never
  Column<PersonId, Time> leaves;         ///< when they are out of the door; kNever: never
  Column<PersonId, Knowledge> knowledge;

  /// Whether `warning` speaks to this person.
  [[nodiscard]] bool addresses(const Warning& warning, const Population& people, PersonId person) const;
};

/// @throws InputError for an unknown zone or a warning before the start
[[nodiscard]] Decisions decide(const World& world, const Zones& zones, const EvacuationModel& model);

}  // namespace chimata
