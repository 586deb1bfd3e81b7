/// The crowd engine against those tests of NIST TN 1822 that neither RiMEA nor IMO has.
#include <algorithm>
#include <cmath>

#include "chimata/core/fast_math.hpp"
#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

/// Share of the standard normal distribution below x.
double normal_share(double x) {
  return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

/// Share of a gamma distribution below x: the series of the lower incomplete gamma function.
double gamma_share(double x, double shape, double scale) {
  const double z = x / scale;
  double term = 1 / shape, sum = term;
  for (int n = 1; n < 1000 && term > 1e-15 * sum; ++n) sum += term *= z / (shape + n);
  return sum * std::exp(-z + shape * std::log(z) - std::lgamma(shape));
}

struct Delay {
  const char* name;
  double (*share)(double seconds);  ///< who has set out by then
};
constexpr Delay kDelays[] = {
    {"uniform (10, 100)", [](double t) { return std::clamp((t - 10) / 90, 0.0, 1.0); }},
    {"gamma (1.291, 103.9)", [](double t) { return gamma_share(t, 1.291, 103.901); }},
    {"lognormal (4.586, 0.967)", [](double t) { return normal_share((std::log(t) - 4.586) / 0.967); }},
    {"Weibull (139.3, 1.195)", [](double t) { return 1 - std::exp(-std::pow(t / 139.285, 1.195)); }},
};

/// The moment by which a share has set out.
double moment(const Delay& delay, double share) {
  double low = 1e-6, high = 1e5;
  for (int i = 0; i < 100; ++i) (delay.share((low + high) / 2) < share ? low : high) = (low + high) / 2;
  return low;
}

void premovement_laws(Check& check, const Verification&) {
  constexpr Purpose purpose{"verification.premovement"};
  std::vector<Criterion> criteria;
  std::uint32_t number = 0;
  for (const Delay& delay : kDelays) {
    std::vector<double> starts;
    for (std::uint32_t i = 0; i < 10; ++i)
      starts.push_back(moment(delay, Random{Seed{1}}.uniform(purpose, i, number)));
    ++number;
    const double distance = ks_distance(setting_out(starts), delay.share);
    criteria.push_back({std::string(delay.name) + ": distance below " + text(ks_limit(10), 3),
                        text(distance, 3), distance < ks_limit(10)});
  }
  expect_each(check, criteria);
}

void normal_speeds(Check& check, const Verification&) {
  constexpr Purpose purpose{"verification.speeds"};
  std::vector<double> given;
  for (std::uint32_t i = 0; i < 100; ++i) given.push_back(1.2 + 0.2 * Random{Seed{3}}.normal(purpose, i));
  const auto walked = free_speeds(given);
  double sum = 0, squares = 0;
  for (const double v : walked) sum += v, squares += v * v;
  const double mean = sum / 100, deviation = std::sqrt(squares / 100 - mean * mean);
  const double distance = ks_distance(walked, [](double v) { return normal_share((v - 1.2) / 0.2); });
  expect_each(
      check,
      {{"100 persons, mean 1.20 ± 0.05 m/s", text(mean, 3), std::fabs(mean - 1.2) <= 0.05},
       {"standard deviation 0.20 ± 0.05 m/s", text(deviation, 3), std::fabs(deviation - 0.2) <= 0.05},
       {"normal: distance below " + text(ks_limit(100), 3), text(distance, 3), distance < ks_limit(100)}});
}

/// 25 persons through a passage of 1.5 m; the first of them perhaps slow and wide. s until all are out.
double with_impaired(bool impaired) {
  Hall hall({rectangle(0, 0, 5, 6), rectangle(5, 2.25, 10, 3.75), rectangle(10, 0, 15, 6)});
  const auto journey = hall.exit({15, 2}, {15, 4});
  hall.crowd(rectangle(3.6, 2.2, 4.6, 3.8), 1, journey, impaired ? 0.8 : 1.25, impaired ? 0.4 : 0.2);
  hall.crowd(rectangle(0, 0, 3.2, 6), 24, journey, 1.25, 0.2);
  hall.run(600);
  return hall.cleared_at();
}

void impaired(Check& check, const Verification&) {
  const double control = with_impaired(false), slow = with_impaired(true);
  check.expected = "24 persons of 1.25 m/s and one of 0.8 m/s, 0.8 m wide: later than 25 of 1.25 m/s";
  check.measured = text(slow, 1) + " against " + text(control, 1) + " s";
  check.tolerance = "strictly";
  check.passed = slow > control && std::isfinite(slow);
}

constexpr std::size_t kNoLeader = 5;

/// s between the first and the last of five persons out of two rooms of 10 x 10 m and the corridor of 10 x 2
/// m between them; the last may be slow, and they may belong together and be led by one.
double apart(double slowest, bool together, std::size_t leader = kNoLeader) {
  Hall hall({rectangle(0, 0, 10, 10), rectangle(10, 4, 20, 6), rectangle(20, 0, 30, 10)});
  const auto journey = hall.exit({30, 4.5}, {30, 5.5});
  hall.crowd(rectangle(1, 3, 4, 7), 4, journey, 1.25, 0.2);
  hall.crowd(rectangle(1, 3, 4, 7), 1, journey, slowest, 0.2);
  if (together) {
    for (auto& person : hall.people()) person.group = 1;
    if (leader != kNoLeader) hall.people()[leader].leads = true;
  }
  hall.run(300);
  double first = INFINITY, last = 0;
  for (std::uint32_t i = 0; i < 5; ++i)
    first = std::min(first, hall.left_at(i)), last = std::max(last, hall.left_at(i));
  return last - first;
}

void groups(Check& check, const Verification&) {
  const double nist = apart(0.5, true), iso = apart(1.25, true), alone = apart(0.5, false);
  const double led_by_fast = apart(0.5, true, 0), led_by_slow = apart(0.5, true, 4);
  expect_each(check,
              {{"NIST: 4 persons of 1.25 m/s and 1 of 0.5 m/s leave within 10 s of each other",
                text(nist, 1) + " s", nist <= 10},
               {"ISO: 5 of 1.25 m/s too", text(iso, 1) + " s", iso <= 10},
               {"the same group led by one of the four", text(led_by_fast, 1) + " s", led_by_fast <= 10},
               {"or by the slow one", text(led_by_slow, 1) + " s", led_by_slow <= 10},
               {"and the first five would not if they were strangers", text(alone, 1) + " s", alone > 10}});
}

}  // namespace

std::vector<Question> nist_checks() {
  return {
      {"nist_11_premovement", "反応時間の4つの分布 (NIST 1.1, ISO 1)",
       "Four laws of pre-movement time (NIST 1.1, ISO 1)", kNist, 'B', premovement_laws},
      {"nist_24_speeds", "正規分布の歩行速度、100人 (NIST 2.4, ISO 5)",
       "Normal speeds of 100 persons (NIST 2.4, ISO 5)", kNist, 'B', normal_speeds},
      {"nist_29_groups", "集団行動 (NIST 2.9, ISO 14)", "Groups (NIST 2.9, ISO 14)", kNist, 'B', groups},
      {"nist_210_impaired", "移動に困難のある人 (NIST 2.10, ISO 7)",
       "Somebody with a disability (NIST 2.10, ISO 7)", kNist, 'B', impaired},
  };
}

}  // namespace chimata::verification
