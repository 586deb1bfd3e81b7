#include "chimata/geo/burn.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace chimata;

namespace {
std::vector<std::uint32_t> inside(const Polygon& polygon, const RasterFrame& frame) {
  std::vector<std::uint32_t> cells;
  cells_inside(polygon, frame, cells);
  return cells;
}
}  // namespace

TEST_CASE("a polygon covers the cells whose centres it holds, and none of its holes") {
  const RasterFrame frame{0, 40, 10, 10, 4, 4};
  const Polygon block{{{{8, 8}, {32, 8}, {32, 32}, {8, 32}, {8, 8}}}};
  CHECK(inside(block, frame) == std::vector<std::uint32_t>{5, 6, 9, 10});
  Polygon ring = block;
  ring.rings.push_back({{14, 24}, {14, 26}, {16, 26}, {16, 24}});
  CHECK(inside(ring, frame) == std::vector<std::uint32_t>{6, 9, 10});
  CHECK(inside({{{{100, 100}, {120, 100}, {120, 120}}}}, frame).empty());
}

TEST_CASE("neighbours share no cell and leave none between them") {
  const RasterFrame frame{0, 30, 1, 1, 30, 30};
  // edges through cell centres: a slanted line from (4.5, 0) to (25.5, 30)
  const Polygon left{{{{0, 0}, {4.5, 0}, {25.5, 30}, {0, 30}}}},
      right{{{{4.5, 0}, {30, 0}, {30, 30}, {25.5, 30}}}};
  auto all = inside(left, frame);
  const auto others = inside(right, frame);
  all.insert(all.end(), others.begin(), others.end());
  std::sort(all.begin(), all.end());
  CHECK(std::unique(all.begin(), all.end()) == all.end());
  CHECK(all.size() == 900);
}

TEST_CASE("cells inside agree with the polygon's own word on its points") {
  const RasterFrame frame{-3, 21, 1.5, 0.7, 20, 40};
  const Polygon star{{{{10, 20}, {4, -3}, {20, 12}, {0, 12}, {16, -3}}}};
  const auto cells = inside(star, frame);
  for (std::uint32_t cell = 0; cell < frame.size(); ++cell) {
    const Point centre{frame.west + (cell % frame.columns + 0.5) * frame.cell_x,
                       frame.north - (static_cast<double>(cell / frame.columns) + 0.5) * frame.cell_y};
    CHECK(std::binary_search(cells.begin(), cells.end(), cell) == star.contains(centre));
  }
}
