/// People counted by area, put where they may live.
#pragma once

#include <span>

#include "chimata/city/city.hpp"

namespace chimata {

/// Where the people of a census cell are put.
enum class SpreadLaw : std::uint8_t {
  automatic,  ///< at buildings; without any in the cell along its streets; without those scattered
  buildings,  ///< in proportion to floor area, at dwellings if the layer's `usage` tells them
  streets,    ///< every 25 m along the streets open to people on foot
  scattered,  ///< at points drawn in the cell, one per person
  centre      ///< all at one point
};

struct Spread {
  Residences residences;
  std::size_t at_buildings = 0, along_streets = 0, scattered = 0, at_centres = 0;  ///< cells
};

/// Replaces every residence that has an area by points within it; the head count is kept, in fractions. A law
/// that finds nothing to go by in a cell falls back to the next one of the list. Reproducible: nothing but
/// the city and the cell's row decides.
/// @param areas  one per residence, in the same order; without rings: that residence stays as it is
[[nodiscard]] Spread spread(const City& city, const Residences& residences, std::span<const Polygon> areas,
                            SpreadLaw law = SpreadLaw::automatic);

}  // namespace chimata
