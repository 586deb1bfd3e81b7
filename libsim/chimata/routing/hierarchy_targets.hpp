/// Costs from one place to many, through a customized hierarchy.
///
/// The ancestors of all targets are listed once, highest first; a question climbs from the start and then
/// goes down that list. Dibbelt, Strasser and Wagner (2016); Delling, Goldberg and Werneck, "Faster Batched
/// Shortest Paths in Road Networks", ATMOS 2011 (restricted sweeps).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/routing/hierarchy_query.hpp"

namespace chimata {

/// Places that are asked for again and again. Depends on no costs; may be shared by threads.
class HierarchyTargets {
 public:
  /// @param ends    ends of all targets, target by target
  /// @param offset  size targets + 1; rows of `ends`
  HierarchyTargets(const Hierarchy& hierarchy, std::vector<HierarchyQuery::End> ends,
                   std::vector<std::uint32_t> offset);

  [[nodiscard]] std::size_t size() const { return offset_.size() - 1; }
  /// Cost of the least costly way to each target, given what `HierarchyQuery::climb` found; kUnreachable
  /// where there is none. `labels` is scratch.
  void costs(const HierarchyMetric& metric, std::span<const HierarchyQuery::Meeting> climbed,
             std::vector<PathCost>& labels, std::vector<PathCost>& into) const;

 private:
  std::vector<std::uint32_t> row_of_;                  ///< by vertex: its row below; kNone elsewhere
  std::vector<std::uint32_t> first_arc_, first_head_;  ///< by row, ancestors before descendants
  std::vector<std::uint32_t> heads_;                   ///< rows, arc by arc
  std::vector<HierarchyQuery::End> ends_;              ///< `vertex` is a row here
  std::vector<std::uint32_t> offset_;
};

/// The nearest of many goals, for as long as a metric stays as it is. May be shared by threads.
class HierarchyGoals {
 public:
  /// As `HierarchyTargets`.
  HierarchyGoals(const HierarchyMetric& metric, std::span<const HierarchyQuery::End> ends,
                 std::span<const std::uint32_t> offset);

  struct Found {
    std::uint32_t goal = Hierarchy::kNone;  ///< index; of goals at equal cost the first
    PathCost cost = kUnreachable;
  };
  [[nodiscard]] Found nearest(std::span<const HierarchyQuery::Meeting> climbed) const;
  [[nodiscard]] std::uint64_t version() const { return version_; }

 private:
  std::vector<Found> best_;  ///< by vertex: the nearest goal going down only
  std::uint64_t version_;
};

}  // namespace chimata
