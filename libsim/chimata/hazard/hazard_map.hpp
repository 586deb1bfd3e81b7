/// A flood summed up at points: what a hazard map tells whoever has to decide.
#pragma once

#include <span>
#include <vector>

#include "chimata/hazard/flood.hpp"

namespace chimata {

/// From which depths on a hazard map counts.
struct HazardThresholds {
  double arrival = 0.01;  ///< m, the water has arrived
  double lasting = 0.5;   ///< m, deeper than this counts for the duration: the usual definition of
                         ///< 浸水継続時間 (MLIT 洪水浸水想定区域図作成マニュアル), floor level of a house
};

/// One row per point.
struct HazardMap {
  std::vector<float> greatest_depth;  ///< m; 0 where it stays dry
  std::vector<Time> arrival;       ///< first moment with `arrival` metres or more; kNever where there is none
  std::vector<Duration> duration;  ///< in all, with `lasting` metres or more, up to the last frame
  std::vector<std::uint8_t>
      lasting;  ///< 1: still that deep at the last frame, so `duration` is a lower bound
  std::vector<float> greatest_velocity;  ///< m/s; empty if the series has no velocity

  [[nodiscard]] std::size_t size() const { return greatest_depth.size(); }
};

/// The series as `model` changes it (delay, factor, interpolation), at `points`; dry outside its grid.
///
/// Arrival and duration are exact between frames, rounded up to whole milliseconds: depth between two
/// frames is linear or held. Nobody in the simulated town knows these numbers unless a hazard map was
/// handed to them; they come from the whole series, its future included.
/// @throws InputError if the series is not sound
[[nodiscard]] HazardMap hazard_map(const DepthSeries& series, std::span<const Point> points,
                                   const HazardThresholds& thresholds = {}, const FloodModel& model = {});

/// When water first stands so deep at a place, of the series as `model` changes it. Refers to the series.
class Arrivals {
 public:
  Arrivals(const DepthSeries& series, const FloodModel& model);
  /// First moment with `depth` m or more, exact between frames; kNever if it never gets so deep, or outside
  /// the grid.
  [[nodiscard]] Time at(Point place, double depth) const;

 private:
  const DepthSeries& series_;
  FloodModel model_;
  std::vector<float> deepest_;  ///< m, by cell, as in the series
};

}  // namespace chimata
