/// Elementary functions that give the same bits on every compiler and machine.
///
/// Built from +, -, *, / and sqrt only, which IEEE 754 rounds exactly. Error bounds are tested in
/// tests/core/fast_math_test.cpp.
#pragma once

#include <bit>
#include <cstdint>

namespace chimata::fast {

/// e^x, relative error below 4e-16 for |x| <= 700; 0 below -708, +inf above 709.
[[nodiscard]] double exp(double x);

/// Natural logarithm of x > 0 (normal numbers), relative error below 4e-16 away from 1.
[[nodiscard]] double log(double x);

/// Quantile of the standard normal distribution for 0 < p < 1, Wichura's AS 241 (1988), error below 1e-14.
[[nodiscard]] double normal_quantile(double p);

}  // namespace chimata::fast
