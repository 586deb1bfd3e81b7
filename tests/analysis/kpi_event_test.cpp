#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "chimata/analysis/kpi.hpp"

using namespace chimata;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Five visitors and two gates. Gate 0: the first two wait for each other, the third sets out when the first
/// is just out. Gate 1: one who is still on the way out, and one who turned round at the gate and was never
/// in.
TableSet evening() {
  TableSet tables;
  Table& visitors = tables["visitors"];
  visitors.column<std::uint32_t>("gate_out", "") = {0, 0, 0, 1, 1};
  visitors.column<std::uint8_t>("phase", "") = {0, 0, 4, 3, 0};
  visitors.column<double>("came_s", "") = {10, 20, 30, 40, 130};
  visitors.column<double>("set_out_s", "") = {100, 110, 150, 100, 120};
  visitors.column<double>("out_s", "") = {150, 170, 190, kNone, kNone};
  visitors.column<double>("home_s", "") = {400, 400, kNone, kNone, 500};
  Table& areas = tables["areas"];
  areas.column<double>("t_s", "") = {60, 120, 180};
  areas.column<std::uint32_t>("area", "") = {0, 0, 0};
  areas.column<double>("density_max", "") = {1, 5, 7};
  areas.column<double>("dense_person_min", "") = {0, 2, 9};
  areas.column<double>("crush_person_min", "") = {0, 0, 3};
  areas.column<double>("first_alarm_s", "") = {kNone, 110, 110};
  areas.column<double>("alarm_before_crush_s", "") = {kNone, kNone, 110};
  areas.column<double>("first_crush_s", "") = {kNone, kNone, 170};
  Table& gates = tables["gates"];
  gates.column<std::uint32_t>("waiting", "") = {0, 4, 1};
  return tables;
}

double figure(const TableSet& tables, const char* id) {
  const auto& about = kpi_catalogue();
  const auto values = kpis(tables, {});
  for (std::size_t i = 0; i < about.size(); ++i) {
    if (about[i].id == id) return values[i];
  }
  FAIL("no such figure: " << id);
  return kNone;
}

}  // namespace

TEST_CASE("the crowd of an evening is summed up") {
  const TableSet tables = evening();
  CHECK(figure(tables, "event_attendance") == 5);
  CHECK(figure(tables, "event_density_max") == 7);
  CHECK(figure(tables, "event_dense_person_min") == 9);
  CHECK(figure(tables, "event_crush_person_min") == 3);
  CHECK(figure(tables, "event_alarm_lead_s") == 60);
  CHECK(figure(tables, "event_gate_queue_max") == 4);
  CHECK(figure(tables, "event_inside_at_end") == 1);
  CHECK(figure(tables, "event_out_mean_s") == doctest::Approx((50 + 60 + 40) / 3.0));
  CHECK(std::isnan(figure(tables, "event_out_p95_s")));  // a quarter of those who were in never got out
  CHECK(figure(tables, "not_home") == 2);
  // somebody is still in the area: there is no clearance to tell
  CHECK(std::isnan(figure(tables, "event_clearance_s")));
}

TEST_CASE("people who want out by one gate count until they are through it") {
  TableSet tables = evening();
  CHECK(figure(tables, "event_exit_queue_max") ==
        2);  // never three: the first is out when the third sets out
  auto& out = tables["visitors"].column<double>("out_s", "");
  out[0] = 151;
  CHECK(figure(tables, "event_exit_queue_max") == 3);
}

TEST_CASE("the area is clear when the last is through a gate") {
  TableSet tables = evening();
  tables["visitors"].column<std::uint8_t>("phase", "")[3] = 4;
  tables["visitors"].column<double>("out_s", "")[3] = 300;
  CHECK(figure(tables, "event_clearance_s") == 200);
}

TEST_CASE("whoever never came to a gate is in no figure of the way home") {
  TableSet tables = evening();
  Table& visitors = tables["visitors"];
  visitors.column<std::uint8_t>("phase", "")[3] = 4;
  visitors.column<double>("out_s", "")[3] = 300;
  const double home = figure(tables, "event_home_p95_s"), clear = figure(tables, "event_clearance_s");
  visitors.column<double>("came_s", "")[0] = visitors.column<double>("set_out_s", "")[0] = kNone;
  visitors.column<double>("out_s", "")[0] = kNone;
  CHECK(figure(tables, "event_attendance") == 4);
  CHECK(figure(tables, "event_home_p95_s") == home);
  CHECK(figure(tables, "event_clearance_s") == clear);
}

TEST_CASE("cars of an evening have figures of their own, which are of those who came by car") {
  TableSet tables = evening();
  CHECK(std::isnan(figure(tables, "event_cars_out_p95_s")));
  tables["visitors"].column<std::uint8_t>("by_car", "") = {1, 0, 0, 0, 1};
  Table& parks = tables["car_parks"];
  parks.column<double>("t_s", "") = {60, 60, 120, 120};
  parks.column<std::uint32_t>("car_park", "") = {0, 1, 0, 1};
  parks.column<std::uint32_t>("cars", "") = {1, 0, 2, 6};
  parks.column<std::uint32_t>("spaces", "") = {4, 8, 4, 8};
  CHECK(figure(tables, "event_car_park_share") == 0.75);
  const double late = figure(tables, "event_cars_out_p95_s");  // of 300 and 380 s
  CHECK(late > 300);
  CHECK(late <= 380);
  tables["visitors"].column<std::uint8_t>("phase", "")[4] = 11;  // waits at the car
  CHECK(figure(tables, "not_home") == 3);
}

TEST_CASE("people in wheelchairs have a figure of their own where a run tells kinds apart") {
  TableSet tables = evening();
  CHECK(std::isnan(figure(tables, "event_wheelchair_out_p95_s")));
  auto& kind = tables["visitors"].column<std::string>("kind", "");
  kind.assign(5, "");
  CHECK(std::isnan(figure(tables, "event_wheelchair_out_p95_s")));
  kind = {"adult", "wheelchair", "adult", "wheelchair", "adult"};
  CHECK(std::isnan(figure(tables, "event_wheelchair_out_p95_s")));  // the other one is still inside
  tables["visitors"].column<std::uint8_t>("phase", "")[3] = 8;      // a casualty
  CHECK(figure(tables, "event_wheelchair_out_p95_s") == 60);
}

TEST_CASE("figures of smoke apply where there may be some, and doses are shared out over all who came") {
  TableSet tables = evening();
  for (const char* id : {"event_overcome", "event_dose_max", "event_dose_mean", "event_smoke_person_min"})
    CHECK(std::isnan(figure(tables, id)));
  tables["areas"].column<std::uint32_t>("overcome", "") = {0, 1, 1};
  tables["areas"].column<double>("smoke_person_min", "") = {0, 3, 8};
  CHECK(figure(tables, "event_dose_max") == 0);
  Table& doses = tables["doses"];
  doses.column<std::uint32_t>("person", "") = {2, 4};
  doses.column<double>("dose", "") = {1.2, 0.3};
  doses.column<double>("overcome_s", "") = {110, kNone};
  CHECK(figure(tables, "event_overcome") == 1);
  CHECK(figure(tables, "event_dose_max") == 1.2);
  CHECK(figure(tables, "event_dose_mean") == doctest::Approx(0.3));
  CHECK(figure(tables, "event_smoke_person_min") == 8);
}

TEST_CASE("the wait to get in is that of everybody who came, at whichever gate") {
  TableSet tables = evening();
  CHECK(std::isnan(figure(tables, "event_in_wait_mean_s")));
  Table& gates = tables["area_gates"];
  gates.column<std::uint32_t>("came", "") = {30, 0, 10};
  gates.column<double>("wait_mean_s", "") = {20, kNone, 100};
  gates.column<double>("wait_max_s", "") = {60, kNone, 150};
  CHECK(figure(tables, "event_in_wait_mean_s") == 40);
  CHECK(figure(tables, "event_in_wait_max_s") == 150);
}
