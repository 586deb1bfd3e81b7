/// Fixed-time signals: when a movement over a node is free.
#pragma once

#include <vector>

#include "chimata/driving/driving.hpp"

namespace chimata::driving {

/// The plans of all signalised nodes. Where the network has a signal but no plan, one is made: two phases
/// by the axis of the approaches, green shared out by their lanes; a signal between crossings stops cars for
/// people on foot once a cycle. Green counts whole: what is lost at its start is won back on yellow (HCM).
class Signals {
 public:
  /// Phases in which a movement is green, one bit each; 0 where it never is.
  using Phases = std::uint32_t;

  Signals(const Network& network, const DrivingModel& model);

  /// Row of the plan of a node; 0 for none.
  [[nodiscard]] std::uint32_t plan_of(NodeId node) const { return plan_[node]; }
  [[nodiscard]] Phases phases(std::uint32_t plan, LinkId in, LinkId out) const;
  /// The first moment from `moment` on when one of `phases` is green; kForever if there is none.
  [[nodiscard]] double green_from(std::uint32_t plan, Phases phases, double moment) const;
  /// Mean wait of people who come at any moment and cross during the longest red of cars, s.
  [[nodiscard]] double walkers_delay(std::uint32_t plan) const { return plans_[plan].walkers_delay; }

 private:
  struct Phase {
    double from, to;  ///< s in the cycle
    std::vector<std::pair<LinkId, LinkId>> green;
    std::vector<LinkId> approaches;  ///< whole approaches, of plans made here
  };
  struct Plan {
    double cycle = 1, offset = 0, walkers_delay = 0;
    std::vector<Phase> phases;
  };
  void add(const SignalPlan& given);
  void make_plan(const Network& network, const DrivingModel& model, NodeId node,
                 const std::vector<LinkId>& approaches);
  void finish(NodeId node, Plan plan);

  Column<NodeId, std::uint32_t> plan_;
  std::vector<Plan> plans_;
};

}  // namespace chimata::driving
