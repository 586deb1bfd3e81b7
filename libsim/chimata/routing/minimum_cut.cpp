#include "chimata/routing/minimum_cut.hpp"

#include <algorithm>
#include <numeric>

namespace chimata {

MinimumCut::MinimumCut(std::uint32_t vertex_count, std::span<const Edge> edges)
    : first_(vertex_count + 1, 0),
      arc_head_(edges.size() * 2),
      arc_edge_(edges.size() * 2),
      room_(edges.size() * 2),
      role_(vertex_count),
      level_(vertex_count),
      next_(vertex_count) {
  for (const auto& [a, b] : edges) ++first_[a + 1], ++first_[b + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  std::copy(first_.begin(), first_.end() - 1, next_.begin());
  for (std::uint32_t edge = 0; edge < edges.size(); ++edge) {
    const auto [a, b] = edges[edge];
    arc_head_[next_[a]] = b, arc_edge_[next_[a]++] = 2 * edge;
    arc_head_[next_[b]] = a, arc_edge_[next_[b]++] = 2 * edge + 1;
  }
}

bool MinimumCut::part(std::span<const std::uint32_t> line, std::size_t count, std::uint32_t limit) {
  std::fill(room_.begin(), room_.end(), std::uint8_t{1});
  std::fill(role_.begin(), role_.end(), Role::none);
  sources_.assign(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(count));
  for (const std::uint32_t vertex : sources_) role_[vertex] = Role::source;
  for (const std::uint32_t vertex : line.subspan(line.size() - count)) role_[vertex] = Role::sink;
  flow_ = 0;
  while (layer()) {
    std::copy(first_.begin(), first_.end() - 1, next_.begin());
    for (const std::uint32_t source : sources_) {
      while (augment(source)) {
        if (++flow_ > limit) return false;
      }
    }
  }
  return true;
}

/// Distances from the sources over streets with room left; false if no sink is reached.
bool MinimumCut::layer() {
  std::fill(level_.begin(), level_.end(), 0);
  queue_.assign(sources_.begin(), sources_.end());
  for (const std::uint32_t source : sources_) level_[source] = 1;
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    const std::uint32_t vertex = queue_[i];
    if (last != 0 && level_[vertex] >= last) break;
    for (std::uint32_t arc = first_[vertex]; arc < first_[vertex + 1]; ++arc) {
      const std::uint32_t to = arc_head_[arc];
      if (level_[to] != 0 || room_[arc_edge_[arc]] == 0) continue;
      level_[to] = level_[vertex] + 1;
      if (role_[to] == Role::sink) last = level_[to];
      queue_.push_back(to);
    }
  }
  return last != 0;
}

/// Sends one unit along a path that goes up one layer per step.
bool MinimumCut::augment(std::uint32_t source) {
  trail_.clear();
  std::uint32_t vertex = source;
  while (role_[vertex] != Role::sink) {
    std::uint32_t& arc = next_[vertex];
    while (arc < first_[vertex + 1] &&
           (room_[arc_edge_[arc]] == 0 || level_[arc_head_[arc]] != level_[vertex] + 1)) {
      ++arc;
    }
    if (arc < first_[vertex + 1]) {
      trail_.push_back(arc);
      vertex = arc_head_[arc];
    } else {
      if (trail_.empty()) return false;
      trail_.pop_back();  // a dead end: back one step, and never here again
      vertex = trail_.empty() ? source : arc_head_[trail_.back()];
      ++next_[vertex];
    }
  }
  for (const std::uint32_t arc : trail_) {
    --room_[arc_edge_[arc]];
    ++room_[arc_edge_[arc] ^ 1u];
  }
  return true;
}

}  // namespace chimata
