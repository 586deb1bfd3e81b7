#include <doctest/doctest.h>

#include <algorithm>

#include "chimata/io/crs.hpp"
#include "chimata/io/mesh_code.hpp"
#include "chimata/io/places.hpp"
#include "support/input_error.hpp"
#include "support/real_data.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

const io::PlaceOptions kTokyo{.crs = "EPSG:6677", .city = {}, .default_capacity = {}, .count_column = {}};

Shelters shelters(std::string_view text, const io::PlaceOptions& options = kTokyo,
                  std::vector<Problem>* notes = nullptr) {
  const TemporaryDirectory folder;
  return io::read_shelters_csv(folder.write("shelters.csv", text), options, notes);
}
Residences residences(std::string_view text, const io::PlaceOptions& options = kTokyo,
                      std::vector<Problem>* notes = nullptr) {
  const TemporaryDirectory folder;
  return io::read_residences_csv(folder.write("people.csv", text), options, notes);
}

}  // namespace

TEST_CASE("shelters are read from the national open data columns") {
  const auto table = shelters(
      "全国地方公共団体コード,ID,名称,緯度,経度,災害種別_洪水,災害種別_地震,想定収容人数\n"
      "131041,A1,第一小学校,35.69,139.70,1,1,500\n"
      "131041,A2,第二小学校,35.70,139.71,,1,\"1,200\"\n");
  REQUIRE(table.size() == 2);
  CHECK(table.id[ShelterId{0u}] == "A1");
  CHECK(table.name[ShelterId{1u}] == "第二小学校");
  CHECK(table.capacity.values()[1] == 1200);
  // earthquake is said, floods too; of the others nothing, so surge and tsunami follow the flood
  CHECK(table.fit == Column<ShelterId, HazardMask>{kAnyHazard, kAnyHazard & ~kAnyWater});
  CHECK(table.source_row[ShelterId{1u}] == "shelters.csv:3");
  const Point expected = io::Projection{"EPSG:6677"}.to_city({139.70, 35.69});
  CHECK(distance(table.position[ShelterId{0u}], expected) < 0.001);
  CHECK(expected.y ==
        doctest::Approx(-34385).epsilon(0.001));  // x is east, y north, unlike in the survey's own order
}

TEST_CASE("shelters are read from English columns, ids are made where there are none") {
  const auto table = shelters("name,lon,lat,capacity\nHall,139.7,35.69,10\nGym,139.71,35.69,20\n");
  CHECK(table.id == Column<ShelterId, std::string>{"S01", "S02"});
  CHECK(table.fit == Column<ShelterId, HazardMask>{kAnyHazard, kAnyHazard});
  const auto metric = shelters("id,name,x,y,capacity,flood_safe\nS1,Hall,100,200,10,no\n");
  CHECK(metric.position.values()[0] == Point{100, 200});
  CHECK((metric.fit.values()[0] & kRiverFlood) == 0);
}

TEST_CASE("a flood column that is empty throughout says nothing") {
  CHECK(shelters("ID,名称,緯度,経度,災害種別_洪水,想定収容人数\n1,a,35.7,139.7,,5\n").fit.values()[0] ==
        kAnyHazard);
}

TEST_CASE("every hazard of the law has its own column, and a blank there means unfit") {
  const auto table = shelters(
      "ID,名称,緯度,経度,想定収容人数,災害種別_洪水,\"災害種別_崖崩れ、土石流及び地滑り\",災害種別_高潮,"
      "災害種別_地震,災害種別_津波,災害種別_大規模な火事,災害種別_内水氾濫,災害種別_火山現象\n"
      "1,a,35.7,139.7,5,1,,,,,,,\n2,b,35.7,139.7,5,,1,,,,,,\n3,c,35.7,139.7,5,,,1,,,,,\n"
      "4,d,35.7,139.7,5,,,,1,,,,\n5,e,35.7,139.7,5,,,,,1,,,\n6,f,35.7,139.7,5,,,,,,1,,\n"
      "7,g,35.7,139.7,5,,,,,,,1,\n8,h,35.7,139.7,5,,,,,,,,1\n");
  CHECK(table.fit == Column<ShelterId, HazardMask>{kRiverFlood, kLandslide, kStormSurge, kEarthquake,
                                                   kTsunami, kLargeFire, kInlandFlood, kVolcano});
}

TEST_CASE("what a shelter has at hand is read, and a mere yes is no number") {
  const auto table = shelters(
      "name,lon,lat,capacity,floor_m,parking,toilets,water_l,meals,welfare\n"
      "a,139.7,35.7,5,3.5,20,4,\"1,500\",300,1\nb,139.7,35.7,5,,有,,,,\n");
  const ShelterId a{0u}, b{1u};
  CHECK(table.floor[a] == 3.5f);
  CHECK(table.parking[a] == 20);
  CHECK(table.toilets[a] == 4);
  CHECK(table.water_l[a] == 1500);
  CHECK(table.meals[a] == 300);
  CHECK(table.welfare[a] == 1);
  CHECK(table.parking[b] == 0);
  CHECK(table.welfare[b] == 0);
  CHECK(contains(complaint([] { (void)shelters("name,lon,lat,capacity,toilets\na,139.7,35.7,5,-2\n"); }),
                 "shelters.csv:2: toilets is '-2'"));
}

TEST_CASE("missing capacities are an error unless a default is given, and then noted") {
  const std::string text = "id,name,lon,lat,capacity\nS1,a,139.7,35.7,\n";
  CHECK(contains(complaint([&] { (void)shelters(text); }), "shelters.csv:2 (S1): capacity is empty"));
  io::PlaceOptions options = kTokyo;
  options.default_capacity = 300;
  std::vector<Problem> notes;
  CHECK(shelters(text, options, &notes).capacity.values()[0] == 300);
  REQUIRE(notes.size() == 1);
  CHECK(contains(notes[0].message, "1 shelters without a capacity were given 300 places"));
}

TEST_CASE("wrong shelters are refused with file, row and remedy") {
  const auto line = [](std::string_view rows) {
    return complaint([&] { (void)shelters("id,name,lon,lat,capacity\n" + std::string(rows)); });
  };
  CHECK(line("S1,a,139.7,35.7,-50\n") ==
        "shelters.csv:2 (S1): capacity is -50; give the number of people it can hold, 0 or more");
  CHECK(contains(line("S1,a,139.7,35.7,many\n"), "shelters.csv:2: capacity is 'many'"));
  CHECK(contains(line("S1,a,139.7,35.7,5\nS1,b,139.7,35.7,5\n"),
                 "shelters.csv:3: id S1 was already used in shelters.csv:2"));
  CHECK(contains(
      line("S1,a,35.7,139.7,5\n"),
      "shelters.csv:2: longitude 35.7, latitude 139.7 is not on earth; longitude and latitude look swapped"));
  CHECK(contains(line("S1,a,,35.7,5\n"), "shelters.csv:2: lon is empty"));
  CHECK(contains(line(""), "shelters.csv: holds no shelters"));
  CHECK(contains(complaint([] { (void)shelters("id,nome,lon,lat,capacity\n1,a,1,2,3\n"); }),
                 "has no column for the name (columns: nome"));
}

TEST_CASE("swapped axes are recognised near a known city even where both orders are valid") {
  io::PlaceOptions helsinki;
  helsinki.crs = "EPSG:32635";
  helsinki.city.add(io::Projection{helsinki.crs}.to_city({24.94, 60.17}));
  CHECK(
      contains(complaint([&] { (void)shelters("id,name,lon,lat,capacity\nS1,a,60.17,24.94,5\n", helsinki); }),
               "inside it with longitude and latitude exchanged"));
}

TEST_CASE("mesh codes name cells of the Japanese grid") {
  // 53394525: the 1 km cell at Shinjuku; its south-west quarter is 533945251
  const auto cell = io::mesh_cell("53394525");
  REQUIRE(cell);
  CHECK(cell->south_west.lat == doctest::Approx(35.6833333));
  CHECK(cell->south_west.lon == doctest::Approx(139.6875));
  CHECK(io::mesh_cell("533945254")->north_east.lat == doctest::Approx(cell->north_east.lat));
  CHECK(io::mesh_cell("5339452511")->south_west.lon == doctest::Approx(cell->south_west.lon));
  CHECK(!io::mesh_cell("533945255"));
  CHECK(!io::mesh_cell("53398525"));
  CHECK(
      !io::mesh_cell("5339"
                     "452"));
}

TEST_CASE("residents are read from points, metres and census meshes") {
  CHECK(residences("経度,緯度,人口\n139.7,35.7,2.5\n139.7,35.7,0\n").residents == std::vector<double>{2.5});
  CHECK(residences("x,y\n1,2\n3,4\n").residents == std::vector<double>{1, 1});
  std::vector<Problem> notes;
  const auto census = residences("KEY_CODE,T001\n,人口総数\n53394525,812\n53394526,*\n", kTokyo, &notes);
  CHECK(census.residents == std::vector<double>{812});
  CHECK(notes.size() == 1);
  CHECK(distance(census.position[0],
                 io::Projection{"EPSG:6677"}.to_city(io::mesh_cell("53394525")->centre())) < 0.001);
}

TEST_CASE("wrong residents are refused with file, row and remedy") {
  const auto line = [](std::string_view text) { return complaint([&] { (void)residences(text); }); };
  CHECK(contains(line("lon,lat,count\n139.7,35.7,-1\n"), "people.csv:2: count is -1"));
  CHECK(contains(line("mesh_code,population\n123,5\n"),
                 "people.csv:2: mesh_code is '123', which is no mesh code"));
  CHECK(contains(line("lon,lat,count\n139.7,35.7,0\n"), "people.csv: holds no people"));
  CHECK(contains(line("lon,count\n139.7,35.7\n"), "people.csv: has no column for the latitude"));
}

TEST_CASE("Kumamoto's destinations are read with what they are fit for") {
  const auto folder = real_data("practice/kumamoto_evacuation");
  if (!folder) return;
  io::PlaceOptions options{.crs = "EPSG:6670", .city = {}, .default_capacity = 500, .count_column = {}};
  const auto table = io::read_shelters_csv(*folder + "/dlib__Evacuees_Destination_Table.csv", options);
  REQUIRE(table.size() == 127);
  // counted with awk: 洪水, 高潮, 津波 are 1 (○) in 95, 97 and 103 rows
  const auto fit_for = [&](Hazard hazard) {
    return std::count_if(table.fit.begin(), table.fit.end(), [&](HazardMask m) { return m & hazard; });
  };
  CHECK(fit_for(kRiverFlood) == 95);
  CHECK(fit_for(kStormSurge) == 97);
  CHECK(fit_for(kTsunami) == 103);
  // degrees in columns x and y: 三和中学校 lies in the plane rectangular system II west and south of its
  // origin
  CHECK(table.name[ShelterId{0u}] == "三和中学校");
  CHECK(table.position[ShelterId{0u}].x == doctest::Approx(-31'400).epsilon(0.02));
}
