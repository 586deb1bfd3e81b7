/// What planners put up inside an event's area: ropes and fences, checks at the way in.
#pragma once

#include <string>
#include <vector>

#include "chimata/event/model.hpp"
#include "chimata/mobility/focus_area.hpp"
#include "chimata/scenario/clock.hpp"
#include "chimata/scenario/scenario.hpp"

namespace chimata {

/// The gate of this name. @throws InputError at `where` naming those there are
[[nodiscard]] AreaGate& gate_named(FocusArea& site, const std::string& id, const std::string& where);

/// Cuts the city's buildings out of an area whose gates are known; to be followed by `fit_out`.
/// @return what is odd about it, one line each
/// @throws InputError at `where` if no place is left
[[nodiscard]] std::vector<std::string> without_buildings(FocusArea& site, const City& city, FocusPlan plan,
                                                         const std::string& where);

/// Puts up the checks and barriers of an event, the gates' ways in and out being known.
/// @param where  of the event in its document
/// @return what nobody can get to because of it, one line each
/// @throws InputError: no such gate, no such form, a barrier outside the area or that keeps people in
[[nodiscard]] std::vector<std::string> fit_out(FocusArea& site, const City& city,
                                               const ScenarioInputs& inputs, const EventModel& model,
                                               const LocalClock& clock, const std::string& where);

}  // namespace chimata
