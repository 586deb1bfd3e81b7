#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/pedestrian/crowd.hpp"

using namespace chimata;
using namespace chimata::pedestrian;

// the page docs/howto/add_a_law.md shows what stands between the marks; tests/docs compares
// [example
/// Straight to the aim; whoever has somebody less than a metre ahead stands and waits.
Point timid(const Walker& me, const Seen& seen, std::span<const Contact> /*walls*/, double /*dt*/) {
  for (std::size_t j = 0; j < seen.count; ++j) {
    const double ahead = me.direction.x * seen.off_x[j] + me.direction.y * seen.off_y[j];
    if (ahead > 0 && seen.gap[j] < 1) return {};
  }
  return {me.speed * me.direction.x, me.speed * me.direction.y};
}

Crowd two_timid_people(const Walls& walls) {
  Crowd crowd(walls);
  OwnLaw law;
  law.range = 1;  // m between bodies: farther away nobody is seen
  law.person = timid;
  crowd.set_own_law(law);
  Newcomer first{PersonId{0u}, {5, 1}}, second{PersonId{1u}, {3, 1}};
  first.law = second.law = Law::own;
  crowd.insert(std::vector{first, second});
  for (Point& aim : crowd.aims()) aim = {8, 1};
  return crowd;
}
// example]

namespace {

constexpr double kDt = 0.1;

void walk(Crowd& crowd, int steps, int threads = 1) {
  Arena arena(threads);
  for (int i = 0; i < steps; ++i) crowd.step(kDt, arena);
}

/// A hundred people in a yard who shy away from whoever is near.
Crowd yard(const Walls& walls, OwnLaw law) {
  Crowd crowd(walls);
  crowd.set_own_law(std::move(law));
  std::vector<Newcomer> people;
  for (std::uint32_t i = 0; i < 100; ++i) {
    people.push_back({PersonId{i}, {0.7 + 0.9 * (i % 10), 0.7 + 0.9 * (i / 10) + 0.013 * (i % 7)}});
    people.back().law = i % 4 == 0 ? Law::collision_free : Law::own;
  }
  crowd.insert(people);
  for (Point& aim : crowd.aims()) aim = {9.5, 5};
  return crowd;
}

Point shy(Point direction, double speed, double off_x, double off_y) {
  return {speed * direction.x - 0.05 * off_x, speed * direction.y - 0.05 * off_y};
}

OwnLaw one_by_one() {
  OwnLaw law;
  law.range = 0.5;
  law.person = [](const Walker& me, const Seen& seen, std::span<const Contact>, double) {
    double x = 0, y = 0;
    for (std::size_t j = 0; j < seen.count; ++j) x += seen.off_x[j], y += seen.off_y[j];
    return shy(me.direction, me.speed, x, y);
  };
  return law;
}

OwnLaw all_at_once() {
  OwnLaw law;
  law.range = 0.5;
  law.everybody = [](const CrowdView& scene, std::span<Point> velocity) {
    for (std::size_t row = 0; row < velocity.size(); ++row) {
      if (scene.mine[row] == 0) continue;
      const Point at = scene.position[row], to{scene.aim[row].x - at.x, scene.aim[row].y - at.y};
      double x = 0, y = 0;
      for (auto i = scene.first[row]; i < scene.first[row + 1]; ++i) {
        const Point other = scene.position[scene.neighbour[i]];
        x += other.x - at.x, y += other.y - at.y;
      }
      const double far = std::sqrt(to.x * to.x + to.y * to.y);
      const double own = double{scene.speed[row]} * double{scene.factor[row]},
                   speed = far < own * scene.dt ? far / scene.dt : own;
      velocity[row] = shy(far > 0 ? Point{to.x / far, to.y / far} : Point{}, speed, x, y);
    }
  };
  return law;
}

const std::vector<Wall> kYard{
    {{0, 0}, {10, 0}}, {{10, 0}, {10, 10}}, {{10, 10}, {0, 10}}, {{0, 10}, {0, 0}}, {{5, 2}, {5, 8}}};

}  // namespace

TEST_CASE("a timid follower stands until the other has gone on") {
  const Walls walls(std::vector<Wall>{});
  Crowd crowd = two_timid_people(walls);
  walk(crowd, 10);
  std::vector<double> x(2);
  for (std::size_t row = 0; row < 2; ++row) x[crowd.person()[row].value] = crowd.position()[row].x;
  CHECK(x[0] == doctest::Approx(5 + 1.2));
  CHECK(x[1] > 3);
  CHECK(x[0] - x[1] > 1.4 - 1.2 * kDt);  // a metre and two radii, less a step
}

TEST_CASE("one by one and all at once see the same people") {
  const Walls walls(kYard);
  Crowd one = yard(walls, one_by_one()), all = yard(walls, all_at_once());
  for (int i = 0; i < 40; ++i) {
    walk(one, 1), walk(all, 1);
    REQUIRE(std::equal(one.person().begin(), one.person().end(), all.person().begin()));
    for (std::size_t row = 0; row < one.size(); ++row) {
      REQUIRE(one.position()[row].x == doctest::Approx(all.position()[row].x).epsilon(1e-9));
      REQUIRE(one.position()[row].y == doctest::Approx(all.position()[row].y).epsilon(1e-9));
    }
  }
}

TEST_CASE("walls hold whoever moves by an own law, and threads change no bit") {
  const Walls walls(kYard);
  Crowd one = yard(walls, all_at_once()), two = yard(walls, all_at_once());
  walk(one, 100), walk(two, 100, 2);
  for (std::size_t row = 0; row < one.size(); ++row) {
    CHECK(walls.clearance(one.position()[row]) >= kWallDistance * (1 - 1e-9));
    CHECK(one.position()[row].x == two.position()[row].x);
    CHECK(one.position()[row].y == two.position()[row].y);
  }
}

TEST_CASE("an own law that is none is refused in one line") {
  const Walls walls(std::vector<Wall>{});
  Crowd crowd(walls);
  CHECK_THROWS_AS(crowd.set_own_law({}), InputError);
  OwnLaw both = one_by_one();
  both.everybody = all_at_once().everybody;
  CHECK_THROWS_AS(crowd.set_own_law(both), InputError);
  OwnLaw blind = one_by_one();
  blind.range = 0;
  CHECK_THROWS_AS(crowd.set_own_law(blind), InputError);
  Newcomer somebody{PersonId{3u}, {0, 0}};
  somebody.law = Law::own;
  CHECK_THROWS_WITH_AS(crowd.insert(std::vector{somebody}),
                       doctest::Contains("person 3: moves by an own law, but there is none"), InputError);
  OwnLaw broken;
  broken.everybody = [](const CrowdView&, std::span<Point> velocity) { velocity[0].x = NAN; };
  crowd.set_own_law(broken);
  crowd.insert(std::vector{somebody});
  Arena arena(1);
  CHECK_THROWS_WITH_AS(crowd.step(kDt, arena), doctest::Contains("person 3"), InputError);
}

TEST_CASE("a velocity that is no number is refused by the person's name, and nobody has moved") {
  const Walls walls(kYard);
  for (const double wrong : {double{NAN}, double{INFINITY}}) {
    bool breaks = false;
    OwnLaw law = one_by_one();
    law.person = [&breaks, wrong, sane = law.person](const Walker& me, const Seen& seen,
                                                     std::span<const Contact> contacts, double dt) {
      const bool mine = me.at.x < 2.5 && me.at.y < 1.6;
      return breaks && mine ? Point{0.1, wrong} : sane(me, seen, contacts, dt);
    };
    Crowd crowd = yard(walls, law), other = yard(walls, one_by_one());
    walk(crowd, 3), walk(other, 3);
    breaks = true;
    CHECK_THROWS_WITH_AS(walk(crowd, 1), doctest::Contains("a velocity that is no number; return finite m/s"),
                         InputError);
    CHECK_THROWS_WITH_AS(walk(crowd, 1), doctest::Contains("own law: gives person "), InputError);
    breaks = false;
    walk(crowd, 5), walk(other, 5);
    REQUIRE(crowd.size() == other.size());
    for (std::size_t row = 0; row < crowd.size(); ++row)
      CHECK(crowd.position()[row] == other.position()[row]);
  }
}
