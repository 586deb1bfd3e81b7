/// Levels, stairs, ramps, escalators and elevators from map layers and drawings.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chimata/io/area_layers.hpp"
#include "chimata/space/levels.hpp"

namespace chimata::io {

/// A flight as drawn, with what the file says of it besides: use, rate, table, belt …
struct DrawnFlight {
  Flight flight;
  std::string kind;  ///< stairs, ramp, escalator
  std::map<std::string, std::string> settings;
};

struct DrawnShaft {
  Shaft shaft;
  std::map<std::string, std::string> settings;
};

/// What files hold of a building, for `Levels`.
struct LevelsDrawing {
  std::string crs;            ///< of map layers; empty for drawings
  std::vector<Level> levels;  ///< from low to high, at one height in the order of the file
  std::vector<DrawnFlight> flights;
  std::vector<DrawnShaft> shafts;
};

struct LevelsOptions {
  std::string crs;                        ///< metric; "": one that suits the first map layer
  std::map<std::string, double> heights;  ///< m by level, in place of what files say
  double unit = 1;                        ///< m that a drawing's unit is
};

/// From one file, or one file a level.
///
/// Map layers (GeoJSON, GeoPackage, shapefile …): every feature says its `level`; if it does not, the layer
/// of a file with several, or the file of several files, has the level's name. Polygons are floor, with
/// `height` in m; with kind=obstacle what is cut out of it; with `speed_factor` a zone. Lines have an `id`
/// and a `kind`: gate (`closed`), elevator (one line a door), or stairs, ramp, escalator: one line for the
/// foot and one for the head, which `end` tells. Other attributes are settings: use, rate, table, length,
/// belt, cabins, capacity …
///
/// Drawings (.dxf): the same by names of layers, "what@level": "walkable@1F@0" (a third part is the height,
/// m), "obstacle@1F", "gate north@1F", "elevator lift@1F", "stairs A foot@1F", "stairs A head@2F".
///
/// @throws InputError naming the file and feature: no level, a kind that is not known, a line that is not
///         straight, a flight without foot or head or with two of them, a level without height beside others
[[nodiscard]] LevelsDrawing read_levels(const std::vector<std::string>& paths, const LevelsOptions& options,
                                        std::vector<Problem>* notes = nullptr);

}  // namespace chimata::io
