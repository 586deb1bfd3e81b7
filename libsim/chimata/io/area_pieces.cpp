#include "chimata/io/area_pieces.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/space/area.hpp"

namespace chimata::io::detail {

std::vector<Polygon> joined_pieces(const std::vector<Polygon>& pieces, const std::string& source) {
  try {
    return joined(pieces);
  } catch (const InputError& error) {
    throw error.at(source + ", " + error.where());
  }
}

std::vector<Polygon> pieces_of(const Polygon& shape) {
  std::vector<Polygon> pieces;
  for (const auto& ring : shape.rings) {
    if (pieces.empty() || signed_area(ring) > 0) pieces.emplace_back();
    pieces.back().rings.push_back(ring);
  }
  return pieces;
}

std::vector<Polygon> nested(std::vector<std::vector<Point>> rings) {
  // from large to small, so that whatever holds a ring comes before it
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < rings.size(); ++i) order.emplace_back(-Polygon{{rings[i]}}.area(), i);
  std::sort(order.begin(), order.end());
  std::vector<std::size_t> depth(rings.size(), 0), piece(rings.size(), 0);
  std::vector<Polygon> pieces;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::size_t ring = order[k].second;
    // by its middle corner's neighbourhood: an edge's middle is seldom on another ring
    const auto& points = rings[ring];
    const Point inside{(points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2};
    std::size_t around = rings.size();
    for (std::size_t j = 0; j < k; ++j) {
      if (Polygon{{rings[order[j].second]}}.contains(inside)) around = order[j].second;
    }
    depth[ring] = around == rings.size() ? 0 : depth[around] + 1;
    if (depth[ring] % 2 == 1) {
      piece[ring] = piece[around];
      pieces[piece[ring]].rings.push_back(points);
    } else {
      piece[ring] = pieces.size();
      pieces.push_back({{points}});
    }
  }
  return pieces;
}

}  // namespace chimata::io::detail
