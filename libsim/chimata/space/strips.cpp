#include "chimata/space/strips.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/space/boost_polygons.hpp"

namespace chimata {

namespace {

namespace bg = boosted::bg;
namespace buffers = bg::strategy::buffer;

constexpr double kGrid = 1e-3;      // m
constexpr int kRound = 16;          // corners of a full circle: 2 % of its radius are lost
constexpr double kMiter = 2;        // of half the width
constexpr double kStraight = 0.02;  // m by which corners may move

double rounded(double value) {
  return std::round(value / kGrid) * kGrid;
}

boosted::Shape on_grid(const Polygon& piece) {
  Polygon copy = piece;
  for (auto& ring : copy.rings) {
    for (Point& p : ring) p = {rounded(p.x), rounded(p.y)};
    ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
    while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  }
  std::erase_if(copy.rings, [](const auto& ring) { return ring.size() < 3; });
  return copy.rings.empty() ? boosted::Shape{} : boosted::shape_of(copy);
}

/// A piece as valid shapes, or none.
boosted::Shapes valid(const boosted::Shape& shape) {
  boosted::Shapes one;
  if (shape.outer().size() < 4) return one;
  if (bg::is_valid(shape)) {
    one.push_back(shape);
    return one;
  }
  // the union with itself undoes many a ring that touches or crosses itself
  boosted::Shapes mended;
  bg::union_(shape, shape, mended);
  return bg::is_valid(mended) ? mended : boosted::Shapes{};
}

boosted::Shapes union_of(std::vector<boosted::Shapes> all) {
  // in pairs, so that no shape grows before it must
  while (all.size() > 1) {
    std::vector<boosted::Shapes> next;
    for (std::size_t i = 0; i + 1 < all.size(); i += 2) {
      next.emplace_back();
      bg::union_(all[i], all[i + 1], next.back());
    }
    if (all.size() % 2 == 1) next.push_back(std::move(all.back()));
    all = std::move(next);
  }
  return all.empty() ? boosted::Shapes{} : std::move(all.front());
}

std::vector<Polygon> polygons_of(const boosted::Shapes& shapes) {
  std::vector<Polygon> polygons;
  for (const auto& shape : shapes) {
    if (bg::area(shape) > 0) polygons.push_back(boosted::polygon_of(shape));
  }
  return polygons;
}

boosted::Shapes shapes_of(const std::vector<Polygon>& parts) {
  boosted::Shapes shapes;
  for (const Polygon& part : parts) shapes.push_back(boosted::shape_of(part));
  return shapes;
}

boosted::Shapes grown(const boosted::Shapes& shapes, double by) {
  boosted::Shapes result;
  bg::buffer(shapes, result, buffers::distance_symmetric<double>(by), buffers::side_straight(),
             buffers::join_miter(kMiter), buffers::end_flat(), buffers::point_circle(kRound));
  return result;
}

/// Without corners that nobody sees, and holes that are narrower than `width` both ways.
std::vector<Polygon> plain(const boosted::Shapes& shapes, double width) {
  std::vector<Polygon> kept;
  for (const auto& shape : shapes) {
    boosted::Shape fewer;
    bg::simplify(shape, fewer, kStraight);
    bg::correct(fewer);
    Polygon part = boosted::polygon_of(bg::is_valid(fewer) ? fewer : shape);
    for (auto& ring : part.rings) {
      for (Point& p : ring) p = {rounded(p.x), rounded(p.y)};
    }
    std::erase_if(part.rings, [&](const auto& ring) {
      return &ring != &part.rings.front() && Polygon{{ring}}.area() < width * width;
    });
    kept.push_back(std::move(part));
  }
  return kept;
}

}  // namespace

std::vector<Polygon> strip_along(std::span<const Point> line, double width) {
  boosted::Line points;
  for (const Point p : line) {
    if (points.empty() || std::hypot(points.back().x() - p.x, points.back().y() - p.y) >= kGrid)
      points.emplace_back(p.x, p.y);
  }
  if (points.size() < 2) return {};
  boosted::Shapes strip;
  bg::buffer(points, strip, buffers::distance_symmetric<double>(width / 2), buffers::side_straight(),
             buffers::join_miter(kMiter), buffers::end_round(kRound), buffers::point_circle(kRound));
  return polygons_of(strip);
}

std::vector<Polygon> united(const std::vector<Polygon>& pieces, std::size_t* left_out) {
  std::vector<boosted::Shapes> all;
  for (const Polygon& piece : pieces) {
    boosted::Shapes shapes = valid(on_grid(piece));
    if (!shapes.empty()) {
      all.push_back(std::move(shapes));
    } else if (left_out) {
      ++*left_out;
    }
  }
  return polygons_of(union_of(std::move(all)));
}

std::vector<Polygon> clipped(const std::vector<Polygon>& parts, const Polygon& border) {
  boosted::Shapes inside;
  bg::intersection(shapes_of(parts), boosted::shape_of(border), inside);
  return polygons_of(inside);
}

std::vector<Polygon> opened(const std::vector<Polygon>& parts, double width) {
  return plain(grown(grown(shapes_of(parts), -width / 2), width / 2), width);
}

std::vector<Polygon> bridged(const std::vector<Polygon>& parts, double width) {
  return plain(grown(grown(shapes_of(parts), width / 2), -width / 2), width);
}

std::vector<std::pair<double, double>> shares_within(const std::vector<Polygon>& parts, Point a, Point b) {
  const double whole = distance(a, b);
  std::vector<std::pair<double, double>> shares;
  if (!(whole > 0)) return shares;
  bg::model::multi_linestring<boosted::Line> pieces;
  bg::intersection(boosted::Line{{a.x, a.y}, {b.x, b.y}}, shapes_of(parts), pieces);
  for (const auto& piece : pieces) {
    if (piece.size() < 2) continue;
    const auto share = [&](const boosted::Vertex& at) { return distance(a, {at.x(), at.y()}) / whole; };
    const double one = share(piece.front()), other = share(piece.back());
    shares.emplace_back(std::min(one, other), std::max(one, other));
  }
  std::sort(shares.begin(), shares.end());
  return shares;
}

}  // namespace chimata
