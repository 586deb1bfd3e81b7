/// A shelter as a scenario has it.
#pragma once

#include <string>

#include "chimata/city/city.hpp"
#include "chimata/core/time.hpp"
#include "chimata/evacuation/model.hpp"

namespace chimata {

/// A place of safety with what it offers (moved, enlarged, closed by the scenario's edits).
struct ShelterPlan {
  std::string id, name;
  Point position;
  std::uint32_t capacity = 0;   ///< people
  HazardMask fit = kAnyHazard;  ///< disasters for which it may be used
  AccessPoint access;           ///< where its door meets the streets
  double floor = 0;             ///< m above ground of the floor that takes people in; above 0: a building to
                     ///< go up in (津波避難ビル), safe while the water stays below that floor
  std::uint32_t parking = 0;    ///< cars; 0: none may come by car
  std::uint32_t toilets = 0;    ///< 0: not known
  double water_l = -1;          ///< drinking water in stock, L; negative: not known
  double meals = -1;            ///< negative: not known
  double area_m2 = 0;           ///< for people; 0: not known
  bool welfare = false;         ///< 福祉避難所: takes those who need help and whoever comes with them
  bool exit = false;            ///< a way out of the modelled area: takes everyone, with their cars
  Time opens_at = kStart;       ///< takes nobody in before
  AccessPoint car_access = {};  ///< where its car park meets the roads; none: found from the position
};

/// Whether the shelter may be used in the disaster that the model is about.
[[nodiscard]] constexpr bool fit_for(const ShelterPlan& shelter, const EvacuationModel& model) {
  return !model.flood_safe_only || (shelter.fit >> static_cast<unsigned>(model.hazard) & 1u) != 0;
}

/// Whether anybody may go there: it has room, is fit for the disaster, and is beside a street.
[[nodiscard]] constexpr bool usable(const ShelterPlan& shelter, const EvacuationModel& model) {
  return (shelter.capacity > 0 || shelter.exit) && fit_for(shelter, model) && shelter.access.node.valid();
}

/// Whether it is meant for people among whom somebody, or nobody, needs help.
[[nodiscard]] constexpr bool meant_for(const ShelterPlan& shelter, bool needs_help) {
  return needs_help || !shelter.welfare;
}

/// m of water at the site that close it: a building to go up in at its floor, any other beyond what the model
/// allows.
[[nodiscard]] constexpr double closing_depth(const ShelterPlan& shelter, const EvacuationModel& model) {
  return shelter.floor > 0 ? shelter.floor : model.shelter_closes_at;
}

/// Whether the door is open at `time`, with `depth` m of water at the site; whether there is room is another
/// question.
[[nodiscard]] constexpr bool takes_in(const ShelterPlan& shelter, const EvacuationModel& model, Time time,
                                      double depth) {
  const double limit = closing_depth(shelter, model);
  return time >= shelter.opens_at && (shelter.floor > 0 ? depth < limit : depth <= limit);
}

}  // namespace chimata
