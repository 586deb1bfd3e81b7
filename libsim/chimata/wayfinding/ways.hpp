/// The shortest way round the corners of an area, to any of its targets, from anywhere.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/space/area.hpp"

namespace chimata {

using Corner = std::uint32_t;
using Target = std::uint32_t;
inline constexpr Corner kStraight = 0xffffffffu;  ///< straight to the target
inline constexpr Corner kLost = 0xfffffffeu;      ///< no way, or not looked yet

/// Shortest ways in the plane, exact, so that turning the whole area turns the ways with it.
///
/// A shortest way bends only at convex corners of walls. Every such corner is moved off its wall by
/// `clearance` (less where two walls leave less room); those that see each other are joined. Towards every
/// target each corner knows its successor and the distance left. Somebody under way remembers one number, the
/// corner headed for: following it costs next to nothing, and only now and then somebody looks whether a
/// later corner has come into sight.
class Ways {
 public:
  /// @param walls  of `area`; the caller tells of every change by `update`
  Ways(const Area& area, const Walls& walls, double clearance);

  /// Adds a target: anywhere on these polygons or segments will do.
  Target add_target(std::vector<Polygon> shapes);
  Target add_target(std::vector<Wall> lines);

  struct Aim {
    Point at;                                               ///< where to head for now
    Corner corner = kLost;                                  ///< to be remembered
    double left = std::numeric_limits<double>::infinity();  ///< m from here to the target
  };
  /// The way on for somebody at `at` who heads for `corner`. Looks no further than needed to see whether that
  /// still leads on; with `look`, looks for the best corner in sight.
  [[nodiscard]] Aim aim(Target target, Point at, Corner corner, bool look) const;
  /// m to the target by the shortest way; infinite if there is none.
  [[nodiscard]] double distance(Target target, Point at) const;

  /// Takes in that these walls have changed (now stand, or no longer do): joins and parts corners around them
  /// only, then renews the distances of all targets.
  void update(const std::vector<WallRow>& changed, Arena& arena);
};

}  // namespace chimata
