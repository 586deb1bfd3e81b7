/// Where people can walk: polygons with holes seen from above, with gates and zones.
#pragma once

#include <string>
#include <vector>

#include "chimata/geo/point.hpp"
#include "chimata/space/walls.hpp"

namespace chimata {

/// A line across a passage that can be shut: its wall stands while it is closed.
struct Gate {
  std::string id;
  Wall line;
  bool closed = false;
};

/// A part of the area where everybody is slower (stairs, a slope, a crush of stalls).
struct SpeedZone {
  std::string id;
  Polygon shape;
  double factor = 1;  ///< of everybody's free speed, above 0
};

/// A walkable area, checked and ready to be walked on; immutable.
///
/// Where two parts touch (within a millimetre) people walk from one into the other: no wall stands there.
/// Points of a ring less than a millimetre apart are one.
class Area {
 public:
  /// @param parts  polygons, each an outer ring and its holes; parts may touch or lie apart but not overlap
  /// @throws InputError naming the part, ring, gate or zone that is wrong (counted from 1): fewer than three
  ///         points, a ring that crosses itself, a hole outside its polygon, parts that overlap, a number
  ///         that is not finite, a gate of no width or outside the area, an id used twice, a zone beside the
  ///         area or with a factor of 0 or less
  explicit Area(std::vector<Polygon> parts, std::vector<Gate> gates = {}, std::vector<SpeedZone> zones = {});

  /// Outer rings turn left, holes right; not closed.
  [[nodiscard]] const std::vector<Polygon>& parts() const { return parts_; }
  [[nodiscard]] const std::vector<Gate>& gates() const { return gates_; }
  [[nodiscard]] const std::vector<SpeedZone>& zones() const { return zones_; }
  [[nodiscard]] const Box& box() const { return box_; }
  [[nodiscard]] double size() const;  ///< m²

  /// Whether people can stand at a point (edges count as outside).
  [[nodiscard]] bool contains(Point at) const;
  /// Of everybody's free speed at a point: the product of the zones there.
  [[nodiscard]] double speed_factor(Point at) const;
  /// What of a polygon (an outer ring and its holes) lies in the area.
  [[nodiscard]] std::vector<Polygon> within(const Polygon& shape) const;

  /// The outline, part by part and ring by ring, then the gates' lines in their order; open gates do not
  /// stand.
  [[nodiscard]] Walls walls() const;
  /// The same with all gates open.
  [[nodiscard]] Walls walls_without_gates() const;
  /// Row in `walls()` of a gate. @throws InputError naming the gates there are
  [[nodiscard]] WallRow wall_of_gate(const std::string& id) const;

 private:
  std::vector<Polygon> parts_;
  std::vector<Gate> gates_;
  std::vector<SpeedZone> zones_;
  std::vector<Box> zone_boxes_;
  Box box_;
  std::vector<Wall> outline_;
  /// Rows of `outline_` that cross each horizontal strip of the box.
  std::vector<std::vector<WallRow>> strips_;
};

/// The union of polygons that may overlap or touch, each an outer ring and its holes: for sources that draw
/// an area out of pieces. @throws InputError for a piece that `Area` would refuse by itself
[[nodiscard]] std::vector<Polygon> joined(const std::vector<Polygon>& pieces);

/// What remains of parts when obstacles (each an outer ring and its holes) are cut out.
[[nodiscard]] std::vector<Polygon> cut_out(const std::vector<Polygon>& parts,
                                           const std::vector<Polygon>& obstacles);

}  // namespace chimata
