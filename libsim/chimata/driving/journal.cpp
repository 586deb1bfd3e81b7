#include "chimata/driving/journal.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "chimata/core/records.hpp"
#include "chimata/core/table_room.hpp"

namespace chimata::driving {

namespace {

// an entry is known at most this long after its moment: the window in which its handover travelled
constexpr double kLatest = 5.0;  // s

void write_trips(std::vector<TripRecord> trips, TableSet& tables) {
  std::sort(trips.begin(), trips.end(), [](const TripRecord& a, const TripRecord& b) {
    return std::tie(a.end, a.driver) < std::tie(b.end, b.driver);
  });
  Table& table = tables.try_emplace("cars", "Trips by car, one row each").first->second;
  auto& driver = table.column<std::uint32_t>("driver", "row of persons");
  auto& people = table.column<std::uint32_t>("people", "in the car, the driver included");
  auto& departed = table.column<double>("start_s", "wanted to start, s since the start");
  auto& entered =
      table.column<double>("entered_s", "drove onto the first link, s since the start; -1 if never");
  auto& end = table.column<double>("end_s", "left the road or was last seen, s since the start");
  auto& distance = table.column<float>("distance_m", "driven over whole links, m");
  auto& free_time = table.column<float>("free_flow_s", "time that these links take when empty and dry, s");
  auto& from = table.column<std::uint32_t>("from_node", "node where the trip began");
  auto& goal = table.column<std::uint32_t>("goal_node", "node headed for at the end");
  auto& link = table.column<std::uint32_t>("last_link", "link last driven on, 4294967295 for none");
  auto& fraction = table.column<float>("last_fraction", "share of the last link driven, 0 for none");
  auto& outcome = table.column<std::uint8_t>(
      "outcome", "0 arrived, 1 handed back, 2 still driving, 3 stalled in water, 4 left, 5 swept away");
  make_room(table, trips.size());
  for (const TripRecord& trip : trips) {
    driver.push_back(trip.driver.value);
    people.push_back(trip.people);
    departed.push_back(trip.departed);
    entered.push_back(trip.entered);
    end.push_back(trip.end);
    distance.push_back(trip.distance);
    free_time.push_back(trip.free_time);
    from.push_back(trip.from.value);
    goal.push_back(trip.goal.value);
    link.push_back(trip.last_link.value);
    fraction.push_back(trip.last_fraction);
    outcome.push_back(static_cast<std::uint8_t>(trip.outcome));
  }
}

void write_entries(std::vector<CarEntry> entries, TableSet& tables) {
  Table& table = tables.try_emplace("car_entries", "Which car entered which link when").first->second;
  auto& driver = table.column<std::uint32_t>("driver", "row of persons");
  auto& time = table.column<double>("t_s", "s since the start");
  auto& link = table.column<std::uint32_t>("link", "link entered");
  make_room(table, entries.size());
  for (const CarEntry& entry : entries) {
    driver.push_back(entry.driver.value);
    time.push_back(entry.time);
    link.push_back(entry.link.value);
  }
}

void sort(std::vector<CarEntry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const CarEntry& a, const CarEntry& b) {
    return std::tie(a.time, a.driver, a.link) < std::tie(b.time, b.driver, b.link);
  });
}

}  // namespace

void Journal::write_traffic(double now, const Traffic& traffic, const Places& places,
                            TableSet& tables) const {
  Table& table =
      tables.try_emplace("traffic", "Cars by link and recording interval, links with any only").first->second;
  auto& time = table.column<double>("t_s", "end of the interval, s since the start");
  auto& row = table.column<std::uint32_t>("link", "link");
  auto& entered = table.column<std::uint32_t>("entered", "vehicles that entered in the interval");
  auto& left = table.column<std::uint32_t>("left", "vehicles that left in the interval");
  auto& spent = table.column<float>("vehicle_s", "time spent by all together, s");
  auto& driven = table.column<float>("vehicle_m", "way driven by all together, m");
  auto& density = table.column<float>("mean_density_veh_m", "over the interval, all lanes, vehicles/m");
  const double interval = now - traffic.interval_start;
  for (std::uint32_t l = 0; l < traffic.queues.size(); ++l) {
    const LinkId link{l};
    const LinkQueue& queue = traffic.queues[link];
    const std::uint32_t came = queue.entered - entered_[l], went = queue.left - left_[l];
    const std::uint32_t here = traffic.present(link);
    if (came == 0 && went == 0 && here == 0) continue;
    const double length = double{traffic.roads[link].length};
    // Edie 1963: all time spent and all way driven in the interval; exact from moments of entry and exit
    const double time_spent = std::max(0.0, queue.exit_sum - queue.entry_sum + here * interval);
    double way = std::max(0.0, length * went - double{undriven_[l]} + places(link) - double{places_[l]});
    if (undriven_[l] > 0) {
      // places move up at once when somebody ahead is taken off; cars do so no faster than they drive
      const Road& road = traffic.roads[link];
      way = std::min(way, time_spent * length / std::min(road.free_time, double{road.dry_time}));
    }
    time.push_back(now);
    row.push_back(l);
    entered.push_back(came);
    left.push_back(went);
    spent.push_back(static_cast<float>(time_spent));
    driven.push_back(static_cast<float>(way));
    density.push_back(static_cast<float>(interval > 0 ? time_spent / (interval * length) : 0));
  }
}

void Journal::flush(double now, Traffic& traffic, const Places& places, TableSet& tables) {
  write_trips(std::exchange(trips_, {}), tables);
  sort(entries_);
  const auto settled = std::partition_point(entries_.begin(), entries_.end(),
                                            [&](const CarEntry& e) { return e.time < now - kLatest; });
  write_entries({entries_.begin(), settled}, tables);
  entries_.erase(entries_.begin(), settled);
  write_traffic(now, traffic, places, tables);
  for (std::uint32_t l = 0; l < traffic.queues.size(); ++l) {
    LinkQueue& queue = traffic.queues[LinkId{l}];
    entered_[l] = queue.entered, left_[l] = queue.left;
    queue.entry_sum = queue.exit_sum = 0;
    undriven_[l] = 0;
    places_[l] = traffic.present(LinkId{l}) > 0 ? static_cast<float>(places(LinkId{l})) : 0;
  }
  traffic.interval_start = now;
}

void Journal::close_all(double now, const Traffic& traffic, const Places& places,
                        std::vector<TripRecord> open, TableSet& tables) const {
  open.insert(open.end(), trips_.begin(), trips_.end());
  write_trips(std::move(open), tables);
  auto entries = entries_;
  sort(entries);
  write_entries(std::move(entries), tables);
  if (now > traffic.interval_start) write_traffic(now, traffic, places, tables);
}

void Journal::save(SnapshotWriter& out) const {
  put_records(out, "trips", trips_);
  put_records(out, "car_entries", entries_);
  out.put("traffic_entered", entered_);
  out.put("traffic_left", left_);
  out.put("traffic_undriven", undriven_);
  out.put("traffic_places", places_);
}

void Journal::load(const SnapshotReader& in) {
  get_records(in, "trips", trips_);
  get_records(in, "car_entries", entries_);
  in.get("traffic_entered", entered_);
  in.get("traffic_left", left_);
  in.get("traffic_undriven", undriven_);
  in.get("traffic_places", places_);
}

}  // namespace chimata::driving
