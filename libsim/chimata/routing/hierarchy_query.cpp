#include "chimata/routing/hierarchy_query.hpp"

#include <algorithm>
#include <cassert>
#include <functional>

namespace chimata {
namespace {

constexpr std::uint32_t kNone = Hierarchy::kNone;
/// Labels from here on could add up to more than 32 bits hold.
constexpr PathCost kFar = kNoWay / 2;

template <class Label>
constexpr Label kNoLabel = sizeof(Label) == 4 ? static_cast<Label>(kNoWay)
                                              : static_cast<Label>(kUnreachable / 4);

template <class Label>
Label advanced(Label label, ArcWeight weight) {
  if constexpr (sizeof(Label) == 4) {
    return label + weight;  // at least kNoLabel where there is no way
  } else {
    return weight == kNoWay ? kNoLabel<Label> : label + weight;
  }
}

}  // namespace

HierarchyQuery::HierarchyQuery(const HierarchyMetric& metric) : metric_(&metric) {
  const std::size_t count = metric.hierarchy().vertex_count();
  for (auto* side : {&forward_, &backward_}) {
    side->label.assign(count, kNoLabel<std::uint32_t>);
    side->reached_by.assign(count, kNone);
  }
}

void HierarchyQuery::clear() {
  sources_.clear();
  targets_.clear();
}

/// All ends and what is above them, ascending.
void HierarchyQuery::ancestors(const std::vector<End>& ends, std::vector<Rank>& into) {
  const Hierarchy& h = metric_->hierarchy();
  into.clear();
  cursors_.clear();
  for (const End& end : ends) cursors_.push_back(h.rank_of(end.vertex));
  // the lowest first; descending, so that it is at the back
  std::sort(cursors_.begin(), cursors_.end(), std::greater<>());
  cursors_.erase(std::unique(cursors_.begin(), cursors_.end()), cursors_.end());
  while (!cursors_.empty()) {
    Rank at = cursors_.back();
    cursors_.pop_back();
    const Rank stop = cursors_.empty() ? kNone : cursors_.back();
    while (at < stop) {  // kNone is above all
      into.push_back(at);
      at = h.parent(at);
    }
    if (at == kNone || at == stop) continue;
    const auto place = std::lower_bound(cursors_.begin(), cursors_.end(), at, std::greater<>());
    if (place == cursors_.end() || *place != at) cursors_.insert(place, at);
  }
}

template <class Label>
PathCost HierarchyQuery::search(Side<Label>& forward, Side<Label>& backward, bool note) {
  const Hierarchy& h = metric_->hierarchy();
  const Rank* heads = h.heads();
  const auto seed = [&](Side<Label>& side, const std::vector<End>& ends) {
    for (const End& end : ends) {
      const Rank rank = h.rank_of(end.vertex);
      if (end.cost >= side.label[rank]) continue;
      side.label[rank] = static_cast<Label>(end.cost);
      side.reached_by[rank] = kNone;
    }
  };
  seed(forward, sources_);
  seed(backward, targets_);

  PathCost best = kUnreachable, bound = kUnreachable;
  bool far = false;
  const auto climb = [&](Side<Label>& side, Rank vertex, const ArcWeight* weight) {
    const Label label = side.label[vertex];
    side.label[vertex] = kNoLabel<Label>;
    if (label == kNoLabel<Label> || label >= bound) return label;
    far |= label >= kFar;
    Label* labels = side.label.data();
    const std::uint32_t end = h.end_up(vertex);
    for (std::uint32_t arc = h.first_up(vertex); arc < end; ++arc) {
      const Label reached = advanced(label, weight[arc]);
      const Rank head = heads[arc];
      if (reached < labels[head]) {
        labels[head] = reached;
        side.reached_by[head] = arc;
      }
    }
    return label;
  };

  auto up = up_path_.begin(), down = down_path_.begin();
  const ArcWeight *upward = metric_->up(), *downward = metric_->down();
  while (up != up_path_.end() && down != down_path_.end()) {
    if (*up < *down) {
      climb(forward, *up++, upward);
    } else if (*down < *up) {
      climb(backward, *down++, downward);
    } else {
      const Rank rank = *up;
      const Label there = forward.label[rank], back = backward.label[rank];
      if (there != kNoLabel<Label> && back != kNoLabel<Label>) {
        const PathCost sum = PathCost{there} + back;
        if (note) meetings_.push_back({rank, sum});
        if (sum < best) {
          best = sum;
          meeting_ = rank;
          if (!note) bound = best;
        }
      }
      climb(forward, rank, upward);
      climb(backward, rank, downward);
      ++up, ++down;
    }
  }
  for (; up != up_path_.end(); ++up) forward.label[*up] = kNoLabel<Label>;
  for (; down != down_path_.end(); ++down) backward.label[*down] = kNoLabel<Label>;
  far_ = far;
  return best;
}

PathCost HierarchyQuery::run() {
  return answer(false);
}

PathCost HierarchyQuery::run_noting(double stretch) {
  const PathCost best = answer(true);
  const double most = (1 + stretch) * static_cast<double>(best);
  std::erase_if(meetings_, [&](const Meeting& meeting) { return static_cast<double>(meeting.cost) > most; });
  return best;
}

PathCost HierarchyQuery::answer(bool note) {
  ancestors(sources_, up_path_);
  ancestors(targets_, down_path_);
  const auto reset = [&] {
    meeting_ = kNone;
    meetings_.clear();
  };
  reset();
  const auto is_far = [](const End& end) { return end.cost >= kFar; };
  far_ = std::any_of(sources_.begin(), sources_.end(), is_far) ||
         std::any_of(targets_.begin(), targets_.end(), is_far);
  if (!far_) {
    const PathCost best = search(forward_, backward_, note);
    if (!far_) return best;
  }
  make_room_for_far();
  reset();
  const PathCost best = search(far_forward_, far_backward_, note);
  far_ = true;
  return best;
}

void HierarchyQuery::make_room_for_far() {
  if (!far_forward_.label.empty()) return;
  for (auto* side : {&far_forward_, &far_backward_}) {
    side->label.assign(metric_->hierarchy().vertex_count(), kNoLabel<PathCost>);
    side->reached_by.assign(metric_->hierarchy().vertex_count(), kNone);
  }
}

const std::vector<HierarchyQuery::Meeting>& HierarchyQuery::climb() {
  const Hierarchy& h = metric_->hierarchy();
  make_room_for_far();
  auto& label = far_forward_.label;
  for (const End& end : sources_)
    label[h.rank_of(end.vertex)] = std::min(label[h.rank_of(end.vertex)], end.cost);
  ancestors(sources_, up_path_);
  meetings_.clear();
  for (const Rank vertex : up_path_) {
    const PathCost here = label[vertex];
    label[vertex] = kNoLabel<PathCost>;
    if (here == kNoLabel<PathCost>) continue;
    meetings_.push_back({vertex, here});
    for (std::uint32_t arc = h.first_up(vertex); arc < h.end_up(vertex); ++arc) {
      PathCost& there = label[h.head(arc)];
      there = std::min(there, advanced(here, metric_->up()[arc]));
    }
  }
  return meetings_;
}

std::uint32_t HierarchyQuery::source_of(std::uint32_t rank) const {
  const Hierarchy& h = metric_->hierarchy();
  const auto& reached_by = far_ ? far_forward_.reached_by : forward_.reached_by;
  Rank at = rank;
  while (reached_by[at] != kNone) at = h.tail(reached_by[at]);
  return h.vertex_of(at);
}

void HierarchyQuery::arcs(std::vector<std::uint32_t>& into) {
  arcs_by(meeting_, into);
}

void HierarchyQuery::arcs_by(std::uint32_t rank, std::vector<std::uint32_t>& into) {
  into.clear();
  if (rank == kNone) return;
  if (parts_.empty() || metric_version_ != metric_->version()) {
    metric_version_ = metric_->version();
    parts_.assign(2 * std::size_t{metric_->hierarchy().arc_count()}, {kNone, kNone});
  }
  const Hierarchy& h = metric_->hierarchy();
  const auto& up = far_ ? far_forward_.reached_by : forward_.reached_by;
  const auto& down = far_ ? far_backward_.reached_by : backward_.reached_by;
  climbed_.clear();
  for (Rank at = rank; up[at] != kNone; at = h.tail(up[at])) climbed_.push_back(2 * up[at]);
  for (auto slot = climbed_.rbegin(); slot != climbed_.rend(); ++slot) unpack(*slot, into);
  for (Rank at = rank; down[at] != kNone; at = h.tail(down[at])) unpack(2 * down[at] + 1, into);
}

void HierarchyQuery::unpack(std::uint32_t slot, std::vector<std::uint32_t>& into) {
  stack_.assign(1, slot);
  while (!stack_.empty()) {
    const std::uint32_t at = stack_.back();
    stack_.pop_back();
    Parts& parts = parts_[at];
    if (parts.second == kNone) parts = parts_of(at);
    if (parts.first == kNone) {
      into.push_back(parts.second);
    } else {
      stack_.push_back(parts.second);
      stack_.push_back(parts.first);
    }
  }
}

/// An input arc if one is as good as any way below, else the two sides of the lowest triangle that is.
HierarchyQuery::Parts HierarchyQuery::parts_of(std::uint32_t slot) const {
  const Hierarchy& h = metric_->hierarchy();
  const ArcWeight weight = metric_->weight(slot);
  const HierarchyMetric::Input input = metric_->least_input(slot);
  if (input.weight == weight) return {kNone, input.arc};
  const bool upward = (slot & 1u) == 0;
  Parts found{kNone, kNone};
  h.for_triangles_below(slot >> 1, [&](std::uint32_t low, std::uint32_t high) {
    const Parts parts = upward ? Parts{2 * low + 1, 2 * high} : Parts{2 * high + 1, 2 * low};
    if (metric_->weight(parts.first) + metric_->weight(parts.second) != weight) return true;
    found = parts;
    return false;
  });
  assert(found.first != kNone);  // customization found the weight along one of these
  return found;
}

}  // namespace chimata
