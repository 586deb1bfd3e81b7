/// A made-up region that is cut as easily as real ones: neighbourhoods, arterials between them, rivers.
///
/// A plain lattice has no small cuts and is no road network; hierarchies live on small cuts. Here the
/// crossings of a perturbed grid form neighbourhoods of 8 x 8 that arterials bound; streets inside are
/// thinned, few leave a neighbourhood, and only arterials cross the rivers that run every 64 rows and
/// columns. About 2.4 directed arcs a node, as Sydney (2.3) or Chicago Regional (3.0) of the TNTP have.
#pragma once

#include "support/random_network.hpp"

namespace chimata::test {

/// At one crossing in ten a turn is forbidden or, at some, mandatory; at some over a via way.
inline void restrict_crossings(Network& network, Dice& dice) {
  for (std::uint32_t row = 0; row < network.node_count(); ++row) {
    const auto on = network.leaving(NodeId{row});
    if (on.size() < 3 || !dice.chance(0.1)) continue;
    const auto any = [&](std::span<const LinkId> links) {
      return links[dice.below(static_cast<std::uint32_t>(links.size()))];
    };
    TurnRestriction restriction;
    restriction.path = {Network::twin_of(any(on)), any(on)};
    if (dice.chance(0.2)) restriction.path.push_back(any(network.leaving(network.head(restriction.path[1]))));
    restriction.only = dice.chance(0.2);
    network.restrictions.push_back(restriction);
  }
}

/// Nodes of the largest part of the streets that cars may use.
inline std::vector<NodeId> nodes_for_cars(const Network& network) {
  const Components parts = components(network, kCar);
  std::vector<NodeId> nodes;
  for (std::uint32_t row = 0; row < network.node_count(); ++row) {
    if (parts.of_node.at(row) == 0) nodes.push_back(NodeId{row});
  }
  return nodes;
}

/// side x side crossings 90 m apart, some of them cut off; one street in eight is one-way.
inline Network road_network(std::uint32_t side, Dice dice) {
  constexpr std::uint32_t kNeighbourhood = 8, kRiver = 64;
  NetworkBuilder builder;
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      builder.add_node({column * 90 + 50 * dice.uniform(), row * 90 + 50 * dice.uniform()});
    }
  }
  // a street along `line`, from step `at` to the next one
  const auto street = [&](std::uint32_t from, std::uint32_t to, std::uint32_t line, std::uint32_t at) {
    const bool arterial = line % kNeighbourhood == 0;
    const bool leaves = at % kNeighbourhood == 0 || (at + 1) % kNeighbourhood == 0;
    const bool crosses_river = (at + kRiver / 2) % kRiver == 0;
    if (crosses_river ? !arterial || dice.chance(0.6) : !arterial && !dice.chance(leaves ? 0.3 : 0.7)) return;
    SegmentDraft draft;
    draft.from = NodeId{from}, draft.to = NodeId{to};
    draft.road_class = arterial ? RoadClass::secondary : RoadClass::residential;
    draft.speed = arterial ? 14.0 : 8.0;
    const auto& position = builder.so_far().position;
    draft.length = distance(position[draft.from], position[draft.to]) * (1 + dice.uniform() / 3);
    if (!arterial && dice.chance(0.125)) draft.modes_backward = kFoot;
    builder.add_segment(draft);
  };
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      const std::uint32_t here = row * side + column;
      if (column + 1 < side) street(here, here + 1, row, column);
      if (row + 1 < side) street(here, here + side, column, row);
    }
  }
  Network network = builder.build();
  restrict_crossings(network, dice);
  return network;
}

}  // namespace chimata::test
