#include "chimata/routing/hierarchy_metric.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <tuple>

#include "chimata/core/error.hpp"

namespace chimata {
namespace {

using Rank = Hierarchy::Rank;

/// to[i] = min(to[i], first + then[i])
void relax_row(ArcWeight* __restrict to, ArcWeight first, const ArcWeight* __restrict then,
               std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] = std::min(to[i], first + then[i]);
}

/// A metric of which more than one arc in this many changes is customized whole; C, by trial: from there on
/// looking at single arcs costs as much.
constexpr std::size_t kFewChanges = 200;

ArcWeight weight_of(Cost cost) {
  return cost == kClosed ? kNoWay : std::min(cost, kNoWay - 1);  // the latter is refused by check_range
}

/// Beyond half the range a sum may have been taken for closed.
bool too_far(ArcWeight weight) {
  return weight >= kNoWay / 2 && weight != kNoWay;
}

[[noreturn]] void refuse() {
  throw InputError("link costs", "a way between two junctions costs twelve days (2^30 ms) or more",
                   "give lower costs, or close the links");
}

}  // namespace

HierarchyMetric::HierarchyMetric(const Hierarchy& hierarchy)
    : hierarchy_(&hierarchy),
      input_(hierarchy.input_count(), kNoWay),
      up_(hierarchy.arc_count(), kNoWay),
      down_(hierarchy.arc_count(), kNoWay),
      queued_(hierarchy.arc_count(), 0) {}

void HierarchyMetric::customize(std::span<const Cost> input, Arena& arena) {
  assert(input.size() == input_.size());
  std::transform(input.begin(), input.end(), input_.begin(), weight_of);
  customize_all(arena);
}

void HierarchyMetric::customize_all(Arena& arena) {
  enter_inputs();
  const auto groups = hierarchy_->groups();
  const auto layers = hierarchy_->layers();
  for (std::size_t layer = 0; layer + 1 < layers.size(); ++layer) {
    const std::size_t first = layers[layer], count = layers[layer + 1] - first;
    arena.for_blocks(count, 1, [&](std::size_t begin, std::size_t end) {
      // written before it is read: rows of a vertex's own arcs, and no vertex reads another's
      thread_local std::vector<std::uint32_t> arc_to;
      arc_to.resize(std::max<std::size_t>(arc_to.size(), hierarchy_->vertex_count()));
      for (std::size_t group = begin; group < end; ++group) {
        const auto [top, row, last] = groups[first + group];
        for (std::uint32_t i = row; i < last; ++i) customize_vertex(hierarchy_->members()[i], arc_to);
      }
    });
  }
  ++version_;
  check_range();
}

void HierarchyMetric::enter_inputs() {
  std::fill(up_.begin(), up_.end(), kNoWay);
  std::fill(down_.begin(), down_.end(), kNoWay);
  for (std::uint32_t input = 0; input < input_.size(); ++input) {
    const std::uint32_t slot = hierarchy_->slot_of(input);
    if (slot == Hierarchy::kNone) continue;
    ArcWeight& weight = ((slot & 1u) != 0 ? down_ : up_)[slot >> 1];
    weight = std::min(weight, input_[input]);
  }
}

/// The arcs from `vertex` upward by way of everything below it.
void HierarchyMetric::customize_vertex(Rank vertex, std::vector<std::uint32_t>& arc_to) {
  const Hierarchy& h = *hierarchy_;
  const std::uint32_t end_up = h.end_up(vertex);
  for (std::uint32_t arc = h.first_up(vertex); arc < end_up; ++arc) arc_to[h.head(arc)] = arc;
  for (const std::uint32_t side : h.arcs_from_below(vertex)) {
    // below - vertex is `side`; below - higher are the arcs after it
    const std::uint32_t first = side + 1, end = h.end_up(h.tail(side));
    if (first == end) continue;
    const ArcWeight to_below = down_[side], from_below = up_[side];
    const std::uint32_t count = end - first;
    const std::uint32_t target = arc_to[h.head(first)];
    if (arc_to[h.head(end - 1)] - target == count - 1) {  // side by side above `vertex` too
      if (to_below != kNoWay) relax_row(up_.data() + target, to_below, up_.data() + first, count);
      if (from_below != kNoWay) relax_row(down_.data() + target, from_below, down_.data() + first, count);
      continue;
    }
    if (to_below == kNoWay && from_below == kNoWay) continue;
    for (std::uint32_t arc = first; arc < end; ++arc) {
      const std::uint32_t over = arc_to[h.head(arc)];
      up_[over] = std::min(up_[over], to_below + up_[arc]);
      down_[over] = std::min(down_[over], from_below + down_[arc]);
    }
  }
}

HierarchyMetric::Input HierarchyMetric::least_input(std::uint32_t slot) const {
  Input least;
  for (const std::uint32_t arc : hierarchy_->inputs_of(slot)) {
    if (input_[arc] < least.weight) least = {input_[arc], arc};
  }
  return least;
}

/// What customize would make of one arc, everything below being right: upward and downward.
std::pair<ArcWeight, ArcWeight> HierarchyMetric::recomputed(std::uint32_t arc) const {
  const Hierarchy& h = *hierarchy_;
  ArcWeight up = least_input(2 * arc).weight, down = least_input(2 * arc + 1).weight;
  h.for_triangles_below(arc, [&](std::uint32_t low, std::uint32_t high) {
    up = std::min(up, down_[low] + up_[high]);
    down = std::min(down, down_[high] + up_[low]);
    return true;
  });
  return {up, down};
}

void HierarchyMetric::enqueue(std::uint32_t arc) {
  if (queued_[arc]) return;
  queued_[arc] = 1;
  queue_.push_back(arc);
  std::push_heap(queue_.begin(), queue_.end(), std::greater<>());
}

void HierarchyMetric::update(std::span<const Change> changes, Arena& arena) {
  bool far = false;
  for (const auto& [arc, cost] : changes) {
    input_[arc] = weight_of(cost);
    far |= too_far(input_[arc]);
  }
  if (changes.size() * kFewChanges > input_.size()) return customize_all(arena);
  // by arc: those of lower vertices have smaller numbers, so what an arc depends on is done before it
  for (const Change& change : changes) {
    if (hierarchy_->slot_of(change.arc) != Hierarchy::kNone) enqueue(hierarchy_->slot_of(change.arc) >> 1);
  }
  touched_ = 0;
  while (!queue_.empty()) {
    std::pop_heap(queue_.begin(), queue_.end(), std::greater<>());
    const std::uint32_t arc = queue_.back();
    queue_.pop_back();
    queued_[arc] = 0;
    ++touched_;
    const ArcWeight old_up = up_[arc], old_down = down_[arc];
    std::tie(up_[arc], down_[arc]) = recomputed(arc);
    far |= too_far(up_[arc]) || too_far(down_[arc]);
    if (up_[arc] != old_up || down_[arc] != old_down) pass_on(arc, old_up, old_down);
  }
  ++version_;
  if (far) refuse();
}

/// Enqueues the arcs above for which the way over a changed arc is decisive now, or was before.
void HierarchyMetric::pass_on(std::uint32_t arc, ArcWeight old_up, ArcWeight old_down) {
  const Hierarchy& h = *hierarchy_;
  struct Way {
    ArcWeight before, now;
    [[nodiscard]] bool concerns(ArcWeight least) const {
      return now < before ? now < least : now > before && before == least;
    }
  };
  const auto way = [](ArcWeight side, ArcWeight before, ArcWeight now) {
    return Way{std::min(side + before, kNoWay), std::min(side + now, kNoWay)};
  };
  const Rank low = h.tail(arc), end = h.head(arc);
  for (std::uint32_t other = h.first_up(low); other < h.end_up(low); ++other) {
    if (other == arc) continue;
    // from the other arc's end down to `low` and up to `end`; and back
    const Way there = way(down_[other], old_up, up_[arc]), back = way(up_[other], old_down, down_[arc]);
    if (there.before == there.now && back.before == back.now) continue;
    const Rank other_end = h.head(other);
    const std::uint32_t over = h.arc_between(std::min(end, other_end), std::max(end, other_end));
    const bool upward = other_end < end;  // `there` is
    if (there.concerns(upward ? up_[over] : down_[over]) || back.concerns(upward ? down_[over] : up_[over])) {
      enqueue(over);
    }
  }
}

void HierarchyMetric::check_range() const {
  if (std::any_of(up_.begin(), up_.end(), too_far) || std::any_of(down_.begin(), down_.end(), too_far) ||
      std::any_of(input_.begin(), input_.end(), too_far)) {
    refuse();
  }
}

}  // namespace chimata
