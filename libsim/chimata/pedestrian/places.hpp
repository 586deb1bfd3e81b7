/// Where people stand at the beginning.
#pragma once

#include "chimata/core/random.hpp"
#include "chimata/space/area.hpp"

namespace chimata::pedestrian {

/// Points of a hexagonal pattern with `pitch` metres between neighbours that lie inside `where` and no nearer
/// to a standing wall than `from_walls`.
[[nodiscard]] std::vector<Point> spots_in(const Area& area, const Walls& walls, const Polygon& where,
                                          double pitch, double from_walls);

/// `count` places inside `where`, no two nearer than `spacing` and none nearer to a wall than `from_walls`,
/// spread evenly: a hexagonal pattern as wide as it can be, of which so many points are drawn and each is
/// moved by what the spacing leaves. Deterministic.
/// @throws InputError telling how many have room if not all have
[[nodiscard]] std::vector<Point> places_in(const Area& area, const Walls& walls, const Polygon& where,
                                           std::size_t count, double spacing, double from_walls,
                                           Random random);

}  // namespace chimata::pedestrian
