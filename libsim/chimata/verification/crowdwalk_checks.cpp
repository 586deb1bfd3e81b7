/// CrowdWalk's law: what follows from its published constants, and what the engine does.
#include <algorithm>
#include <cmath>

#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"
#include "chimata/verification/walkers.hpp"

namespace chimata::verification {

namespace {

// restated here from WalkAgent.java so that the engine's own constants are under examination too
constexpr double kA0 = 0.962, kA1 = 0.8497467021796485, kA2 = 4.682, kSpace = 1.044, kFree = 1.02265769;

/// Steady speed in single file, everybody `spacing` metres behind the next, as many ahead as are in reach.
double steady_speed(double spacing) {
  const double reach = 2 * (kSpace + kFree);
  double push = 0;
  for (int ahead = 1; ahead * spacing <= reach; ++ahead) push += std::exp(kA2 * (kSpace - ahead * spacing));
  return kFree * (1 - kA1 / kA0 * push);
}

/// Spacing at which people follow at `speed`.
double steady_spacing(double speed) {
  double low = 0.9, high = 4;
  for (int i = 0; i < 60; ++i) (steady_speed(0.5 * (low + high)) < speed ? low : high) = 0.5 * (low + high);
  return high;
}

Verification with_law(const Verification& models) {
  Verification crowdwalk = models;
  crowdwalk.walking.law = WalkingLaw::crowdwalk;
  return crowdwalk;
}

void standing(Check& check, const Verification& models) {
  // somebody stopped by water in the middle of a street, another person slowly walking up from behind
  Walkers walkers(chain({{30, 1}}), with_law(models));
  walkers.add(0, 1, 0, 0.3, PersonClass::impaired);
  walkers.add(0, 1, 20, 0.2);
  walkers.rises = {{50, SegmentId{0u}, 0.4, 0.3, 0.7}};
  walkers.run(600);
  const TableSet tables = walkers.tables();
  const Table& legs = tables.at("legs");
  double ahead = 0, behind = 0;
  for (std::size_t row = 0; row < legs.rows(); ++row) {
    (legs.get<std::uint32_t>("person")[row] == 0 ? ahead : behind) =
        30 * double{legs.get<float>("last_fraction")[row]};
  }
  expect_near(check, ahead - behind, kSpace - std::log(kA0 / kA1) / kA2, 0.002, "m", 4);
}

void single_file(Check& check, const Verification& models) {
  Series law{"定数から / from the constants", "間隔 / spacing [m]", "流率 / flow [persons/s]", {}, {}};
  Series run{"chimata", law.x_label, law.y_label, {}, {}, true};
  double analytic = 0;
  for (double spacing = 1.02; spacing < 3; spacing += 0.02) {
    law.x.push_back(spacing), law.y.push_back(steady_speed(spacing) / spacing);
    analytic = std::max(analytic, law.y.back());
  }
  double most = 0, worst = 0;
  // by linear stability steps of 1 s are too long below 0.6 m/s: no steady state to compare with
  for (const double speed : {0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95}) {
    Walkers walkers(chain(std::vector<Piece>(60, {10, 1})), with_law(models));
    walkers.add(0, 60, 0, speed);  // whoever walks first sets the pace
    for (int i = 1; i < 20; ++i) walkers.add(0, 60, 1.6 * i, kFree);
    walkers.run(3600);
    const std::vector<double> entries = entries_of(walkers.tables(), LinkId{100u});
    // nobody is near the first few, and the last may still be catching up
    const double headway = (entries[12] - entries[4]) / 8;
    run.x.push_back(headway * speed), run.y.push_back(1 / headway);
    most = std::max(most, 1 / headway);
    worst = std::max(worst, std::fabs(headway * speed - steady_spacing(speed)));
  }
  check.expected = "greatest flow 0.61 persons/s in a lane of 1 m; spacing by speed as the constants give";
  check.measured = text(most, 4) + " persons/s (constants: " + text(analytic, 4) +
                   "); worst difference of spacing " + text(worst, 4) + " m";
  check.tolerance = "± 0.01 persons/s, ± 0.01 m";
  check.passed = std::fabs(most - 0.61) <= 0.01 && worst <= 0.01;
  check.plots = {law, run};
}

}  // namespace

std::vector<Question> crowdwalk_checks() {
  return {{"crowdwalk_standing", "CrowdWalk則:停止時の間隔1.017 m",
           "CrowdWalk's law: spacing 1.017 m at a standstill",
           "Computed from the constants of CrowdWalk's WalkAgent.java (AIST, 2026): 1.044 - ln(0.962 / "
           "0.8497) / 4.682",
           'A', standing},
          {"crowdwalk_flow", "CrowdWalk則:一列の最大流率0.61人/秒",
           "CrowdWalk's law: at most 0.61 persons/s in single file",
           "Computed from the constants of CrowdWalk's WalkAgent.java (AIST, 2026)", 'A', single_file}};
}

}  // namespace chimata::verification
