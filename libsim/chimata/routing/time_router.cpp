#include "chimata/routing/time_router.hpp"

#include <algorithm>
#include <cassert>

namespace chimata {

TimeSearch::TimeSearch(const TurnGraph& graph, const TimeBinnedCosts& costs)
    : graph_(&graph),
      costs_(&costs),
      visits_(graph.state_count()),
      permitted_(graph.network().link_count(), 0) {}

std::optional<TimedPath> TimeSearch::find(NodeId from, NodeId to, Time depart) {
  ++search_;
  return search(from, to, depart, true);
}

std::optional<TimedPath> TimeSearch::find_on(std::span<const LinkId> links, NodeId from, NodeId to,
                                             Time depart) {
  ++search_;
  for (const LinkId link : links) permitted_[link] = search_;
  return search(from, to, depart, false);
}

void TimeSearch::offer(TurnState state, PathCost cost, TurnState previous) {
  Visit& visit = visits_[state];
  if (visit.search == search_ && cost >= visit.cost) return;
  visit = {cost, previous, search_};
  heap_.push({cost, state});
}

std::optional<TimedPath> TimeSearch::search(NodeId from, NodeId to, Time depart, bool everywhere) {
  settled_ = 0;
  if (from == to) return TimedPath{{}, {}, depart};
  heap_.clear();
  const LinkCosts& any = costs_->at_moment(0);  // a link is closed always or never
  const auto at = [&](PathCost cost) { return depart + Duration{static_cast<std::int64_t>(cost)}; };
  const auto may_use = [&](LinkId link) { return everywhere || permitted_[link] == search_; };
  for (const LinkId link : graph_->network().leaving(from)) {
    if (graph_->enter(link) == kNoState || any[link] == kClosed || !may_use(link)) continue;
    offer(graph_->enter(link), costs_->cost(link, depart), kNoState);
  }
  while (!heap_.empty()) {
    const Label label = heap_.pop();
    const TurnState state = label.node();
    if (label.cost != visits_[state].cost) continue;  // improved meanwhile
    ++settled_;
    if (graph_->head(state) == to) return path_to(state, depart);
    for (std::uint32_t arc = graph_->first_arc(state); arc < graph_->end_arc(state); ++arc) {
      const LinkId link = graph_->link_of(graph_->to(arc));
      if (!may_use(link) || graph_->cost(arc, any) == kUnreachable) continue;
      const PathCost entered = label.cost + graph_->penalty(arc);
      offer(graph_->to(arc), entered + costs_->cost(link, at(entered)), state);
    }
  }
  return std::nullopt;
}

TimedPath TimeSearch::path_to(TurnState last, Time depart) const {
  const auto at = [&](TurnState state) {
    return depart + Duration{static_cast<std::int64_t>(visits_[state].cost)};
  };
  TimedPath path{{}, {}, at(last)};
  std::vector<TurnState> states;
  for (TurnState state = last; state != kNoState; state = visits_[state].previous) states.push_back(state);
  std::reverse(states.begin(), states.end());
  for (std::size_t i = 0; i < states.size(); ++i) {
    path.links.push_back(graph_->link_of(states[i]));
    path.entries.push_back(i == 0 ? depart : at(states[i - 1]) + penalty_between(states[i - 1], states[i]));
  }
  return path;
}

Duration TimeSearch::penalty_between(TurnState from, TurnState to) const {
  for (std::uint32_t arc = graph_->first_arc(from); arc < graph_->end_arc(from); ++arc) {
    if (graph_->to(arc) == to) return Duration{graph_->penalty(arc)};
  }
  return Duration{0};
}

TimeRouter::TimeRouter(std::shared_ptr<const RouteGraph> graph, const TimeBinnedCosts& costs, Arena& arena)
    : costs_(&costs) {
  assert(graph->turn_graph() != nullptr);
  for (std::size_t span = 0; span < costs.moments(); ++span) {
    spans_.emplace_back(graph, costs.mean_from(span), arena);
  }
}

TimeRouter::Search::Search(const TimeRouter& router)
    : router_(&router),
      searches_(router.spans_.size()),
      exact_(*router.spans_.front().graph().turn_graph(), *router.costs_) {}

Router::Search& TimeRouter::Search::of_span(std::size_t span) {
  if (!searches_[span]) searches_[span] = std::make_unique<Router::Search>(router_->spans_[span]);
  return *searches_[span];
}

std::optional<TimedPath> TimeRouter::Search::find(NodeId from, NodeId to, Time depart) {
  if (from == to) return TimedPath{{}, {}, depart};
  const TimeBinnedCosts& costs = router_->costs();
  links_.clear();
  const auto take_from = [&](std::size_t span) {
    const auto path = of_span(span).find(from, to);
    if (path) links_.insert(links_.end(), path->links.begin(), path->links.end());
    return path.has_value();
  };
  const std::size_t first = costs.moment_of(depart);
  if (!take_from(first)) return std::nullopt;
  // as long as that way may still be under way; and a span on either side, whose mean may be nearer to the
  // costs at the edge of the time in question
  const std::size_t last = costs.moment_of(exact_.find_on(links_, from, to, depart)->arrival);
  if (first > 0) take_from(first - 1);
  for (std::size_t span = first + 1; span <= std::min(last + 1, costs.moments() - 1); ++span) take_from(span);
  return exact_.find_on(links_, from, to, depart);
}

}  // namespace chimata
