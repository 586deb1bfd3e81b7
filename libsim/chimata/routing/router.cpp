#include "chimata/routing/router.hpp"

#include <algorithm>
#include <cassert>
#include <stdexcept>

namespace chimata {
namespace {

struct Ends {
  std::vector<HierarchyQuery::End> rows;
  std::vector<std::uint32_t> offset{0};
};

Ends ends_of(const RouteGraph& graph, std::span<const NodeId> nodes) {
  Ends ends;
  for (const NodeId node : nodes) {
    graph.finishes(node, ends.rows);
    ends.offset.push_back(static_cast<std::uint32_t>(ends.rows.size()));
  }
  return ends;
}

}  // namespace

Router::Router(const Network& network, const LinkCosts& costs, ModeMask mode, Turns turns, UTurns u_turns)
    : graph_(std::make_shared<const RouteGraph>(network, mode, turns, u_turns)),
      metric_(graph_->hierarchy()) {
  Arena arena(1);
  set_costs(costs, arena);
}

Router::Router(std::shared_ptr<const RouteGraph> graph, const LinkCosts& costs, Arena& arena)
    : graph_(std::move(graph)), metric_(graph_->hierarchy()) {
  set_costs(costs, arena);
}

void Router::set_costs(const LinkCosts& costs, Arena& arena) {
  assert(costs.size() == graph_->network().link_count());
  costs_ = costs;
  metric_.customize(graph_->arc_costs(costs), arena);
}

void Router::update(const LinkCosts& costs, std::span<const LinkId> changed, Arena& arena) {
  std::vector<std::uint32_t> arcs;
  for (const LinkId link : changed) {
    costs_[link] = costs[link];
    graph_->arcs_that_depend_on(link, arcs);
  }
  std::vector<HierarchyMetric::Change> changes;
  changes.reserve(arcs.size());
  for (const std::uint32_t arc : arcs) changes.push_back({arc, graph_->arc_cost(arc, costs_)});
  metric_.update(changes, arena);
}

Router::Targets Router::targets(std::span<const NodeId> nodes) const {
  Ends ends = ends_of(*graph_, nodes);
  return {{nodes.begin(), nodes.end()},
          HierarchyTargets(graph_->hierarchy(), std::move(ends.rows), std::move(ends.offset))};
}

Router::Goals Router::goals(std::span<const NodeId> nodes) const {
  const Ends ends = ends_of(*graph_, nodes);
  Goals goals{Column<NodeId, std::uint32_t>(graph_->network().node_count(), kNoGoal),
              HierarchyGoals(metric_, ends.rows, ends.offset)};
  for (std::size_t goal = nodes.size(); goal-- > 0;) {
    goals.at_node[nodes[goal]] = static_cast<std::uint32_t>(goal);
  }
  return goals;
}

PathCost Router::Search::ask(NodeId from, NodeId to) {
  query_.clear();
  router_->graph_->starts(from, router_->costs_, query_.starts());
  router_->graph_->finishes(to, query_.finishes());
  return query_.run();
}

std::optional<Path> Router::Search::find(NodeId from, NodeId to) {
  if (from == to) return Path{};
  const PathCost cost = ask(from, to);
  if (cost == kUnreachable) return {};
  query_.arcs(arcs_);
  return Path{router_->graph_->links(query_.source(), arcs_), cost};
}

PathCost Router::Search::cost(NodeId from, NodeId to) {
  return from == to ? 0 : ask(from, to);
}

const std::vector<PathCost>& Router::Search::costs(NodeId from, const Targets& targets) {
  query_.clear();
  router_->graph_->starts(from, router_->costs_, query_.starts());
  targets.prepared.costs(router_->metric_, query_.climb(), labels_, costs_);
  for (std::size_t i = 0; i < costs_.size(); ++i) {
    if (targets.nodes[i] == from) costs_[i] = 0;
  }
  return costs_;
}

RankedGoal Router::Search::nearest(NodeId from, const Goals& goals) {
  if (goals.prepared.version() != router_->metric_.version()) {
    throw std::logic_error("the costs have changed since these goals were prepared");
  }
  if (goals.at_node[from] != kNoGoal) {
    // here already; another goal of no cost may come first in the list
    const RankedGoal found = search_nearest(from, goals);
    return found.cost == 0 ? RankedGoal{std::min(found.goal, goals.at_node[from]), 0}
                           : RankedGoal{goals.at_node[from], 0};
  }
  return search_nearest(from, goals);
}

RankedGoal Router::Search::search_nearest(NodeId from, const Goals& goals) {
  query_.clear();
  router_->graph_->starts(from, router_->costs_, query_.starts());
  const HierarchyGoals::Found found = goals.prepared.nearest(query_.climb());
  return found.cost == kUnreachable ? RankedGoal{kNoGoal, kUnreachable} : RankedGoal{found.goal, found.cost};
}

}  // namespace chimata
