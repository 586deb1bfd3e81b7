/// Polygons on a grid.
#pragma once

#include <cstdint>
#include <vector>

#include "chimata/geo/point.hpp"
#include "chimata/geo/raster.hpp"

namespace chimata {

/// Cells of `frame` whose centre lies inside `polygon` (holes are outside), ascending; appended to `cells`.
/// A centre on an edge shared by two polygons falls to exactly one of them.
void cells_inside(const Polygon& polygon, const RasterFrame& frame, std::vector<std::uint32_t>& cells);

}  // namespace chimata
