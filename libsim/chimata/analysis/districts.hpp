/// What a run means for every district (町丁目).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "chimata/analysis/outcome.hpp"
#include "chimata/city/city.hpp"

namespace chimata {

inline constexpr std::uint32_t kNoShelterRow = 0xffffffffu;
inline constexpr std::size_t kMainShelters = 3;  ///< how many are named per district

/// One row per zone, then one for the people outside all zones. Times are s since the start; NaN where nobody
/// is concerned.
///
/// Columns: residents, told, told_p50_s, decided, departed, departed_p50_s, sheltered, not_arrived, caught,
/// casualties, vertical, need_help, unassisted, travel_p50_s and travel_p95_s (door to shelter), leave_by_s
/// (last safe departure of the first twentieth to be cut off), and the shelters where most of them are or
/// head for: shelter_1 … shelter_3 (rows, 4294967295 for none) with shelter_1_persons … .
/// @throws std::logic_error if the outcome knows no population
[[nodiscard]] Table districts(const Outcome& outcome, std::size_t zones);

}  // namespace chimata
