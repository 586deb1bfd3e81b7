/// Walkable areas, gates and slow zones from map layers and drawings.
#pragma once

#include <string>
#include <vector>

#include "chimata/io/vector.hpp"
#include "chimata/space/area.hpp"

namespace chimata::io {

/// The parts of a walkable area from the polygons of a map layer (GeoJSON, GeoPackage, shapefile …), for
/// `Area`: pieces that overlap or touch are one.
/// @throws InputError if the file is unreadable, has no coordinate system, holds no polygons, or as `Area`
[[nodiscard]] std::vector<Polygon> read_area_layer(const std::string& path, const LayerOptions& options,
                                                   std::vector<Problem>* notes = nullptr);

/// Which of a drawing's own layers to take.
struct DrawingOptions {
  /// Names of the drawing's layers; none given: those whose name holds "walkable" and "obstacle", as drawings
  /// for JuPedSim have them, or, without such, all as walkable.
  std::vector<std::string> walkable, obstacles;
  double unit = 1;  ///< m that the drawing's unit is
};

/// The parts of a walkable area from the closed lines of a DXF drawing: a ring within another is a hole, one
/// within a hole another part; obstacles are cut out of what remains. What encloses nothing is noted.
[[nodiscard]] std::vector<Polygon> read_area_drawing(const std::string& path,
                                                     const DrawingOptions& options = {},
                                                     std::vector<Problem>* notes = nullptr);

/// Gates from straight lines. Attributes: id; closed (1, yes, true; else open).
[[nodiscard]] std::vector<Gate> read_gates(const std::string& path, const LayerOptions& options,
                                           std::vector<Problem>* notes = nullptr);

/// Zones where everybody is slower from polygons. Attributes: id; speed_factor, above 0.
[[nodiscard]] std::vector<SpeedZone> read_speed_zones(const std::string& path, const LayerOptions& options,
                                                      std::vector<Problem>* notes = nullptr);

}  // namespace chimata::io
