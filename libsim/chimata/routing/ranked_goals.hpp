/// The goals of any node by distance, found no further than somebody asks.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "chimata/routing/nearest.hpp"

namespace chimata {

/// Goals in the order of `goals_by_cost`. What was found is kept by node: most who ask take one of the first,
/// so a search goes no further than a few goals until somebody wants more. Refers to network and costs.
class RankedGoals {
 public:
  RankedGoals(const Network& network, const LinkCosts& costs, std::vector<NodeId> goals)
      : network_(network), costs_(costs), goals_(std::move(goals)) {}

  /// The goal that is `place`-th nearest (from 0) to `from`; none if fewer can be reached.
  [[nodiscard]] std::optional<RankedGoal> at(NodeId from, std::size_t place);

 private:
  struct Found {
    std::vector<RankedGoal> goals;
    bool all = false;
  };
  const Network& network_;
  const LinkCosts& costs_;
  std::vector<NodeId> goals_;
  std::map<NodeId, Found> found_;
};

}  // namespace chimata
