// Smoke in the area of an event: it slows people, poisons them, and ends the event.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "event/warned_town.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

/// What the air is like from a minute on, in the eastern part of the meadow from x on.
struct Air {
  double minute;
  float extinction, co = 0, o2 = 20.9f;
};
std::shared_ptr<const SmokeSeries> air_over_meadow(const std::vector<Air>& course, double from_x = 400) {
  auto series = std::make_shared<SmokeSeries>();
  series->frame = RasterFrame{400, 50, 5, 5, 40, 20};
  std::vector<std::vector<float>> extinction, co, o2;
  for (const Air& air : course) {
    series->time.push_back(time_of(air.minute * 60));
    for (auto [grids, value, clean] :
         {std::tuple{&extinction, air.extinction, 0.0f}, {&co, air.co, 0.0f}, {&o2, air.o2, 20.9f}}) {
      auto& grid = grids->emplace_back(series->frame.size(), clean);
      for (std::size_t cell = 0; cell < grid.size(); ++cell) {
        if (400 + 5 * static_cast<double>(cell % 40) >= from_x) grid[cell] = value;
      }
    }
  }
  add_air(*series, AirQuantity::extinction, std::move(extinction));
  add_air(*series, AirQuantity::co, std::move(co));
  add_air(*series, AirQuantity::o2_lack, std::move(o2));
  return series;
}

template <class T>
std::vector<T> column(const TableSet& tables, const char* table, const char* name) {
  return tables.at(table).get<T>(name);
}

std::size_t with_phase(const TableSet& tables, int phase) {
  const auto phases = column<std::uint8_t>(tables, "visitors", "phase");
  return static_cast<std::size_t>(std::count(phases.begin(), phases.end(), phase));
}

/// How often each person became a casualty.
std::vector<int> falls(const TableSet& tables, std::size_t people) {
  std::vector<int> times(people, 0);
  const auto person = column<std::uint32_t>(tables, "events", "person");
  const auto value = column<std::uint32_t>(tables, "events", "value");
  for (std::size_t row = 0; row < person.size(); ++row) {
    if (value[row] == static_cast<std::uint32_t>(PersonState::casualty)) ++times[person[row]];
  }
  return times;
}

/// A field's value everywhere in the area from now on.
void fill(Fields& fields, const char* name, float value) {
  Field& field = fields.all().at(name);
  std::fill(field.next().begin(), field.next().end(), value);
  field.publish();
}

/// Everybody is on the meadow when gas comes that overcomes them within a minute, wherever they stand.
EventTown poisoned_town() {
  EventTown town;
  town.smoke = air_over_meadow({{65, 0}, {65.01, 0, 50'000}});
  return town;
}

}  // namespace

TEST_CASE("a visitor crosses 100 m of the area in smoke of 1/m in 160 s, as NIST TN 1822 test 2.5 has it") {
  EventTown town;
  town.residents = 1;
  town.model.attendance = 1;
  town.model.stops_in_smoke = 0;
  town.crowds.ways_every = std::chrono::seconds(1);
  town.smoke = air_over_meadow({{0, 1}});
  const TableSet tables = town.run();
  const auto time = column<double>(tables, "area_ways", "t_s"),
             x = column<double>(tables, "area_ways", "x_m"), y = column<double>(tables, "area_ways", "y_m");
  double metres = 0, took = 0;
  for (std::size_t row = 1; row < time.size(); ++row) {
    const double step = distance(Point{x[row], y[row]}, Point{x[row - 1], y[row - 1]}),
                 since = time[row] - time[row - 1];
    if (since > 1.01 || since < 0.99 || step < 0.5) continue;  // stands, arrives or leaves
    metres += step, took += since;
  }
  REQUIRE(metres > 40);
  CHECK(took / metres * 100 == doctest::Approx(160).epsilon(0.02));
}

TEST_CASE("people overcome by gas are casualties once, lie where they fell, and nobody is lost") {
  EventTown town = poisoned_town();
  town.minutes = 100;
  const TableSet tables = town.run();  // the ledger counts everybody twice every minute
  CHECK(with_phase(tables, 8) == 40);
  const auto times = falls(tables, town.residents);
  CHECK(std::accumulate(times.begin(), times.end(), 0) == 40);
  CHECK(*std::max_element(times.begin(), times.end()) == 1);
  CHECK(column<std::uint32_t>(tables, "areas", "overcome").back() == 40);
  CHECK(column<std::uint32_t>(tables, "areas", "inside").back() == 0);
  const auto dose = column<double>(tables, "doses", "dose"),
             down = column<double>(tables, "doses", "overcome_s");
  REQUIRE(dose.size() == 40);
  for (std::size_t row = 0; row < dose.size(); ++row) {
    CHECK(dose[row] >= 1);
    CHECK(dose[row] < 1.05);
    CHECK(down[row] > 65 * 60);
  }
  const auto census = column<std::int64_t>(tables, "census", "casualty");
  CHECK(census.front() == 0);
  CHECK(census.back() == 40);
}

TEST_CASE("who is poisoned a little gets out and takes the dose along") {
  EventTown town;
  town.model.stops_in_smoke = 0;
  town.smoke = air_over_meadow({{65, 0}, {65.01, 0, 2000}, {67, 0, 2000}, {67.01, 0}});
  const TableSet tables = town.run();
  CHECK(with_phase(tables, 0) == 40);
  const auto dose = column<double>(tables, "doses", "dose");
  REQUIRE(dose.size() == 40);
  // two minutes of 2000 ppm
  const double right = 120 * 4.607e-7 * std::pow(2000, 1.036) * std::exp(2.0004) / 7.1;
  for (const double one : dose) CHECK(one == doctest::Approx(right).epsilon(0.12));  // updates of 10 s
  for (const double never : column<double>(tables, "doses", "overcome_s")) CHECK(std::isnan(never));
}

TEST_CASE("people in smoke are counted over time, and their minutes add up") {
  EventTown town;
  town.model.stops_in_smoke = 0;
  town.smoke = air_over_meadow({{62, 0}, {62.01, 0.5f}, {66, 0.5f}, {66.01, 0}});
  const TableSet tables = town.run();
  const auto time = column<double>(tables, "areas", "t_s");
  const auto in_smoke = column<std::uint32_t>(tables, "areas", "in_smoke");
  for (std::size_t row = 0; row < time.size(); ++row) {
    CAPTURE(time[row]);
    CHECK(in_smoke[row] == (time[row] >= 62.5 * 60 && time[row] <= 66 * 60 ? 40 : 0));
  }
  CHECK(column<double>(tables, "areas", "smoke_person_min").back() == doctest::Approx(160).epsilon(0.05));
  CHECK(column<double>(tables, "doses", "dose").empty());
}

TEST_CASE("smoke on the meadow ends the event: people go home at once, and nobody else comes") {
  EventTown town;
  town.model.announce_reach = 1;
  town.smoke = air_over_meadow({{50, 0}, {50.01, 0.5f}}, 530);
  const TableSet tables = town.run();
  const auto came = column<double>(tables, "visitors", "came_s"),
             out = column<double>(tables, "visitors", "out_s"),
             set_out = column<double>(tables, "visitors", "set_out_s");
  std::size_t inside = 0, turned = 0;
  for (std::size_t row = 0; row < came.size(); ++row) {
    if (std::isnan(came[row])) continue;
    CHECK(set_out[row] < town.model.end.time_since_epoch().count() / 1000.0);
    (came[row] <= 50 * 60 ? inside : turned) += 1;
    if (came[row] > 50 * 60 + 11) CHECK(std::isnan(out[row]));  // turned round at the gate
  }
  CHECK(inside > 15);
  CHECK(turned > 0);
  CHECK(with_phase(tables, 0) == 40);
  const auto told = column<std::uint8_t>(tables, "visitors", "told");
  CHECK(std::count(told.begin(), told.end(), 1) >= static_cast<std::ptrdiff_t>(inside));
}

TEST_CASE("thin smoke does not end the event, nor does any if the plan says so") {
  for (const double limit : {0.6, 0.0}) {
    EventTown town;
    town.model.stops_in_smoke = limit;
    town.smoke = air_over_meadow({{0, 0.5f}});
    const TableSet tables = town.run();
    for (const double moment : column<double>(tables, "visitors", "set_out_s")) CHECK(moment >= 70 * 60);
  }
}

TEST_CASE("without smoke no table tells of it, and clean air gives the same bits") {
  const TableSet tables = EventTown{}.run();
  CHECK(!tables.contains("doses"));
  for (const TableColumn& column : tables.at("areas").columns()) CHECK(column.name != "overcome");
  EventTown clean;
  clean.smoke = air_over_meadow({{0, 0}});
  CHECK(column<double>(clean.run(), "visitors", "out_s") == column<double>(tables, "visitors", "out_s"));
}

TEST_CASE(
    "smoke, casualties and the end of the event give the same bits on any threads and after a snapshot") {
  EventTown town = poisoned_town();
  town.smoke = air_over_meadow({{62, 0}, {64, 2, 8000}, {70, 0.2f, 100, 19}}, 480);
  town.minutes = 90;
  using std::chrono::minutes;
  check_goes_on_bit_for_bit(town, minutes(90), {minutes(50), minutes(63), minutes(65), minutes(72)});
}

TEST_CASE("water that comes over those whom smoke overcame does not take them a second time") {
  WarnedTown town;
  town.evacuation.order_at = kNever;
  town.flooded = town.smoky = true;
  town.weather = [](Time now, Fields& fields) {
    Field& co = fields.all().at("co.areas");  // over the northern half
    std::fill_n(co.next().begin(), co.next().size() / 2, seconds(now) >= 65 * 60 ? 50'000.0f : 0.0f);
    co.publish();
    for (const char* name : {"depth.areas", "velocity.areas"})
      fill(fields, name, seconds(now) >= 68 * 60 ? 1.0f : 0.0f);
  };
  const TableSet tables = town.run();
  CHECK(with_phase(tables, 8) == 40);
  const auto times = falls(tables, town.town.residents);
  CHECK(std::accumulate(times.begin(), times.end(), 0) == 40);
  const auto states = column<std::uint8_t>(tables, "persons", "state");
  CHECK(std::count(states.begin(), states.end(), static_cast<std::uint8_t>(PersonState::casualty)) == 40);
  const auto overcome = column<std::uint32_t>(tables, "areas", "overcome").back();
  CHECK(overcome > 5);
  CHECK(overcome < 35);
}

TEST_CASE("smoke sends people home and not to shelters; a warning that comes later still moves them") {
  WarnedTown town;
  town.smoky = true;
  town.town.model.announce_delay = Duration{0};
  town.weather = [](Time now, Fields& fields) {
    fill(fields, "smoke.areas", seconds(now) >= 62 * 60 ? 0.5f : 0.0f);
  };
  town.evacuation.order_at = kNever;
  const TableSet smoke_alone = town.run();
  CHECK(with_phase(smoke_alone, 7) == 0);
  CHECK(with_phase(smoke_alone, 0) == 40);
  for (const double moment : column<double>(smoke_alone, "visitors", "set_out_s")) {
    CHECK(moment >= 62 * 60);
    CHECK(moment <= 62 * 60 + 3);
  }
  town.evacuation.order_at = kStart + std::chrono::minutes(63);
  CHECK(with_phase(town.run(), 7) == 40);
}
