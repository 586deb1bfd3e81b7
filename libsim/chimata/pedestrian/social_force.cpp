#include "chimata/pedestrian/social_force.hpp"

#include <algorithm>

#include "chimata/core/fast_math.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

/// Of somebody or of a wall at free distance `gap` in the direction opposite to `away`, N.
/// @param slip  their velocity less mine, m/s
Point force(const SocialForce& law, double gap, Point away, Point slip) {
  const double pressed = std::max(0.0, -gap);
  const Point along{-away.y, away.x};
  const double push = law.strength * lane_exp(-gap / law.range) + law.body * pressed;
  return push * away + law.friction * pressed * dot(slip, along) * along;
}

}  // namespace

double felt_force(const SocialForce& law) {
  return law.range * fast::log(law.strength / law.mass / law.faintest);
}

Point social_force_velocity(const SocialForce& law, const Walker& me, const Seen& seen,
                            std::span<const Contact> walls, double dt) {
  Point all = law.mass / law.relaxation_time * (me.speed * me.direction - me.velocity);
  for (std::size_t j = 0; j < seen.count; ++j) {
    const Point away = unit({-seen.off_x[j], -seen.off_y[j]});
    all = all + force(law, seen.gap[j], away, Point{seen.vx[j], seen.vy[j]} - me.velocity);
  }
  for (const Contact& wall : walls)
    all = all + force(law, wall.distance - me.radius, wall.away, -1 * me.velocity);
  return me.velocity + dt / law.mass * all;
}

}  // namespace chimata::pedestrian
