/// Private to io: areas out of the pieces that files hold.
#pragma once

#include <string>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata::io::detail {

/// `joined`, with the file in its messages.
[[nodiscard]] std::vector<Polygon> joined_pieces(const std::vector<Polygon>& pieces,
                                                 const std::string& source);

/// A feature's polygons one by one: outer rings turn left, their holes follow.
[[nodiscard]] std::vector<Polygon> pieces_of(const Polygon& shape);

/// Polygons out of rings that a drawing gives in any order: a ring within another is a hole of it, a ring
/// within a hole another piece (an island).
[[nodiscard]] std::vector<Polygon> nested(std::vector<std::vector<Point>> rings);

}  // namespace chimata::io::detail
