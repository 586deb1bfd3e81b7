#include "chimata/routing/contraction_order.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "chimata/routing/minimum_cut.hpp"

namespace chimata {
namespace {

using Places = std::vector<std::uint32_t>;
using Streets = std::vector<std::uint32_t>;

/// Directions along which a part is laid out, Schild and Sommer (2015), section 3.
constexpr std::array<Point, 4> kDirections{{{1, 0}, {0, 1}, {1, 1}, {1, -1}}};
/// Share of the places at either end of the line that the cut may not part; grade C: a quarter as in the
/// paper.
constexpr double kEnds = 0.25;

/// A part of the map that is still to be cut, connected or not.
struct Part {
  Places places;
  Streets streets;  ///< both ends are among the places
};

/// Two sides and the streets between them.
struct Cut {
  Part first, second;
  Streets across;
};

class Dissection {
 public:
  explicit Dissection(const StreetMap& map)
      : map_(map), local_(map.position.size()), mark_(map.position.size(), 0) {}

  [[nodiscard]] Part whole() const {
    Part part;
    for (std::uint32_t place = 0; place < map_.position.size(); ++place) part.places.push_back(place);
    for (std::uint32_t street = 0; street < map_.tail.size(); ++street) part.streets.push_back(street);
    return part;
  }
  std::vector<Part> components(const Part& part);
  Cut cut(const Part& connected);
  [[nodiscard]] const StreetMap& map() const { return map_; }

 private:
  [[nodiscard]] std::vector<MinimumCut::Edge> local_edges(const Part& part);
  [[nodiscard]] Places line(const Places& places, Point direction) const;

  StreetMap map_;
  std::vector<std::uint32_t> local_;  ///< by place: its row in the part at work
  std::vector<std::uint8_t> mark_;    ///< by place: on the first side
};

std::vector<MinimumCut::Edge> Dissection::local_edges(const Part& part) {
  for (std::uint32_t row = 0; row < part.places.size(); ++row) local_[part.places[row]] = row;
  std::vector<MinimumCut::Edge> edges;
  edges.reserve(part.streets.size());
  for (const std::uint32_t street : part.streets) {
    edges.emplace_back(local_[map_.tail[street]], local_[map_.head[street]]);
  }
  return edges;
}

std::vector<Part> Dissection::components(const Part& part) {
  // union by smaller row, so that the number of a component is its first place's
  const auto edges = local_edges(part);
  std::vector<std::uint32_t> leader(part.places.size());
  for (std::uint32_t row = 0; row < leader.size(); ++row) leader[row] = row;
  const auto lead = [&](std::uint32_t row) {
    while (leader[row] != row) row = leader[row] = leader[leader[row]];
    return row;
  };
  for (const auto& [a, b] : edges) {
    const std::uint32_t x = lead(a), y = lead(b);
    leader[std::max(x, y)] = std::min(x, y);
  }
  std::vector<Part> parts;
  std::vector<std::uint32_t> part_of(part.places.size());
  for (std::uint32_t row = 0; row < leader.size(); ++row) {
    if (leader[row] == row) {
      part_of[row] = static_cast<std::uint32_t>(parts.size());
      parts.emplace_back();
    }
    parts[part_of[lead(row)]].places.push_back(part.places[row]);
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    parts[part_of[lead(edges[i].first)]].streets.push_back(part.streets[i]);
  }
  return parts;
}

/// Rows of `places` in the order in which a line across the map meets them.
Places Dissection::line(const Places& places, Point direction) const {
  std::vector<std::pair<double, std::uint32_t>> met;
  met.reserve(places.size());
  for (std::uint32_t row = 0; row < places.size(); ++row) {
    const Point at = map_.position[places[row]];
    met.emplace_back(at.x * direction.x + at.y * direction.y, row);
  }
  std::sort(met.begin(), met.end());
  Places rows;
  rows.reserve(met.size());
  for (const auto& [along, row] : met) rows.push_back(row);
  return rows;
}

Cut Dissection::cut(const Part& part) {
  const std::size_t count = part.places.size();
  const std::size_t ends = std::max<std::size_t>(1, static_cast<std::size_t>(kEnds * double(count)));
  MinimumCut flow(static_cast<std::uint32_t>(count), local_edges(part));
  std::vector<bool> best(count);
  double least = std::numeric_limits<double>::infinity();
  for (const Point direction : kDirections) {
    // streets cut per place parted; a cut that cannot be better even if it halves the part is given up
    const double most = least * double(count / 2);
    const auto limit = most < 4e9 ? static_cast<std::uint32_t>(most) : 0xffffffffu;
    if (!flow.part(line(part.places, direction), ends, limit)) continue;
    std::size_t first = 0;
    for (std::uint32_t row = 0; row < count; ++row) first += flow.on_first_side(row);
    const double score = flow.size() / double(std::min(first, count - first));
    if (score >= least) continue;
    least = score;
    for (std::uint32_t row = 0; row < count; ++row) best[row] = flow.on_first_side(row);
  }

  Cut cut;
  for (std::uint32_t row = 0; row < count; ++row) {
    mark_[part.places[row]] = best[row];
    (best[row] ? cut.first : cut.second).places.push_back(part.places[row]);
  }
  for (const std::uint32_t street : part.streets) {
    const bool tail = mark_[map_.tail[street]], head = mark_[map_.head[street]];
    (tail != head ? cut.across : tail ? cut.first.streets : cut.second.streets).push_back(street);
  }
  return cut;
}

/// Sorted along the longer side of their box, so that neighbours on a cut are neighbours in the order.
template <class Where>
void sort_along(std::vector<std::uint32_t>& items, Where&& where) {
  Box box;
  for (const std::uint32_t item : items) box.add(where(item));
  const bool wide = box.max_x - box.min_x > box.max_y - box.min_y;
  std::sort(items.begin(), items.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Point p = where(a), q = where(b);
    return std::pair{wide ? p.x : p.y, a} < std::pair{wide ? q.x : q.y, b};
  });
}

/// Takes from one side the ends of the streets across, of the sides the one with fewer of them.
Places cut_places(const StreetMap& map, Cut& cut) {
  std::array<Places, 2> ends;
  std::vector<std::uint32_t> first = cut.first.places;
  std::sort(first.begin(), first.end());
  for (const std::uint32_t street : cut.across) {
    const bool tail_first = std::binary_search(first.begin(), first.end(), map.tail[street]);
    ends[tail_first ? 0 : 1].push_back(map.tail[street]);
    ends[tail_first ? 1 : 0].push_back(map.head[street]);
  }
  for (Places& side : ends) {
    std::sort(side.begin(), side.end());
    side.erase(std::unique(side.begin(), side.end()), side.end());
  }
  const bool from_first = ends[0].size() <= ends[1].size();
  const Places& taken = ends[from_first ? 0 : 1];
  Part& part = from_first ? cut.first : cut.second;
  const auto is_taken = [&](std::uint32_t place) {
    return std::binary_search(taken.begin(), taken.end(), place);
  };
  std::erase_if(part.places, is_taken);
  std::erase_if(part.streets, [&](std::uint32_t street) {
    return is_taken(map.tail[street]) || is_taken(map.head[street]);
  });
  return taken;
}

}  // namespace

std::vector<std::uint32_t> order_of_places(const StreetMap& map) {
  Dissection dissection(map);
  std::vector<std::uint32_t> order;  // filled from the most important down
  std::vector<Part> parts{dissection.whole()};
  while (!parts.empty()) {
    Part part = std::move(parts.back());
    parts.pop_back();
    for (Part& piece : dissection.components(part)) {
      if (piece.places.size() <= 2) {
        order.insert(order.end(), piece.places.begin(), piece.places.end());
        continue;
      }
      Cut cut = dissection.cut(piece);
      Places middle = cut_places(map, cut);
      sort_along(middle, [&](std::uint32_t place) { return map.position[place]; });
      order.insert(order.end(), middle.begin(), middle.end());
      parts.push_back(std::move(cut.first));
      parts.push_back(std::move(cut.second));
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

std::vector<std::uint32_t> order_of_streets(const StreetMap& map) {
  Dissection dissection(map);
  std::vector<std::uint32_t> order;
  std::vector<Part> parts{dissection.whole()};
  while (!parts.empty()) {
    Part part = std::move(parts.back());
    parts.pop_back();
    for (Part& piece : dissection.components(part)) {
      if (piece.places.size() == 1) {
        order.insert(order.end(), piece.streets.begin(), piece.streets.end());  // loops
        continue;
      }
      Cut cut = dissection.cut(piece);
      sort_along(cut.across, [&](std::uint32_t street) { return map.position[map.tail[street]]; });
      order.insert(order.end(), cut.across.begin(), cut.across.end());
      parts.push_back(std::move(cut.first));
      parts.push_back(std::move(cut.second));
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

}  // namespace chimata
