#include "chimata/scenario/trip_files.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/io/crs.hpp"
#include "chimata/io/csv.hpp"

namespace chimata {

namespace {

constexpr double kFarthest = 500;  // m from a stop to the streets, at most

double figure(const io::CsvTable& table, std::size_t row, std::size_t column, const char* name) {
  const auto value = table.number(row, column);
  if (!value || !std::isfinite(*value))
    throw InputError(table.where(row), std::string(name) + " is empty", "give a number");
  return *value;
}

/// The street nodes of places in columns x and y, or lon and lat.
std::vector<NodeId> nodes_of(const io::CsvTable& table, const City& city) {
  const auto x = table.column({"x"}), y = table.column({"y"});
  std::vector<Point> places;
  if (x && y) {
    for (std::size_t row = 0; row < table.rows(); ++row)
      places.push_back({figure(table, row, *x, "x"), figure(table, row, *y, "y")});
  } else {
    const auto lon = table.required("place of a stop (x and y, or lon and lat)", {"lon", "longitude"});
    const auto lat = table.required("latitude", {"lat", "latitude"});
    const io::Projection projection(city.crs);
    for (std::size_t row = 0; row < table.rows(); ++row)
      places.push_back(
          projection.to_city(io::LonLat{figure(table, row, lon, "lon"), figure(table, row, lat, "lat")}));
  }
  std::vector<NodeId> nodes;
  const auto access = walking_access(city.network, places);
  for (std::size_t row = 0; row < places.size(); ++row) {
    if (!access[row].node.valid() || access[row].distance > kFarthest)
      throw InputError(table.where(row), "lies farther than 500 m from any street for people on foot",
                       "check the place, and that x and y are metres of " + city.crs);
    nodes.push_back(access[row].node);
  }
  return nodes;
}

class Reading {
 public:
  Reading(const TripModel& model, const City& city) : city_(city) { read_routes(model.routes); }

  void read_departures(const std::string& file, std::size_t people) {
    const auto table = io::CsvTable::read(file);
    const auto departure = table.required("departure, s after the start", {"departure_s"});
    const auto route = table.required("route", {"route"});
    if (table.rows() != people)
      throw InputError(
          table.file(),
          "has " + std::to_string(table.rows()) + " trips for " + std::to_string(people) + " people",
          "give one row for every person, in the order of the population");
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const double moment = figure(table, row, departure, "departure_s");
      if (moment < 0)
        throw InputError(table.where(row), "sets out before the start", "start the scenario earlier");
      plan_.departure.push_back(time_of(moment));
      plan_.route.push_back(route_named(table.text(row, route), table.where(row)));
    }
  }

  void read_forks(const std::string& file) {
    const auto table = io::CsvTable::read(file);
    const auto from = table.required("moment, s after the start", {"from_s"});
    const auto route = table.required("route", {"route"});
    const auto share = table.column({"share"});
    const auto nodes = nodes_of(table, city_);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      Fork fork{nodes[row], time_of(figure(table, row, from, "from_s")), 1,
                route_named(table.text(row, route), table.where(row))};
      if (share) fork.share = figure(table, row, *share, "share");
      if (!(fork.share >= 0 && fork.share <= 1))
        throw InputError(table.where(row), "share is " + table.text(row, *share), "give 0 to 1");
      plan_.forks.push_back(fork);
    }
    std::stable_sort(plan_.forks.begin(), plan_.forks.end(), [](const Fork& a, const Fork& b) {
      return std::tie(a.at, a.from) < std::tie(b.at, b.from);
    });
  }

  TripPlan plan() && { return std::move(plan_); }

 private:
  void read_routes(const std::string& file) {
    const auto table = io::CsvTable::read(file);
    const auto route = table.required("route", {"route"});
    const auto nodes = nodes_of(table, city_);
    std::vector<std::vector<NodeId>> stops;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::string& name = table.text(row, route);
      const auto [known, is_new] = row_of_.try_emplace(name, static_cast<RouteRow>(stops.size()));
      if (is_new) stops.emplace_back(), plan_.name.push_back(name);
      stops[known->second].push_back(nodes[row]);
    }
    for (const auto& route_stops : stops) {
      plan_.first.push_back(static_cast<std::uint32_t>(plan_.stop.size()));
      plan_.stop.insert(plan_.stop.end(), route_stops.begin(), route_stops.end());
    }
    plan_.first.push_back(static_cast<std::uint32_t>(plan_.stop.size()));
  }

  [[nodiscard]] RouteRow route_named(const std::string& name, const std::string& where) const {
    const auto found = row_of_.find(name);
    if (found == row_of_.end())
      throw InputError(where, "there is no route \"" + name + "\"", did_you_mean(name, plan_.name));
    return found->second;
  }

  const City& city_;
  TripPlan plan_;
  std::map<std::string, RouteRow, std::less<>> row_of_;
};

}  // namespace

TripPlan read_trips(const TripModel& model, const City& city, std::size_t people) {
  if (model.file.empty()) throw InputError("trips.file", "is missing", "write file: trips.csv");
  if (model.routes.empty()) throw InputError("trips.routes", "is missing", "write routes: routes.csv");
  Reading reading(model, city);
  reading.read_departures(model.file, people);
  if (!model.forks.empty()) reading.read_forks(model.forks);
  return std::move(reading).plan();
}

}  // namespace chimata
