#include "chimata/hazard/water_level.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "chimata/core/error.hpp"

namespace chimata {

namespace {

std::string where_of(const DepthSeries& levels) {
  return levels.source.empty() ? "flood.levels" : levels.source;
}

Point centre_of(const RasterFrame& frame, std::size_t cell) {
  return {frame.west + (static_cast<double>(cell % frame.columns) + 0.5) * frame.cell_x,
          frame.north - (static_cast<double>(cell / frame.columns) + 0.5) * frame.cell_y};
}

/// Ground below every cell; the terrain's own values where the grids are the same.
std::vector<float> ground_of(const RasterFrame& frame, const Raster& terrain) {
  if (frame == terrain.frame) return terrain.values;
  std::vector<float> ground(frame.size());
  for (std::size_t cell = 0; cell < frame.size(); ++cell)
    ground[cell] = static_cast<float>(terrain.interpolate(centre_of(frame, cell)));
  return ground;
}

/// Keeps what wet cells side by side join to a source.
void keep_joined(const RasterFrame& frame, const std::vector<std::size_t>& sources,
                 std::vector<float>& depth) {
  std::vector<std::uint8_t> reached(depth.size(), 0);
  std::vector<std::size_t> open;
  const auto reach = [&](std::size_t cell) {
    if (reached[cell] != 0 || !(depth[cell] > 0)) return;
    reached[cell] = 1;
    open.push_back(cell);
  };
  for (const std::size_t source : sources) reach(source);
  while (!open.empty()) {
    const std::size_t cell = open.back(), column = cell % frame.columns;
    open.pop_back();
    if (column > 0) reach(cell - 1);
    if (column + 1 < frame.columns) reach(cell + 1);
    if (cell >= frame.columns) reach(cell - frame.columns);
    if (cell + frame.columns < depth.size()) reach(cell + frame.columns);
  }
  for (std::size_t cell = 0; cell < depth.size(); ++cell) {
    if (reached[cell] == 0) depth[cell] = 0;
  }
}

}  // namespace

void subtract_ground(DepthSeries& levels, const Raster& terrain, std::span<const Point> sources) {
  if (terrain.empty()) {
    throw InputError(where_of(levels), "gives water levels, but the city has no terrain to take off",
                     "add terrain: to the city, or give depths");
  }
  const std::vector<float> ground = ground_of(levels.frame, terrain);
  if (std::all_of(ground.begin(), ground.end(), [](float z) { return std::isnan(z); })) {
    throw InputError(where_of(levels), "lies where the city's terrain has no heights",
                     "check the coordinate systems, or extend the terrain");
  }
  std::vector<std::size_t> cells;
  for (const Point source : sources) {
    cells.push_back(levels.frame.cell_of(source));
    if (cells.back() == RasterFrame::outside)
      throw InputError(where_of(levels), "a source of water lies off its grid",
                       "check its longitude and latitude");
  }
  for (auto& grid : levels.depth) {
    for (std::size_t cell = 0; cell < grid.size(); ++cell) {
      const float depth = grid[cell] - ground[cell];
      grid[cell] = depth > 0 ? depth : 0;  // missing ones too
    }
    if (!cells.empty()) keep_joined(levels.frame, cells, grid);
  }
}

DepthSeries level_series(const Hydrograph& levels, const Raster& terrain, const Box& area) {
  DepthSeries series;
  const RasterFrame& all = terrain.frame;
  if (terrain.empty()) {
    throw InputError("flood.levels", "gives water levels, but the city has no terrain to take off",
                     "add terrain: to the city, or give depths");
  }
  const auto cut = [](double cells, std::size_t most) {
    return static_cast<std::size_t>(std::clamp(cells, 0.0, static_cast<double>(most)));
  };
  // a town along one straight street has a box without width: it takes one row of cells
  const double west = std::floor((area.min_x - all.west) / all.cell_x),
               north = std::floor((all.north - area.max_y) / all.cell_y);
  const std::size_t left = cut(west, all.columns), top = cut(north, all.rows),
                    right =
                        cut(std::max(std::ceil((area.max_x - all.west) / all.cell_x), west + 1), all.columns),
                    bottom =
                        cut(std::max(std::ceil((all.north - area.min_y) / all.cell_y), north + 1), all.rows);
  if (left >= right || top >= bottom)
    throw InputError("flood.levels", "the terrain covers none of the city", "check its coordinate system");
  series.frame = {all.west + static_cast<double>(left) * all.cell_x,
                  all.north - static_cast<double>(top) * all.cell_y,
                  all.cell_x,
                  all.cell_y,
                  right - left,
                  bottom - top};
  std::vector<std::uint32_t> nearest(series.frame.size(), 0);
  for (std::size_t cell = 0; levels.gauge.size() > 1 && cell < nearest.size(); ++cell) {
    const Point p = centre_of(series.frame, cell);
    double least = std::numeric_limits<double>::infinity();
    for (std::uint32_t g = 0; g < levels.gauge.size(); ++g) {
      const double dx = p.x - levels.gauge[g].x, dy = p.y - levels.gauge[g].y;
      if (dx * dx + dy * dy < least) least = dx * dx + dy * dy, nearest[cell] = g;
    }
  }
  series.time = levels.time;
  for (const auto& row : levels.level) {
    auto& grid = series.depth.emplace_back(series.frame.size());
    for (std::size_t cell = 0; cell < grid.size(); ++cell)
      grid[cell] = static_cast<float>(row[nearest[cell]]);
  }
  return series;
}

}  // namespace chimata
