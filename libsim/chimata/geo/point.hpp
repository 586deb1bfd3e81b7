/// Points and boxes in the metric coordinate system of a city: x east, y north, metres.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace chimata {

struct Point {
  double x = 0;  ///< m, east
  double y = 0;  ///< m, north
  friend bool operator==(Point, Point) = default;
};

[[nodiscard]] inline double distance(Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  return std::sqrt(dx * dx + dy * dy);
}

/// Axis-parallel box; empty until something is added.
struct Box {
  double min_x = std::numeric_limits<double>::infinity(), min_y = min_x;
  double max_x = -min_x, max_y = -min_x;

  [[nodiscard]] bool empty() const { return min_x > max_x; }
  void add(Point p) {
    min_x = std::min(min_x, p.x), max_x = std::max(max_x, p.x);
    min_y = std::min(min_y, p.y), max_y = std::max(max_y, p.y);
  }
  /// By so many metres to all sides.
  [[nodiscard]] Box widened(double by) const { return {min_x - by, min_y - by, max_x + by, max_y + by}; }
  [[nodiscard]] bool contains(Point p) const {
    return min_x <= p.x && p.x <= max_x && min_y <= p.y && p.y <= max_y;
  }
  [[nodiscard]] bool intersects(const Box& o) const {
    return min_x <= o.max_x && o.min_x <= max_x && min_y <= o.max_y && o.min_y <= max_y;
  }
};

[[nodiscard]] Box box_of(std::span<const Point> points);

/// Length of a polyline in metres.
[[nodiscard]] double polyline_length(std::span<const Point> line);

/// Point at `fraction` (0..1) of a polyline's length.
[[nodiscard]] Point point_along(std::span<const Point> line, double fraction);

/// A polygon's outer ring and holes, each closed or not; even-odd rule.
struct Polygon {
  std::vector<std::vector<Point>> rings;  ///< first the outer ring; further outer rings of a multipolygon too
  [[nodiscard]] bool contains(Point p) const;
  [[nodiscard]] Box box() const;
  [[nodiscard]] double area() const;     ///< m², holes taken off where rings are oriented against the outer
  [[nodiscard]] Point centroid() const;  ///< of the outer ring
};

}  // namespace chimata
