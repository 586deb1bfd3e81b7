/// Cars against kinematic wave theory with the triangular diagram.
#include <algorithm>
#include <cmath>

#include "chimata/driving/jams.hpp"
#include "chimata/verification/cars.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

void free_flow(Check& check, const Verification&) {
  Cars cars({{'A', 'B'}});
  cars.stream(0, 500, 0.5, "AB");
  cars.run_until(700);
  expect_near(check, cars.total_time(), 12500, 0, "veh·s", 1);
}

void diagram(Check& check, const Verification&) {
  Series theory{
      "三角形 / triangle", "密度 / density [veh/m]", "交通流率 / flow [veh/s]", {0, 0.04, 0.2}, {0, 0.8, 0}};
  Series run{"chimata", theory.x_label, theory.y_label, {}, {}, true};
  double worst = 0;
  for (const int count : {10, 20, 40, 60, 100, 150, 190}) {
    Cars cars({{'A', 'B', 250}, {'B', 'C', 250}, {'C', 'D', 250}, {'D', 'A', 250}});
    for (int car = 0; car < count; ++car) {
      std::string way;
      for (int i = 0; i < 300; ++i) way += "ABCD"[(i + car) % 4];
      cars.start(0, way);
    }
    cars.run_until(2000);
    const double density = count / 1000.0, flow = cars.outflow("AB", 1000, 2000);
    run.x.push_back(density), run.y.push_back(flow);
    worst = std::max(worst, std::fabs(flow - std::min(20 * density, 5 * (0.2 - density))));
  }
  expect_near(check, worst, 0, 0.008, "veh/s off", 4);
  check.plots = {theory, run};
}

void bottleneck(Check& check, const Verification&) {
  Cars cars({{'A', 'B', 1000, 1, 2.0 / 3 / 0.8}, {'B', 'C'}});
  cars.stream(0, 500, 0.8, "ABC");
  cars.stream(500, 1500, 0.4, "ABC");
  cars.run_until(2000);
  expect_near(check, cars.total_time(), 105000, 525, "veh·s", 0);
  check.passed = check.passed && cars.arrived() == 800;
}

void spill_back(Check& check, const Verification&) {
  const auto first_held_up = [](const std::vector<double>& entries, double headway) {
    for (std::size_t i = 2; i < entries.size(); ++i) {
      if (entries[i] - entries[i - 2] > 1.8 * headway) return entries[i - 2];
    }
    return -1.0;
  };
  double worst = 0;
  const double expected[2][3] = {{0.6, 300, 750}, {0.8, 175, 375}};
  check.measured.clear();
  for (const auto& [demand, full, blocked] : expected) {
    Cars cars({{'A', 'B'}, {'B', 'C', 500, 1, 0.5}, {'C', 'D'}});
    cars.stream(0, 1500, demand, "ABCD");
    cars.run_until(1500);
    const double a = first_held_up(cars.entries("BC"), 2.5), b = first_held_up(cars.entries("AB"), 2.5);
    worst = std::max({worst, std::fabs(a - full), std::fabs(b - blocked)});
    check.measured += text(a, 1) + " s, " + text(b, 1) + " s; ";
  }
  check.expected = "300 s, 750 s; 175 s, 375 s";
  check.tolerance = "± 2.5 s (one car)";
  check.passed = worst <= 2.5;
}

void signal(Check& check, const Verification&) {
  SignalPlan plan{NodeId::none(), 60, 30, {{30, 30, {{LinkId{0u}, LinkId{2u}}}}}};
  Cars cars({{'A', 'B', 1000, 20}, {'B', 'C', 1000, 20}}, &plan);
  cars.stream(0, 1200, 4, "ABC");
  cars.run_until(1500);
  double delay = 0, last = 0;
  for (const driving::Passage& passage : cars.passages()) {
    const double departed = cars.traffic().departed[passage.vehicle];
    if (passage.from != cars.link("AB") || departed < 600 || departed >= 1140) continue;
    delay += (passage.time - departed - 50) / (540 * 4);
    if (passage.time - departed > 50.1) last = std::max(last, std::fmod(passage.time, 60.0) - 30);
  }
  // who is last stopped stands L back, starts L/w into green and is at the line L/u later
  const double queue = last / (1 / 5.0 + 1 / 20.0);
  check.expected = "10.0 s, 40.0 m";
  check.measured = text(delay, 2) + " s, " + text(queue, 1) + " m";
  check.tolerance = "± 1 %";
  check.passed = std::fabs(delay - 10) <= 0.1 && std::fabs(queue - 40) <= 0.4;
}

void merges(Check& check, const Verification&) {
  struct Case {
    int lanes;
    double minor_demand, major, minor;
  };
  double worst = 0;
  check.measured.clear();
  for (const Case& each : {Case{1, 0.8, 0.4, 0.4}, {2, 0.8, 1.6 / 3, 0.8 / 3}, {1, 0.1, 0.7, 0.1}}) {
    Cars cars({{'A', 'C', 1000, each.lanes}, {'B', 'C'}, {'C', 'D'}});
    cars.stream(0, 2000, 0.8, "ACD");
    cars.stream(0, 2000, each.minor_demand, "BCD");
    cars.run_until(2000);
    const double major = cars.outflow("AC", 500, 2000), minor = cars.outflow("BC", 500, 2000);
    worst = std::max({worst, std::fabs(major / each.major - 1), std::fabs(minor / each.minor - 1)});
    check.measured += text(major, 3) + "/" + text(minor, 3) + " ";
  }
  check.expected = "0.400/0.400 0.533/0.267 0.700/0.100 veh/s";
  check.tolerance = "± 1 %";
  check.passed = worst <= 0.01;
}

void diverge(Check& check, const Verification&) {
  Cars cars({{'A', 'B'}, {'B', 'C', 1000, 1, 0.25}, {'B', 'D'}, {'C', 'E'}});
  for (int car = 0; car < 1600; ++car) cars.start(car / 0.8, car % 2 == 0 ? "ABCE" : "ABD");
  cars.run_until(3000);
  expect_near(check, cars.outflow("AB", 2000, 3000), 0.4, 0.004, "veh/s", 3);
}

void gridlock(Check& check, const Verification&) {
  Cars cars({{'A', 'B', 100}, {'B', 'C', 100}, {'C', 'D', 100}, {'D', 'A', 100}});
  for (int side = 0; side < 4; ++side) {
    std::string way;
    for (int i = 0; i < 9; ++i) way += "ABCD"[(side + i) % 4];
    for (int car = 0; car < 40; ++car) cars.start(0, way);
  }
  cars.run_until(3000);
  driving::Jams jams;
  const auto found = jams.look(cars.traffic(), 3000);
  const double last = cars.passages().back().time;
  check.expected = "no move after the ring has filled; one ring of 4 links named";
  check.measured = "last move at " + text(last, 1) + " s; " + text(static_cast<double>(found.size())) +
                   " ring of " + text(found.empty() ? 0 : static_cast<double>(found[0].ring.size())) +
                   " links";
  check.passed = last < 200 && found.size() == 1 && found[0].ring.size() == 4 && cars.arrived() == 0;
}

constexpr const char* kTheory =
    "derived from kinematic wave theory (Lighthill and Whitham 1955; Newell 1993) with u 20 m/s, w 5 m/s, "
    "0.2 veh/m";

}  // namespace

std::vector<Question> traffic_checks() {
  return {{"cars_free_flow", "自由流の旅行時間", "Free flow over 1 km", kTheory, 'A', free_flow},
          {"cars_fundamental_diagram", "三角形基本図", "Triangular fundamental diagram on a ring", kTheory,
           'A', diagram},
          {"cars_bottleneck", "ボトルネックの総旅行時間", "Total time at a bottleneck, origin waits included",
           kTheory, 'A', bottleneck},
          {"cars_spill_back", "渋滞の先詰まり時刻", "Moments of spill-back at demands 0.6 and 0.8", kTheory,
           'A', spill_back},
          {"cars_signal", "信号の遅れと待ち行列", "Delay and back of queue at a signal",
           "Webster's uniform delay r²/(2C(1-λ/s)) and the shock of kinematic wave theory", 'A', signal},
          {"cars_merge", "合流", "Merges", "Daganzo 1995; Tampère et al. 2011", 'A', merges},
          {"cars_diverge", "分流", "First-in first-out diverge", "Daganzo 1995; Tampère et al. 2011", 'A',
           diverge},
          {"cars_gridlock", "グリッドロック", "A gridlocked ring stands and is named", "by definition", 'A',
           gridlock}};
}

}  // namespace chimata::verification
