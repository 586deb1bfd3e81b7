#include "chimata/core/table.hpp"

#include <doctest/doctest.h>

using namespace chimata;

TEST_CASE("a column stays where it is when more columns are added") {
  Table table;
  auto& first = table.column<double>("t_s", "time, s");
  for (int i = 0; i < 40; ++i) table.column<std::uint32_t>("c" + std::to_string(i), "");
  first.push_back(1.5);
  CHECK(table.get<double>("t_s") == std::vector<double>{1.5});
  CHECK(table.rows() == 1);
  CHECK(&table.column<double>("t_s", "") == &first);
}
