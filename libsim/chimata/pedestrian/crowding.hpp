/// How much longer it takes to get through where people are held up.
#pragma once

#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/plan.hpp"
#include "chimata/wayfinding/ways.hpp"

namespace chimata::pedestrian {

/// Delays by cell, as ways want them: free speed over the present one, less 1, of those who walk there.
/// Measured now and then, and smoothed, so that people do not swing from one way to the other.
class Crowding {
 public:
  static constexpr double kEvery = 1;  ///< s between two measurements (C)
  static constexpr double kCell = 1;   ///< m (C)

  void open(const Box& box);
  /// @param walking  by row: whether somebody is under way
  void measure(const Crowd& crowd, const std::vector<std::uint8_t>& walking);
  [[nodiscard]] const RasterFrame& frame() const { return frame_; }
  [[nodiscard]] const std::vector<double>& extra() const { return extra_; }

  void save(SnapshotWriter& out) const { out.put("delay", extra_); }
  void load(const SnapshotReader& in) { in.get("delay", extra_); }

 private:
  RasterFrame frame_;
  std::vector<double> extra_, sum_;
  std::vector<std::uint32_t> count_;
};

}  // namespace chimata::pedestrian
