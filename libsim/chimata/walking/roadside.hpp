/// Where people on foot meet cars: how long they wait to cross, and how many cross.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/mobility/field.hpp"
#include "chimata/network/network.hpp"

namespace chimata::walking {

/// Whoever passes a node with cars from one street onto another waits there as long as the field
/// "crossing.delay" says; how many do, persons/s, is published as "crossing.walkers" every minute. Without
/// cars, when nobody writes that delay, nothing of this takes place.
class Roadside {
 public:
  Roadside(const Network& network, Fields& fields) : delay_(fields.find("crossing.delay")) {
    if (delay_ == nullptr) return;
    walkers_ = &fields.create("crossing.walkers", "persons/s", network.node_count());
    crossed_.assign(network.node_count(), 0);
  }

  [[nodiscard]] bool has_cars() const { return delay_ != nullptr; }
  /// s that somebody who comes to `node` waits before crossing.
  [[nodiscard]] double wait(NodeId node) const { return double{delay_->values()[node.value]}; }
  void cross(NodeId node) { ++crossed_[node], busy_ = 1; }

  /// Publishes what happened up to `now`, s, if a minute is over.
  void publish(double now) {
    if (delay_ == nullptr || now < next_) return;
    next_ = (std::floor(now / kMinute) + 1) * kMinute;
    std::uint8_t anybody = 0;
    for (std::uint32_t n = 0; n < crossed_.size(); ++n) {
      walkers_->next()[n] = static_cast<float>(crossed_[NodeId{n}] / kMinute);
      anybody |= crossed_[NodeId{n}] != 0 ? 1 : 0;
      crossed_[NodeId{n}] = 0;
    }
    walkers_->publish();
    busy_ = anybody;
  }
  /// Whether there is something left to publish.
  [[nodiscard]] bool busy() const { return busy_ != 0; }

  void save(SnapshotWriter& out) const {
    if (delay_ == nullptr) return;
    out.put("crossed", crossed_.values());
    out.put_value("crossed_next", next_);
    out.put_value("crossed_busy", busy_);
  }
  void load(const SnapshotReader& in) {
    if (delay_ == nullptr) return;
    in.get("crossed", crossed_);
    in.get_value("crossed_next", next_);
    in.get_value("crossed_busy", busy_);
  }

 private:
  static constexpr double kMinute = 60;  // s
  const Field* delay_ = nullptr;
  Field* walkers_ = nullptr;
  Column<NodeId, std::uint32_t> crossed_;  ///< persons since the last publication
  double next_ = kMinute;                  ///< s
  std::uint8_t busy_ = 0;
};

}  // namespace chimata::walking
