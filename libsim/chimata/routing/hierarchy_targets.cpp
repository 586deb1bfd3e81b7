#include "chimata/routing/hierarchy_targets.hpp"

#include <algorithm>
#include <tuple>

namespace chimata {
namespace {

constexpr PathCost kNoLabel = kUnreachable / 4;

/// A cost to add; at least kNoLabel where there is no way.
PathCost step(ArcWeight weight) {
  return weight | PathCost{weight == kNoWay} << 62;
}

/// The vertices of `ends` and everything above them, ascending.
std::vector<Hierarchy::Rank> with_ancestors(const Hierarchy& hierarchy,
                                            std::span<const HierarchyQuery::End> ends) {
  std::vector<Hierarchy::Rank> found;
  std::vector<bool> known(hierarchy.vertex_count(), false);
  for (const HierarchyQuery::End& end : ends) {
    for (auto at = hierarchy.rank_of(end.vertex); at != Hierarchy::kNone && !known[at];
         at = hierarchy.parent(at)) {
      known[at] = true;
      found.push_back(at);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

HierarchyTargets::HierarchyTargets(const Hierarchy& hierarchy, std::vector<HierarchyQuery::End> ends,
                                   std::vector<std::uint32_t> offset)
    : row_of_(hierarchy.vertex_count(), Hierarchy::kNone),
      first_head_(1, 0),
      ends_(std::move(ends)),
      offset_(std::move(offset)) {
  const auto found = with_ancestors(hierarchy, ends_);
  for (auto at = found.rbegin(); at != found.rend(); ++at) {
    row_of_[*at] = static_cast<std::uint32_t>(first_arc_.size());
    first_arc_.push_back(hierarchy.first_up(*at));
    for (std::uint32_t arc = hierarchy.first_up(*at); arc < hierarchy.end_up(*at); ++arc) {
      heads_.push_back(row_of_[hierarchy.head(arc)]);  // an ancestor, hence in the list already
    }
    first_head_.push_back(static_cast<std::uint32_t>(heads_.size()));
  }
  for (auto& end : ends_) end.vertex = row_of_[hierarchy.rank_of(end.vertex)];
}

void HierarchyTargets::costs(const HierarchyMetric& metric, std::span<const HierarchyQuery::Meeting> climbed,
                             std::vector<PathCost>& labels, std::vector<PathCost>& into) const {
  labels.assign(first_arc_.size(), kNoLabel);
  for (const auto& [rank, cost] : climbed) {
    if (row_of_[rank] != Hierarchy::kNone) labels[row_of_[rank]] = cost;
  }
  const ArcWeight* down = metric.down();
  for (std::size_t row = 0; row < first_arc_.size(); ++row) {
    PathCost label = labels[row];
    const ArcWeight* weight = down + first_arc_[row];
    for (std::uint32_t i = first_head_[row]; i < first_head_[row + 1]; ++i) {
      label = std::min(label, labels[heads_[i]] + step(*weight++));
    }
    labels[row] = label;
  }
  into.assign(size(), kUnreachable);
  for (std::size_t target = 0; target < size(); ++target) {
    for (std::uint32_t i = offset_[target]; i < offset_[target + 1]; ++i) {
      const PathCost label = labels[ends_[i].vertex];
      if (label < kNoLabel) into[target] = std::min(into[target], label + ends_[i].cost);
    }
  }
}

HierarchyGoals::HierarchyGoals(const HierarchyMetric& metric, std::span<const HierarchyQuery::End> ends,
                               std::span<const std::uint32_t> offset)
    : best_(metric.hierarchy().vertex_count(), Found{Hierarchy::kNone, kNoLabel}),
      version_(metric.version()) {
  const Hierarchy& h = metric.hierarchy();
  const auto offer = [&](Hierarchy::Rank vertex, PathCost cost, std::uint32_t goal) {
    Found& best = best_[vertex];
    if (std::tie(cost, goal) < std::tie(best.cost, best.goal)) best = {goal, cost};
  };
  for (std::uint32_t goal = 0; goal + 1 < offset.size(); ++goal) {
    for (const auto& end : ends.subspan(offset[goal], offset[goal + 1] - offset[goal])) {
      offer(h.rank_of(end.vertex), end.cost, goal);
    }
  }
  for (const Hierarchy::Rank vertex : with_ancestors(h, ends)) {
    const Found here = best_[vertex];
    if (here.cost >= kNoLabel) continue;
    for (std::uint32_t arc = h.first_up(vertex); arc < h.end_up(vertex); ++arc) {
      if (metric.down()[arc] != kNoWay) offer(h.head(arc), here.cost + metric.down()[arc], here.goal);
    }
  }
}

HierarchyGoals::Found HierarchyGoals::nearest(std::span<const HierarchyQuery::Meeting> climbed) const {
  Found best;
  for (const auto& [rank, cost] : climbed) {
    const Found& down = best_[rank];
    if (down.cost >= kNoLabel) continue;
    const PathCost sum = cost + down.cost;
    if (std::tie(sum, down.goal) < std::tie(best.cost, best.goal)) best = {down.goal, sum};
  }
  return best;
}

}  // namespace chimata
