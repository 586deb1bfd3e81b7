/// The costs of a hierarchy's arcs: one set of them per kind of vehicle, time of day, state of the streets.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/routing/hierarchy.hpp"
#include "chimata/routing/travel_cost.hpp"

namespace chimata {

/// Cost of a direction of a hierarchy's arc, ms; kNoWay where it cannot be passed.
using ArcWeight = std::uint32_t;
/// Two of them still fit into 32 bits.
inline constexpr ArcWeight kNoWay = 0x7fffffffu;

class HierarchyMetric {
 public:
  /// The hierarchy must outlive the metric. All arcs are closed until `customize`.
  explicit HierarchyMetric(const Hierarchy& hierarchy);

  /// Takes over the costs of all input arcs, ms, kClosed for none. Same bits for any arena.
  /// @throws InputError if a way between two junctions costs 2^30 ms (twelve days) or more
  void customize(std::span<const Cost> input, Arena& arena);
  /// A new cost of an input arc, ms; kClosed for none.
  struct Change {
    std::uint32_t arc;
    Cost cost;
  };
  /// As `customize` with these costs changed and no other; looks only at what depends on them.
  void update(std::span<const Change> changes, Arena& arena);

  [[nodiscard]] const Hierarchy& hierarchy() const { return *hierarchy_; }
  [[nodiscard]] const ArcWeight* up() const { return up_.data(); }      ///< by arc, from low to high
  [[nodiscard]] const ArcWeight* down() const { return down_.data(); }  ///< by arc, from high to low
  [[nodiscard]] ArcWeight weight(std::uint32_t slot) const {
    return (slot & 1u) != 0 ? down_[slot >> 1] : up_[slot >> 1];
  }
  /// The least of the costs of the input arcs of a slot, and which it is; kNoWay if all are closed.
  struct Input {
    ArcWeight weight = kNoWay;
    std::uint32_t arc = Hierarchy::kNone;
  };
  [[nodiscard]] Input least_input(std::uint32_t slot) const;
  /// Grows with every change, so that others know when what they remember is out of date.
  [[nodiscard]] std::uint64_t version() const { return version_; }
  /// Arcs of the hierarchy that the last `update` looked at.
  [[nodiscard]] std::size_t touched() const { return touched_; }

 private:
  void customize_all(Arena& arena);
  void enter_inputs();
  void pass_on(std::uint32_t arc, ArcWeight old_up, ArcWeight old_down);
  void enqueue(std::uint32_t arc);
  void customize_vertex(Hierarchy::Rank vertex, std::vector<std::uint32_t>& arc_to);
  [[nodiscard]] std::pair<ArcWeight, ArcWeight> recomputed(std::uint32_t arc) const;
  void check_range() const;

  const Hierarchy* hierarchy_;
  std::vector<ArcWeight> input_;      ///< by input arc
  std::vector<ArcWeight> up_, down_;  ///< by arc
  std::vector<std::uint8_t> queued_;  ///< by arc; all 0 between calls
  std::vector<std::uint32_t> queue_;  ///< heap of arcs, lowest first
  std::uint64_t version_ = 0;
  std::size_t touched_ = 0;
};

}  // namespace chimata
