#include "chimata/core/text.hpp"

#include <doctest/doctest.h>

using namespace chimata;

TEST_CASE("the nearest name is offered, and none if all are far") {
  const std::vector<std::string> names = {"compliance", "order_at", "informed"};
  CHECK(did_you_mean("complience", names) == "did you mean compliance?");
  CHECK(did_you_mean("order", names) == "did you mean order_at?");
  CHECK(did_you_mean("zzzzzz", names).empty());
  CHECK(did_you_mean("x", {}).empty());
}

TEST_CASE("long lists are cut and say so") {
  const std::vector<std::string> words = {"a", "b", "c", "d"};
  CHECK(listed(words) == "a, b, c, d");
  CHECK(listed(words, 2) == "a, b, … (2 more)");
}
