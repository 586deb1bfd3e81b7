#include "chimata/geo/vector.hpp"

namespace chimata {

double polyline_length(std::span<const Point> line) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); ++i) length += distance(line[i - 1], line[i]);
  return length;
}

Point point_along(std::span<const Point> line, double fraction) {
  if (line.empty()) return {};
  double left = std::clamp(fraction, 0.0, 1.0) * polyline_length(line);
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double piece = distance(line[i - 1], line[i]);
    if (left <= piece && piece > 0) {
      const double f = left / piece;
      return {line[i - 1].x + f * (line[i].x - line[i - 1].x),
              line[i - 1].y + f * (line[i].y - line[i - 1].y)};
    }
    left -= piece;
  }
  return line.back();
}

bool Polygon::contains(Point p) const {
  bool inside = false;
  for (const auto& ring : rings) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      const Point a = ring[i], b = ring[j];
      if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
    }
  }
  return inside;
}

Box box_of(std::span<const Point> points) {
  Box box;
  for (const Point p : points) box.add(p);
  return box;
}

Box Polygon::box() const {
  Box box;
  for (const auto& ring : rings) {
    for (const Point p : ring) box.add(p);
  }
  return box;
}

double Polygon::area() const {
  double sum = 0;
  for (const auto& ring : rings) {
    if (ring.size() >= 3) sum += signed_area(ring);
  }
  return std::fabs(sum);
}

Point Polygon::centroid() const {
  if (rings.empty() || rings.front().empty()) return {};
  const auto& ring = rings.front();
  const Point origin = ring.front();  // near the ring, so that products do not lose digits
  double twice = 0, cx = 0, cy = 0;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const double ax = ring[j].x - origin.x, ay = ring[j].y - origin.y;
    const double bx = ring[i].x - origin.x, by = ring[i].y - origin.y;
    const double cross = ax * by - bx * ay;
    twice += cross, cx += (ax + bx) * cross, cy += (ay + by) * cross;
  }
  if (twice == 0) return origin;
  return {origin.x + cx / (3 * twice), origin.y + cy / (3 * twice)};
}

}  // namespace chimata
