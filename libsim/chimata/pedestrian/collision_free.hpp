/// The collision-free speed model on lanes; its equations stand at `CollisionFree` in laws.hpp.
#pragma once

#include <cmath>
#include <limits>

#include "chimata/core/fast_math.hpp"
#include "chimata/pedestrian/laws.hpp"
#include "chimata/pedestrian/neighbourhood.hpp"

namespace chimata::pedestrian {

/// Beyond this free distance nobody counts, m.
[[nodiscard]] inline double collision_free_sight(const CollisionFree& law, double speed, double time_gap) {
  const double felt = law.push_range * fast::log(law.push / law.faintest_push), slowed = speed * time_gap;
  return felt > slowed ? felt : slowed;
}

/// Velocity that the law gives `me` among those seen; lowers `closest` to the least free distance among them.
[[gnu::always_inline]] inline Point collision_free_velocity(const CollisionFree& law, const Walker& me,
                                                            Neighbourhood& near, double& closest) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  const double *x = near.x.data(), *y = near.y.data(), *radius = near.radius.data();
  const std::uint32_t* chosen = near.chosen.data();
  double *off_x = near.off_x.data(), *off_y = near.off_y.data(), *touch = near.touch.data(),
         *gap = near.gap.data();
  const std::size_t groups = whole_groups(near.seen);
  const double inverse_range = 1 / law.push_range, own = me.radius;
  double push_x[kLanes] = {}, push_y[kLanes] = {}, least[kLanes], ahead[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) least[lane] = ahead[lane] = kFar;

  for (std::size_t group = 0; group < groups; group += kLanes) {
#pragma omp simd
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::size_t i = group + lane;
      const std::uint32_t j = chosen[i];
      const double dx = x[j] - me.at.x, dy = y[j] - me.at.y, bodies = own + radius[j];
      const double distance = std::sqrt(dx * dx + dy * dy), room = distance - bodies;
      const double push = law.push * lane_exp(-room * inverse_range);
      const double share = distance > 0 ? push / distance : 0.0;  // in the very same place: no way is away
      push_x[lane] -= share * dx, push_y[lane] -= share * dy;
      least[lane] = room < least[lane] ? room : least[lane];
      off_x[i] = dx, off_y[i] = dy, touch[i] = bodies, gap[i] = room;
    }
  }
  Point e{me.direction.x + sum_of(push_x), me.direction.y + sum_of(push_y)};
  for (const Contact& wall : near.contacts) {
    const double away = (me.radius - wall.distance) / law.wall_push_range;
    if (away < -40) continue;  // fainter than the last bit of a unit vector
    const double push = law.wall_push * lane_exp(away);
    e.x += push * wall.away.x, e.y += push * wall.away.y;
  }
  const double length = std::sqrt(e.x * e.x + e.y * e.y);
  if (!(length > 0)) return {};
  e.x /= length, e.y /= length;

  for (std::size_t group = 0; group < groups; group += kLanes) {
#pragma omp simd
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::size_t i = group + lane;
      const double along = e.x * off_x[i] + e.y * off_y[i], aside = e.x * off_y[i] - e.y * off_x[i];
      const bool in_the_way = (along >= 0) & (std::fabs(aside) <= touch[i]);
      const double room = in_the_way ? gap[i] : kFar;
      ahead[lane] = room < ahead[lane] ? room : ahead[lane];
    }
  }
  const double nearest = least_of(least), free = least_of(ahead) / me.time_gap;
  closest = nearest < closest ? nearest : closest;
  const double safe = free > 0 ? free : 0, speed = safe < me.speed ? safe : me.speed;
  return {speed * e.x, speed * e.y};
}

}  // namespace chimata::pedestrian
