/// The laws people move by, and their constants.
#pragma once

#include <cstdint>

namespace chimata::pedestrian {

/// Nearer than this nobody's centre comes to a standing wall, m.
inline constexpr double kWallDistance = 1e-3;

/// By which law somebody moves.
enum class Law : std::uint8_t { collision_free, anticipating, social_force, orca };

/// Collision-free speed model: Tordeux, Chraibi and Seyfried, "Collision-free speed model for pedestrian
/// dynamics", Traffic and Granular Flow '15 (2016). With e0 the unit vector towards the aim, n_j the unit
/// vector from neighbour j, d_j the distance of the centres, l_j = r_i + r_j; n_w and d_w the same for the
/// nearest point of wall w:
///
///     e = norm(e0 + sum_j A exp((l_j - d_j) / D) n_j + sum_w A_w exp((r_i - d_w) / D_w) n_w)
///     s = least d_j - l_j of those ahead: (x_j - x_i) e >= 0 and at most l_j to the side of e
///     v = e min(v0, max(0, s / T))
///
/// Neighbours behind a wall do not count. v0 is the desired speed and T the time gap of each person.
/// Defaults of the strengths and ranges: JuPedSim 1.4 (`CollisionFreeSpeedModel`), graded B.
struct CollisionFree {
  double push = 8;                ///< A, of a neighbour
  double push_range = 0.1;        ///< D, m
  double wall_push = 5;           ///< A_w
  double wall_push_range = 0.02;  ///< D_w, m
  /// A neighbour farther away than v0 T cannot slow anybody down, and one whose push is fainter than this is
  /// not felt: after 1 s people are then 1e-7 m (median) from where they would be with no limit.
  double faintest_push = 1e-6;
};

/// Constants of all laws.
struct Laws {
  CollisionFree collision_free;
};

}  // namespace chimata::pedestrian
