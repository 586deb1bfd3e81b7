#include "chimata/routing/route_graph.hpp"

#include <algorithm>
#include <numeric>

#include "chimata/routing/contraction_order.hpp"

namespace chimata {

RouteGraph::RouteGraph(const Network& network, ModeMask mode, Turns turns, UTurns u_turns,
                       const TurnPenalty& penalty)
    : network_(&network) {
  if (turns == Turns::ignored) {
    hierarchy_ = hierarchy_of_nodes(mode);
    return;
  }
  turns_.emplace(network, mode, u_turns, penalty);
  first_finish_.assign(network.node_count() + 1, 0);
  for (TurnState state = 0; state < turns_->state_count(); ++state) {
    ++first_finish_.at(turns_->head(state).value + 1);
  }
  std::partial_sum(first_finish_.begin(), first_finish_.end(), first_finish_.begin());
  finishes_.resize(turns_->state_count());
  std::vector<std::uint32_t> place(first_finish_.begin(), first_finish_.end() - 1);
  for (TurnState state = 0; state < turns_->state_count(); ++state) {
    finishes_[place[turns_->head(state).value]++] = state;
  }
  hierarchy_ = hierarchy_of_turns();
}

/// The vertices are streets, so cuts are made through streets; states of a street stay side by side.
Hierarchy RouteGraph::hierarchy_of_turns() const {
  std::vector<std::uint32_t> segments, tail, head;
  const auto first = [&](std::uint32_t s) { return turns_->first_of(Network::forward(SegmentId{s})); };
  const auto end = [&](std::uint32_t s) { return turns_->end_of(LinkId{2 * s + 1}); };
  for (std::uint32_t s = 0; s < network_->segment_count(); ++s) {
    if (first(s) == end(s)) continue;
    segments.push_back(s);
    tail.push_back(network_->from.at(s).value);
    head.push_back(network_->to.at(s).value);
  }
  std::vector<std::uint32_t> order;
  order.reserve(turns_->state_count());
  for (const std::uint32_t street : order_of_streets({network_->position, tail, head})) {
    for (TurnState state = first(segments[street]); state < end(segments[street]); ++state) {
      order.push_back(state);
    }
  }
  return Hierarchy(order, turns_->tails(), turns_->heads());
}

Hierarchy RouteGraph::hierarchy_of_nodes(ModeMask mode) {
  std::vector<std::uint32_t> tail, head;
  arc_of_link_.assign(network_->link_count(), Hierarchy::kNone);
  for (std::uint32_t row = 0; row < network_->link_count(); ++row) {
    const LinkId link{row};
    if (!network_->allows(link, mode)) continue;
    arc_of_link_[link] = static_cast<std::uint32_t>(link_of_arc_.size());
    link_of_arc_.push_back(link);
    tail.push_back(network_->tail(link).value);
    head.push_back(network_->head(link).value);
  }
  return Hierarchy(order_of_places({network_->position, tail, head}), tail, head);
}

Cost RouteGraph::arc_cost(std::uint32_t arc, const LinkCosts& costs) const {
  if (!turns_) return costs[link_of_arc_[arc]];
  const PathCost cost = turns_->cost(arc, costs);
  // a sum beyond 32 bits is no closed turn: the metric says that it is too much
  return cost == kUnreachable ? kClosed : static_cast<Cost>(std::min<PathCost>(cost, kClosed - 1));
}

std::vector<Cost> RouteGraph::arc_costs(const LinkCosts& costs) const {
  std::vector<Cost> result(hierarchy_->input_count());
  for (std::uint32_t arc = 0; arc < result.size(); ++arc) result[arc] = arc_cost(arc, costs);
  return result;
}

void RouteGraph::arcs_that_depend_on(LinkId link, std::vector<std::uint32_t>& into) const {
  if (!turns_) {
    if (arc_of_link_[link] != Hierarchy::kNone) into.push_back(arc_of_link_[link]);
    return;
  }
  for (TurnState state = turns_->first_of(link); state < turns_->end_of(link); ++state) {
    for (const std::uint32_t arc : turns_->arcs_into(state)) {
      into.push_back(arc);
      // where this way on is closed or opened it may become necessary or needless to turn round
      const TurnState from = turns_->from(arc);
      const LinkId back = Network::twin_of(turns_->link_of(from));
      for (std::uint32_t other = turns_->first_arc(from); other < turns_->end_arc(from); ++other) {
        if (other != arc && turns_->link_of(turns_->to(other)) == back) into.push_back(other);
      }
    }
  }
}

void RouteGraph::starts(NodeId node, const LinkCosts& costs, std::vector<HierarchyQuery::End>& into) const {
  if (!turns_) {
    into.push_back({node.value, 0});
    return;
  }
  for (const LinkId link : network_->leaving(node)) {
    if (costs[link] != kClosed && turns_->enter(link) != kNoState) {
      into.push_back({turns_->enter(link), costs[link]});
    }
  }
}

void RouteGraph::finishes(NodeId node, std::vector<HierarchyQuery::End>& into) const {
  if (!turns_) {
    into.push_back({node.value, 0});
    return;
  }
  for (std::uint32_t row = first_finish_[node]; row < first_finish_.at(node.value + 1); ++row) {
    into.push_back({finishes_[row], 0});
  }
}

std::vector<LinkId> RouteGraph::links(std::uint32_t start, std::span<const std::uint32_t> arcs) const {
  std::vector<LinkId> result;
  result.reserve(arcs.size() + 1);
  if (turns_) result.push_back(turns_->link_of(start));
  for (const std::uint32_t arc : arcs) {
    result.push_back(turns_ ? turns_->link_of(turns_->to(arc)) : link_of_arc_[arc]);
  }
  return result;
}

}  // namespace chimata
