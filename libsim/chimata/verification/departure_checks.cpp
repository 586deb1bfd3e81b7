/// Who leaves, and when.
#include <algorithm>
#include <cmath>
#include <vector>

#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"
#include "chimata/verification/town.hpp"

namespace chimata::verification {

namespace {

constexpr double kSigma = 99;   // s, 1.65 min
constexpr double kOrder = 600;  // s

/// Delays in s from the order to the door, ascending, of 5000 people who all heed it.
std::vector<double> delays(const Verification& models) {
  TownPlan plan;
  plan.people = models.thorough ? 50'000 : 5000;
  plan.order_at = kOrder, plan.compliance = 1, plan.flood = false;
  plan.capacity_factor = 4;
  plan.departure_mean = duration_of(kSigma * std::sqrt(std::acos(-1.0) / 2));
  Town town(plan, models);
  town.kernel().run_until(time_of(kOrder + 1200));
  const TableSet tables = town.tables();
  std::vector<double> all;
  for (const double departed : tables.at("persons").get<double>("departed_s")) {
    if (departed == departed) all.push_back(departed - kOrder);
  }
  std::sort(all.begin(), all.end());
  return all;
}

double rayleigh(double t) {
  return 1 - std::exp(-t * t / (2 * kSigma * kSigma));
}

void departure_law(Check& check, const Verification& models) {
  const std::vector<double> sample = delays(models);
  const auto n = static_cast<double>(sample.size());
  Series law{"1 - exp(-t² / 2σ²), σ = 1.65 min", "時間 / time [s]", "累積割合 / share", {}, {}};
  Series run{"chimata", law.x_label, law.y_label, {}, {}, true};
  double distance = 0, within = 0, mean = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double p = rayleigh(sample[i]);
    distance = std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
    within += sample[i] <= 300;
    mean += sample[i] / n;
    if (i % (sample.size() / 40) == 0)
      run.x.push_back(sample[i]), run.y.push_back(static_cast<double>(i) / n);
  }
  for (int t = 0; t <= 420; t += 5) law.x.push_back(t), law.y.push_back(rayleigh(t));
  const double critical = 1.628 / std::sqrt(n), error = 3 * std::sqrt(0.9899 * 0.0101 / n);
  check.expected =
      "Kolmogorov-Smirnov distance below " + text(critical, 4) + "; 98.99 % within 5 min; mean 124.1 s";
  check.measured = text(distance, 4) + "; " + text(100 * within / n, 2) + " %; " + text(mean, 1) + " s (" +
                   text(n) + " people)";
  check.tolerance = "1 % level; ± " + text(100 * error, 2) + " points; ± 3 s";
  check.passed =
      distance < critical && std::fabs(within / n - 0.9899) <= error && std::fabs(mean - 124.1) <= 3;
  check.plots = {law, run};
}

void compliance(Check& check, const Verification& models) {
  std::vector<std::vector<std::uint8_t>> decided;
  const std::vector<double> shares{0.1, 0.3, 0.5, 0.7, 0.9};
  bool near = true;
  for (const double share : shares) {
    TownPlan plan;
    plan.compliance = share, plan.flood = false;
    plan.people = 4000;
    Town town(plan, models);
    town.kernel().run_until(time_of(10));
    decided.push_back(town.tables().at("persons").get<std::uint8_t>("decided"));
    const double n = static_cast<double>(decided.back().size());
    const double measured =
        static_cast<double>(std::count(decided.back().begin(), decided.back().end(), 1)) / n;
    near = near && std::fabs(measured - share) <= 3.3 * std::sqrt(share * (1 - share) / n);
    check.measured += text(measured, 3) + ", ";
  }
  std::size_t lost = 0;
  for (std::size_t k = 0; k + 1 < decided.size(); ++k) {
    for (std::size_t i = 0; i < decided[k].size(); ++i) lost += decided[k][i] > decided[k + 1][i];
  }
  check.expected = "shares 0.1, 0.3, 0.5, 0.7, 0.9; whoever heeds a smaller share heeds every larger one";
  check.measured += std::to_string(lost) + " changed their mind";
  check.tolerance = "± 3.3 standard errors; exact";
  check.passed = near && lost == 0;
}

}  // namespace

std::vector<Question> departure_checks() {
  return {{"departure_rayleigh", "出発時刻のRayleigh分布", "Rayleigh law of departure",
           "Rayleigh law as the Seaside, Oregon tsunami case sets it: sigma 1.65 min, 99 % within 5 min", 'B',
           departure_law},
          {"compliance_nested", "避難率の入れ子性", "Compliance is nested",
           "Common random numbers: one draw per person", 'A', compliance}};
}

}  // namespace chimata::verification
