#include "chimata/geo/burn.hpp"

#include <algorithm>
#include <cmath>

namespace chimata {

void cells_inside(const Polygon& polygon, const RasterFrame& frame, std::vector<std::uint32_t>& cells) {
  double top = -1e300, bottom = 1e300;
  for (const auto& ring : polygon.rings) {
    for (const Point p : ring) top = std::max(top, p.y), bottom = std::min(bottom, p.y);
  }
  const double rows = static_cast<double>(frame.rows);
  const auto first =
      static_cast<std::size_t>(std::clamp(std::floor((frame.north - top) / frame.cell_y - 0.5), 0.0, rows));
  const auto last =
      static_cast<std::size_t>(std::clamp(std::ceil((frame.north - bottom) / frame.cell_y + 0.5), 0.0, rows));
  std::vector<double> crossings;
  for (std::size_t row = first; row < last; ++row) {
    const double y = frame.north - (static_cast<double>(row) + 0.5) * frame.cell_y;
    crossings.clear();
    for (const auto& ring : polygon.rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
        if ((a.y <= y) == (b.y <= y)) continue;
        // the same crossing for both polygons that share the edge, whichever way round they hold it
        const Point low = a.y < b.y ? a : b, high = a.y < b.y ? b : a;
        crossings.push_back(low.x + (y - low.y) / (high.y - low.y) * (high.x - low.x));
      }
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
      // centres x with crossing[i] <= x < crossing[i + 1]
      const auto column = [&](double x) {
        return std::clamp(std::ceil((x - frame.west) / frame.cell_x - 0.5), 0.0,
                          static_cast<double>(frame.columns));
      };
      for (auto c = static_cast<std::size_t>(column(crossings[i]));
           c < static_cast<std::size_t>(column(crossings[i + 1])); ++c) {
        cells.push_back(static_cast<std::uint32_t>(row * frame.columns + c));
      }
    }
  }
}

}  // namespace chimata
