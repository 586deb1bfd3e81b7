#include "chimata/mobility/area_barriers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/space/cutting.hpp"

namespace chimata {

namespace {

constexpr std::uint32_t kNoSide = 0xffffffffu;
constexpr double kLeastPiece = 0.01;  // m
constexpr double kThick = 0.02;       // m to each side: as much as a way keeps from a wall at least

/// What of one straight line lies in the area.
std::vector<Wall> inside(const Area& area, const Walls& outline, const Wall& line) {
  std::vector<double> shares = {0, 1};
  std::vector<WallRow> near;
  outline.collect(box_of(line), near);
  for (const WallRow row : near) {
    if (const double share = meets(line, outline[row]); share <= 1) shares.push_back(share);
  }
  std::sort(shares.begin(), shares.end());
  const double length = distance(line.a, line.b);
  std::vector<Wall> pieces;
  for (std::size_t i = 1; i < shares.size(); ++i) {
    if ((shares[i] - shares[i - 1]) * length < kLeastPiece) continue;
    if (!area.contains(between(line.a, line.b, (shares[i] + shares[i - 1]) / 2))) continue;
    pieces.push_back({between(line.a, line.b, shares[i - 1]), between(line.a, line.b, shares[i])});
  }
  return pieces;
}

/// From an end of a barrier to the nearest of some walls, if nobody gets through there.
void close_gap(const Area& area, const Walls& outline, const std::vector<Wall>& others, Point end,
               std::vector<Wall>& pieces) {
  if (!area.contains(end)) return;
  double least = kBodyBreadth;
  Point to = end;
  const auto look = [&](const Wall& wall) {
    const Point near = nearest_on(wall, end);
    if (const double off = distance(end, near); off < least) least = off, to = near;
  };
  std::vector<WallRow> near;
  outline.collect(box_of(Wall{end, end}).widened(kBodyBreadth), near);
  for (const WallRow row : near) look(outline[row]);
  for (const Wall& other : others) look(other);
  if (least < kBodyBreadth && least >= kLeastPiece) pieces.push_back({end, to});
}

/// As `barrier_pieces`.
/// @param outline  of the area
std::vector<Wall> pieces_of(const Area& area, const Walls& outline, const std::vector<Point>& line,
                            const std::vector<Wall>& others) {
  std::vector<Wall> pieces;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const auto more = inside(area, outline, {line[i - 1], line[i]});
    pieces.insert(pieces.end(), more.begin(), more.end());
  }
  if (pieces.empty() || line.front() == line.back()) return pieces;
  for (const Point end : {line.front(), line.back()}) close_gap(area, outline, others, end, pieces);
  return pieces;
}

/// A thin strip along a wall, a little longer than it.
Polygon strip(const Wall& wall) {
  const Point along = kThick * unit(wall.b - wall.a), aside = left_of(along);
  const Point a = wall.a - along, b = wall.b + along;
  return {{{a - aside, b - aside, b + aside, a + aside}}};
}

bool has(const std::vector<std::uint32_t>& sides, std::uint32_t side) {
  return std::find(sides.begin(), sides.end(), side) != sides.end();
}

/// A part of an area; as an area it finds places faster, but what is left of a cut need not be one.
class Part {
 public:
  explicit Part(const Polygon& shape) : shape_(shape), box_(shape.box()) {
    try {
      area_ = std::make_unique<const Area>(std::vector{shape});
    } catch (const InputError&) {  // touches itself in a point
    }
  }
  [[nodiscard]] bool contains(Point at) const {
    return box_.contains(at) && (area_ ? area_->contains(at) : shape_.contains(at));
  }

 private:
  Polygon shape_;
  Box box_;
  std::unique_ptr<const Area> area_;
};

/// The parts into which standing barriers cut an area.
class Sides {
 public:
  Sides(const FocusArea& site, const std::function<bool(const AreaBarrier&)>& stands) {
    std::vector<Polygon> strips;
    for (const AreaBarrier& barrier : site.barriers) {
      if (!stands(barrier)) continue;
      for (std::uint32_t i = 0; i < barrier.pieces; ++i)
        strips.push_back(strip(site.area->gates()[barrier.first_piece + i].line));
    }
    const auto& whole = site.area->parts();
    for (const Polygon& part : strips.empty() ? whole : cut_out_apart(whole, set_apart(strips)))
      parts_.emplace_back(part);
  }
  [[nodiscard]] std::uint32_t of(Point at) const {
    for (std::uint32_t part = 0; part < parts_.size(); ++part) {
      if (parts_[part].contains(at)) return part;
    }
    return kNoSide;
  }
  /// That of most of the square: its middle may lie in a house.
  [[nodiscard]] std::uint32_t of(const AreaSpot& spot) const {
    if (parts_.size() == 1) return 0;  // a spot lies in the area
    constexpr int kRaster = 6;
    const Box box = spot.shape.box();
    std::vector<int> votes(parts_.size(), 0);
    for (int i = 0; i < kRaster * kRaster; ++i) {
      const double x = (i % kRaster + 0.5) / kRaster, y = (i / kRaster + 0.5) / kRaster;
      const std::uint32_t side =
          of(Point{box.min_x + x * (box.max_x - box.min_x), box.min_y + y * (box.max_y - box.min_y)});
      if (side != kNoSide) ++votes[side];
    }
    const auto most = std::max_element(votes.begin(), votes.end());
    return most == votes.end() || *most == 0 ? kNoSide : static_cast<std::uint32_t>(most - votes.begin());
  }
  /// Right behind the line, every half metre: a barrier may end at it.
  [[nodiscard]] std::vector<std::uint32_t> of(const AreaGate& gate) const {
    constexpr double kEvery = 0.5, kBehind = 0.1;
    const auto count = static_cast<int>(std::max(1.0, std::floor(gate.width() / kEvery)));
    const Point aside = kBehind * left_of(unit(gate.line.b - gate.line.a));
    std::vector<std::uint32_t> sides;
    for (int i = 0; i < count; ++i) {
      const Point on = between(gate.line.a, gate.line.b, (i + 0.5) / count);
      for (const Point at : {on + aside, on - aside}) {
        const std::uint32_t side = of(at);
        if (side != kNoSide && !has(sides, side)) sides.push_back(side);
      }
    }
    return sides;
  }

 private:
  std::vector<Part> parts_;
};

bool crosses(const std::vector<Wall>& pieces, const Polygon& square) {
  return std::any_of(pieces.begin(), pieces.end(), [&](const Wall& piece) {
    if (square.contains(piece.a) || square.contains(piece.b)) return true;
    const auto& ring = square.rings.front();
    for (std::size_t i = 0; i < ring.size(); ++i) {
      if (meets(piece, {ring[i], ring[(i + 1) % ring.size()]}) <= 1) return true;
    }
    return false;
  });
}

/// Takes spots away; the others are numbered anew.
template <class Which>
CutOff take_away(FocusArea& site, Which&& which) {
  CutOff gone;
  const std::uint32_t first = site.spots.front().goal.value;
  std::vector<AreaSpot> kept;
  for (const AreaSpot& spot : site.spots) {
    if (which(spot)) {
      ++gone.spots, gone.room += spot.room;
      continue;
    }
    kept.push_back(spot);
    kept.back().goal = NodeId{first + static_cast<std::uint32_t>(kept.size() - 1)};
  }
  if (!kept.empty()) site.spots = std::move(kept);
  return gone;
}

}  // namespace

std::vector<Wall> barrier_pieces(const Area& area, const std::vector<Point>& line,
                                 const std::vector<Wall>& others) {
  return pieces_of(area, area.walls(), line, others);
}

void put_up(FocusArea& site, std::vector<AreaBarrier> barriers, const std::string& where) {
  if (barriers.empty()) return;
  std::vector<Gate> gates = site.area->gates();
  const Walls outline = site.area->walls();
  std::vector<Wall> lasting, known;
  for (AreaBarrier& barrier : barriers) {
    const auto pieces = pieces_of(*site.area, outline, barrier.line, known);
    if (pieces.empty())
      throw InputError(where, barrier.id + " lies outside " + site.id,
                       "draw it across the area: longitude, latitude, longitude, latitude");
    barrier.first_piece = static_cast<std::uint32_t>(gates.size());
    barrier.pieces = static_cast<std::uint32_t>(pieces.size());
    for (const Wall& piece : pieces) {
      gates.push_back({barrier.id + "." + std::to_string(gates.size() - barrier.first_piece + 1), piece});
      if (barrier.always()) lasting.push_back(piece);
    }
    known.insert(known.end(), pieces.begin(), pieces.end());
  }
  site.area = std::make_shared<const Area>(site.area->parts(), std::move(gates));
  site.barriers.insert(site.barriers.end(), barriers.begin(), barriers.end());
  const auto crossed = [&](const AreaSpot& spot) { return crosses(lasting, spot.shape); };
  if (site.spots.empty()) return;  // they are laid out later
  if (std::all_of(site.spots.begin(), site.spots.end(), crossed))
    throw InputError(where, "no place is left where people could stay", "take some barriers away");
  (void)take_away(site, crossed);
}

CutOff find_sides(FocusArea& site, const std::string& where) {
  const Sides sides(site, [](const AreaBarrier& barrier) { return barrier.always(); });
  std::vector<std::uint32_t> in, out;  // sides to which gates lead
  for (AreaGate& gate : site.gates) {
    gate.sides = sides.of(gate);
    if (gate.way_in) in.insert(in.end(), gate.sides.begin(), gate.sides.end());
    if (gate.way_out) out.insert(out.end(), gate.sides.begin(), gate.sides.end());
  }
  for (AreaSpot& spot : site.spots) spot.side = sides.of(spot);
  const auto shut_in = [&](const AreaSpot& spot) { return !has(in, spot.side); };
  if (std::all_of(site.spots.begin(), site.spots.end(), shut_in))
    throw InputError(where, "nobody can get to any place in " + site.id, "leave a gap behind a gate");
  CutOff found = take_away(site, shut_in);
  for (const AreaSpot& spot : site.spots) {
    if (!has(out, spot.side))
      throw InputError(where, "people at some places of " + site.id + " could not get out by any gate",
                       "leave a gap, or let people out by the gate through which they came");
  }
  for (std::uint32_t row = 0; row < site.gates.size(); ++row) {
    AreaGate& gate = site.gates[row];
    const bool leads = std::any_of(site.spots.begin(), site.spots.end(),
                                   [&](const AreaSpot& spot) { return has(gate.sides, spot.side); });
    if (leads) continue;
    if (gate.way_in || gate.way_out) found.gates.push_back(row);
    gate.way_in = gate.way_out = false;
  }
  return found;
}

CutOff cut_off_at_last(const FocusArea& site) {
  const Sides sides(site, [](const AreaBarrier& barrier) { return barrier.stands.to == kNever; });
  std::vector<std::vector<std::uint32_t>> of_gate;
  std::vector<std::uint32_t> out, held;
  for (const AreaGate& gate : site.gates) {
    of_gate.push_back(gate.way_out ? sides.of(gate) : std::vector<std::uint32_t>{});
    out.insert(out.end(), of_gate.back().begin(), of_gate.back().end());
  }
  CutOff found;
  for (const AreaSpot& spot : site.spots) {
    held.push_back(sides.of(spot));
    if (!has(out, held.back())) ++found.spots, found.room += spot.room;
  }
  for (std::uint32_t row = 0; row < site.gates.size(); ++row) {
    const bool leads =
        std::any_of(held.begin(), held.end(), [&](std::uint32_t side) { return has(of_gate[row], side); });
    if (site.gates[row].way_out && !leads) found.gates.push_back(row);
  }
  return found;
}

}  // namespace chimata
