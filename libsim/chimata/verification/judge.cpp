#include "chimata/verification/judge.hpp"

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

}  // namespace chimata::verification
