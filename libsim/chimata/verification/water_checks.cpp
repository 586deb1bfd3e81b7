/// Walking in water.
#include <algorithm>
#include <cmath>

#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"
#include "chimata/verification/walkers.hpp"

namespace chimata::verification {

namespace {

/// Speed in water of this depth as a share of free speed, from the time over 100 m.
double share_at(double depth, const Verification& models) {
  Walkers walkers(chain({{100, 3}}), models);
  const PersonId person = walkers.add(0, 1, 10, 1.0);
  walkers.rises = {{0, SegmentId{0u}, depth}};
  walkers.run(7200);
  return 100 / (walkers.arrival(person) - 10);
}

void wading(Check& check, const Verification& models) {
  Series law{"1 - h / 1 m", "水深 / depth [m]", "速度比 / share of free speed", {}, {}};
  Series run{"chimata", law.x_label, law.y_label, {}, {}, true};
  Series trial{"Li et al. 2026", law.x_label, law.y_label, {0.35, 0.35}, {1 - 0.386, 1 - 0.448}, true};
  double worst = 0, at_35 = 0;
  for (const double depth : {0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65}) {
    const double share = share_at(depth, models);
    worst = std::max(worst, std::fabs(share - (1 - depth)));
    if (depth == 0.35) at_35 = share;
    law.x.push_back(depth), law.y.push_back(1 - depth);
    run.x.push_back(depth), run.y.push_back(share);
  }
  check.expected =
      "1 - h / 1 m: 0.650 at 0.35 m (for comparison Li et al. 2026 measured 0.614 men, 0.552 women)";
  check.measured = text(at_35, 4) + " at 0.35 m; worst difference " + text(worst, 5);
  check.tolerance = "± 0.0005";
  check.passed = worst <= 0.0005;
  check.plots = {law, run, trial};
}

void stopped(Check& check, const Verification& models) {
  // water of growing depth over the whole street, once everybody is in the middle of it
  constexpr PersonClass classes[] = {PersonClass::adult, PersonClass::child, PersonClass::elderly,
                                     PersonClass::impaired};
  constexpr double limits[] = {0.7, 0.3, 0.5, 0.3};
  std::size_t wrong = 0, cases = 0;
  for (int c = 0; c < 4; ++c) {
    for (const double off : {-0.01, 0.0, 0.01}) {
      Walkers walkers(chain({{100, 3}}), models);
      walkers.add(0, 1, 0, 1.0, classes[c]);
      walkers.rises = {{50, SegmentId{0u}, limits[c] + off}};
      walkers.run(2000);
      // single precision decides at the limit itself
      const bool expected = off < 0 || (off == 0 && static_cast<float>(limits[c]) < limits[c]);
      wrong += (walkers.arrived() == 1) != expected;
      ++cases;
    }
  }
  expect_none_wrong(check, wrong, cases, "outcomes");
  check.expected = "adults stop at 0.7 m, elderly at 0.5 m, children and impaired at 0.3 m";
}

}  // namespace

std::vector<Question> water_checks() {
  return {{"wading", "浸水深による速度低下(線形則)", "Slowing by depth of water",
           "CrowdWalk Flood.java (AIST, 2026): v = v0 (1 - h / 1 m)", 'A', wading},
          {"wading_limits", "歩行不能となる水深", "Depths that stop people",
           "Ise Bay typhoon survey: men about 0.7 m, women about 0.5 m, hard for anyone from 0.3 m", 'B',
           stopped}};
}

}  // namespace chimata::verification
