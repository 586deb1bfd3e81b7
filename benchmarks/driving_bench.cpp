/// Motivation: what does a car cost on its way through a city?
///
/// grid_*: the 11 x 11 grid of links of 1 km (20 m/s, 0.2 veh/m, 0.8 veh/s) on which SUMO's mesoscopic model
/// and UXsim are measured beside us (peers/traffic_race.py), with fixed routes and with everybody choosing by
/// present travel times. scaling: fixed random routes over larger grids, all cars always on the way.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <random>
#include <sstream>
#include <string>

#include "chimata/driving/flow.hpp"
#include "chimata/driving/travel_times.hpp"
#include "chimata/network/builder.hpp"
#include "support/real_data.hpp"

namespace {

using namespace chimata;
using namespace chimata::driving;

struct Grid {
  std::uint32_t side;
  std::shared_ptr<const Network> network;

  Grid(std::uint32_t nodes_a_side, double length) : side(nodes_a_side) {
    NetworkBuilder builder;
    for (std::uint32_t i = 0; i < side * side; ++i) {
      builder.add_node({length * (i / side), length * (i % side)});
    }
    const auto street = [&](std::uint32_t a, std::uint32_t b) {
      builder.add_segment({.from = NodeId{a}, .to = NodeId{b}, .length = length, .speed = 20});
    };
    for (std::uint32_t i = 0; i < side * side; ++i) {
      if (i % side + 1 < side) street(i, i + 1);
      if (i / side + 1 < side) street(i, i + side);
    }
    network = std::make_shared<const Network>(builder.build());
  }
  [[nodiscard]] LinkId between(NodeId from, NodeId to) const {
    for (const LinkId link : network->leaving(from)) {
      if (network->head(link) == to) return link;
    }
    return LinkId::none();
  }
};

struct Trip {
  double departs;
  NodeId from, to;
  std::vector<LinkId> route;  ///< empty: own choice
};

DrivingModel textbook() {
  DrivingModel model;
  model.jam_spacing = 5, model.wave_speed = 5, model.saturation_flow = 1;
  return model;
}

/// The staged routes: node names A0 to K10, a letter for the column and a number for the row.
std::vector<Trip> staged_trips(const Grid& grid, const std::string& path) {
  std::vector<Trip> trips;
  FILE* rows = popen(("gzip -dc '" + path + "'").c_str(), "r");
  char line[4096];
  while (rows != nullptr && std::fgets(line, sizeof line, rows) != nullptr) {
    std::istringstream words(std::string(line).substr(std::string(line).rfind(',') + 1));
    double departs = 0;
    if (std::sscanf(line, "%*d,%lf", &departs) != 1) continue;
    std::vector<NodeId> nodes;
    for (std::string word; words >> word;) {
      nodes.push_back(NodeId{static_cast<std::uint32_t>((word[0] - 'A') * 11 + std::stoi(word.substr(1)))});
    }
    Trip trip{departs, nodes.front(), nodes.back(), {}};
    for (std::size_t i = 0; i + 1 < nodes.size(); ++i)
      trip.route.push_back(grid.between(nodes[i], nodes[i + 1]));
    trips.push_back(std::move(trip));
  }
  if (rows != nullptr) pclose(rows);
  return trips;
}

/// 0.035 veh/s from every border node to each of the opposite border, for an hour.
std::vector<Trip> border_trips(const Grid& grid) {
  std::vector<Trip> trips;
  const auto node = [&](std::uint32_t x, std::uint32_t y) { return NodeId{x * grid.side + y}; };
  const auto flow = [&](NodeId from, NodeId to) {
    for (int i = 0; i < 126; ++i) trips.push_back({i / 0.035, from, to, {}});
  };
  const std::uint32_t last = grid.side - 1;
  for (std::uint32_t a = 0; a <= last; ++a) {
    for (std::uint32_t b = 0; b <= last; ++b) {
      flow(node(0, a), node(last, b)), flow(node(last, b), node(0, a));
      flow(node(a, 0), node(b, last)), flow(node(b, last), node(a, 0));
    }
  }
  return trips;
}

/// Cars on random walks of `hops` links, all starting within the first minute.
std::vector<Trip> wandering_trips(const Grid& grid, std::uint32_t cars, int hops) {
  std::mt19937 dice(7);
  std::vector<Trip> trips;
  for (std::uint32_t i = 0; i < cars; ++i) {
    NodeId at{dice() % static_cast<std::uint32_t>(grid.network->node_count())};
    Trip trip{(dice() % 60000) / 1000.0, at, at, {}};
    LinkId last;
    for (int hop = 0; hop < hops; ++hop) {
      const auto ways = grid.network->leaving(at);
      LinkId way = ways[dice() % ways.size()];
      if (last.valid() && way == Network::twin_of(last)) way = ways[dice() % ways.size()];
      trip.route.push_back(way);
      at = grid.network->head(way), last = way;
    }
    trip.to = at;
    trips.push_back(std::move(trip));
  }
  return trips;
}

/// The trips in the order of departure, as the engine gets to know of them.
std::vector<Trip> by_departure(std::vector<Trip> trips) {
  std::stable_sort(trips.begin(), trips.end(),
                   [](const Trip& a, const Trip& b) { return a.departs < b.departs; });
  return trips;
}

/// Resident memory of this process, bytes.
double resident() {
  long pages = 0, unused = 0;
  if (FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%ld %ld", &unused, &pages) != 2) pages = 0;
    std::fclose(file);
  }
  return static_cast<double>(pages) * 4096;
}

void run(benchmark::State& state, const Grid& grid, const std::vector<Trip>& trips, double horizon,
         double news_every) {
  const DrivingModel model = textbook();
  World world;
  world.network = grid.network;
  double moves = 0, done = 0, time = 0, memory = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const double before = resident();
    Traffic traffic(world, model, {});
    Flow flow(traffic);
    Arena arena(static_cast<int>(state.range(0)));
    traffic.vehicles.reserve(trips.size()), traffic.departed.reserve(trips.size());
    for (const Trip& trip : trips) {
      const auto row = static_cast<VehicleRow>(traffic.vehicles.size());
      Vehicle vehicle;
      vehicle.since = trip.departs;
      vehicle.fixed = trip.route.empty() ? 0 : 1;
      vehicle.guide = vehicle.fixed ? traffic.routes.add_route(trip.route) : traffic.routes.goal_of(trip.to);
      vehicle.knowledge = Knowledge::informed;
      vehicle.present = 1;
      vehicle.perception = traffic.routes.perceptions().of(row);
      flow.add({trip.departs, row, trip.from});
      traffic.put(row, vehicle);
    }
    const auto perceptions = static_cast<std::uint32_t>(model.perceptions);
    TravelTimes times(traffic, 1 - 0.5 / perceptions);
    double news = news_every / perceptions;
    std::uint32_t turn = 0;
    done = moves = time = 0;
    state.ResumeTiming();
    for (double now = 0; now < horizon; now += 1) {
      if (now >= news) {
        news += news_every / perceptions;
        times.update(traffic, now);
        traffic.routes.tell(times.costs(*grid.network),
                            Column<LinkId, std::uint8_t>(grid.network->link_count(), 0));
        traffic.routes.renew(turn++ % perceptions, flow.followed_trees(), arena);
        flow.reconsider(now);
      }
      flow.step({now, now + 1}, arena);
      moves += static_cast<double>(flow.passages().size());
      for (const Passage& passage : flow.passages()) {
        if (is_link(passage.to)) continue;
        ++done;
        traffic.vehicles[passage.vehicle].present = 0;
        time += passage.time - traffic.departed[passage.vehicle];
      }
    }
    state.PauseTiming();
    memory = resident() - before;
    state.ResumeTiming();
  }
  state.counters["done"] = done;
  state.counters["mean_s"] = done > 0 ? time / done : 0;
  state.counters["moves/s"] = benchmark::Counter(moves, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["MB"] = memory / 1e6;
}

constexpr double kNever = 1e18;

void grid_fixed_routes(benchmark::State& state) {
  const auto path = test::real_data("network/bench/grid11_60500veh_fixed_routes.csv.gz");
  const Grid grid(11, 1000);
  if (!path) {
    state.SkipWithError("no staged routes");
    return;
  }
  run(state, grid, by_departure(staged_trips(grid, *path)), 7200, kNever);
}

void grid_own_choice(benchmark::State& state) {
  const Grid grid(11, 1000);
  // UXsim moves half of its drivers' preferences over every 600 s, hence nearly all of them in 1200 s
  run(state, grid, by_departure(border_trips(grid)), 7200, 1200);
}

void scaling(benchmark::State& state) {
  const auto cars = static_cast<std::uint32_t>(state.range(1));
  std::uint32_t side = 10;
  while (side * side * 4 < cars / 10) ++side;  // ten cars a link
  const Grid grid(side, 500);
  run(state, grid, by_departure(wandering_trips(grid, cars, 40)), 600, kNever);
}

BENCHMARK(grid_fixed_routes)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK(grid_own_choice)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK(scaling)
    ->Args({1, 100'000})
    ->Args({1, 1'000'000})
    ->Args({2, 1'000'000})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->Iterations(1);

}  // namespace
