/// Japanese grid squares (地域メッシュ, JIS X 0410), the cells of census statistics.
#pragma once

#include <optional>
#include <string_view>

#include "chimata/io/crs.hpp"

namespace chimata::io {

struct MeshCell {
  LonLat south_west, north_east;
  [[nodiscard]] LonLat centre() const {
    return {(south_west.lon + north_east.lon) / 2, (south_west.lat + north_east.lat) / 2};
  }
};

/// The cell of a code of 4 (80 km), 6 (10 km), 8 (1 km), 9 (500 m), 10 (250 m) or 11 (125 m) digits; none if
/// it is no such code. Degrees of JGD2011, which within a metre are those of WGS 84.
[[nodiscard]] std::optional<MeshCell> mesh_cell(std::string_view code);

}  // namespace chimata::io
