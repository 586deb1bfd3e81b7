/// Where an event takes place and who may come: the area with its gates, and people from elsewhere.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chimata/event/event.hpp"
#include "chimata/mobility/focus_area.hpp"
#include "chimata/scenario/clock.hpp"
#include "chimata/scenario/scenario.hpp"

namespace chimata {

struct EventPlace {
  FocusArea area;
  std::shared_ptr<const Population> people;  ///< the residents, then those who come by train, then by car
  VisitorRows visitors = {};
  std::vector<std::string> notes = {};  ///< what nobody can get to, one line each
};

/// @throws InputError naming the parameter: no such place or gate, an end before the start, a station missing
/// …
[[nodiscard]] EventPlace event_place(const City& city, const ScenarioInputs& inputs,
                                     std::shared_ptr<const Population> residents, const EventModel& model,
                                     const PopulationModel& speeds, const LocalClock& clock,
                                     const std::string& where);

}  // namespace chimata
