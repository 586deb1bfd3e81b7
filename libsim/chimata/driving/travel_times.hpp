/// What it takes to drive over each link at present.
#pragma once

#include "chimata/driving/traffic.hpp"

namespace chimata::driving {

/// Mean time of those who left each link since the last `update`; where nobody left, how long the first has
/// been on it by now, at least the free time. A share `keep` of it is what was known before: a smoothing that
/// keeps drivers from rushing all together from one way to the other.
class TravelTimes {
 public:
  explicit TravelTimes(const Traffic& traffic, double keep = 0.5);

  /// Takes in what happened up to `now`, s, and begins the next interval.
  void update(Traffic& traffic, double now);
  /// s, by link.
  [[nodiscard]] const std::vector<float>& seconds() const { return seconds_; }
  /// ms, for ways; kClosed where cars may not drive at all.
  [[nodiscard]] LinkCosts costs(const Network& network) const;

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  double keep_;
  std::vector<float> seconds_;
  std::vector<std::uint32_t> left_;  ///< vehicles that had left each link at the last update
};

}  // namespace chimata::driving
