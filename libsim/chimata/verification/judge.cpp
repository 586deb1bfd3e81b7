#include "chimata/verification/judge.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace chimata::verification {

namespace {

std::string with_unit(const std::string& value, const std::string& unit) {
  return unit.empty() ? value : value + " " + unit;
}

}  // namespace

std::string text(double value, int decimals) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
  return buffer;
}

void expect_near(Check& check, double measured, double expected, double tolerance, const std::string& unit,
                 int decimals) {
  check.expected = with_unit(text(expected, decimals), unit);
  check.measured = with_unit(text(measured, decimals), unit);
  int digits = decimals;
  while (digits < 12 && tolerance > 0 && std::stod(text(tolerance, digits)) == 0) ++digits;
  check.tolerance = "± " + with_unit(text(tolerance, digits), unit);
  check.passed = std::fabs(measured - expected) <= tolerance;
}

void expect_between(Check& check, double measured, double low, double high, const std::string& unit,
                    int decimals) {
  check.expected = with_unit(text(low, decimals) + " – " + text(high, decimals), unit);
  check.measured = with_unit(text(measured, decimals), unit);
  check.tolerance = "inside";
  check.passed = low <= measured && measured <= high;
}

void expect_none_wrong(Check& check, std::size_t wrong, std::size_t cases, const std::string& what) {
  check.expected = "0 " + what + " differ";
  check.measured = std::to_string(wrong) + " of " + std::to_string(cases);
  check.tolerance = "exact";
  check.passed = wrong == 0 && cases > 0;
}

void expect_each(Check& check, const std::vector<Criterion>& criteria) {
  check.passed = !criteria.empty();
  check.tolerance = "as stated";
  for (const Criterion& one : criteria) {
    const char* next = &one == criteria.data() ? "" : "; ";
    check.expected += next + one.expected;
    check.measured += next + one.measured;
    check.passed = check.passed && one.met;
  }
}

Criterion trend(const std::string& over, const std::vector<double>& values, Trend way, int decimals) {
  Criterion result{over + (way == Trend::rising ? ": rising" : ": falling"), "", values.size() > 1};
  for (std::size_t i = 0; i < values.size(); ++i) {
    result.measured += (i == 0 ? "" : ", ") + (std::isfinite(values[i]) ? text(values[i], decimals) : "∞");
    const double step = i == 0 ? 0 : values[i] - values[i - 1];
    result.met =
        result.met && std::isfinite(values[i]) && (i == 0 || (way == Trend::rising ? step > 0 : step < 0));
  }
  return result;
}

double ks_distance(std::vector<double> sample, const std::function<double(double)>& distribution) {
  std::sort(sample.begin(), sample.end());
  const auto count = static_cast<double>(sample.size());
  double worst = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double share = distribution(sample[i]), below = static_cast<double>(i) / count;
    worst = std::max({worst, std::fabs(share - below), std::fabs(share - below - 1 / count)});
  }
  return worst;
}

double ks_limit(std::size_t count) {
  const double root = std::sqrt(static_cast<double>(count));
  return 1.358 / (root + 0.12 + 0.11 / root);
}

}  // namespace chimata::verification
