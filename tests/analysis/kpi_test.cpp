#include "chimata/analysis/kpi.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>

#include "chimata/mobility/process.hpp"

using namespace chimata;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Ten people: 0–5 decide; 0–3 arrive after 100, 200, 300, 400 s; 4 strands on the way and frees itself
/// again without arriving; 5 is caught at home; 6 is caught at home without having decided; 7–9 stay.
TableSet ten_people() {
  TableSet tables;
  Table& persons = tables["persons"];
  const auto state = [](PersonState s) { return static_cast<std::uint8_t>(s); };
  persons.column<double>("warned_s", "") = {50, 50, 50, 50, 50, 50, 50, 50, kNone, kNone};
  persons.column<std::uint8_t>("decided", "") = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0};
  persons.column<double>("departed_s", "") = {60, 60, 60, 60, 60, kNone, kNone, kNone, kNone, kNone};
  persons.column<double>("sheltered_s", "") = {150, 250, 350, 450, kNone, kNone, kNone, kNone, kNone, kNone};
  persons.column<std::uint8_t>("state", "") = {
      state(PersonState::sheltered),      state(PersonState::sheltered),
      state(PersonState::sheltered),      state(PersonState::sheltered),
      state(PersonState::travelling),     state(PersonState::caught_at_home),
      state(PersonState::caught_at_home), state(PersonState::home),
      state(PersonState::home),           state(PersonState::home)};
  Table& events = tables["events"];
  events.column<std::uint8_t>("kind", "") = {0, 0, 0, 0, 2};
  events.column<std::uint32_t>("person", "") = {4, 4, 5, 6, 3};
  events.column<std::uint32_t>("value", "") = {5, 2, 7, 7,
                                               9};  // stranded, travelling, caught, caught; new goal
  Table& legs = tables["legs"];
  legs.column<double>("start_s", "") = {60, 60, 60};
  legs.column<double>("end_s", "") = {150, 250, 500};
  legs.column<float>("free_flow_s", "") = {80, 150, 0};
  legs.column<float>("distance_m", "") = {100, 200, 999};
  legs.column<float>("wet_s", "") = {0, 0, 120};
  legs.column<std::uint8_t>("outcome", "") = {0, 0, 2};
  Table& shelters = tables["shelters"];
  shelters.column<std::uint32_t>("shelter", "") = {0, 1, 0, 1};
  shelters.column<std::uint32_t>("occupancy", "") = {1, 0, 3, 1};
  shelters.column<std::uint32_t>("turned_away", "") = {0, 0, 1, 0};
  return tables;
}

double value(std::string_view id) {
  static const std::uint32_t capacity[] = {3, 10};
  const auto values = kpis(ten_people(), {capacity});
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (kpi_catalogue()[i].id == id) return values[i];
  }
  FAIL("no such figure: " << id);
  return 0;
}

}  // namespace

TEST_CASE("key figures equal what one counts by hand") {
  CHECK(value("decided") == 6);
  CHECK(value("departed") == 5);
  CHECK(value("sheltered") == 4);
  CHECK(value("evacuated_share") == doctest::Approx(4.0 / 6));
  CHECK(value("not_arrived_in_time") == 2);
  CHECK(value("stranded") == 1);
  CHECK(value("caught_at_home") == 2);
  CHECK(value("caught_total") == 3);
  CHECK(value("clearance_p50_s") == 200);  // the second of four, from the first warning at 50 s
  CHECK(value("clearance_p95_s") == 400);
  CHECK(value("travel_time_mean_s") == doctest::Approx(140));
  CHECK(value("delay_mean_s") == doctest::Approx(25));
  CHECK(value("distance_mean_m") == doctest::Approx(150));
  CHECK(value("shelter_full_count") == 1);
  CHECK(value("turned_away") == 1);
  CHECK(value("redirected") == 1);
  CHECK(value("wet_person_min") == doctest::Approx(2));
}

TEST_CASE("every figure has a unit, both labels and both formulas") {
  std::set<std::string> ids;
  for (const auto& kpi : kpi_catalogue()) {
    CAPTURE(kpi.id);
    CHECK(ids.insert(kpi.id).second);
    CHECK_FALSE(kpi.unit.empty());
    CHECK_FALSE(kpi.label_ja.empty());
    CHECK_FALSE(kpi.label_en.empty());
    CHECK_FALSE(kpi.formula_ja.empty());
    CHECK_FALSE(kpi.formula_en.empty());
  }
}

TEST_CASE("a figure of which a run says nothing does not apply") {
  for (const char* id :
       {"max_density", "car_share", "cars_stalled", "gridlocks", "gridlock_vehicle_h", "water_short_l",
        "vertical_own", "needs_help", "caught_child", "late_stayed", "need_rescue_peak"}) {
    CAPTURE(id);
    CHECK(std::isnan(value(id)));
  }
  for (const double nothing : kpis(TableSet{}, {})) CHECK(std::isnan(nothing));
}

TEST_CASE("a table with another column than expected gives no figure and no error") {
  TableSet tables = ten_people();
  tables["legs"] = Table{};
  tables["legs"].column<std::uint8_t>("outcome", "") = {0};
  tables["links"].column<std::string>("max_density", "") = {"dense"};
  const auto values = kpis(tables, {});
  CHECK(values.size() == kpi_catalogue().size());
}
