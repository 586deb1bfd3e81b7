/// In which order a hierarchy takes vertices away: nested dissection by inertial flow.
///
/// A part of the map is cut in two where the fewest streets cross, between the quarter of its places that
/// lie farthest to one side and the quarter opposite; four directions are tried and the cut that is small
/// for the places it parts is kept. What lies on the cut comes last, then each side is cut again.
/// Schild and Sommer, "On Balanced Separators in Road Networks", SEA 2015. Depends on nothing but the
/// arguments.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata {

/// A map to cut: places and the streets between them, direction of no account.
struct StreetMap {
  std::span<const Point> position;
  std::span<const std::uint32_t> tail, head;  ///< by street, rows of `position`
};

/// The places from the least important to the most; every street on a cut loses one of its ends.
[[nodiscard]] std::vector<std::uint32_t> order_of_places(const StreetMap& map);

/// The streets from the least important to the most, for graphs whose vertices are streets.
[[nodiscard]] std::vector<std::uint32_t> order_of_streets(const StreetMap& map);

}  // namespace chimata
