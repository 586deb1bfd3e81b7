/// Points as vectors in the plane.
#pragma once

#include <cmath>
#include <span>

#include "chimata/geo/point.hpp"

namespace chimata {

[[nodiscard]] constexpr Point operator+(Point a, Point b) {
  return {a.x + b.x, a.y + b.y};
}
[[nodiscard]] constexpr Point operator-(Point a, Point b) {
  return {a.x - b.x, a.y - b.y};
}
[[nodiscard]] constexpr Point operator*(double factor, Point a) {
  return {factor * a.x, factor * a.y};
}
[[nodiscard]] constexpr double dot(Point a, Point b) {
  return a.x * b.x + a.y * b.y;
}
/// Positive where b lies to the left of a.
[[nodiscard]] constexpr double cross(Point a, Point b) {
  return a.x * b.y - a.y * b.x;
}
[[nodiscard]] inline double length(Point a) {
  return std::sqrt(dot(a, a));
}
/// Of length 1; 0 for the vector 0.
[[nodiscard]] inline Point unit(Point a) {
  const double size = length(a);
  return size > 0 ? Point{a.x / size, a.y / size} : Point{};
}
/// Turned left by a right angle.
[[nodiscard]] constexpr Point left_of(Point a) {
  return {-a.y, a.x};
}
/// On the way from `a` (0) to `b` (1).
[[nodiscard]] constexpr Point between(Point a, Point b, double share) {
  return a + share * (b - a);
}

/// Area of a ring, closed or not, in m²; negative if it turns right. Relative to its first point, so that
/// large coordinates lose no digits.
[[nodiscard]] inline double signed_area(std::span<const Point> ring) {
  double twice = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) twice += cross(ring[i] - ring[0], ring[i + 1] - ring[0]);
  return twice / 2;
}

}  // namespace chimata
