/// Nearest of many points.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "chimata/geo/point.hpp"

namespace chimata {

/// A spatial index of points (Boost.Geometry R-tree). Ties go to the smaller index.
class PointIndex {
 public:
  explicit PointIndex(std::span<const Point> points);
  PointIndex(PointIndex&&) noexcept;
  PointIndex& operator=(PointIndex&&) noexcept;
  ~PointIndex();

  /// Index of the point nearest to `p`; none if there are no points.
  [[nodiscard]] std::optional<std::uint32_t> nearest(Point p) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace chimata
