#include "chimata/core/fast_math.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace chimata;

TEST_CASE("exp and log stay within their stated error of the exact value") {
  double worst_exp = 0, worst_log = 0;
  for (int i = -70'000; i <= 70'000; ++i) {
    const double x = i * 0.01 + 0.00123;
    const long double exact = std::exp(static_cast<long double>(x));
    worst_exp = std::max(worst_exp, static_cast<double>(std::fabs((fast::exp(x) - exact) / exact)));
    const double y = static_cast<double>(exact);
    if (std::fabs(x) > 0.1) {
      const long double exact_log = std::log(static_cast<long double>(y));
      worst_log = std::max(worst_log, static_cast<double>(std::fabs((fast::log(y) - exact_log) / exact_log)));
    }
  }
  CHECK(worst_exp < 4e-16);
  CHECK(worst_log < 4e-16);
}

TEST_CASE("exp and log keep their limits") {
  CHECK(fast::exp(0) == 1);
  CHECK(fast::exp(-1000) == 0);
  CHECK(std::isinf(fast::exp(1000)));
  CHECK(std::isnan(fast::exp(std::nan(""))));
  CHECK(fast::log(1) == 0);
  CHECK(std::isinf(fast::log(0)));
  CHECK(std::isnan(fast::log(-1)));
}

TEST_CASE("the normal quantile is the inverse of the normal distribution") {
  for (const double p : {1e-12, 1e-6, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.999999}) {
    const double z = fast::normal_quantile(p);
    CHECK(0.5 * std::erfc(-z / std::sqrt(2.0)) == doctest::Approx(p).epsilon(1e-12));
  }
  CHECK(fast::normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-14));
}
