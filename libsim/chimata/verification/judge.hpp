/// How a check states what it expects and what it found. Private to this room.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "chimata/verification/check.hpp"

namespace chimata::verification {

/// `value` with so many decimals.
[[nodiscard]] std::string text(double value, int decimals = 0);

/// Passed if |measured - expected| <= tolerance.
void expect_near(Check& check, double measured, double expected, double tolerance, const std::string& unit,
                 int decimals);
/// Passed if low <= measured <= high.
void expect_between(Check& check, double measured, double low, double high, const std::string& unit,
                    int decimals);
/// Passed if nothing was found wrong in `cases` cases.
void expect_none_wrong(Check& check, std::size_t wrong, std::size_t cases, const std::string& what);

/// One of several things that a check asks for.
struct Criterion {
  std::string expected, measured;
  bool met;
};
/// Passed if all are met.
void expect_each(Check& check, const std::vector<Criterion>& criteria);

/// Which way values should go.
enum class Trend : std::uint8_t { rising, falling };
/// Strictly so, and all finite. `over`: what the values are taken over, with unit.
[[nodiscard]] Criterion trend(const std::string& over, const std::vector<double>& values, Trend way,
                              int decimals);

/// Kolmogorov-Smirnov distance of a sample from a distribution, and the distance that it exceeds in 5 of 100
/// cases (Stephens 1970: 1.358 / (sqrt n + 0.12 + 0.11 / sqrt n)).
[[nodiscard]] double ks_distance(std::vector<double> sample,
                                 const std::function<double(double)>& distribution);
[[nodiscard]] double ks_limit(std::size_t count);

}  // namespace chimata::verification
