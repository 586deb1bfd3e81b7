#include "chimata/io/crs.hpp"

#include <doctest/doctest.h>

#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::test;

TEST_CASE("Japanese towns get their plane rectangular zone") {
  struct Place {
    const char* name;
    double lon, lat;
    const char* crs;
  };
  const Place places[] = {
      {"Nagasaki", 129.873, 32.750, "EPSG:6669"},     {"Amami", 129.494, 28.377, "EPSG:6669"},
      {"Fukuoka", 130.418, 33.607, "EPSG:6670"},      {"Yakushima", 130.65, 30.38, "EPSG:6670"},
      {"Hiroshima", 132.459, 34.397, "EPSG:6671"},    {"Shimonoseki", 130.941, 33.958, "EPSG:6671"},
      {"Kitakyushu", 130.833, 33.883, "EPSG:6670"},   {"Kochi", 133.531, 33.559, "EPSG:6672"},
      {"Kobe", 135.183, 34.691, "EPSG:6673"},         {"Okayama", 133.935, 34.662, "EPSG:6673"},
      {"Osaka", 135.500, 34.686, "EPSG:6674"},        {"Tsu", 136.509, 34.730, "EPSG:6674"},
      {"Nagoya", 136.907, 35.180, "EPSG:6675"},       {"Komatsu", 136.445, 36.408, "EPSG:6675"},
      {"Shizuoka", 138.383, 34.977, "EPSG:6676"},     {"Matsumoto", 137.972, 36.238, "EPSG:6676"},
      {"Tokyo", 139.767, 35.681, "EPSG:6677"},        {"Yokosuka", 139.672, 35.281, "EPSG:6677"},
      {"Sendai", 140.872, 38.268, "EPSG:6678"},       {"Hakodate", 140.729, 41.769, "EPSG:6679"},
      {"Sapporo", 141.354, 43.062, "EPSG:6680"},      {"Kushiro", 144.381, 42.985, "EPSG:6681"},
      {"Chichijima", 142.192, 27.095, "EPSG:6682"},   {"Naha", 127.681, 26.212, "EPSG:6683"},
      {"Ishigaki", 124.157, 24.345, "EPSG:6684"},     {"Minamidaito", 131.232, 25.829, "EPSG:6685"},
      {"Okinotorishima", 136.08, 20.42, "EPSG:6686"}, {"Minamitorishima", 153.98, 24.29, "EPSG:6687"},
  };
  for (const Place& place : places) {
    CAPTURE(place.name);
    CHECK(io::metric_crs_for(place.lon, place.lat) == place.crs);
  }
}

TEST_CASE("elsewhere the UTM zone is taken") {
  CHECK(io::metric_crs_for(9.7, 50.87) == "EPSG:32632");
  CHECK(io::metric_crs_for(-123.92, 45.99) == "EPSG:32610");
  CHECK(io::metric_crs_for(151.2, -33.87) == "EPSG:32756");
  CHECK(io::metric_crs_for(180, 10) == "EPSG:32660");
  for (const auto& [lon, lat] :
       {std::pair{129.07, 35.18}, {126.98, 37.57}, {131.89, 43.12}, {121.56, 25.03}, {142.73, 46.96}}) {
    CHECK(io::japanese_zone(lon, lat) == 0);  // Busan, Seoul, Vladivostok, Taipei, Yuzhno-Sakhalinsk
  }
  CHECK(contains(complaint([] { (void)io::metric_crs_for(35.7, 139.7); }),
                 "are longitude and latitude swapped?"));
}

TEST_CASE("x is east and y north whatever order the authority gives") {
  const io::Projection zone9{"EPSG:6677"};  // its own axes are north, east
  const Point p = zone9.to_city({139.8333333 + 0.01, 36.0});
  CHECK(p.x == doctest::Approx(901.4).epsilon(0.001));
  CHECK(p.y == doctest::Approx(0).epsilon(0.1));
  const io::LonLat back = zone9.to_lonlat(p);
  CHECK(back.lon == doctest::Approx(139.8433333).epsilon(1e-9));
  CHECK(back.lat == doctest::Approx(36.0).epsilon(1e-9));
}

TEST_CASE("only projected systems in metres are accepted for a city") {
  const auto line = [](const char* crs) { return complaint([&] { (void)io::Projection{crs}; }); };
  CHECK(contains(line("EPSG:4326"), "crs EPSG:4326: is not a projected coordinate system in metres"));
  CHECK(contains(line("EPSG:2263"), "is not a projected coordinate system in metres"));  // New York, feet
  CHECK(contains(line("zone nine"), "is not a known coordinate system"));
  CHECK(io::is_metric("EPSG:32632"));
  CHECK(!io::is_metric("EPSG:6697"));
}
