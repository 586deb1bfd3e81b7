/// The crowd engine against those tests of ISO 20414 that no older guideline has.
#include <algorithm>
#include <cmath>

#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/loops.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

/// Persons/s over stairs at half speed.
double stair_flow(double width) {
  pedestrian::VenueModel model;
  model.dt = 0.02;
  const double low = 5 - width / 2, high = 5 + width / 2;
  Hall hall({rectangle(0, 0, 10, 10), rectangle(10, low, 14, high), rectangle(14, 0, 18, 10)},
            {{"stairs", rectangle(10, low, 14, high), 0.5}}, {}, model);
  hall.crowd(rectangle(1, 1, 8, 9), 150, hall.exit({18, 0}, {18, 10}), 1.34);
  hall.run(600);
  return hall.flow(0.2, 0.8);
}

void stairs_by_width(Check& check, const Verification&) {
  const std::vector<double> widths{1.0, 1.2, 1.4, 1.6, 1.8};
  std::vector<double> flows;
  double x = 0, y = 0, xx = 0, xy = 0;
  for (const double width : widths) {
    flows.push_back(stair_flow(width));
    x += width, y += flows.back(), xx += width * width, xy += width * flows.back();
    check.measured += text(flows.back(), 2) + ", ";
  }
  const double n = static_cast<double>(widths.size()), slope = (n * xy - x * y) / (n * xx - x * x);
  check.expected = "flow over stairs of 1.0, 1.2, 1.4, 1.6, 1.8 m: regression rises";
  check.measured += "slope " + text(slope, 2) + " persons/(s m)";
  check.tolerance = "slope > 0";
  check.passed = slope > 0;
  check.plots = {{"chimata", "幅 / width [m]", "流量 / flow [persons/s]", widths, flows, true}};
}

void corridor_and_stairs(Check& check, const Verification&) {
  // on the stairs everybody is at half speed: the same corridor with half the desired speed
  std::vector<Criterion> criteria;
  for (const double speed : {1.0, 0.5}) {
    LoopPeople people;
    people.speed = speed, people.spread = 0;
    std::vector<double> speeds;
    for (const double density : {0.5, 1.0, 2.0, 3.0, 4.0}) {
      Loop loop(24, 2, static_cast<std::size_t>(density * 48), people);
      speeds.push_back(loop_speed(loop, 20, 20));
    }
    const char* where = speed == 1.0 ? "corridor" : "stairs";
    Criterion falls =
        trend(std::string(where) + ", m/s at 0.5, 1, 2, 3, 4 persons/m²", speeds, Trend::falling, 3);
    falls.expected += " or as desired";
    // people who differ in nothing but chance: within a millimetre per second
    falls.met =
        std::is_sorted(speeds.rbegin(), speeds.rend(), [](double a, double b) { return a < b - 1e-3; }) &&
        speeds.back() < 0.5 * speeds.front();
    criteria.push_back(falls);
    criteria.push_back(
        {"at most " + text(speed, 1) + " m/s", text(speeds.front(), 3), speeds.front() <= speed + 1e-9});
  }
  expect_each(check, criteria);
}

}  // namespace

std::vector<Question> iso_checks() {
  return {
      {"iso_12_stairs", "階段の幅と流量 (ISO 12)", "Flow by width of stairs (ISO 12)", kIso, 'B',
       stairs_by_width},
      {"iso_13_diagram", "廊下と階段の密度と速度 (ISO 13)",
       "Speed by density in a corridor and on stairs (ISO 13)", kIso, 'B', corridor_and_stairs},
  };
}

}  // namespace chimata::verification
