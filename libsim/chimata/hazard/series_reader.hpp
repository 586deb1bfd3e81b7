/// Grids over time as a run sees them: delayed, and only where there is ever anything. Private to this room.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/hazard/flood.hpp"

namespace chimata {

/// Grids of one quantity, one per moment.
using Grids = std::vector<std::vector<float>>;

/// A value as given, with negative and missing ones nothing: dry ground, clean air.
[[nodiscard]] inline double wet(float depth) {
  return depth > 0 ? double{depth} : 0;
}

/// @throws InputError at `where` if the moments do not ascend
void check_ascending(const std::vector<Time>& time, const std::string& where);

/// @throws InputError if the series has no frames, their times do not ascend, or a grid has another size
void check_series(const DepthSeries& series);

/// Cells, ascending, in which some quantity is above 0 in some grid.
[[nodiscard]] std::vector<std::uint32_t> cells_above_zero(const std::vector<const Grids*>& quantities,
                                                          std::size_t cells);

/// Several quantities at the same moments. It refers to moments and grids, which whoever made it keeps.
class SeriesReader {
 public:
  /// @param quantities  one grid per moment each, or none at all
  /// @param cells       ascending; all others are passed over
  SeriesReader(const std::vector<Time>& time, std::vector<const Grids*> quantities,
               std::vector<std::uint32_t> cells, BetweenFrames interpolation, Duration delay);

  [[nodiscard]] const std::vector<std::uint32_t>& cells() const { return cells_; }
  [[nodiscard]] std::size_t quantities() const { return quantities_.size(); }
  /// Values of `cells()` at `time`, times `factor`; 0 for a quantity without grids.
  void read(std::size_t quantity, double factor, Time time, std::vector<float>& out, Arena& arena) const;
  /// The first moment after `time` from which values may differ from those at `time`; kNever if none.
  [[nodiscard]] Time next_change(Time time) const;

 private:
  /// The last frame not later than `t`, -1 before the first.
  [[nodiscard]] std::ptrdiff_t frame_at(Time t) const;
  /// Whether frame k + 1 differs from frame k; frame -1 holds nothing.
  [[nodiscard]] bool changes_after(std::ptrdiff_t k) const {
    return changes_[static_cast<std::size_t>(k + 1)] != 0;
  }

  const std::vector<Time>& time_;
  std::vector<const Grids*> quantities_;
  std::vector<std::uint32_t> cells_;
  BetweenFrames interpolation_;
  Duration delay_;
  std::vector<std::uint8_t> changes_;
};

}  // namespace chimata
