/// Depth as water level minus ground: the bathtub, with or without a way for the water to come.
#pragma once

#include <span>

#include "chimata/hazard/flood.hpp"

namespace chimata {

/// Turns levels (m above the datum of the terrain, in Japan T.P.) into depths above `terrain`, on the grid of
/// the levels. Cells without level or ground are dry.
///
/// The bathtub floods every hollow below the level, also behind a dike. With `sources` only cells that are
/// joined to one of them by wet cells side by side are flooded, frame by frame. Neither knows how long water
/// takes to flow.
/// @throws InputError if the city has no terrain, it covers none of the levels, or a source lies off the grid
void subtract_ground(DepthSeries& levels, const Raster& terrain, std::span<const Point> sources = {});

/// Moments and levels at gauges: row k of `level` has one level (m) per gauge.
struct Hydrograph {
  std::vector<Time> time;
  std::vector<Point> gauge;  ///< one, at no place in particular, if the level is the same everywhere
  std::vector<std::vector<double>> level;
};

/// The levels on the terrain's grid, cut to `area`: each cell takes its nearest gauge's.
[[nodiscard]] DepthSeries level_series(const Hydrograph& levels, const Raster& terrain, const Box& area);

}  // namespace chimata
