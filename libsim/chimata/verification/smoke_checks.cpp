/// Crowds in smoke, gases and water against NIST TN 1822, ISO 20414 and sums by hand.
#include <cmath>

#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

using namespace pedestrian;

/// One quantity everywhere, changing evenly between moments.
Layer everywhere(Quantity quantity, std::vector<double> values, std::vector<double> times_s = {0}) {
  Layer layer;
  layer.quantity = quantity;
  layer.values = std::move(values);
  layer.times_s = std::move(times_s);
  return layer;
}

/// s for 100 m at a free speed, alone, in this smoke.
double through_smoke(double extinction, double speed, SmokeLaw law = SmokeLaw::jin) {
  Hall hall({rectangle(0, 0, 101, 2)});
  Surroundings surroundings;
  surroundings.smoke.law = law;
  surroundings.add(everywhere(Quantity::smoke, {extinction}));
  hall.venue().set_surroundings(surroundings);
  const auto journey = hall.exit({101, 0}, {101, 2});
  hall.add({0.7, 1}, journey, speed);  // out 0.3 m before the line: body and reach
  hall.run(2000);
  return hall.left_at(0);
}

void speed_in_smoke(Check& check, const Verification&) {
  std::vector<Criterion> criteria;
  const auto ask = [&](double extinction, double speed, double right, SmokeLaw law = SmokeLaw::jin) {
    const double time = through_smoke(extinction, speed, law);
    criteria.push_back({"100 m at " + text(speed, 2) + " m/s, " + text(extinction, 1) + "/m" +
                            (law == SmokeLaw::jin ? "" : " (Frantzich, Nilsson)") + ": " + text(right, 1) +
                            " s ± 1 %",
                        text(time, 1) + " s", std::fabs(time - right) <= 0.01 * right});
  };
  ask(0, 1.25, 100 / 1.25);
  ask(0.5, 1.25, 100 / (0.75 * 1.25));
  ask(1, 1.25, 160);
  ask(3, 1.25, 100 / 0.3);
  ask(1, 1.0, 200);
  ask(3, 1.25, 100 / (1.25 * (1 - 3 * 0.057 / 0.706)), SmokeLaw::frantzich_nilsson);
  expect_each(check, criteria);
}

/// Purser's dose per s, written out once more.
double dose_per_s(double co, double co2, double o2) {
  return 4.607e-7 * std::pow(co, 1.036) * std::exp(0.193 * co2 + 2.0004) / 7.1 +
         1 / (60 * std::exp(8.13 - 0.54 * (20.9 - o2)));
}

void dose(Check& check, const Verification&) {
  std::vector<Criterion> criteria;
  const auto ask = [&](const char* what, const std::vector<Layer>& layers, double right) {
    Hall hall({rectangle(0, 0, 5, 5)});
    Surroundings surroundings;
    for (const Layer& layer : layers) surroundings.add(layer);
    hall.venue().set_surroundings(surroundings);
    hall.add({2.5, 2.5}, hall.exit({5, 2}, {5, 3}), 1, 3000);
    hall.run(std::ceil(right) + 5);
    const double down = hall.venue().exposure(PersonId{0u}).down_s;
    criteria.push_back(
        {std::string(what) + ": incapacitated after " + text(right, 1) + " s, within a look of 0.5 s",
         text(down, 1) + " s", down >= right - 1e-9 && down - right <= 0.5});
  };
  ask("5000 ppm CO, 2 % CO2, 18 % O2",
      {everywhere(Quantity::co, {5000}), everywhere(Quantity::co2, {2}), everywhere(Quantity::o2, {18})},
      1 / dose_per_s(5000, 2, 18));
  ask("12 % O2 alone", {everywhere(Quantity::o2, {12})}, 1 / dose_per_s(0, 0, 12));
  // CO that rises evenly by 20 ppm a second, with 18 % of oxygen: the sum of small steps
  double sum = 0, time = 0;
  for (constexpr double step = 1e-3; sum < 1; time += step)
    sum += step * dose_per_s(20 * (time + step / 2), 0, 18);
  ask("CO rising by 20 ppm/s, 18 % O2",
      {everywhere(Quantity::co, {0, 20000}, {0, 1000}), everywhere(Quantity::o2, {18})}, time);
  expect_each(check, criteria);
}

void water(Check& check, const Verification&) {
  std::vector<Criterion> criteria;
  for (const double depth : {0.2, 0.5, 0.75}) {
    Hall hall({rectangle(0, 0, 41, 2)});
    Surroundings surroundings;
    surroundings.add(everywhere(Quantity::water, {depth}));
    hall.venue().set_surroundings(surroundings);
    hall.add({0.7, 1}, hall.exit({41, 0}, {41, 2}), 1.3);
    hall.run(600);
    const double right = depth < 0.7 ? 40 / (1.3 * (1 - depth)) : std::numeric_limits<double>::infinity();
    const double time = hall.left_at(0);
    criteria.push_back(
        {"an adult in " + text(depth, 2) +
             " m: " + (std::isfinite(right) ? text(right, 1) + " s ± 1 % for 40 m" : "does not move"),
         std::isfinite(time) ? text(time, 1) + " s" : "stands",
         std::isfinite(right) ? std::fabs(time - right) <= 0.01 * right : !std::isfinite(time)});
  }
  expect_each(check, criteria);
}

}  // namespace

std::vector<Question> smoke_checks() {
  return {
      {"nist_25_smoke", "煙の中の歩行速度 (NIST 2.5, ISO 18)", "Speed in smoke (NIST 2.5, ISO 18)", kNist,
       'B', speed_in_smoke},
      {"nist_26_dose", "有毒ガスの摂取量 (NIST 2.6, ISO 19)", "Dose of toxic gases (NIST 2.6, ISO 19)", kNist,
       'B', dose},
      {"area_water", "水の中の歩行速度", "Speed in water",
       "CrowdWalk's Flood rule, v = v0 (1 - h / 1.0 m); limit of adults 0.7 m (Ise Bay typhoon survey)", 'B',
       water},
  };
}

}  // namespace chimata::verification
