/// The laws people move by, and their constants.
#pragma once

#include <cstdint>

namespace chimata::pedestrian {

/// Nearer than this nobody's centre comes to a standing wall, m.
inline constexpr double kWallDistance = 1e-3;

/// By which law somebody moves.
enum class Law : std::uint8_t { collision_free, anticipating, social_force, orca, gap_seeking, own };

/// The law that meets most experiments best, to be asked for by name. Not the default: the guidelines' other
/// tests are run with collision-free speed.
inline constexpr Law kRecommendedLaw = Law::gap_seeking;

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

/// Anticipation velocity model: Xu, Chraibi, Tordeux and Zhang, "Anticipation in a velocity-based model for
/// pedestrian dynamics", Transportation Research Part C 133, 103464 (2021). Of a neighbour j in front, seen
/// from the desired direction e0 or from the direction of motion e, with n_ij the unit vector to j and d the
/// free distance:
///
///     d_a = max(0, d - t_a (v_i - v_j) n_ij)                 where the two will be after t_a
///     R   = k (1 + (1 - e0 e_j) / 2) exp(-d_a / D)           stronger against the stream
///     e_d = norm(e0 + sum_j R m_j)                           m_j square to e0, away from x_j + t_a v_j
///     de/dt = (e_d - e) / tau                                or e = e_d at once where that turns about
///     v   = e min(v0, max(0, s / T))                         s as in `CollisionFree`
///
/// Walls push e_d as in `CollisionFree`. Arches before doors may stand for ever. Here e is the direction of
/// the velocity, e0 for somebody who stands, and whoever comes exactly head on is passed on the left (the
/// paper draws lots). Constants: k, D, t_a, tau of the paper as JuPedSim 1.4 has them, graded B; the range is
/// JuPedSim's cut-off.
struct Anticipating {
  double strength = 8;             ///< k
  double push_range = 0.1;         ///< D, m
  double anticipation_time = 1.0;  ///< t_a, s
  double reaction_time = 0.3;      ///< tau, s
  double range = 3;                ///< m, free distance beyond which nobody counts
};

/// Social force model: Helbing, Farkas and Vicsek, "Simulating dynamical features of escape panic", Nature
/// 407 (2000). With g(x) = max(0, x), n from j to i, t square to n, and walls like people that stand:
///
///     m dv/dt = m (v0 e0 - v) / tau + sum_j (A exp((l - d) / B) + k g(l - d)) n + kappa g(l - d) ((v_j -
///     v_i) t) t
///
/// The velocity is brought forward before the place (semi-implicit Euler), and friction acts against the own
/// velocity at the end of the step: explicit, it makes people fly apart who overlap by 3 cm. Bodies are
/// stiff: give steps of at most 10 ms. All constants as published (grade A).
struct SocialForce {
  double strength = 2000;                       ///< A, N
  double range = 0.08;                          ///< B, m
  double body = 1.2e5;                          ///< k, kg/s²
  double friction = 2.4e5;                      ///< kappa, kg/m/s
  double relaxation_time = 0.5;                 ///< tau, s
  double mass = 80;                             ///< m, kg
  double faintest = 1e-6;                       ///< m/s², an acceleration below this is not felt
  static constexpr double kLongestStep = 0.01;  ///< s; from 0.036 on two bodies in touch fly apart
};

/// Optimal reciprocal collision avoidance: van den Berg, Guy, Lin and Manocha, "Reciprocal n-body collision
/// avoidance", Robotics Research (2011). Everybody takes half of the least change of velocity that keeps two
/// discs apart for `horizon` s, as a half-plane of velocities n v >= b; of the velocities in all half-planes
/// the one nearest to the desired one is taken, and where there is none the one that misses the neighbours'
/// half-planes by least. A wall gives the half-plane that keeps the body off it for `wall_horizon`, and none
/// of these is missed. Horizons and range are judgement (grade C): 100 against 100 in a corridor of 2 m (IMO
/// test 8) stand still for good with a horizon of 2 s, for all keep clear of gaps that others might take;
/// with half a second, about one step ahead, they get through. In that crush bodies of 0.4 m overlap by up to
/// 0.1 m: people who squeeze past turn sideways.
struct Orca {
  double horizon = 0.5;       ///< s
  double wall_horizon = 0.5;  ///< s
  double range = 2;           ///< m, free distance beyond which nobody counts: two fast walkers' half second
  double fastest = 1.3;       ///< times the desired speed, when avoiding
};

/// People who look for gaps: our own law (grade C), made of published ones. With e0, l, n_j, n_w, v0 and T as
/// in `CollisionFree` and P, W its pushes of neighbours and walls, h = |v_i| / v0 at most 1:
///
///     w    = e0 + s sum_j P_j n_j + sum_w W_w n_w + p v_i / |v_i| + (k a + q m (1 - h)) left      the wish
///     f(e) = least x - d l (1 - (y / c)^4) of those with x > 0 and |y| < c                   the free way
///     V(f) = f^2 / (T (r f + b))                                                        the speed for it
///     e    = of norm(w) and e0 turned by 0, 15, 30, 50, 70, 90, 120 degrees to either side the one with most
///            min(v0, V(f(e)), V(f'(e))) (e w)
///     v    = e min(v0, V(f(e))); where all of them lead nowhere people stand
///
/// x and y are where j stands along and aside of e, f' the free way where everybody will be t_a later. Where
/// collision-free speed walks in the direction of the wish however little room there is, these people go
/// where they get on best: the heuristic of Moussaïd, Helbing and Theraulaz, PNAS 108 (2011). Of our own are:
///   c  bodies are wider than deep and turn: people count as in front only c l aside of the way, c going from
///      `turned` for who stands to `narrow` for who walks at v0, and to `met` for two who come towards each
///      other;
///   V  the time gap shrinks from the body on, as single file shows (Seyfried et al. 2005): V = f / (r T) far
///   away; a  with somebody ahead who comes towards them people keep left, a = sum of (1 - x / `beware`)
///   times how much
///      against, at most 1 (Moussaïd et al. 2009 found that people have a preferred side; -k: right);
///   m  whoever goes slower than half of v0 among others shuffles: -1 to 1, drawn for the person and the
///   second, which
///      breaks arches before doors;
///   walls end the free way at `wall_room` radii, with `wall_time` instead of T.
/// Bodies, as circles, overlap where people turn; `Crowd::worst_overlap` says by how much. Everybody is seen
/// at a free distance of v0 (T + t_a), at least 1.5 m. All constants grade C: how they were found and what
/// they give stands in docs/concepts/crowd_laws.md.
struct GapSeeking {
  double narrow = 0.72;     ///< c, of r_i + r_j
  double turned = 0.65;     ///< c of who stands
  double met = 0.55;        ///< c of two who come towards each other
  double deep = 0.8;        ///< d
  double ease = 0.8;        ///< r
  double caution = 0.32;    ///< b, m
  double look_ahead = 0.5;  ///< t_a, s
  double shyness = 0.25;    ///< s
  double persistence = 1;   ///< p
  double side = 2;          ///< k
  double beware = 2;        ///< m
  double shuffle = 1;       ///< q
  double wall_room = 0.5;   ///< of the radius
  double wall_time = 0.25;  ///< s
};

/// Constants of all laws.
struct Laws {
  CollisionFree collision_free;
  Anticipating anticipating;
  SocialForce social_force;
  Orca orca;
  GapSeeking gap_seeking;
  double own_range = 3;  ///< m, of a law of one's own: see `OwnLaw`
};

}  // namespace chimata::pedestrian
