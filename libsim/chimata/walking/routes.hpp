/// The way from everywhere to each goal: for those who know only the map, and for those who know more.
#pragma once

#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/walking/streets.hpp"

namespace chimata::walking {

/// Next links toward every goal in use.
///
/// The usual map never changes, so its trees are built once and never saved. What informed people know is
/// built when first needed, and again when the streets have changed and either `kNewsEvery` has passed or
/// somebody found the way closed. Those trees depend on when they were built, so they are state and saved.
class Routes {
 public:
  /// Row of a goal.
  using Goal = std::uint32_t;
  static constexpr Duration kNewsEvery{300'000};

  explicit Routes(const Streets& streets);

  /// The row of goal `node`; a new goal's map tree is built by the next `prepare`.
  [[nodiscard]] Goal goal_of(NodeId node);
  [[nodiscard]] NodeId node_of(Goal goal) const { return goals_[goal]; }
  /// Marks that somebody informed heads for `goal`.
  void inform(Goal goal) { wanted_[goal] = 1; }

  /// Builds what is missing or outdated at the start of a tick.
  void prepare(Time now, Arena& arena);
  /// Brings the informed trees of `goals` (ascending, no duplicates) up to date at once.
  void learn(const std::vector<Goal>& goals, Time now, Arena& arena);

  /// Whether informed people know the present state of the streets on their way to `goal`.
  [[nodiscard]] bool fresh(Goal goal) const { return informed_version_[goal] == streets_.version(); }
  /// The link to take at `node`; none at the goal and where there is no way.
  [[nodiscard]] LinkId next(Goal goal, Knowledge knowledge, NodeId node) const {
    const auto& tree = knowledge == Knowledge::informed ? informed_[goal] : usual_[goal];
    return tree.empty() ? LinkId::none() : tree[node];
  }

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  using NextLinks = Column<NodeId, LinkId>;
  static constexpr std::uint64_t kNeverBuilt = ~std::uint64_t{0};
  void add(NodeId node);

  const Streets& streets_;
  LinkCosts usual_costs_;
  std::vector<NodeId> goals_;
  Column<NodeId, Goal> row_;  ///< by node; none_value if no goal
  std::vector<NextLinks> usual_, informed_;
  std::vector<std::uint8_t> wanted_;
  std::vector<std::uint64_t> informed_version_;
  std::vector<Time> informed_at_;
};

}  // namespace chimata::walking
