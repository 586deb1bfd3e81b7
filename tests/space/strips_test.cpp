#include "chimata/space/strips.hpp"

#include <doctest/doctest.h>

#include "chimata/space/area.hpp"
#include "support/small_city.hpp"

using namespace chimata;
using chimata::testing::rectangle;

namespace {
double size_of(const std::vector<Polygon>& parts) {
  double sum = 0;
  for (const Polygon& part : parts) sum += part.area();
  return sum;
}
}  // namespace

TEST_CASE("a strip along a line is as wide as the street, round at its ends") {
  const std::vector<Point> line = {{0, 0}, {10, 0}, {10, 0.0001}, {10, 10}};
  const auto strip = strip_along(line, 2);
  REQUIRE(strip.size() == 1);
  // two legs that share a square of the corner, and two half discs of 16 corners
  CHECK(size_of(strip) == doctest::Approx(2 * 10 * 2 + 3.06).epsilon(0.01));
  CHECK(strip_along(std::vector<Point>{{1, 1}}, 2).empty());
  CHECK(strip_along(std::vector<Point>{{1, 1}, {1, 1}}, 2).empty());
}

TEST_CASE("pieces that overlap, touch or cross themselves become one space") {
  std::size_t left_out = 0;
  const auto one =
      united({rectangle(0, 0, 10, 2), rectangle(8, 0, 12, 2), rectangle(12, 0, 14, 2)}, &left_out);
  REQUIRE(one.size() == 1);
  CHECK(one[0].area() == doctest::Approx(28));
  CHECK(left_out == 0);
  CHECK(united({{{{{0, 0}, {1, 0}}}}}, &left_out).empty());
  CHECK(left_out == 1);
  CHECK(united({}).empty());
}

TEST_CASE("where no body fits through, a space is divided") {
  // two rooms, joined by a passage of 0.4 m
  const auto rooms = united({rectangle(0, 0, 10, 10), rectangle(12, 0, 22, 10), rectangle(10, 5, 12, 5.4)});
  CHECK(rooms.size() == 1);
  const auto divided = opened(rooms, 0.6);
  REQUIRE(divided.size() == 2);
  CHECK(size_of(divided) == doctest::Approx(200).epsilon(1e-3));
  CHECK(opened(rooms, 0.3).size() == 1);
}

TEST_CASE("slits between what should touch are closed, wider ones are not") {
  const std::vector<Polygon> parts = {rectangle(0, 0, 10, 10), rectangle(10.04, 0, 20, 10)};
  const auto one = bridged(parts, 0.1);
  REQUIRE(one.size() == 1);
  CHECK(one[0].area() == doctest::Approx(200).epsilon(1e-4));
  CHECK(bridged(parts, 0.02).size() == 2);
}

TEST_CASE("a border keeps what lies inside, and a line knows where it runs through") {
  const auto inside = clipped({rectangle(0, 0, 20, 4)}, rectangle(5, -5, 10, 5));
  CHECK(size_of(inside) == doctest::Approx(20));
  const auto shares = shares_within({rectangle(0, 0, 2, 4), rectangle(6, 0, 8, 4)}, {0, 2}, {10, 2});
  REQUIRE(shares.size() == 2);
  CHECK(shares[0].first == doctest::Approx(0));
  CHECK(shares[0].second == doctest::Approx(0.2));
  CHECK(shares[1].first == doctest::Approx(0.6));
  CHECK(shares_within({rectangle(0, 0, 2, 4)}, {1, 1}, {1, 1}).empty());
}
