/// Which of many goals is nearest, for every node; and the goals of one node by distance.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "chimata/network/network.hpp"
#include "chimata/routing/travel_cost.hpp"

namespace chimata {

inline constexpr std::uint32_t kNoGoal = std::numeric_limits<std::uint32_t>::max();

struct Nearest {
  Column<NodeId, std::uint32_t> goal;  ///< index of the nearest goal; kNoGoal where there is no way
  Column<NodeId, PathCost> cost;       ///< ms; kUnreachable where there is no way
};

/// The nearest of `goals` for every node. Of goals at equal cost the one with the smallest index is
/// named, wherever it lies; a tree to all goals may lead to another one of those.
[[nodiscard]] Nearest nearest_of(const Network& network, const LinkCosts& costs,
                                 std::span<const NodeId> goals);

struct RankedGoal {
  std::uint32_t goal;  ///< index
  PathCost cost;       ///< ms
  friend bool operator==(RankedGoal, RankedGoal) = default;
};

/// The `count` nearest goals of one node, nearest first, equal costs by index. Looks only as far as
/// needed; fewer are returned if fewer can be reached.
[[nodiscard]] std::vector<RankedGoal> goals_by_cost(const Network& network, const LinkCosts& costs,
                                                    std::span<const NodeId> goals, NodeId from,
                                                    std::size_t count);

}  // namespace chimata
