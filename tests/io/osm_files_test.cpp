#include <doctest/doctest.h>

#include <filesystem>

#include "chimata/io/osm.hpp"
#include "io/osm_drawing.hpp"
#include "support/input_error.hpp"
#include "support/real_data.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

TEST_CASE("broken OpenStreetMap files are refused in one line") {
  const TemporaryDirectory folder;
  const auto line = [&](const std::string& path) { return complaint([&] { (void)io::read_osm(path); }); };
  CHECK(contains(line(folder / "none.osm"), "none.osm: there is no such file"));
  CHECK(contains(line(folder.write("empty.osm", "")), "empty.osm: is empty"));
  CHECK(contains(line(folder.write("town.txt", "hello")), "town.txt: is not an OpenStreetMap file"));
  CHECK(contains(line(folder.write("a.osm.pbf", "this is no protocol buffer")),
                 "a.osm.pbf: is damaged or cut off"));
  const std::string xml = OsmDrawing("A B").way(1, "AB", {{"highway", "path"}}).xml();
  CHECK(contains(line(folder.write("half.osm", xml.substr(0, xml.size() / 2))),
                 "half.osm: is damaged or cut off"));
  CHECK(contains(line(folder.write("bare.osm", OsmDrawing("A B").way(1, "AB", {{"building", "yes"}}).xml())),
                 "bare.osm: holds no streets"));
}

TEST_CASE("truncated extracts are refused in one line") {
  const TemporaryDirectory folder;
  for (const char* name : {"fi_helsinki_center.osm.pbf", "de_bad_hersfeld.osm.gz"}) {
    const auto path = real_data(std::string("network/osm/") + name);
    if (!path) continue;
    const std::string bytes = TemporaryDirectory::read(*path);
    const std::string cut = folder.write(name, std::string_view(bytes).substr(0, bytes.size() * 2 / 3));
    CHECK(contains(complaint([&] { (void)io::read_osm(cut); }), "is damaged or cut off"));
  }
}

TEST_CASE("real extracts keep the topology that their node ids describe") {
  // Ways and nodes as counted with libosmium alone. We have fewer junctions than such a count of shared nodes
  // and way ends (6,258 in Liechtenstein): ways closed to everyone and proposed ones are left out. We have
  // more where signals, barriers and cut loops add nodes.
  struct Expected {
    const char* file;
    const char* crs;
    std::size_t ways, nodes, missing;
  };
  const Expected table[] = {
      {"de_bad_hersfeld.osm.gz", "EPSG:32632", 3533, 22431, 0},
      {"jp_sapporo_hokudai_station.osm", "EPSG:6680", 318, 1266, 0},
      {"jp_nagoya_sakae.osm", "EPSG:6675", 107, 403, 0},
      {"li_liechtenstein.osm.pbf", "EPSG:32632", 4660, 54387, 0},
      {"fi_helsinki_center.osm.pbf", "EPSG:32635", 2650, 6910, 912},  // 7,738 with the 828 that are missing
  };
  for (const Expected& expected : table) {
    const auto path = real_data(std::string("network/osm/") + expected.file);
    if (!path) continue;
    CAPTURE(expected.file);
    const auto town = io::read_osm(*path);
    CHECK(town.crs == expected.crs);
    CHECK(town.counts.highway_ways == expected.ways);
    CHECK(town.counts.highway_nodes == expected.nodes);
    CHECK(town.counts.missing_nodes == expected.missing);
    CHECK(town.counts.street_ways <= expected.ways);
    for (std::uint32_t s = 0; s < town.network.segment_count(); ++s)
      REQUIRE(town.network.from[SegmentId{s}] != town.network.to[SegmentId{s}]);
  }
}

TEST_CASE("every staged extract imports, and nearly all of its length is one walkable whole") {
  const auto folder = real_data("network/osm");
  if (!folder) return;
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    if (name.starts_with("testdata_grid")) {  // shapes of every kind, none of them a street
      CHECK(contains(complaint([&] { (void)io::read_osm(entry.path().string()); }), "holds no streets"));
      continue;
    }
    const auto town = io::read_osm(entry.path().string());
    const auto parts =
        components(town.network, name.find("niedersachsen") == std::string::npos ? kFoot : kCar);
    double total = 0;
    for (const double length : parts.length) total += length;
    CHECK(parts.length.front() > 0.6 * total);
  }
}

TEST_CASE("the turn restrictions of Bad Hersfeld are mapped") {
  const auto path = real_data("network/osm/de_bad_hersfeld.osm.gz");
  if (!path) return;
  const auto town = io::read_osm(*path);
  CHECK(town.counts.restriction_relations == 72);
  CHECK(town.counts.mapped_restrictions + town.counts.conditional_restrictions >= 68);
  for (const auto& restriction : town.network.restrictions) {
    for (std::size_t i = 1; i < restriction.path.size(); ++i) {
      REQUIRE(town.network.head(restriction.path[i - 1]) == town.network.tail(restriction.path[i]));
    }
  }
}
