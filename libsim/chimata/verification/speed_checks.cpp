/// One person alone: how long a way takes.
#include <algorithm>
#include <cmath>

#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"
#include "chimata/verification/walkers.hpp"

namespace chimata::verification {

namespace {

/// Time in s that one person takes over the whole chain.
double time_over(const std::vector<Piece>& pieces, double speed, const Verification& models,
                 double depart = 0) {
  Walkers walkers(chain(pieces), models);
  const PersonId person = walkers.add(0, static_cast<std::uint32_t>(pieces.size()), depart, speed);
  walkers.run();
  return walkers.arrival(person) - depart;
}

void rimea_1(Check& check, const Verification& models) {
  expect_between(check, time_over({{40, 2}}, 1.33, models), 26, 34, "s", 2);
}

void imo_1(Check& check, const Verification& models) {
  expect_near(check, time_over({{40, 2}}, 1.0, models), 40, 0.001, "s", 3);
}

void stairs_up(Check& check, const Verification& models) {
  const Piece stairs{10, 2, 5, RoadClass::steps};
  expect_near(check, time_over({stairs}, 1.0, models), 10 / 0.5, 0.05 * 20, "s", 2);
}

void stairs_down(Check& check, const Verification& models) {
  const Piece stairs{10, 2, -5, RoadClass::steps};
  expect_near(check, time_over({stairs}, 1.0, models), 10 / 0.6, 0.05 * 10 / 0.6, "s", 2);
}

void short_links(Check& check, const Verification& models) {
  const Random random{Seed{1}};
  constexpr Purpose purpose{"verification.chain"};
  double worst = 0;
  const std::uint32_t trials = models.thorough ? 200 : 40;
  for (std::uint32_t trial = 0; trial < trials; ++trial) {
    std::vector<Piece> pieces;
    double total = 0;
    const std::uint32_t count = 1 + static_cast<std::uint32_t>(60 * random.uniform(purpose, trial, 0));
    for (std::uint32_t i = 0; i < count; ++i) {
      const double draw = random.uniform(purpose, trial, 10 + i);
      pieces.push_back({trial % 2 == 0 ? 0.05 + 0.5 * draw : 0.05 + 100 * draw, trial % 3 == 0 ? 0.8 : 5.0});
      total += pieces.back().length;
    }
    // what the engine holds is single precision
    const auto speed = static_cast<float>(0.3 + 1.5 * random.uniform(purpose, trial, 1));
    const double depart = std::round(5000 * random.uniform(purpose, trial, 2)) / 1000;
    const double taken = time_over(pieces, double{speed}, models, depart);
    worst = std::max(worst, std::fabs(taken - total / double{speed}));
  }
  expect_near(check, worst, 0, 0.0011, "s", 4);
  check.expected = "length / speed; worst difference 0 s on " + std::to_string(trials) + " chains";
}

void tobler(Check& check, const Verification& models) {
  constexpr double level = 5.036 / 3.6;  // m/s, 6 exp(-3.5 x 0.05) km/h
  Series law{"6 exp(-3.5 |S + 0.05|)", "勾配 / grade", "速度 / speed [km/h]", {}, {}};
  Series run{"chimata", law.x_label, law.y_label, {}, {}, true};
  double worst = 0, greatest = 0, best = 0;
  for (int percent = -30; percent <= 30; percent += 5) {
    const double grade = percent / 100.0, length = 500;
    const double published = 6 * std::exp(-3.5 * std::fabs(grade + 0.05));
    const double measured = 3.6 * length / time_over({{length, 3, grade * length}}, level, models);
    worst = std::max(worst, std::fabs(measured - published));
    if (measured > greatest) greatest = measured, best = grade;
    law.x.push_back(grade), law.y.push_back(published);
    run.x.push_back(grade), run.y.push_back(measured);
  }
  check.expected = "greatest 6.000 km/h at -5 %, 5.036 km/h on the level, the whole curve";
  check.measured = "greatest " + text(greatest, 3) + " km/h at " + text(100 * best) +
                   " %, worst difference " + text(worst, 4) + " km/h";
  check.tolerance = "± 0.002 km/h";
  check.passed = worst <= 0.002 && best == -0.05;
  check.plots = {law, run};
}

void reach(Check& check, const Verification& models) {
  // 10 min until the wave, 3 min until people leave, 3 min to climb: 90 m of stairs at half of 1.0 m/s
  const auto arrives = [&](double metres) {
    const std::vector<Piece> way{{metres, 4}, {90, 4, 45, RoadClass::steps}};
    return 180 + time_over(way, 1.0, models, 180);
  };
  const double near = arrives(239), limit = arrives(240), far = arrives(241);
  check.expected = "240 m: 239 m before, 241 m after 600 s";
  check.measured =
      "239 m " + text(near, 2) + " s, 240 m " + text(limit, 2) + " s, 241 m " + text(far, 2) + " s";
  check.tolerance = "± 1 m";
  check.passed = near < 600 && far > 600 && std::fabs(limit - 600) < 0.01;
}

}  // namespace

std::vector<Question> speed_checks() {
  return {{"rimea_1", "RiMEA試験1:廊下の歩行時間", "RiMEA test 1: time along a corridor",
           "RiMEA guideline, test 1: 40 m at 1.33 m/s take 26 to 34 s", 'B', rimea_1},
          {"imo_1", "IMO試験1:廊下の速度維持", "IMO test 1: keeping a set speed",
           "IMO MSC.1/Circ.1533, test 1: 40 m at 1.0 m/s take 40 s", 'B', imo_1},
          {"rimea_2", "RiMEA試験2:階段上り(速度比0.5)", "RiMEA test 2: up stairs at half speed",
           "RiMEA guideline, test 2: 10 m of stairs at the set speed, here 1.0 m/s x 0.5", 'B', stairs_up},
          {"rimea_3", "RiMEA試験3:階段下り(速度比0.6)", "RiMEA test 3: down stairs at 0.6 of the speed",
           "RiMEA guideline, test 3: 10 m of stairs at the set speed, here 1.0 m/s x 0.6", 'B', stairs_down},
          {"lone_walker", "単独歩行:短い道路の連続でも時間は距離÷速度",
           "Alone: length over speed, however short the streets",
           "Kinematics: time = length / speed, to the millisecond in which time is kept", 'A', short_links},
          {"tobler", "Toblerの勾配関数", "Tobler's hiking function",
           "Tobler 1993, NCGIA Technical Report 93-1", 'B', tobler},
          {"reachable_distance", "避難可能距離(消防庁の式)", "Reachable distance, FDMA formula",
           "FDMA tsunami evacuation plan manual: L = v (T - t start - t climb), worked example 1.0 m/s (10 - "
           "3 - 3) min = 240 m",
           'B', reach}};
}

}  // namespace chimata::verification
