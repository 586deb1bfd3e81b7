/// Shortest path trees: the way from everywhere to the nearest goal, or from the nearest source to
/// everywhere.
///
/// Costs are whole milliseconds, so equal costs are really equal and must be decided: among links of
/// positive cost that lead equally fast the one with the smaller id is kept; a link of no cost is kept
/// only where no other way is as fast. So a tree depends on nothing but the network, the costs and the
/// set of goals, and following it never runs in circles.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "chimata/network/network.hpp"
#include "chimata/routing/label_heap.hpp"
#include "chimata/routing/travel_cost.hpp"

namespace chimata {

struct Tree {
  Column<NodeId, PathCost> cost;  ///< ms; kUnreachable where there is no way
  Column<NodeId, LinkId> next;    ///< first link of the way to the goal, or last link of the way from the
                                  ///< source; none at goals, at sources and where there is no way
};

/// Tree from every node to the nearest of `goals`. Links that cost kClosed are not used.
[[nodiscard]] Tree tree_to(const Network& network, const LinkCosts& costs, std::span<const NodeId> goals);

/// Tree from the nearest of `sources` to every node.
[[nodiscard]] Tree tree_from(const Network& network, const LinkCosts& costs, std::span<const NodeId> sources);

/// Grows one tree after another on one network and keeps its memory between them. One per thread; the
/// network must outlive it, costs may differ from call to call.
class TreeSearch {
 public:
  explicit TreeSearch(const Network& network);

  /// As the functions above. The tree is good until the next call.
  const Tree& to(const LinkCosts& costs, std::span<const NodeId> goals);
  const Tree& from(const LinkCosts& costs, std::span<const NodeId> sources);

  /// The last tree, to keep; the next call allocates anew.
  [[nodiscard]] Tree take() { return std::move(tree_); }

 private:
  /// A link that leaves a node and where it leads, side by side: one look-up instead of three.
  struct Arc {
    LinkId link;
    NodeId end;
  };
  enum class Direction { to_goals, from_sources };
  template <Direction direction>
  const Tree& grow(const LinkCosts& costs, std::span<const NodeId> roots);

  const Network& network_;
  std::vector<Arc> arcs_;  ///< row by row as network.out_links
  Tree tree_;
  LabelHeap heap_;
};

}  // namespace chimata
