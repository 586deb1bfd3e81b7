/// Which nodes have something to do in which second: idle links cost nothing.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/core/row_sorter.hpp"
#include "chimata/driving/vehicle.hpp"

namespace chimata::driving {

/// A time wheel of nodes, one bucket a second. A node has one appointment, the earliest asked for.
class Wheel {
 public:
  explicit Wheel(std::size_t nodes) : wake_(nodes, kForever), buckets_(kBuckets), sorter_(nodes) {}

  /// Asks for `node` to be looked at in the second that holds `moment`, or in the present one if that is
  /// past. Returns true if it has to be looked at before `now_until` and had no appointment so early.
  bool wake(NodeId node, double moment, double now_until) {
    if (moment >= wake_[node]) return false;
    const bool fresh = moment < now_until && wake_[node] >= now_until;
    wake_[node] = moment;
    if (moment >= now_until) put(node, moment);
    return fresh;
  }

  /// Takes everybody with an appointment before `until` out, ascending; `from` is the present second's start.
  void take(double from, double until, std::vector<NodeId>& due) {
    due.clear();
    const auto now = static_cast<std::int64_t>(from);
    scratch_.clear();
    for (std::int64_t s = std::max(second_, now - kBuckets + 1); s <= now; ++s) {
      auto& bucket = buckets_[static_cast<std::size_t>(s % kBuckets)];
      scratch_.insert(scratch_.end(), bucket.begin(), bucket.end());
      bucket.clear();
    }
    second_ = now;
    for (const std::uint32_t entry : scratch_) {
      const NodeId node{entry & ~kFar};
      if (wake_[node] < until) {
        due.push_back(node);
        wake_[node] = kForever;
      } else if (wake_[node] < kForever && ((entry & kFar) != 0 || wake_[node] < from + 1)) {
        put(node, wake_[node]);
      }
    }
    sorter_.sort_unique(due);
  }
  /// Forgets the appointment of a node that is being looked at.
  void clear(NodeId node) { wake_[node] = kForever; }

  /// The start of the first second from `from` on with an appointment; kForever if there is none.
  [[nodiscard]] double next(double from) const {
    const auto first = static_cast<std::int64_t>(from);
    for (std::int64_t s = first; s < first + kBuckets; ++s) {
      for (const std::uint32_t entry : buckets_[static_cast<std::size_t>(s % kBuckets)]) {
        if (wake_[NodeId{entry & ~kFar}] < kForever) return std::max(from, static_cast<double>(s));
      }
    }
    return kForever;
  }

  /// Appointments are all the state there is; restoring them fills the buckets.
  [[nodiscard]] const Column<NodeId, double>& appointments() const { return wake_; }
  void restore(const std::vector<double>& appointments, double now) {
    for (auto& bucket : buckets_) bucket.clear();
    second_ = static_cast<std::int64_t>(now);
    for (std::uint32_t n = 0; n < wake_.size(); ++n) {
      wake_[NodeId{n}] = appointments.at(n);
      if (wake_[NodeId{n}] < kForever) put(NodeId{n}, wake_[NodeId{n}]);
    }
  }

 private:
  static constexpr std::int64_t kBuckets = 1024;
  static constexpr std::uint32_t kFar = 1u << 31;  ///< appointment beyond the wheel's turn

  void put(NodeId node, double moment) {
    const double last = static_cast<double>(second_ + kBuckets - 1);
    const bool far = moment >= last;
    const auto second = far ? second_ + kBuckets - 1 : std::max(second_, static_cast<std::int64_t>(moment));
    buckets_[static_cast<std::size_t>(second % kBuckets)].push_back(node.value | (far ? kFar : 0));
  }

  Column<NodeId, double> wake_;
  std::vector<std::vector<std::uint32_t>> buckets_;
  std::vector<std::uint32_t> scratch_;
  RowSorter sorter_;
  std::int64_t second_ = 0;
};

}  // namespace chimata::driving
