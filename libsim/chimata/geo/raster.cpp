#include "chimata/geo/raster.hpp"

#include <cmath>
#include <limits>

namespace chimata {

float Raster::at(Point p) const {
  const std::size_t cell = frame.cell_of(p);
  return cell == RasterFrame::outside ? std::numeric_limits<float>::quiet_NaN() : values[cell];
}

double Raster::interpolate(Point p) const {
  const double column = (p.x - frame.west) / frame.cell_x - 0.5,
               row = (frame.north - p.y) / frame.cell_y - 0.5;
  const double c0 = std::floor(column), r0 = std::floor(row);
  if (c0 < 0 || r0 < 0 || c0 + 1 >= static_cast<double>(frame.columns) ||
      r0 + 1 >= static_cast<double>(frame.rows)) {
    return at(p);
  }
  const std::size_t i = static_cast<std::size_t>(r0) * frame.columns + static_cast<std::size_t>(c0);
  const double fx = column - c0, fy = row - r0;
  const double value = (1 - fy) * ((1 - fx) * values[i] + fx * values[i + 1]) +
                       fy * ((1 - fx) * values[i + frame.columns] + fx * values[i + frame.columns + 1]);
  return std::isnan(value) ? at(p) : value;
}

}  // namespace chimata
