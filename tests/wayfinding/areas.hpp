/// Small areas to find a way in, and the plain way to find it.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "chimata/wayfinding/ways.hpp"

namespace chimata::test {

inline constexpr double kPi = 3.14159265358979323846;

inline Polygon box(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}};
}
inline Polygon with_hole(Polygon outer, const Polygon& hole) {
  outer.rings.push_back(hole.rings.front());
  return outer;
}
inline Point turned(Point p, double angle) {
  return {std::cos(angle) * p.x - std::sin(angle) * p.y, std::sin(angle) * p.x + std::cos(angle) * p.y};
}
inline Polygon turned(Polygon polygon, double angle) {
  for (auto& ring : polygon.rings) {
    for (Point& p : ring) p = turned(p, angle);
  }
  return polygon;
}

/// Length of the shortest way between two points by a plain dense visibility graph over all corners of the
/// outline, with no clearance at all; infinite if there is none.
inline double plain_distance(const Area& area, Point from, Point to) {
  const Walls walls = area.walls();
  std::vector<Point> points{from, to};
  for (const Polygon& part : area.parts()) {
    for (const auto& ring : part.rings) points.insert(points.end(), ring.begin(), ring.end());
  }
  const auto sees = [&](Point a, Point b) {
    for (WallRow row = 0; row < walls.size(); ++row) {
      const Wall& wall = walls[row];
      const auto side = [](Point p, Point q, Point r) {
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
      };
      const double eps = 1e-9;
      const double c = side(a, b, wall.a), d = side(a, b, wall.b), e = side(wall.a, wall.b, a),
                   f = side(wall.a, wall.b, b);
      if (walls.stands(row) && ((c > eps && d < -eps) || (c < -eps && d > eps)) &&
          ((e > eps && f < -eps) || (e < -eps && f > eps)))
        return false;
    }
    for (int i = 1; i < 50; ++i) {  // not through a pillar from corner to corner
      const double s = i / 50.0;
      const Point p{a.x + s * (b.x - a.x), a.y + s * (b.y - a.y)};
      double near = 1;
      for (WallRow row = 0; row < walls.size(); ++row)
        near = std::min(near, distance(p, nearest_on(walls[row], p)));
      if (near > 1e-6 && !area.contains(p)) return false;
    }
    return true;
  };
  const double never = std::numeric_limits<double>::infinity();
  std::vector<double> left(points.size(), never);
  std::vector<bool> done(points.size(), false);
  left[1] = 0;
  while (true) {
    std::size_t next = points.size();
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (!done[i] && left[i] < never && (next == points.size() || left[i] < left[next])) next = i;
    }
    if (next == points.size()) return left[0];
    done[next] = true;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double through = left[next] + distance(points[i], points[next]);
      if (!done[i] && through < left[i] && sees(points[i], points[next])) left[i] = through;
    }
  }
}

}  // namespace chimata::test
