/// What an edit may set of a shelter: capacity, parking, floor, stocks, opening time, …
#pragma once

#include <functional>
#include <string>

#include "chimata/evacuation/shelter_plan.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata {

/// Told what was set: field, old value, new value.
using ShelterNote = std::function<void(std::string field, std::string old_value, std::string new_value)>;

/// Sets the fields of `set` (capacity, parking, toilets, floor_m, area_m2, water_l, meals, flood_safe,
/// welfare, exit, opens_at, name). Numbers may be relative: "x1.2", "+50",
/// "-50"; a stock that is not known then stays so.
/// @throws InputError at `where` for an unknown field or a value out of range
void set_shelter(ShelterPlan& shelter, const Json& set, const LocalClock& clock, const std::string& where,
                 const ShelterNote& note);

}  // namespace chimata
