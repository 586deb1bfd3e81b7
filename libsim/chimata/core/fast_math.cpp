#include "chimata/core/fast_math.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace chimata::fast {

namespace {
constexpr double kLn2High = 0x1.62e42fefa38p-1;  // 41 bits of ln 2, so that k * kLn2High is exact
constexpr double kLn2Low = 0x1.ef35793c7673p-45;
constexpr double kInverseLn2 = 0x1.71547652b82fep0;

/// 2^k for k in the range of normal numbers.
double power_of_two(std::int64_t k) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
  double value = coefficients[N - 1];
  for (std::size_t i = N - 1; i-- > 0;) value = value * x + coefficients[i];
  return value;
}
}  // namespace

double exp(double x) {
  if (!(x > -708.0)) return x != x ? x : 0.0;
  if (x > 709.0) return std::numeric_limits<double>::infinity();
  // x = k ln 2 + r with |r| <= ln 2 / 2; then Taylor's series, whose 14th term is below one ulp
  const double k = std::floor(x * kInverseLn2 + 0.5);
  const double r = (x - k * kLn2High) - k * kLn2Low;
  static constexpr std::array<double, 14> inverse_factorial = {1.0,
                                                               1.0,
                                                               1.0 / 2,
                                                               1.0 / 6,
                                                               1.0 / 24,
                                                               1.0 / 120,
                                                               1.0 / 720,
                                                               1.0 / 5040,
                                                               1.0 / 40320,
                                                               1.0 / 362880,
                                                               1.0 / 3628800,
                                                               1.0 / 39916800,
                                                               1.0 / 479001600,
                                                               1.0 / 6227020800.0};
  return polynomial(inverse_factorial, r) * power_of_two(static_cast<std::int64_t>(k));
}

double log(double x) {
  if (!(x > 0))
    return x == 0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  // x = 2^k m with sqrt(1/2) <= m < sqrt(2); then 2 artanh((m-1)/(m+1)) as a series
  const auto bits = std::bit_cast<std::uint64_t>(x);
  std::int64_t k = static_cast<std::int64_t>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFull) | 0x3FF0000000000000ull);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    ++k;
  }
  const double z = (m - 1) / (m + 1), z2 = z * z;
  static constexpr std::array<double, 11> odd_reciprocals = {
      1.0, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21};
  const double series = 2 * z * polynomial(odd_reciprocals, z2);
  const auto scale = static_cast<double>(k);
  return scale * kLn2High + (series + scale * kLn2Low);
}

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) {
    static constexpr std::array<double, 8> a = {
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
    static constexpr std::array<double, 8> b = {1.0,
                                                4.2313330701600911252e1,
                                                6.8718700749205790830e2,
                                                5.3941960214247511077e3,
                                                2.1213794301586595867e4,
                                                3.9307895800092710610e4,
                                                2.8729085735721942674e4,
                                                5.2264952788528545610e3};
    const double r = 0.180625 - q * q;
    return q * polynomial(a, r) / polynomial(b, r);
  }
  double r = std::sqrt(-log(q < 0 ? p : 1 - p));
  double tail;
  if (r <= 5) {
    static constexpr std::array<double, 8> c = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                                5.76949722146069140550e0,  3.64784832476320460504e0,
                                                1.27045825245236838258e0,  2.41780725177450611770e-1,
                                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static constexpr std::array<double, 8> d = {1.0,
                                                2.05319162663775882187e0,
                                                1.67638483018380384940e0,
                                                6.89767334985100004550e-1,
                                                1.48103976427480074590e-1,
                                                1.51986665636164571966e-2,
                                                5.47593808499534494600e-4,
                                                1.05075007164441684324e-9};
    r -= 1.6;
    tail = polynomial(c, r) / polynomial(d, r);
  } else {
    static constexpr std::array<double, 8> e = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                                1.78482653991729133580e0,  2.96560571828504891230e-1,
                                                2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static constexpr std::array<double, 8> f = {1.0,
                                                5.99832206555887937690e-1,
                                                1.36929880922735805310e-1,
                                                1.48753612908506148525e-2,
                                                7.86869131145613259100e-4,
                                                1.84631831751005468180e-5,
                                                1.42151175831644588870e-7,
                                                2.04426310338993978564e-15};
    r -= 5;
    tail = polynomial(e, r) / polynomial(f, r);
  }
  return q < 0 ? -tail : tail;
}

}  // namespace chimata::fast
