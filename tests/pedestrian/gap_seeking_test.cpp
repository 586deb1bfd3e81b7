#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "chimata/pedestrian/crowd.hpp"

using namespace chimata;
using namespace chimata::pedestrian;

namespace {

/// A crowd of two streams against each other, every person with a velocity.
struct Streams {
  std::vector<Newcomer> people;
  std::vector<Point> aims;

  explicit Streams(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      const double way = i % 3 == 0 ? -1 : 1;
      Newcomer who{PersonId{i}, {0.61 * (i % 12) + 0.037 * (i % 5), 0.57 * (i / 12) + 0.029 * (i % 7)}};
      who.velocity = {way * (0.8 + 0.05 * (i % 6)), 0.03 * (i % 4)};
      who.speed = 1.1 + 0.02 * (i % 9), who.law = Law::gap_seeking;
      people.push_back(who), aims.push_back({way * 100, who.at.y + 0.5 * (i % 3)});
    }
  }
  /// Velocities by person after steps of 0.05 s.
  std::vector<Point> after(int steps, int threads, Instructions with, Seed seed = Seed{0}) const {
    const Walls walls(std::vector<Wall>{});
    Crowd crowd(walls, {}, seed);
    crowd.use(with);
    crowd.insert(people);
    for (std::size_t row = 0; row < crowd.size(); ++row) crowd.aims()[row] = aims[row];
    Arena arena(threads);
    for (int i = 0; i < steps; ++i) crowd.step(0.05, arena, static_cast<std::uint32_t>(i) / 20);
    std::vector<Point> velocity(people.size());
    for (std::size_t row = 0; row < crowd.size(); ++row)
      velocity[crowd.person()[row].value] = crowd.velocity()[row];
    return velocity;
  }
};

double dot(Point a, Point b) {
  return a.x * b.x + a.y * b.y;
}

/// The equations at `GapSeeking`, with the C library and without lanes, for somebody who does not shuffle.
Point by_the_book(const Streams& all, std::size_t i) {
  const GapSeeking law;
  const CollisionFree pushes;
  const auto unit = [](Point p) {
    const double l = std::hypot(p.x, p.y);
    return Point{p.x / l, p.y / l};
  };
  const Newcomer& me = all.people[i];
  const Point e0 = unit({all.aims[i].x - me.at.x, all.aims[i].y - me.at.y}), left{-e0.y, e0.x};
  const double speed = static_cast<float>(me.speed), sight = std::max(1.5, speed * (1 + law.look_ahead));
  const double hurry = std::min(1.0, std::hypot(me.velocity.x, me.velocity.y) / speed);
  struct Other {
    Point off, velocity;
    double touch, c;
  };
  std::vector<Other> others;
  Point wish = e0;
  double coming = 0;
  for (std::size_t j = 0; j < all.people.size(); ++j) {
    const Newcomer& other = all.people[j];
    const Point off{other.at.x - me.at.x, other.at.y - me.at.y};
    const double far = std::hypot(off.x, off.y), touch = 2 * double{static_cast<float>(0.2)};
    if (j == i || far > sight + touch) continue;
    const double push = law.shyness * pushes.push * std::exp((touch - far) / pushes.push_range);
    wish.x -= push * off.x / far, wish.y -= push * off.y / far;
    const Point its = unit({all.aims[j].x - other.at.x, all.aims[j].y - other.at.y});
    const double against = std::max(0.0, -dot(e0, its)), x = dot(e0, off);
    if (x > 0) coming += against * std::max(0.0, 1 - x / law.beware);
    const double met = law.narrow - (law.narrow - law.met) * against,
                 walking = law.turned + (law.narrow - law.turned) * hurry;
    others.push_back({off, other.velocity, touch, touch * std::min(met, walking)});
  }
  const Point way = unit(me.velocity);
  const double side = law.side * std::min(1.0, coming);
  wish = {wish.x + law.persistence * way.x + side * left.x, wish.y + law.persistence * way.y + side * left.y};

  std::vector<Point> directions{unit(wish)};
  for (const double degrees : {0., 15., -15., 30., -30., 50., -50., 70., -70., 90., -90., 120., -120.}) {
    const double a = degrees * 3.14159265358979323846 / 180;
    directions.push_back(
        {std::cos(a) * e0.x + std::sin(a) * left.x, std::cos(a) * e0.y + std::sin(a) * left.y});
  }
  Point best{};
  double most = 0;
  for (std::size_t k = 0; k < directions.size(); ++k) {
    const Point e = directions[k];
    double now = 1e9, soon = 1e9;
    for (const Other& o : others) {
      const auto room = [&](Point at) {
        const double y = (e.x * at.y - e.y * at.x) / o.c;
        return std::fabs(y) < 1 ? dot(e, at) - law.deep * o.touch * (1 - y * y * y * y) : 1e9;
      };
      if (!(dot(e, o.off) > 0)) continue;
      now = std::min(now, room(o.off));
      soon = std::min(
          soon, room({o.off.x + law.look_ahead * o.velocity.x, o.off.y + law.look_ahead * o.velocity.y}));
    }
    const auto pace = [&](double f) {
      return f > 0 ? f * f / (me.time_gap * (law.ease * f + law.caution)) : 0;
    };
    const double v = std::min(speed, pace(now)), expected = std::min(v, pace(soon));
    const double worth = expected * dot(e, wish);
    if (worth > most) most = worth, best = {v * e.x, v * e.y};
    if (k == 0 && expected == speed) break;
  }
  return best;
}

}  // namespace

TEST_CASE("people who look for gaps follow their equations") {
  const Streams streams(96);
  const auto got = streams.after(1, 1, best_instructions());
  std::size_t looked = 0;
  for (std::size_t i = 0; i < streams.people.size(); ++i) {
    const Newcomer& me = streams.people[i];
    if (std::hypot(me.velocity.x, me.velocity.y) < 0.5 * me.speed) continue;  // shuffles by chance
    const Point right = by_the_book(streams, i);
    CAPTURE(i);
    CHECK(got[i].x == doctest::Approx(right.x).epsilon(1e-9));
    CHECK(got[i].y == doctest::Approx(right.y).epsilon(1e-9));
    ++looked;
  }
  CHECK(looked == 96);
}

TEST_CASE("people who look for gaps get the same bits from all instructions and threads") {
  const Streams streams(240);
  const auto one = streams.after(60, 1, Instructions::baseline);
  for (const auto& other :
       {streams.after(60, 1, best_instructions()), streams.after(60, 2, best_instructions())}) {
    for (std::size_t i = 0; i < one.size(); ++i) {
      REQUIRE(one[i].x == other[i].x);
      REQUIRE(one[i].y == other[i].y);
    }
  }
}

TEST_CASE("how people shuffle is drawn by the seed") {
  const Streams streams(240);
  const auto with_seed = [&](std::uint64_t seed) {
    return streams.after(60, 1, best_instructions(), Seed{seed});
  };
  const auto one = with_seed(1), same = with_seed(1), other = with_seed(2);
  std::size_t differ = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(one[i] == same[i]);
    differ += one[i] == other[i] ? 0 : 1;
  }
  CHECK(differ > 20);
}

TEST_CASE("two people who look for gaps and meet head on pass each other on the left") {
  const Walls walls(std::vector<Wall>{{{-1, 0}, {21, 0}}, {{21, 2}, {-1, 2}}});
  Crowd crowd(walls);
  std::vector<Newcomer> people{{PersonId{0u}, {0, 1}}, {PersonId{1u}, {20, 1}}};
  for (Newcomer& who : people) who.law = Law::gap_seeking;
  crowd.insert(people);
  Arena arena(1);
  double lower = 0;
  std::vector<Point> at(2);
  for (int i = 0; i < 300; ++i) {
    for (std::size_t row = 0; row < 2; ++row)
      crowd.aims()[row] = {crowd.person()[row].value == 0 ? 100.0 : -80.0, 1};
    crowd.step(0.05, arena, static_cast<std::uint32_t>(i) / 20);
    for (std::size_t row = 0; row < 2; ++row) at[crowd.person()[row].value] = crowd.position()[row];
    if (std::fabs(at[0].x - at[1].x) < 0.1) lower = at[0].y - at[1].y;
  }
  CHECK(at[0].x > 15);
  CHECK(at[1].x < 5);
  CHECK(lower > 0.2);  // whoever goes east passes on the north side: to the own left
}
