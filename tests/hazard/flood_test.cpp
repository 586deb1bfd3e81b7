#include "chimata/hazard/flood.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace chimata;

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

/// Two by two cells of 10 m; the first stays dry, the second rises from 600 s on, the third is wet only in
/// the middle frame, the fourth has no data.
std::shared_ptr<DepthSeries> four_cells() {
  auto series = std::make_shared<DepthSeries>();
  series->frame = RasterFrame{0, 20, 10, 10, 2, 2};
  series->time = {time_of(600), time_of(1200), time_of(1800)};
  series->depth = {{0, 0, 0, kMissing}, {-1, 0.5f, 1, kMissing}, {0, 2, 0, kMissing}};
  series->source = "depth_*.tif";
  return series;
}
const std::vector<Point> kCentres{{5, 15}, {15, 15}, {5, 5}, {15, 5}, {99, 99}};

/// Plays the kernel for one process: windows of one second, fields exchanged after each.
struct Driver {
  explicit Driver(const FloodModel& model = {}, std::shared_ptr<DepthSeries> series = four_cells())
      : flood(make_flood(nullptr, std::move(series), model, {{"depth.points", kCentres}}, fields)) {
    flood->start(out);
    exchange();
  }
  void exchange() {
    for (auto& [name, field] : fields.all()) field.exchange();
  }
  /// Runs on to `s`, and only the windows in which the flood has something to do.
  void run(double s) {
    while (flood->next_event() < time_of(s)) {
      const auto second = flood->next_event().time_since_epoch() / Duration{1000};
      now = Time{Duration{1000 * (second + 1)}};
      flood->advance({now - Duration{1000}, now}, {}, out, arena);
      exchange();
      ++windows;
    }
    now = time_of(s);
  }
  [[nodiscard]] const std::vector<float>& depth() const { return fields.find("depth.points")->values(); }
  [[nodiscard]] std::uint64_t version() const { return fields.find("depth.points")->version(); }

  Fields fields;
  Outbox out;
  Arena arena{1};
  std::unique_ptr<Process> flood;
  Time now{};
  int windows = 0;
};

std::vector<float> values(std::initializer_list<float> list) {
  return list;
}

}  // namespace

TEST_CASE("a series is dry before its first frame, linear between frames, and stays after its last") {
  const auto series = four_cells();
  const Point rising = kCentres[1];
  CHECK(series->at(rising, time_of(0)) == 0);
  CHECK(series->at(rising, time_of(900)) == 0.25);
  CHECK(series->at(rising, time_of(1200)) == 0.5);
  CHECK(series->at(rising, time_of(1500)) == 1.25);
  CHECK(series->at(rising, time_of(99'999)) == 2);
  CHECK(series->at(kCentres[0], time_of(1200)) == 0);  // negative
  CHECK(series->at(kCentres[3], time_of(1200)) == 0);  // missing
  CHECK(series->at(kCentres[4], time_of(1200)) == 0);  // outside
}

TEST_CASE("the field follows the series on whole multiples of the update interval") {
  Driver run;
  CHECK(run.depth() == values({0, 0, 0, 0, 0}));
  run.run(900);
  CHECK(run.depth() == values({0, 0.25f, 0.5f, 0, 0}));
  run.run(930);
  CHECK(run.depth() == values({0, 0.25f, 0.5f, 0, 0}));
  run.run(960);
  CHECK(run.depth() == values({0, 0.3f, 0.6f, 0, 0}));
  run.run(1800);
  CHECK(run.depth() == values({0, 2, 0, 0, 0}));
}

TEST_CASE("the field agrees with the series at every update") {
  const auto series = four_cells();
  Driver run;
  for (int minute = 0; minute <= 40; ++minute) {
    run.run(60.0 * minute);
    for (std::size_t p = 0; p < kCentres.size(); ++p) {
      CHECK(run.depth()[p] == static_cast<float>(series->at(kCentres[p], time_of(60.0 * minute))));
    }
  }
}

TEST_CASE("held frames stay until the next") {
  FloodModel model;
  model.interpolation = BetweenFrames::hold;
  Driver run{model};
  run.run(1199);
  CHECK(run.depth() == values({0, 0, 0, 0, 0}));
  CHECK(run.windows == 0);
  run.run(1200);
  CHECK(run.depth() == values({0, 0.5f, 1, 0, 0}));
  run.run(1799);
  CHECK(run.version() == 1);
  run.run(1800);
  CHECK(run.depth() == values({0, 2, 0, 0, 0}));
  CHECK(run.windows == 2);
}

TEST_CASE("a delay shifts the whole series, forwards or back, and a factor scales it") {
  FloodModel later;
  later.delay_h = 0.5;
  later.depth_factor = 2;
  Driver run{later};
  run.run(900 + 1800);
  CHECK(run.depth() == values({0, 0.5f, 1, 0, 0}));

  FloodModel earlier;
  earlier.delay_h = -0.25;  // 900 s of the series lie before the start
  Driver early{earlier};
  CHECK(early.depth() == values({0, 0.25f, 0.5f, 0, 0}));
}

TEST_CASE("water at the start is there in the first generation") {
  auto series = four_cells();
  series->time = {time_of(0), time_of(600), time_of(1200)};
  series->depth[0] = {0.1f, 0.2f, 0, 0};
  Driver run{{}, series};
  CHECK(run.depth() == values({0.1f, 0.2f, 0, 0, 0}));
}

TEST_CASE("dry hours, standing water and the time after the last frame wake nobody") {
  auto series = four_cells();
  series->time = {time_of(36'000), time_of(39'600), time_of(43'200), time_of(46'800)};
  series->depth = {{0, 0, 0, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}};
  Driver run{{}, series};
  CHECK(run.flood->next_event() > time_of(35'990));
  run.run(86'400);
  CHECK(run.flood->next_event() == kNever);
  CHECK(run.windows >= 60);  // one an update while the water rises
  CHECK(run.windows <= 62);
  CHECK(run.version() == 60);
}

TEST_CASE("windows run for other reasons change nothing") {
  Driver often, seldom;
  for (int s = 1; s <= 1900; ++s) {
    often.flood->advance({time_of(s - 1), time_of(s)}, {}, often.out, often.arena);
    often.exchange();
    seldom.run(s);
    REQUIRE(often.depth() == seldom.depth());
  }
  CHECK(often.version() == seldom.version());
}

TEST_CASE("the table tells wet area, volume and greatest depth") {
  Driver run;
  TableSet tables;
  run.run(1200);
  run.flood->record(run.now, tables);
  run.run(1800);
  run.flood->record(run.now, tables);
  const Table& table = tables.at("flood");
  CHECK(table.get<double>("t_s") == std::vector<double>{1200, 1800});
  CHECK(table.get<double>("wet_area_m2") == std::vector<double>{200, 100});
  CHECK(table.get<double>("volume_m3") == std::vector<double>{150, 200});
  CHECK(table.get<double>("deepest_m") == std::vector<double>{1, 2});
}

TEST_CASE("a flood that was saved goes on as if it had not been") {
  Driver whole, first, second;
  whole.run(1000);
  first.run(1000);
  Snapshot snapshot;
  SnapshotWriter out{snapshot, "flood"};
  first.flood->save(out);
  second.flood->load(SnapshotReader{snapshot, "flood"});
  second.fields.all().at("depth.points").restore(first.depth(), first.version());
  TableSet a, b;
  whole.flood->record(whole.now, a);
  second.flood->record(whole.now, b);
  CHECK(a.at("flood").get<double>("volume_m3") == b.at("flood").get<double>("volume_m3"));
  for (int s = 1060; s < 2000; s += 60) {
    whole.run(s);
    second.run(s);
    REQUIRE(second.depth() == whole.depth());
    REQUIRE(second.version() == whole.version());
  }
}

TEST_CASE("a series that cannot be used is refused in one line") {
  const auto refuse = [](void (*spoil)(DepthSeries&)) {
    auto series = four_cells();
    spoil(*series);
    CHECK_THROWS_AS(Driver({}, series), InputError);
  };
  refuse([](DepthSeries& s) { s.time.clear(), s.depth.clear(); });
  refuse([](DepthSeries& s) { s.time[1] = s.time[0]; });
  refuse([](DepthSeries& s) { s.depth[2].pop_back(); });
  auto elsewhere = four_cells();
  elsewhere->frame.west = 1e6;
  CHECK_THROWS_WITH_AS(Driver({}, elsewhere),
                       "depth_*.tif: covers none of the city; check the coordinate system of the depth "
                       "rasters and their axis order",
                       InputError);
  FloodModel model;
  model.update_every = Duration{500};
  CHECK_THROWS_AS(Driver{model}, InputError);
}

TEST_CASE("where the series tells how fast the water is, a field of velocity follows it") {
  auto series = four_cells();
  // the water stands still in depth after 1200 s, but not in speed
  series->depth = {{0, 0, 0, 0}, {1, 1, 0, 0}, {1, 1, 0, 0}};
  series->velocity = {{0, 0, 0, 0}, {2, kMissing, 3, 0}, {0, -1, 3, 0}};
  Fields fields;
  Outbox out;
  Arena arena{1};
  const auto flood = make_flood(
      nullptr, series, {},
      {{"depth.points", kCentres}, {"velocity.points", kCentres, WaterQuantity::velocity}}, fields);
  const Field& velocity = *fields.find("velocity.points");
  CHECK(velocity.unit() == "m/s");
  flood->start(out);
  const auto at = [&](double s) {
    flood->advance({time_of(s - 1), time_of(s)}, {}, out, arena);
    for (auto& [name, field] : fields.all()) field.exchange();
    return velocity.values();
  };
  CHECK(at(900) == values({1, 0, 0, 0, 0}));  // the third cell is never wet
  CHECK(at(1200) == values({2, 0, 0, 0, 0}));
  CHECK(flood->next_event() < time_of(1300));
  CHECK(at(1500) == values({1, 0, 0, 0, 0}));
}

TEST_CASE("a flood of unknown velocity writes no field of velocity") {
  Fields fields;
  const auto flood = make_flood(
      nullptr, four_cells(), {},
      {{"depth.points", kCentres}, {"velocity.points", kCentres, WaterQuantity::velocity}}, fields);
  CHECK(fields.find("depth.points") != nullptr);
  CHECK(fields.find("velocity.points") == nullptr);
}

TEST_CASE("every default of the flood says where it comes from") {
  for (const auto& bound : flood_parameters().all) {
    INFO(bound.about.name);
    CHECK_FALSE(bound.about.source.empty());
    CHECK_FALSE(bound.about.label_ja.empty());
  }
  CHECK(flood_parameters().all.size() == 8);
}
