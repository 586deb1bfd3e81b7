/// A regular north-up grid of values in the city's coordinates.
#pragma once

#include <cstddef>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata {

/// Where the cells of a raster lie. Row 0 is the northernmost.
struct RasterFrame {
  double west = 0;    ///< m, left edge of the first column
  double north = 0;   ///< m, top edge of the first row
  double cell_x = 1;  ///< m
  double cell_y = 1;  ///< m, positive
  std::size_t columns = 0, rows = 0;

  static constexpr std::size_t outside = static_cast<std::size_t>(-1);
  /// Index of the cell that holds `p`, or `outside`.
  [[nodiscard]] std::size_t cell_of(Point p) const {
    const double column = (p.x - west) / cell_x, row = (north - p.y) / cell_y;
    if (!(column >= 0 && row >= 0)) return outside;
    const auto c = static_cast<std::size_t>(column), r = static_cast<std::size_t>(row);
    return c < columns && r < rows ? r * columns + c : outside;
  }
  [[nodiscard]] std::size_t size() const { return columns * rows; }
  [[nodiscard]] Box box() const {
    return {west, north - cell_y * static_cast<double>(rows), west + cell_x * static_cast<double>(columns),
            north};
  }
  friend bool operator==(const RasterFrame&, const RasterFrame&) = default;
};

/// One layer of values, e.g. terrain height in metres; NaN where there is no data.
struct Raster {
  RasterFrame frame;
  std::vector<float> values;  ///< row by row from the north-west

  [[nodiscard]] bool empty() const { return values.empty(); }
  /// Value of the cell that holds `p`; NaN outside.
  [[nodiscard]] float at(Point p) const;
  /// Bilinear value at `p`, falling back to the nearest cell beside missing data; NaN outside.
  [[nodiscard]] double interpolate(Point p) const;
};

}  // namespace chimata
