/// Where people stay in an area. Private to this room.
#pragma once

#include <vector>

#include "chimata/mobility/focus_area.hpp"

namespace chimata {

/// As of `focus_area`, for an area whose gates are known.
[[nodiscard]] std::vector<AreaSpot> spots_of(const Network& network, const FocusArea& site,
                                             const FocusPlan& plan);

}  // namespace chimata
