#include "chimata/io/flood_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "chimata/io/crs.hpp"
#include "support/input_error.hpp"
#include "support/netcdf_file.hpp"
#include "support/real_data.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

const Box kCity{0, 0, 30, 20};

/// How a small NetCDF flood differs from a sound one: three frames of 3 by 2 cells of 10 m.
struct Sample {
  std::string depth_name = "depth", time_units = "minutes since 2025-09-10 02:00:00";
  std::vector<double> x{5, 15, 25}, y{5, 15}, t{0, 10, 20};
  std::vector<double> depth{0, 0, 0, 0, 0, 0, 0.5, -9999, 0, 1, 0, 0, 1, 1, 1, 2, 0, 0};
  bool with_time = true;

  [[nodiscard]] std::string bytes() const {
    NetcdfFile file;
    const int time = file.dimension("time", static_cast<std::uint32_t>(t.size())),
              row = file.dimension("y", static_cast<std::uint32_t>(y.size())),
              column = file.dimension("x", static_cast<std::uint32_t>(x.size()));
    if (with_time) {
      file.variable(
          "time", {time}, t,
          time_units.empty() ? NetcdfFile::Attributes{} : NetcdfFile::Attributes{{"units", time_units}});
    }
    file.variable("y", {row}, y, {{"units", "m"}, {"standard_name", "projection_y_coordinate"}});
    file.variable("x", {column}, x, {{"units", "m"}, {"standard_name", "projection_x_coordinate"}});
    file.variable(depth_name, {time, row, column}, depth, {{"units", "m"}, {"_FillValue", "-9999"}});
    std::vector<double> u = depth, v = depth;
    for (double& value : u) value = value > 0 ? 3 : 0;
    for (double& value : v) value = value > 0 ? 4 : 0;
    file.variable("u", {time, row, column}, u);
    file.variable("v", {time, row, column}, v);
    return file.bytes();
  }
};

DepthSeries read(const Sample& sample, io::NetcdfFile file = {}, const Box& city = kCity) {
  const TemporaryDirectory folder;
  file.path = folder.write("flood.nc", sample.bytes());
  if (file.crs.empty()) file.crs = "EPSG:6677";
  return io::read_netcdf_depths(file, "EPSG:6677", city);
}

std::string geojson(const std::string& features) {
  return R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6677"}},"features":[)" +
         features + "]}";
}
/// A box from x0 to x1 over the whole height of the city.
std::string area(double x0, double x1, const std::string& properties) {
  const std::string a = std::to_string(x0), b = std::to_string(x1);
  return R"({"type":"Feature","properties":{)" + properties +
         R"(},"geometry":{"type":"Polygon","coordinates":[[[)" + a + ",0],[" + b + ",0],[" + b + ",20],[" +
         a + ",20],[" + a + ",0]]]}}";
}

struct Layer {
  explicit Layer(const std::string& features) {
    options.files.patterns = {folder.write("flood.geojson", geojson(features))};
  }
  [[nodiscard]] DepthSeries read() const { return io::read_polygon_depths(options, "EPSG:6677", kCity); }
  TemporaryDirectory folder;
  io::DepthPolygons options;
};

std::string table(const std::string& text) {
  const TemporaryDirectory folder;
  const std::string path = folder.write("level.csv", text);
  return complaint([&] { (void)io::read_hydrograph(path, "EPSG:6677", {}); });
}

}  // namespace

TEST_CASE("a NetCDF flood on the city's grid is taken cell by cell, south at the bottom") {
  const DepthSeries series = read({});
  CHECK(series.time == std::vector<Time>{time_of(0), time_of(600), time_of(1200)});
  CHECK(series.frame == RasterFrame{0, 20, 10, 10, 3, 2});
  CHECK(series.at({5, 5}, time_of(600)) == 0.5);
  CHECK(series.at({5, 15}, time_of(600)) == 1);
  CHECK(series.at({5, 15}, time_of(900)) == 1.5);
  CHECK(std::isnan(series.depth[1][4]));  // fill value
  CHECK(series.velocity.empty());
  CHECK(series.source == "flood.nc");
}

TEST_CASE("a NetCDF flood from north to south is the same flood") {
  Sample turned;
  std::reverse(turned.y.begin(), turned.y.end());
  for (std::size_t k = 0; k < 18; k += 6)
    std::swap_ranges(turned.depth.begin() + static_cast<std::ptrdiff_t>(k),
                     turned.depth.begin() + static_cast<std::ptrdiff_t>(k + 3),
                     turned.depth.begin() + static_cast<std::ptrdiff_t>(k + 3));
  const DepthSeries a = read({}), b = read(turned);
  CHECK(a.frame == b.frame);
  CHECK(a.depth[2] == b.depth[2]);
}

TEST_CASE("two components make the speed of the water") {
  io::NetcdfFile file;
  file.velocity = "u,v";
  const DepthSeries series = read({}, file);
  REQUIRE(series.velocity.size() == 3);
  CHECK(series.velocity[2][0] == 5);
  CHECK(series.velocity[0][0] == 0);
}

TEST_CASE("times of a NetCDF file count from its own date, from the calendar or from its first frame") {
  Sample later;
  later.t = {60, 70, 80};
  io::NetcdfFile file;
  CHECK(read(later, file).time.front() == time_of(3600));
  file.time = io::NetcdfTime::first;
  CHECK(read(later, file).time.front() == time_of(0));
  file.time = io::NetcdfTime::calendar;
  file.start = "2025-09-10T02:30:00";
  CHECK(read(later, file).time.front() == time_of(1800));
}

TEST_CASE("a NetCDF flood in longitude and latitude is brought into the city's system") {
  const io::Projection city{"EPSG:6677"};
  NetcdfFile file;
  const int t = file.dimension("time", 2), y = file.dimension("lat", 3), x = file.dimension("lon", 4);
  file.variable("time", {t}, {0, 3600}, {{"units", "seconds since 2025-09-10"}});
  file.variable("lat", {y}, {35.68, 35.69, 35.70}, {{"units", "degrees_north"}});
  file.variable("lon", {x}, {139.70, 139.71, 139.72, 139.73}, {{"units", "degrees_east"}});
  std::vector<double> depth(24, 0);
  std::fill(depth.begin() + 12, depth.end(), 1.5);
  file.variable("water_depth", {t, y, x}, depth);
  const TemporaryDirectory folder;
  const DepthSeries series =
      io::read_netcdf_depths({folder.write("f.nc", file.bytes()), "", "", {}, "", ""}, "EPSG:6677", {});
  CHECK(series.at(city.to_city({139.715, 35.69}), time_of(3600)) == doctest::Approx(1.5));
  CHECK(series.at(city.to_city({139.90, 35.69}), time_of(3600)) == 0);
}

TEST_CASE("broken NetCDF floods are refused in one line") {
  const auto line = [](const Sample& sample, const io::NetcdfFile& file = {}, const Box& city = kCity) {
    return complaint([&] { (void)read(sample, file, city); });
  };
  CHECK(line({}).empty());
  Sample sample;
  sample.depth_name = "zeta";
  CHECK(contains(line(sample), "flood.nc: has no variable of depth (depth, water_depth"));
  io::NetcdfFile file;
  file.variable = "depht";
  CHECK(contains(line({}, file), "has no variable depht; its variables are "));
  sample = {};
  sample.time_units = "";
  CHECK(contains(line(sample), "time has no units; give units such as"));
  sample.time_units = "fortnights since 2025-01-01";
  CHECK(contains(line(sample), "time is in \"fortnights since"));
  sample = {};
  sample.with_time = false;
  CHECK(contains(line(sample), "has no axis of time"));
  sample = {};
  sample.x = {5, 15, 45};
  CHECK(contains(line(sample), "x is not evenly spaced"));
  sample = {};
  sample.t = {0, 10, 10};
  CHECK(contains(line(sample), "frame 3 is not later than the one before"));
  sample.t = {1e7, 2e7, 3e7};
  CHECK(contains(line(sample), "say what its times count from"));
  sample = {};
  sample.depth.assign(18, -9999);
  CHECK(contains(line(sample), "has no depth anywhere (every value of depth is missing)"));
  CHECK(contains(line({}, {}, {5000, 5000, 6000, 6000}), "covers none of the city"));
  const TemporaryDirectory folder;
  file = {};
  file.path = folder.write("flood.nc", Sample{}.bytes().substr(0, 90));
  CHECK_FALSE(complaint([&] { (void)io::read_netcdf_depths(file, "EPSG:6677", kCity); }).empty());
}

TEST_CASE("depth ranks lie on a grid at the end of the interval that is asked for") {
  Layer layer(area(0, 10, R"("A31a_205": 2)") + "," + area(10, 20, R"("A31a_205": 1)"));
  const auto depth = [&](RankBound bound) {
    layer.options.bound = bound;
    return layer.read();
  };
  const DepthSeries upper = depth(RankBound::upper);
  CHECK(upper.frame.cell_x == 5);
  CHECK(upper.at({5, 10}, kStart) == 3);
  CHECK(upper.at({15, 10}, kStart) == 0.5);
  CHECK(upper.at({25, 10}, kStart) == 0);
  CHECK(upper.source == "flood.geojson (ranks at their upper depth)");
  CHECK(depth(RankBound::lower).at({5, 10}, kStart) == 0.5);
  CHECK(depth(RankBound::middle).at({5, 10}, kStart) == 1.75);
}

TEST_CASE("ranks may be text, and where areas overlap the deeper counts") {
  const Layer layer(area(0, 20, R"("rank": "0.5m未満")") + "," + area(10, 30, R"("rank": "0.5m以上3m未満")"));
  const DepthSeries series = layer.read();
  CHECK(series.at({5, 10}, kStart) == 0.5);
  CHECK(series.at({15, 10}, kStart) == 3);
}

TEST_CASE("a field of times makes a series of a single layer") {
  Layer layer(area(0, 10, R"("min": 0, "depth": 0.1, "v": 0.5)") + "," +
              area(0, 10, R"("min": 30, "depth": 0.7, "v": 2)"));
  layer.options.time_field = "min";
  layer.options.velocity_field = "v";
  layer.options.files.time = io::FrameTime::minutes;
  const DepthSeries series = layer.read();
  CHECK(series.time == std::vector<Time>{time_of(0), time_of(1800)});
  CHECK(series.at({5, 10}, time_of(900)) == doctest::Approx(0.4));
  REQUIRE(series.velocity.size() == 2);
  CHECK(*std::max_element(series.velocity[1].begin(), series.velocity[1].end()) == 2);
}

TEST_CASE("broken layers of depth are refused in one line") {
  const auto line = [](const std::string& features, auto&& change) {
    Layer layer(features);
    change(layer.options);
    return complaint([&] { (void)layer.read(); });
  };
  const auto as_is = [](io::DepthPolygons&) {};
  CHECK(contains(line(area(0, 10, R"("name": "a")"), as_is), "has no field of depth or rank"));
  CHECK(contains(line(area(0, 10, R"("rank": 7)"), as_is),
                 "flood.geojson (feature 1): rank \"7\" of rank is unknown"));
  CHECK(contains(line(area(0, 10, R"("rank": "深い")"), as_is),
                 "is unknown; give the depths at which ranks begin"));
  CHECK(
      contains(line(area(0, 10, R"("depth": "tief")"), as_is), "depth is \"tief\"; give a depth in metres"));
  CHECK(contains(line(area(0, 10, R"("depth": 1)"), [](auto& o) { o.depth_field = "dept"; }),
                 "has no field dept"));
  CHECK(contains(line(area(0, 10, R"("depth": 1, "t": "soon")"), [](auto& o) { o.time_field = "t"; }),
                 "t is \"soon\""));
  CHECK(contains(line(area(9000, 9010, R"("depth": 1)"), as_is), "covers none of the city"));
  CHECK(contains(line(area(0, 10, R"("depth": 1)"), [](auto& o) { o.cell = 1e-4; }),
                 "flood.cell_m: gives a grid of"));
  CHECK(contains(
      line(R"({"type":"Feature","properties":{"depth":1},"geometry":{"type":"Point","coordinates":[5,5]}})",
           as_is),
      "holds no polygons"));
}

TEST_CASE("the storm surge of Kumamoto agrees by depth and by rank") {
  const auto folder = real_data("city3d/flood");
  if (!folder) return;
  io::DepthPolygons options;
  options.files = {{*folder + "/BP001_*m.shp"}, io::FrameTime::minutes, {}, ""};
  options.timed = true;
  options.velocity_field = "流速";
  options.cell = 10;
  const std::string crs = "EPSG:6670";
  const DepthSeries depths = io::read_polygon_depths(options, crs, {});
  CHECK(depths.time == std::vector<Time>{time_of(0), time_of(600), time_of(1200)});
  const auto& last = depths.depth.back();
  const float deepest = *std::max_element(last.begin(), last.end());
  CHECK(deepest == doctest::Approx(4.658));  // as in the attribute table
  const auto wet = std::count_if(last.begin(), last.end(), [](float d) { return d > 0; });
  // 4,001 areas of about 29 by 23 m: the sum of their boxes is 27,050 cells of 100 m²
  CHECK(static_cast<double>(wet) == doctest::Approx(27'050).epsilon(0.01));
  REQUIRE(depths.velocity.size() == 3);

  options.rank_field = "浸水深ﾗﾝｸ";
  std::vector<DepthSeries> ranks;
  for (const RankBound bound : {RankBound::lower, RankBound::upper}) {
    options.bound = bound;
    ranks.push_back(io::read_polygon_depths(options, crs, {}));
  }
  for (std::size_t cell = 0; cell < last.size(); ++cell) {
    if (!(last[cell] > 0)) continue;
    REQUIRE(ranks[0].depth.back()[cell] <= last[cell]);  // a rank is an interval that holds the depth
    REQUIRE(last[cell] < ranks[1].depth.back()[cell]);
  }
}

TEST_CASE("a table of levels is read with its times and gauges") {
  const TemporaryDirectory folder;
  const auto one = io::read_hydrograph(folder.write("a.csv", "時刻,水位\n23:30,1.0\n00:30,2.5\n"),
                                       "EPSG:6677", Duration{23 * 3'600'000});
  CHECK(one.time == std::vector<Time>{time_of(1800), time_of(5400)});
  CHECK(one.level == std::vector<std::vector<double>>{{1.0}, {2.5}});
  CHECK(one.gauge.size() == 1);
  const auto two = io::read_hydrograph(
      folder.write(
          "b.csv",
          "minutes,lon,lat,level\n0,139.7,35.6,1\n0,139.8,35.6,2\n10,139.7,35.6,3\n10,139.8,35.6,4\n"),
      "EPSG:6677", {});
  CHECK(two.time == std::vector<Time>{time_of(0), time_of(600)});
  CHECK(two.level == std::vector<std::vector<double>>{{1, 2}, {3, 4}});
  CHECK(two.gauge[0].x < two.gauge[1].x);
}

TEST_CASE("broken tables of levels are refused in one line") {
  CHECK(table("minutes,level\n0,1\n10,2\n").empty());
  CHECK(contains(table("minutes,depth\n0,1\n"), "level"));
  CHECK(contains(table("when,level\n0,1\n"), "time"));
  CHECK(contains(table("minutes,level\n0,\n"), "level.csv:2: level is missing"));
  CHECK(contains(table("time,level\nnoon,1\n"), "time is \"noon\"; write times of day as 02:30"));
  CHECK(contains(table("minutes,level\n10,1\n0,2\n"), "level.csv:3: lies before the row above"));
  CHECK(contains(table("seconds,level\n0,1\n1e300,2\n"), "level.csv:3: time is 1e300; count from"));
  CHECK(contains(table("minutes,level\n10,1\n10,2\n"), "gives a second level for one moment"));
  CHECK(contains(table("minutes,lon,lat,level\n0,139,35,1\n0,138,35,1\n10,139,35,1\n"),
                 "has 1 of 2 gauges at 600 s"));
}

TEST_CASE("rasters of velocity go with rasters of depth") {
  const TemporaryDirectory folder;
  const auto grid = [](const char* rows) {
    return std::string("ncols 3\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 10\nNODATA_value -9999\n") +
           rows;
  };
  folder.write("d_0.asc", grid("0 0 1\n0 0 2\n"));
  folder.write("d_10.asc", grid("0 0 1\n0 0 2\n"));
  folder.write("v_0.asc", grid("0 0 0.5\n0 0 1\n"));
  io::DepthFiles files{{folder / "d_*.asc"}, io::FrameTime::minutes, {}, "EPSG:6677", {folder / "v_*.asc"}};
  CHECK(contains(complaint([&] { (void)io::read_depth_series(files, "EPSG:6677", kCity); }),
                 "has other times or another grid"));
  folder.write("v_10.asc", grid("0 0 2\n0 0 3\n"));
  const DepthSeries series = io::read_depth_series(files, "EPSG:6677", kCity);
  CHECK(series.velocity[1][5] == 3);
}
