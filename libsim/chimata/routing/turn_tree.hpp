/// The way from every turn state to the nearest goal, honouring turn restrictions.
///
/// As a `Tree` it depends on nothing but graph, costs and the set of goals: of turns that lead equally
/// fast, into links of positive cost, the one into the state of smaller number is kept.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "chimata/routing/label_heap.hpp"
#include "chimata/routing/turn_graph.hpp"

namespace chimata {

struct TurnTree {
  /// ms from the end of the state's link to the goal; the link itself, even a closed one, does not count,
  /// so that whoever is on a street that closes finds the way out. kUnreachable where there is no way.
  std::vector<PathCost> cost;
  /// The state to go on to, and with it the link; kNoState at goals and where there is no way.
  std::vector<TurnState> next;

  /// The state to start in from `node`: of the open links that leave it the one with the least cost to
  /// the goal, its own included; of equals the first. kNoState if there is none, or `node` has arrived.
  [[nodiscard]] TurnState start(const TurnGraph& graph, const LinkCosts& costs, NodeId node) const;
};

/// Tree to the nearest of `goals`. Links that cost kClosed are not entered.
[[nodiscard]] TurnTree tree_to(const TurnGraph& graph, const LinkCosts& costs, std::span<const NodeId> goals);

/// Grows one tree after another and keeps its memory between them. One per thread; the graph must outlive
/// it, costs may differ from call to call.
class TurnTreeSearch {
 public:
  explicit TurnTreeSearch(const TurnGraph& graph);

  /// As `tree_to`. The tree is good until the next call.
  const TurnTree& to(const LinkCosts& costs, std::span<const NodeId> goals);
  /// The last tree, to keep; the next call allocates anew.
  [[nodiscard]] TurnTree take() { return std::move(tree_); }

 private:
  /// Nothing better than `cost` by way of `next` will come up: keeps it, and offers this way on.
  void settle(TurnState state, PathCost cost, TurnState next, const LinkCosts& costs);

  const TurnGraph& graph_;
  std::vector<std::uint32_t> first_end_;  ///< by node, size nodes + 1; rows of `ends_`
  std::vector<TurnState> ends_;           ///< states that end at a node
  /// What the graph knows of a state's link, side by side: every tree asks for all of it.
  struct Way {
    LinkId link;
    NodeId tail, head;
  };
  std::vector<Way> way_;  ///< by state
  TurnTree tree_;
  /// Offers: by state, to go on through the state's whole link; by arc where turns cost something.
  LabelHeap heap_;
  std::vector<std::uint32_t> unsettled_;  ///< states that end at each node and have no way yet
  std::size_t unsettled_states_ = 0;      ///< all of these
};

}  // namespace chimata
