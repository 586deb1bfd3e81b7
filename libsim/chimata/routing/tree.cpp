#include "chimata/routing/tree.hpp"

#include <cassert>

namespace chimata {

TreeSearch::TreeSearch(const Network& network) : network_(network) {
  arcs_.reserve(network.out_links.size());
  for (const LinkId link : network.out_links) arcs_.push_back({link, network.head(link)});
}

template <TreeSearch::Direction direction>
const Tree& TreeSearch::grow(const LinkCosts& costs, std::span<const NodeId> roots) {
  assert(costs.size() == network_.link_count());
  tree_.cost.assign(network_.node_count(), kUnreachable);
  tree_.next.assign(network_.node_count(), LinkId::none());
  heap_.clear();
  for (const NodeId root : roots) {
    if (tree_.cost[root] == 0) continue;
    tree_.cost[root] = 0;
    heap_.push({0, root.value});
  }

  while (!heap_.empty()) {
    const Label label = heap_.pop();
    const NodeId node{label.node()};
    if (label.cost != tree_.cost[node]) continue;  // a better label of this node came first
    const std::uint32_t end_of_row = network_.out_offset[NodeId{node.value + 1}];
    for (std::uint32_t row = network_.out_offset[node]; row < end_of_row; ++row) {
      const Arc arc = arcs_[row];
      // towards goals the tree grows against the traffic: the twin arrives where this link leaves
      const LinkId link = direction == Direction::to_goals ? Network::twin_of(arc.link) : arc.link;
      const Cost cost = costs[link];
      if (cost == kClosed) continue;
      const PathCost reached = label.cost + cost;
      PathCost& best = tree_.cost[arc.end];
      if (reached < best) {
        best = reached;
        tree_.next[arc.end] = link;
        heap_.push({reached, arc.end.value});
      } else if (reached == best && cost > 0 && link < tree_.next[arc.end]) {
        // cost > 0: the other end is not settled yet and no root, so no circle can close
        tree_.next[arc.end] = link;
      }
    }
  }
  return tree_;
}

const Tree& TreeSearch::to(const LinkCosts& costs, std::span<const NodeId> goals) {
  return grow<Direction::to_goals>(costs, goals);
}

const Tree& TreeSearch::from(const LinkCosts& costs, std::span<const NodeId> sources) {
  return grow<Direction::from_sources>(costs, sources);
}

Tree tree_to(const Network& network, const LinkCosts& costs, std::span<const NodeId> goals) {
  TreeSearch search(network);
  search.to(costs, goals);
  return search.take();
}

Tree tree_from(const Network& network, const LinkCosts& costs, std::span<const NodeId> sources) {
  TreeSearch search(network);
  search.from(costs, sources);
  return search.take();
}

}  // namespace chimata
