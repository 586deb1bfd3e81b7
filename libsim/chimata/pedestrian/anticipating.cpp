#include "chimata/pedestrian/anticipating.hpp"

#include <algorithm>
#include <limits>

#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

/// Where the neighbours and walls would have somebody go.
Point wanted_direction(const Anticipating& law, const CollisionFree& wall_law, const Walker& me,
                       Point heading, const Seen& seen, std::span<const Contact> walls) {
  Point e = me.direction;
  const Point left{-me.direction.y, me.direction.x};
  for (std::size_t j = 0; j < seen.count; ++j) {
    const Point off{seen.off_x[j], seen.off_y[j]}, to = unit(off), velocity{seen.vx[j], seen.vy[j]};
    if (dot(me.direction, to) < 0 && dot(heading, to) < 0) continue;
    const double closing = dot(me.velocity - velocity, to) * law.anticipation_time;
    const double apart = std::max(0.0, seen.gap[j] - closing);
    const double against = 1 + 0.5 * (1 - dot(me.direction, unit(velocity)));
    const double push = law.strength * against * lane_exp(-apart / law.push_range);
    // the head-on neighbour is passed on the left, everybody else on the side where they will not be
    const double side = dot(left, off + law.anticipation_time * velocity);
    e = e + (side > 1e-12 ? -push : push) * left;
  }
  for (const Contact& wall : walls) {
    const double away = (me.radius - wall.distance) / wall_law.wall_push_range;
    e = e + wall_law.wall_push * lane_exp(away) * wall.away;
  }
  return unit(e);
}

}  // namespace

Point anticipating_velocity(const Anticipating& law, const CollisionFree& wall_law, const Walker& me,
                            const Seen& seen, std::span<const Contact> walls, double dt) {
  const bool stands = me.velocity.x == 0 && me.velocity.y == 0;
  const Point heading = stands ? me.direction : unit(me.velocity);
  Point e = wanted_direction(law, wall_law, me, heading, seen, walls);
  if (dot(me.direction, e) * dot(me.direction, heading) >= 0)
    e = unit(heading + std::min(1.0, dt / law.reaction_time) * (e - heading));
  double ahead = std::numeric_limits<double>::infinity();
  for (std::size_t j = 0; j < seen.count; ++j) {
    const Point off{seen.off_x[j], seen.off_y[j]};
    if (dot(e, off) >= 0 && std::fabs(cross(e, off)) <= seen.touch[j]) ahead = std::min(ahead, seen.gap[j]);
  }
  return std::min(me.speed, std::max(0.0, ahead / me.time_gap)) * e;
}

}  // namespace chimata::pedestrian
