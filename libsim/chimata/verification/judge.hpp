/// How a check states what it expects and what it found. Private to this room.
#pragma once

#include <string>

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

}  // namespace chimata::verification
