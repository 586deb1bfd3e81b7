/// The room that everybody has: Voronoi cells cut to the area, and densities from them.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/pedestrian/cell_cutter.hpp"
#include "chimata/space/area.hpp"

namespace chimata::pedestrian {

struct VoronoiModel {
  /// m, nobody's cell reaches further than this; 0 for no such limit. PedPy cuts with a polygon of twelve
  /// corners on a circle, and so do we.
  double cut_off = 0;
};

/// The part of the area that is nearer to somebody than to anybody else.
struct VoronoiCell {
  std::vector<Polygon> parts;  ///< as a rule one; empty for somebody outside the area
  double size = 0;             ///< m²
  [[nodiscard]] double density() const { return size > 0 ? 1 / size : 0; }  ///< persons/m²
};

/// Density and speed in a place, both by cells and by counting heads.
struct ZoneMeasure {
  double density = 0;  ///< persons/m²: integral of everybody's 1/size over the zone, by its size
  double speed = 0;    ///< m/s: integral of everybody's speed over the zone, by its size
  double counted = 0;  ///< persons/m²: people inside by its size
};

/// Steffen and Seyfried (2010), Methods for measuring pedestrian density, flow, speed and direction with
/// minimal scatter, as PedPy has it: of a cell that walls tear apart the part counts in which its owner
/// stands. Closed gates cut nothing.
class Voronoi {
 public:
  explicit Voronoi(std::shared_ptr<const Area> area, const VoronoiModel& model = {});

  /// One cell each, in their order; the same bits for any number of threads.
  [[nodiscard]] std::vector<VoronoiCell> cells(std::span<const Point> people, Arena& arena) const;

 private:
  [[nodiscard]] VoronoiCell cut(std::vector<Point> cell, Point owner) const;

  std::shared_ptr<const Area> area_;
  VoronoiModel model_;
  CellCutter cutter_;
};

/// @param speeds  m/s, of the same people
[[nodiscard]] ZoneMeasure measure(const Area& zone, std::span<const VoronoiCell> cells,
                                  std::span<const Point> people, std::span<const double> speeds);

}  // namespace chimata::pedestrian
