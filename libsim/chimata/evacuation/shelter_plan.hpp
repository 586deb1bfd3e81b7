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

}  // namespace chimata
