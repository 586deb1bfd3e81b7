#include "chimata/io/import.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>

#include "chimata/io/city_file.hpp"
#include "chimata/io/crs.hpp"
#include "chimata/io/raster.hpp"
#include "io/osm_drawing.hpp"
#include "support/input_error.hpp"
#include "support/real_data.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {
std::string streets() {
  return OsmDrawing("A B C").way(1, "ABC", {{"highway", "residential"}}).xml();
}
}  // namespace

TEST_CASE("a folder with a plan becomes a city") {
  const TemporaryDirectory folder;
  folder.write("town.osm", streets());
  folder.write("shelters.csv", "id,name,lon,lat,capacity\nS1,学校,141.301,43.1,\n");
  folder.write("people.csv", "lon,lat,count\n141.302,43.1,12\n");
  const Point origin = io::Projection{"EPSG:6680"}.to_city({141.30, 43.10});
  folder.write("dem.asc", "ncols 2\nnrows 2\nxllcorner " + std::to_string(origin.x - 1000) + "\nyllcorner " +
                              std::to_string(origin.y - 1000) +
                              "\ncellsize 1000\nNODATA_value -9999\n7 7\n7 7\n");
  folder.write("city.yaml",
               "name: 札幌の一角\nsource_crs: EPSG:6680\nlicence: ODbL\nstreets: town.osm\nterrain: dem.asc\n"
               "shelters: {file: shelters.csv, default_capacity: 50}\nresidences: people.csv\n");
  std::string told;
  const City city = io::import_city(io::read_city_plan(folder / ""), [&](const Progress& p) {
    told += std::string(p.what) + " ";
    return true;
  });
  CHECK(city.name == "札幌の一角");
  CHECK(city.crs == "EPSG:6680");
  CHECK(city.time_zone == "Asia/Tokyo");
  CHECK(city.network.segment_count() == 1);
  CHECK(city.network.elevation.values()[0] == 7);
  CHECK(city.shelters.capacity.values()[0] == 50);
  CHECK(city.residences.residents == std::vector<double>{12});
  CHECK(city.licences == std::vector<std::string>{"ODbL"});
  CHECK(told == "streets terrain shelters residences done ");
}

TEST_CASE("the people of a census mesh are placed along its streets, or as the plan says") {
  const TemporaryDirectory folder;
  folder.write("town.osm", streets());
  folder.write("mesh.csv", "KEY_CODE,人口\n644152,12\n");
  const auto imported = [&](const char* residences) {
    folder.write("city.yaml", "name: m\nstreets: town.osm\nresidences: " + std::string(residences) + "\n");
    return io::import_city(io::read_city_plan(folder / ""));
  };
  const City placed = imported("mesh.csv");
  double people = 0;
  for (std::size_t i = 0; i < placed.residences.size(); ++i) {
    people += placed.residences.residents[i];
    CHECK(placed.network.box().contains(placed.residences.position[i]));
  }
  CHECK(people == doctest::Approx(12));
  CHECK(placed.residences.size() > 3);
  CHECK(imported("{file: mesh.csv, spread: centre}").residences.size() == 1);
  CHECK(imported("{file: mesh.csv, spread: scattered}").residences.size() == 12);
  CHECK(contains(complaint([&] { (void)imported("{file: mesh.csv, spread: evenly}"); }),
                 "spread is 'evenly'; use automatic"));
}

TEST_CASE("an import can be stopped") {
  const TemporaryDirectory folder;
  io::CityPlan plan;
  plan.osm = folder.write("town.osm", streets());
  CHECK_THROWS_AS((void)io::import_city(plan, [](const Progress&) { return false; }), Cancelled);
}

TEST_CASE("a plan takes its streets from any format, told or recognised") {
  const TemporaryDirectory folder;
  folder.write("roads.xml",
               "<network><nodes><node id='a' x='0' y='0'/><node id='b' x='100' y='0'/></nodes><links>"
               "<link id='1' from='a' to='b' length='100' freespeed='10' capacity='3600' permlanes='1'/>"
               "</links></network>");
  folder.write("x_net.tntp", "<NUMBER OF NODES> 2\n<END OF METADATA>\n1 2 1800 3 1 0 0 0 0 1 ;\n");
  folder.write("link.csv", "link_id,from_node_id,to_node_id\n1,1,2\n");
  folder.write("node.csv", "node_id,x_coord,y_coord\n1,139.70,35.68\n2,139.71,35.68\n");
  const auto city = [&](const std::string& yaml) {
    return io::import_city(io::read_city_plan(folder.write("city.yaml", yaml)));
  };
  CHECK(city("streets: {file: roads.xml, crs: EPSG:6677}\n").crs == "EPSG:6677");
  CHECK(city("streets: {file: roads.xml, format: matsim}\ncrs: EPSG:6677\n").network.capacity[LinkId{0u}] ==
        1);
  CHECK(city("streets: {file: roads.xml, walk_along: true}\n").network.allows(LinkId{1u}, kFoot));
  CHECK(city("streets: {file: x_net.tntp, length_unit: km}\n").network.length.values()[0] == 3000);
  CHECK(city("streets: link.csv\n").crs == "EPSG:6677");
  const City gmns = city("streets: {file: ., format: gmns}\n");
  CHECK(gmns.network.segment_count() == 1);
  CHECK(contains(gmns.import_notes.front().message, "taken as miles"));
}

TEST_CASE("a plan says when and in which country its OpenStreetMap streets are judged") {
  const TemporaryDirectory folder;
  folder.write("town.osm", streets());
  const auto options = [&](const std::string& rest) {
    return io::read_city_plan(folder.write("city.yaml", "streets: {file: town.osm, " + rest + "}\n"))
        .osm_options;
  };
  CHECK(options("at: '2026-04-01 08:00', country: JP, ferries: true").at ==
        io::local_moment("2026-04-01 08:00"));
  CHECK(options("country: JP").country == "JP");
  CHECK(options("ferries: true").ferries);
  const auto line = [&](const std::string& rest) { return complaint([&] { (void)options(rest); }); };
  CHECK(contains(line("format: lines, default_width: wide"),
                 "city.yaml:1: default_width is 'wide'; give metres, 0 or more"));
  CHECK(contains(line("format: lines, default_width: "),
                 "city.yaml:1: default_width is 'null'; give metres, 0 or more"));
  CHECK(contains(line("format: lines, snap: -1"), "city.yaml:1: snap is '-1'; give metres, 0 or more"));
  CHECK(contains(line("at: noon"), "city.yaml:1: at is 'noon'; write local date and time"));
  CHECK(contains(line("ferries: perhaps"), "city.yaml:1: ferries is 'perhaps'; write true or false"));
  CHECK(contains(line("format: osmium"), "city.yaml:1: format is 'osmium'; use osm, lines, gmns"));
}

TEST_CASE("wrong plans are refused with file and line") {
  const TemporaryDirectory folder;
  folder.write("town.osm", streets());
  const auto line = [&](std::string_view yaml) {
    return complaint([&] { (void)io::read_city_plan(folder.write("city.yaml", yaml)); });
  };
  CHECK(line("streets: town.osm\n").empty());
  CHECK(contains(line("name: x\n"), "city.yaml: names no streets"));
  const std::string long_name(300, 'x');
  CHECK(contains(line("streets: " + long_name + "\n"), "city.yaml:1: there is no file " + long_name));
  CHECK(contains(line("name: x\n{a: b}: c\n"), "city.yaml:2: a key is no text"));
  CHECK(contains(line("streets: town.osm\nshelter: s.csv\n"), "city.yaml:2: has an unknown key shelter"));
  CHECK(contains(line("streets: twon.osm\n"), "city.yaml:1: there is no file twon.osm"));
  CHECK(contains(line("shelters: {file: town.osm, default_capacity: 4294967297}\n"),
                 "default_capacity is '4294967297'; give a whole number"));
  CHECK(contains(line("streets: [a\n"), "is no valid YAML"));
  CHECK(contains(line(""), "city.yaml: is empty"));
  CHECK(contains(line("just text\n"), "city.yaml: names no files"));
}

TEST_CASE("the bundled town imports and returns from its city file") {
  const std::filesystem::path town = std::filesystem::path(CHIMATA_SOURCE_DIR) / "data" / "riverside";
  if (!std::filesystem::exists(town / "town.yaml")) return;
  const io::CityPlan plan = io::read_city_plan(town.string());
  const City city = io::import_city(plan);
  CHECK(city.crs == "EPSG:6673");
  CHECK(city.network.segment_count() > 1000);
  CHECK(components(city.network, kFoot).length.size() < 5);
  for (const float height : city.network.elevation) REQUIRE(!std::isnan(height));
  double people = 0, of_zones = 0;
  for (const double residents : city.residences.residents) people += residents;
  for (const double residents : city.zones.population) of_zones += residents;
  CHECK(people == doctest::Approx(30000).epsilon(0.01));
  CHECK(of_zones == doctest::Approx(people).epsilon(0.01));
  CHECK(city.shelters.size() > 5);
  CHECK(city.layers.contains("ports"));
  CHECK(city.layers.at("buildings").size() == 8929);

  const TemporaryDirectory folder;
  io::save_city(city, folder / "town.h5");
  const City again = io::load_city(folder / "town.h5");
  CHECK(again.network.shape_points == city.network.shape_points);
  CHECK(again.layers.at("buildings").id == city.layers.at("buildings").id);

  const io::DepthFiles files{.patterns = {(town / "flood" / "depth_*.tif").string()},
                             .time = io::FrameTime::clock,
                             .start_of_day = Duration{2 * 3'600'000},
                             .crs = ""};
  const auto flood = io::read_depth_series(files, city.crs, city.network.box());
  CHECK(flood.time.size() == 37);
  CHECK(flood.time.front() == kStart);
  CHECK(flood.time.back() == time_of(6 * 3600));
}

TEST_CASE("the Seaside case imports through a plan") {
  const auto folder = real_data("pedestrian/seaside_tsunami");
  if (!folder) return;
  io::CityPlan plan;
  plan.name = "Seaside";
  plan.street_lines = *folder + "/road_network/road_network.shp";
  plan.shelters = *folder + "/shelter_locations/shelter_locations.shp";
  plan.residences = *folder + "/population_distribution/population_distribution.shp";
  plan.default_capacity = 100'000;
  const City city = io::import_city(plan);
  CHECK(city.crs == "EPSG:32610");
  CHECK(city.residences.size() == 4502);
  CHECK(city.shelters.size() == 8);
}
