#include "chimata/trips/trips.hpp"

namespace chimata {

const Declarations<TripModel>& trip_parameters() {
  using M = TripModel;
  static const Declarations<M> all{
      "trips",
      "移動計画",
      "Trips",
      {
          text("file", &M::file)
              .source("the plan", 'C')
              .label("出発の表", "Table of departures")
              .help("CSV: departure_s and route, a row for every person in the order of the population."),
          text("routes", &M::routes)
              .source("the plan", 'C')
              .label("経路の表", "Table of routes")
              .help("CSV: route, x and y in the city's metres (or lon and lat), a row per stop."),
          text("forks", &M::forks)
              .source("the plan", 'C')
              .label("分岐の表", "Table of forks")
              .help("CSV: x, y, from_s, share, route; from that moment on this share of those who come to "
                    "the stop goes on by that route."),
      }};
  return all;
}

}  // namespace chimata
