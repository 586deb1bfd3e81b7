/// Optimal reciprocal collision avoidance; what it does stands at `Orca` in laws.hpp.
#pragma once

#include <span>

#include "chimata/pedestrian/laws.hpp"
#include "chimata/pedestrian/neighbourhood.hpp"

namespace chimata::pedestrian {

/// The velocities v with normal * v >= bound.
struct HalfPlane {
  Point normal;  ///< of length 1
  double bound;
};

/// The velocities that `me` may take for the sake of one neighbour.
/// @param off  where the neighbour is, seen from me, m
[[nodiscard]] HalfPlane half_plane(Point velocity, Point off, Point other_velocity, double touch,
                                   double horizon, double dt);

/// The velocity nearest to `wanted` in all half-planes and at most `fastest`; if there is none, the one that
/// misses those from row `hard` on by least.
[[nodiscard]] Point nearest_velocity(std::span<const HalfPlane> planes, std::size_t hard, Point wanted,
                                     double fastest);

[[nodiscard]] Point orca_velocity(const Orca& law, const Walker& me, const Seen& seen,
                                  std::span<const Contact> walls, double dt);

}  // namespace chimata::pedestrian
