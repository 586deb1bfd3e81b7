/// Motivation: what does it cost to know the way, and to look for a new one?
///
/// On the Grosser Stern in Berlin, the area on which JuPedSim measures itself (1,201 corners, 81 holes,
/// 44,300 places where people stand), with twelve targets along its edge and twelve gates between holes.
/// JuPedSim 2.0 plans for every agent in every step, 0.36 ms each on this area.
///
///   build:   corners, joins and the ways to twelve targets
///   follow:  aim() for people who head for a corner already, per call
///   look:    aim() with a look round for the best corner in sight, per call
///   gate:    one gate shut or opened, all twelve targets renewed
#include <benchmark/benchmark.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>

#include "chimata/io/area_wkt.hpp"
#include "chimata/wayfinding/ways.hpp"
#include "support/real_data.hpp"

namespace {

using namespace chimata;

struct Square {
  std::unique_ptr<Area> area;
  std::vector<Point> people;
  std::vector<Wall> targets;
};

/// Gates from the first corner of every seventh hole to the nearest ring but its own.
std::vector<Gate> gates_of(const Polygon& part) {
  std::vector<Gate> gates;
  for (std::size_t hole = 1; hole < part.rings.size() && gates.size() < 12; hole += 6) {
    const Point from = part.rings[hole].front();
    Point best{1e9, 1e9};
    for (std::size_t ring = 0; ring < part.rings.size(); ++ring) {
      for (std::size_t i = 0; ring != hole && i < part.rings[ring].size(); ++i) {
        const Wall edge{part.rings[ring][i], part.rings[ring][(i + 1) % part.rings[ring].size()]};
        const Point nearest = nearest_on(edge, from);
        if (distance(from, nearest) < distance(from, best)) best = nearest;
      }
    }
    gates.push_back({"gate " + std::to_string(gates.size()), {from, best}, false});
  }
  return gates;
}

const Square* square() {
  static const auto made = []() -> std::unique_ptr<Square> {
    const auto wkt = test::real_data("pedestrian/jps_geometry/grosser_stern.wkt"),
               csv = test::real_data("pedestrian/jps_geometry/grosser_stern_positions.csv");
    if (!wkt || !csv) return nullptr;
    auto square = std::make_unique<Square>();
    const auto parts = io::read_area_wkt(*wkt);
    square->area = std::make_unique<Area>(parts, gates_of(parts.front()));
    const auto& ring = parts.front().rings.front();
    for (std::size_t i = 0; i < 12; ++i) {
      const std::size_t edge = i * ring.size() / 12;
      square->targets.push_back({ring[edge], ring[(edge + 1) % ring.size()]});
    }
    std::ifstream stream(*csv);
    std::string line;
    std::getline(stream, line);
    while (std::getline(stream, line)) {
      const auto comma = line.find(',');
      square->people.push_back({std::stod(line.substr(0, comma)), std::stod(line.substr(comma + 1))});
    }
    return square;
  }();
  return made.get();
}

struct Prepared {
  Walls walls;
  Ways ways;
  explicit Prepared(const Square& square) : walls(square.area->walls()), ways(*square.area, walls, 0.3) {
    for (const Wall& target : square.targets) ways.add_target(std::vector<Wall>{target});
  }
};

void build(benchmark::State& state) {
  const Square* here = square();
  if (!here) return state.SkipWithError("no data");
  for (auto unused : state) {
    const Prepared prepared(*here);
    state.counters["corners"] = static_cast<double>(prepared.ways.corners());
    state.counters["joins"] = static_cast<double>(prepared.ways.joins());
    benchmark::DoNotOptimize(&prepared);
  }
}

void aim(benchmark::State& state, bool look) {
  const Square* here = square();
  if (!here) return state.SkipWithError("no data");
  const Prepared prepared(*here);
  std::vector<Corner> corners;
  const auto target = [&](std::size_t person) { return static_cast<Target>(person % here->targets.size()); };
  double lost = 0;
  for (std::size_t i = 0; i < here->people.size(); ++i) {
    corners.push_back(prepared.ways.aim(target(i), here->people[i], kLost, true).corner);
    lost += corners.back() == kLost ? 1 : 0;
  }
  std::size_t person = 0;
  for (auto unused : state) {
    benchmark::DoNotOptimize(prepared.ways.aim(target(person), here->people[person], corners[person], look));
    person = person + 1 == here->people.size() ? 0 : person + 1;
  }
  state.counters["lost"] = lost;
}
void follow(benchmark::State& state) {
  aim(state, false);
}
void look(benchmark::State& state) {
  aim(state, true);
}

void gate(benchmark::State& state) {
  const Square* here = square();
  if (!here) return state.SkipWithError("no data");
  Prepared prepared(*here);
  Arena arena(1);
  std::size_t turn = 0;
  for (auto unused : state) {
    const Gate& gate = here->area->gates()[(turn / 2) % here->area->gates().size()];
    const WallRow row = here->area->wall_of_gate(gate.id);
    prepared.walls.set_standing(row, turn++ % 2 == 0);
    prepared.ways.update({row}, arena);
  }
}

BENCHMARK(build)->Unit(benchmark::kMillisecond);
BENCHMARK(follow)->MinTime(1);
BENCHMARK(look)->MinTime(2);
BENCHMARK(gate)->Unit(benchmark::kMillisecond);

}  // namespace
