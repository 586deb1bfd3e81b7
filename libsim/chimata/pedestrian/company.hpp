/// Where those round somebody are going.
#pragma once

#include <vector>

#include "chimata/geo/raster.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/plan.hpp"

namespace chimata::pedestrian {

/// People in cells, to find those near a place. Good for the step in which it was renewed: it knows rows.
class Company {
 public:
  /// @param aims  by row: the stage somebody goes to, kNoRow for those who go nowhere
  void renew(const Crowd& crowd, std::vector<StageRow> aims, double within);
  /// The stage that more than half of those seen within reach go to, others than `row` itself; kNoRow if
  /// fewer than `least` do, or they do not agree.
  [[nodiscard]] StageRow majority(const Crowd& crowd, const Walls& walls, std::size_t row, double within,
                                  double least) const;

 private:
  RasterFrame frame_;
  std::vector<std::uint32_t> first_, rows_;  ///< by cell, and one past the end
  std::vector<StageRow> aims_;
};

}  // namespace chimata::pedestrian
