/// Private to space: how an area is checked and put together.
#pragma once

#include "chimata/space/area.hpp"

namespace chimata::area_parts {

/// Open rings without points that repeat the one before (within a millimetre). @throws InputError as `Area`,
/// for the parts alone
[[nodiscard]] std::vector<Polygon> checked(std::vector<Polygon> parts);

/// @throws InputError as `Area`, for gates and zones
void check(const std::vector<Gate>& gates, const std::vector<Polygon>& parts);
void check(const std::vector<SpeedZone>& zones, const std::vector<Polygon>& parts);

/// A part without the holes that a box does not meet: among 1500 buildings, few are near one place.
[[nodiscard]] Polygon with_holes_near(const Polygon& part, const Box& box);

/// Makes parts that touch (within a millimetre) share their corners, so that the edges between two of
/// them are the same ones.
void weld(std::vector<Polygon>& parts);

/// Edges that only one part has, part by part and ring by ring.
[[nodiscard]] std::vector<Wall> outline(const std::vector<Polygon>& parts);

}  // namespace chimata::area_parts
