/// Walkable areas as well-known text: POLYGON, MULTIPOLYGON and collections of them, in metres.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata::io {

/// Polygons of a text, in its order; collections may hold collections, heights and measures are left out.
/// Written after OGC 06-103r4, "Simple feature access", part 1, section 7.
/// @param source  for messages
/// @throws InputError with the place in the text, for what is no well-known text, or no polygon
[[nodiscard]] std::vector<Polygon> polygons_of_wkt(std::string_view text, const std::string& source);

/// The parts of a walkable area from a file, for `Area`: pieces that overlap or touch are one.
/// @throws InputError naming the file, and what `Area` says about a ring
[[nodiscard]] std::vector<Polygon> read_area_wkt(const std::string& path);

}  // namespace chimata::io
