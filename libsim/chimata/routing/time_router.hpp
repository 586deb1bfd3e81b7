/// Ways that arrive first when costs depend on the time of day.
///
/// `TimeSearch` is exact: Dijkstra over turn states, right because nobody overtakes on a link. `TimeRouter`
/// is quick: of every span of time that the way may touch it takes the best way at that span's mean costs,
/// and is exact on the union of these. Strasser, "Dynamic Time-Dependent Routing in Road Networks Through
/// Sampling", ATMOS 2017 (TD-S). What it finds is a real way at its real cost, at times not the best one.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "chimata/routing/label_heap.hpp"
#include "chimata/routing/router.hpp"
#include "chimata/routing/time_binned.hpp"
#include "chimata/routing/time_dependent.hpp"

namespace chimata {

/// Keeps its memory between questions. One per thread; graph and costs must outlive it unchanged.
class TimeSearch {
 public:
  TimeSearch(const TurnGraph& graph, const TimeBinnedCosts& costs);

  /// The way from `from`, left at `depart`, that arrives first; none if there is none.
  [[nodiscard]] std::optional<TimedPath> find(NodeId from, NodeId to, Time depart);
  /// The same over `links` only.
  [[nodiscard]] std::optional<TimedPath> find_on(std::span<const LinkId> links, NodeId from, NodeId to,
                                                 Time depart);
  /// States that the last search settled.
  [[nodiscard]] std::size_t settled() const { return settled_; }

 private:
  struct Visit {
    PathCost cost;
    TurnState previous;
    std::uint32_t search = 0;  ///< number of the search that wrote this
  };
  std::optional<TimedPath> search(NodeId from, NodeId to, Time depart, bool everywhere);
  void offer(TurnState state, PathCost cost, TurnState previous);
  [[nodiscard]] TimedPath path_to(TurnState last, Time depart) const;
  [[nodiscard]] Duration penalty_between(TurnState from, TurnState to) const;

  const TurnGraph* graph_;
  const TimeBinnedCosts* costs_;
  std::vector<Visit> visits_;                ///< by state
  Column<LinkId, std::uint32_t> permitted_;  ///< number of the last search that may use a link
  std::uint32_t search_ = 0;
  LabelHeap heap_;
  std::size_t settled_ = 0;
};

class TimeRouter {
 public:
  /// Prepares one metric per span of time. Graph (turns obeyed) and costs must outlive the router unchanged.
  TimeRouter(std::shared_ptr<const RouteGraph> graph, const TimeBinnedCosts& costs, Arena& arena);

  [[nodiscard]] const TimeBinnedCosts& costs() const { return *costs_; }

  /// One per thread.
  class Search {
   public:
    explicit Search(const TimeRouter& router);
    /// As `TimeSearch::find`; may arrive a little later. None only if there is no way at all.
    [[nodiscard]] std::optional<TimedPath> find(NodeId from, NodeId to, Time depart);

   private:
    [[nodiscard]] Router::Search& of_span(std::size_t span);

    const TimeRouter* router_;
    std::vector<std::unique_ptr<Router::Search>> searches_;  ///< by span; made when first asked
    TimeSearch exact_;
    std::vector<LinkId> links_;
  };

 private:
  const TimeBinnedCosts* costs_;
  std::vector<Router> spans_;
};

}  // namespace chimata
