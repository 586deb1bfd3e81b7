/// Many obstacles cut out of an area at once.
#pragma once

#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata {

/// The union of obstacles, none of which overlaps another any more: only those are joined whose boxes meet,
/// so that a town of houses takes no longer than its streets of them. @throws InputError as `joined`
[[nodiscard]] std::vector<Polygon> set_apart(const std::vector<Polygon>& obstacles);

/// As `cut_out`, of obstacles that do not overlap: all at once.
[[nodiscard]] std::vector<Polygon> cut_out_apart(const std::vector<Polygon>& parts,
                                                 const std::vector<Polygon>& obstacles);

}  // namespace chimata
