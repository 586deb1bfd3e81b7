/// What a customizable contraction hierarchy knows before any cost is known.
///
/// Vertices are taken away one by one in a given order; when one goes, those of its neighbours that are
/// left become neighbours of each other. The arcs that then exist suffice for the least costly ways
/// whatever the costs are: some such way goes up in the order and then down, over arcs of the hierarchy
/// only. Dibbelt, Strasser and Wagner, "Customizable Contraction Hierarchies", JEA 21, 2016.
///
/// Vertices are named by rank here, 0 first to go. An arc lies between a lower and a higher vertex and
/// stands for both directions.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace chimata {

class Hierarchy {
 public:
  using Rank = std::uint32_t;
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

  /// @param order  every vertex once, the least important first
  /// @param tail   by input arc, and head: vertices. Loops and parallel arcs may occur
  Hierarchy(std::span<const std::uint32_t> order, std::span<const std::uint32_t> tail,
            std::span<const std::uint32_t> head);

  [[nodiscard]] std::uint32_t vertex_count() const { return static_cast<std::uint32_t>(rank_.size()); }
  [[nodiscard]] std::uint32_t arc_count() const { return static_cast<std::uint32_t>(head_.size()); }
  [[nodiscard]] std::uint32_t input_count() const { return static_cast<std::uint32_t>(slot_.size()); }
  [[nodiscard]] Rank rank_of(std::uint32_t vertex) const { return rank_[vertex]; }
  [[nodiscard]] std::uint32_t vertex_of(Rank rank) const { return order_[rank]; }

  /// The least of a vertex's higher neighbours: all others are its ancestors too; kNone at a top.
  [[nodiscard]] Rank parent(Rank vertex) const { return parent_[vertex]; }
  // arcs to higher neighbours, by ascending neighbour
  [[nodiscard]] std::uint32_t first_up(Rank vertex) const { return first_up_[vertex]; }
  [[nodiscard]] std::uint32_t end_up(Rank vertex) const { return first_up_[vertex + 1]; }
  [[nodiscard]] const Rank* heads() const { return head_.data(); }
  [[nodiscard]] Rank head(std::uint32_t arc) const { return head_[arc]; }
  [[nodiscard]] Rank tail(std::uint32_t arc) const { return tail_[arc]; }
  /// Arcs from lower neighbours, by ascending neighbour.
  [[nodiscard]] std::span<const std::uint32_t> arcs_from_below(Rank vertex) const {
    return {down_.data() + first_down_[vertex], down_.data() + first_down_[vertex + 1]};
  }
  /// Calls `visit(arc to the tail, arc to the head)` for every vertex below both ends of an arc, ascending,
  /// until it returns false.
  template <class Visit>
  void for_triangles_below(std::uint32_t arc, Visit&& visit) const {
    std::uint32_t a = first_down_[tail(arc)], b = first_down_[head(arc)];
    const std::uint32_t end_a = first_down_[tail(arc) + 1], end_b = first_down_[head(arc) + 1];
    while (a != end_a && b != end_b) {
      const Rank x = below_[a], y = below_[b];
      if (x == y && !visit(down_[a], down_[b])) return;
      a += x <= y;
      b += y <= x;
    }
  }
  /// The arc between two vertices, lower first; kNone if there is none.
  [[nodiscard]] std::uint32_t arc_between(Rank lower, Rank higher) const;

  /// A direction of an arc: arc * 2 upward, arc * 2 + 1 downward.
  [[nodiscard]] std::uint32_t slot_of(std::uint32_t input) const { return slot_[input]; }
  /// Input arcs that run where a slot does, ascending.
  [[nodiscard]] std::span<const std::uint32_t> inputs_of(std::uint32_t slot) const {
    return {inputs_.data() + first_input_[slot], inputs_.data() + first_input_[slot + 1]};
  }

  /// Vertices grouped so that any two groups of one layer share no ancestor in either, and no vertex
  /// comes before one below it: the groups of a layer may be worked on at the same time.
  struct Group {
    Rank top;           ///< the group is `top` and what of its descendants no lower group holds
    std::uint32_t row;  ///< its vertices are members()[row .. end), ascending
    std::uint32_t end;
  };
  [[nodiscard]] std::span<const std::uint32_t> layers() const { return layers_; }  ///< rows of groups()
  [[nodiscard]] std::span<const Group> groups() const { return groups_; }
  [[nodiscard]] std::span<const Rank> members() const { return members_; }

 private:
  void close_triangles(std::span<const std::uint32_t> tail, std::span<const std::uint32_t> head);
  void place_inputs(std::span<const std::uint32_t> tail, std::span<const std::uint32_t> head);
  void form_groups();

  std::vector<std::uint32_t> order_;
  std::vector<Rank> rank_, parent_, head_, tail_;
  std::vector<std::uint32_t> first_up_, first_down_, down_;
  std::vector<Rank> below_;  ///< tails of down_: side by side, to be gone through quickly
  std::vector<std::uint32_t> slot_, first_input_, inputs_;
  std::vector<std::uint32_t> layers_;
  std::vector<Group> groups_;
  std::vector<Rank> members_;
};

}  // namespace chimata
