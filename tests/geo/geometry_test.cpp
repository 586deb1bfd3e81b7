#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "chimata/core/random.hpp"
#include "chimata/geo/point.hpp"
#include "chimata/geo/point_index.hpp"
#include "chimata/geo/raster.hpp"

using namespace chimata;

TEST_CASE("a point lies along a bent line at its share of the length") {
  const std::vector<Point> line = {{0, 0}, {3, 4}, {3, 9}};
  CHECK(polyline_length(line) == 10);
  CHECK(point_along(line, 0) == Point{0, 0});
  CHECK(point_along(line, 0.5) == Point{3, 4});
  CHECK(point_along(line, 0.75) == Point{3, 6.5});
  CHECK(point_along(line, 1) == Point{3, 9});
  CHECK(point_along(line, 7) == Point{3, 9});
}

TEST_CASE("a polygon with a hole contains what it should") {
  const Polygon square{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{4, 4}, {4, 6}, {6, 6}, {6, 4}}}};
  CHECK(square.contains({1, 1}));
  CHECK_FALSE(square.contains({5, 5}));  // in the hole
  CHECK_FALSE(square.contains({11, 5}));
  CHECK(square.area() == 96);
  CHECK(square.centroid() == Point{5, 5});
  CHECK(square.box().contains({10, 10}));
}

TEST_CASE("a centroid far from the origin keeps its digits") {
  const double east = 5e6, north = -4e6;
  const Polygon square{{{{east, north}, {east + 2, north}, {east + 2, north + 2}, {east, north + 2}}}};
  CHECK(square.centroid().x == doctest::Approx(east + 1).epsilon(1e-14));
  CHECK(square.centroid().y == doctest::Approx(north + 1).epsilon(1e-14));
}

TEST_CASE("the nearest point is the one a search of all would find, ties to the first") {
  const Random random{Seed{5}};
  constexpr Purpose place{"test.place"};
  std::vector<Point> points;
  for (std::uint32_t i = 0; i < 500; ++i) {  // on a grid, so that ties are common
    points.push_back(
        {std::floor(20 * random.uniform(place, i)), std::floor(20 * random.uniform(place, i, 1))});
  }
  const PointIndex index(points);
  for (std::uint32_t q = 0; q < 300; ++q) {
    const Point p{std::floor(20 * random.uniform(place, q, 2)) + 0.5,
                  std::floor(20 * random.uniform(place, q, 3))};
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < points.size(); ++i) {
      if (distance(p, points[i]) < distance(p, points[best])) best = i;
    }
    CHECK(distance(p, points[*index.nearest(p)]) == distance(p, points[best]));
  }
  CHECK_FALSE(PointIndex({}).nearest({0, 0}).has_value());
}

TEST_CASE("a raster is read by cell and between cells") {
  const Raster raster{{100, 200, 10, 10, 3, 2}, {1, 2, 3, 4, 5, 6}};
  CHECK(raster.at({101, 199}) == 1);  // north-west
  CHECK(raster.at({129, 181}) == 6);  // south-east
  CHECK(std::isnan(raster.at({99, 199})));
  CHECK(std::isnan(raster.at({101, 201})));
  CHECK(raster.interpolate({110, 190}) == doctest::Approx(3));  // amid 1, 2, 4 and 5
  CHECK(raster.interpolate({115, 190}) == doctest::Approx(3.5));
  CHECK(raster.interpolate({101, 199}) == 1);  // at the rim: the cell
}

TEST_CASE("beside missing data the cell itself counts") {
  const float none = std::numeric_limits<float>::quiet_NaN();
  const Raster raster{{0, 20, 10, 10, 2, 2}, {1, none, 3, 4}};
  CHECK(raster.interpolate({9, 9}) == 3);
  CHECK(std::isnan(raster.interpolate({15, 15})));
}
