/// Least costly ways over and over on one network whose costs change now and then.
///
/// A customizable contraction hierarchy (`Hierarchy`) does the work: preparing the network takes seconds,
/// new costs milliseconds, a closed street less, a way some microseconds. Every answer costs exactly what
/// Dijkstra's would; of ways that cost the same which one is found depends on nothing but network and costs.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/routing/hierarchy_metric.hpp"
#include "chimata/routing/hierarchy_targets.hpp"
#include "chimata/routing/nearest.hpp"
#include "chimata/routing/path.hpp"
#include "chimata/routing/route_graph.hpp"

namespace chimata {

class Router {
 public:
  /// @throws InputError if costs add up to 2^30 ms (twelve days) or more between two junctions
  Router(const Network& network, const LinkCosts& costs, ModeMask mode, Turns turns = Turns::obeyed,
         UTurns u_turns = UTurns::at_dead_ends);
  /// Other costs over a graph that several routers share: times of day, kinds of vehicle.
  Router(std::shared_ptr<const RouteGraph> graph, const LinkCosts& costs, Arena& arena);

  [[nodiscard]] const RouteGraph& graph() const { return *graph_; }
  [[nodiscard]] std::shared_ptr<const RouteGraph> shared_graph() const { return graph_; }
  [[nodiscard]] const LinkCosts& costs() const { return costs_; }
  [[nodiscard]] const HierarchyMetric& metric() const { return metric_; }

  /// Takes over all costs. No search may be under way. Refused as by the constructor; then costs must be set
  /// anew before anybody asks.
  void set_costs(const LinkCosts& costs, Arena& arena);
  /// Takes over the costs of `changed` links only, say of streets that close; cheap if they are few.
  void update(const LinkCosts& costs, std::span<const LinkId> changed, Arena& arena);

  /// Places to ask for many times, prepared once; good whatever the costs become.
  struct Targets {
    std::vector<NodeId> nodes;
    HierarchyTargets prepared;
  };
  [[nodiscard]] Targets targets(std::span<const NodeId> nodes) const;
  /// Goals of which the nearest is wanted; to be prepared again when costs have changed.
  struct Goals {
    Column<NodeId, std::uint32_t> at_node;  ///< the first goal at each node; kNoGoal elsewhere
    HierarchyGoals prepared;
  };
  [[nodiscard]] Goals goals(std::span<const NodeId> nodes) const;

  class Search;

 private:
  std::shared_ptr<const RouteGraph> graph_;
  LinkCosts costs_;
  HierarchyMetric metric_;
};

/// Asks a router, and keeps its memory between questions. One per thread; the router must outlive it.
class Router::Search {
 public:
  explicit Search(const Router& router) : router_(&router), query_(router.metric_) {}

  /// None if there is no way. From a node to itself the way is empty and free.
  [[nodiscard]] std::optional<Path> find(NodeId from, NodeId to);
  /// What `find` would cost, without the way; kUnreachable if there is none.
  [[nodiscard]] PathCost cost(NodeId from, NodeId to);
  /// Cost to each target. The result is good until the next call.
  [[nodiscard]] const std::vector<PathCost>& costs(NodeId from, const Targets& targets);
  /// The nearest goal and its cost; of goals at equal cost the one with the smallest index. kNoGoal and
  /// kUnreachable if there is none.
  /// @throws std::logic_error if the router's costs have changed since the goals were prepared
  [[nodiscard]] RankedGoal nearest(NodeId from, const Goals& goals);

 private:
  PathCost ask(NodeId from, NodeId to);
  [[nodiscard]] RankedGoal search_nearest(NodeId from, const Goals& goals);

  const Router* router_;
  HierarchyQuery query_;
  std::vector<std::uint32_t> arcs_;
  std::vector<PathCost> labels_, costs_;
};

}  // namespace chimata
