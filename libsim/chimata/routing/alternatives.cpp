#include "chimata/routing/alternatives.hpp"

#include <algorithm>
#include <tuple>

namespace chimata {

AlternativeSearch::AlternativeSearch(const Router& router, const Admissibility& rules)
    : router_(&router), rules_(rules), query_(router.metric()), used_(router.costs().size(), 0) {}

/// All ways over a meeting, the best first.
std::vector<AlternativeSearch::Candidate> AlternativeSearch::candidates(NodeId from, NodeId to) {
  query_.clear();
  router_->graph().starts(from, router_->costs(), query_.starts());
  router_->graph().finishes(to, query_.finishes());
  query_.run_noting(rules_.stretch);
  std::vector<HierarchyQuery::Meeting> meetings = query_.meetings();
  std::sort(meetings.begin(), meetings.end(),
            [](const auto& a, const auto& b) { return std::tie(a.cost, a.rank) < std::tie(b.cost, b.rank); });
  std::vector<Candidate> found(meetings.size());
  for (std::size_t i = 0; i < meetings.size(); ++i) {
    found[i].cost = meetings[i].cost;
    found[i].start = query_.source_of(meetings[i].rank);
    found[i].before = query_.arcs_by(meetings[i].rank, found[i].arcs);
  }
  return found;
}

std::vector<Path> AlternativeSearch::find(NodeId from, NodeId to, std::size_t count) {
  std::vector<Path> chosen;
  if (count == 0) return chosen;
  if (from == to) return {Path{}};
  for (const Candidate& way : candidates(from, to)) {
    if (chosen.size() == count) break;
    Path path{router_->graph().links(way.start, way.arcs), way.cost};
    if (!chosen.empty()) {
      const auto best = static_cast<double>(chosen.front().cost);
      if (static_cast<double>(shared(path.links)) > rules_.sharing * best || comes_twice(path.links) ||
          !has_no_detour(way, static_cast<PathCost>(rules_.local * best))) {
        continue;
      }
    }
    for (const LinkId link : path.links) used_[link] = 1;
    chosen.push_back(std::move(path));
  }
  for (const Path& path : chosen) {
    for (const LinkId link : path.links) used_[link] = 0;
  }
  return chosen;
}

bool AlternativeSearch::comes_twice(const std::vector<LinkId>& links) const {
  const Network& network = router_->graph().network();
  nodes_.assign(1, network.tail(links.front()));
  for (const LinkId link : links) nodes_.push_back(network.head(link));
  std::sort(nodes_.begin(), nodes_.end());
  return std::adjacent_find(nodes_.begin(), nodes_.end()) != nodes_.end();
}

PathCost AlternativeSearch::shared(const std::vector<LinkId>& links) const {
  PathCost sum = 0;
  for (const LinkId link : links) sum += used_[link] != 0 ? router_->costs()[link] : 0;
  return sum;
}

/// The test of local optimality: from `length` ms before the vertex that the way goes by to as much after it.
bool AlternativeSearch::has_no_detour(const Candidate& way, PathCost length) {
  const RouteGraph& graph = router_->graph();
  const auto cost = [&](std::size_t i) { return graph.arc_cost(way.arcs[i], router_->costs()); };
  std::size_t first = way.before, last = way.before;
  PathCost sum = 0;
  for (; first > 0 && sum < length; --first) sum += cost(first - 1);
  for (PathCost after = 0; last < way.arcs.size() && after < length; ++last) {
    after += cost(last);
    sum += cost(last);
  }
  if (first == last) return true;
  query_.clear();
  query_.start_at({first == 0 ? way.start : graph.vertex_after(way.arcs[first - 1]), 0});
  query_.finish_at({graph.vertex_after(way.arcs[last - 1]), 0});
  return query_.run() == sum;
}

}  // namespace chimata
