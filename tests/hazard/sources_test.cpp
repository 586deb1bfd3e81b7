#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "chimata/hazard/arrival.hpp"
#include "chimata/hazard/depth_rank.hpp"
#include "chimata/hazard/water_level.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

void check_interval(const std::optional<DepthInterval>& rank, double lower, std::optional<double> upper) {
  REQUIRE(rank);
  CHECK(rank->lower == lower);
  CHECK(rank->upper == upper);
}

/// Ground of five cells of 10 m in a row: river bed, bank, dike, hollow behind it, hill.
Raster ground() {
  return {{0, 10, 10, 10, 5, 1}, {0, 1, 3, 0.5f, 9}};
}

DepthSeries level(std::vector<float> levels) {
  DepthSeries series;
  series.frame = ground().frame;
  series.source = "level.csv";
  for (std::size_t k = 0; k < levels.size(); ++k) {
    series.time.push_back(time_of(600.0 * static_cast<double>(k)));
    series.depth.emplace_back(5, levels[k]);
  }
  return series;
}

}  // namespace

TEST_CASE("codes of 国土数値情報 and of the hazard map guideline mean intervals of depth") {
  check_interval(rank_of_code(11), 0, 0.5);
  check_interval(rank_of_code(14), 2, 5);
  check_interval(rank_of_code(15), 5, std::nullopt);
  check_interval(rank_of_code(21), 0, 0.5);
  check_interval(rank_of_code(24), 2, 3);
  check_interval(rank_of_code(27), 5, std::nullopt);
  check_interval(rank_of_code(1), 0, 0.5);
  check_interval(rank_of_code(2), 0.5, 3);
  check_interval(rank_of_code(3), 3, 5);
  check_interval(rank_of_code(6), 20, std::nullopt);
  for (const int unknown : {-1, 0, 7, 10, 16, 20, 28, 99}) {
    CAPTURE(unknown);
    CHECK_FALSE(rank_of_code(unknown));
  }
}

TEST_CASE("a municipality's own ranks begin where it says") {
  const std::vector<double> edges{0.01, 0.3, 1, 2, 3, 4, 5, 10, 20};  // as in Kawasaki's rank codes
  check_interval(rank_of_code(2, edges), 0.3, 1);
  check_interval(rank_of_code(9, edges), 20, std::nullopt);
  CHECK_FALSE(rank_of_code(10, edges));
}

TEST_CASE("ranks written out are understood as the maps write them") {
  check_interval(rank_of_text("0.5m以上3m未満"), 0.5, 3);
  check_interval(rank_of_text("0.5m～3.0m未満"), 0.5, 3);
  check_interval(rank_of_text("０．５ｍ以上 ３．０ｍ未満"), 0.5, 3);
  check_interval(rank_of_text("0.01m以上0.3m未満"), 0.01, 0.3);
  check_interval(rank_of_text("0.5-3.0"), 0.5, 3);
  check_interval(rank_of_text("0～0.5ｍ未満"), 0, 0.5);
  check_interval(rank_of_text("0.5m未満"), 0, 0.5);
  check_interval(rank_of_text("20m以上"), 20, std::nullopt);
  check_interval(rank_of_text("5.0m～"), 5, std::nullopt);
  for (const char* no : {"", "深い", "0.5", "3m以上0.5m未満", "0.5mくらい", "-1m未満"}) {
    CAPTURE(no);
    CHECK_FALSE(rank_of_text(no));
  }
}

TEST_CASE("which end of a rank counts is said, and the open rank has only one") {
  const DepthInterval rank{0.5, 3};
  CHECK(depth_of(rank, RankBound::lower) == 0.5);
  CHECK(depth_of(rank, RankBound::middle) == 1.75);
  CHECK(depth_of(rank, RankBound::upper) == 3);
  for (const RankBound bound : {RankBound::lower, RankBound::middle, RankBound::upper})
    CHECK(depth_of({5, std::nullopt}, bound) == 5);
}

TEST_CASE("the bathtub floods every hollow below the level, connected water stays before the dike") {
  DepthSeries bathtub = level({2, 4});
  subtract_ground(bathtub, ground());
  CHECK(bathtub.depth[0] == std::vector<float>{2, 1, 0, 1.5f, 0});
  CHECK(bathtub.depth[1] == std::vector<float>{4, 3, 1, 3.5f, 0});

  DepthSeries joined = level({2, 4});
  const std::vector<Point> river{{5, 5}};
  subtract_ground(joined, ground(), river);
  CHECK(joined.depth[0] == std::vector<float>{2, 1, 0, 0, 0});
  CHECK(joined.depth[1] == std::vector<float>{4, 3, 1, 3.5f, 0});  // over the top
}

TEST_CASE("where level or ground is missing it is dry") {
  Raster holes = ground();
  holes.values[1] = kMissing;
  DepthSeries series = level({2});
  series.depth[0][0] = kMissing;
  subtract_ground(series, holes);
  CHECK(series.depth[0] == std::vector<float>{0, 0, 0, 1.5f, 0});
}

TEST_CASE("each place takes the level of its nearest gauge") {
  Hydrograph levels;
  levels.time = {time_of(0), time_of(60)};
  levels.gauge = {{0, 5}, {50, 5}};
  levels.level = {{1, 2}, {3, 4}};
  const DepthSeries series = level_series(levels, ground(), {10, 0, 40, 10});
  CHECK(series.frame == RasterFrame{10, 10, 10, 10, 3, 1});
  CHECK(series.depth[0] == std::vector<float>{1, 1, 2});
  CHECK(series.depth[1] == std::vector<float>{3, 3, 4});
}

TEST_CASE("levels without ground to stand on are refused in one line") {
  DepthSeries series = level({2});
  CHECK(complaint([&] { subtract_ground(series, Raster{}); }) ==
        "level.csv: gives water levels, but the city has no terrain to take off; add terrain: to the city, "
        "or give depths");
  Raster empty = ground();
  empty.values.assign(5, kMissing);
  CHECK(contains(complaint([&] { subtract_ground(series, empty); }),
                 "where the city's terrain has no heights"));
  const std::vector<Point> away{{500, 5}};
  CHECK(contains(complaint([&] { subtract_ground(series, ground(), away); }),
                 "a source of water lies off its grid"));
  CHECK(contains(complaint([&] { (void)level_series({}, Raster{}, {}); }), "the city has no terrain"));
  CHECK(contains(complaint([&] {
                   (void)level_series({}, ground(), {100, 0, 200, 10});
                 }),
                 "covers none of the city"));
}

TEST_CASE("from greatest depth and arrival the water rises evenly and stays") {
  const RasterFrame frame{0, 10, 10, 10, 4, 1};
  const Raster greatest{frame, {2, 1, 0, 3}}, arrival{frame, {600, 1200, 600, kMissing}};
  const DepthSeries series = ramped_series(greatest, arrival, Duration{600'000}, Duration{300'000});
  const Point first{5, 5}, second{15, 5}, never{35, 5};
  CHECK(series.at(first, time_of(600)) == 0);
  CHECK(series.at(first, time_of(900)) == doctest::Approx(1));
  CHECK(series.at(first, time_of(1200)) == 2);
  CHECK(series.at(second, time_of(1200)) == 0);
  CHECK(series.at(second, time_of(1500)) == doctest::Approx(0.5));
  CHECK(series.at(second, time_of(1e6)) == 1);
  CHECK(series.at(never, time_of(1e6)) == 0);  // no arrival on the map
}

TEST_CASE("greatest depths alone stand from the start on, and maps that do not fit are refused") {
  const RasterFrame frame{0, 10, 10, 10, 2, 1};
  const Raster greatest{frame, {2, 0}};
  CHECK(ramped_series(greatest, {}, Duration{1000}).at({5, 5}, kStart) == 2);
  CHECK(contains(complaint([&] {
                   (void)ramped_series(greatest, {{0, 20, 10, 10, 2, 1}, {1, 1}}, Duration{1000});
                 }),
                 "has another grid"));
  CHECK(contains(complaint([&] {
                   (void)ramped_series(greatest, {frame, {kMissing, 5}}, Duration{1000});
                 }),
                 "no cell with both a depth and an arrival"));
}
