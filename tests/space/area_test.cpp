#include "chimata/space/area.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

Polygon box(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}};
}
Polygon with_hole(Polygon outer, const Polygon& hole) {
  outer.rings.push_back(hole.rings.front());
  return outer;
}
Polygon turned(Polygon polygon, double angle) {
  for (auto& ring : polygon.rings) {
    for (Point& p : ring)
      p = {std::cos(angle) * p.x - std::sin(angle) * p.y, std::sin(angle) * p.x + std::cos(angle) * p.y};
  }
  return polygon;
}
std::string refusal(std::vector<Polygon> parts, std::vector<Gate> gates = {},
                    std::vector<SpeedZone> zones = {}) {
  return complaint([&] { Area(std::move(parts), std::move(gates), std::move(zones)); });
}

}  // namespace

TEST_CASE("people can stand in a room but not in its pillar, outside, or on an edge") {
  const Area area({with_hole(box(0, 0, 10, 6), box(4, 2, 6, 4))});
  CHECK(area.size() == doctest::Approx(56));
  CHECK(area.contains({1, 1}));
  CHECK(area.contains({9.999, 5.999}));
  CHECK_FALSE(area.contains({5, 3}));
  CHECK_FALSE(area.contains({-1, 3}));
  for (const Point edge : {Point{0, 3}, Point{10, 3}, Point{5, 0}, Point{5, 6}, Point{4, 3}, Point{6, 3}})
    CHECK_FALSE(area.contains(edge));
  CHECK(area.walls().size() == 8);
}

TEST_CASE("a room and a corridor that touch are one space, whichever way they are turned") {
  for (const double degrees : {0.0, 17.0, 45.0, 90.0}) {
    CAPTURE(degrees);
    const double angle = degrees * 3.14159265358979323846 / 180;
    const Area area({turned(box(0, 0, 10, 10), angle), turned(box(10, 4, 20, 6), angle),
                     turned(box(20, 4, 30, 6), angle)});
    const Polygon way{{{{5, 5}, {10, 5}, {20, 5}, {25, 5}}}};
    const auto points = turned(way, angle).rings.front();
    for (const Point p : points) CHECK(area.contains(p));  // also on the seams
    CHECK(area.walls().sees(points.front(), points.back()));
    const auto up = turned(Polygon{{{{9, 3.5}, {11, 3.5}}}}, angle).rings.front();
    CHECK_FALSE(area.walls().sees(up[0], up[1]));  // beside the opening the wall stands
  }
}

TEST_CASE("an open gate can be walked through, a closed one cannot") {
  const Area area({box(0, 0, 10, 2)}, {{"west", {{3, 0}, {3, 2}}, false}, {"east", {{7, 0}, {7, 2}}, true}});
  Walls walls = area.walls();
  CHECK(walls.sees({1, 1}, {5, 1}));
  CHECK_FALSE(walls.sees({5, 1}, {9, 1}));
  walls.set_standing(area.wall_of_gate("east"), false);
  CHECK(walls.sees({1, 1}, {9, 1}));
  CHECK(complaint([&] { (void)area.wall_of_gate("eats"); }) ==
        "gate eats: is not in the area; did you mean east? Its gates are west, east");
}

TEST_CASE("zones slow everybody down, one on another doubly") {
  const Area area({box(0, 0, 10, 10)}, {},
                  {{"stairs", box(0, 0, 5, 5), 0.5}, {"stalls", box(2, 2, 12, 12), 0.8}});
  CHECK(area.speed_factor({1, 1}) == 0.5);
  CHECK(area.speed_factor({3, 3}) == 0.4);
  CHECK(area.speed_factor({8, 8}) == 0.8);
  CHECK(area.speed_factor({8, 1}) == 1.0);
}

TEST_CASE("rings may be closed, turned either way, and repeat points") {
  Polygon room = box(0, 0, 4, 4);
  room.rings[0].push_back(room.rings[0].front());
  room.rings[0].insert(room.rings[0].begin() + 1, room.rings[0][1]);
  std::reverse(room.rings[0].begin(), room.rings[0].end());
  const Area area({room});
  CHECK(area.parts().front().rings.front().size() == 4);
  CHECK(area.parts().front().area() == doctest::Approx(16));
}

TEST_CASE("pieces that overlap can be joined") {
  const auto parts = joined({box(0, 0, 4, 4), box(3, 1, 8, 3), box(8, 0, 9, 9)});
  REQUIRE(parts.size() == 1);
  CHECK(Area(parts).size() == doctest::Approx(16 + 8 + 9));
}

TEST_CASE("what lies in the area is cut out of a shape that sticks out of it") {
  const auto pieces = Area({box(0, 0, 10, 10)}).within(box(8, 4, 14, 6));
  REQUIRE(pieces.size() == 1);
  CHECK(pieces.front().area() == doctest::Approx(4));
}

TEST_CASE("a wrong area is refused in one line") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(refusal({}) == "area: has no parts; give at least one polygon");
  CHECK(refusal({{}}) == "area, part 1: has no rings; give its outer ring");
  CHECK(refusal({{{{{0, 0}, {1, 1}, {0, 0}}}}}) ==
        "area, part 1, outer ring: has 2 different points; give three or more, or leave it out");
  CHECK(refusal({box(0, 0, 1, 1), box(2, 2, nan, 3)}) ==
        "area, part 2, outer ring: has a coordinate that is not a number; give metres");
  CHECK(refusal({box(0, 0, 1, 8.8e41)}) ==
        "area, part 1, outer ring: has the point (1, 8.8e+41), which lies farther away than any place on "
        "earth; give "
        "metres in a projection of the city's, such as EPSG:6673");
  CHECK(refusal({{{{{0, 0}, {4, 4}, {4, 0}, {0, 4}}}}}) ==
        "area, part 1, outer ring: crosses itself at (2, 2); draw it so that no two of its edges meet");
  CHECK(refusal({{{{{0, 0}, {4, 0}, {4, 9}, {4, 4}, {0, 4}}}}}) ==
        "area, part 1, outer ring: runs back over itself at (4, 9); take that point away");
  CHECK(refusal({with_hole(box(0, 0, 4, 4), box(3, 1, 6, 2))}) ==
        "area, part 1, hole 1: lies outside its outer ring, or crosses it; keep holes inside, or cut the "
        "outer ring instead");
  CHECK(refusal({with_hole(with_hole(box(0, 0, 9, 9), box(1, 1, 4, 4)), box(3, 3, 6, 6))}) ==
        "area, part 1, hole 2: overlaps hole 1; make one hole of the two");
  CHECK(refusal({box(0, 0, 4, 4), box(3, 3, 6, 6)}) ==
        "area, parts 1 and 2: overlap by 1 m²; let them touch only, or join them");
}

TEST_CASE("a wrong gate or zone is refused in one line") {
  const std::vector<Polygon> room{box(0, 0, 10, 10)};
  CHECK(refusal(room, {{"", {{1, 1}, {2, 1}}}}) == "gate 1: has no id; give it a name of its own");
  CHECK(refusal(room, {{"a", {{1, 1}, {2, 1}}}, {"a", {{1, 3}, {2, 3}}}}) ==
        "gate a: is there twice; give each its own id");
  CHECK(refusal(room, {{"a", {{1, 1}, {1, 1}}}}) ==
        "gate a: has no width; give two ends that lie apart, at (1, 1)");
  CHECK(refusal(room, {{"a", {{11, 1}, {12, 1}}}}) ==
        "gate a: from (11, 1) to (12, 1) lies outside the area; draw it across a passage");
  CHECK(refusal(room, {}, {{"z", box(11, 0, 12, 1), 0.5}}) ==
        "zone z: lies beside the area; is it in the same coordinates?");
  CHECK(refusal(room, {}, {{"z", box(1, 0, 2, 1), 0.0}}) ==
        "zone z: has the speed factor 0; give a share of the free speed above 0; cut out what nobody can "
        "walk");
}
