#include "chimata/pedestrian/cell_cutter.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

using Ring = std::vector<Point>;

std::vector<Wall> edges_of(const std::vector<Polygon>& parts) {
  std::vector<Wall> edges;
  for (const Polygon& part : parts) {
    for (const Ring& ring : part.rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) edges.push_back({ring[i], ring[(i + 1) % ring.size()]});
    }
  }
  return edges;
}

/// What of an edge lies in the cell, as shares of its way.
struct Piece {
  WallRow row;
  double from = 0, to = 1;
};

/// A stretch of the area's edge through the cell, from where it enters to where it leaves.
struct Chain {
  Ring points;
  double enters, leaves;  ///< along the cell's edge: number of the side, and share of its way
};

/// The piece of an edge on the left of all sides of a cell; empty (from >= to) if there is none.
Piece clipped(const Ring& cell, const Wall& edge, WallRow row) {
  Piece piece{row};
  for (std::size_t side = 0; side < cell.size(); ++side) {
    const Point along = cell[(side + 1) % cell.size()] - cell[side];
    const double a = cross(along, edge.a - cell[side]), b = cross(along, edge.b - cell[side]);
    if (a < 0 && b < 0) return {row, 1, 0};
    if (a < 0) piece.from = std::max(piece.from, a / (a - b));
    if (b < 0) piece.to = std::min(piece.to, a / (a - b));
  }
  return piece;
}

/// Where on the edge of a cell a point lies that is on it but for rounding.
double place_on(const Ring& cell, Point at) {
  double best = 0, nearest = INFINITY;
  for (std::size_t side = 0; side < cell.size(); ++side) {
    const Point along = cell[(side + 1) % cell.size()] - cell[side], to = at - cell[side];
    const double square = dot(along, along);
    if (square == 0) continue;
    const double share = std::clamp(dot(to, along) / square, 0.0, 1.0);
    const double off = distance(at, cell[side] + share * along);
    if (off < nearest) nearest = off, best = static_cast<double>(side) + share;
  }
  return best;
}

/// Adds the corners of a cell between two places on its edge, turning left.
void go_round(const Ring& cell, double from, double to, Ring& loop) {
  const double sides = static_cast<double>(cell.size());
  if (to < from) to += sides;
  for (double corner = std::floor(from) + 1; corner < to; corner += 1)
    loop.push_back(cell[static_cast<std::size_t>(corner) % cell.size()]);
}

/// Closes chains to loops along the edge of the cell: where the area's edge leaves, the cell's own edge goes
/// on to where it enters next.
std::vector<Ring> closed(const Ring& cell, const std::vector<Chain>& chains) {
  std::vector<Ring> loops;
  std::vector<bool> used(chains.size(), false);
  const double sides = static_cast<double>(cell.size());
  for (std::size_t start = 0; start < chains.size(); ++start) {
    if (used[start]) continue;
    Ring loop;
    for (std::size_t at = start; !used[at];) {
      used[at] = true;
      loop.insert(loop.end(), chains[at].points.begin(), chains[at].points.end());
      std::size_t next = start;
      double way = INFINITY;
      for (std::size_t other = 0; other < chains.size(); ++other) {
        double ahead = chains[other].enters - chains[at].leaves;
        if (ahead < 0) ahead += sides;
        if ((!used[other] || other == start) && ahead < way) way = ahead, next = other;
      }
      go_round(cell, chains[at].leaves, chains[next].enters, loop);
      at = next;
    }
    loops.push_back(std::move(loop));
  }
  return loops;
}

}  // namespace

CellCutter::CellCutter(const Area& area) : walls_({}) {
  // parts that touch are one space: the line between them is no edge
  const auto parts = area.parts().size() > 1 ? joined(area.parts()) : area.parts();
  walls_ = Walls(edges_of(parts));
  for (const Polygon& part : parts) {
    for (const Ring& ring : part.rings) {
      const auto first = static_cast<WallRow>(rings_.size());
      rings_.insert(rings_.end(), ring.size(), {first, first + static_cast<WallRow>(ring.size()) - 1});
    }
  }
}

WallRow CellCutter::after(WallRow row) const {
  return row == rings_[row].last ? rings_[row].first : row + 1;
}

Polygon CellCutter::cut(std::vector<Point> cell, Point owner) const {
  std::vector<WallRow> rows;
  walls_.collect(box_of(cell), rows);
  std::vector<Piece> pieces;
  for (const WallRow row : rows) {
    const Piece piece = clipped(cell, walls_[row], row);
    if (piece.from < piece.to) pieces.push_back(piece);
  }

  // pieces that follow each other within the cell make chains; what is left over are whole rings
  const auto found = [&](WallRow row) {
    const auto it = std::lower_bound(pieces.begin(), pieces.end(), row,
                                     [](const Piece& piece, WallRow wanted) { return piece.row < wanted; });
    return it != pieces.end() && it->row == row ? static_cast<std::size_t>(it - pieces.begin())
                                                : pieces.size();
  };
  std::vector<std::size_t> next(pieces.size(), pieces.size());
  std::vector<bool> follows(pieces.size(), false), done(pieces.size(), false);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::size_t then = found(after(pieces[i].row));
    if (pieces[i].to < 1 || then == pieces.size() || pieces[then].from > 0) continue;
    next[i] = then, follows[then] = true;
  }
  const auto at = [&](const Piece& piece, double share) {
    return between(walls_[piece.row].a, walls_[piece.row].b, share);
  };
  std::vector<Chain> chains;
  for (std::size_t start = 0; start < pieces.size(); ++start) {
    if (follows[start]) continue;
    Chain chain;
    chain.points.push_back(at(pieces[start], pieces[start].from));
    for (std::size_t i = start; i < pieces.size(); i = next[i]) {
      done[i] = true;
      chain.points.push_back(at(pieces[i], pieces[i].to));
    }
    chain.enters = place_on(cell, chain.points.front()), chain.leaves = place_on(cell, chain.points.back());
    chains.push_back(std::move(chain));
  }
  std::vector<Ring> loops = chains.empty() ? std::vector<Ring>{cell} : closed(cell, chains), holes;
  for (std::size_t start = 0; start < pieces.size(); ++start) {
    if (done[start]) continue;
    Ring ring;
    for (std::size_t i = start; !done[i]; i = next[i])
      done[i] = true, ring.push_back(walls_[pieces[i].row].a);
    (signed_area(ring) > 0 ? loops : holes).push_back(std::move(ring));
  }

  // of loops within loops the smallest is the owner's
  Polygon own;
  double least = INFINITY;
  for (Ring& loop : loops) {
    const double size = std::fabs(signed_area(loop));
    if (size < least && Polygon{{loop}}.contains(owner)) least = size, own.rings = {std::move(loop)};
  }
  if (own.rings.empty()) return own;
  const Polygon outline = own;
  for (Ring& hole : holes) {
    if (outline.contains(hole.front())) own.rings.push_back(std::move(hole));
  }
  return own;
}

}  // namespace chimata::pedestrian
