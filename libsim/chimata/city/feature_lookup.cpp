#include "chimata/city/feature_lookup.hpp"

#include <algorithm>
#include <cmath>

namespace chimata {

namespace {
constexpr double kCell = 100;  // m
}

FeatureLookup::FeatureLookup(const Features& features, double reach) : features_(features), reach_(reach) {
  for (std::uint32_t row = 0; row < features.size(); ++row) {
    const Box box = features.shape[row].box();
    if (box.empty()) continue;
    const auto last_x = std::floor((box.max_x + reach) / kCell),
               last_y = std::floor((box.max_y + reach) / kCell);
    for (double x = std::floor((box.min_x - reach) / kCell); x <= last_x; ++x) {
      for (double y = std::floor((box.min_y - reach) / kCell); y <= last_y; ++y)
        entries_.push_back({cell_of(x * kCell, y * kCell), row});
    }
  }
  std::sort(entries_.begin(), entries_.end());
}

std::int64_t FeatureLookup::cell_of(double x, double y) const {
  return static_cast<std::int64_t>(std::floor(x / kCell)) * 4'000'000 +
         static_cast<std::int64_t>(std::floor(y / kCell));
}

std::optional<std::size_t> FeatureLookup::at(Point p) const {
  const std::int64_t cell = cell_of(p.x, p.y);
  std::optional<std::size_t> nearest;
  double best = reach_;
  for (auto it = std::lower_bound(entries_.begin(), entries_.end(), Entry{cell, 0});
       it != entries_.end() && it->cell == cell; ++it) {
    if (features_.geometry == Geometry::polygon && features_.shape[it->row].contains(p)) return it->row;
    const double away = reach_ > 0 ? distance(p, features_.place(it->row)) : reach_;
    if (away < best) best = away, nearest = it->row;
  }
  return nearest;
}

std::vector<std::size_t> FeatureLookup::containing(Point p) const {
  std::vector<std::size_t> rows;
  const std::int64_t cell = cell_of(p.x, p.y);
  for (auto it = std::lower_bound(entries_.begin(), entries_.end(), Entry{cell, 0});
       it != entries_.end() && it->cell == cell; ++it) {
    if (features_.shape[it->row].contains(p)) rows.push_back(it->row);
  }
  return rows;
}

}  // namespace chimata
