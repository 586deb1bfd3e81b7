#include "chimata/routing/nearest.hpp"

#include <algorithm>
#include <cassert>

#include "chimata/routing/label_heap.hpp"

namespace chimata {

Nearest nearest_of(const Network& network, const LinkCosts& costs, std::span<const NodeId> goals) {
  assert(costs.size() == network.link_count());
  Nearest result;
  result.goal.assign(network.node_count(), kNoGoal);
  result.cost.assign(network.node_count(), kUnreachable);
  LabelHeap heap;
  // a label is better if it is cheaper, or as cheap for a goal of smaller index: both only grow along
  // a way, so whatever leaves the queue first is final
  const auto offer = [&](NodeId node, PathCost cost, std::uint32_t goal) {
    if (cost > result.cost[node] || (cost == result.cost[node] && goal >= result.goal[node])) return;
    result.cost[node] = cost;
    result.goal[node] = goal;
    heap.push({cost, node.value, goal});
  };
  for (std::uint32_t goal = 0; goal < goals.size(); ++goal) offer(goals[goal], 0, goal);

  while (!heap.empty()) {
    const Label label = heap.pop();
    const NodeId node{label.node()};
    if (label.cost != result.cost[node] || label.rank() != result.goal[node]) continue;
    for (const LinkId leaving : network.leaving(node)) {
      const Cost cost = costs[Network::twin_of(leaving)];
      if (cost != kClosed) offer(network.head(leaving), label.cost + cost, label.rank());
    }
  }
  return result;
}

std::vector<RankedGoal> goals_by_cost(const Network& network, const LinkCosts& costs,
                                      std::span<const NodeId> goals, NodeId from, std::size_t count) {
  assert(costs.size() == network.link_count());
  std::vector<std::pair<NodeId, std::uint32_t>> at_node;  // goals by node, to find those of a node
  for (std::uint32_t goal = 0; goal < goals.size(); ++goal) at_node.emplace_back(goals[goal], goal);
  std::sort(at_node.begin(), at_node.end());

  std::vector<RankedGoal> found;
  Column<NodeId, PathCost> best(network.node_count(), kUnreachable);
  LabelHeap heap;
  best[from] = 0;
  heap.push({0, from.value});
  while (!heap.empty()) {
    const Label label = heap.pop();
    const NodeId node{label.node()};
    if (label.cost != best[node]) continue;
    // goals at the cost of the last one still compete for its place
    if (found.size() >= count && (count == 0 || label.cost > found[count - 1].cost)) break;
    for (auto goal = std::lower_bound(at_node.begin(), at_node.end(), std::pair{node, 0u});
         goal != at_node.end() && goal->first == node; ++goal) {
      found.push_back({goal->second, label.cost});
    }
    for (const LinkId link : network.leaving(node)) {
      if (costs[link] == kClosed) continue;
      const PathCost reached = label.cost + costs[link];
      PathCost& known = best[network.head(link)];
      if (reached >= known) continue;
      known = reached;
      heap.push({reached, network.head(link).value});
    }
  }
  std::sort(found.begin(), found.end(), [](const RankedGoal& a, const RankedGoal& b) {
    return std::pair{a.cost, a.goal} < std::pair{b.cost, b.goal};
  });
  if (found.size() > count) found.resize(count);
  return found;
}

}  // namespace chimata
