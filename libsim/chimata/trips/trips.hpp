/// People with a departure and a way of their own: each goes from home by given stops to a last one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chimata/core/parameter.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"

namespace chimata {

/// Row of a route.
using RouteRow = std::uint32_t;

/// From a moment on, a share of those who come to a stop goes on by another route: a sign that staff turn.
struct Fork {
  NodeId at;
  Time from;
  double share = 1;    ///< of those who come; of several with one place and moment they add up
  RouteRow route = 0;  ///< taken from its first stop
};

/// Who goes when and where; immutable, shared by all runs.
struct TripPlan {
  Column<PersonId, Time> departure;
  Column<PersonId, RouteRow> route;
  std::vector<std::string> name;     ///< of the routes
  std::vector<std::uint32_t> first;  ///< of each route in `stop`; one more than routes
  std::vector<NodeId> stop;          ///< places to pass, the last of a route is its goal
  std::vector<Fork> forks;           ///< by (at, from)
};

/// Files of a plan, as a scenario names them.
struct TripModel {
  std::string file;    ///< who: departure_s and route, a row for every person in the order of the population
  std::string routes;  ///< stops: route, x and y (or lon and lat), a row per stop
  std::string forks;   ///< x, y, from_s, share, route; "": none
};
[[nodiscard]] const Declarations<TripModel>& trip_parameters();

/// The service "trips". Must be process 0 of the kernel: it holds everybody at the start, at home, and again
/// at the end of their route. Between two stops people take the shortest way of the process `walking`.
///
/// Table "trips", a row per person at the end.
/// @throws std::logic_error if the plan has not one row per person
[[nodiscard]] std::unique_ptr<Process> make_trips(std::shared_ptr<const World> world,
                                                  std::shared_ptr<const TripPlan> plan, ProcessIndex walking);

}  // namespace chimata
