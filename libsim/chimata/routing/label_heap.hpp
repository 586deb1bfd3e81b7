/// The queue of every search here: labels in the order (cost, rank, node).
///
/// The order is total, so what leaves the queue next never depends on what was put in first.
#pragma once

#include <cstdint>
#include <vector>

#include "chimata/routing/travel_cost.hpp"

namespace chimata {

/// A node (or state) reached at a cost; `rank` decides between equal costs before the node's number does.
struct Label {
  PathCost cost;
  std::uint64_t order;  ///< rank << 32 | node

  Label(PathCost at, std::uint32_t node, std::uint32_t rank = 0)
      : cost(at), order(static_cast<std::uint64_t>(rank) << 32 | node) {}
  [[nodiscard]] std::uint32_t node() const { return static_cast<std::uint32_t>(order); }
  [[nodiscard]] std::uint32_t rank() const { return static_cast<std::uint32_t>(order >> 32); }
  friend bool operator<(const Label& a, const Label& b) {
    // without a branch: which of two labels is less is a coin toss, and guessing costs more than comparing
    return (a.cost < b.cost) | ((a.cost == b.cost) & (a.order < b.order));
  }
};

/// A heap with four children per parent: half as deep as a binary one, siblings side by side in memory.
/// Labels are never changed inside; a search pushes a better one and passes over the outdated.
class LabelHeap {
 public:
  [[nodiscard]] bool empty() const { return labels_.empty(); }
  void clear() { labels_.clear(); }

  void push(Label label) {
    std::size_t hole = labels_.size();
    labels_.push_back(label);
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 4;
      if (!(label < labels_[parent])) break;
      labels_[hole] = labels_[parent];
      hole = parent;
    }
    labels_[hole] = label;
  }

  Label pop() {
    const Label top = labels_.front();
    const Label last = labels_.back();
    labels_.pop_back();
    const std::size_t count = labels_.size();
    if (count == 0) return top;
    std::size_t hole = 0;
    for (std::size_t child = 1; child < count; child = 4 * hole + 1) {
      std::size_t least = child;
      if (child + 4 <= count) {
        const std::size_t left = child + (labels_[child + 1] < labels_[child]);
        const std::size_t right = child + 2 + (labels_[child + 3] < labels_[child + 2]);
        least = labels_[right] < labels_[left] ? right : left;
      } else {
        for (std::size_t c = child + 1; c < count; ++c) {
          if (labels_[c] < labels_[least]) least = c;
        }
      }
      if (!(labels_[least] < last)) break;
      labels_[hole] = labels_[least];
      hole = least;
    }
    labels_[hole] = last;
    return top;
  }

 private:
  std::vector<Label> labels_;
};

}  // namespace chimata
