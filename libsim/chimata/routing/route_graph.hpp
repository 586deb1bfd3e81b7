/// The streets of one mode as a hierarchy, before any cost is known: what routers with different costs share.
///
/// Where turns count a vertex is a turn state and an arc a turn; where they do not a vertex is a node and an
/// arc a link. Either way taking an arc means using one link.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/routing/hierarchy.hpp"
#include "chimata/routing/hierarchy_query.hpp"
#include "chimata/routing/turn_graph.hpp"

namespace chimata {

/// Whether ways obey turn restrictions and the rule of u-turns. People on foot ignore both.
enum class Turns : std::uint8_t { ignored, obeyed };

class RouteGraph {
 public:
  /// Takes seconds for a large city: the streets are cut in two again and again. The network must outlive
  /// the graph unchanged.
  RouteGraph(const Network& network, ModeMask mode, Turns turns = Turns::obeyed,
             UTurns u_turns = UTurns::at_dead_ends, const TurnPenalty& penalty = {});

  [[nodiscard]] const Network& network() const { return *network_; }
  [[nodiscard]] const Hierarchy& hierarchy() const { return *hierarchy_; }
  /// Null where turns are ignored.
  [[nodiscard]] const TurnGraph* turn_graph() const { return turns_ ? &*turns_ : nullptr; }

  /// Cost of every arc, ms; kClosed where it may not be taken.
  [[nodiscard]] std::vector<Cost> arc_costs(const LinkCosts& costs) const;
  [[nodiscard]] Cost arc_cost(std::uint32_t arc, const LinkCosts& costs) const;
  /// The vertex one is at after taking an arc.
  [[nodiscard]] std::uint32_t vertex_after(std::uint32_t arc) const {
    return turns_ ? turns_->to(arc) : network_->head(link_of_arc_[arc]).value;
  }
  /// Appends every arc whose cost may depend on that of `link`; some may come twice.
  void arcs_that_depend_on(LinkId link, std::vector<std::uint32_t>& into) const;

  /// Where ways from a node begin: vertices, with the cost of the first link if a vertex means one.
  void starts(NodeId node, const LinkCosts& costs, std::vector<HierarchyQuery::End>& into) const;
  /// Where ways to a node end; none for a node the mode cannot come to.
  void finishes(NodeId node, std::vector<HierarchyQuery::End>& into) const;
  /// The links of a way that begins at vertex `start` and takes `arcs`.
  [[nodiscard]] std::vector<LinkId> links(std::uint32_t start, std::span<const std::uint32_t> arcs) const;

 private:
  [[nodiscard]] Hierarchy hierarchy_of_turns() const;
  [[nodiscard]] Hierarchy hierarchy_of_nodes(ModeMask mode);

  const Network* network_;
  std::optional<TurnGraph> turns_;
  std::vector<LinkId> link_of_arc_;             ///< where turns are ignored
  Column<LinkId, std::uint32_t> arc_of_link_;   ///< likewise; Hierarchy::kNone if the mode may not use it
  Column<NodeId, std::uint32_t> first_finish_;  ///< where turns count: rows of `finishes_`
  std::vector<TurnState> finishes_;             ///< states by the node they come to
  std::optional<Hierarchy> hierarchy_;
};

}  // namespace chimata
