/// Areas out of lines and pieces, for sources that draw streets as lines with widths.
#pragma once

#include <span>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata {

/// What lies within half of `width` of a line, round at its ends, mitred at its corners up to twice the
/// width. Points less than a millimetre apart are one; a line of one point gives nothing.
[[nodiscard]] std::vector<Polygon> strip_along(std::span<const Point> line, double width);

/// The union of many pieces that may overlap in any way. Coordinates are rounded to whole millimetres first;
/// pieces that are no polygons then are put right where Boost.Geometry can, or left out.
/// @param left_out  counts those
[[nodiscard]] std::vector<Polygon> united(const std::vector<Polygon>& pieces,
                                          std::size_t* left_out = nullptr);

/// What parts have in common with a border (an outer ring and its holes).
[[nodiscard]] std::vector<Polygon> clipped(const std::vector<Polygon>& parts, const Polygon& border);

/// Parts without what no body fits into: bulges, necks and parts narrower than `width`, and holes that are.
/// A part is divided where a neck is narrower. Corners are kept to a few centimetres.
[[nodiscard]] std::vector<Polygon> opened(const std::vector<Polygon>& parts, double width);

/// Parts with slits and notches closed that are narrower than `width`; parts that lie so near become one.
[[nodiscard]] std::vector<Polygon> bridged(const std::vector<Polygon>& parts, double width);

/// The pieces of a segment that lie in parts, in its direction; shares of it from 0 to 1.
[[nodiscard]] std::vector<std::pair<double, double>> shares_within(const std::vector<Polygon>& parts, Point a,
                                                                   Point b);

}  // namespace chimata
