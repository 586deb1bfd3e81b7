/// What people cannot walk through: segments in the plane, found quickly near a point or along a line.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata {

using WallRow = std::uint32_t;

/// A straight piece of wall; both sides count. Where people cannot be (outside, in a hole) needs no wall of
/// its own, only its edge.
struct Wall {
  Point a, b;
  friend bool operator==(const Wall&, const Wall&) = default;
};

[[nodiscard]] inline Box box_of(const Wall& wall) {
  Box box;
  box.add(wall.a), box.add(wall.b);
  return box;
}

/// Walls that stand or are taken away during a run: a gate is a wall that stands while it is closed.
///
/// A grid over all of them lists for every cell the walls that cross it and those that come near it.
class Walls {
 public:
  /// Walls up to this far from somebody are looked at, m.
  static constexpr double kReach = 2.0;

  explicit Walls(std::vector<Wall> walls);

  [[nodiscard]] std::size_t size() const { return walls_.size(); }
  [[nodiscard]] const Wall& operator[](WallRow row) const { return walls_[row]; }
  [[nodiscard]] bool stands(WallRow row) const { return stands_[row] != 0; }
  [[nodiscard]] const Box& box() const { return box_; }

  void set_standing(WallRow row, bool stands);
  /// A new wall, standing. Rows keep their meaning.
  WallRow add(Wall wall);

  /// Rows of all walls, standing or not, within kReach of the cell that holds `at` (a superset of those
  /// within kReach of the point), ascending; none outside the grid.
  [[nodiscard]] std::span<const WallRow> near(Point at) const;

  /// Adds the rows of all walls, standing or not, that come into a box (and some that come near it) to
  /// `rows`: ascending, none twice, if `rows` was empty.
  void collect(const Box& box, std::vector<WallRow>& rows) const;

  /// Whether no standing wall crosses or touches the segment from `from` to `to`.
  [[nodiscard]] bool sees(Point from, Point to) const { return first_hit(from, to) >= 1; }
  /// Share of the way from `from` to `to` that is free of standing walls, 1 if all of it is.
  [[nodiscard]] double first_hit(Point from, Point to) const;
  /// Whether a disc of `radius` (at most kReach) gets from `from` to `to` along the segment: no standing wall
  /// comes nearer than that.
  [[nodiscard]] bool passes(Point from, Point to, double radius) const;
  /// Distance to the nearest standing wall, at most kReach.
  [[nodiscard]] double clearance(Point at) const;

 private:
  struct Lists {
    std::vector<std::uint32_t> first;  ///< by cell, and one past the end
    std::vector<WallRow> rows;
  };
  void build();
  [[nodiscard]] Lists lists(double reach) const;
  [[nodiscard]] std::span<const WallRow> in(const Lists& lists, std::size_t cell) const {
    return {lists.rows.data() + lists.first[cell], lists.rows.data() + lists.first[cell + 1]};
  }
  /// Calls `visit(cell)` for the cells along a segment in order, until it returns false.
  template <class Visit>
  void along(Point from, Point to, Visit&& visit) const;

  std::vector<Wall> walls_;
  std::vector<std::uint8_t> stands_;
  Box box_;
  std::int64_t columns_ = 0, rows_ = 0;
  Lists crossing_, near_;
};

/// Distance of a point from a segment, and the point of the segment that is nearest.
[[nodiscard]] Point nearest_on(const Wall& wall, Point to);
/// Least distance between two segments; 0 if they touch.
[[nodiscard]] double distance(const Wall& one, const Wall& other);
/// Where on `way` (0 at a, 1 at b) it first meets `wall`; above 1 if it does not.
[[nodiscard]] double meets(const Wall& way, const Wall& wall);

}  // namespace chimata
