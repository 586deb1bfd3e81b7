#include "chimata/pedestrian/voronoi.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "chimata/core/random.hpp"
#include "chimata/pedestrian/counting_lines.hpp"
#include "support/real_data.hpp"

using namespace chimata;
using namespace chimata::pedestrian;

namespace {

Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}};
}

std::vector<Point> scattered(std::size_t count, double size) {
  const Random random{Seed{3}};
  std::vector<Point> people;
  for (std::uint32_t i = 0; i < count; ++i)
    people.push_back(
        {size * random.uniform(Purpose{"place"}, 2 * i), size * random.uniform(Purpose{"place"}, 2 * i + 1)});
  return people;
}

/// A line of the bottleneck experiment: who was where in which frame.
struct Frames {
  std::map<int, std::vector<Point>> position;
  std::map<int, std::vector<PersonId>> person;
};

Frames frames_in(const std::string& path) {
  Frames frames;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream text(line);
    unsigned id = 0;
    int frame = 0;
    double x = 0, y = 0;
    text >> id >> frame >> x >> y;
    frames.position[frame].push_back({x, y});
    frames.person[frame].push_back(PersonId{id});
  }
  return frames;
}

/// The barriers of that experiment, Wuppertal 2018, as the documentation of PedPy gives them.
std::shared_ptr<const Area> entrance() {
  const std::vector<Polygon> barriers = {{{{{-0.7, -1.1},
                                            {-0.25, -1.1},
                                            {-0.25, -0.15},
                                            {-0.4, 0},
                                            {-2.8, 0},
                                            {-2.8, 6.7},
                                            {-3.05, 6.7},
                                            {-3.05, -0.3},
                                            {-0.7, -0.3}}}},
                                         {{{{0.25, -1.1},
                                            {0.7, -1.1},
                                            {0.7, -0.3},
                                            {3.05, -0.3},
                                            {3.05, 6.7},
                                            {2.8, 6.7},
                                            {2.8, 0},
                                            {0.4, 0},
                                            {0.25, -0.15}}}}};
  return std::make_shared<const Area>(cut_out({rectangle(-3.5, -2, 3.5, 8)}, barriers));
}

}  // namespace

TEST_CASE("people on a lattice share the floor evenly, up to the walls") {
  const auto hall = std::make_shared<const Area>(std::vector{rectangle(0, 0, 6, 4)});
  std::vector<Point> people;
  for (double y = 0.25; y < 4; y += 0.5) {
    for (double x = 0.25; x < 6; x += 0.5) people.push_back({x, y});
  }
  Arena arena(1);
  for (const VoronoiCell& cell : Voronoi(hall).cells(people, arena))
    CHECK(cell.density() == doctest::Approx(4));
}

TEST_CASE("nobody's floor is counted twice, and none is left over") {
  const auto room = std::make_shared<const Area>(
      std::vector<Polygon>{{{{{0, 0}, {20, 0}, {20, 20}, {0, 20}}, {{8, 8}, {8, 12}, {12, 12}, {12, 8}}}}});
  std::vector<Point> people;
  for (const Point p : scattered(300, 20)) {
    if (room->contains(p)) people.push_back(p);
  }
  Arena arena(1);
  double sum = 0;
  for (const VoronoiCell& cell : Voronoi(room).cells(people, arena)) sum += cell.size;
  // behind the pillar a piece may belong to somebody who cannot stand there: it is nobody's
  CHECK(sum == doctest::Approx(400 - 16).epsilon(0.01));
  CHECK(sum <= 384 + 1e-6);
}

TEST_CASE(
    "in a turned hall with a slanting pillar everybody has a cell, and the whole hall its mean density") {
  const auto hall = std::make_shared<const Area>(
      std::vector<Polygon>{{{{{7.07107, 7.07107}, {-8.4852, 5.6568}, {-7.07107, -7.07107}, {5.6568, -8.485}},
                             {{0, 0}, {1, 3}, {2, -1}}}}});
  std::vector<Point> people;
  for (const Point p : scattered(3000, 20)) {
    if (hall->contains({p.x - 10, p.y - 10})) people.push_back({p.x - 10, p.y - 10});
  }
  Arena arena(1);
  const auto cells = Voronoi(hall).cells(people, arena);
  double sum = 0;
  for (const VoronoiCell& cell : cells) {
    CHECK(cell.size > 0);
    sum += cell.size;
  }
  CHECK(sum == doctest::Approx(hall->size()).epsilon(0.001));
  const ZoneMeasure all = measure(*hall, cells, people, std::vector<double>(people.size(), 1.0));
  CHECK(all.density == doctest::Approx(static_cast<double>(people.size()) / hall->size()));
  CHECK(all.speed == doctest::Approx(sum / hall->size()));
}

TEST_CASE("somebody alone has the floor within the limit, cut like PedPy's twelve-gon") {
  const auto hall = std::make_shared<const Area>(std::vector{rectangle(0, 0, 10, 10)});
  const std::vector<Point> alone = {{5, 5}};
  Arena arena(1);
  CHECK(Voronoi(hall, {1.0}).cells(alone, arena)[0].size ==
        doctest::Approx(3));  // of a circle of 1 m: 12/2 sin 30
  CHECK(Voronoi(hall).cells(alone, arena)[0].size == doctest::Approx(100));
}

TEST_CASE("a wall between two people keeps their cells apart") {
  const auto rooms =
      std::make_shared<const Area>(std::vector{rectangle(0, 0, 4, 4), rectangle(4.2, 0, 8, 4)});
  const std::vector<Point> people = {{3.9, 2}, {7.9, 2}};
  Arena arena(1);
  const auto cells = Voronoi(rooms).cells(people, arena);
  CHECK(cells[0].size == doctest::Approx(16));
  CHECK(cells[1].size == doctest::Approx(2.1 * 4));  // half way is at 5.9
}

TEST_CASE("cells are the same bits for any number of threads") {
  const auto hall = std::make_shared<const Area>(std::vector{rectangle(0, 0, 50, 50)});
  const auto people = scattered(3000, 50);
  const auto with = [&](int threads) {
    Arena arena(threads);
    std::vector<double> sizes;
    for (const VoronoiCell& cell : Voronoi(hall, {0.8}).cells(people, arena)) sizes.push_back(cell.size);
    return sizes;
  };
  const auto one = with(1);
  CHECK(one == with(2));
  CHECK(one == with(4));
}

TEST_CASE("the density in front of a real entrance is what PedPy finds") {
  const auto path = test::real_data("pedestrian/pedpy/demo/bottleneck/040_c_56_h-.txt");
  if (!path) return;
  const Frames frames = frames_in(*path);
  const Area square({rectangle(-0.4, 0.5, 0.4, 1.3)});
  struct Expected {
    int frame;
    double density, limited, counted, everybody;
  };
  // computed with PedPy 1.5.1 (compute_voronoi_density without and with Cutoff(1.0, quad_segments=3),
  // compute_classic_density; the sum of all individual densities)
  constexpr std::array<Expected, 5> expected = {{{100, 8.24553022, 8.24553022, 9.375, 302.98997831},
                                                 {300, 8.57165775, 8.57165775, 10.9375, 317.67790407},
                                                 {700, 7.86876469, 7.86876469, 9.375, 185.07801603},
                                                 {1000, 5.64132194, 5.64132194, 7.8125, 106.25275551},
                                                 {1500, 0.39574259, 1.09680994, 3.125, 7.94285941}}};
  Arena arena(1);
  for (const Expected& line : expected) {
    const auto& people = frames.position.at(line.frame);
    const std::vector<double> speeds(people.size(), 1.0);
    const auto cells = Voronoi(entrance()).cells(people, arena);
    const ZoneMeasure free = measure(square, cells, people, speeds);
    double everybody = 0;
    for (const VoronoiCell& cell : cells) everybody += cell.density();
    CHECK(free.density == doctest::Approx(line.density).epsilon(1e-6));
    CHECK(free.counted == doctest::Approx(line.counted));
    CHECK(free.speed == doctest::Approx(1).epsilon(1e-6));
    CHECK(everybody == doctest::Approx(line.everybody).epsilon(1e-5));
    const auto limited = Voronoi(entrance(), {1.0}).cells(people, arena);
    CHECK(measure(square, limited, people, speeds).density == doctest::Approx(line.limited).epsilon(1e-6));
  }
}

TEST_CASE("as many walk through a real entrance as PedPy counts") {
  const auto path = test::real_data("pedestrian/pedpy/demo/bottleneck/040_c_56_h-.txt");
  if (!path) return;
  const Frames frames = frames_in(*path);
  CountingLines lines;
  lines.add({"entrance", {{0.4, 0}, {-0.4, 0}}});
  for (const auto& [frame, people] : frames.position)
    lines.look(frames.person.at(frame), people, frame / 25.0);
  std::map<PersonId, double> first;  // PedPy counts everybody once
  for (const Crossing& crossing : lines.crossings()) first.try_emplace(crossing.person, crossing.time_s);
  const auto until = [&](double time) {
    return std::count_if(first.begin(), first.end(), [&](const auto& one) { return one.second <= time; });
  };
  // compute_n_t of PedPy 1.5.1, frames 100, 300, 500, 1000 and the last
  CHECK(until(100 / 25.0) == 5);
  CHECK(until(300 / 25.0) == 15);
  CHECK(until(500 / 25.0) == 25);
  CHECK(until(1000 / 25.0) == 48);
  CHECK(until(1656 / 25.0) == 75);
}
