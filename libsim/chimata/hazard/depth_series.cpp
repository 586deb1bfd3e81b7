#include <algorithm>

#include "chimata/hazard/flood.hpp"
#include "chimata/hazard/series_reader.hpp"

namespace chimata {

double DepthSeries::at(Point p, Time t) const {
  const std::size_t cell = frame.cell_of(p);
  if (cell == RasterFrame::outside || time.empty() || t < time.front()) return 0;
  const auto k = static_cast<std::size_t>(std::upper_bound(time.begin(), time.end(), t) - time.begin() - 1);
  const double now = wet(depth[k][cell]);
  if (k + 1 == time.size()) return now;
  const double share = seconds(t - time[k]) / seconds(time[k + 1] - time[k]);
  return now + share * (wet(depth[k + 1][cell]) - now);
}

}  // namespace chimata
