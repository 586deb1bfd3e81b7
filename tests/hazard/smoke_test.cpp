// Smoke and gases as fields: files as they are written, and a disc.
#include "chimata/hazard/smoke.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "mobility/engine_conformance.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using chimata::test::complaint;
using chimata::test::contains;

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

/// Two cells of 10 m side by side, at 60 s and 120 s.
SmokeSeries two_cells() {
  SmokeSeries series;
  series.frame = RasterFrame{0, 10, 10, 10, 2, 1};
  series.time = {time_of(60), time_of(120)};
  series.source = "fire.nc";
  add_air(series, AirQuantity::extinction, {{0, 1}, {2, kMissing}});
  add_air(series, AirQuantity::o2_lack, {{20.9f, 18}, {kMissing, 21.5f}});
  return series;
}
const std::vector<Point> kPoints{{5, 5}, {15, 5}, {99, 5}};

/// Plays the kernel for the smoke alone.
struct Air {
  explicit Air(SmokeSeries series, const SmokeFieldModel& model = {})
      : smoke(make_smoke(std::make_shared<SmokeSeries>(std::move(series)), model, kPoints, fields)) {
    smoke->start(out);
    exchange();
  }
  void exchange() {
    for (auto& [name, field] : fields.all()) field.exchange();
  }
  void run(double s) {
    while (smoke->next_event() < time_of(s)) {
      const auto second = smoke->next_event().time_since_epoch() / Duration{1000};
      const Time now{Duration{1000 * (second + 1)}};
      smoke->advance({now - Duration{1000}, now}, {}, out, arena);
      exchange();
    }
  }
  [[nodiscard]] const std::vector<float>& of(const char* field) const { return fields.find(field)->values(); }

  Fields fields;
  Outbox out;
  Arena arena{1};
  std::unique_ptr<Process> smoke;
};

/// Greatest distance of a cell with smoke from `middle` in a frame of the disc.
double reach(const SmokeSeries& disc, std::size_t frame, Point middle) {
  double farthest = -1;
  for (std::size_t cell = 0; cell < disc.frame.size(); ++cell) {
    if (disc.of(AirQuantity::extinction).at(frame)[cell] == 0) continue;
    const double x = disc.frame.west +
                     (static_cast<double>(cell % disc.frame.columns) + 0.5) * disc.frame.cell_x,
                 y = disc.frame.north -
                     (static_cast<double>(cell / disc.frame.columns) + 0.5) * disc.frame.cell_y;
    farthest = std::max(farthest, distance({x, y}, middle));
  }
  return farthest;
}

}  // namespace

TEST_CASE("the air is clean before the first frame, changes evenly, and stays as it is after the last") {
  Air air(two_cells());
  CHECK(air.of("smoke.areas") == std::vector<float>{0, 0, 0});
  air.run(59);
  CHECK(air.of("smoke.areas") == std::vector<float>{0, 0, 0});
  air.run(60);
  CHECK(air.of("smoke.areas") == std::vector<float>{0, 1, 0});
  air.run(90);
  CHECK(air.of("smoke.areas") == std::vector<float>{1, 0.5f, 0});
  air.run(9999);
  CHECK(air.of("smoke.areas") == std::vector<float>{2, 0, 0});
}

TEST_CASE("oxygen is told by what is lacking, and of gases that nobody knows of there is no field") {
  Air air(two_cells());
  air.run(60);
  CHECK(air.of("o2_lack.areas")[0] == 0);
  CHECK(air.of("o2_lack.areas")[1] == doctest::Approx(2.9));
  air.run(120);  // missing, and more than in clean air
  CHECK(air.of("o2_lack.areas") == std::vector<float>{0, 0, 0});
  CHECK(air.fields.find("co.areas") == nullptr);
}

TEST_CASE("a delay moves smoke and gases, a factor makes smoke thicker and leaves gases") {
  SmokeFieldModel model;
  model.delay_h = 1;
  model.factor = 2;
  Air air(two_cells(), model);
  air.run(3659);
  CHECK(air.of("smoke.areas")[1] == 0);
  air.run(3660);
  CHECK(air.of("smoke.areas")[1] == 2);
  CHECK(air.of("o2_lack.areas")[1] == doctest::Approx(2.9));
}

TEST_CASE("the table tells how much smoke there is") {
  Air air(two_cells());
  air.run(60);
  TableSet tables;
  air.smoke->record(time_of(60), tables);
  const Table& table = tables.at("smoke");
  CHECK(table.get<double>("smoke_area_m2") == std::vector<double>{100});
  CHECK(table.get<double>("extinction_per_m") == std::vector<double>{1});
  CHECK(table.get<double>("o2_percent").front() == doctest::Approx(18));
  CHECK(table.get<double>("co_ppm") == std::vector<double>{0});
}

TEST_CASE("air that cannot be is refused in one line") {
  const auto refusal = [](AirQuantity quantity, float value) {
    return complaint([&] {
      SmokeSeries series = two_cells();
      add_air(series, quantity, {{0, 0}, {value, 0}});
    });
  };
  CHECK(refusal(AirQuantity::extinction, -0.5f) ==
        "fire.nc: extinction coefficient of frame 2 is -0.5 1/m somewhere; give 0 to 1000 1/m, missing where "
        "it is not known");
  CHECK(contains(refusal(AirQuantity::o2_lack, 26), "O2 of frame 2 is 26 % somewhere; give 0 to 25 %"));
  CHECK(contains(refusal(AirQuantity::o2_lack, 0.209f), "% of volume, 20.9 in clean air, not a share of 1"));
  CHECK(contains(refusal(AirQuantity::co2, 101), "CO2 of frame 2 is 101 %"));
  CHECK(
      contains(refusal(AirQuantity::co, std::numeric_limits<float>::infinity()), "CO of frame 2 is inf ppm"));
  const auto made = [](auto change) {
    return complaint([&] {
      SmokeSeries series = two_cells();
      change(series);
      Air air(std::move(series));
    });
  };
  CHECK(made([](SmokeSeries& s) {
          s.time = {time_of(60), time_of(60)};
        }) ==
        "fire.nc: frame 2 is not later than the one before; sort the frames by time and give each time once");
  CHECK(contains(made([](SmokeSeries& s) {
                   add_air(s, AirQuantity::co, {{1, 1}});
                 }),
                 "CO has other moments or another grid than the smoke"));
  CHECK(contains(made([](SmokeSeries& s) { s.time.clear(); }), "has no moment"));
}

TEST_CASE("a disc appears, grows evenly to its largest, stays, and is gone within an update of its end") {
  SmokeFieldModel model;
  model.starts_at = time_of(100);
  model.ends_at = time_of(400);
  model.radius = 10, model.growth = 0.5, model.largest = 60;
  model.co = 500;
  const Point middle{100, 100};
  const SmokeSeries disc = smoke_disc(model, middle, RasterFrame{0, 200, 5, 5, 40, 40});
  REQUIRE(disc.time.size() > 3);
  CHECK(disc.time.front() == time_of(100));
  CHECK(disc.time.back() == time_of(410));
  for (std::size_t k = 0; k + 1 < disc.time.size(); ++k) {
    CAPTURE(k);
    const double radius = std::min(60.0, 10 + 0.5 * (seconds(disc.time[k]) - 100));
    CHECK(reach(disc, k, middle) <= radius);
    CHECK(reach(disc, k, middle) > radius - 5);
  }
  CHECK(reach(disc, disc.time.size() - 1, middle) == -1);
  CHECK(disc.of(AirQuantity::co).size() == disc.time.size());
  CHECK(*std::max_element(disc.of(AirQuantity::co)[0].begin(), disc.of(AirQuantity::co)[0].end()) == 500);
  CHECK(disc.of(AirQuantity::o2_lack).empty());
}

TEST_CASE("a disc that makes no sense is refused") {
  const auto refusal = [](auto change) {
    return complaint([&] {
      SmokeFieldModel model;
      model.starts_at = time_of(100);
      change(model);
      (void)smoke_disc(model, {0, 0}, RasterFrame{0, 10, 5, 5, 2, 2});
    });
  };
  CHECK(contains(refusal([](SmokeFieldModel& m) { m.starts_at = kNever; }), "smoke.starts_at: is missing"));
  CHECK(
      contains(refusal([](SmokeFieldModel& m) { m.ends_at = time_of(100); }), "is not later than starts_at"));
  CHECK(contains(refusal([](SmokeFieldModel& m) { m.radius = 60; }), "is smaller than radius_m"));
  CHECK(contains(refusal([](SmokeFieldModel& m) { m.extinction = 0; }), "there are no gases either"));
  CHECK(
      contains(refusal([](SmokeFieldModel& m) { m.radius = m.largest = 1; }), "reaches no part of the area"));
}

TEST_CASE("smoke keeps the process contract") {
  auto series = std::make_shared<SmokeSeries>();
  series->frame = RasterFrame{-50, 350, 100, 100, 4, 4};
  series->time = {time_of(60), time_of(1200)};
  add_air(*series, AirQuantity::extinction, {std::vector<float>(16, 0.0f), std::vector<float>(16, 1.5f)});
  test::check_field_contract([&](auto world, Fields& fields, ProcessIndex) {
    return make_smoke(series, SmokeFieldModel{}, world->samples->point, fields);
  });
}
