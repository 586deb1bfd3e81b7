#include "chimata/mobility/focus_area.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/mobility/area_spots.hpp"
#include "chimata/mobility/world.hpp"

namespace chimata {

namespace {

constexpr double kMargin = 60;      // m of the area kept beyond where people stay
constexpr double kSpot = 6;         // m, side of a spot
constexpr double kPitch = 8;        // m from one spot to the next: aisles of 2 m
constexpr double kAisle = 2.5;      // m beside ways that stay free
constexpr double kBeforeGate = 8;   // m before a gate that stay free
constexpr double kLeastSpot = 9;    // m²
constexpr double kPacked = 0.8;     // of a spot that people fill: none stands on its edge
constexpr double kNarrowest = 0.9;  // m, the narrowest passage that counts as one

Polygon square(double left, double low, double side) {
  return {{{{left, low}, {left + side, low}, {left + side, low + side}, {left, low + side}}}};
}

/// The area itself: the shape, or as much of it as lies about the centre.
std::shared_ptr<const Area> cut(const FocusPlan& plan) {
  auto whole = std::make_shared<const Area>(std::vector<Polygon>{plan.shape});
  if (plan.within <= 0) return whole;
  const double reach = plan.within + kMargin;
  auto parts = whole->within(square(plan.centre.x - reach, plan.centre.y - reach, 2 * reach));
  if (parts.empty())
    throw InputError(plan.id,
                     "has nothing within " + std::to_string(std::lround(plan.within)) + " m of the centre",
                     "move the centre or widen within_m");
  return std::make_shared<const Area>(std::move(parts));
}

/// Where a street's shape crosses the border: how far along (m), and the wall.
struct Crossing {
  double along = 0;
  Wall border;
  Point at;
  int count = 0;
};

Crossing crossing_of(std::span<const Point> shape, const Walls& walls) {
  Crossing found;
  double before = 0;
  for (std::size_t i = 1; i < shape.size(); ++i) {
    const Wall piece{shape[i - 1], shape[i]};
    for (WallRow row = 0; row < walls.size(); ++row) {
      const double share = meets(piece, walls[row]);
      if (share > 1) continue;
      ++found.count;
      found.at = between(piece.a, piece.b, share);
      found.along = before + distance(piece.a, found.at), found.border = walls[row];
    }
    before += distance(piece.a, piece.b);
  }
  return found;
}

/// The passage: on the border about where the street crosses it, as wide as the street.
Wall passage(const Crossing& crossing, double width) {
  const Point along = unit(crossing.border.b - crossing.border.a);
  const double length = distance(crossing.border.a, crossing.border.b);
  const double middle = dot(crossing.at - crossing.border.a, along);
  const double half = std::min(width, length) / 2;
  const double centre = std::clamp(middle, half, length - half);
  return {crossing.border.a + (centre - half) * along, crossing.border.a + (centre + half) * along};
}

std::vector<AreaGate> gates_of(const Network& network, const Area& area, std::vector<LinkId>& inside) {
  const Walls walls = area.walls();
  std::vector<AreaGate> gates;
  std::map<std::string, int> named;
  for (std::uint32_t s = 0; s < network.segment_count(); ++s) {
    const SegmentId segment{s};
    const LinkId forward = Network::forward(segment);
    if (!network.allows(forward, kFoot) && !network.allows(Network::twin_of(forward), kFoot)) continue;
    const bool from_inside = area.contains(network.position[network.from[segment]]);
    const bool to_inside = area.contains(network.position[network.to[segment]]);
    if (from_inside && to_inside) {
      inside.push_back(forward);
      inside.push_back(Network::twin_of(forward));
    }
    if (from_inside == to_inside) continue;  // inside, outside, or across on a bridge
    const Crossing crossing = crossing_of(network.shape(segment), walls);
    if (crossing.count == 0) continue;
    AreaGate gate;
    gate.out = from_inside ? forward : Network::twin_of(forward);
    gate.node = network.head(gate.out);
    gate.from_tail = from_inside ? crossing.along : network.length[segment] - crossing.along;
    gate.to_node = std::max(0.0, network.length[segment] - gate.from_tail);
    gate.line = passage(crossing, std::max(kNarrowest, double{network.width[segment]}));
    gate.way_out = network.allows(gate.out, kFoot);
    gate.way_in = network.allows(Network::twin_of(gate.out), kFoot);
    const std::int64_t source = network.segment_source[segment];
    gate.id = source != 0 ? "way/" + std::to_string(source) : "segment/" + std::to_string(s);
    if (const int twice = ++named[gate.id]; twice > 1) gate.id += "-" + std::to_string(twice);
    gates.push_back(std::move(gate));
  }
  return gates;
}

/// Whether a way inside, or a gate, must stay free here.
bool kept_free(const Network& network, const FocusArea& site, Point at) {
  for (const LinkId link : site.inside) {
    if (Network::runs_backward(link)) continue;
    const auto shape = network.shape(Network::segment_of(link));
    const double clear = kAisle + double{network.width[Network::segment_of(link)]} / 2;
    for (std::size_t i = 1; i < shape.size(); ++i) {
      if (distance(at, nearest_on({shape[i - 1], shape[i]}, at)) < clear) return true;
    }
  }
  return std::any_of(site.gates.begin(), site.gates.end(), [&](const AreaGate& gate) {
    return distance(at, nearest_on(gate.line, at)) < kBeforeGate;
  });
}

}  // namespace

std::vector<AreaSpot> spots_of(const Network& network, const FocusArea& site, const FocusPlan& plan) {
  struct Found {
    double away;
    Point middle;
    AreaSpot spot;
  };
  std::vector<Found> found;
  const Box box = site.area->box();
  for (double y = std::floor(box.min_y / kPitch) * kPitch; y < box.max_y; y += kPitch) {
    for (double x = std::floor(box.min_x / kPitch) * kPitch; x < box.max_x; x += kPitch) {
      const Point middle{x + kSpot / 2, y + kSpot / 2};
      const double away = distance(middle, plan.centre);
      if ((plan.within > 0 && away > plan.within) || kept_free(network, site, middle)) continue;
      // the square as it is: whoever walks on it is kept in the area anyway
      double size = 0;
      for (const Polygon& part : site.area->within(square(x, y, kSpot))) size += part.area();
      const auto room = static_cast<std::uint32_t>(kPacked * size * plan.density);
      if (size >= kLeastSpot && room > 0) found.push_back({away, middle, {square(x, y, kSpot), room, {}}});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::tie(a.away, a.middle.y, a.middle.x) < std::tie(b.away, b.middle.y, b.middle.x);
  });
  std::vector<AreaSpot> spots;
  for (Found& each : found) {
    each.spot.goal = NodeId{plan.first_goal + static_cast<std::uint32_t>(spots.size())};
    spots.push_back(std::move(each.spot));
  }
  return spots;
}

FocusArea focus_area(const Network& network, const FocusPlan& plan) {
  FocusArea site{plan.id, plan.name, cut(plan), {}, {}, {}};
  site.density = plan.density;
  site.gates = gates_of(network, *site.area, site.inside);
  if (site.gates.empty())
    throw InputError(plan.id, "no street for people on foot leads into it",
                     "draw it so that streets cross its border, or widen within_m");
  site.spots = spots_of(network, site, plan);
  if (site.spots.empty())
    throw InputError(plan.id, "nobody has room in it", "choose a larger area or widen within_m");
  return site;
}

NodeId FocusArea::goal_of_gate(std::uint32_t gate) const {
  return NodeId{spots.back().goal.value + 1 + gate};
}

std::optional<std::uint32_t> FocusArea::gate_named(NodeId goal) const {
  const std::uint32_t first = goal_of_gate(0).value;
  if (!goal.valid() || goal.value < first || goal.value - first >= gates.size()) return std::nullopt;
  return goal.value - first;
}

bool FocusArea::leads(std::uint32_t gate, std::uint32_t spot) const {
  const auto& sides = gates[gate].sides;
  return std::find(sides.begin(), sides.end(), spots[spot].side) != sides.end();
}

RasterFrame cells_over(const FocusArea& area) {
  constexpr double kCell = 5;  // m, as fine as depth rasters usually are
  const Box box = area.area->box();
  return {box.min_x,
          box.max_y,
          kCell,
          kCell,
          static_cast<std::size_t>(std::ceil((box.max_x - box.min_x) / kCell)) + 1,
          static_cast<std::size_t>(std::ceil((box.max_y - box.min_y) / kCell)) + 1};
}

std::vector<Point> cells_of(const std::vector<FocusArea>& areas) {
  std::vector<Point> middles;
  for (const FocusArea& area : areas) {
    const RasterFrame cells = cells_over(area);
    for (std::size_t row = 0; row < cells.rows; ++row) {
      for (std::size_t column = 0; column < cells.columns; ++column) {
        middles.push_back({cells.west + (static_cast<double>(column) + 0.5) * cells.cell_x,
                           cells.north - (static_cast<double>(row) + 0.5) * cells.cell_y});
      }
    }
  }
  return middles;
}

std::vector<Closure> closures_of(const FocusArea& area, Window when) {
  std::vector<Closure> closures;
  for (const LinkId link : area.inside) closures.push_back({link, when});
  for (const AreaGate& gate : area.gates) {
    if (!gate.out.valid()) continue;  // made for the event: joined to a street, but on none
    for (const LinkId link : {gate.out, Network::twin_of(gate.out)})
      closures.push_back({link, when, kBicycle | kCar});
  }
  std::sort(closures.begin(), closures.end(), kByLinkAndTime);
  return closures;
}

}  // namespace chimata
