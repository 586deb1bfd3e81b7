#include "chimata/space/walls.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "chimata/core/random.hpp"

using namespace chimata;

namespace {

/// Walls strewn over 30 m x 20 m, some long, some short, every seventh taken away.
Walls strewn_walls() {
  const Random random{Seed{8}};
  std::vector<Wall> walls;
  for (std::uint32_t i = 0; i < 80; ++i) {
    const Point a{30 * random.uniform(Purpose{"x"}, i), 20 * random.uniform(Purpose{"y"}, i)};
    const double length = i % 5 == 0 ? 15 : 1.5;
    walls.push_back({a,
                     {a.x + length * (random.uniform(Purpose{"dx"}, i) - 0.5),
                      a.y + length * (random.uniform(Purpose{"dy"}, i) - 0.5)}});
  }
  Walls all(walls);
  for (WallRow row = 0; row < all.size(); row += 7) all.set_standing(row, false);
  return all;
}

Point place(std::uint32_t i, std::string_view what) {
  const Random random{Seed{9}};
  return {40 * random.uniform(Purpose{what}, i, 0) - 5, 30 * random.uniform(Purpose{what}, i, 1) - 5};
}

}  // namespace

TEST_CASE("the first wall on a way is the one that a look at all walls finds") {
  const Walls walls = strewn_walls();
  int blocked = 0;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    const Point from = place(i, "from"), to = place(i, "to");
    double first = 1;
    for (WallRow row = 0; row < walls.size(); ++row) {
      if (walls.stands(row)) first = std::min(first, meets({from, to}, walls[row]));
    }
    CHECK(walls.first_hit(from, to) == doctest::Approx(first).epsilon(1e-12));
    CHECK(walls.first_hit(from, to) <= first);
    CHECK(walls.sees(from, to) == (first >= 1));
    blocked += first < 1 ? 1 : 0;
  }
  CHECK(blocked > 1000);
  CHECK(blocked < 2900);
}

TEST_CASE("room beside a wall is the distance to the nearest that stands, up to the reach") {
  const Walls walls = strewn_walls();
  for (std::uint32_t i = 0; i < 3000; ++i) {
    const Point at = place(i, "at");
    double least = Walls::kReach;
    for (WallRow row = 0; row < walls.size(); ++row) {
      if (walls.stands(row)) least = std::min(least, distance(at, nearest_on(walls[row], at)));
    }
    if (walls.box().contains(at)) CHECK(walls.clearance(at) == doctest::Approx(least).epsilon(1e-12));
  }
}

TEST_CASE("a body passes where no wall comes nearer than its radius") {
  const Walls walls = strewn_walls();
  for (std::uint32_t i = 0; i < 2000; ++i) {
    const Point from = place(i, "from"), far = place(i, "to");
    const Point to{from.x + 0.1 * (far.x - from.x), from.y + 0.1 * (far.y - from.y)};
    if (!walls.box().contains(from) || !walls.box().contains(to)) continue;
    double least = 1e9;
    for (WallRow row = 0; row < walls.size(); ++row) {
      if (walls.stands(row)) least = std::min(least, distance(Wall{from, to}, walls[row]));
    }
    CHECK(walls.passes(from, to, 0.3) == (least >= 0.3));
  }
}

TEST_CASE("all walls that come into a box are collected, in order and once") {
  const Walls walls = strewn_walls();
  std::vector<WallRow> rows;
  for (std::uint32_t i = 0; i < 500; ++i) {
    const Point corner = place(i, "from");
    const Box box{corner.x, corner.y, corner.x + 5, corner.y + 3};
    rows.clear();
    walls.collect(box, rows);
    CHECK(std::is_sorted(rows.begin(), rows.end()));
    CHECK(std::adjacent_find(rows.begin(), rows.end()) == rows.end());
    for (WallRow row = 0; row < walls.size(); ++row) {
      bool in = box.contains(walls[row].a) || box.contains(walls[row].b);
      const Point c[] = {
          {box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}};
      for (int side = 0; side < 4; ++side) in = in || meets({c[side], c[(side + 1) % 4]}, walls[row]) <= 1;
      if (in) CHECK(std::binary_search(rows.begin(), rows.end(), row));
    }
    CHECK(rows.size() < walls.size());
  }
}

TEST_CASE("a gate that closes stands in the way, and a new wall too") {
  Walls walls(std::vector<Wall>{{{0, -1}, {0, 1}}});
  CHECK_FALSE(walls.sees({-1, 0}, {1, 0}));
  CHECK(walls.first_hit({-1, 0}, {1, 0}) == doctest::Approx(0.5));
  walls.set_standing(0, false);
  CHECK(walls.sees({-1, 0}, {1, 0}));
  const WallRow added = walls.add({{10, -1}, {10, 1}});
  CHECK(added == 1);
  CHECK_FALSE(walls.sees({9, 0}, {11, 0}));
  CHECK(walls.sees({-1, 0}, {9.5, 0}));
}
