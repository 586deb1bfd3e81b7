/// Random networks with turn restrictions, for whoever must obey them.
#pragma once

#include <optional>
#include <vector>

#include "chimata/routing/path.hpp"
#include "chimata/routing/turn_graph.hpp"
#include "support/random_network.hpp"

namespace chimata::test {

/// Adds `count` restrictions over up to `via + 1` turns along links that follow each other.
inline void restrict_turns(Network& network, std::uint32_t count, std::uint32_t via, Dice& dice) {
  for (std::uint32_t i = 0; i < count; ++i) {
    TurnRestriction r;
    r.path.push_back(LinkId{dice.below(static_cast<std::uint32_t>(network.link_count()))});
    for (std::uint32_t more = 1 + dice.below(via + 1); more > 0; --more) {
      const auto on = network.leaving(network.head(r.path.back()));
      r.path.push_back(on[dice.below(static_cast<std::uint32_t>(on.size()))]);
    }
    r.only = dice.chance(0.3);
    if (dice.chance(0.1)) r.modes = kBicycle;
    network.restrictions.push_back(r);
  }
}

/// Cost of a way driven link by link under the rules; none if it breaks them or is not from `from` to `to`.
inline std::optional<PathCost> driven(const TurnGraph& graph, const LinkCosts& costs,
                                      const std::vector<LinkId>& links, NodeId from, NodeId to) {
  PathCost sum = 0;
  TurnState state = kNoState;
  for (const LinkId link : links) {
    if (graph.network().tail(link) != from || costs[link] == kClosed) return {};
    PathCost step = kUnreachable;
    if (state == kNoState) {
      step = costs[link];
      state = graph.enter(link);
    } else {
      for (std::uint32_t arc = graph.first_arc(state); arc < graph.end_arc(state); ++arc) {
        if (graph.link_of(graph.to(arc)) == link) step = graph.cost(arc, costs);
      }
      state = graph.turn(state, link);
    }
    if (state == kNoState || step == kUnreachable) return {};
    sum += step;
    from = graph.network().head(link);
  }
  if (from != to) return {};
  return sum;
}

}  // namespace chimata::test
