#include "chimata/io/raster.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "chimata/io/crs.hpp"
#include "support/input_error.hpp"
#include "support/real_data.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;
using io::FrameTime;

namespace {

std::string ascii_grid(double west, double south, const std::string& rows, double cell = 10) {
  return "ncols 3\nnrows 2\nxllcorner " + std::to_string(west) + "\nyllcorner " + std::to_string(south) +
         "\ncellsize " + std::to_string(cell) + "\nNODATA_value -9999\n" + rows;
}
const Box kCity{0, 0, 30, 20};

}  // namespace

TEST_CASE("a raster in the city's system is taken cell by cell, missing values are NaN") {
  const TemporaryDirectory folder;
  const auto raster = io::read_raster(folder.write("dem.asc", ascii_grid(0, 0, "1 2 3\n4 -9999 6\n")),
                                      "EPSG:6677", "EPSG:6677", kCity);
  CHECK(raster.frame == RasterFrame{0, 20, 10, 10, 3, 2});
  CHECK(raster.at({5, 15}) == 1);
  CHECK(raster.at({25, 5}) == 6);
  CHECK(std::isnan(raster.at({15, 5})));
}

TEST_CASE("a raster in another system is brought into the city's") {
  const TemporaryDirectory folder;
  const io::Projection city{"EPSG:6677"};
  // a slope that rises by one metre per 0.01 degree eastwards
  const std::string path =
      folder.write("dem.asc", ascii_grid(139.70, 35.68, "0.5 1.5 2.5\n0.5 1.5 2.5\n", 0.01));
  const auto raster = io::read_raster(path, "EPSG:6677", "EPSG:4326");
  CHECK(raster.interpolate(city.to_city({139.715, 35.69})) == doctest::Approx(1.5).epsilon(0.1));
  CHECK(std::isnan(raster.at(city.to_city({139.90, 35.69}))));
}

TEST_CASE("wrong rasters are refused in one line") {
  const TemporaryDirectory folder;
  const auto line = [&](const std::string& bytes, const char* crs = "EPSG:6677") {
    return complaint([&] { (void)io::read_raster(folder.write("dem.asc", bytes), "EPSG:6677", crs, kCity); });
  };
  const std::string rows = "1 2 3\n4 5 6\n";
  CHECK(line(ascii_grid(0, 0, rows)).empty());
  CHECK(line(ascii_grid(0, 0, rows), "") ==
        "dem.asc: has no coordinate system; put its dem.prj beside it, or give its crs, e.g. EPSG:6677");
  CHECK(line(ascii_grid(12000, 0, rows)) ==
        "dem.asc: covers none of the city (raster EPSG:6677 x 12000–12030, city x 0–30): is the axis order "
        "or the zone right?");
  CHECK(contains(line("hello"), "dem.asc: is no readable raster"));
  CHECK(contains(line(""), "dem.asc: is empty"));
  CHECK(contains(line(ascii_grid(0, 0, "1 2 3\n")), "dem.asc: is damaged or cut off"));
}

TEST_CASE("truncated GeoTIFFs are refused in one line") {
  const auto path = real_data("city3d/flood/DERIVED_BP001_00020m_depth.tif");
  if (!path) return;
  const TemporaryDirectory folder;
  const std::string bytes = TemporaryDirectory::read(*path);
  const std::string cut = folder.write("depth.tif", bytes.substr(0, bytes.size() / 2));
  const std::string line = complaint([&] { (void)io::read_raster(cut, "EPSG:6677"); });
  CAPTURE(line);
  CHECK((contains(line, "is damaged or cut off") || contains(line, "is no readable raster")));
}

TEST_CASE("file names tell times") {
  CHECK(io::frame_time("flood/depth_0230.tif", FrameTime::clock) == Duration{9'000'000});
  CHECK(io::frame_time("202510070230.tif", FrameTime::clock) == Duration{9'000'000});
  CHECK(io::frame_time("120.asc", FrameTime::seconds) == Duration{120'000});
  CHECK(io::frame_time("x_30.tif", FrameTime::minutes) == Duration{1'800'000});
  CHECK(contains(complaint([] { (void)io::frame_time("sample.asc", FrameTime::seconds); }),
                 "sample.asc: has no time in its name"));
  CHECK(contains(complaint([] { (void)io::frame_time("d_2575.tif", FrameTime::clock); }),
                 "d_2575.tif: '2575' is no time of day"));
}

TEST_CASE("a series crosses midnight") {
  const TemporaryDirectory folder;
  for (const char* name : {"d_2330.asc", "d_0000.asc", "d_0030.asc"})
    folder.write(name, ascii_grid(0, 0, "0 0 1\n0 0 2\n"));
  io::DepthFiles files{.patterns = {folder / "d_*.asc"},
                       .time = FrameTime::clock,
                       .start_of_day = Duration{23 * 3'600'000},
                       .crs = "EPSG:6677"};
  const auto series = io::read_depth_series(files, "EPSG:6677", kCity);
  CHECK(series.time == std::vector<Time>{time_of(1800), time_of(3600), time_of(5400)});
  files.start_of_day = Duration{3'600'000};
  CHECK(io::read_depth_series(files, "EPSG:6677", kCity).time.front() == time_of(-5400));
}

TEST_CASE("wrong depth series are refused in one line") {
  const TemporaryDirectory folder;
  const io::DepthFiles files{
      .patterns = {folder / "*.asc"}, .time = FrameTime::minutes, .start_of_day = {}, .crs = "EPSG:6677"};
  const auto line = [&] {
    return complaint([&] { (void)io::read_depth_series(files, "EPSG:6677", kCity); });
  };
  CHECK(contains(line(), "*.asc: no file matches"));
  folder.write("0.asc", ascii_grid(0, 0, "0 0 1\n0 -9999 2\n"));
  CHECK(line().empty());
  folder.write("10.asc", ascii_grid(0, 0, "-9999 -9999 -9999\n-9999 -9999 -9999\n"));
  CHECK(line() == "10.asc: has no depth anywhere (every value is missing); export it again; dry ground is 0");
  folder.write("10.asc", ascii_grid(5, 0, "0 0 1\n0 0 2\n"));
  CHECK(contains(line(), "10.asc: has another grid (3 × 2 cells of 10 m from 5, 20) than 0.asc"));
  folder.write("10.asc", ascii_grid(0, 0, "0 0 1\n0 0 2\n"));
  folder.write("d010.asc", ascii_grid(0, 0, "0 0 1\n0 0 2\n"));
  CHECK(contains(line(), "d010.asc: has the same time as 10.asc"));
}

TEST_CASE("the Seaside inundation is read with the projection its folder holds") {
  const auto folder = real_data("pedestrian/seaside_tsunami/tsunami_inundation");
  if (!folder) return;
  const Box city{427000, 5092000, 430500, 5096000};
  const io::DepthFiles files{
      .patterns = {*folder + "/[0-9]*.asc"}, .time = FrameTime::seconds, .start_of_day = {}, .crs = ""};
  const auto series = io::read_depth_series(files, "EPSG:32610", city);
  CHECK(series.time.size() == 30);
  CHECK(series.time.front() == time_of(120));
  CHECK(series.time.back() == time_of(3600));
  CHECK(series.frame.columns == 89);
  CHECK(series.frame.rows == 96);
}
