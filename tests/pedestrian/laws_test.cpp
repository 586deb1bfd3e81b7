#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "chimata/core/archive.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/orca.hpp"
#include "support/crowds.hpp"

using namespace chimata;
using namespace chimata::pedestrian;

namespace {

constexpr Law kAll[] = {Law::collision_free, Law::anticipating, Law::social_force, Law::orca,
                        Law::gap_seeking};

/// Few people whose aims stay where they are; by person.
struct Scene {
  std::vector<Newcomer> people;
  std::vector<Point> aims;
  std::vector<Wall> lines = {};
  Laws laws = {};

  using Look = std::function<void(const std::vector<Point>& at, const std::vector<Point>& velocity)>;
  /// Runs for `seconds` and shows everybody after every step.
  double run(double seconds, double dt, const Look& look) const {
    const Walls walls(lines);
    Crowd crowd(walls, laws);
    crowd.insert(people);
    for (std::size_t row = 0; row < crowd.size(); ++row) crowd.aims()[row] = aims[row];
    Arena arena(1);
    std::vector<Point> at(people.size()), velocity(people.size());
    double overlap = 0;
    for (int i = 0; i < std::lround(seconds / dt); ++i) {
      crowd.step(dt, arena);
      overlap = std::max(overlap, crowd.worst_overlap());
      for (std::size_t row = 0; row < crowd.size(); ++row) {
        at[crowd.person()[row].value] = crowd.position()[row];
        velocity[crowd.person()[row].value] = crowd.velocity()[row];
      }
      look(at, velocity);
    }
    return overlap;
  }
};

Newcomer somebody(std::uint32_t person, Point at, Law law, double speed = 1.25, Point velocity = {}) {
  return {
      .person = PersonId{person}, .at = at, .velocity = velocity, .speed = speed, .radius = 0.25, .law = law};
}

}  // namespace

TEST_CASE("whoever is alone goes to the aim at the desired speed, whatever the law") {
  for (const Law law : kAll) {
    Point end, fast;
    const Scene scene{{somebody(0, {0, 0}, law)}, {{30, 40}}};
    scene.run(10, 0.01, [&](const auto& at, const auto& velocity) { end = at[0], fast = velocity[0]; });
    CAPTURE(static_cast<int>(law));
    CHECK(fast.x == doctest::Approx(0.75).epsilon(1e-6));
    CHECK(fast.y == doctest::Approx(1.0).epsilon(1e-6));
    CHECK(cross({30, 40}, end) == doctest::Approx(0).epsilon(1e-9));
  }
}

TEST_CASE("whoever has arrived stays there, whatever the law and the step") {
  for (const Law law : {Law::collision_free, Law::anticipating, Law::orca}) {
    for (const double dt : {0.01, 0.4}) {
      Point end;
      const Scene scene{{somebody(0, {0, 0}, law)}, {{3, 4}}};
      scene.run(10, dt, [&](const auto& at, const auto&) { end = at[0]; });
      CAPTURE(static_cast<int>(law));
      CHECK(distance(end, {3, 4}) < 1e-9);
    }
  }
}

TEST_CASE("two people who meet head on and can avoid each other do so without touching") {
  for (const Law law : {Law::anticipating, Law::orca}) {
    std::vector<Point> end;
    // ORCA knows no side that everybody takes: a millimetre decides
    const Scene scene{{somebody(0, {0, 0}, law), somebody(1, {12, 0.001}, law)}, {{40, 0}, {-28, 0}}};
    const double overlap = scene.run(12, 0.01, [&](const auto& at, const auto&) { end = at; });
    CAPTURE(static_cast<int>(law));
    CHECK(overlap < 0.02);
    CHECK(end[0].x > 12);
    CHECK(end[1].x < 0);
  }
}

TEST_CASE("an anticipating person takes the direction that the published equations give") {
  // in motion along x, somebody comes from ahead and a little to the left: way to the right
  const Point v{1.0, 0}, other_v{-0.8, 0.1}, off{2.5, 0.3};
  const Scene scene{
      {somebody(0, {0, 0}, Law::anticipating, 1.25, v), somebody(1, off, Law::anticipating, 1.25, other_v)},
      {{100, 0}, {-100, 0.3}}};
  Point got;
  scene.run(0.01, 0.01, [&](const auto&, const auto& velocity) { got = velocity[0]; });
  const double d = std::sqrt(2.5 * 2.5 + 0.3 * 0.3), k = 8, D = 0.1;
  const double closing = ((1.0 + 0.8) * 2.5 + (0 - 0.1) * 0.3) / d * 1.0;
  const double apart = std::max(0.0, d - 0.5 - closing), speed = std::sqrt(0.8 * 0.8 + 0.1 * 0.1);
  const double R = k * (1 + 0.5 * (1 + 0.8 / speed)) * std::exp(-apart / D);
  double ex = 1, ey = -R;
  const double n = std::sqrt(ex * ex + ey * ey);
  ex = 1 + (ex / n - 1) * 0.01 / 0.3, ey = ey / n * 0.01 / 0.3;
  const double m = std::sqrt(ex * ex + ey * ey);
  const double free = d - 0.5, v_free = std::min(1.25, free / 1.0);
  CHECK(R > 0.1);
  CHECK(got.x == doctest::Approx(v_free * ex / m).epsilon(1e-9));
  CHECK(got.y == doctest::Approx(v_free * ey / m).epsilon(1e-9));
}

TEST_CASE("a faster person overtakes a slower one by social forces and by avoidance") {
  for (const Law law : {Law::social_force, Law::orca}) {
    std::vector<Point> end;
    const Scene scene{{somebody(0, {0, 0.05}, law, 1.5), somebody(1, {3, 0}, law, 0.5)},
                      {{60, 0.05}, {60, 0}}};
    const double overlap = scene.run(15, 0.01, [&](const auto& at, const auto&) { end = at; });
    CAPTURE(static_cast<int>(law));
    CHECK(end[0].x > end[1].x + 1);
    CHECK(overlap < 0.02);
  }
}

TEST_CASE("social forces bring somebody up to speed with the relaxation time") {
  // v(t) = v0 (1 - exp(-t / tau)); Euler's error is of first order
  const auto error = [](double dt) {
    const Scene scene{{somebody(0, {0, 0}, Law::social_force, 1.5)}, {{100, 0}}};
    double v = 0;
    scene.run(1, dt, [&](const auto&, const auto& velocity) { v = velocity[0].x; });
    return std::fabs(v - 1.5 * (1 - std::exp(-2.0)));
  };
  CHECK(error(0.01) < 5e-3);
  CHECK(error(0.01) / error(0.005) == doctest::Approx(2).epsilon(0.03));
}

TEST_CASE("social forces hold somebody who wants through a wall where the push equals the will") {
  // A exp((r - d) / B) = m v0 / tau
  Point end;
  const Scene scene{{somebody(0, {0, 1}, Law::social_force, 1)}, {{0, -100}}, {{{-50, 0}, {50, 0}}}};
  scene.run(20, 0.01, [&](const auto& at, const auto&) { end = at[0]; });
  CHECK(end.y == doctest::Approx(0.25 - 0.08 * std::log(80 * 1.0 / 0.5 / 2000)).epsilon(1e-6));
}

TEST_CASE("bodies that press on each other rub: the sliding friction is as published") {
  // two people side by side, 0.4375 m apart with radii 0.25, one moving past the other
  const Scene scene{
      {somebody(0, {0, 0}, Law::social_force, 0), somebody(1, {0, 0.4375}, Law::social_force, 0, {1, 0})},
      {{0, 0}, {0, 0.4375}}};
  const auto after = [&](double dt) {
    std::vector<Point> v;
    scene.run(dt, dt, [&](const auto&, const auto& velocity) { v = velocity; });
    return v;
  };
  const double pressed = 0.5 - 0.4375, push = 2000 * std::exp(pressed / 0.08) + 1.2e5 * pressed;
  const double friction = 2.4e5 * pressed / 80, dt = 1e-6;  // 1/s
  CHECK(after(dt)[0].x == doctest::Approx(dt * friction).epsilon(1e-3));
  CHECK(after(dt)[0].y == doctest::Approx(-dt / 80 * push).epsilon(1e-3));
  CHECK(1 - after(dt)[1].x == doctest::Approx(dt * (friction + 1 / 0.5)).epsilon(1e-3));
  // in a long step by the own velocity at its end: the slip never grows
  CHECK(after(0.01)[0].x == doctest::Approx(0.01 * friction / (1 + 0.01 * friction)));
  CHECK(std::fabs(after(0.01)[0].x - after(0.01)[1].x) < 1);
}

TEST_CASE("a crowd that runs against a wall by social forces stays before it, however hard it presses") {
  Scene scene{{}, {}, {{{0, 0}, {10, 0}}, {{10, 0}, {10, 10}}, {{10, 10}, {0, 10}}, {{0, 10}, {0, 0}}}};
  for (std::uint32_t i = 0; i < 64; ++i) {
    scene.people.push_back(somebody(i, {1 + 1.1 * (i % 8), 1 + 1.1 * (i / 8)}, Law::social_force, 5));
    scene.aims.push_back({20, 5});
  }
  double fastest = 0;
  bool inside = true;
  scene.run(5, 0.01, [&](const auto& at, const auto& velocity) {
    for (const Point p : at) inside = inside && p.x > 0 && p.x < 10 && p.y > 0 && p.y < 10;
    for (const Point v : velocity) fastest = std::max(fastest, length(v));
  });
  CHECK(inside);
  CHECK(fastest < 6);
}

TEST_CASE("reciprocal avoidance: half of the least change of velocity, straight ahead and to the side") {
  // straight at somebody who stands 4 m away: the cut-off disc has its near end at (4 - 0.5) / 2 m/s
  const HalfPlane ahead = half_plane({1.7, 0}, {4, 0}, {0, 0}, 0.5, 2, 0.01);
  CHECK(ahead.normal.x == doctest::Approx(-1));
  CHECK(ahead.bound == doctest::Approx(-(1.7 + 0.5 * (3.5 / 2 - 1.7))));
  // fast and nearly at them: past the disc, so out by the side of the cone, whose sine is 0.5 / 4
  const HalfPlane side = half_plane({3, 0.1}, {4, 0}, {0, 0}, 0.5, 2, 0.01);
  CHECK(side.normal.x == doctest::Approx(-0.125));
  CHECK(side.normal.y == doctest::Approx(std::sqrt(1 - 0.125 * 0.125)));
  const double outside = dot(side.normal, {3, 0.1});  // negative: how far inside the cone
  CHECK(outside < 0);
  CHECK(side.bound == doctest::Approx(outside - 0.5 * outside));
}

TEST_CASE("reciprocal avoidance finds the best velocity that a fine search finds") {
  const Random random{Seed{2}};
  int crowded = 0;
  for (std::uint32_t i = 0; i < 300; ++i) {
    const auto number = [&](std::uint32_t k) { return 2 * random.uniform(Purpose{"plane"}, i, k) - 1; };
    std::vector<HalfPlane> planes;
    for (std::uint32_t k = 0; k < 6; ++k)
      planes.push_back(
          {unit({number(3 * k), number(3 * k + 1)}), (i % 2 == 0 ? 0.5 : 1.2) * number(3 * k + 2) - 0.1});
    const Point wanted{number(90), number(91)};
    const auto miss = [&](Point v) {
      double worst = 0;
      for (const HalfPlane& plane : planes) worst = std::max(worst, plane.bound - dot(plane.normal, v));
      return worst;
    };
    double best = 1e9, least = 1e9;
    for (double x = -1.5; x <= 1.5; x += 0.01) {
      for (double y = -1.5; y <= 1.5; y += 0.01) {
        if (x * x + y * y > 1.5 * 1.5) continue;
        least = std::min(least, miss({x, y}));
        if (miss({x, y}) == 0) best = std::min(best, distance({x, y}, wanted));
      }
    }
    const Point got = nearest_velocity(planes, 0, wanted, 1.5);
    CHECK(length(got) <= 1.5 + 1e-9);
    CHECK(miss(got) <= least + 1e-6);
    if (best < 1e9 && least == 0) CHECK(distance(got, wanted) <= best + 1e-6);
    crowded += least > 0.02 ? 1 : 0;
  }
  CHECK(crowded > 20);
  CHECK(crowded < 280);
}

TEST_CASE("people on a circle who all want to the other side get there without running into each other") {
  Scene scene;
  for (std::uint32_t i = 0; i < 12; ++i) {
    // not too even a circle: there all would yield to all and stand
    const double angle = 2 * 3.14159265358979 * i / 12 + 0.1 * std::sin(7.0 * i),
                 far = 6 + 0.5 * std::cos(5.0 * i);
    const Point at{far * std::cos(angle), far * std::sin(angle)};
    scene.people.push_back(somebody(i, at, Law::orca));
    scene.aims.push_back({-at.x, -at.y});
  }
  std::vector<double> least(12, 1e9);
  const double overlap = scene.run(40, 0.02, [&](const auto& at, const auto&) {
    for (std::size_t i = 0; i < 12; ++i) least[i] = std::min(least[i], distance(at[i], scene.aims[i]));
  });
  CHECK(overlap < 0.01);
  CHECK(*std::max_element(least.begin(), least.end()) < 0.05);
}

TEST_CASE("a crowd of all four laws is the same for any number of threads and instructions") {
  Gathering g = bottleneck(3000, 4);
  for (Newcomer& p : g.people) p.law = kAll[p.person.value % 4];
  const auto bits = [&](int threads, Instructions with) {
    const Walls walls(g.walls);
    Crowd crowd(walls);
    crowd.use(with);
    crowd.insert(g.people);
    Arena arena(threads);
    for (int i = 0; i < 40; ++i) {
      point_the_way(crowd, g);
      crowd.step(0.01, arena);
    }
    for (const Point p : crowd.position()) REQUIRE(std::isfinite(p.x + p.y));
    return hash_bytes(std::as_bytes(crowd.position())) ^ 7 * hash_bytes(std::as_bytes(crowd.velocity()));
  };
  const std::uint64_t expected = bits(1, Instructions::baseline);
  CHECK(bits(2, best_instructions()) == expected);
  CHECK(bits(4, best_instructions()) == expected);
}

TEST_CASE("nobody gets through a wall by any law") {
  const Polygon room{{{{0, 0}, {12, 0}, {14, 12}, {2, 10}}}};
  std::vector<Wall> lines;
  for (std::size_t i = 0; i < 4; ++i) lines.push_back({room.rings[0][i], room.rings[0][(i + 1) % 4]});
  const Walls walls(lines);
  for (const Law law : kAll) {
    Crowd crowd(walls);
    auto people = crowd_in({2.5, 1, 11, 9}, 120, 0.4);
    for (Newcomer& p : people) p.law = law, p.speed = 2;
    crowd.insert(people);
    Arena arena(1);
    bool outside = false;
    for (std::uint32_t i = 0; i < 1500; ++i) {
      for (std::size_t row = 0; row < crowd.size(); ++row)
        crowd.aims()[row] = i / 500 % 2 == 0 ? Point{40, 40} : Point{-30, 5};
      crowd.step(0.01, arena);
      for (const Point at : crowd.position()) outside = outside || !room.contains(at);
    }
    CAPTURE(static_cast<int>(law));
    CHECK_FALSE(outside);
  }
}
