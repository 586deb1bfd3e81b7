/// The earliest arrival over links that close and reopen.
///
/// Closures bind who enters a link, not who is on it. Where people may wait at nodes, leaving later
/// never lets anyone arrive earlier, and one label per node is enough. Where they may not, being
/// early can be worse than being late (the gate is still shut, and one has to walk on); then every
/// arrival time at a node is a label of its own, until the last closure has changed and the earliest
/// is best again. Both are exact.
#pragma once

#include <optional>
#include <vector>

#include "chimata/network/network.hpp"
#include "chimata/routing/closures.hpp"
#include "chimata/routing/travel_cost.hpp"

namespace chimata {

/// A way and when to take each of its links.
struct TimedPath {
  std::vector<LinkId> links;
  std::vector<Time> entries;  ///< moment each link is entered
  Time arrival;
};

/// Whether one may stand at a node, the first included, until a link opens.
enum class Waiting : std::uint8_t { allowed, forbidden };

/// The way from `from`, left at `depart`, that arrives first at `to`; none if nobody ever gets there.
///
/// Without waiting the effort grows with the number of distinct arrival times before the last change
/// of a closure, in the worst case one per millisecond and node. A bound from the network without
/// closures guides the search, so it stays on the free way as long as no gate stands across it.
[[nodiscard]] std::optional<TimedPath> earliest_arrival(const Network& network, const LinkCosts& costs,
                                                        const Closures& closures, NodeId from, NodeId to,
                                                        Time depart, Waiting waiting);

}  // namespace chimata
