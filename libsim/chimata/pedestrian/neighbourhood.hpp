/// What somebody in a crowd sees: neighbours and walls.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "chimata/pedestrian/lanes.hpp"
#include "chimata/pedestrian/laws.hpp"
#include "chimata/space/walls.hpp"

namespace chimata::pedestrian {

/// Somebody about to make a step.
struct Walker {
  Point at, velocity;
  Point direction;  ///< unit vector towards the aim; 0 at the aim
  double speed;     ///< desired here and now, m/s
  double radius, time_gap;
  double mood = 0;  ///< -1 to 1, drawn for this person and moment; 0 unless the law wants one
};

/// A standing wall near a cell.
struct NearWall {
  Wall wall;
  double inverse_square;  ///< 1 / length², 0 for a point
  bool divides;           ///< people stand on both sides of its line
};

/// A wall as somebody meets it.
struct Contact {
  Point away;       ///< unit vector from the wall's nearest point
  double distance;  ///< of the centre from there, m
};

/// Candidates around one cell, gathered once for everybody in it, and pairs of some of its people with those
/// whom they see. One per thread: it keeps its room.
struct Neighbourhood {
  static constexpr std::size_t kPairs = 256;  ///< after so many the people in hand are moved

  std::size_t candidates = 0;
  std::vector<double> x, y, radius, vx, vy, margin;  ///< of the candidates, with room for a group more
  std::vector<double> wx, wy;                        ///< unit vectors towards their aims, where wanted
  std::vector<NearWall> walls;
  std::vector<WallRow> wall_rows;
  bool divided = false;  ///< by some wall

  std::size_t pairs = 0;                         ///< of all in hand, one after the other
  std::vector<std::uint32_t> chosen;             ///< the candidate
  std::vector<double> off_x, off_y, touch, gap;  ///< where from the person, r_i + r_j, free distance
  std::vector<double> push_x, push_y;
  std::vector<double> other_vx, other_vy;  ///< the neighbour's velocity, where somebody's law wants it
  std::vector<double> other_wx, other_wy;  ///< and where they want to go
  std::vector<double> square, flat;        ///< scratch of gap_seeking
  std::vector<Contact> contacts;           ///< of those in hand with `walls`, one after the other

  void make_room(std::size_t people) {
    const std::size_t room = whole_groups(people) + kLanes;
    if (x.size() >= room) return;
    for (auto* column : {&x, &y, &radius, &vx, &vy, &margin, &wx, &wy}) column->resize(2 * room);
    chosen.resize(kPairs + 2 * room + kLanes);
    for (auto* column : {&off_x, &off_y, &touch, &gap, &push_x, &push_y, &other_vx, &other_vy, &other_wx,
                         &other_wy, &square, &flat})
      column->resize(chosen.size());
  }
};

/// Somebody's pairs.
struct Pairs {
  std::size_t first, count;
};

/// Those whom one person sees, column by column.
struct Seen {
  std::size_t count;
  const double *off_x, *off_y;  ///< where they are, seen from the person, m
  const double *touch, *gap;    ///< r_i + r_j and free distance, m
  const double *vx, *vy;        ///< their velocities, m/s
};

/// Whether a wall stands between two points.
[[nodiscard]] inline bool hides(const Wall& wall, Point from, Point to) {
  const auto side = [](Point a, Point b, Point p) {
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
  };
  if (side(wall.a, wall.b, from) * side(wall.a, wall.b, to) > 0) return false;
  return side(from, to, wall.a) * side(from, to, wall.b) <= 0;
}

/// From the nearest point of a wall to `at`.
[[nodiscard]] inline Point off_wall(const NearWall& near, Point at) {
  const Point along{near.wall.b.x - near.wall.a.x, near.wall.b.y - near.wall.a.y};
  const Point off{at.x - near.wall.a.x, at.y - near.wall.a.y};
  double share = (off.x * along.x + off.y * along.y) * near.inverse_square;
  share = share < 0 ? 0 : share > 1 ? 1 : share;
  return {off.x - share * along.x, off.y - share * along.y};
}

/// How somebody meets a wall whose nearest point is `off` away.
[[nodiscard]] inline Contact contact_with(const NearWall& near, Point off) {
  const double distance = std::sqrt(off.x * off.x + off.y * off.y);
  if (distance > 0) return {{off.x / distance, off.y / distance}, distance};
  const Point along{near.wall.b.x - near.wall.a.x, near.wall.b.y - near.wall.a.y};
  const double length = std::sqrt(along.x * along.x + along.y * along.y);  // on the wall: to its left
  return {length > 0 ? Point{-along.y / length, along.x / length} : Point{1, 0}, 0};
}

/// The part of a move that walls allow, for any length of the move: people slide along walls and keep
/// kWallDistance from them.
///
/// Whoever stays on the near side of the line through a wall's nearest point, square to the way there, cannot
/// cross the wall. These half-planes are convex and contain the present place, so a straight move inside all
/// of them is safe however long it is.
[[nodiscard]] Point held_back(Point move, std::span<const Contact> contacts);

/// How far a move would go beyond the half-plane that one wall allows, m.
[[nodiscard]] inline double beyond(Point move, const Contact& wall) {
  const double room = wall.distance - kWallDistance;
  return -(move.x * wall.away.x + move.y * wall.away.y) - (room > 0 ? room : 0);
}
/// Whether a move has to be held back.
[[nodiscard]] inline bool runs_against(Point move, std::span<const Contact> walls) {
  for (const Contact& wall : walls)
    if (beyond(move, wall) > 0) return true;
  return false;
}

}  // namespace chimata::pedestrian
