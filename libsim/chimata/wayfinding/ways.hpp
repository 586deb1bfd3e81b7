/// The shortest way round the corners of an area, to any of its targets, from anywhere.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/geo/raster.hpp"
#include "chimata/space/area.hpp"
#include "chimata/wayfinding/bends.hpp"
#include "chimata/wayfinding/sights.hpp"

namespace chimata {

using Corner = std::uint32_t;
using Target = std::uint32_t;
inline constexpr Corner kLost = 0xffffffffu;  ///< no way, or not looked yet
/// From here on: straight to the target, to its line `corner - kStraight`.
inline constexpr Corner kStraight = 0x80000000u;
[[nodiscard]] inline bool is_straight(Corner corner) {
  return corner >= kStraight && corner != kLost;
}

/// Shortest ways in the plane, exact, so that turning the whole area turns the ways with it.
///
/// A shortest way bends only at convex corners of walls. Every such corner is moved off its wall by
/// `clearance` (less where two walls leave less room); those that see each other are joined (a visibility
/// graph: Lozano-Pérez and Wesley 1979, of tangents only). Towards every target each corner knows its
/// successor and the distance left (Dijkstra 1959). Somebody under way remembers one number, the corner
/// headed for: following it costs next to nothing, and only now and then somebody looks whether a later
/// corner has come into sight.
///
/// Reading (aim, distance) may be done by many threads at once, but not during a change.
class Ways {
 public:
  /// @param walls      of `area`, maybe more of them later; both must outlive this. The caller tells of every
  ///                   change by `update`
  /// @param clearance  m, 0.02 to 1: half a body's width and what people keep from walls
  Ways(const Area& area, const Walls& walls, double clearance, Arena* arena = nullptr);

  /// Adds a target: anywhere on these polygons (as far as they lie in the area) or segments will do.
  /// @throws InputError if nothing of it lies in the area
  Target add_target(const std::vector<Polygon>& shapes);
  Target add_target(const std::vector<Wall>& lines);

  struct Aim {
    Point at;                                               ///< where to head next
    Corner corner = kLost;                                  ///< to be remembered
    double left = std::numeric_limits<double>::infinity();  ///< m from here to the target
  };
  /// The way on for somebody at `at` who heads for `corner`. Looks no further than needed to see whether that
  /// still leads on (nowhere but near the corner); with `look`, or without a corner, looks for the best one
  /// in sight: also after having been pushed out of its sight, or after a gate was shut.
  /// Those who walk freely cut corners close; a crowd passes them over the whole width of the passage, each
  /// going on at their distance from the inner wall. So somebody `held_up` (0 walks freely .. 1 stands) aims
  /// beside the corner, and stays with it until round it.
  [[nodiscard]] Aim aim(Target target, Point at, Corner corner, bool look, double held_up = 0) const;
  /// m to the target by the shortest way, or what it costs with delays; infinite if there is none.
  [[nodiscard]] double distance(Target target, Point at) const { return aim(target, at, kLost, true).left; }

  /// Whether there is a way at all. `seen` remembers from where it was known to lead on, for the next one who
  /// asks from near by: that is one look instead of a search. kLost at first.
  [[nodiscard]] bool leads(Target target, Point at, Corner& seen) const;

  /// Takes in that these walls have changed (now stand, or no longer do; or are new): joins and parts corners
  /// around them only, then renews the distances of all targets. Gates cost next to nothing; taking down a
  /// piece of the outline joins everything anew.
  void update(const std::vector<WallRow>& changed, Arena& arena);

  /// Makes crowded places longer, so that ways are the quickest instead of the shortest: every metre in a
  /// cell counts as 1 + `extra` metres (row by row as in a Raster; free speed over the present one, less 1).
  /// Empty: nowhere. @throws InputError for values below 0 or not finite, or not one per cell
  void set_delay(const RasterFrame& frame, std::vector<double> extra, Arena& arena);

  [[nodiscard]] std::size_t corners() const { return bends_.size(); }
  [[nodiscard]] Point corner(Corner corner) const { return bends_[corner].at; }
  [[nodiscard]] std::size_t targets() const { return goals_.size(); }
  /// Corners joined by a straight way, gates left aside.
  [[nodiscard]] std::size_t joins() const { return joins_.size(); }

 private:
  /// A target: its lines drawn in from their ends where walls stand, and the way there from every corner.
  struct Goal {
    std::vector<Polygon> shapes;
    std::vector<Wall> lines;
    Sights legs;                           ///< from corners to lines
    std::vector<std::uint32_t> first_leg;  ///< by corner, and one past the end
    std::vector<double> left;              ///< m, by corner
    std::vector<Corner> next;              ///< by corner
  };
  struct Neighbour {
    double cost;  ///< m, of the join; infinite while it is cut
    Corner corner;
    std::uint32_t join;
  };
  struct Gateway {
    WallRow row;
    bool stands;
  };

  void watch(WallRow row);
  void add_bends(const std::vector<Bend>& bends);
  [[nodiscard]] Point across(const Bend& bend, Point wall) const;
  void join(Corner first, Arena& arena);
  void join_anew(Arena& arena);
  void renew_costs();
  Target add(Goal goal);
  void find_legs(Goal& goal, Corner first) const;
  void renew(Goal& goal) const;
  void renew_all(Arena& arena);
  /// Whether the ways to a target may be others now that this gate or barrier has changed.
  [[nodiscard]] bool concerned(const Goal& goal, std::size_t gate) const;

  /// Whether somebody with `radius` gets from `at` straight to `line`, and where to.
  [[nodiscard]] bool reaches(const Walls& walls, Point at, const Wall& line, double radius, Point& end) const;
  /// The best of all corners and lines in sight with this radius.
  [[nodiscard]] Aim look_round(const Goal& goal, Point at, double radius, bool tangents, Corner hint) const;
  /// Beside a corner for somebody who is held up; nowhere if they are round it, or it has no other side.
  [[nodiscard]] Aim wide(const Goal& goal, Point at, Corner corner, double held_up) const;
  /// Straight to a line of the target.
  [[nodiscard]] Aim straight(const Goal& goal, Point at, Corner corner) const;
  /// What follows on a corner, if it can be reached from `at` already.
  [[nodiscard]] Aim beyond(const Goal& goal, Point at, Corner corner, double radius) const;
  /// A place two millimetres off the nearest wall, in the area: for those pressed against it.
  [[nodiscard]] Point off_wall(Point at) const;
  /// m that delays add to a straight way.
  [[nodiscard]] double delayed(Point from, Point to) const;

  const Area* area_;
  const Walls* walls_;
  double clearance_;
  Walls lasting_;  ///< walls without gates and barriers
  WallRow outline_ = 0;
  std::vector<Gateway> gateways_;
  std::vector<Bend> bends_;
  Sights joins_;
  std::vector<std::uint32_t> first_neighbour_;  ///< by corner, and one past the end
  std::vector<Neighbour> neighbours_;
  std::vector<Goal> goals_;
  RasterFrame delay_frame_;
  std::vector<double> delay_;
};

}  // namespace chimata
