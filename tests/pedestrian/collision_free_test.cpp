#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "support/crowds.hpp"

using namespace chimata;
using namespace chimata::pedestrian;

namespace {

/// The equations of the collision-free speed model as they stand in the paper: everybody with everybody, no
/// grid, no lanes, the C library's functions.
std::vector<Point> reference_velocities(const std::vector<Newcomer>& people, const Walls& walls, Point aim,
                                        double sight) {
  constexpr double A = 8, D = 0.1, Aw = 5, Dw = 0.02;
  std::vector<Point> velocities;
  for (const Newcomer& me : people) {
    std::vector<const Newcomer*> seen;
    for (const Newcomer& other : people) {
      if (&other == &me || distance(me.at, other.at) - me.radius - other.radius > sight) continue;
      bool hidden = false;
      for (WallRow w = 0; w < walls.size(); ++w) hidden = hidden || meets({me.at, other.at}, walls[w]) <= 1;
      if (!hidden) seen.push_back(&other);
    }
    const double far = distance(me.at, aim);
    Point e{(aim.x - me.at.x) / far, (aim.y - me.at.y) / far};
    for (const Newcomer* other : seen) {
      const double d = distance(me.at, other->at), l = me.radius + other->radius;
      e.x -= A * std::exp((l - d) / D) * (other->at.x - me.at.x) / d;
      e.y -= A * std::exp((l - d) / D) * (other->at.y - me.at.y) / d;
    }
    for (WallRow w = 0; w < walls.size(); ++w) {
      const Point point = nearest_on(walls[w], me.at);
      const double d = distance(me.at, point);
      e.x += Aw * std::exp((me.radius - d) / Dw) * (me.at.x - point.x) / d;
      e.y += Aw * std::exp((me.radius - d) / Dw) * (me.at.y - point.y) / d;
    }
    const double length = std::sqrt(e.x * e.x + e.y * e.y);
    e.x /= length, e.y /= length;
    double s = 1e9;
    for (const Newcomer* other : seen) {
      const double x = other->at.x - me.at.x, y = other->at.y - me.at.y, l = me.radius + other->radius;
      if (e.x * x + e.y * y >= 0 && std::fabs(e.x * y - e.y * x) <= l)
        s = std::min(s, distance(me.at, other->at) - l);
    }
    const double v = std::min(me.speed, std::max(0.0, s / me.time_gap));
    velocities.push_back({v * e.x, v * e.y});
  }
  return velocities;
}

/// A crowded room with a pillar, a screen between people and a door; numbers that a float holds.
Gathering crowded_room() {
  Gathering g = bottleneck(600, 1.2, 3);
  const double middle = g.walls[0].b.x / 2;
  g.walls.push_back({{middle - 3, middle - 2}, {middle + 2, middle + 3}});
  g.walls.push_back({{3, 3}, {3.5, 3}});
  for (Newcomer& p : g.people) {
    p.speed = static_cast<float>(p.speed);
    p.radius = static_cast<float>(0.12 + 0.01 * (p.person.value % 7));
    p.time_gap = static_cast<float>(0.5 + 0.25 * (p.person.value % 4));
  }
  const Walls walls(g.walls);
  std::erase_if(g.people, [&](const Newcomer& p) { return walls.clearance(p.at) < 0.05; });
  return g;
}

double worst_difference(const Gathering& g, double faintest, double sight) {
  const Walls walls(g.walls);
  Laws laws;
  laws.collision_free.faintest_push = faintest;
  Crowd crowd(walls, laws);
  crowd.insert(g.people);
  point_the_way(crowd, g);
  Arena arena(1);
  constexpr double dt = 0.01;
  crowd.step(dt, arena);
  const auto expected = reference_velocities(g.people, walls, g.aim, sight);
  std::map<std::uint32_t, std::size_t> row_of;
  for (std::size_t i = 0; i < g.people.size(); ++i) row_of[g.people[i].person.value] = i;
  double worst = 0;
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const std::size_t i = row_of.at(crowd.person()[row].value);
    const Point v = expected[i], at = g.people[i].at;
    worst = std::max(worst, distance(v, crowd.velocity()[row]));
    worst = std::max(worst, distance({at.x + dt * v.x, at.y + dt * v.y}, crowd.position()[row]));
  }
  return worst;
}

}  // namespace

TEST_CASE("everybody in a crowded room moves as the published equations say") {
  const Gathering g = crowded_room();
  REQUIRE(g.people.size() > 500);
  CHECK(worst_difference(g, 1e-13, 1e9) < 1e-9);
}

TEST_CASE(
    "leaving out pushes that nobody feels changes a velocity by less than a micrometre a second per "
    "neighbour") {
  const double worst = worst_difference(crowded_room(), 1e-6, 1e9);
  CHECK(worst < 2e-5);
  CHECK(worst > 1e-12);  // something is left out
}

TEST_CASE("a person alone walks straight to the aim at the desired speed") {
  const Walls walls(std::vector<Wall>{});
  Crowd crowd(walls);
  crowd.insert(std::vector<Newcomer>{{.person = PersonId{0u}, .at = {0, 0}, .speed = 1.25}});
  Arena arena(1);
  for (int i = 0; i < 1000; ++i) {
    crowd.aims()[0] = {30, 40};
    crowd.step(0.01, arena);
  }
  CHECK(crowd.position()[0].x == doctest::Approx(7.5).epsilon(1e-12));
  CHECK(crowd.position()[0].y == doctest::Approx(10).epsilon(1e-12));
}

TEST_CASE("a follower closes up exponentially with the time gap, and twice as finely with half the step") {
  // behind somebody standing: s' = -s / T, so s(t) = s0 exp(-t / T) once below v0 T
  const auto error = [](double dt) {
    const Walls walls(std::vector<Wall>{});
    Crowd crowd(walls);
    crowd.insert(std::vector<Newcomer>{{.person = PersonId{0u}, .at = {0, 0}, .speed = 1.5, .radius = 0.25},
                                       {.person = PersonId{1u}, .at = {1.5, 0}, .speed = 0, .radius = 0.25}});
    Arena arena(1);
    for (int i = 0; i < std::lround(1 / dt); ++i) {
      for (Point& aim : crowd.aims()) aim = {100, 0};
      crowd.step(dt, arena);
    }
    const double gap = distance(crowd.position()[0], crowd.position()[1]) - 0.5;
    return std::fabs(gap - std::exp(-1.0));
  };
  const double coarse = error(0.02), fine = error(0.01), finest = error(0.005);
  CHECK(coarse < 5e-3);
  CHECK(coarse / fine == doctest::Approx(2).epsilon(0.03));
  CHECK(fine / finest == doctest::Approx(2).epsilon(0.03));
}

TEST_CASE("people on two sides of a wall do not see each other") {
  const Walls walls(std::vector<Wall>{{{0.5, -5}, {0.5, 5}}});
  Crowd crowd(walls);
  crowd.insert(std::vector<Newcomer>{{.person = PersonId{0u}, .at = {0.2, 0}, .radius = 0.15},
                                     {.person = PersonId{1u}, .at = {0.8, 0}, .radius = 0.15}});
  crowd.aims()[0] = {0.2, 10}, crowd.aims()[1] = {0.8, 10};
  Arena arena(1);
  crowd.step(0.01, arena);
  CHECK(crowd.velocity()[0].y == doctest::Approx(1.2).epsilon(0.01));
  CHECK(crowd.velocity()[1].y == doctest::Approx(1.2).epsilon(0.01));
}
