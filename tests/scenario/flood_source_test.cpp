#include "chimata/scenario/flood_source.hpp"

#include <doctest/doctest.h>

#include "chimata/scenario/inputs.hpp"
#include "chimata/scenario/schema.hpp"
#include "support/input_error.hpp"
#include "support/small_scenario.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::testing;
using chimata::test::complaint;
using chimata::test::contains;

namespace {

std::string document(const std::string& flood, const std::string& extra = {}) {
  return R"({"name": "洪水", "start": "2025-09-10 02:00", "duration": "2h", "population": {"total": 100, "seed": 3},
             "flood": {)" +
         flood + "}" + (extra.empty() ? "" : ", " + extra) + "}";
}

/// The source as the reader gets it.
FloodSource source_of(const std::string& flood, const std::string& extra = {}) {
  FloodSource got;
  ScenarioInputs inputs = small_inputs();
  inputs.read_depths = [&](const FloodSource& source, const City&, Duration) {
    got = source;
    return western_flood();
  };
  const Scenario scenario(document(flood, extra), inputs);
  return got;
}

std::string refusal(const std::string& flood) {
  return complaint([&] { (void)source_of(flood); });
}

}  // namespace

TEST_CASE("a scenario names its water, and the reader gets all that was said") {
  const FloodSource netcdf =
      source_of(R"("netcdf": "a.nc", "variable": "h", "velocity": "u,v", "time": "calendar")");
  CHECK(netcdf.kind == FloodSource::Kind::netcdf);
  CHECK(netcdf.file == "a.nc");
  CHECK(netcdf["variable"] == "h");
  CHECK(netcdf["velocity"] == "u,v");
  CHECK(netcdf.start == "2025-09-10T02:00:00");
  const FloodSource polygons =
      source_of(R"("polygons": "a.shp", "rank_edges": [0, 0.3, 1], "rank_bound": "lower", "cell_m": 10)");
  CHECK(polygons.rank_edges == std::vector<double>{0, 0.3, 1});
  CHECK(polygons.model.rank_bound == RankBound::lower);
  CHECK(polygons.model.cell == 10);
  const FloodSource levels = source_of(R"("levels": "g.csv", "connected": true, "sources": [[137.1, 35.2]])");
  CHECK(levels.model.connected);
  CHECK(levels.sources == std::vector<Point>{{137.1, 35.2}});
  CHECK(source_of(R"("maximum": "d.tif", "arrival": "a.tif", "time": "hours")")["arrival"] == "a.tif");
}

TEST_CASE("an edit may choose another end of the ranks, and the assumption sheet says which") {
  const std::string edit =
      R"("edits": [{"op": "change", "target": "flood", "set": {"rank_bound": "lower"}}])";
  CHECK(source_of(R"("polygons": "a.shp")").model.rank_bound == RankBound::upper);
  CHECK(source_of(R"("polygons": "a.shp")", edit).model.rank_bound == RankBound::lower);
  const Scenario scenario(document(R"("polygons": "a.shp")", edit), small_inputs());
  bool told = false;
  for (const Assumption& line : scenario.assumptions()) {
    if (line.about.name != "rank_bound") continue;
    told = line.value == "lower" && line.changed;
  }
  CHECK(told);
}

TEST_CASE("a document keeps its source and reads again the same") {
  const Scenario scenario(document(R"("levels": "g.csv", "sources": [[137.1, 35.2]], "delay_h": 1)"),
                          small_inputs());
  const Json kept = Json::parse(scenario.document());
  CHECK(kept["flood"]["levels"] == "g.csv");
  CHECK(kept["flood"]["sources"].dump() == "[[137.1,35.2]]");
  CHECK(Scenario(scenario.document(), small_inputs()).digest() == scenario.digest());
}

TEST_CASE("a source of water that makes no sense is refused in one line") {
  CHECK(refusal(R"("delay_h": 1)") ==
        "test.yaml: flood: names no source of water; write rasters: flood/depth_*.tif, or one of netcdf, "
        "polygons, "
        "levels, maximum");
  CHECK(refusal(R"("rasters": "a_*.tif", "netcdf": "b.nc")") ==
        "test.yaml: flood: names several sources of water (rasters, netcdf); keep one of them");
  CHECK(refusal(R"("rasters": 3)") ==
        "test.yaml: flood.rasters: is 3; write a text such as flood/depth_*.tif");
  CHECK(refusal(R"("rasters": "a", "rank_field": "b")") ==
        "test.yaml: flood.rank_field: does not go with rasters; leave it out");
  CHECK(contains(refusal(R"("netcdf": "a", "time": "minutes")"), "use one of elapsed, calendar, first"));
  CHECK(contains(refusal(R"("polygons": "a", "rank_edges": [1, 0.5])"), "give ascending depths in metres"));
  CHECK(contains(refusal(R"("levels": "a", "sources": [137, 35])"), "give a list of [longitude, latitude]"));
  CHECK(contains(refusal(R"("polygons": "a", "rank_bound": "highest")"), "lower, middle, upper"));
  CHECK(contains(refusal(R"("polygons": "a", "rank_bond": "upper")"), "did you mean rank_bound?"));
}

TEST_CASE("the schema knows every source and asks for exactly one") {
  const Json flood = Json::parse(scenario_schema())["properties"]["flood"];
  CHECK(flood["oneOf"].size() == 5);
  for (const char* key :
       {"rasters", "netcdf", "polygons", "levels", "maximum", "rank_edges", "arrival", "rank_bound"})
    CHECK(flood["properties"].contains(key));
}

TEST_CASE("levels and greatest depths reach the town through files") {
  City city = small_city();
  const Box box = city.network.box();
  city.crs = "EPSG:6673";
  city.terrain.frame = {box.min_x - 50,
                        box.max_y + 50,
                        50,
                        50,
                        static_cast<std::size_t>((box.max_x - box.min_x) / 50) + 3,
                        static_cast<std::size_t>((box.max_y - box.min_y) / 50) + 3};
  city.terrain.values.assign(city.terrain.frame.size(), 1.0f);
  const auto read = inputs_from_files(std::make_shared<const City>(city), "test.yaml").read_depths;
  const test::TemporaryDirectory folder;
  FloodSource source;
  source.kind = FloodSource::Kind::levels;
  source.file = folder.write("gauge.csv", "minutes,level\n0,0\n60,3\n");
  CHECK(read(source, city, {})->at(city.network.position.values().front(), time_of(3600)) == 2);
  CHECK(read(source, city, {})->source == "gauge.csv");
  source.model.connected = true;
  CHECK(
      contains(complaint([&] { (void)read(source, city, {}); }), "nothing says where the water comes from"));
  source.model.connected = false;
  city.terrain = {};
  CHECK(contains(complaint([&] { (void)read(source, city, {}); }), "the city has no terrain"));
}
