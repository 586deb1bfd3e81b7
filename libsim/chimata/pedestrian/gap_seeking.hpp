/// People who look for gaps, on lanes; the equations stand at `GapSeeking` in laws.hpp.
#pragma once

#include <cmath>
#include <limits>
#include <span>

#include "chimata/pedestrian/collision_free.hpp"
#include "chimata/pedestrian/laws.hpp"
#include "chimata/pedestrian/neighbourhood.hpp"

namespace chimata::pedestrian {

/// Of a turn to the left: cosine and sine.
struct Turn {
  double cosine, sine;
};
/// 0, 15, 30, 50, 70, 90 and 120 degrees to either side.
inline constexpr Turn kTurns[] = {{1, 0},
                                  {0.96592582628906828, 0.25881904510252076},
                                  {0.96592582628906828, -0.25881904510252076},
                                  {0.86602540378443865, 0.5},
                                  {0.86602540378443865, -0.5},
                                  {0.64278760968653933, 0.76604444311897804},
                                  {0.64278760968653933, -0.76604444311897804},
                                  {0.34202014332566873, 0.93969262078590838},
                                  {0.34202014332566873, -0.93969262078590838},
                                  {0, 1},
                                  {0, -1},
                                  {-0.5, 0.86602540378443865},
                                  {-0.5, -0.86602540378443865}};

/// Whether somebody is held up so much that they shuffle.
[[nodiscard]] inline bool shuffles(const Walker& me) {
  const double x = me.velocity.x, y = me.velocity.y;
  return x * x + y * y < 0.25 * me.speed * me.speed;
}

/// m that somebody could go: as people stand now, and as they will be soon.
struct FreeWay {
  double now, soon;
};

/// In the direction `e`.
[[gnu::always_inline]] inline FreeWay free_way(const GapSeeking& law, Point e, const Walker& me, Pairs pairs,
                                               const Neighbourhood& near, std::span<const Contact> walls) {
  constexpr double kFar = 1e9;  // m; infinity would not divide by itself
  const std::size_t end = pairs.first + whole_groups(pairs.count);
  const double *off_x = near.off_x.data(), *off_y = near.off_y.data(), *touch = near.touch.data(),
               *other_vx = near.other_vx.data(), *other_vy = near.other_vy.data(),
               *square = near.square.data(), *flat = near.flat.data();
  const double later = law.look_ahead, deep = law.deep;
  double now[kLanes], soon[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) now[lane] = soon[lane] = kFar;
  for (std::size_t group = pairs.first; group < end; group += kLanes) {
#pragma omp simd
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::size_t i = group + lane;
      const double l = deep * touch[i];
      const double along = e.x * off_x[i] + e.y * off_y[i], aside = e.x * off_y[i] - e.y * off_x[i];
      const double aside2 = aside * aside;
      const double room = along - l + flat[i] * aside2 * aside2;
      const double a = aside2 < square[i] ? room : kFar, b = along > 0 ? a : kFar;
      now[lane] = b < now[lane] ? b : now[lane];
      const double then = along + later * (e.x * other_vx[i] + e.y * other_vy[i]),
                   beside = aside + later * (e.x * other_vy[i] - e.y * other_vx[i]);
      const double beside2 = beside * beside, left = then - l + flat[i] * beside2 * beside2;
      const double p = beside2 < square[i] ? left : kFar, q = along > 0 ? p : kFar;
      soon[lane] = q < soon[lane] ? q : soon[lane];
    }
  }
  FreeWay way{least_of(now), least_of(soon)};
  for (const Contact& wall : walls) {
    const double towards = -(e.x * wall.away.x + e.y * wall.away.y);
    if (!(towards > 1e-9)) continue;
    const double room = (wall.distance - law.wall_room * me.radius) / towards * (me.time_gap / law.wall_time);
    way.now = room < way.now ? room : way.now, way.soon = room < way.soon ? room : way.soon;
  }
  return way;
}

/// Velocity that the law gives `me`; lowers `closest` to the least free distance among those seen.
/// @param pushes  whose pushes `near` holds
[[gnu::always_inline]] inline Point gap_seeking_velocity(const GapSeeking& law, const CollisionFree& pushes,
                                                         const Walker& me, Pairs pairs, Neighbourhood& near,
                                                         std::span<const Contact> walls, double& closest) {
  const std::size_t end = pairs.first + whole_groups(pairs.count);
  const double *gap = near.gap.data(), *push_x = near.push_x.data(), *push_y = near.push_y.data();
  double sum_x[kLanes] = {}, sum_y[kLanes] = {}, least[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) least[lane] = std::numeric_limits<double>::infinity();
  for (std::size_t group = pairs.first; group < end; group += kLanes) {
#pragma omp simd
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::size_t i = group + lane;
      sum_x[lane] += push_x[i], sum_y[lane] += push_y[i];
      least[lane] = gap[i] < least[lane] ? gap[i] : least[lane];
    }
  }
  const double nearest = least_of(least);
  closest = nearest < closest ? nearest : closest;

  const double went = std::sqrt(me.velocity.x * me.velocity.x + me.velocity.y * me.velocity.y);
  const double hurry = went < me.speed ? went / me.speed : 1,
               narrow = law.turned + (law.narrow - law.turned) * hurry;
  // how near aside others may be
  const double *touch = near.touch.data(), *wx = near.other_wx.data(), *wy = near.other_wy.data();
  double *square = near.square.data(), *flat = near.flat.data();
  const double walking = law.narrow, met = law.met, deep = law.deep, beware = 1 / law.beware;
  const double *off_x = near.off_x.data(), *off_y = near.off_y.data();
  double coming[kLanes] = {};
  for (std::size_t group = pairs.first; group < end; group += kLanes) {
#pragma omp simd
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::size_t i = group + lane;
      const double dot = me.direction.x * wx[i] + me.direction.y * wy[i], against = dot < 0 ? -dot : 0.0;
      const double meeting = walking - (walking - met) * against,
                   c = touch[i] * (meeting < narrow ? meeting : narrow);
      const double along = (me.direction.x * off_x[i] + me.direction.y * off_y[i]) * beware,
                   near_by = along < 1 ? 1 - along : 0.0;
      coming[lane] += along > 0 ? against * near_by : 0.0;
      square[i] = c * c, flat[i] = deep * touch[i] / (c * c * (c * c));
    }
  }

  Point wish{me.direction.x - law.shyness * sum_of(sum_x), me.direction.y - law.shyness * sum_of(sum_y)};
  for (const Contact& wall : walls) {
    const double push = pushes.wall_push * lane_exp((me.radius - wall.distance) / pushes.wall_push_range);
    wish.x += push * wall.away.x, wish.y += push * wall.away.y;
  }
  const double keep = went > 0 ? law.persistence / went : 0;
  const double met_now = sum_of(coming), keeps = met_now < 1 ? met_now : 1,
               stir = pairs.count > 0 ? law.shuffle * me.mood * (1 - hurry) : 0,  // alone nobody is held up
      left = law.side * keeps + stir;
  wish.x += keep * me.velocity.x - left * me.direction.y;
  wish.y += keep * me.velocity.y + left * me.direction.x;

  Point best{};
  double most = 0;
  const auto pace = [&](double room) {
    return room > 0 ? room * room / (me.time_gap * (law.ease * room + law.caution)) : 0.0;
  };
  const auto weigh = [&](Point e) __attribute__((always_inline)) {
    const FreeWay way = free_way(law, e, me, pairs, near, walls);
    const double safe = pace(way.now), soon = pace(way.soon), speed = safe < me.speed ? safe : me.speed;
    const double expected = soon < speed ? soon : speed;
    const double worth = expected * (e.x * wish.x + e.y * wish.y);
    if (worth > most) most = worth, best = {speed * e.x, speed * e.y};
    return expected == me.speed;
  };
  const double length = std::sqrt(wish.x * wish.x + wish.y * wish.y);
  if (length > 0 && wish.x * me.direction.x + wish.y * me.direction.y > 0) {
    if (weigh({wish.x / length, wish.y / length})) return best;  // nothing in the way of what is wished
  }
  for (const Turn& turn : kTurns)
    weigh({turn.cosine * me.direction.x - turn.sine * me.direction.y,
           turn.cosine * me.direction.y + turn.sine * me.direction.x});
  return best;
}

}  // namespace chimata::pedestrian
