/// Least costly ways through a customized hierarchy.
///
/// A way goes up and then down, so only the ancestors of both ends are looked at, from below: no queue is
/// needed. Dibbelt, Strasser and Wagner (2016), section 7.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "chimata/routing/hierarchy_metric.hpp"

namespace chimata {

/// Asks one question after another and keeps its memory between them. One per thread; the metric must
/// outlive it and may change between questions.
class HierarchyQuery {
 public:
  explicit HierarchyQuery(const HierarchyMetric& metric);

  /// An end of the way, and what it costs to be there, ms.
  struct End {
    std::uint32_t vertex;
    PathCost cost;
  };
  /// Forgets all ends.
  void clear();
  [[nodiscard]] std::vector<End>& starts() { return sources_; }
  [[nodiscard]] std::vector<End>& finishes() { return targets_; }
  void start_at(End end) { sources_.push_back(end); }
  void finish_at(End end) { targets_.push_back(end); }

  /// Cost of the least costly way from any start to any finish, theirs included; kUnreachable if there
  /// is none.
  PathCost run();
  /// The input arcs of the way that the last `run` found, in order; and the vertex it starts from.
  void arcs(std::vector<std::uint32_t>& into);
  [[nodiscard]] std::uint32_t source() const { return source_of(meeting_); }

  /// Vertices where a way up from the start meets a way down to the finish, by rank, with their costs.
  struct Meeting {
    std::uint32_t rank;
    PathCost cost;
  };
  [[nodiscard]] const std::vector<Meeting>& meetings() const { return meetings_; }
  /// As `run`, and notes all meetings that cost at most 1 + `stretch` times the least; `arcs_by` then gives
  /// the way over any of them, and says how many arcs lead up to it.
  PathCost run_noting(double stretch);
  std::size_t arcs_by(std::uint32_t rank, std::vector<std::uint32_t>& into);
  [[nodiscard]] std::uint32_t source_of(std::uint32_t rank) const;

  /// Everything above the starts and what it costs to come there going up only, where that is possible.
  const std::vector<Meeting>& climb();

  /// Vertices the last run looked at.
  [[nodiscard]] std::size_t settled() const { return up_path_.size() + down_path_.size(); }

 private:
  using Rank = Hierarchy::Rank;
  /// A cost and the arc from below that it came by, none at an end, in one number: the least is found
  /// without a branch. For sums that stay below 2^31.
  struct Near {
    std::uint64_t bits;
  };
  /// The same for larger sums.
  struct Far {
    PathCost cost;
    std::uint32_t arc;
  };
  template <class Label>
  using Side = std::vector<Label>;  ///< by vertex; from the start upward, or from the finish against the arcs
  template <class Label>
  PathCost search(Side<Label>& forward, Side<Label>& backward, bool note);
  PathCost answer(bool note);
  void make_room_for_far();
  void forget();
  [[nodiscard]] std::uint32_t reached_by(bool forward, Rank vertex) const;
  void ancestors(const std::vector<End>& ends, std::vector<Rank>& into);
  void unpack(std::uint32_t slot, std::vector<std::uint32_t>& into);

  const HierarchyMetric* metric_;
  std::vector<End> sources_, targets_;
  Side<Near> forward_, backward_;
  Side<Far> far_forward_, far_backward_;  ///< empty until needed
  std::vector<Rank> up_path_, down_path_, cursors_;
  std::vector<Meeting> meetings_;
  Rank meeting_ = Hierarchy::kNone;
  bool far_ = false;

  /// What a slot consists of: two slots below, or an input arc. Remembered per slot while the metric stays.
  struct Parts {
    std::uint32_t first, second;  ///< slots; first none: second is an input arc; second none: unknown yet
  };
  [[nodiscard]] Parts parts_of(std::uint32_t slot) const;
  std::vector<Parts> parts_;
  std::vector<std::uint32_t> stack_, climbed_;
  std::uint64_t metric_version_ = 0;
};

}  // namespace chimata
