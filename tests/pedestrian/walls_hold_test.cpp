#include <doctest/doctest.h>

#include "support/crowds.hpp"

using namespace chimata;
using namespace chimata::pedestrian;

TEST_CASE("nobody gets through a wall, however hard the crowd pushes and whatever the step") {
  // a room with an acute corner, a thin screen and a screw of walls; everybody wants to a place behind the
  // walls
  const Polygon room{{{{0, 0}, {20, 0}, {22, 20}, {3, 18}}}};
  std::vector<Wall> lines;
  for (std::size_t i = 0; i < 4; ++i) lines.push_back({room.rings[0][i], room.rings[0][(i + 1) % 4]});
  lines.push_back({{10, 4}, {10, 14}}), lines.push_back({{10, 14}, {14, 10}});
  const Walls walls(lines);
  for (const double dt : {0.01, 0.05, 0.5}) {
    Crowd crowd(walls);
    auto people = crowd_in({4, 2, 19, 16}, 500, 0.4);
    std::erase_if(people, [&](const Newcomer& p) { return walls.clearance(p.at) < 0.1; });
    for (Newcomer& p : people) p.speed = 3;
    crowd.insert(people);
    const std::size_t count = crowd.size();
    Arena arena(2);
    const Random random{Seed{3}};
    std::vector<Point> before(500);
    double least = 1;
    bool crossed = false, outside = false;
    for (std::uint32_t i = 0; i < 2000; ++i) {
      for (std::size_t row = 0; row < count; ++row) {
        // a goal that changes every hundred steps, mostly outside
        const std::uint32_t person = crowd.person()[row].value;
        crowd.aims()[row] = {60 * random.uniform(Purpose{"x"}, person, i / 100) - 20,
                             60 * random.uniform(Purpose{"y"}, person, i / 100) - 20};
        before[person] = crowd.position()[row];
      }
      crowd.step(dt, arena);
      for (std::size_t row = 0; row < count; ++row) {
        const Point at = crowd.position()[row];
        crossed = crossed || !walls.sees(before[crowd.person()[row].value], at);
        outside = outside || !room.contains(at);
        least = std::min(least, walls.clearance(at));
      }
    }
    CAPTURE(dt);
    CHECK_FALSE(crossed);
    CHECK_FALSE(outside);
    CHECK(least > kWallDistance - 1e-9);
    CHECK(crowd.size() == count);
  }
}

TEST_CASE("somebody walking askew against a wall slides along it") {
  const Walls walls(std::vector<Wall>{{{-100, 0}, {100, 0}}});
  Laws laws;
  laws.collision_free.wall_push = 0;  // nothing but the wall itself
  Crowd crowd(walls, laws);
  crowd.insert(std::vector<Newcomer>{{.person = PersonId{0u}, .at = {0, 0.3}, .speed = 1}});
  Arena arena(1);
  for (int i = 0; i < 500; ++i) {
    crowd.aims()[0] = {crowd.position()[0].x + 1, crowd.position()[0].y - 1};
    crowd.step(0.02, arena);
  }
  CHECK(crowd.position()[0].y == doctest::Approx(0.001));
  CHECK(crowd.position()[0].x == doctest::Approx(10 * std::sqrt(0.5)).epsilon(0.01));
  CHECK(crowd.velocity()[0].x == doctest::Approx(std::sqrt(0.5)));
  CHECK(crowd.velocity()[0].y == doctest::Approx(0));
}

TEST_CASE("a gate lets people through only while it is open") {
  Walls walls({{{0, -3}, {0, 3}}, {{-5, 3}, {5, 3}}, {{-5, -3}, {5, -3}}});
  Crowd crowd(walls);
  crowd.insert(std::vector<Newcomer>{{.person = PersonId{0u}, .at = {-1, 0}}});
  Arena arena(1);
  const auto walk = [&] {
    for (int i = 0; i < 200; ++i) {
      crowd.aims()[0] = {4, 0};
      crowd.step(0.02, arena);
    }
  };
  walk();
  CHECK(crowd.position()[0].x < 0);
  walls.set_standing(0, false);
  walk();
  CHECK(crowd.position()[0].x > 1);
}

TEST_CASE("a wall farther away than anybody looks stops whoever would get that far in one step") {
  const Walls walls(std::vector<Wall>{{{4, -5}, {4, 5}}});
  Crowd crowd(walls);
  crowd.insert(std::vector<Newcomer>{{.person = PersonId{0u}, .at = {0, 0}, .speed = 5, .time_gap = 0.3}});
  crowd.aims()[0] = {100, 0};
  Arena arena(1);
  crowd.step(1, arena);
  CHECK(crowd.position()[0].x < 4);
}
