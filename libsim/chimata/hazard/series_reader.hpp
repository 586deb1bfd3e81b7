/// A depth series as a run sees it: delayed, scaled, and only where it is ever wet. Private to this room.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/hazard/flood.hpp"

namespace chimata {

/// A depth as given, with negative and missing ones dry.
[[nodiscard]] inline double wet(float depth) {
  return depth > 0 ? double{depth} : 0;
}

/// @throws InputError if the series has no frames, their times do not ascend, or a grid has another size
void check_series(const DepthSeries& series);

class SeriesReader {
 public:
  /// @throws InputError if the series has no frames, their times do not ascend, or a grid has another size
  SeriesReader(std::shared_ptr<const DepthSeries> series, const FloodModel& model);

  /// Cells that are wet in at least one frame, ascending.
  [[nodiscard]] const std::vector<std::uint32_t>& cells() const { return cells_; }
  /// Depths in m of `cells()` at `time`.
  void read(Time time, std::vector<float>& depth, Arena& arena) const {
    read(series_->depth, model_.depth_factor, time, depth, arena);
  }
  /// Speeds of the water in m/s of `cells()` at `time`; for a series that has velocities.
  void read_velocity(Time time, std::vector<float>& velocity, Arena& arena) const {
    read(series_->velocity, 1, time, velocity, arena);
  }
  /// The first moment after `time` from which depths may differ from those at `time`; kNever if none.
  [[nodiscard]] Time next_change(Time time) const;

 private:
  void read(const std::vector<std::vector<float>>& grids, double factor, Time time, std::vector<float>& out,
            Arena& arena) const;
  /// The last frame not later than `t`, -1 before the first.
  [[nodiscard]] std::ptrdiff_t frame_at(Time t) const;
  /// Whether frame k + 1 differs from frame k; frame -1 is dry everywhere.
  [[nodiscard]] bool changes_after(std::ptrdiff_t k) const {
    return changes_[static_cast<std::size_t>(k + 1)] != 0;
  }

  std::shared_ptr<const DepthSeries> series_;
  FloodModel model_;
  Duration delay_;
  std::vector<std::uint32_t> cells_;
  std::vector<std::uint8_t> changes_;
};

}  // namespace chimata
