#include "chimata/routing/hierarchy_query.hpp"

#include <algorithm>
#include <cassert>
#include <functional>

namespace chimata {
namespace {

constexpr std::uint32_t kNone = Hierarchy::kNone;
/// Labels from here on could add up to more than 32 bits hold.
constexpr PathCost kFar = kNoWay / 2;

constexpr PathCost kNoCost = kUnreachable / 4;  ///< no way, yet more can be added

/// How labels of either kind are made, read and improved.
struct LabelOf {
  template <class Label>
  static Label make(PathCost cost, std::uint32_t arc) {
    if constexpr (sizeof(Label) == 8) {
      return {cost << 32 | arc};
    } else {
      return {cost, arc};
    }
  }
  template <class Label>
  static PathCost cost(Label label) {
    if constexpr (sizeof(Label) == 8) {
      return label.bits >> 32;
    } else {
      return label.cost;
    }
  }
  template <class Label>
  static std::uint32_t arc(Label label) {
    if constexpr (sizeof(Label) == 8) {
      return static_cast<std::uint32_t>(label.bits);
    } else {
      return label.arc;
    }
  }
  template <class Label>
  static Label none() {
    return make<Label>(sizeof(Label) == 8 ? kNoWay : kNoCost, kNone);
  }
  /// The better of a label and what `cost` and `weight` make; of equals the one with the smaller arc.
  template <class Label>
  static void improve(Label& label, PathCost cost, ArcWeight weight, std::uint32_t arc) {
    if constexpr (sizeof(Label) == 8) {
      label.bits = std::min(label.bits, (cost + weight) << 32 | arc);  // no way: not below none()
    } else {
      if (weight == kNoWay) return;
      if (std::pair{cost + weight, arc} < std::pair{label.cost, label.arc}) label = {cost + weight, arc};
    }
  }
};

}  // namespace

HierarchyQuery::HierarchyQuery(const HierarchyMetric& metric)
    : metric_(&metric),
      forward_(metric.hierarchy().vertex_count(), LabelOf::none<Near>()),
      backward_(metric.hierarchy().vertex_count(), LabelOf::none<Near>()) {}

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
  const PathCost none = LabelOf::cost(LabelOf::none<Label>());
  const auto seed = [&](Side<Label>& side, const std::vector<End>& ends) {
    for (const End& end : ends) {
      Label& label = side[h.rank_of(end.vertex)];
      if (end.cost < LabelOf::cost(label)) label = LabelOf::make<Label>(end.cost, kNone);
    }
  };
  seed(forward, sources_);
  seed(backward, targets_);

  PathCost best = kUnreachable, bound = kUnreachable;
  const auto climb_from = [&](Side<Label>& side, Rank vertex, const ArcWeight* weight) {
    const PathCost cost = LabelOf::cost(side[vertex]);
    if (cost == none || cost >= bound) return;
    far_ |= cost >= kFar;
    Label* labels = side.data();
    const Rank* heads = h.heads();
    const std::uint32_t end = h.end_up(vertex);
    for (std::uint32_t arc = h.first_up(vertex); arc < end; ++arc) {
      LabelOf::improve(labels[heads[arc]], cost, weight[arc], arc);
    }
  };

  auto up = up_path_.begin(), down = down_path_.begin();
  const ArcWeight *upward = metric_->up(), *downward = metric_->down();
  while (up != up_path_.end() && down != down_path_.end()) {
    if (*up < *down) {
      climb_from(forward, *up++, upward);
    } else if (*down < *up) {
      climb_from(backward, *down++, downward);
    } else {
      const Rank rank = *up++;
      ++down;
      const PathCost there = LabelOf::cost(forward[rank]), back = LabelOf::cost(backward[rank]);
      if (there != none && back != none) {
        if (note) meetings_.push_back({rank, there + back});
        if (there + back < best) {
          best = there + back;
          meeting_ = rank;
          if (!note) bound = best;
        }
      }
      climb_from(forward, rank, upward);
      climb_from(backward, rank, downward);
    }
  }
  return best;
}

/// Takes back the labels of the last run.
void HierarchyQuery::forget() {
  for (const Rank vertex : up_path_) forward_[vertex] = LabelOf::none<Near>();
  for (const Rank vertex : down_path_) backward_[vertex] = LabelOf::none<Near>();
  if (!far_forward_.empty()) {
    for (const Rank vertex : up_path_) far_forward_[vertex] = LabelOf::none<Far>();
    for (const Rank vertex : down_path_) far_backward_[vertex] = LabelOf::none<Far>();
  }
  up_path_.clear();
  down_path_.clear();
  meeting_ = kNone;
  meetings_.clear();
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
  forget();
  ancestors(sources_, up_path_);
  ancestors(targets_, down_path_);
  const auto is_far = [](const End& end) { return end.cost >= kFar; };
  far_ = std::any_of(sources_.begin(), sources_.end(), is_far) ||
         std::any_of(targets_.begin(), targets_.end(), is_far);
  if (!far_) {
    const PathCost best = search(forward_, backward_, note);
    if (!far_) return best;
  }
  make_room_for_far();
  meeting_ = kNone;
  meetings_.clear();
  return search(far_forward_, far_backward_, note);
}

void HierarchyQuery::make_room_for_far() {
  far_ = true;
  far_forward_.resize(forward_.size(), LabelOf::none<Far>());
  far_backward_.resize(backward_.size(), LabelOf::none<Far>());
}

const std::vector<HierarchyQuery::Meeting>& HierarchyQuery::climb() {
  const Hierarchy& h = metric_->hierarchy();
  forget();
  make_room_for_far();
  for (const End& end : sources_) {
    Far& label = far_forward_[h.rank_of(end.vertex)];
    label.cost = std::min(label.cost, end.cost);
  }
  ancestors(sources_, up_path_);
  for (const Rank vertex : up_path_) {
    const PathCost cost = far_forward_[vertex].cost;
    if (cost == kNoCost) continue;
    meetings_.push_back({vertex, cost});
    for (std::uint32_t arc = h.first_up(vertex); arc < h.end_up(vertex); ++arc) {
      LabelOf::improve(far_forward_[h.head(arc)], cost, metric_->up()[arc], arc);
    }
  }
  return meetings_;
}

std::uint32_t HierarchyQuery::reached_by(bool forward, Rank vertex) const {
  if (far_) return (forward ? far_forward_ : far_backward_)[vertex].arc;
  return LabelOf::arc((forward ? forward_ : backward_)[vertex]);
}

std::uint32_t HierarchyQuery::source_of(std::uint32_t rank) const {
  const Hierarchy& h = metric_->hierarchy();
  for (std::uint32_t arc; (arc = reached_by(true, rank)) != kNone;) rank = h.tail(arc);
  return h.vertex_of(rank);
}

void HierarchyQuery::arcs(std::vector<std::uint32_t>& into) {
  arcs_by(meeting_, into);
}

std::size_t HierarchyQuery::arcs_by(std::uint32_t rank, std::vector<std::uint32_t>& into) {
  into.clear();
  if (rank == kNone) return 0;
  if (parts_.empty() || metric_version_ != metric_->version()) {
    metric_version_ = metric_->version();
    parts_.assign(2 * std::size_t{metric_->hierarchy().arc_count()}, {kNone, kNone});
  }
  const Hierarchy& h = metric_->hierarchy();
  climbed_.clear();
  Rank at = rank;
  for (std::uint32_t arc; (arc = reached_by(true, at)) != kNone; at = h.tail(arc))
    climbed_.push_back(2 * arc);
  for (auto slot = climbed_.rbegin(); slot != climbed_.rend(); ++slot) unpack(*slot, into);
  const std::size_t before = into.size();
  at = rank;
  for (std::uint32_t arc; (arc = reached_by(false, at)) != kNone; at = h.tail(arc)) unpack(2 * arc + 1, into);
  return before;
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
