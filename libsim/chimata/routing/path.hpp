/// The least costly way between two nodes, by A*.
///
/// The bound that guides the search is the straight line to the destination at the best speed of any
/// open link, so it never overestimates, whatever the costs mean.
#pragma once

#include <optional>
#include <vector>

#include "chimata/network/network.hpp"
#include "chimata/routing/label_heap.hpp"
#include "chimata/routing/travel_cost.hpp"
#include "chimata/routing/turn_rules.hpp"

namespace chimata {

struct Path {
  std::vector<LinkId> links;
  PathCost cost = 0;  ///< ms
};

/// Finds one path after another on one network with fixed costs, and keeps its memory between them. A
/// search touches only what it visits. One per thread; network and costs must outlive it unchanged.
class AStar {
 public:
  /// Any link may follow any other, as on foot.
  AStar(const Network& network, const LinkCosts& costs);
  /// Obeys the turn restrictions that bind `mode`, over via nodes and via ways: the search runs over
  /// links instead of nodes, so a way may cross a node twice where restrictions make that necessary.
  [[nodiscard]] static AStar with_turns(const Network& network, const LinkCosts& costs, ModeMask mode,
                                        UTurns u_turns = UTurns::at_dead_ends);

  /// None if there is no way. From a node to itself the way is empty and free.
  [[nodiscard]] std::optional<Path> find(NodeId from, NodeId to);
  /// Labels that the last search settled.
  [[nodiscard]] std::size_t settled() const { return settled_; }

 private:
  /// What is known of a node, or of a state of the turn rules.
  struct Visit {
    PathCost cost;
    PathCost bound;            ///< ms still to go at least
    std::uint32_t previous;    ///< state before the last link
    LinkId link;               ///< the last link; none at the start
    std::uint32_t search = 0;  ///< number of the search that wrote this
  };
  static constexpr std::uint32_t kNoState = 0xffffffffu;

  AStar(const Network& network, const LinkCosts& costs, std::optional<TurnRules> rules, UTurns u_turns);
  void offer(std::uint32_t state, PathCost cost, std::uint32_t previous, LinkId link, NodeId node);
  void expand(std::uint32_t state);
  void expand_turns(std::uint32_t state);
  [[nodiscard]] Path path_to(std::uint32_t state) const;

  const Network* network_;
  const LinkCosts* costs_;
  std::optional<TurnRules> rules_;
  UTurns u_turns_;
  double least_per_metre_;  ///< ms per metre of straight line, over all open links
  std::vector<Visit> visits_;
  std::uint32_t search_ = 0;
  NodeId destination_;
  std::size_t settled_ = 0;
  LabelHeap heap_;
};

/// One path on foot rules. For many, keep an `AStar`.
[[nodiscard]] std::optional<Path> shortest_path(const Network& network, const LinkCosts& costs, NodeId from,
                                                NodeId to);

}  // namespace chimata
