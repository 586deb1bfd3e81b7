/// What is odd about an event and does not keep it from running, one line each.
#pragma once

#include <string>
#include <vector>

#include "chimata/event/model.hpp"
#include "chimata/mobility/focus_area.hpp"
#include "chimata/scenario/scenario.hpp"

namespace chimata {

/// Buildings of the city inside the area that people walk through, because nobody cut them out of it.
[[nodiscard]] std::vector<std::string> notes_on_buildings(const City& city, const FocusArea& area);

/// Edits that close a street where the area's own rule holds: those inside it, and those through a gate.
[[nodiscard]] std::vector<std::string> notes_on_closures(const Network& network, const FocusArea& area,
                                                         const std::vector<AppliedEdit>& edits);

/// Trains that end before the event does, and barriers that stand only when the scenario is over.
[[nodiscard]] std::vector<std::string> notes_on_times(const EventModel& model, const FocusArea& area,
                                                      Time end);

}  // namespace chimata
