#include "chimata/hazard/arrival.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "chimata/core/error.hpp"

namespace chimata {

DepthSeries ramped_series(const Raster& greatest, const Raster& arrival, Duration rise, Duration step) {
  DepthSeries series;
  series.frame = greatest.frame;
  if (arrival.empty()) {
    series.time = {kStart};
    series.depth = {greatest.values};
    return series;
  }
  if (!(arrival.frame == greatest.frame)) {
    throw InputError("flood.arrival", "has another grid than the map of greatest depth",
                     "export both maps on one grid");
  }
  double first = std::numeric_limits<double>::infinity(), last = -1;
  for (std::size_t cell = 0; cell < greatest.values.size(); ++cell) {
    const float at = arrival.values[cell];
    if (!(greatest.values[cell] > 0) || !(at >= 0)) continue;
    first = std::min(first, double{at});
    last = std::max(last, double{at});
  }
  if (last < 0) {
    throw InputError("flood.arrival", "has no cell with both a depth and an arrival",
                     "check that the two maps show the same flood and that arrivals are not negative");
  }
  const double ramp = std::max(seconds(rise), 1.0), stride = std::max(seconds(step), 1.0);
  for (double s = std::floor(first / stride) * stride;; s += stride) {
    series.time.push_back(time_of(s));
    auto& grid = series.depth.emplace_back(greatest.values.size(), 0.0f);
    for (std::size_t cell = 0; cell < grid.size(); ++cell) {
      const float at = arrival.values[cell];
      if (!(greatest.values[cell] > 0) || !(at >= 0)) continue;
      const double share = std::clamp((s - double{at}) / ramp, 0.0, 1.0);
      grid[cell] = static_cast<float>(share * double{greatest.values[cell]});
    }
    if (s >= last + ramp) return series;
  }
}

}  // namespace chimata
