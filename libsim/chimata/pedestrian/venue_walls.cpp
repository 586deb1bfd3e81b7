// Walls that are put up while people are there.
#include <algorithm>
#include <array>
#include <cmath>

#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kOn = 1e-9;  // m; nearer than this to a wall somebody stands on it, on neither side

/// The directions in which to look for a place beside a wall: first the one wanted, last back.
std::array<Point, 8> round(Point first) {
  constexpr double kHalf = 0.70710678118654752;  // sine of 45 degrees
  const Point left = left_of(first);
  const Point ahead_left = kHalf * (first + left), ahead_right = kHalf * (first - left);
  return {first, ahead_left, ahead_right, left, -1 * left, -1 * ahead_right, -1 * ahead_left, -1 * first};
}

}  // namespace

/// Nobody may come through a wall: all stay on the side where they are, and those right on the line go to the
/// side that they are headed for.
void Venue::step_off(const std::vector<WallRow>& raised) {
  for (std::size_t row = 0; row < crowd_.size(); ++row) {
    const Point at = crowd_.position()[row];
    const bool on = std::any_of(raised.begin(), raised.end(), [&](WallRow wall) {
      return walls_.stands(wall) && distance(at, nearest_on(walls_[wall], at)) < kWallDistance;
    });
    if (on) crowd_.shift(row, beside_walls(at, crowd_.aims()[row]) - at);
  }
}

Point Venue::beside_walls(Point at, Point aim) {
  constexpr double kNearest = 2 * kWallDistance, kFarthest = 1;  // m
  Point off{};
  std::vector<WallRow> under;  // walls on which they stand: these only do not hold them
  for (const WallRow row : walls_.near(at)) {
    const Point away = at - nearest_on(walls_[row], at);
    if (!walls_.stands(row) || length(away) >= kWallDistance) continue;
    if (length(away) >= kOn) {
      off = off + unit(away);
      continue;
    }
    const Point aside = left_of(unit(walls_[row].b - walls_[row].a));
    off = off + (dot(aside, aim - at) < 0 ? -1.0 : 1.0) * aside;
    under.push_back(row);
  }
  if (length(off) < kOn) off = {1, 0};
  Point found = at;
  for (const WallRow row : under) walls_.set_standing(row, false);
  for (double step = kNearest; found == at && step < kFarthest; step *= 2) {
    for (const Point direction : round(unit(off))) {
      const Point there = at + step * direction;
      const bool free = area_->contains(there) && walls_.sees(at, there) &&
                        walls_.clearance(there) >= kWallDistance &&
                        std::all_of(under.begin(), under.end(), [&](WallRow row) {
                          return distance(there, nearest_on(walls_[row], there)) >= kWallDistance;
                        });
      if (!free) continue;
      found = there;
      break;
    }
  }
  for (const WallRow row : under) walls_.set_standing(row, true);
  return found;
}

}  // namespace chimata::pedestrian
