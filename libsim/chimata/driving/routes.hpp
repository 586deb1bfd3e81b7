/// Where vehicles go next: along a fixed route, or by the tree to their goal.
#pragma once

#include <span>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/parallel.hpp"
#include "chimata/core/random.hpp"
#include "chimata/driving/vehicle.hpp"
#include "chimata/routing/turn_tree.hpp"

namespace chimata::driving {

/// What keeps drivers from a link, bit by bit: nobody enters it, or nobody who knows.
inline constexpr std::uint8_t kBarred = 1, kAvoided = 2;

/// How informed drivers differ. If all knew the same travel times, all would take the same way and jam it;
/// so each perceives the time of every link as the true one times a factor of its own, uniform in 1 ± spread
/// (Burrell 1968, "Multiple route assignment and its application to capacity restraint", 4th International
/// Symposium on the Theory of Traffic Flow). As there, nobody draws alone: drivers to one goal belong to one
/// of a few perceptions, whose factors stay the same through the run.
struct Perceptions {
  std::uint32_t count = 1;
  double spread = 0;
  Random random{Seed{}};

  /// The perception of somebody.
  [[nodiscard]] std::uint8_t of(std::uint32_t somebody) const;
  /// Makes `seen` of `costs`, ms, as the drivers see them who follow `tree`.
  void see(const LinkCosts& costs, std::uint32_t tree, LinkCosts& seen) const;
};

/// Trees to every goal in use, honouring turn restrictions. Those who know only the usual map follow trees
/// of free speed, which are never saved; the informed follow trees of the present costs as they perceive
/// them, built when `learn` or `renew` is called. A driver before a barred link learns how things are.
class Routes {
 public:
  using Goal = std::uint32_t;
  using Tree = std::uint32_t;  ///< of the informed: goal * perceptions + perception

  Routes(const Network& network, LinkCosts usual, Perceptions perceptions = {});

  /// Where a fixed route over `links`, each from where the last one ended, begins; give it to
  /// `Vehicle::guide`.
  [[nodiscard]] std::uint32_t add_route(std::span<const LinkId> links);
  [[nodiscard]] Goal goal_of(NodeId node);
  [[nodiscard]] NodeId node_of(Goal goal) const { return goals_[goal]; }
  [[nodiscard]] LinkId link_of(TurnState state) const { return graph_.link_of(state); }

  /// What is known from now on: present costs, and for each link kBarred, kAvoided or both.
  void tell(LinkCosts costs, Column<LinkId, std::uint8_t> barred);
  /// Builds usual trees of new goals.
  void prepare(Arena& arena);
  [[nodiscard]] Tree tree_of(const Vehicle& vehicle) const {
    return vehicle.guide * perceptions_.count + vehicle.perception;
  }
  /// Brings these informed trees up to date.
  void learn(std::vector<Tree> trees, Arena& arena);
  /// Brings the informed trees of one perception up to date that somebody follows (`followed`, by tree). The
  /// others are forgotten: whoever sets out along one of them learns it.
  void renew(std::uint32_t perception, const std::vector<std::uint8_t>& followed, Arena& arena);
  [[nodiscard]] std::size_t tree_count() const { return informed_.size(); }
  [[nodiscard]] const Perceptions& perceptions() const { return perceptions_; }

  /// What a vehicle at the end of `at` wants. May make its driver an informed one; kLearns asks for `learn`.
  [[nodiscard]] LinkId wish(Vehicle& vehicle, LinkId at) const;
  /// What a vehicle that starts at `node` wants.
  [[nodiscard]] LinkId first_wish(Vehicle& vehicle, NodeId node) const;
  /// Notes that `vehicle` enters `link`.
  void enter(Vehicle& vehicle, LinkId from, LinkId link) const;
  /// Asks for the memory that `wish` will need.
  void expect(const Vehicle& vehicle) const {
    if (vehicle.fixed != 0) {
      __builtin_prefetch(&fixed_[vehicle.guide]);
    } else if (vehicle.knowledge != Knowledge::map_only && vehicle.state != kNobody) {
      const std::vector<std::uint8_t>& ways = informed_[tree_of(vehicle)].ways;
      if (!ways.empty()) __builtin_prefetch(&ways[vehicle.state]);
    }
  }
  /// As `wish`, but not by way of `closed`.
  [[nodiscard]] LinkId way_round(const Vehicle& vehicle, LinkId at, std::span<const LinkId> closed) const;

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);  ///< `prepare` has to follow

 private:
  /// A tree in bytes, for cities have many: which of the links that leave the node ahead to take, by state of
  /// turn and after these, for those who start, by node; kEnd where there is no way, and for
  /// turns at the goal.
  struct Guide {
    std::vector<std::uint8_t> ways;  ///< empty until built
    std::uint32_t version = 0;       ///< of the news that it was built from
  };
  static constexpr std::uint8_t kEnd = 255;
  [[nodiscard]] LinkId fixed_wish(const Vehicle& vehicle, NodeId node) const {
    const std::uint8_t way = fixed_[vehicle.guide];
    return way == kEnd ? kArrives : network_.leaving(node)[way];
  }
  [[nodiscard]] Guide guide_to(TurnTreeSearch& search, const LinkCosts& costs, NodeId goal) const;
  /// What a vehicle at `node` wants whose guide has its way in `row`.
  [[nodiscard]] LinkId decide(Vehicle& vehicle, NodeId node, std::size_t row) const;
  /// Calls `build(i, search, scratch)` for each of `trees`.
  template <class Build>
  void build(std::size_t trees, Arena& arena, Build&& build) const;

  const Network& network_;
  Perceptions perceptions_;
  TurnGraph graph_;
  LinkCosts usual_costs_, costs_;
  Column<LinkId, std::uint8_t> barred_;
  Column<LinkId, std::uint8_t> way_;  ///< how many links that leave the same node come before it
  /// Fixed routes one after the other: which of the links that leave the node comes next, kEnd at the goal.
  /// A byte each, for a car looks at another place of this memory at every junction.
  std::vector<std::uint8_t> fixed_;
  std::vector<NodeId> goals_;
  Column<NodeId, Goal> row_;
  std::vector<Guide> usual_;     ///< by goal
  std::vector<Guide> informed_;  ///< by tree; version 0: never built, or forgotten
  std::uint32_t version_ = 1;
};

}  // namespace chimata::driving
