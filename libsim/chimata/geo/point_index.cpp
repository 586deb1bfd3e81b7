#include "chimata/geo/point_index.hpp"

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <vector>

namespace chimata {

namespace bg = boost::geometry;
using BoostPoint = bg::model::point<double, 2, bg::cs::cartesian>;
using Entry = std::pair<BoostPoint, std::uint32_t>;

struct PointIndex::Tree {
  bg::index::rtree<Entry, bg::index::quadratic<16>> entries;
};

PointIndex::PointIndex(std::span<const Point> points) : tree_(std::make_unique<Tree>()) {
  std::vector<Entry> entries;
  entries.reserve(points.size());
  for (std::uint32_t i = 0; i < points.size(); ++i)
    entries.emplace_back(BoostPoint(points[i].x, points[i].y), i);
  tree_->entries = decltype(tree_->entries)(entries);  // packed at once
}

PointIndex::PointIndex(PointIndex&&) noexcept = default;
PointIndex& PointIndex::operator=(PointIndex&&) noexcept = default;
PointIndex::~PointIndex() = default;

std::optional<std::uint32_t> PointIndex::nearest(Point p) const {
  std::optional<std::uint32_t> best;
  double best_distance = 0;
  // a few candidates, so that equal distances are decided by index and not by the tree's shape
  for (auto it = tree_->entries.qbegin(bg::index::nearest(BoostPoint(p.x, p.y), 8));
       it != tree_->entries.qend(); ++it) {
    const double d = bg::comparable_distance(it->first, BoostPoint(p.x, p.y));
    if (!best || d < best_distance || (d == best_distance && it->second < *best))
      best = it->second, best_distance = d;
  }
  return best;
}

}  // namespace chimata
