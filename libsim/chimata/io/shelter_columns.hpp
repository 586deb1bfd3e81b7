/// Private to io: what a table says of shelters beside place and capacity.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "chimata/city/city.hpp"

namespace chimata::io {

/// A table of texts, whatever file it comes from.
struct TextTable {
  std::size_t rows = 0;
  std::function<std::optional<std::size_t>(std::span<const std::string_view>)> column;  ///< first so named
  std::function<std::string(std::size_t row, std::size_t column)> text;
};

/// What a shelter has at hand; 0 where the source says nothing.
struct ShelterStock {
  float floor = 0;  ///< m above ground
  std::uint32_t parking = 0, toilets = 0;
  float water_l = 0, meals = 0;
  std::uint8_t welfare = 0;
};

/// The columns of a table that say what shelters are fit for and what they have.
///
/// A hazard is judged by its own column (災害種別_津波, tsunami_safe, P20_008, …); a blank there means unfit,
/// as the national open data set defines, but a column that is empty throughout says nothing, and a shelter
/// of which nothing is said is fit. 内水氾濫 without a column of its own follows 洪水; where 洪水
/// (flood_safe) is the only water of which the table speaks, it stands for storm surge and tsunami too, as
/// does 水害 of the National Land Numerical Information for the storm surge. Codes 1, 2, 3 stand for ○, △ and
/// ×: only ○ is fit.
class ShelterColumns {
 public:
  explicit ShelterColumns(const TextTable& table);
  /// @throws InputError if a cell is neither yes nor no
  [[nodiscard]] HazardMask fit(std::size_t row, const std::string& where) const;
  /// @throws InputError if a figure is negative or no number
  [[nodiscard]] ShelterStock stock(std::size_t row, const std::string& where) const;

 private:
  struct Judge {
    std::optional<std::size_t> column;
    std::string_view name;  ///< for messages
  };
  [[nodiscard]] double amount(std::size_t row, std::optional<std::size_t> column, const char* name,
                              const std::string& where) const;

  const TextTable& table_;
  std::array<Judge, 8> judge_;  ///< by bit of Hazard
  std::optional<std::size_t> floor_, parking_, toilets_, water_, meals_, welfare_;
};

}  // namespace chimata::io
