/// Convex cells cut to an area. Inside this room only.
#pragma once

#include <vector>

#include "chimata/space/area.hpp"

namespace chimata::pedestrian {

/// Looks at the walls near a cell only, so that a large area costs no more than a small one.
class CellCutter {
 public:
  explicit CellCutter(const Area& area);

  /// The connected piece of `cell` within the area in which `owner` stands, as an outer ring and its holes;
  /// no rings if there is none.
  /// @param cell  convex, turning left
  [[nodiscard]] Polygon cut(std::vector<Point> cell, Point owner) const;

 private:
  using Ring = std::vector<Point>;
  struct Ends {
    WallRow first, last;  ///< of a ring of walls
  };
  [[nodiscard]] WallRow after(WallRow row) const;

  Walls walls_;              // edges of the area, ring by ring; the area lies to their left
  std::vector<Ends> rings_;  // by row: of the ring it belongs to
};

}  // namespace chimata::pedestrian
