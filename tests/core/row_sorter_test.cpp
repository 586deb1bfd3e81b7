#include <doctest/doctest.h>

#include <set>

#include "chimata/core/id.hpp"
#include "chimata/core/random.hpp"
#include "chimata/core/row_sorter.hpp"

using namespace chimata;

TEST_CASE("rows are ordered alike whether few or many of them are named") {
  constexpr std::uint32_t kRows = 1000;
  RowSorter sorter(kRows);
  const Random random{Seed{1}};
  for (const std::uint32_t named : {0u, 1u, 5u, 15u, 16u, 200u, 5000u}) {
    std::vector<NodeId> rows{NodeId{kRows - 1}, NodeId{0u}, NodeId{63u}, NodeId{64u}};
    for (std::uint32_t i = 0; i < named; ++i) {
      rows.push_back(NodeId{static_cast<std::uint32_t>(random.uniform(Purpose{"test"}, i, named) * kRows)});
    }
    const std::set<NodeId> once(rows.begin(), rows.end());
    sorter.sort_unique(rows);
    CHECK(rows == std::vector<NodeId>(once.begin(), once.end()));
  }
}
