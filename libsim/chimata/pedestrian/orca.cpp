#include "chimata/pedestrian/orca.hpp"

#include <algorithm>
#include <vector>

#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kParallel = 1e-9;

/// What a linear programme looks for: the velocity nearest to a point, or farthest along a direction.
struct Goal {
  Point at;
  bool direction;
};

/// Takes `result` to the best velocity on the border of plane `row` that is within the planes before it;
/// false if there is none.
bool along_border(std::span<const HalfPlane> planes, std::size_t row, double fastest, Goal goal,
                  Point& result) {
  const HalfPlane& border = planes[row];
  const double room = fastest * fastest - border.bound * border.bound;
  if (room < 0) return false;
  const Point foot = border.bound * border.normal, way{-border.normal.y, border.normal.x};
  double low = -std::sqrt(room), high = -low;
  for (std::size_t j = 0; j < row; ++j) {
    const double slope = dot(planes[j].normal, way), missing = planes[j].bound - dot(planes[j].normal, foot);
    if (std::fabs(slope) <= kParallel) {
      if (missing > 0) return false;
    } else if (slope > 0) {
      low = std::max(low, missing / slope);
    } else {
      high = std::min(high, missing / slope);
    }
    if (low > high) return false;
  }
  const double best = dot(way, goal.at);
  result = foot + (goal.direction ? (best > 0 ? high : low) : std::clamp(best, low, high)) * way;
  return true;
}

/// Adds one plane after the other, as Seidel does; how many could be kept.
std::size_t solve(std::span<const HalfPlane> planes, double fastest, Goal goal, Point& result) {
  const double size = length(goal.at);
  result = goal.direction || size > fastest ? fastest * unit(goal.at) : goal.at;
  for (std::size_t row = 0; row < planes.size(); ++row) {
    if (dot(planes[row].normal, result) >= planes[row].bound) continue;
    const Point before = result;
    if (!along_border(planes, row, fastest, goal, result)) {
      result = before;
      return row;
    }
  }
  return planes.size();
}

/// From plane `first` on: the velocity whose worst miss is least.
void miss_least(std::span<const HalfPlane> planes, std::size_t hard, std::size_t first, double fastest,
                Point& result) {
  thread_local std::vector<HalfPlane> projected;
  double worst = 0;
  for (std::size_t i = first; i < planes.size(); ++i) {
    if (planes[i].bound - dot(planes[i].normal, result) <= worst) continue;
    // with plane i as the worst of those so far: nobody before it is missed by more
    projected.assign(planes.begin(), planes.begin() + static_cast<std::ptrdiff_t>(std::min(hard, i)));
    for (std::size_t j = hard; j < i; ++j) {
      const Point difference = planes[j].normal - planes[i].normal;
      const double size = length(difference);
      if (size > kParallel)
        projected.push_back({1 / size * difference, (planes[j].bound - planes[i].bound) / size});
    }
    const Point before = result;
    if (solve(projected, fastest, {planes[i].normal, true}, result) < projected.size())
      result = before;  // possible only by rounding: the result so far is on the border
    worst = planes[i].bound - dot(planes[i].normal, result);
  }
}

}  // namespace

HalfPlane half_plane(Point velocity, Point off, Point other_velocity, double touch, double horizon,
                     double dt) {
  const Point relative = velocity - other_velocity;
  const double square = dot(off, off);
  const bool collides = square <= touch * touch;
  const double time = collides ? dt : horizon;
  const Point from_disc = relative - 1 / time * off;  // from the centre of the cut-off disc
  const double towards = dot(from_disc, off), size = length(from_disc);
  Point normal, change;
  if (collides || (towards < 0 && towards * towards > touch * touch * size * size)) {
    normal = size > 0 ? 1 / size * from_disc : unit({-off.x, -off.y});
    change = (touch / time - size) * normal;
  } else {
    const double leg = std::sqrt(square - touch * touch);
    // the side of the cone that is nearer, as a direction with the free side to its left
    const Point side = cross(off, from_disc) > 0
                           ? Point{off.x * leg - off.y * touch, off.x * touch + off.y * leg}
                           : Point{-off.x * leg - off.y * touch, off.x * touch - off.y * leg};
    const Point along = 1 / square * side;
    normal = {-along.y, along.x};
    change = dot(relative, along) * along - relative;
  }
  return {normal, dot(normal, velocity + 0.5 * change)};
}

Point nearest_velocity(std::span<const HalfPlane> planes, std::size_t hard, Point wanted, double fastest) {
  Point result;
  const std::size_t kept = solve(planes, fastest, {wanted, false}, result);
  if (kept < planes.size()) miss_least(planes, hard, kept, fastest, result);
  return result;
}

Point orca_velocity(const Orca& law, const Walker& me, const Seen& seen, std::span<const Contact> walls,
                    double dt) {
  thread_local std::vector<HalfPlane> planes;
  planes.clear();
  for (const Contact& wall : walls)
    planes.push_back({wall.away, -std::max(0.0, wall.distance - me.radius) / law.wall_horizon});
  const std::size_t hard = planes.size();
  for (std::size_t j = 0; j < seen.count; ++j) {
    planes.push_back(half_plane(me.velocity, {seen.off_x[j], seen.off_y[j]}, {seen.vx[j], seen.vy[j]},
                                seen.touch[j], law.horizon, dt));
  }
  return nearest_velocity(planes, hard, me.speed * me.direction, law.fastest * me.speed);
}

}  // namespace chimata::pedestrian
