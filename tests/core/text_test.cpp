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

TEST_CASE("the parts of a text stand between commas, without the blanks around them") {
  using Parts = std::vector<std::string>;
  CHECK(parts_of("wheelchair, 0.02") == Parts{"wheelchair", "0.02"});
  CHECK(parts_of(" a ,, \tb c\t") == Parts{"a", "", "b c"});
  CHECK(parts_of("a, b, c, d", 3) == Parts{"a", "b", "c, d"});
  CHECK(parts_of("") == Parts{""});
  CHECK(parts_of("a,  ") == Parts{"a", ""});
}
