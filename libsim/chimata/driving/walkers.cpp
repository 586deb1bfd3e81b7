#include "chimata/driving/walkers.hpp"

#include <algorithm>

#include "chimata/core/fast_math.hpp"

namespace chimata::driving {

namespace {
constexpr double kLongestDelay = 600;  // s, drivers stop for people long before
}

double gap_delay(double flow, double gap) {
  const double x = flow * gap;
  if (x < 1e-6) return 0;
  return std::min(kLongestDelay, (fast::exp(std::min(x, 50.0)) - x - 1) / flow);
}

double blocked_share(double walkers, double blocks) {
  return walkers > 0 ? 1 - fast::exp(-walkers * blocks) : 0;
}

WalkerCrossings::WalkerCrossings(const Traffic& traffic, Field& delay)
    : delay_(delay),
      blocked_(traffic.junctions.size(), 0),
      left_(traffic.queues.size(), 0),
      entered_(traffic.queues.size(), 0) {}

void WalkerCrossings::publish_delays(const Traffic& traffic, double seconds) {
  for (std::uint32_t n = 0; n < traffic.junctions.size(); ++n) {
    const Junction& junction = traffic.junctions[NodeId{n}];
    if (junction.plan != 0) {
      delay_.next()[n] = static_cast<float>(traffic.signals.walkers_delay(junction.plan));
      continue;
    }
    std::uint32_t cars = 0;
    for (std::uint32_t i = 0; i < junction.ins; ++i) {
      const LinkId link = traffic.in[junction.first_in + i];
      cars += traffic.queues[link].left - left_[link.value];
    }
    for (std::uint32_t o = 0; o < junction.outs; ++o) {
      const LinkId link = traffic.out[junction.first_out + o];
      cars += traffic.queues[link].entered - entered_[link.value];
    }
    // who walks on crosses one arm: the mean of all, both directions together
    const double arms = std::max<int>(1, std::max(junction.ins, junction.outs));
    delay_.next()[n] = static_cast<float>(gap_delay(cars / arms / seconds, traffic.model.walker_gap));
  }
  delay_.publish();
  for (std::uint32_t l = 0; l < left_.size(); ++l) {
    left_[l] = traffic.queues[LinkId{l}].left;
    entered_[l] = traffic.queues[LinkId{l}].entered;
  }
}

std::vector<NodeId> WalkerCrossings::update(const Traffic& traffic, const std::vector<float>& walkers) {
  std::vector<NodeId> changed;
  for (std::uint32_t n = 0; n < blocked_.size(); ++n) {
    const Junction& junction = traffic.junctions[NodeId{n}];
    const double share = junction.plan != 0 || junction.ins == 0
                             ? 0
                             : blocked_share(double{walkers[n]}, traffic.model.walker_blocks);
    const auto step = static_cast<std::uint8_t>(share * kSteps + 0.5);
    if (step == blocked_[n]) continue;
    blocked_[n] = step;
    changed.push_back(NodeId{n});
  }
  return changed;
}

void WalkerCrossings::save(SnapshotWriter& out) const {
  out.put("crossing_blocked", blocked_);
  out.put("crossing_left", left_);
  out.put("crossing_entered", entered_);
}

void WalkerCrossings::load(const SnapshotReader& in) {
  in.get("crossing_blocked", blocked_);
  in.get("crossing_left", left_);
  in.get("crossing_entered", entered_);
}

}  // namespace chimata::driving
