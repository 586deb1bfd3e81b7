/// Vectors in the plane. Inside this room only.
#pragma once

#include <cmath>

#include "chimata/geo/point.hpp"

namespace chimata::pedestrian {

[[nodiscard]] inline Point plus(Point a, Point b) {
  return {a.x + b.x, a.y + b.y};
}
[[nodiscard]] inline Point minus(Point a, Point b) {
  return {a.x - b.x, a.y - b.y};
}
[[nodiscard]] inline Point times(double factor, Point a) {
  return {factor * a.x, factor * a.y};
}
[[nodiscard]] inline double dot(Point a, Point b) {
  return a.x * b.x + a.y * b.y;
}
/// Positive where b lies to the left of a.
[[nodiscard]] inline double turn(Point a, Point b) {
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

}  // namespace chimata::pedestrian
