/// Trips as a scenario's files say them.
#pragma once

#include "chimata/city/city.hpp"
#include "chimata/trips/trips.hpp"

namespace chimata {

/// The plan in the tables that `model` names, for `people` persons. Stops are the nearest street nodes.
/// @throws InputError naming file and row: a route nobody described, a place far from any street, too few
/// rows
[[nodiscard]] TripPlan read_trips(const TripModel& model, const City& city, std::size_t people);

}  // namespace chimata
