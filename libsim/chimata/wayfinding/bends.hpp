/// Where shortest ways can bend.
#pragma once

#include <cmath>
#include <vector>

#include "chimata/space/area.hpp"

namespace chimata {

/// A point beside a convex corner of walls.
struct Bend {
  Point at;
  double room = 0;      ///< m from the walls of its corner
  Point before, after;  ///< directions in which its two walls run on, of length 1
  /// m, from here across the passage along each of the walls to its other side, kept off by as much
  Point across_before{}, across_after{};

  /// Whether a shortest way can leave in this direction: both walls lie on the same side of it.
  /// @param slack  m by which the other end may lie nearer to its wall than this bend to its own
  [[nodiscard]] bool can_leave(Point way, double slack) const {
    const double length = std::sqrt(way.x * way.x + way.y * way.y);
    const double one = way.x * before.y - way.y * before.x, other = way.x * after.y - way.y * after.x;
    const double least = 1.5 * slack + 0.005 * length;
    return one * other >= 0 || std::fabs(one) < least || std::fabs(other) < least;
  }
};

/// The least distance from a wall that a way keeps, m: nobody fits through a gap of twice that.
inline constexpr double kLeastRoom = 0.02;

/// Ways keep this share of the room that their corners have, so that rounding shuts none.
inline constexpr double kSlim = 0.9;

/// All bends round the standing walls: a corner moved off by `clearance`, less where the passage beside it
/// is narrower than a way on both sides needs. Round a wall's free end a way bends twice.
[[nodiscard]] std::vector<Bend> find_bends(const Area& area, const Walls& walls, double clearance);

}  // namespace chimata
