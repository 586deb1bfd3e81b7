#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "chimata/io/checkpoint_file.hpp"
#include "chimata/io/city_file.hpp"
#include "chimata/io/table_file.hpp"
#include "chimata/network/builder.hpp"
#include "support/input_error.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

City small_city() {
  City city;
  city.name = "川辺市";
  city.crs = "EPSG:6673";
  city.time_zone = "Asia/Tokyo";
  NetworkBuilder builder;
  const NodeId a = builder.add_node({0, 0}, -7, true), b = builder.add_node({100, 0}, 1'000'000'000'000),
               c = builder.add_node({100, 50});
  builder.set_elevation(a, 3.5);
  SegmentDraft draft;
  draft.from = a, draft.to = b, draft.shape = {{0, 0}, {50, 10}, {100, 0}}, draft.name = "駅前通";
  draft.modes_forward = ModeMask{kFoot | kCar}, draft.modes_backward = ModeMask{kFoot}, draft.width = 2.5,
  draft.source = 99, draft.capacity_forward = 0.5;
  builder.add_segment(draft);
  draft = {};
  draft.from = b, draft.to = c, draft.road_class = RoadClass::steps, draft.flags = kBridge;
  builder.add_segment(draft);
  builder.add_restriction({{LinkId{0u}, LinkId{2u}}, true, kCar});
  builder.add_signal_plan({b, 90, 12.5, {{40, 5, {{LinkId{0u}, LinkId{2u}}}}, {45, 0, {}}}});
  builder.set_left_hand(true);
  city.network = builder.build();

  city.shelters.id = {"S01", "S02"}, city.shelters.name = {"第一小学校", ""},
  city.shelters.position = {{1, 2}, {3, 4}};
  city.shelters.capacity = {500, 4'000'000'000}, city.shelters.fit = {kAnyHazard, kEarthquake | kTsunami},
  city.shelters.floor = {3.5f, 0}, city.shelters.parking = {20, 0}, city.shelters.toilets = {5, 6},
  city.shelters.water_l = {500, 0}, city.shelters.meals = {1000, 1}, city.shelters.welfare = {0, 1},
  city.shelters.source_row = {"s.csv:2", "s.csv:3"};
  city.zones.id = {"Z1"}, city.zones.name = {"中央"}, city.zones.population = {12.5};
  city.zones.shape = {Polygon{{{{0, 0}, {10, 0}, {10, 10}}, {{1, 1}, {2, 2}, {2, 1}}}}};
  city.zones.share_under_15 = {0.1f}, city.zones.share_65_to_74 = {0.2f}, city.zones.share_75_up = {0.3f},
  city.zones.share_impaired = {0.04f};
  city.zones.in_warning_area = {1};
  city.residences.position = {{5, 5}, {6, 6}}, city.residences.residents = {2, 0.25},
  city.residences.zone = {ZoneId{0u}, ZoneId::none()};
  city.terrain.frame = {0, 20, 10, 10, 2, 1}, city.terrain.values = {1, 2};
  Features& ports = city.layers["ports"];
  ports.layer = "ports", ports.source = "ports.geojson", ports.licence = "CC0",
  ports.geometry = Geometry::line;
  ports.id = {"P1", "P2"}, ports.name = {"港", ""}, ports.shape = {Polygon{{{{0, 0}, {1, 1}}}}, Polygon{}};
  ports.attributes = {{"docks/number", std::vector<double>{12, 3}},
                      {"種別", std::vector<std::string>{"駅", ""}}};
  city.layers["空"];
  city.licences = {"CC0", ""};
  city.import_notes = {{Problem::Severity::error, "network", "7", "message", "fix"}};
  return city;
}

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return a == b;
}

bool equal(const Problem& a, const Problem& b) {
  return a.severity == b.severity && a.layer == b.layer && a.id == b.id && a.message == b.message &&
         a.fix == b.fix;
}

}  // namespace

TEST_CASE("a city file returns every column") {
  const TemporaryDirectory folder;
  const City a = small_city();
  io::save_city(a, folder / "c.h5");
  const City b = io::load_city(folder / "c.h5");

  CHECK(std::tie(a.name, a.crs, a.time_zone, a.licences) == std::tie(b.name, b.crs, b.time_zone, b.licences));
  const Network &n = a.network, &m = b.network;
  CHECK(same(n.position, m.position));
  CHECK(m.elevation.values()[0] == 3.5f);
  CHECK(std::isnan(m.elevation.values()[1]));
  CHECK(std::tie(n.node_source, n.signal, n.from, n.to) == std::tie(m.node_source, m.signal, m.from, m.to));
  CHECK(std::tie(n.length, n.width, n.road_class, n.flags, n.imputed) ==
        std::tie(m.length, m.width, m.road_class, m.flags, m.imputed));
  CHECK(std::tie(n.segment_source, n.name, n.shape_offset, n.shape_points, n.names) ==
        std::tie(m.segment_source, m.name, m.shape_offset, m.shape_points, m.names));
  CHECK(std::tie(n.modes, n.lanes, n.speed, n.out_offset, n.out_links) ==
        std::tie(m.modes, m.lanes, m.speed, m.out_offset, m.out_links));
  REQUIRE(m.restrictions.size() == 1);
  CHECK(m.restrictions[0].path == n.restrictions[0].path);
  CHECK(m.restrictions[0].only);
  CHECK(m.restrictions[0].modes == kCar);

  CHECK(m.capacity[LinkId{0u}] == 0.5f);
  CHECK(m.capacity[LinkId{1u}] == 0);
  CHECK(m.left_hand);
  REQUIRE(m.signal_plans.size() == 1);
  const SignalPlan& plan = m.signal_plans[0];
  CHECK(plan.node == NodeId{1u});
  CHECK(plan.cycle_s == 90);
  CHECK(plan.offset_s == 12.5);
  REQUIRE(plan.phases.size() == 2);
  CHECK(plan.phases[0].duration_s == 40);
  CHECK(plan.phases[0].intergreen_s == 5);
  CHECK(plan.phases[0].green == n.signal_plans[0].phases[0].green);
  CHECK(plan.phases[1].green.empty());

  const Shelters &s = a.shelters, &t = b.shelters;
  CHECK(std::tie(s.id, s.name, s.position, s.capacity, s.fit, s.source_row) ==
        std::tie(t.id, t.name, t.position, t.capacity, t.fit, t.source_row));
  CHECK(std::tie(s.floor, s.parking, s.toilets, s.water_l, s.meals, s.welfare) ==
        std::tie(t.floor, t.parking, t.toilets, t.water_l, t.meals, t.welfare));
  const Zones &z = a.zones, &y = b.zones;
  CHECK(std::tie(z.id, z.name, z.population, z.in_warning_area) ==
        std::tie(y.id, y.name, y.population, y.in_warning_area));
  CHECK(std::tie(z.share_under_15, z.share_65_to_74, z.share_75_up, z.share_impaired) ==
        std::tie(y.share_under_15, y.share_65_to_74, y.share_75_up, y.share_impaired));
  CHECK(z.shape.values()[0].rings == y.shape.values()[0].rings);
  CHECK(std::tie(a.residences.position, a.residences.residents, a.residences.zone) ==
        std::tie(b.residences.position, b.residences.residents, b.residences.zone));
  CHECK(a.terrain.frame == b.terrain.frame);
  CHECK(a.terrain.values == b.terrain.values);

  REQUIRE(b.layers.size() == 2);
  const Features &p = a.layers.at("ports"), &q = b.layers.at("ports");
  CHECK(std::tie(p.layer, p.source, p.licence, p.geometry, p.id, p.name) ==
        std::tie(q.layer, q.source, q.licence, q.geometry, q.id, q.name));
  CHECK(p.shape[0].rings == q.shape[0].rings);
  CHECK(q.shape[1].rings.empty());
  REQUIRE(q.attributes.size() == 2);
  for (int i = 0; i < 2; ++i)
    CHECK(std::tie(p.attributes[i].name, p.attributes[i].values) ==
          std::tie(q.attributes[i].name, q.attributes[i].values));
  REQUIRE(b.import_notes.size() == 1);
  CHECK(equal(a.import_notes[0], b.import_notes[0]));
}

TEST_CASE("an empty city survives its file") {
  const TemporaryDirectory folder;
  City city;
  city.network = NetworkBuilder{}.build();
  io::save_city(city, folder / "c.h5");
  CHECK(io::load_city(folder / "c.h5").network.node_count() == 0);
}

TEST_CASE("a file is replaced whole or not at all") {
  const TemporaryDirectory folder;
  const std::string path = folder / "c.h5";
  City city = small_city();
  io::save_city(city, path);
  city.name = "other";
  // a writer that was killed leaves its own temporary file, which nobody reads
  folder.write("c.h5.999.tmp", "half written");
  CHECK(io::load_city(path).name == "川辺市");
  io::save_city(city, path);
  CHECK(io::load_city(path).name == "other");
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder / "")) ++files;
  CHECK(files == 2);
  CHECK(contains(complaint([&] { io::save_city(city, folder / "none/c.h5"); }), "cannot be written"));
  CHECK(contains(complaint([&] { io::save_city(city, "/proc/c.h5"); }), "cannot be written"));
}

TEST_CASE("damaged, foreign and newer files are refused in one line") {
  const TemporaryDirectory folder;
  io::save_city(small_city(), folder / "c.h5");
  const std::string bytes = TemporaryDirectory::read(folder / "c.h5");
  const auto line = [&](const std::string& path) { return complaint([&] { (void)io::load_city(path); }); };
  CHECK(contains(line(folder / "none.h5"), "there is no such file; give a city file"));
  CHECK(contains(line(folder.write("cut.h5", bytes.substr(0, bytes.size() / 2))),
                 "cut.h5: is damaged, cut off, or not a city file"));
  CHECK(contains(line(folder.write("text.h5", "hello")), "text.h5: is damaged, cut off, or not a city file"));
  CHECK(contains(line(folder.write("empty.h5", "")), "empty.h5: is damaged, cut off, or not a city file"));
  io::save_snapshot({}, "{}", folder / "s.h5");
  CHECK(line(folder / "s.h5") == "s.h5: is an HDF5 file but not a city file; give one that chimata wrote");

  // a bit that fell over inside a column is found by its checksum
  const auto at = bytes.find("EPSG:6673");
  REQUIRE(at != std::string::npos);
  std::string flipped = bytes;
  flipped[at] = 'X';
  CHECK(line(folder.write("flipped.h5", flipped)) == "flipped.h5: is damaged (city/crs); make it again");
}

TEST_CASE("result tables return with their descriptions and order") {
  const TemporaryDirectory folder;
  TableSet tables;
  Table& people = tables.emplace("people", Table{"one row per person"}).first->second;
  people.column<float>("arrived_s", "arrival, s") = {1.5f, std::numeric_limits<float>::infinity()};
  people.column<std::uint8_t>("class", "kind of person") = {0, 3};
  people.column<std::string>("address", "where from") = {"中央一丁目", ""};
  people.column<std::uint32_t>("person", "row") = {0, 1};
  people.column<std::int64_t>("time_ms", "ms") = {-5, 1'000'000'000'000};
  people.column<double>("x", "m") = {0.1, 0.2};
  tables.emplace("nothing", Table{"no columns"});
  tables.emplace("series", Table{"no rows"}).first->second.column<double>("t", "s");
  io::save_tables(tables, R"({"seed": 1})", folder / "run.h5");
  const auto file = io::load_tables(folder / "run.h5");
  CHECK(file.manifest == R"({"seed": 1})");
  REQUIRE(file.tables.size() == 3);
  for (const auto& [name, table] : tables) {
    const Table& read = file.tables.at(name);
    CHECK(read.description() == table.description());
    REQUIRE(read.columns().size() == table.columns().size());
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      CHECK(read.columns()[i].name == table.columns()[i].name);
      CHECK(read.columns()[i].description == table.columns()[i].description);
      CHECK(read.columns()[i].values == table.columns()[i].values);
    }
  }
}

TEST_CASE("big columns are compressed") {
  const TemporaryDirectory folder;
  TableSet tables;
  auto& column = tables.emplace("series", Table{"s"}).first->second.column<std::int64_t>("t", "s");
  for (int i = 0; i < 200'000; ++i) column.push_back(i);
  io::save_tables(tables, "{}", folder / "run.h5");
  CHECK(std::filesystem::file_size(folder / "run.h5") < 200'000);
  CHECK(io::load_tables(folder / "run.h5").tables.at("series").get<std::int64_t>("t") == column);
}

TEST_CASE("snapshots return byte for byte, under any name") {
  const TemporaryDirectory folder;
  Snapshot snapshot;
  SnapshotWriter{snapshot, "walking"}.put("position", std::vector<double>{1, 2, 3});
  SnapshotWriter{snapshot, "walking/position"}.put_value("deeper", 7);
  SnapshotWriter{snapshot, "empty"}.put("none", std::vector<int>{});
  io::save_snapshot(snapshot, "{}", folder / "s.h5");
  const auto file = io::load_snapshot(folder / "s.h5");
  CHECK(file.snapshot == snapshot);
  CHECK(file.manifest == "{}");
}
