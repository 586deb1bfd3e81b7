#include "chimata/core/time.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace chimata;

TEST_CASE("seconds become the nearest millisecond, and moments beyond every clock stay ordered") {
  CHECK(duration_of(1.2345) == Duration{1235});
  CHECK(duration_of(-1.2345) == Duration{-1235});
  CHECK(duration_of(31 * 86'400.0) == Duration{2'678'400'000});
  const Duration longest = duration_of(std::numeric_limits<double>::infinity());
  CHECK(longest == duration_of(1e300));
  CHECK(longest > duration_of(1e9));
  CHECK(duration_of(-1e300) == -longest);
  CHECK(kStart + longest + longest < kNever);  // sums of a few do not overflow
}
