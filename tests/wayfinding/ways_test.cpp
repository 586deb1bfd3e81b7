#include "chimata/wayfinding/ways.hpp"

#include <doctest/doctest.h>

#include <cstdio>

#include "support/input_error.hpp"
#include "wayfinding/areas.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

/// An area with its ways to one target.
struct Found {
  Area area;
  Walls walls;
  Ways ways;
  Found(Area a, double clearance) : area(std::move(a)), walls(area.walls()), ways(area, walls, clearance) {}
  Found(const Found&) = delete;

  /// Where somebody gets to who goes from corner to corner, and how far that was; looks only at the start.
  double walk(Target target, Point at, int most = 1000) {
    double length = 0;
    Corner corner = kLost;
    for (int i = 0; i < most; ++i) {
      const auto aim = ways.aim(target, at, corner, corner == kLost);
      if (aim.corner == kLost) return kNever;
      const double off = distance(at, aim.at), step = std::min(0.25, off);
      if (aim.left == 0 || (is_straight(aim.corner) && off < 0.01)) return length;
      at = {at.x + (aim.at.x - at.x) * step / off, at.y + (aim.at.y - at.y) * step / off};
      length += step, corner = aim.corner;
    }
    return kNever;
  }
};

Area maze(double angle) {
  // a spiral of walls in a hall, a pillar, and a thin wall that stands alone
  const Polygon hall = box(0, 0, 20, 20);
  const Polygon spiral{{{{4, 4},
                         {16, 4},
                         {16, 16},
                         {4, 16},
                         {4, 8},
                         {12, 8},
                         {12, 12},
                         {11.8, 12},
                         {11.8, 8.2},
                         {4.2, 8.2},
                         {4.2, 15.8},
                         {15.8, 15.8},
                         {15.8, 4.2},
                         {4, 4.2}}}};
  const Polygon pillar{{{{7.3, 10.1}, {9.1, 10.4}, {8.6, 11.7}}}};
  const Polygon screen{{{{17, 10}, {18.8, 10.7}, {18.8, 10.75}, {17, 10.05}}}};
  return Area({turned(with_hole(with_hole(with_hole(hall, spiral), pillar), screen), angle)});
}

}  // namespace

TEST_CASE("round the corner of an L the way is the two straight pieces to its inner corner") {
  for (const double clearance : {0.02, 0.3}) {
    Found l(Area({{{{{0, 0}, {12, 0}, {12, 2}, {2, 2}, {2, 12}, {0, 12}}}}}), clearance);
    const Target exit = l.ways.add_target(std::vector<Wall>{{{11.5, 0}, {11.5, 2}}});
    const Point corner{2 - clearance, 2 - clearance};
    // then straight at the line, at right angles
    const double expected = distance(Point{1, 11}, corner) + (11.5 - corner.x);
    CHECK(l.ways.distance(exit, {1, 11}) == doctest::Approx(expected).epsilon(1e-12));
    CHECK(l.walk(exit, {1, 11}) == doctest::Approx(expected).epsilon(0.02));
  }
}

TEST_CASE("round a square pillar people take the shorter side") {
  Found hall(Area({with_hole(box(0, 0, 20, 10), box(8, 3, 12, 8))}), 0.02);
  const Target exit = hall.ways.add_target(std::vector<Wall>{{{18, 5}, {18, 5}}});
  const double below = distance(Point{2, 5}, Point{8, 3}) + 4 + distance(Point{12, 3}, Point{18, 5});
  CHECK(hall.ways.distance(exit, {2, 5}) == doctest::Approx(below).epsilon(0.005));
  CHECK(hall.ways.distance(exit, {2, 5}) > below);
}

TEST_CASE("ways in a maze are as long as the plain search finds them") {
  const Area area = maze(0);
  Found found(maze(0), 0.02);
  const Point goals[] = {{8, 10}, {1, 1}, {19, 13}};
  std::vector<Target> targets;
  for (const Point goal : goals) targets.push_back(found.ways.add_target(std::vector<Wall>{{goal, goal}}));
  int compared = 0;
  for (double x = 0.77; x < 20; x += 3.1) {
    for (double y = 0.83; y < 20; y += 2.9) {
      if (!area.contains({x, y})) continue;
      for (std::size_t i = 0; i < targets.size(); ++i) {
        const double plain = plain_distance(area, {x, y}, goals[i]);
        CAPTURE(x);
        CAPTURE(y);
        CAPTURE(i);
        const double ours = found.ways.distance(targets[i], {x, y});
        CHECK(ours > plain - 1e-9);
        CHECK(ours < plain + 0.25);  // eight corners round the spiral, two centimetres off each
        ++compared;
      }
    }
  }
  CHECK(compared > 90);
}

TEST_CASE("turning the whole area turns the ways with it") {
  Found plain(maze(0), 0.3);
  const Target goal = plain.ways.add_target(std::vector<Polygon>{box(6.5, 9, 7, 9.5)});
  for (const double degrees : {45.0, 90.0, 17.0}) {
    CAPTURE(degrees);
    const double angle = degrees * kPi / 180;
    Found other(maze(angle), 0.3);
    const Target there = other.ways.add_target(std::vector<Polygon>{turned(box(6.5, 9, 7, 9.5), angle)});
    CHECK(other.ways.corners() == plain.ways.corners());
    for (double x = 0.5; x < 20; x += 1.3) {
      for (double y = 0.5; y < 20; y += 1.7) {
        if (!plain.area.contains({x, y}) || plain.walls.clearance({x, y}) < 0.05) continue;
        CAPTURE(x);
        CAPTURE(y);
        const double left = plain.ways.distance(goal, {x, y});
        CHECK(left < kNever);
        CHECK(other.ways.distance(there, turned({x, y}, angle)) == doctest::Approx(left).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("doors narrower than people like are still ways") {
  for (const double width : {0.8, 0.5, 0.2}) {
    CAPTURE(width);
    // two rooms and a wall of 10 cm with a door
    const double low = 2, high = low + width;
    Found rooms(Area({{{{{0, 0},
                         {5, 0},
                         {5, low},
                         {5.1, low},
                         {5.1, 0},
                         {10, 0},
                         {10, 6},
                         {5.1, 6},
                         {5.1, high},
                         {5, high},
                         {5, 6},
                         {0, 6}}}}}),
                0.3);
    const Target exit = rooms.ways.add_target(std::vector<Wall>{{{9, 0}, {9, 6}}});
    for (const Point start : {Point{1, 5}, Point{4.9, 5.9}, Point{4.95, 0.2}, Point{1, 2.1}}) {
      CHECK(rooms.ways.distance(exit, start) < 13);
      CHECK(rooms.walk(exit, start) < 13);
    }
  }
}

TEST_CASE("round the free end of a thin wall people turn on both sides") {
  Found hall(Area({with_hole(box(0, 0, 10, 10), {{{{4.99, 0.01}, {5.01, 0.01}, {5.01, 5}, {4.99, 5}}}})}),
             0.3);
  const Target exit = hall.ways.add_target(std::vector<Wall>{{{9, 0.5}, {9, 1.5}}});
  const double left = hall.ways.distance(exit, {1, 1});
  CHECK(left > 2 * distance(Point{1, 1}, Point{5, 5}));
  CHECK(left < 2 * distance(Point{1, 1}, Point{5, 5}) + 0.8);
  CHECK(hall.walk(exit, {1, 1}) < left + 0.3);
}

TEST_CASE("a wide exit is used over its whole width") {
  Found hall(Area({box(0, 0, 20, 10)}), 0.3);
  const Target line = hall.ways.add_target(std::vector<Wall>{{{20, 0}, {20, 10}}});      // on the wall itself
  const Target shape = hall.ways.add_target(std::vector<Polygon>{box(18, -1, 25, 11)});  // sticks out
  for (double y = 0.5; y < 10; y += 1) {
    CHECK(hall.ways.aim(line, {3, y}, kLost, true).at.y == doctest::Approx(y));
    CHECK(hall.ways.distance(line, {3, y}) == doctest::Approx(17));
    CHECK(hall.ways.aim(shape, {3, y}, kLost, true).at.y == doctest::Approx(y));
    CHECK(hall.ways.distance(shape, {3, y}) == doctest::Approx(15));
  }
  CHECK(hall.ways.distance(shape, {19, 5}) == 0);
}

TEST_CASE("closing a gate and opening it again is building anew") {
  const auto rooms = [](bool north_closed) {
    return Area({with_hole(box(0, 0, 20, 10), box(9, 3, 11, 7))},
                {{"south", {{10, 0}, {10, 3}}, false}, {"north", {{10, 7}, {10, 10}}, north_closed}});
  };
  Arena arena(2);
  Found found(rooms(false), 0.3);
  const std::vector<Wall> line{{{19, 1}, {19, 9}}};
  const Target exit = found.ways.add_target(line);
  const auto same_as = [&](bool closed) {
    Found fresh(rooms(closed), 0.3);
    const Target there = fresh.ways.add_target(line);
    for (double x = 1; x < 20; x += 0.9) {
      for (double y = 1; y < 10; y += 0.9) {
        if (!found.area.contains({x, y})) continue;
        CHECK(found.ways.distance(exit, {x, y}) == fresh.ways.distance(there, {x, y}));
      }
    }
  };
  const double before = found.ways.distance(exit, {2, 9});
  const WallRow north = found.area.wall_of_gate("north"), south = found.area.wall_of_gate("south");
  found.walls.set_standing(north, true);
  found.ways.update({north}, arena);
  CHECK(found.ways.distance(exit, {2, 9}) > before + 1);
  same_as(true);
  found.walls.set_standing(south, true);
  found.ways.update({south}, arena);
  CHECK(found.ways.distance(exit, {2, 9}) == kNever);
  CHECK(found.ways.aim(exit, {2, 9}, kLost, true).corner == kLost);
  found.walls.set_standing(north, false), found.walls.set_standing(south, false);
  found.ways.update({south, north}, arena);
  CHECK(found.ways.distance(exit, {2, 9}) == before);
  same_as(false);
}

TEST_CASE("whether there is a way is known from whoever asked before, near by or far away") {
  Arena arena(1);
  Found found(Area({with_hole(box(0, 0, 20, 10), box(9, 3, 11, 7))},
                   {{"south", {{10, 0}, {10, 3}}, false}, {"north", {{10, 7}, {10, 10}}, true}}),
              0.3);
  const Target exit = found.ways.add_target(std::vector<Wall>{{{19, 1}, {19, 9}}});
  const WallRow south = found.area.wall_of_gate("south");
  Corner seen = kLost;
  for (const bool shut : {false, true}) {
    found.walls.set_standing(south, shut);
    found.ways.update({south}, arena);
    int with_a_way = 0, asked = 0;
    for (double x = 0.1; x < 20; x += 0.7) {
      for (double y = 0.1; y < 10; y += 0.7) {
        if (!found.area.contains({x, y})) continue;
        CAPTURE(x);
        CAPTURE(y);
        const bool leads = found.ways.leads(exit, {x, y}, seen);
        CHECK(leads == (found.ways.distance(exit, {x, y}) < kNever));
        with_a_way += leads ? 1 : 0, ++asked;
      }
    }
    CHECK((shut ? with_a_way < asked : with_a_way == asked));
    CHECK(with_a_way > 0);
  }
}

TEST_CASE("people find their way round a barrier put up during the run, and through a wall taken down") {
  Arena arena(1);
  Found hall(Area({with_hole(box(0, 0, 20, 10), box(9, 1, 10, 10 - 1e-2))}), 0.3);
  const Target exit = hall.ways.add_target(std::vector<Wall>{{{19, 1}, {19, 9}}});
  CHECK(hall.ways.distance(exit, {2, 5}) ==
        doctest::Approx(distance(Point{2, 5}, Point{9, 0.7}) + 10).epsilon(0.02));
  const WallRow barrier = hall.walls.add({{14, 0}, {14, 6}});
  hall.ways.update({barrier}, arena);
  CHECK(hall.walk(exit, {2, 5}) > 19);
  CHECK(hall.walk(exit, {2, 5}) < 24);
  for (WallRow row = 4; row < 8; ++row) hall.walls.set_standing(row, false);  // the block
  hall.walls.set_standing(barrier, false);
  hall.ways.update({4, 5, 6, 7, barrier}, arena);
  CHECK(hall.ways.distance(exit, {2, 5}) == doctest::Approx(17));
}

TEST_CASE("whoever is pushed out of sight of the corner finds the way again") {
  Found found(maze(0), 0.3);
  const Target goal = found.ways.add_target(std::vector<Polygon>{box(6.5, 9, 7, 9.5)});
  const auto aim = found.ways.aim(goal, {2, 2}, kLost, true);
  REQUIRE(aim.corner != kLost);
  // behind the spiral that corner cannot be seen
  const auto again = found.ways.aim(goal, {18, 18}, aim.corner, true);
  CHECK(again.corner != aim.corner);
  CHECK(again.left == found.ways.distance(goal, {18, 18}));
  CHECK(found.walls.sees({18, 18}, again.at));
}

TEST_CASE("looking with a corner in mind finds the same way as without") {
  Found found(maze(0), 0.3);
  const Target goal = found.ways.add_target(std::vector<Polygon>{box(6.5, 9, 7, 9.5)});
  for (double x = 0.5; x < 20; x += 1.3) {
    for (double y = 0.5; y < 20; y += 1.7) {
      if (!found.area.contains({x, y})) continue;
      const auto plain = found.ways.aim(goal, {x, y}, kLost, true);
      for (Corner corner = 0; corner < found.ways.corners(); corner += 3)
        CHECK(found.ways.aim(goal, {x, y}, corner, true).left == plain.left);
    }
  }
}

TEST_CASE("where it is crowded the quickest way is another") {
  Arena arena(1);
  Found hall(Area({with_hole(box(0, 0, 20, 10), box(8, 3, 12, 8))}), 0.3);
  const Target exit = hall.ways.add_target(std::vector<Wall>{{{18, 4}, {18, 6}}});
  const auto side = [&] { return hall.ways.aim(exit, {2, 5}, kLost, true).at.y; };
  const double shortest = hall.ways.distance(exit, {2, 5});
  CHECK(side() < 5);
  // twice as slow in the passage below the pillar
  const RasterFrame frame{.west = 8, .north = 3, .cell_x = 1, .cell_y = 1, .columns = 4, .rows = 3};
  hall.ways.set_delay(frame, std::vector<double>(12, 1.0), arena);
  CHECK(side() > 5);
  CHECK(hall.ways.distance(exit, {2, 5}) > shortest);
  CHECK(hall.ways.distance(exit, {2, 5}) < shortest + 4);
  hall.ways.set_delay(frame, {}, arena);
  CHECK(hall.ways.distance(exit, {2, 5}) == shortest);
  CHECK(complaint([&] { hall.ways.set_delay(frame, {1.0}, arena); }) ==
        "delay: has 1 values; give one per cell, 12, or none at all");
}

TEST_CASE("a target beside the area is refused, one out of reach is endlessly far") {
  Found two(Area({box(0, 0, 5, 5), box(8, 0, 12, 5)}), 0.3);
  CHECK(complaint([&] { two.ways.add_target(std::vector<Polygon>{box(6, 1, 7, 2)}); }) ==
        "target: lies outside the area; draw it where people can be");
  CHECK(complaint([&] {
          two.ways.add_target(std::vector<Wall>{{{6, 1}, {7, 1}}});
        }) == "target: lies outside the area; draw it where people can be");
  const Target there = two.ways.add_target(std::vector<Polygon>{box(9, 1, 10, 2)});
  CHECK(two.ways.distance(there, {1, 1}) == kNever);
  CHECK(two.ways.distance(there, {11, 1}) < 2);
}

TEST_CASE("nobody is out of reach while there is a way, however narrow") {
  // halls full of blocks at random, many of them leaving a few centimetres between each other
  std::uint64_t state = 7;
  const auto random = [&] {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state >> 11) / 9007199254740992.0;
  };
  int reached = 0;
  for (int hall = 0; hall < 12; ++hall) {
    CAPTURE(hall);
    std::vector<Polygon> blocks;
    for (int i = 0; i < 14; ++i) {
      const double x = 12 * random() - 1, y = 12 * random() - 1, w = 0.2 + 3 * random(),
                   h = 0.2 + 3 * random();
      blocks.push_back(turned(box(x, y, x + w, y + h), 0.3 * random()));
    }
    const Area area(cut_out({box(0, 0, 12, 12)}, joined(blocks)));
    const Walls walls = area.walls();
    Ways ways(area, walls, 0.3);
    Point goal;
    do {
      goal = {12 * random(), 12 * random()};
    } while (!area.contains(goal) || walls.clearance(goal) < 0.1);
    const Target target = ways.add_target(std::vector<Wall>{{goal, goal}});
    for (int i = 0; i < 60; ++i) {
      const Point start{12 * random(), 12 * random()};
      if (!area.contains(start) || walls.clearance(start) < 0.01) continue;
      CAPTURE(start.x);
      CAPTURE(start.y);
      CAPTURE(goal.x);
      CAPTURE(goal.y);
      const double plain = plain_distance(area, start, goal), ours = ways.distance(target, start);
      CHECK((plain < kNever) == (ours < kNever));
      if (plain == kNever) continue;
      ++reached;
      CHECK(ours > plain - 1e-9);
      CHECK(ours < 1.1 * plain + 1.5);  // clearance makes ways longer, and some gaps too narrow
    }
  }
  CHECK(reached > 200);
}

TEST_CASE("the number of threads does not change the ways") {
  const Area area = maze(0.3);
  const Walls walls = area.walls();
  const auto lefts = [&](int threads) {
    Arena arena(threads);
    Ways ways(area, walls, 0.3, &arena);
    for (const double along : {1.0, 18.0})
      ways.add_target(std::vector<Wall>{{turned({along, 2}, 0.3), turned({along, 3}, 0.3)}});
    ways.update({}, arena);
    std::vector<double> all;
    for (double x = 0.5; x < 20; x += 1.7) {
      for (double y = 0.5; y < 20; y += 1.3) {
        for (const Target target : {0u, 1u}) all.push_back(ways.distance(target, turned({x, y}, 0.3)));
      }
    }
    return all;
  };
  const auto one = lefts(1);
  CHECK(one == lefts(2));
  CHECK(one == lefts(4));
}

TEST_CASE("whoever is pressed against a wall still knows the way") {
  Found hall(Area({with_hole(box(0, 0, 20, 10), box(8, 3, 12, 8))}), 0.3);
  const Target exit = hall.ways.add_target(std::vector<Wall>{{{20, 0}, {20, 10}}});
  for (const double off : {0.0, 1e-12, 1e-6, 1e-4, 2e-3, 0.05}) {
    CAPTURE(off);
    for (const Point at : {Point{5, off}, Point{off, 5}, Point{8 - off, 5}, Point{10, 8 + off},
                           Point{19.9, off}, Point{19.7, 10 - off}, Point{off, off}}) {
      CAPTURE(at.x);
      CAPTURE(at.y);
      CHECK(hall.ways.distance(exit, at) < 24);
    }
  }
}
