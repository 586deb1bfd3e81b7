/// Private to io: a DXF drawing as closed and open lines, by its layers.
#pragma once

#include <string>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata::io {

/// What a drawing holds on one of its layers.
struct DrawnLayer {
  std::string name;
  std::vector<std::vector<Point>> rings;  ///< closed lines, not closed here
  std::vector<std::vector<Point>> lines;  ///< lines that enclose nothing
};

/// Layers in the order in which the drawing first uses them.
/// @param unit  m that the drawing's unit is
/// @throws InputError if the file is no drawing
[[nodiscard]] std::vector<DrawnLayer> read_drawing(const std::string& path, double unit);

}  // namespace chimata::io
