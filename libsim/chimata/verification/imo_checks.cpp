/// The crowd engine against the tests of IMO MSC.1/Circ.1533 that RiMEA does not have.
#include <algorithm>
#include <cmath>

#include "chimata/verification/experiments.hpp"
#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

using pedestrian::DoorFlow;

void walking_speed(Check& check, const Verification&) {
  expect_near(check, 40 / time_alone(40, 1.0, 0), 1.0, 0.05, "m/s", 3);
}

void capped_flow(Check& check, const Verification&) {
  expect_between(check, room_flow({DoorFlow::capped, 1.33, 1.0}), 1.2, 1.34, "persons/s", 3);
}

void demographics(Check& check, const Verification&) {
  constexpr Purpose purpose{"verification.demographics"};
  std::vector<double> given;
  for (std::uint32_t i = 0; i < 50; ++i)
    given.push_back(0.97 + (1.62 - 0.97) * Random{Seed{8}}.uniform(purpose, i));
  const auto walked = free_speeds(given);
  const auto [low, high] = std::minmax_element(walked.begin(), walked.end());
  const double distance =
      ks_distance(walked, [](double v) { return std::clamp((v - 0.97) / (1.62 - 0.97), 0.0, 1.0); });
  expect_each(check, {{"50 men of 30 to 50 years: 0.97 to 1.62 m/s", text(*low, 3) + " to " + text(*high, 3),
                       *low > 0.965 && *high < 1.625},
                      {"uniform: distance below " + text(ks_limit(50), 3), text(distance, 3),
                       distance < ks_limit(50)}});
}

void counterflows(Check& check, const Verification& models) {
  // a jam breaks up by chance: means of several draws of where everybody stands
  Walking by;
  by.law = pedestrian::kRecommendedLaw;
  const std::uint32_t draws = models.thorough ? 8 : 4;
  const std::vector<double> evac{50.0, 75.0, 106.9, 136.1};
  Series run{"chimata", "対向する人数 / persons against", "時間 / time [s]", {}, {}, true};
  Series other{"FDS+Evac", run.x_label, run.y_label, {}, evac};
  std::vector<double> times;
  double overlap = 0;
  for (const std::size_t against : {0u, 10u, 50u, 100u}) {
    double sum = 0;
    for (std::uint32_t draw = 0; draw < draws; ++draw) {
      const Met met = counterflow(against, draw, by);
      sum += met.time_s, overlap = std::max(overlap, met.overlap);
    }
    times.push_back(sum / draws);
    run.x.push_back(static_cast<double>(against)), run.y.push_back(times.back());
    other.x.push_back(run.x.back());
  }
  double farthest = 0;
  for (std::size_t i = 0; i < evac.size(); ++i)
    farthest = std::max(farthest, std::fabs(times[i] / evac[i] - 1));
  expect_each(check, {trend("100 against 0, 10, 50, 100: mean s of " + text(draws) + " draws", times,
                            Trend::rising, 1),
                      {"within 50 % of FDS+Evac (50.0, 75.0, 106.9, 136.1 s)",
                       text(100 * farthest) + " % at worst", farthest <= 0.5},
                      {"nobody through anybody: centres never nearer than 0.2 m",
                       text(0.4 - overlap, 3) + " m", 0.4 - overlap >= 0.2}});
  check.plots = {other, run};
}

}  // namespace

std::vector<Question> imo_checks() {
  return {
      {"imo_1_speed", "指定した歩行速度 (IMO 1, NIST 2.1, ISO 2)",
       "Walking speed as set (IMO 1, NIST 2.1, ISO 2)", kImo, 'B', walking_speed},
      {"imo_4_capped_door", "出口の流量上限 (IMO 4, NIST 5.2, ISO 11)",
       "Door with a bounded flow (IMO 4, NIST 5.2, ISO 11)", kImo, 'B', capped_flow},
      {"imo_7_demographics", "属性による歩行速度の分布 (IMO 7)", "Speeds of a group of people (IMO 7)", kImo,
       'B', demographics},
      {"imo_8_counterflow", "対向流 (IMO 8, NIST 2.8, ISO 6)", "Counterflow (IMO 8, NIST 2.8, ISO 6)", kImo,
       'B', counterflows},
  };
}

}  // namespace chimata::verification
