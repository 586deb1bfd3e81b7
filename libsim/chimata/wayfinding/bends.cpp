#include "chimata/wayfinding/bends.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "chimata/geo/vector.hpp"

namespace chimata {

namespace {

constexpr double kSame = 1e-3;  // m, ends nearer than this are one corner

/// By angle from east turning left, without measuring it.
bool turns_before(Point a, Point b) {
  const auto lower = [](Point p) { return p.y < 0 || (p.y == 0 && p.x < 0); };
  return lower(a) != lower(b) ? lower(b) : cross(a, b) > 0;
}

/// A corner of walls and the directions in which they leave it.
struct Joint {
  Point at;
  std::vector<Point> leaving;
};

Joint joint_at(Point at, const Walls& walls) {
  Joint joint{at, {}};
  for (const WallRow row : walls.near(at)) {
    const Wall& wall = walls[row];
    if (!walls.stands(row) || distance(at, nearest_on(wall, at)) > kSame) continue;
    if (distance(at, wall.b) > kSame) joint.leaving.push_back(unit(wall.b - at));
    if (distance(at, wall.a) > kSame) joint.leaving.push_back(unit(wall.a - at));
  }
  std::sort(joint.leaving.begin(), joint.leaving.end(), turns_before);
  return joint;
}

/// The free space between two walls, from `right` turning left to `left`.
struct Sector {
  Point at, right, left;

  [[nodiscard]] bool bends() const {
    constexpr double kFlat = 1e-4;  // sine of a turn too small to matter
    const bool end = right == left;
    return end || cross(right, left) < -kFlat || (dot(right, left) > 0 && cross(right, left) < 0);
  }
  [[nodiscard]] bool holds(Point direction) const {
    constexpr double kAside = 0.02;  // sine; what runs along a wall does not face it
    return !(cross(left, direction) >= -kAside && cross(direction, right) >= -kAside &&
             dot(direction, right + left) > 0);
  }
  /// Half the free width beside the corner, a little less so that ways along both sides fit.
  [[nodiscard]] double half_width(const Walls& walls) const {
    double width = Walls::kReach;
    for (const WallRow row : walls.near(at)) {
      const Point nearest = nearest_on(walls[row], at);
      const double off = distance(at, nearest);
      if (walls.stands(row) && off > kSame && off < width && holds(unit(nearest - at))) width = off;
    }
    return 0.45 * width;
  }
  /// Corners of the line that goes round at distance `room`: one for turns up to a right angle, else two.
  [[nodiscard]] std::vector<Bend> round(double room) const {
    const Point first = left_of(right), last = -1.0 * left_of(left);
    const Point middle = unit(first + last - (right + left));
    const auto bend = [&](Point from, Point to, Point before, Point after) {
      const Point out = unit(from + to);
      return Bend{at + (room / dot(out, from)) * out, room, before, after};
    };
    if (dot(first, last) >= -1e-6) return {bend(first, last, right, left)};
    const Point across = left_of(middle);
    return {bend(first, middle, right, across), bend(middle, last, -1.0 * across, left)};
  }
};

void add_bends(const Sector& sector, const Area& area, const Walls& walls, double clearance,
               std::vector<Bend>& bends) {
  for (double room = std::min(clearance, sector.half_width(walls)); room >= kLeastRoom; room *= 0.7) {
    const auto round = sector.round(room);
    const bool free = std::all_of(round.begin(), round.end(), [&](const Bend& bend) {
      return area.contains(bend.at) && walls.clearance(bend.at) >= 0.95 * room;
    });
    if (!free) continue;
    bends.insert(bends.end(), round.begin(), round.end());
    return;
  }
}

}  // namespace

std::vector<Bend> find_bends(const Area& area, const Walls& walls, double clearance) {
  std::vector<Point> ends;
  for (WallRow row = 0; row < walls.size(); ++row) {
    if (walls.stands(row)) ends.push_back(walls[row].a), ends.push_back(walls[row].b);
  }
  std::sort(ends.begin(), ends.end(),
            [](Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); });
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  std::vector<Bend> bends;
  for (const Point end : ends) {
    const Joint joint = joint_at(end, walls);
    for (std::size_t i = 0; i < joint.leaving.size(); ++i) {
      const Sector sector{end, joint.leaving[i], joint.leaving[(i + 1) % joint.leaving.size()]};
      if (sector.bends()) add_bends(sector, area, walls, clearance, bends);
    }
  }
  return bends;
}

}  // namespace chimata
