/// Where vehicles go next: along a fixed route, or by the tree to their goal.
#pragma once

#include <span>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/parallel.hpp"
#include "chimata/driving/vehicle.hpp"
#include "chimata/routing/turn_tree.hpp"

namespace chimata::driving {

/// What keeps drivers from a link, bit by bit: nobody enters it, or nobody who knows.
inline constexpr std::uint8_t kBarred = 1, kAvoided = 2;

/// Trees to every goal in use, honouring turn restrictions. Those who know only the usual map follow trees
/// of free speed, which are never saved; the informed follow trees of the present costs, built when `learn`
/// or `renew` is called. A driver before a barred link learns how things are.
class Routes {
 public:
  using Goal = std::uint32_t;

  Routes(const Network& network, LinkCosts usual);

  /// Where a fixed route over `links` begins; give it to `Vehicle::guide`.
  [[nodiscard]] std::uint32_t add_route(std::span<const LinkId> links);
  [[nodiscard]] Goal goal_of(NodeId node);
  [[nodiscard]] NodeId node_of(Goal goal) const { return goals_[goal]; }
  [[nodiscard]] LinkId link_of(TurnState state) const { return graph_.link_of(state); }

  /// What is known from now on: present costs, and for each link kBarred, kAvoided or both.
  void tell(LinkCosts costs, Column<LinkId, std::uint8_t> barred);
  /// Builds usual trees of new goals.
  void prepare(Arena& arena);
  /// Brings the informed trees of `goals` up to date.
  void learn(std::vector<Goal> goals, Arena& arena);
  /// Brings all informed trees up to date.
  void renew(Arena& arena);

  /// What a vehicle at the end of `at` wants. May make its driver an informed one; kLearns asks for `learn`.
  [[nodiscard]] LinkId wish(Vehicle& vehicle, LinkId at) const;
  /// What a vehicle that starts at `node` wants.
  [[nodiscard]] LinkId first_wish(Vehicle& vehicle, NodeId node) const;
  /// Notes that `vehicle` enters `link`.
  void enter(Vehicle& vehicle, LinkId from, LinkId link) const;
  /// As `wish`, but not by way of `closed`.
  [[nodiscard]] LinkId way_round(const Vehicle& vehicle, LinkId at, std::span<const LinkId> closed) const;

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);  ///< `prepare` has to follow

 private:
  struct Guide {
    std::vector<TurnState> next;          ///< by state
    Column<NodeId, TurnState> beginning;  ///< by node
  };
  [[nodiscard]] Guide guide_to(TurnTreeSearch& search, const LinkCosts& costs, NodeId goal) const;
  [[nodiscard]] LinkId decide(Vehicle& vehicle, TurnState (*follow)(const Guide&, std::uint32_t),
                              std::uint32_t place) const;
  void build(const std::vector<Goal>& goals, const LinkCosts& costs, std::vector<Guide>& guides,
             Arena& arena);

  const Network& network_;
  TurnGraph graph_;
  LinkCosts usual_costs_, costs_;
  Column<LinkId, std::uint8_t> barred_;
  std::vector<LinkId> fixed_;  ///< routes one after the other, each ends with kArrives
  std::vector<NodeId> goals_;
  Column<NodeId, Goal> row_;
  std::vector<Guide> usual_, informed_;
  std::vector<std::uint32_t> informed_version_;  ///< 0: never built
  std::uint32_t version_ = 1;
};

}  // namespace chimata::driving
