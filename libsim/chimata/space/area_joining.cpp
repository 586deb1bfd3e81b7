#include <algorithm>
#include <tuple>

#include "chimata/space/area_parts.hpp"
#include "chimata/space/boost_polygons.hpp"

namespace chimata {

namespace {

constexpr double kTouch = 1e-3;  // m, what is nearer than this touches

/// Calls `visit(ring)` for every ring of all parts but one whose box comes near `box`.
template <class Parts, class Visit>
void others(Parts& parts, std::size_t but, const Box& about, Visit&& visit) {
  const Box box = about.widened(kTouch);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == but || !parts[i].box().intersects(box)) continue;
    for (auto& ring : parts[i].rings) visit(i, ring);
  }
}

/// Moves corners onto those of earlier parts that they touch.
void share_corners(std::vector<Polygon>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    others(parts, i, parts[i].box(), [&](std::size_t other, const std::vector<Point>& corners) {
      if (other > i) return;
      for (auto& ring : parts[i].rings) {
        for (Point& p : ring) {
          const auto same = std::find_if(corners.begin(), corners.end(),
                                         [&](Point corner) { return distance(corner, p) < kTouch; });
          if (same != corners.end()) p = *same;
        }
      }
    });
  }
}

/// Puts corners of other parts that lie on an edge into it.
void split_edges(std::vector<Polygon>& parts) {
  const std::vector<Polygon> before = parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (auto& ring : parts[i].rings) {
      std::vector<Point> split;
      for (std::size_t e = 0; e < ring.size(); ++e) {
        const Wall edge{ring[e], ring[(e + 1) % ring.size()]};
        std::vector<Point> on;
        others(before, i, box_of(edge), [&](std::size_t, const std::vector<Point>& corners) {
          for (const Point p : corners) {
            if (p != edge.a && p != edge.b && distance(p, nearest_on(edge, p)) < kTouch &&
                distance(p, edge.a) >= kTouch && distance(p, edge.b) >= kTouch)
              on.push_back(p);
          }
        });
        std::sort(on.begin(), on.end(),
                  [&](Point p, Point q) { return distance(p, edge.a) < distance(q, edge.a); });
        split.push_back(edge.a);
        split.insert(split.end(), on.begin(), std::unique(on.begin(), on.end()));
      }
      ring = std::move(split);
    }
  }
}

}  // namespace

Polygon area_parts::with_holes_near(const Polygon& part, const Box& box) {
  Polygon near;
  for (const auto& ring : part.rings) {
    if (near.rings.empty() || box_of(ring).intersects(box)) near.rings.push_back(ring);
  }
  return near;
}

void area_parts::weld(std::vector<Polygon>& parts) {
  if (parts.size() == 1) return;
  share_corners(parts);
  split_edges(parts);
}

std::vector<Wall> area_parts::outline(const std::vector<Polygon>& parts) {
  std::vector<Wall> edges;
  for (const Polygon& part : parts) {
    for (const auto& ring : part.rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) edges.push_back({ring[i], ring[(i + 1) % ring.size()]});
    }
  }
  // an edge that two parts have is a seam: nothing stands there
  using Ends = std::tuple<double, double, double, double>;
  const auto ends = [](const Wall& e) {
    const bool turned = std::tie(e.b.x, e.b.y) < std::tie(e.a.x, e.a.y);
    const Point from = turned ? e.b : e.a, to = turned ? e.a : e.b;
    return Ends{from.x, from.y, to.x, to.y};
  };
  std::vector<Ends> sorted;
  for (const Wall& edge : edges) sorted.push_back(ends(edge));
  std::sort(sorted.begin(), sorted.end());
  std::erase_if(edges, [&](const Wall& edge) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), ends(edge));
    return last - first > 1;
  });
  return edges;
}

std::vector<Polygon> Area::within(const Polygon& shape) const {
  std::vector<Polygon> pieces;
  const Box box = shape.box();
  const boosted::Shape sought = boosted::shape_of(shape);
  for (const Polygon& part : parts_) {
    if (!part.box().intersects(box)) continue;
    boosted::Shapes both;
    boosted::bg::intersection(sought, boosted::shape_of(area_parts::with_holes_near(part, box)), both);
    for (const auto& piece : both) pieces.push_back(boosted::polygon_of(piece));
  }
  return pieces;
}

std::vector<Polygon> joined(const std::vector<Polygon>& pieces) {
  std::vector<Polygon> touching;
  for (const Polygon& piece : pieces) {
    auto whole = area_parts::checked({piece});
    touching.push_back(std::move(whole.front()));
  }
  area_parts::weld(touching);
  boosted::Shapes all;
  for (const Polygon& piece : touching) {
    boosted::Shapes more;
    boosted::bg::union_(all, boosted::shape_of(piece), more);
    all = std::move(more);
  }
  std::vector<Polygon> parts;
  for (const auto& shape : all) parts.push_back(boosted::polygon_of(shape));
  return parts;
}

std::vector<Polygon> cut_out(const std::vector<Polygon>& parts, const std::vector<Polygon>& obstacles) {
  boosted::Shapes left;
  for (const Polygon& part : parts) left.push_back(boosted::shape_of(part));
  for (const Polygon& obstacle : obstacles) {
    boosted::Shapes less;
    boosted::bg::difference(left, boosted::shape_of(obstacle), less);
    left = std::move(less);
  }
  std::vector<Polygon> rest;
  for (const auto& shape : left) rest.push_back(boosted::polygon_of(shape));
  return rest;
}

}  // namespace chimata
