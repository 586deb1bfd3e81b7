// Smoke as scenarios describe it: where it comes from, what is refused, and that it decides the outcome.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "chimata/analysis/kpi.hpp"
#include "chimata/scenario/inputs.hpp"
#include "chimata/scenario/schema.hpp"
#include "chimata/scenario/smoke_source.hpp"
#include "support/input_error.hpp"
#include "support/netcdf_file.hpp"
#include "support/small_scenario.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::testing;
using chimata::test::complaint;
using chimata::test::contains;

namespace {

/// The small city with a meadow across the eastern end of its street, x from 1650 to 1950.
City city_with_meadow() {
  City city = small_city();
  Features areas;
  areas.layer = "areas";
  areas.geometry = Geometry::polygon;
  areas.id = areas.name = {"meadow"};
  areas.shape = {rectangle(1650, -60, 1950, 60)};
  city.layers["areas"] = areas;
  return city;
}

const std::string kEvent =
    R"("event": {"at": "area:meadow", "start": "19:00", "end": "19:20", "attendance": 60,
                 "arrive_from": "30min", "release": "5min"}, "crowds": {"dt_s": 0.1})";
const std::string kDisc = R"("disc": "136.8, 35.0", "starts_at": "19:05", "radius_m": 60, "largest_m": 60)";

std::string document(const std::string& smoke, const std::string& rest = kEvent) {
  return R"({"name": "煙", "start": "2025-08-02 18:00", "duration": "2h", "population": {"total": 300, "seed": 3},
             "smoke": {)" +
         smoke + "}" + (rest.empty() ? "" : ", " + rest) + "}";
}

std::shared_ptr<SmokeSeries> smoke_of_1(double west = 1600) {
  auto series = std::make_shared<SmokeSeries>();
  series->frame = RasterFrame{west, 100, 10, 10, 40, 20};
  series->source = "fire.nc";
  series->time = {time_of(3600)};
  add_air(*series, AirQuantity::extinction, {std::vector<float>(series->frame.size(), 1.0f)});
  return series;
}

ScenarioInputs inputs_with(std::shared_ptr<const SmokeSeries> smoke, SmokeSource* got = nullptr) {
  ScenarioInputs inputs = small_inputs(city_with_meadow());
  inputs.read_smoke = [smoke, got](const SmokeSource& source, const City&, Duration) {
    if (got) *got = source;
    return smoke;
  };
  return inputs;
}

Scenario scenario_with(const std::string& smoke, const std::string& rest = kEvent) {
  return Scenario(document(smoke, rest), inputs_with(smoke_of_1()));
}

std::string refusal(const std::string& smoke, const std::string& rest = kEvent) {
  return complaint([&] { (void)scenario_with(smoke, rest); });
}

/// A NetCDF file of smoke over the meadow: two frames of 4 by 2 cells of 100 m.
std::string netcdf(const std::string& name, double extinction, double co, double o2) {
  test::NetcdfFile file;
  const int time = file.dimension("time", 2), row = file.dimension("y", 2), column = file.dimension("x", 4);
  file.variable("time", {time}, {0, 600}, {{"units", "seconds since 2025-08-02 19:05"}});
  file.variable("y", {row}, {-50, 50}, {{"units", "m"}, {"standard_name", "projection_y_coordinate"}});
  file.variable("x", {column}, {1650, 1750, 1850, 1950},
                {{"units", "m"}, {"standard_name", "projection_x_coordinate"}});
  const auto grids = [&](double value) {
    std::vector<double> values(16, 0.0);
    std::fill(values.begin() + 8, values.end(), value);
    return values;
  };
  file.variable(name, {time, row, column}, grids(extinction));
  file.variable("co", {time, row, column}, grids(co));
  file.variable("o2", {time, row, column}, std::vector<double>(16, o2));
  return file.bytes();
}

}  // namespace

TEST_CASE("a scenario names its smoke, and the reader gets all that was said") {
  SmokeSource got;
  const auto read = [&](const std::string& smoke) {
    (void)Scenario(document(smoke), inputs_with(smoke_of_1(), &got));
    return got;
  };
  const SmokeSource netcdf = read(R"("netcdf": "a.nc", "variable": "K", "co": "CO", "time": "calendar")");
  CHECK(netcdf.kind == SmokeSource::Kind::netcdf);
  CHECK(netcdf.file == "a.nc");
  CHECK(netcdf["variable"] == "K");
  CHECK(netcdf["co"] == "CO");
  CHECK(netcdf.start == "2025-08-02T18:00:00");
  const SmokeSource rasters = read(R"("rasters": "ks_*.tif", "o2_rasters": "o2_*.tif", "time": "minutes")");
  CHECK(rasters.kind == SmokeSource::Kind::rasters);
  CHECK(rasters["o2_rasters"] == "o2_*.tif");
}

TEST_CASE("smoke that makes no sense is refused in one line") {
  CHECK(
      refusal(R"("delay_h": 1)") ==
      "test.yaml: smoke: names no source of smoke; write rasters: smoke/ks_*.tif, netcdf: fire.nc, or disc: "
      "\"longitude, latitude\"");
  CHECK(refusal(R"("netcdf": "a.nc", "rasters": "b")") ==
        "test.yaml: smoke: names several sources of smoke (rasters, netcdf); keep one of them");
  CHECK(refusal(R"("netcdf": "a.nc", "co_rasters": "b")") ==
        "test.yaml: smoke.co_rasters: does not go with netcdf; leave it out");
  CHECK(refusal(R"("netcdf": "a.nc", "radius_m": 4)") ==
        "test.yaml: smoke.radius_m: does not go with netcdf; leave it out");
  CHECK(contains(refusal(R"("netcdf": "a.nc", "time": "minutes")"), "use one of elapsed, calendar, first"));
  CHECK(refusal(R"("disc": "136.8, 35.0")") ==
        "test.yaml: smoke.starts_at: is missing; say when the disc appears, e.g. \"19:10\"");
  CHECK(contains(refusal(R"("disc": "area:medow", "starts_at": "19:05")"), "did you mean area:meadow?"));
  CHECK(contains(refusal(R"("disc": "136.8, 35.0", "starts_at": "20:30")"), "the scenario ends at 20:00"));
  CHECK(contains(refusal(R"("disc": "136.8, 35.0", "starts_at": "19:05", "o2_percent": 26)"), "o2_percent"));
  CHECK(refusal(kDisc, R"("walking": {})") ==
        "test.yaml: has smoke but no event: smoke acts in the area of an event only; add event");
  CHECK(contains(complaint([&] {
                   (void)Scenario(
                       R"({"name": "x", "start": "2025-08-02 18:00", "duration": "2h", "smoke_effects": {},
                             "population": {"total": 300, "seed": 3}, )" +
                           kEvent + "}",
                       inputs_with(smoke_of_1()));
                 }),
                 "has smoke_effects but no smoke; add smoke"));
  CHECK(
      complaint([] { (void)Scenario(document(R"("netcdf": "fire.nc")"), inputs_with(smoke_of_1(9000))); }) ==
      "fire.nc: covers nothing of area:meadow (x 9000–9400, y -100–100; the area x 1650–1950, y "
      "-60–60); is the axis order or the zone right?");
}

TEST_CASE("notes tell what smoke leaves out: beyond its raster, without gases, on the streets") {
  const Scenario half(document(R"("netcdf": "fire.nc")"), inputs_with(smoke_of_1(1800)));
  const auto told = [](const Scenario& scenario, const std::string& part) {
    return std::any_of(scenario.notes().begin(), scenario.notes().end(),
                       [&](const std::string& note) { return contains(note, part); });
  };
  CHECK(told(half, "fire.nc covers 50 % of area:meadow; beyond it the air is clean"));
  CHECK(told(half, "has no gases: it slows people down, and nobody is overcome"));
  CHECK(told(half, "on the streets and before its gates nobody is slowed or poisoned"));
  CHECK(!told(scenario_with(kDisc + R"(, "co_ppm": 100)"), "has no gases"));
}

TEST_CASE("smoke is part of a scenario's identity, and its document reads again the same") {
  const Scenario disc = scenario_with(kDisc);
  CHECK(Scenario(disc.document(), inputs_with(smoke_of_1())).digest() == disc.digest());
  CHECK(scenario_with(kDisc + R"(, "co_ppm": 100)").digest() != disc.digest());
  const std::string file = R"("netcdf": "fire.nc", "co": "CO")";
  auto thicker = smoke_of_1();
  thicker->grids[0][0][5] = 2;
  const Scenario read(document(file), inputs_with(smoke_of_1())), other(document(file), inputs_with(thicker));
  CHECK(read.document() == other.document());
  CHECK(read.digest() != other.digest());
  CHECK(Json::parse(read.document())["smoke"]["netcdf"] == "fire.nc");
  CHECK(Scenario(read.document(), inputs_with(smoke_of_1())).digest() == read.digest());

  Simulation before(disc, Seed{1});
  before.run_until(time_of(3600));
  Simulation elsewhere(scenario_with(kDisc + R"(, "co_ppm": 100)"), Seed{1});
  CHECK(contains(complaint([&] { elsewhere.restore(before.snapshot()); }), "another scenario"));
}

TEST_CASE("a variant changes the smoke by an edit") {
  const Scenario base = scenario_with(kDisc);
  const Scenario poisonous = scenario_with(
      kDisc, kEvent + R"(, "edits": [{"op": "change", "target": "smoke", "set": {"co_ppm": 800}}])");
  CHECK(base.smoke()->of(AirQuantity::co).empty());
  const auto& co = poisonous.smoke()->of(AirQuantity::co);
  REQUIRE(!co.empty());
  CHECK(*std::max_element(co.front().begin(), co.front().end()) == 800);
}

TEST_CASE("effects of smoke stand on the assumption sheet, with their source, only where there is smoke") {
  const Scenario smoky = scenario_with(kDisc, kEvent + R"(, "smoke_effects": {"incapacitated_at": 0.3})");
  const auto count = [](const Scenario& scenario, const std::string& model) {
    return std::count_if(
        scenario.assumptions().begin(), scenario.assumptions().end(),
        [&](const Assumption& line) { return line.model == model && !line.about.source.empty(); });
  };
  CHECK(count(smoky, "smoke_effects") == 4);
  CHECK(count(smoky, "smoke") > 10);
  CHECK(count(small_scenario(), "smoke_effects") == 0);
}

TEST_CASE("a fork may change the gates' streets under smoke, but not the smoke") {
  Simulation run(scenario_with(kDisc), Seed{1});
  run.run_until(time_of(3900));
  CHECK_NOTHROW((void)run.fork(scenario_with(kDisc)));
  CHECK(contains(complaint([&] { (void)run.fork(scenario_with(kDisc + R"(, "extinction_per_m": 2)")); }),
                 "smoke"));
}

TEST_CASE("a run with smoke goes on bit for bit after a snapshot, and on any number of threads") {
  const Scenario scenario = scenario_with(kDisc + R"(, "co_ppm": 20000, "growth_m_per_s": 0.1)");
  Simulation whole(scenario, Seed{5});
  whole.run_until(scenario.end());
  CHECK(whole.results().tables.at("areas").get<std::uint32_t>("overcome").back() > 0);
  for (const int threads : {2, 4}) {
    KernelOptions options;
    options.threads = threads;
    Simulation before(scenario, Seed{5}, options), after(scenario, Seed{5});
    before.run_until(time_of(4100));
    after.restore(before.snapshot());
    after.run_until(scenario.end());
    CHECK(after.hash() == whole.hash());
  }
}

TEST_CASE("figures of smoke are told where there is smoke, and nobody overcome was caught by water") {
  const Scenario scenario =
      scenario_with(kDisc + R"(, "co_ppm": 50000)", kEvent + R"(, "evacuation": {"order_at": "never"})");
  Simulation run(scenario, Seed{5});
  run.run_until(scenario.end());
  std::map<std::string, double> figure;
  const std::vector<double> figures = run.results().kpis;
  for (std::size_t i = 0; i < figures.size(); ++i) figure[kpi_catalogue()[i].id] = figures[i];
  CHECK(figure.at("event_overcome") > 0);
  CHECK(figure.at("casualties") == figure.at("event_overcome"));
  CHECK(figure.at("caught_total") == 0);
  CHECK(figure.at("event_dose_max") >= 1);
  CHECK(figure.at("event_dose_mean") <= figure.at("event_dose_max"));
  CHECK(figure.at("event_smoke_person_min") > 0);
}

TEST_CASE("smoke and gases come out of a NetCDF file as they were written") {
  City city = city_with_meadow();
  city.crs = "EPSG:6673";
  const test::TemporaryDirectory folder;
  const auto read = inputs_from_files(std::make_shared<const City>(city), "test.yaml").read_smoke;
  SmokeSource source;
  source.kind = SmokeSource::Kind::netcdf;
  source.option = {{"co", "co"}, {"o2", "o2"}, {"time", "calendar"}, {"crs", "EPSG:6673"}};
  source.start = "2025-08-02T18:00:00";
  source.file = folder.write("fire.nc", netcdf("extinction", 1.5, 800, 18));
  const auto smoke = read(source, city, {});
  CHECK(smoke->time == std::vector<Time>{time_of(3900), time_of(4500)});
  CHECK(smoke->of(AirQuantity::extinction)[1] == std::vector<float>(8, 1.5f));
  CHECK(smoke->of(AirQuantity::co)[1] == std::vector<float>(8, 800));
  CHECK(smoke->of(AirQuantity::o2_lack)[0][0] == doctest::Approx(2.9));
  CHECK(smoke->of(AirQuantity::co2).empty());

  const auto line = [&](const std::string& bytes) {
    source.file = folder.write("fire.nc", bytes);
    return complaint([&] { (void)read(source, city, {}); });
  };
  CHECK(
      contains(line(netcdf("soot", 1, 1, 20)),
               "fire.nc: has no variable of extinction coefficient (extinction, extinction_coefficient, ks, "
               "smoke)"));
  CHECK(contains(line(netcdf("ks", -1, 1, 20)), "extinction coefficient of frame 2 is -1 1/m"));
  CHECK(contains(line(netcdf("ks", 1, 1, 26)), "O2 of frame 1 is 26 %"));
  source.file = folder / "none.nc";
  CHECK(contains(complaint([&] { (void)read(source, city, {}); }), "none.nc"));
}

TEST_CASE("smoke and gases come out of rasters, one per moment and quantity") {
  City city = city_with_meadow();
  city.crs = "EPSG:6673";
  const test::TemporaryDirectory folder;
  const auto grid = [](double value, int columns = 4) {
    std::string text = "ncols " + std::to_string(columns) +
                       "\nnrows 2\nxllcorner 1600\nyllcorner -100\ncellsize 100\nNODATA_value -9999\n";
    for (int i = 0; i < 2 * columns; ++i)
      text += std::to_string(value) + (i % columns == columns - 1 ? "\n" : " ");
    return text;
  };
  for (const int minute : {60, 70}) {
    const std::string name = std::to_string(minute) + ".asc";
    folder.write("ks_" + name, grid(minute / 60.0 - 0.5));
    folder.write("co_" + name, grid(minute));
  }
  const auto read = inputs_from_files(std::make_shared<const City>(city), "test.yaml").read_smoke;
  SmokeSource source;
  source.kind = SmokeSource::Kind::rasters;
  source.file = folder / "ks_*.asc";
  source.option = {{"co_rasters", folder / "co_*.asc"}, {"time", "minutes"}, {"crs", "EPSG:6673"}};
  const auto smoke = read(source, city, {});
  CHECK(smoke->time == std::vector<Time>{time_of(3600), time_of(4200)});
  CHECK(smoke->of(AirQuantity::extinction)[0][0] == 0.5f);
  CHECK(smoke->of(AirQuantity::co)[1][7] == 70);
  CHECK(smoke->source == "ks_*.asc, co_*.asc");

  folder.write("co_80.asc", grid(80));
  CHECK(contains(complaint([&] { (void)read(source, city, {}); }),
                 "has CO at other times or on another grid than ks_*.asc has smoke"));
  source.file = folder / "none_*.asc";
  CHECK(contains(complaint([&] { (void)read(source, city, {}); }), "no file matches"));
}

TEST_CASE("the schema knows every source of smoke and asks for exactly one") {
  const Json smoke = Json::parse(scenario_schema())["properties"]["smoke"];
  CHECK(smoke["oneOf"].size() == 3);
  for (const char* key : {"rasters", "netcdf", "disc", "co_rasters", "co", "starts_at", "growth_m_per_s"})
    CHECK(smoke["properties"].contains(key));
}
