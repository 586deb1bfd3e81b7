#include "chimata/pedestrian/social_force.hpp"

#include <algorithm>

#include "chimata/core/fast_math.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

/// Everything that acts on somebody, N, but for what friction does against their own next velocity: that is
/// kept as a matrix, N s/m.
struct Forces {
  Point sum;
  double xx = 0, xy = 0, yy = 0;
};

/// Adds somebody or a wall at free distance `gap` in the direction opposite to `away`.
void add(Forces& all, const SocialForce& law, double gap, Point away, Point velocity) {
  const double pressed = std::max(0.0, -gap);
  const Point along{-away.y, away.x};
  const double push = law.strength * lane_exp(-gap / law.range) + law.body * pressed;
  const double friction = law.friction * pressed;
  all.sum = all.sum + push * away + friction * dot(velocity, along) * along;
  all.xx += friction * along.x * along.x;
  all.xy += friction * along.x * along.y;
  all.yy += friction * along.y * along.y;
}

}  // namespace

double felt_force(const SocialForce& law) {
  return law.range * fast::log(law.strength / law.mass / law.faintest);
}

Point social_force_velocity(const SocialForce& law, const Walker& me, const Seen& seen,
                            std::span<const Contact> walls, double dt) {
  Forces all{law.mass / law.relaxation_time * (me.speed * me.direction - me.velocity)};
  for (std::size_t j = 0; j < seen.count; ++j)
    add(all, law, seen.gap[j], unit({-seen.off_x[j], -seen.off_y[j]}), {seen.vx[j], seen.vy[j]});
  for (const Contact& wall : walls) add(all, law, wall.distance - me.radius, wall.away, {});
  // (1 + dt/m friction) v' = v + dt/m sum: explicit friction of bodies that overlap by centimetres would
  // turn a slip about in one step, and more so in the next
  const double share = dt / law.mass;
  const Point v = me.velocity + share * all.sum;
  const double a = 1 + share * all.xx, b = share * all.xy, d = 1 + share * all.yy,
               inverse = 1 / (a * d - b * b);
  return {inverse * (d * v.x - b * v.y), inverse * (a * v.y - b * v.x)};
}

}  // namespace chimata::pedestrian
