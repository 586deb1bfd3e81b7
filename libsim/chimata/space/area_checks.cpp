#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>

#include "chimata/geo/vector.hpp"
#include "chimata/space/area_parts.hpp"
#include "chimata/space/boost_polygons.hpp"
#include "chimata/space/shape_error.hpp"

namespace chimata::area_parts {

namespace {

namespace bg = boost::geometry;
constexpr double kTouch = 1e-3;    // m, parts that overlap by no more than this touch
constexpr double kFarthest = 1e8;  // m; coordinates of every projection stay below half of it

bool finite(Point p) {
  return std::isfinite(p.x) && std::isfinite(p.y);
}
std::string at(Point p) {
  char text[64];
  std::snprintf(text, sizeof text, "(%.10g, %.10g)", p.x, p.y);
  return text;
}
std::string name_of(std::size_t part, std::size_t ring) {
  return "area, part " + std::to_string(part + 1) +
         (ring == 0 ? ", outer ring" : ", hole " + std::to_string(ring));
}

/// Where a ring that Boost found wrong meets itself.
std::optional<Point> self_contact(const std::vector<Point>& ring) {
  const auto edge = [&](std::size_t i) { return Wall{ring[i], ring[(i + 1) % ring.size()]}; };
  for (std::size_t i = 0; i < ring.size(); ++i) {
    for (std::size_t j = i + 2; j < ring.size(); ++j) {
      const double share = meets(edge(i), edge(j));
      if ((i != 0 || j + 1 != ring.size()) && share <= 1) {
        const Wall e = edge(i);
        return Point{e.a.x + share * (e.b.x - e.a.x), e.a.y + share * (e.b.y - e.a.y)};
      }
    }
  }
  return std::nullopt;
}

/// A point where a ring runs back over itself.
std::optional<Point> turning_back(const std::vector<Point>& ring) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point before = ring[(i + ring.size() - 1) % ring.size()], here = ring[i],
                after = ring[(i + 1) % ring.size()];
    const Point in{here.x - before.x, here.y - before.y}, out{after.x - here.x, after.y - here.y};
    if (in.x * out.y - in.y * out.x == 0 && in.x * out.x + in.y * out.y < 0) return here;
  }
  return std::nullopt;
}

/// Leaves out what repeats the first point or the one before.
void open_ring(std::vector<Point>& ring) {
  std::vector<Point> kept;
  for (const Point p : ring) {
    if (kept.empty() || !(distance(kept.back(), p) < kTouch)) kept.push_back(p);
  }
  while (kept.size() > 1 && distance(kept.front(), kept.back()) < kTouch) kept.pop_back();
  ring = std::move(kept);
}

void check_ring(const std::vector<Point>& ring, const std::string& where) {
  for (const Point p : ring) {
    if (!finite(p)) throw InputError(where, "has a coordinate that is not a number", "give metres");
    if (std::max(std::abs(p.x), std::abs(p.y)) > kFarthest)
      throw InputError(where, "has the point " + at(p) + ", which lies farther away than any place on earth",
                       "give metres in a projection of the city's, such as EPSG:6673");
  }
  if (ring.size() < 3)
    throw InputError(where, "has " + std::to_string(ring.size()) + " different points",
                     "give three or more, or leave it out");
  boosted::Shape alone;
  alone.outer() = boosted::ring_of(ring);
  bg::validity_failure_type failure = bg::no_failure;
  if (bg::is_valid(alone, failure)) return;
  if (const auto point = turning_back(ring))
    throw ShapeError(where, "runs back over itself", *point, at(*point), "take that point away");
  constexpr const char* kFix = "draw it so that no two of its edges meet";
  if (const auto point = self_contact(ring))
    throw ShapeError(where, "crosses itself", *point, at(*point), kFix);
  throw InputError(where, "crosses itself", kFix);
}

void check_holes(const Polygon& part, std::size_t row) {
  const auto outer = boosted::ring_of(part.rings.front());
  for (std::size_t i = 1; i < part.rings.size(); ++i) {
    if (!bg::covered_by(boosted::ring_of(part.rings[i]), outer))
      throw InputError(name_of(row, i), "lies outside its outer ring, or crosses it",
                       "keep holes inside, or cut the outer ring instead");
  }
  if (bg::is_valid(boosted::shape_of(part))) return;
  for (std::size_t i = 1; i < part.rings.size(); ++i) {
    for (std::size_t j = 1; j < i; ++j) {
      boosted::Shapes both;
      bg::intersection(boosted::ring_of(part.rings[i]), boosted::ring_of(part.rings[j]), both);
      if (bg::area(both) > 0)
        throw InputError(name_of(row, i), "overlaps hole " + std::to_string(j), "make one hole of the two");
    }
  }
  throw InputError("area, part " + std::to_string(row + 1),
                   "has holes that touch its outer ring or each other along an edge, or cut it in pieces",
                   "make one ring of those that touch, and a part of each piece");
}

void check_overlap(const std::vector<Polygon>& parts) {
  std::vector<boosted::Shape> shapes;
  for (const Polygon& part : parts) shapes.push_back(boosted::shape_of(part));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      if (!parts[i].box().intersects(parts[j].box())) continue;
      boosted::Shapes both;
      bg::intersection(shapes[i], shapes[j], both);
      double shared = 0;
      for (const auto& piece : both) {
        // what is thinner than a millimetre only touches
        if (bg::area(piece) > kTouch * bg::perimeter(piece)) shared += bg::area(piece);
      }
      if (shared > 0) {
        char size[64];
        std::snprintf(size, sizeof size, "overlap by %.3g m²", shared);
        throw InputError("area, parts " + std::to_string(i + 1) + " and " + std::to_string(j + 1), size,
                         "let them touch only, or join them");
      }
    }
  }
}

void turn(Polygon& part) {
  for (std::size_t i = 0; i < part.rings.size(); ++i) {
    auto& ring = part.rings[i];
    if ((signed_area(ring) > 0) != (i == 0)) std::reverse(ring.begin(), ring.end());
  }
}

template <class Thing>
void check_ids(const std::vector<Thing>& things, const std::string& kind) {
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (things[i].id.empty())
      throw InputError(kind + " " + std::to_string(i + 1), "has no id", "give it a name of its own");
    if (!seen.emplace(things[i].id, i).second)
      throw InputError(kind + " " + things[i].id, "is there twice", "give each its own id");
  }
}

}  // namespace

std::vector<Polygon> checked(std::vector<Polygon> parts) {
  if (parts.empty()) throw InputError("area", "has no parts", "give at least one polygon");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].rings.empty())
      throw InputError("area, part " + std::to_string(i + 1), "has no rings", "give its outer ring");
    auto& rings = parts[i].rings;
    for (std::size_t r = 0; r < rings.size(); ++r) {
      const std::size_t given = rings[r].size();
      open_ring(rings[r]);
      if (r > 0 && given >= 3 && rings[r].size() < 3) {
        rings[r].clear();  // a hole below a millimetre stops nobody
        continue;
      }
      check_ring(rings[r], name_of(i, r));
    }
    std::erase_if(rings, [](const auto& ring) { return ring.empty(); });
    check_holes(parts[i], i);
    turn(parts[i]);
  }
  check_overlap(parts);
  return parts;
}

void check(const std::vector<Gate>& gates, const std::vector<Polygon>& parts) {
  check_ids(gates, "gate");
  for (const Gate& gate : gates) {
    const std::string where = "gate " + gate.id;
    const auto [a, b] = gate.line;
    if (!finite(a) || !finite(b))
      throw InputError(where, "has a coordinate that is not a number", "give metres");
    if (!(distance(a, b) > kTouch))
      throw InputError(where, "has no width", "give two ends that lie apart, at " + at(a));
    const boosted::Line line{{a.x, a.y}, {b.x, b.y}};
    double inside = 0;
    const Box box = box_of(gate.line);
    for (const Polygon& part : parts) {
      if (!part.box().intersects(box)) continue;
      bg::model::multi_linestring<boosted::Line> pieces;
      bg::intersection(line, boosted::shape_of(with_holes_near(part, box)), pieces);
      inside += bg::length(pieces);
    }
    if (!(inside > kTouch))
      throw InputError(where, "from " + at(a) + " to " + at(b) + " lies outside the area",
                       "draw it across a passage");
  }
}

void check(const std::vector<SpeedZone>& zones, const std::vector<Polygon>& parts) {
  check_ids(zones, "zone");
  for (const SpeedZone& zone : zones) {
    const std::string where = "zone " + zone.id;
    if (!(zone.factor > 0 && std::isfinite(zone.factor))) {
      char factor[48];
      std::snprintf(factor, sizeof factor, "has the speed factor %g", zone.factor);
      throw InputError(where, factor, "give a share of the free speed above 0; cut out what nobody can walk");
    }
    if (zone.shape.rings.empty()) throw InputError(where, "has no rings", "give its outer ring");
    for (auto ring : zone.shape.rings) {
      open_ring(ring);
      check_ring(ring, where);
    }
    const bool beside = std::none_of(parts.begin(), parts.end(), [&](const Polygon& part) {
      boosted::Shapes both;
      bg::intersection(boosted::shape_of(zone.shape), boosted::shape_of(part), both);
      return bg::area(both) > 0;
    });
    if (beside) throw InputError(where, "lies beside the area", "is it in the same coordinates?");
  }
}

}  // namespace chimata::area_parts
