/// Why people were caught by the water, and what would have to be true for nobody to be.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "chimata/analysis/outcome.hpp"

namespace chimata {

/// The first thing that went wrong for somebody, in the order of the events that it takes to arrive.
enum class LateCause : std::uint8_t {
  none,           ///< not caught
  no_way,         ///< no dry way leads from their home to any shelter, whenever they leave
  not_told,       ///< nobody told them before the water came
  told_too_late,  ///< told when even leaving at once was too late on foot
  stayed,         ///< told in time, chose to stay
  no_help,        ///< needs help to leave, nobody came
  left_too_late,  ///< told in time, left after the last safe moment
  shelter_full,   ///< left in time, found a shelter full and had to go on
  by_car,         ///< left in time by car
  held_up         ///< left in time on foot; crowds, closed streets or a detour cost too much
};
inline constexpr int kLateCauses = 10;

/// Words of a cause.
struct CauseWords {
  std::string_view id, label_ja, label_en;
  std::string_view remedy_ja, remedy_en;  ///< what would have to be true for none of these; {} for minutes
};
[[nodiscard]] const CauseWords& words_of(LateCause cause);

/// Everybody caught, by cause.
struct CauseCounts {
  std::array<double, kLateCauses> persons{};
  /// Longest time (s) by which somebody was too late: told after, or left after, the last safe moment. NaN
  /// for causes that are no matter of time.
  std::array<double, kLateCauses> worst_gap_s{};
};

[[nodiscard]] LateCause cause_of(const Outcome& outcome, std::size_t person);
/// Causes of all persons at once: columns of the outcome are read once.
[[nodiscard]] std::vector<LateCause> causes_of(const Outcome& outcome);
[[nodiscard]] CauseCounts count_causes(const Outcome& outcome);

}  // namespace chimata
