/// Private to io: what files hold of a building, one thing after the other, before it becomes levels.
#pragma once

#include "chimata/io/levels_file.hpp"

namespace chimata::io::detail {

/// One polygon or line of a file.
struct LevelItem {
  std::string where;  ///< for messages: "station.geojson, feature 3"
  std::string kind;   ///< floor, obstacle, zone, gate, elevator, stairs, ramp, escalator
  std::string level;
  std::string id;                ///< of what is drawn by several lines
  std::string end;               ///< foot or head
  std::optional<double> height;  ///< m, of the floor
  double factor = 1;             ///< of a zone
  bool closed = false;           ///< of a gate
  std::vector<Polygon> shapes = {};
  std::vector<std::vector<Point>> lines = {};
  std::map<std::string, std::string> settings = {};
};

/// Puts them together. @throws InputError as `read_levels`
[[nodiscard]] LevelsDrawing levels_of(const std::vector<LevelItem>& items,
                                      const std::map<std::string, double>& heights,
                                      const std::string& source);

/// Of a drawing's layer "stairs A foot@1F@0". None if it has no @.
/// @throws InputError naming the layer if it is written in another way
[[nodiscard]] std::optional<LevelItem> level_item_of_layer(const std::string& layer, const std::string& file);

}  // namespace chimata::io::detail
