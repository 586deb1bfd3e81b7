/// Buildings cut out of an area in which people move.
#pragma once

#include <string>
#include <vector>

#include "chimata/mobility/focus_area.hpp"

namespace chimata {

/// What cutting has done besides.
struct ObstaclesCut {
  std::size_t obstacles = 0;  ///< cut out
  std::size_t wrong = 0;      ///< left as they are: outlines that cross themselves
  std::size_t yards = 0;      ///< parts to which no gate leads: nobody is there
  double yards_m2 = 0;
};

/// Cuts the plan's obstacles out of an area whose gates are known, and lays out its spots anew. Gates are
/// kept: as wide as they are, two metres behind them stay free. Courtyards are filled, parts to which no gate
/// leads are left out, and gaps narrower than a body are shut by barriers "gap/1" ….
/// @throws InputError at `where` if nothing is left where people could stay
ObstaclesCut cut_out_obstacles(FocusArea& site, const Network& network, const FocusPlan& plan,
                               const std::string& where);

}  // namespace chimata
