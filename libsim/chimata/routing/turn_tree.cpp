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
}

void TurnTreeSearch::reach(TurnState state, PathCost cost, TurnState next, bool free) {
  PathCost& best = tree_.cost[state];
  if (cost < best) {
    best = cost;
    tree_.next[state] = next;
    heap_.push({cost, state});
  } else if (cost == best && !free && next < tree_.next[state] && tree_.next[state] != kNoState) {
    // not free: this state is not settled yet and no goal, so no circle can close
    tree_.next[state] = next;
  }
}

const TurnTree& TurnTreeSearch::to(const LinkCosts& costs, std::span<const NodeId> goals) {
  assert(costs.size() == graph_.network().link_count());
  tree_.cost.assign(graph_.state_count(), kUnreachable);
  tree_.next.assign(graph_.state_count(), kNoState);
  heap_.clear();
  for (const NodeId goal : goals) {
    for (std::uint32_t row = first_end_[goal.value]; row < first_end_[goal.value + 1]; ++row) {
      reach(ends_[row], 0, kNoState, true);
    }
  }

  while (!heap_.empty()) {
    const Label label = heap_.pop();
    const TurnState state = label.node();
    if (label.cost != tree_.cost[state]) continue;  // a better label of this state came first
    if (costs[graph_.link_of(state)] == kClosed) continue;
    for (const std::uint32_t arc : graph_.arcs_into(state)) {
      const PathCost step = graph_.cost(arc, costs);
      if (step != kUnreachable) reach(graph_.from(arc), label.cost + step, state, step == 0);
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
