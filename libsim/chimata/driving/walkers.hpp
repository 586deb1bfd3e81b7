/// Cars and people on foot at the same crossings.
#pragma once

#include "chimata/driving/traffic.hpp"
#include "chimata/mobility/field.hpp"

namespace chimata::driving {

/// Mean wait, s, of somebody who crosses a stream of `flow` vehicles/s as soon as there is a gap of `gap` s:
/// (exp(q t) - q t - 1) / q, Adams 1936.
[[nodiscard]] double gap_delay(double flow, double gap);

/// Share of time in which `walkers` persons/s who come at random block a lane for `blocks` s each:
/// 1 - exp(-walkers * blocks), the chance that a Poisson stream leaves no free moment.
[[nodiscard]] double blocked_share(double walkers, double blocks);

/// How long people on foot wait at each node, and how much they hold up cars where there is no signal.
class WalkerCrossings {
 public:
  WalkerCrossings(const Traffic& traffic, Field& delay);

  /// Takes in the last `seconds` of traffic and publishes "crossing.delay".
  void publish_delays(const Traffic& traffic, double seconds);
  /// Takes in "crossing.walkers". Returns the nodes at which it makes another difference to cars than before.
  [[nodiscard]] std::vector<NodeId> update(const Traffic& traffic, const std::vector<float>& walkers);
  /// Share of time in which cars cannot leave towards `node`.
  [[nodiscard]] double blocked(NodeId node) const { return blocked_[node.value] / kSteps; }

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  static constexpr double kSteps = 50;  ///< roads are changed only when the share moves by a fiftieth
  Field& delay_;
  std::vector<std::uint8_t> blocked_;
  std::vector<std::uint32_t> left_, entered_;  ///< vehicles of each link at the last publication
};

}  // namespace chimata::driving
