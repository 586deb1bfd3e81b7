/// The least number of streets that part one set of places from another.
///
/// Maximum flow with one unit each way over every street, by shortest augmenting paths in layers: Dinic,
/// "Algorithm for solution of a problem of maximum flow in networks with power estimation", Soviet
/// Mathematics Doklady 11, 1970.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace chimata {

class MinimumCut {
 public:
  using Edge = std::pair<std::uint32_t, std::uint32_t>;

  MinimumCut(std::uint32_t vertex_count, std::span<const Edge> edges);

  /// Parts the first from the last `count` vertices of `line`. Gives up, and says so by false, when more
  /// than `limit` edges would be cut.
  bool part(std::span<const std::uint32_t> line, std::size_t count, std::uint32_t limit);

  [[nodiscard]] std::uint32_t size() const { return flow_; }
  /// Whether a vertex lies on the first side; of all least cuts the one that is nearest to it.
  [[nodiscard]] bool on_first_side(std::uint32_t vertex) const { return level_[vertex] != 0; }

 private:
  enum class Role : std::uint8_t { none, source, sink };
  bool layer();
  bool augment(std::uint32_t source);

  std::vector<std::uint32_t> first_, arc_head_, arc_edge_;  ///< arcs by vertex; edge * 2 + direction
  std::vector<std::uint8_t> room_;                          ///< by directed edge: what may still flow
  std::vector<Role> role_;
  std::vector<std::uint32_t> level_, next_, queue_, trail_;
  std::vector<std::uint32_t> sources_;
  std::uint32_t flow_ = 0;
};

}  // namespace chimata
