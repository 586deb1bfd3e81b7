/// The collision-free speed model on lanes; its equations stand at `CollisionFree` in laws.hpp.
#pragma once

#include <cmath>
#include <limits>
#include <span>

#include "chimata/core/fast_math.hpp"
#include "chimata/pedestrian/laws.hpp"
#include "chimata/pedestrian/neighbourhood.hpp"

namespace chimata::pedestrian {

/// Free distance beyond which a push is not felt, m.
[[nodiscard]] inline double felt_push(const CollisionFree& law) {
  return law.push_range * fast::log(law.push / law.faintest_push);
}

/// Free distance beyond which a wall's push is fainter than the last bit of a unit vector, m.
[[nodiscard]] inline double felt_wall(const CollisionFree& law) {
  return 40 * law.wall_push_range;
}

/// What neighbours do to everybody in hand: `gap` and `push` of all pairs.
[[gnu::always_inline]] inline void collision_free_pushes(const CollisionFree& law, Neighbourhood& near) {
  const double *off_x = near.off_x.data(), *off_y = near.off_y.data(), *touch = near.touch.data();
  double *gap = near.gap.data(), *push_x = near.push_x.data(), *push_y = near.push_y.data();
  const double inverse_range = 1 / law.push_range, strength = law.push;
  for (std::size_t group = 0; group < near.pairs; group += kLanes) {
#pragma omp simd
    for (std::size_t i = group; i < group + kLanes; ++i) {
      const double dx = off_x[i], dy = off_y[i];
      const double distance = std::sqrt(dx * dx + dy * dy), room = distance - touch[i];
      const double push = strength * lane_exp(-room * inverse_range);
      const double share = distance > 0 ? push / distance : 0.0;  // in the very same place: no way is away
      push_x[i] = share * dx, push_y[i] = share * dy, gap[i] = room;
    }
  }
}

/// Where neighbours and walls would have `me` go, of any length; lowers `closest` to the least free distance
/// among those seen.
[[gnu::always_inline]] inline Point collision_free_wish(const CollisionFree& law, const Walker& me,
                                                        Pairs pairs, const Neighbourhood& near,
                                                        std::span<const Contact> walls, double& closest) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  const double *gap = near.gap.data() + pairs.first, *push_x = near.push_x.data() + pairs.first,
               *push_y = near.push_y.data() + pairs.first;
  double sum_x[kLanes] = {}, sum_y[kLanes] = {}, least[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) least[lane] = kFar;
  for (std::size_t group = 0; group < pairs.count; group += kLanes) {
#pragma omp simd
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::size_t i = group + lane;
      const bool mine = i < pairs.count;
      const double room = mine ? gap[i] : kFar;
      sum_x[lane] += mine ? push_x[i] : 0.0, sum_y[lane] += mine ? push_y[i] : 0.0;
      least[lane] = room < least[lane] ? room : least[lane];
    }
  }
  const double nearest = least_of(least);
  closest = nearest < closest ? nearest : closest;
  Point e{me.direction.x - sum_of(sum_x), me.direction.y - sum_of(sum_y)};
  for (const Contact& wall : walls) {
    const double push = law.wall_push * lane_exp((me.radius - wall.distance) / law.wall_push_range);
    e.x += push * wall.away.x, e.y += push * wall.away.y;
  }
  return e;
}

/// Free distance to the nearest of those in the way of somebody who walks in direction `e`, m.
[[gnu::always_inline]] inline double collision_free_room(Point e, Pairs pairs, const Neighbourhood& near) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  const double *off_x = near.off_x.data() + pairs.first, *off_y = near.off_y.data() + pairs.first,
               *touch = near.touch.data() + pairs.first, *gap = near.gap.data() + pairs.first;
  double ahead[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) ahead[lane] = kFar;
  for (std::size_t group = 0; group < pairs.count; group += kLanes) {
#pragma omp simd
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::size_t i = group + lane;
      const double along = e.x * off_x[i] + e.y * off_y[i], aside = e.x * off_y[i] - e.y * off_x[i];
      const double room = i < pairs.count && std::fabs(aside) <= touch[i] ? gap[i] : kFar,
                   front = along >= 0 ? room : kFar;
      ahead[lane] = front < ahead[lane] ? front : ahead[lane];
    }
  }
  return least_of(ahead);
}

}  // namespace chimata::pedestrian
