#include "chimata/core/percentile.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace chimata;

TEST_CASE("a percentile is the least value that its share does not exceed") {
  CHECK(percentile({5, 1, 3, 2, 4}, 0.5) == 3);
  CHECK(percentile({5, 1, NAN, 3, 2, 4}, 0.95) == 5);
  CHECK(percentile({7}, 0) == 7);
  CHECK(std::isnan(percentile({NAN}, 0.5)));
  CHECK(std::isnan(percentile({}, 0.5)));
}
