#include <doctest/doctest.h>

#include <filesystem>
#include <map>

#include "chimata/io/area_layers.hpp"
#include "chimata/io/area_wkt.hpp"
#include "support/input_error.hpp"
#include "support/real_data.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

std::string refusal(const std::string& wkt) {
  return complaint([&] { (void)io::polygons_of_wkt(wkt, "room.wkt"); });
}
double size_of(const std::vector<Polygon>& parts) {
  return Area(parts).size();
}
std::string feature(const std::string& type, const std::string& coordinates, const std::string& properties) {
  return "{\"type\":\"Feature\",\"properties\":{" + properties + "},\"geometry\":{\"type\":\"" + type +
         "\",\"coordinates\":" + coordinates + "}}";
}
std::string collection(const std::string& features) {
  return "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
         "\"urn:ogc:def:crs:EPSG::6677\"}},\"features\":[" +
         features + "]}";
}
const io::LayerOptions kZone9{.crs = "EPSG:6677", .layer = "", .source_crs = ""};

}  // namespace

TEST_CASE("well-known text of every shape becomes polygons") {
  const auto room = io::polygons_of_wkt("polygon((0 0,4 0,4 3,0 3,0 0),(1 1,2 1,2 2,1 1))", "room.wkt");
  REQUIRE(room.size() == 1);
  CHECK(room[0].rings.size() == 2);
  CHECK(room[0].rings[0][2] == Point{4, 3});
  CHECK(io::polygons_of_wkt("SRID=6677; POLYGON Z ((0 0 7, 1e1 0 7, -.5 3 7, 0 0 7))", "")[0].rings[0][1] ==
        Point{10, 0});
  CHECK(io::polygons_of_wkt(
            "MULTIPOLYGON (((0 0, 1 0, 1 1)), ((2 2, 3 2, 3 3), (2.5 2.1, 2.6 2.1, 2.6 2.2)))", "")
            .size() == 2);
  CHECK(io::polygons_of_wkt(
            "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1))), POLYGON EMPTY,\n"
            "MULTIPOLYGON (((2 2, 3 2, 3 3))))\n",
            "")
            .size() == 2);
}

TEST_CASE("text that is no area is refused in one line") {
  CHECK(refusal("") == "room.wkt: holds no polygons; give a POLYGON or a MULTIPOLYGON");
  CHECK(refusal("POLYGON EMPTY") == "room.wkt: holds no polygons; give a POLYGON or a MULTIPOLYGON");
  CHECK(refusal("LINESTRING (0 0, 1 1)") ==
        "room.wkt: holds a LINESTRING at character 1 (\"LINESTRING (0 0, 1 1\"); give a POLYGON, a "
        "MULTIPOLYGON "
        "or a GEOMETRYCOLLECTION of them");
  CHECK(refusal("{\"type\"") ==
        "room.wkt: is no well-known text at character 1 (\"{\"type\"\"); write it like POLYGON ((0 0, 4 0, 4 "
        "3))");
  CHECK(refusal("POLYGON ((0 0, 4 zero))") ==
        "room.wkt: has no number where a coordinate should be at character 18 (\"zero))\"); write it like "
        "POLYGON "
        "((0 0, 4 0, 4 3))");
  CHECK(refusal("POLYGON ((0 0, 4 0, 4") ==
        "room.wkt: has no number where a coordinate should be at character 22; write it like POLYGON ((0 0, "
        "4 0, "
        "4 3))");
  CHECK(refusal("POLYGON ((0 0, 4 0, 4 3)") ==
        "room.wkt: ends too early at character 25; it may be cut off: export it again");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "GEOMETRYCOLLECTION(";
  CHECK(contains(refusal(deep), "room.wkt: holds collections within collections, over a hundred deep"));
  const TemporaryDirectory folder;
  const auto path = folder.write("bow.wkt", "POLYGON ((0 0, 4 4, 4 0, 0 4))");
  CHECK(complaint([&] { (void)io::read_area_wkt(path); }) ==
        "bow.wkt, area, part 1, outer ring: crosses itself at (2, 2); draw it so that no two of its edges "
        "meet");
}

TEST_CASE("pieces of a text that overlap are one area") {
  const TemporaryDirectory folder;
  const auto path = folder.write("two.wkt", "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4)), ((3 1, 8 1, 8 3, 3 3)))");
  CHECK(size_of(io::read_area_wkt(path)) == doctest::Approx(16 + 8));
}

TEST_CASE("an area with its gates and zones comes from map layers") {
  const TemporaryDirectory folder;
  const auto area = folder.write(
      "area.geojson",
      collection(feature("MultiPolygon",
                         "[[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]],"
                         "[[[20,0],[30,0],[30,10],[20,10],[20,0]]]]",
                         "\"id\":1") +
                 "," + feature("Polygon", "[[[10,4],[20,4],[20,6],[10,6],[10,4]]]", "\"id\":2")));
  const auto gates = folder.write(
      "gates.geojson",
      collection(feature("LineString", "[[15,4],[15,6]]", "\"id\":\"middle\",\"closed\":\"yes\"") + "," +
                 feature("LineString", "[[18,4],[18,6]]", "\"id\":\"east\"")));
  const auto zones =
      folder.write("zones.geojson", collection(feature("Polygon", "[[[12,4],[14,4],[14,6],[12,6],[12,4]]]",
                                                       "\"id\":\"stairs\",\"speed_factor\":0.5")));
  const Area built(io::read_area_layer(area, kZone9), io::read_gates(gates, kZone9),
                   io::read_speed_zones(zones, kZone9));
  CHECK(built.size() == doctest::Approx(96 + 100 + 20));
  CHECK(built.gates()[0].closed);
  CHECK_FALSE(built.gates()[1].closed);
  CHECK(built.speed_factor({13, 5}) == 0.5);
  CHECK(built.walls().sees({9, 5}, {14, 5}));
  CHECK_FALSE(built.walls().sees({9, 5}, {16, 5}));
}

TEST_CASE("longitude and latitude become metres") {
  const TemporaryDirectory folder;
  const auto path = folder.write(
      "area.geojson",
      "{\"type\":\"FeatureCollection\",\"features\":[" +
          feature("Polygon", "[[[139.70,35.69],[139.71,35.69],[139.71,35.70],[139.70,35.70],[139.70,35.69]]]",
                  "\"id\":1") +
          "]}");
  CHECK(size_of(io::read_area_layer(path, kZone9)) == doctest::Approx(905.2 * 1109.5).epsilon(0.001));
}

TEST_CASE("wrong gates and zones are refused in one line") {
  const TemporaryDirectory folder;
  const auto bent =
      folder.write("gates.geojson", collection(feature("LineString", "[[0,0],[1,0],[1,1]]", "\"id\":\"g\"")));
  CHECK(complaint([&] { (void)io::read_gates(bent, kZone9); }) ==
        "gates.geojson, gate g: is no straight line between two points; draw it straight across the passage, "
        "or "
        "as several gates");
  CHECK(complaint([&] { (void)io::read_area_layer(bent, kZone9); }) ==
        "gates.geojson: holds no polygons; give the area where people can walk as polygons");
  const auto flat = folder.write(
      "zones.geojson", collection(feature("Polygon", "[[[0,0],[1,0],[1,1],[0,0]]]", "\"id\":\"z\"")));
  CHECK(
      complaint([&] { (void)io::read_speed_zones(flat, kZone9); }) ==
      "zones.geojson, zone z: has no speed_factor; give the share of the free speed that is left, like 0.6");
}

TEST_CASE("published walkable areas load") {
  const auto folder = real_data("pedestrian/jps_geometry");
  if (!folder) return;
  std::map<std::string, double> sizes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
    if (entry.path().extension() != ".wkt") continue;
    CAPTURE(entry.path().string());
    sizes[entry.path().filename().string()] = size_of(io::read_area_wkt(entry.path().string()));
  }
  // by GEOS: area of the union
  CHECK(sizes.size() == 20);
  CHECK(sizes["bottleneck.wkt"] == doctest::Approx(210).epsilon(1e-3));
  CHECK(sizes["grosser_stern.wkt"] == doctest::Approx(62975.5).epsilon(1e-5));
  CHECK(sizes["large_street_network.wkt"] == doctest::Approx(73151.5).epsilon(1e-4));
  CHECK(sizes["arena.wkt"] == doctest::Approx(262.5).epsilon(1e-3));
}

TEST_CASE("published drawings of walkable areas load") {
  const auto folder = real_data("pedestrian/iso_dxf");
  if (!folder) return;
  std::map<std::string, double> sizes;
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    if (entry.path().extension() != ".dxf") continue;
    CAPTURE(entry.path().string());
    sizes[entry.path().filename().string()] = size_of(io::read_area_drawing(entry.path().string()));
  }
  CHECK(sizes.size() == 4);
  CHECK(sizes["ISO-Corner.dxf"] == doctest::Approx(12 * 2 + 10 * 2));  // two arms of 2 m
  for (const auto& [name, size] : sizes) CHECK(size > 40);
}

TEST_CASE("closed lines of a drawing are rooms, holes in them, and islands in those") {
  const auto box = [](const std::string& layer, double x0, double y0, double x1, double y1, int closed) {
    std::string text = "0\nLWPOLYLINE\n100\nAcDbEntity\n8\n" + layer + "\n100\nAcDbPolyline\n90\n4\n70\n" +
                       std::to_string(closed) + "\n";
    for (const auto& [x, y] : {std::pair{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}})
      text += "10\n" + std::to_string(x) + "\n20\n" + std::to_string(y) + "\n";
    return text;
  };
  const TemporaryDirectory folder;
  const auto path =
      folder.write("hall.dxf", "0\nSECTION\n2\nENTITIES\n" + box("text", 40, 40, 90, 90, 1) +
                                   box("walkable", 40, 40, 60, 60, 1) + box("walkable", 0, 0, 100, 100, 1) +
                                   box("walkable", 20, 20, 80, 80, 1) + box("obstacles", 5, 5, 10, 10, 1) +
                                   box("walkable", 1, 1, 9, 9, 0) + "0\nENDSEC\n0\nEOF\n");
  std::vector<Problem> notes;
  const auto parts = io::read_area_drawing(path, {.walkable = {}, .obstacles = {}, .unit = 0.1}, &notes);
  CHECK(parts.size() == 2);
  CHECK(size_of(parts) == doctest::Approx(100 - 36 + 4 - 0.25));
  REQUIRE(notes.size() == 1);
  CHECK(contains(notes[0].message, "hall.dxf, layer walkable: 1 lines that enclose nothing were left out"));
  CHECK(complaint([&] {
          (void)io::read_area_drawing(path, {.walkable = {"floor"}, .obstacles = {}, .unit = 1});
        }) == "hall.dxf: has no layer floor; its layers are text, walkable, obstacles");
}
