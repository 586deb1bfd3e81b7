/// Arithmetic written for eight lanes at a time.
///
/// The loops of this room run over groups of eight values, whatever the machine: a sum is always taken in the
/// same order, so SSE2, AVX2 and AVX-512 give the same bits. `#pragma omp simd` needs -fopenmp-simd and no
/// runtime.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace chimata::pedestrian {

inline constexpr std::size_t kLanes = 8;

/// `count` rounded up to whole groups.
[[nodiscard]] constexpr std::size_t whole_groups(std::size_t count) {
  return (count + kLanes - 1) / kLanes * kLanes;
}

/// e^x, relative error below 4e-16, for x limited to -600..700 (far from numbers so small that
/// processors stumble); no branch, so that lanes can do it together.
[[gnu::always_inline]] inline double lane_exp(double x) {
  constexpr double kRound = 0x1.8p52;  // adding it leaves the nearest whole number in the lowest bits
  constexpr double kLn2High = 0x1.62e42fefa38p-1, kLn2Low = 0x1.ef35793c7673p-45;
  x = x < 700.0 ? x : 700.0;
  x = x > -600.0 ? x : -600.0;
  const double shifted = x * 0x1.71547652b82fep0 + kRound;
  const double k = shifted - kRound;
  const double r = (x - k * kLn2High) - k * kLn2Low;  // x = k ln 2 + r, |r| <= ln 2 / 2
  // Taylor's series up to the 13th power, whose successor is below one ulp
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 1.0 / 2.0;
  p = p * r + 1.0;
  p = p * r + 1.0;
  const std::uint64_t power = (std::bit_cast<std::uint64_t>(shifted) + 1023) << 52;  // 2^k
  return p * std::bit_cast<double>(power);
}

/// The sum of eight lanes, always in this order.
[[gnu::always_inline]] inline double sum_of(const double (&lane)[kLanes]) {
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/// The least of eight lanes.
[[gnu::always_inline]] inline double least_of(const double (&lane)[kLanes]) {
  double half[kLanes / 2];
  for (std::size_t i = 0; i < kLanes / 2; ++i) half[i] = lane[i] < lane[i + 4] ? lane[i] : lane[i + 4];
  const double even = half[0] < half[2] ? half[0] : half[2], odd = half[1] < half[3] ? half[1] : half[3];
  return even < odd ? even : odd;
}

}  // namespace chimata::pedestrian
