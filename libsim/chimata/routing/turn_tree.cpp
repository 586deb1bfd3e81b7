#include "chimata/routing/turn_tree.hpp"

#include <cassert>
#include <numeric>

namespace chimata {

TurnState TurnTree::start(const TurnGraph& graph, const LinkCosts& costs, NodeId node) const {
  TurnState best = kNoState;
  PathCost least = kUnreachable;
  for (const LinkId link : graph.network().leaving(node)) {
    const TurnState state = graph.enter(link);
    if (state == kNoState || costs[link] == kClosed || cost[state] == kUnreachable) continue;
    if (costs[link] + cost[state] >= least) continue;
    least = costs[link] + cost[state];
    best = state;
  }
  return best;
}

TurnTreeSearch::TurnTreeSearch(const TurnGraph& graph)
    : graph_(graph), first_end_(graph.network().node_count() + 1, 0), ends_(graph.state_count()) {
  for (TurnState state = 0; state < graph.state_count(); ++state) ++first_end_[graph.head(state).value + 1];
  std::partial_sum(first_end_.begin(), first_end_.end(), first_end_.begin());
  std::vector<std::uint32_t> place(first_end_.begin(), first_end_.end() - 1);
  for (TurnState state = 0; state < graph.state_count(); ++state) {
    ends_[place[graph.head(state).value]++] = state;
  }
  way_.reserve(graph.state_count());
  for (TurnState state = 0; state < graph.state_count(); ++state) {
    way_.push_back({graph.link_of(state), graph.tail(state), graph.head(state)});
  }
}

inline void TurnTreeSearch::settle(TurnState state, PathCost cost, TurnState next, const LinkCosts& costs) {
  tree_.cost[state] = cost;
  tree_.next[state] = next;
  const Way& way = way_[state];
  --unsettled_[way.head.value];
  --unsettled_states_;
  if (graph_.has_penalties()) {
    for (const std::uint32_t arc : graph_.arcs_into(state)) {
      const PathCost step = graph_.cost(arc, costs);
      if (step != kUnreachable) heap_.push({cost + step, arc});
    }
  } else if (const Cost link = costs[way.link]; link != kClosed && unsettled_[way.tail.value] > 0) {
    heap_.push({cost + link, state});
  }
}

const TurnTree& TurnTreeSearch::to(const LinkCosts& costs, std::span<const NodeId> goals) {
  assert(costs.size() == graph_.network().link_count());
  tree_.cost.assign(graph_.state_count(), kUnreachable);
  tree_.next.assign(graph_.state_count(), kNoState);
  heap_.clear();
  unsettled_.resize(graph_.network().node_count());
  for (std::size_t n = 0; n < unsettled_.size(); ++n) unsettled_[n] = first_end_[n + 1] - first_end_[n];
  unsettled_states_ = graph_.state_count();
  for (const NodeId goal : goals) {
    for (std::uint32_t row = first_end_[goal.value]; row < first_end_[goal.value + 1]; ++row) {
      if (tree_.cost[ends_[row]] == kUnreachable) settle(ends_[row], 0, kNoState, costs);
    }
  }

  // an offer is a way from a node, not from each link that comes to it: the best serves all of these but
  // the one that it would turn round, so most states are settled by the first offer made to them
  while (!heap_.empty() && unsettled_states_ > 0) {
    const Label offer = heap_.pop();
    if (graph_.has_penalties()) {
      const TurnState from = graph_.from(offer.node());
      if (tree_.cost[from] == kUnreachable) settle(from, offer.cost, graph_.to(offer.node()), costs);
      continue;
    }
    const TurnState next = offer.node();
    if (unsettled_[way_[next].tail.value] == 0) continue;
    for (const std::uint32_t arc : graph_.arcs_into(next)) {
      const TurnState from = graph_.from(arc);
      if (tree_.cost[from] == kUnreachable && graph_.may_turn(arc, costs)) {
        settle(from, offer.cost, next, costs);
      }
    }
  }
  return tree_;
}

TurnTree tree_to(const TurnGraph& graph, const LinkCosts& costs, std::span<const NodeId> goals) {
  TurnTreeSearch search(graph);
  search.to(costs, goals);
  return search.take();
}

}  // namespace chimata
