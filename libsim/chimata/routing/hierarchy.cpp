#include "chimata/routing/hierarchy.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <tuple>

namespace chimata {
namespace {

/// A part of the tree below this share of all work is one group; C: some tens of groups keep any machine
/// busy, and a group is long against the start of a thread.
constexpr std::uint64_t kGroups = 64;

}  // namespace

Hierarchy::Hierarchy(std::span<const std::uint32_t> order, std::span<const std::uint32_t> tail,
                     std::span<const std::uint32_t> head)
    : order_(order.begin(), order.end()), rank_(order.size(), kNone), parent_(order.size(), kNone) {
  assert(tail.size() == head.size());
  for (Rank rank = 0; rank < order_.size(); ++rank) rank_[order_[rank]] = rank;
  close_triangles(tail, head);
  place_inputs(tail, head);
  form_groups();
}

void Hierarchy::close_triangles(std::span<const std::uint32_t> tail, std::span<const std::uint32_t> head) {
  std::vector<std::vector<Rank>> above(vertex_count());
  for (std::size_t arc = 0; arc < tail.size(); ++arc) {
    const auto [low, high] = std::minmax({rank_[tail[arc]], rank_[head[arc]]});
    if (low != high) above[low].push_back(high);
  }
  first_up_.assign(1, 0);
  for (Rank vertex = 0; vertex < vertex_count(); ++vertex) {
    std::vector<Rank>& mine = above[vertex];
    std::sort(mine.begin(), mine.end());
    mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
    head_.insert(head_.end(), mine.begin(), mine.end());
    tail_.insert(tail_.end(), mine.size(), vertex);
    first_up_.push_back(arc_count());
    if (mine.empty()) continue;
    // it is enough to pass the others on to the parent: it passes them on in its turn
    parent_[vertex] = mine.front();
    above[mine.front()].insert(above[mine.front()].end(), mine.begin() + 1, mine.end());
    std::vector<Rank>().swap(mine);
  }

  first_down_.assign(vertex_count() + 1, 0);
  for (const Rank vertex : head_) ++first_down_[vertex + 1];
  std::partial_sum(first_down_.begin(), first_down_.end(), first_down_.begin());
  down_.resize(arc_count());
  std::vector<std::uint32_t> place(first_down_.begin(), first_down_.end() - 1);
  for (std::uint32_t arc = 0; arc < arc_count(); ++arc) down_[place[head_[arc]]++] = arc;
  below_.reserve(arc_count());
  for (const std::uint32_t arc : down_) below_.push_back(tail_[arc]);
}

std::uint32_t Hierarchy::arc_between(Rank lower, Rank higher) const {
  const auto begin = head_.begin() + first_up_[lower], end = head_.begin() + first_up_[lower + 1];
  const auto found = std::lower_bound(begin, end, higher);
  return found != end && *found == higher ? static_cast<std::uint32_t>(found - head_.begin()) : kNone;
}

void Hierarchy::place_inputs(std::span<const std::uint32_t> tail, std::span<const std::uint32_t> head) {
  slot_.assign(tail.size(), kNone);
  first_input_.assign(2 * std::size_t{arc_count()} + 1, 0);
  for (std::size_t input = 0; input < tail.size(); ++input) {
    const Rank from = rank_[tail[input]], to = rank_[head[input]];
    if (from == to) continue;
    slot_[input] = from < to ? 2 * arc_between(from, to) : 2 * arc_between(to, from) + 1;
    ++first_input_[slot_[input] + 1];
  }
  std::partial_sum(first_input_.begin(), first_input_.end(), first_input_.begin());
  inputs_.resize(first_input_.back());
  std::vector<std::uint32_t> place(first_input_.begin(), first_input_.end() - 1);
  for (std::uint32_t input = 0; input < slot_.size(); ++input) {
    if (slot_[input] != kNone) inputs_[place[slot_[input]]++] = input;
  }
}

void Hierarchy::form_groups() {
  // work of a vertex: the triangles it looks at
  std::vector<std::uint64_t> work(vertex_count(), 1);
  std::vector<std::uint32_t> children(vertex_count(), 0);
  for (std::uint32_t arc = 0; arc < arc_count(); ++arc) work[head_[arc]] += first_up_[tail_[arc] + 1] - arc;
  const std::uint64_t enough = std::accumulate(work.begin(), work.end(), std::uint64_t{0}) / kGroups;
  for (Rank vertex = 0; vertex < vertex_count(); ++vertex) {
    if (parent_[vertex] == kNone) continue;
    work[parent_[vertex]] += work[vertex];
    children[parent_[vertex]] += work[vertex] > enough;
  }
  // a light vertex goes with its parent if that is light too; a heavy one with the only heavy child
  std::vector<Rank> top(vertex_count());
  std::vector<std::uint32_t> layer(vertex_count(), 0);
  for (Rank vertex = vertex_count(); vertex-- > 0;) {
    const Rank up = parent_[vertex];
    const bool heavy = work[vertex] > enough;
    const bool joins = up != kNone && (work[up] <= enough || (heavy && children[up] == 1));
    top[vertex] = joins ? top[up] : vertex;
  }
  for (Rank vertex = 0; vertex < vertex_count(); ++vertex) {
    const Rank up = parent_[vertex];
    layer[top[vertex]] = std::max(layer[top[vertex]], layer[vertex]);
    if (up != kNone && top[up] != top[vertex]) {
      layer[top[up]] = std::max(layer[top[up]], layer[top[vertex]] + 1);
    }
  }

  members_.resize(vertex_count());
  std::iota(members_.begin(), members_.end(), Rank{0});
  const auto key = [&](Rank vertex) { return std::tuple{layer[top[vertex]], top[vertex], vertex}; };
  std::sort(members_.begin(), members_.end(), [&](Rank a, Rank b) { return key(a) < key(b); });
  for (std::uint32_t row = 0; row < members_.size(); ++row) {
    const Rank leader = top[members_[row]];
    if (groups_.empty() || groups_.back().top != leader) {
      while (layers_.size() <= layer[leader]) layers_.push_back(static_cast<std::uint32_t>(groups_.size()));
      groups_.push_back({leader, row, row});
    }
    groups_.back().end = row + 1;
  }
  layers_.push_back(static_cast<std::uint32_t>(groups_.size()));
}

}  // namespace chimata
