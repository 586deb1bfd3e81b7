#include "chimata/io/vector.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "chimata/io/crs.hpp"
#include "support/input_error.hpp"
#include "support/real_data.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

const io::LayerOptions kZone9{.crs = "EPSG:6677", .layer = "", .source_crs = ""};

std::string collection(const std::string& features, const std::string& crs = "") {
  const std::string member =
      crs.empty()
          ? ""
          : "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::" + crs + "\"}},";
  return "{\"type\":\"FeatureCollection\"," + member + "\"features\":[" + features + "]}";
}
std::string feature(const std::string& type, const std::string& coordinates, const std::string& properties) {
  return "{\"type\":\"Feature\",\"properties\":{" + properties + "},\"geometry\":{\"type\":\"" + type +
         "\",\"coordinates\":" + coordinates + "}}";
}
Features read(const std::string& json, std::vector<Problem>* notes = nullptr) {
  const TemporaryDirectory folder;
  return io::read_features(folder.write("things.geojson", json), "things", kZone9, notes);
}

}  // namespace

TEST_CASE("GeoJSON without a coordinate system is longitude and latitude") {
  const auto things = read(collection(
      feature("Point", "[139.7,35.69]", "\"id\":\"P1\",\"name\":\"駅前\",\"docks\":12,\"kind\":\"port\"")));
  REQUIRE(things.size() == 1);
  CHECK(things.id[0] == "P1");
  CHECK(things.name[0] == "駅前");
  CHECK(things.number("docks", 0) == 12.0);
  CHECK(things.text("kind", 0) == "port");
  CHECK(distance(things.place(0), io::Projection{"EPSG:6677"}.to_city({139.7, 35.69})) < 0.01);
}

TEST_CASE("geographic systems of any authority come in as longitude, latitude") {
  const Point expected = io::Projection{"EPSG:6677"}.to_city({139.7, 35.69});
  for (const char* code : {"4326", "6668", "6697", "4612"}) {
    CAPTURE(code);
    const auto things = read(collection(
        feature("Point", code == std::string("6697") ? "[139.7,35.69,3]" : "[139.7,35.69]", "\"id\":1"),
        code));
    CHECK(distance(things.place(0), expected) < 2);  // old and new datum differ by a metre or two
  }
  const auto metric = read(collection(feature("Point", "[-12000,-34000]", "\"id\":1"), "6677"));
  CHECK(distance(metric.place(0), {-12000, -34000}) < 0.001);
}

TEST_CASE("polygons keep their holes and parts, outer rings turn left") {
  const auto things = read(collection(
      feature("MultiPolygon",
              "[[[[139.70,35.69],[139.70,35.70],[139.71,35.70],[139.71,35.69],[139.70,35.69]],"
              "[[139.702,35.692],[139.702,35.698],[139.708,35.698],[139.708,35.692],[139.702,35.692]]]]",
              "\"id\":1")));
  REQUIRE(things.shape[0].rings.size() == 2);
  const double whole = 905.2 * 1109.5;
  CHECK(things.shape[0].area() == doctest::Approx(whole * (1 - 0.36)).epsilon(0.01));
}

TEST_CASE("features of another kind are left out and noted") {
  std::vector<Problem> notes;
  const auto things = read(collection(feature("Point", "[139.7,35.69]", "\"id\":1") + "," +
                                      feature("LineString", "[[139.7,35.69],[139.8,35.69]]", "\"id\":2")),
                           &notes);
  CHECK(things.size() == 1);
  CHECK(notes.size() == 1);
}

TEST_CASE("wrong layers are refused in one line") {
  const TemporaryDirectory folder;
  const auto line = [&](const std::string& json) { return complaint([&] { (void)read(json); }); };
  CHECK(contains(complaint([] { (void)io::read_features("none.gpkg", "x", kZone9); }),
                 "none.gpkg: there is no such file"));
  CHECK(contains(line("hello"), "things.geojson: is no readable map layer"));
  CHECK(contains(line(""), "things.geojson: is empty"));
  CHECK(contains(line(collection("")), "things.geojson: holds no features"));
  CHECK(contains(line(collection(feature("Point", "[35.69,139.7]", "\"id\":1"))),
                 "latitude and longitude look swapped"));
  CHECK(contains(line(collection(feature("Point", "[-12000,-34000]", "\"id\":1"))),
                 "which are no longitude and latitude; say its coordinate system"));
  CHECK(line(collection(feature("Point", "[139.7,35.6]", "\"id\":\"a\"") + "," +
                        feature("Point", "[139.7,35.7]", "\"id\":\"a\""))) ==
        "things.geojson: id a is used by features 1 and 2; give each its own id");
  CHECK(contains(line(collection(feature("Point", "[139.7,35.6]", "\"name\":\"\x96\xBC\""))),
                 "is not UTF-8, as GeoJSON must be"));
  io::LayerOptions other = kZone9;
  other.layer = "roads";
  const std::string good =
      folder.write("g.geojson", collection(feature("Point", "[139.7,35.6]", "\"id\":1")));
  CHECK(contains(complaint([&] { (void)io::read_features(good, "x", other); }),
                 "g.geojson: has no layer roads; it has g"));
}

TEST_CASE("a layer without coordinate system is refused with its two remedies") {
  const auto source = real_data("pedestrian/seaside_tsunami/shelter_locations");
  if (!source) return;
  const TemporaryDirectory folder;
  for (const char* extension : {"shp", "shx", "dbf"}) {
    folder.write(std::string("s.") + extension,
                 TemporaryDirectory::read(*source + "/shelter_locations." + extension));
  }
  io::LayerOptions options{.crs = "EPSG:32610", .layer = "", .source_crs = ""};
  CHECK(complaint([&] { (void)io::read_features(folder / "s.shp", "s", options); }) ==
        "s.shp: has no coordinate system; put its s.prj beside it, or give its crs, e.g. EPSG:6677");
  options.source_crs = "EPSG:32610";
  CHECK(io::read_features(folder / "s.shp", "s", options).size() == 8);
}

TEST_CASE("street lines meet at their ends, and where an end lies on another's vertex") {
  const TemporaryDirectory folder;
  io::StreetLineOptions options;
  options.layer = kZone9;
  const auto streets = [&](const std::string& features) {
    return io::read_street_lines(folder.write("s.geojson", collection(features, "6677")), options);
  };
  const std::string width = "\"width\":3,\"oneway\":\"no\",\"name\":\"a\"";
  // a T of two lines, the second one's end 3 cm off the vertex of the first; a third crosses without meeting
  const auto network = streets(
      feature("LineString", "[[0,0],[100,0],[200,0]]", width) + "," +
      feature("LineString", "[[100.03,0],[100,80]]", "\"width\":4,\"oneway\":\"yes\",\"name\":\"b\"") + "," +
      feature("LineString", "[[150,-50],[150,50]]", "\"width\":null,\"oneway\":\"-1\",\"name\":\"c\""));
  CHECK(network.node_count() == 6);
  CHECK(network.segment_count() == 4);
  CHECK(components(network, kFoot).length.size() == 2);
  CHECK(network.width.values()[2] == 4);
  CHECK((network.imputed.values()[3] & kImputedWidth) != 0);
  CHECK(network.modes[LinkId{5u}] == kFoot);
  CHECK(network.modes[LinkId{6u}] == kFoot);
  CHECK(network.names[network.name.values()[3]] == "c");
}

TEST_CASE("any layer of lines becomes streets once its attributes are mapped") {
  const TemporaryDirectory folder;
  io::StreetLineOptions options;
  options.layer = kZone9;
  options.class_field = "KIND", options.class_values = {{"1", "primary"}, {"2", "freeway"}};
  options.oneway_field = "DIR", options.oneway_values = {{"A", "yes"}, {"B", "-1"}};
  options.width_field = "W", options.width_unit = "ft";
  options.speed_field = "V", options.speed_unit = "mph";
  options.lanes_field = "L", options.capacity_field = "CAP", options.modes_field = "WHO";
  options.modes_values = {{"all", "foot bicycle car"}};
  options.id_field = "NO";
  std::vector<Problem> notes;
  const auto streets = [&](const std::string& features) {
    return io::read_street_lines(folder.write("s.geojson", collection(features, "6677")), options, &notes);
  };
  const auto line = [](int y, const std::string& properties) {
    const std::string at = std::to_string(y);
    return feature("LineString", "[[0," + at + "],[100," + at + "]]", properties);
  };
  const Network n =
      streets(line(0, R"("KIND":1,"DIR":"A","W":10,"V":30,"L":3,"CAP":1800,"WHO":"all","NO":17)") + "," +
              line(10, R"("KIND":2,"DIR":"","W":null,"V":null,"L":5,"CAP":null,"WHO":"car","NO":18)") + "," +
              line(20, R"("KIND":9,"DIR":"B","W":5,"V":20,"L":1,"CAP":600,"WHO":"bike","NO":19)"));
  CHECK(n.road_class.values()[0] == RoadClass::primary);
  CHECK(n.road_class.values()[1] == RoadClass::motorway);
  CHECK(n.road_class.values()[2] == RoadClass::residential);
  CHECK(n.modes == Column<LinkId, ModeMask>{kFoot | kBicycle | kCar, kFoot, kCar, kCar, 0, kBicycle});
  CHECK(n.lanes == Column<LinkId, std::uint8_t>{3, 0, 3, 2, 0, 0});
  CHECK(n.width.values()[0] == doctest::Approx(3.048));
  CHECK((n.imputed.values()[1] & kImputedWidth) != 0);
  CHECK(n.speed[LinkId{0u}] == doctest::Approx(30 * 0.44704));
  CHECK(n.capacity[LinkId{0u}] == 0.5f);
  CHECK(n.capacity[LinkId{1u}] == 0);
  CHECK(n.segment_source.values()[0] == 17);
  REQUIRE(notes.size() == 1);
  CHECK(contains(notes[0].message, "unknown classes of streets were taken as residential: 9 (1)"));

  const auto wrong = [&](const std::string& properties) {
    return complaint([&] { (void)streets(line(0, properties)); });
  };
  CHECK(contains(wrong(R"("KIND":1,"DIR":"","W":1,"V":"fast","L":1,"CAP":1,"WHO":"car","NO":1)"),
                 "s.geojson row 1: V is 'fast'; give a number, 0 or more"));
  CHECK(contains(wrong(R"("KIND":1,"DIR":"","W":1,"V":1,"L":1,"CAP":1,"WHO":"cows","NO":1)"),
                 "WHO is 'cows'; use foot, bicycle and car, or say what it means under modes_values"));
  CHECK(contains(wrong(R"("KIND":1,"DIR":"","W":1,"V":1,"L":1,"WHO":"car","NO":1)"), "has no field CAP"));
  options.class_values["1"] = "boulevard";
  CHECK(contains(wrong(R"("KIND":1,"DIR":"","W":1,"V":1,"L":1,"CAP":1,"WHO":"car","NO":1)"),
                 "class_values: 1 means 'boulevard', which is no class of road"));
}

TEST_CASE("zones are read with their statistics, the nation's where they have none") {
  const TemporaryDirectory folder;
  std::vector<Problem> notes;
  const std::string square = "[[[139.70,35.69],[139.71,35.69],[139.71,35.70],[139.70,35.69]]]";
  const auto zones = io::read_zones(
      folder.write(
          "z.geojson",
          collection(feature("Polygon", square,
                             "\"id\":\"Z1\",\"name\":\"中央\",\"population\":1200,\"share_0_14\":0.1,\"share_"
                             "65_74\":0.2,"
                             "\"share_75_plus\":0.3,\"impaired_share\":0.04,\"warning_area\":true") +
                     "," + feature("Polygon", square, "\"id\":\"Z2\",\"name\":\"東\",\"population\":80"))),
      kZone9, &notes);
  REQUIRE(zones.size() == 2);
  CHECK(zones.population.values()[0] == 1200);
  CHECK(zones.share_75_up.values()[0] == doctest::Approx(0.3));
  CHECK(zones.in_warning_area.values()[0] == 1);
  CHECK(zones.share_75_up.values()[1] == doctest::Approx(0.147));
  CHECK(zones.in_warning_area.values()[1] == 0);
  CHECK(notes.size() == 1);
  CHECK(contains(complaint([&] {
                   (void)io::read_zones(
                       folder.write("z.geojson",
                                    collection(feature("Polygon", square,
                                                       "\"id\":\"Z1\",\"population\":5,\"share_0_14\":12"))),
                       kZone9);
                 }),
                 "z.geojson feature 1 (Z1): share_0_14 is 12; give a share from 0 to 1"));
}

TEST_CASE("the Seaside tsunami case is read whole") {
  const auto folder = real_data("pedestrian/seaside_tsunami");
  if (!folder) return;
  const io::LayerOptions layer{.crs = "EPSG:32610", .layer = "", .source_crs = ""};
  io::StreetLineOptions streets;
  streets.layer = layer;
  const auto network = io::read_street_lines(*folder + "/road_network/road_network.shp", streets);
  CHECK(network.segment_count() >= 585);
  const auto parts = components(network, kFoot);
  CHECK(parts.length.front() > 0.95 * [&] {
    double sum = 0;
    for (const double l : parts.length) sum += l;
    return sum;
  }());
  std::size_t closed = 0;
  for (std::uint32_t l = 0; l < network.link_count(); ++l) closed += network.modes[LinkId{l}] == 0;
  CHECK(closed >= 6);  // the six one-way lines

  io::PlaceOptions places;
  places.crs = layer.crs;
  CHECK(contains(complaint([&] {
                   (void)io::read_shelters_layer(*folder + "/shelter_locations/shelter_locations.shp", places,
                                                 layer);
                 }),
                 "has no column for the capacity"));
  places.default_capacity = 10000;
  const auto shelters =
      io::read_shelters_layer(*folder + "/shelter_locations/shelter_locations.shp", places, layer);
  CHECK(shelters.size() == 8);
  for (const Point p : shelters.position) CHECK(network.box().contains(p));
  const auto people = io::read_residences_layer(
      *folder + "/population_distribution/population_distribution.shp", places, layer);
  CHECK(people.size() == 4502);
  CHECK(people.residents.front() == 1);
}
