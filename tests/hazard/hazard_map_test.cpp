#include "chimata/hazard/hazard_map.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "chimata/core/error.hpp"

using namespace chimata;

namespace {

/// Three cells of 10 m in a row: one rises to 2 m and falls dry again, one stands in 1 m from the middle
/// on, one has no data.
DepthSeries three_cells() {
  constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
  DepthSeries series;
  series.frame = {0, 10, 10, 10, 3, 1};
  series.time = {time_of(0), time_of(1000), time_of(2000)};
  series.depth = {{0, 0, kMissing}, {2, 1, kMissing}, {0, 1, kMissing}};
  return series;
}
const std::vector<Point> kPoints{{5, 5}, {15, 5}, {25, 5}, {500, 5}};

}  // namespace

TEST_CASE("a hazard map tells greatest depth, arrival and how long the water stays deep") {
  const HazardMap map = hazard_map(three_cells(), kPoints, {0.1, 0.5});
  CHECK(map.greatest_depth == std::vector<float>{2, 1, 0, 0});
  CHECK(map.arrival == std::vector<Time>{time_of(50), time_of(100), kNever, kNever});
  // up from 250 s, down at 1750 s; the second from 500 s on, and nobody knows until when
  CHECK(map.duration == std::vector<Duration>{Duration{1'500'000}, Duration{1'500'000}, {}, {}});
  CHECK(map.lasting == std::vector<std::uint8_t>{0, 1, 0, 0});
  CHECK(map.greatest_velocity.empty());
}

TEST_CASE("held frames bring the water at once") {
  FloodModel model;
  model.interpolation = BetweenFrames::hold;
  const HazardMap map = hazard_map(three_cells(), kPoints, {0.1, 0.5}, model);
  CHECK(map.arrival[0] == time_of(1000));
  CHECK(map.duration[0] == Duration{1'000'000});
}

TEST_CASE("the hazard map follows delay and depth factor of the flood") {
  FloodModel model;
  model.delay_h = 0.5;
  model.depth_factor = 0.25;
  const HazardMap map = hazard_map(three_cells(), kPoints, {0.1, 0.5}, model);
  CHECK(map.greatest_depth[0] == 0.5f);
  CHECK(map.arrival[0] == time_of(1800 + 200));
  CHECK(map.duration[0] == Duration{0});  // touches half a metre for a moment
  CHECK(map.lasting[1] == 0);
}

TEST_CASE("the arrival of a hazard map is the moment at which the series reaches that depth") {
  const DepthSeries series = three_cells();
  for (const double depth : {0.01, 0.3, 0.777, 1.999}) {
    const HazardMap map = hazard_map(series, kPoints, {depth, 0.5});
    CHECK(series.at(kPoints[0], map.arrival[0]) >= depth - 1e-9);
    CHECK(series.at(kPoints[0], map.arrival[0] - Duration{2}) < depth);
  }
}

TEST_CASE("the greatest speed of the water is there when the series has velocities") {
  DepthSeries series = three_cells();
  series.velocity = {{0, 0, 0}, {1.5f, 0.2f, std::numeric_limits<float>::quiet_NaN()}, {0.5f, 0.3f, 0}};
  const HazardMap map = hazard_map(series, kPoints);
  CHECK(map.greatest_velocity == std::vector<float>{1.5f, 0.3f, 0, 0});
  series.velocity.pop_back();
  CHECK_THROWS_AS((void)hazard_map(series, kPoints), InputError);
}
