/// Private to space: our polygons as Boost.Geometry's.
#pragma once

#include <boost/geometry.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/polygon.hpp>

#include "chimata/geo/point.hpp"

namespace chimata::boosted {

namespace bg = boost::geometry;
using Vertex = bg::model::d2::point_xy<double>;
using Shape = bg::model::polygon<Vertex>;
using Shapes = bg::model::multi_polygon<Shape>;
using Line = bg::model::linestring<Vertex>;

inline Shape::ring_type ring_of(const std::vector<Point>& points) {
  Shape::ring_type ring;
  for (const Point p : points) ring.emplace_back(p.x, p.y);
  bg::correct(ring);  // closes and orients it
  return ring;
}

/// The first ring as the outer one, all others as holes, closed and oriented as Boost wants them.
inline Shape shape_of(const Polygon& polygon) {
  Shape shape;
  for (std::size_t ring = 0; ring < polygon.rings.size(); ++ring)
    (ring == 0 ? shape.outer() : shape.inners().emplace_back()) = ring_of(polygon.rings[ring]);
  bg::correct(shape);
  return shape;
}

/// Back to ours: open rings, the outer one turning left, holes turning right.
inline Polygon polygon_of(const Shape& shape) {
  Polygon polygon;
  const auto add = [&](const Shape::ring_type& ring) {
    auto& points = polygon.rings.emplace_back();
    for (std::size_t i = ring.size(); i-- > 1;) points.push_back({ring[i].x(), ring[i].y()});
  };
  add(shape.outer());
  for (const auto& hole : shape.inners()) add(hole);
  return polygon;
}

}  // namespace chimata::boosted
