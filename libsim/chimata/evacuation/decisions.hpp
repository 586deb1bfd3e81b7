/// Who hears which warning, who heeds it and how, and when they are ready: all settled before the run.
/// Private to this room.
#pragma once

#include <cstdint>
#include <vector>

#include "chimata/city/city.hpp"
#include "chimata/evacuation/reception.hpp"
#include "chimata/evacuation/vertical.hpp"
#include "chimata/mobility/process.hpp"

namespace chimata {

/// One warning of one level.
struct Warning {
  Time at;
  std::uint8_t level = 4;  ///< 3 addresses the elderly and impaired, 4 and 5 everyone
};

/// What people do about a warning.
enum class Act : std::uint8_t {
  stay,   ///< nothing
  leave,  ///< go to a shelter
  go_up,  ///< go up in their own building
  refuge  ///< go up in a building nearby
};

/// People who decide as one.
struct Unit {
  std::vector<PersonId> members;  ///< ascending
  Act act = Act::stay;
  std::uint8_t heeds = 0;  ///< row of the warning + 1 on which they act; 0: never
};

struct Decisions {
  std::vector<Warning> warnings;             ///< by time
  std::vector<Column<PersonId, Told>> told;  ///< of each warning
  std::vector<Unit> units;                   ///< everybody is in one
  Column<PersonId, std::uint8_t> in_warned_zone;
  Column<PersonId, Time> ready;  ///< when they could leave or go up; kNever: never
  Column<PersonId, Knowledge> knowledge;
  Column<PersonId, std::uint8_t> willing;  ///< the lowest alert level on which they would leave; 0: none
  std::vector<std::uint8_t> warned_zones;  ///< by zone, and last of people outside all zones

  /// Whether `warning` speaks to this person.
  [[nodiscard]] bool addresses(const Warning& warning, const Population& people, PersonId person) const;
};

/// Fit to bring along somebody who cannot go alone: an adult, or below 75, who needs no help themselves.
[[nodiscard]] bool is_fit(const Population& people, PersonId person);

/// Per zone whether it is warned, and last whether people outside all zones are.
/// @throws InputError for an unknown zone
[[nodiscard]] std::vector<std::uint8_t> warned_zones(const Zones& zones, const EvacuationModel& model);
/// The model's warnings by time.
/// @throws InputError for a warning before the start
[[nodiscard]] std::vector<Warning> warnings_of(const EvacuationModel& model);

/// Decisions of everybody. Those who want to go up and cannot at home are given the act `refuge`; whether
/// there is one near is for the caller to find out.
/// @throws InputError for an unknown zone or a warning before the start
[[nodiscard]] Decisions decide(const Population& people, const Random& random, const Zones& zones,
                               const EvacuationModel& model, const HomeHazard& hazard);

/// A person's own building with what the hazard map says of it.
[[nodiscard]] HomeBuilding building_of(const Population& people, const HomeHazard& hazard, PersonId person);

}  // namespace chimata
