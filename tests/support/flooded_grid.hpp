/// A grid of streets that water comes into from the west: what engines are put through the contract of a
/// process with.
#pragma once

#include <algorithm>
#include <memory>
#include <random>

#include "chimata/mobility/world.hpp"
#include "chimata/network/builder.hpp"
#include "mobility/process_conformance.hpp"

namespace chimata::test {

/// Crossings 60 m apart in a square, row by row. `add_node(builder, point)` and `join(builder, from, to)` say
/// what they and the streets between them are like.
template <class AddNode, class Join>
std::shared_ptr<const Network> square_grid(int side, AddNode&& add_node, Join&& join) {
  NetworkBuilder builder;
  const auto node = [&](int x, int y) { return NodeId{static_cast<std::uint32_t>(y * side + x)}; };
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) add_node(builder, Point{60.0 * x, 60.0 * y});
  }
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      if (x + 1 < side) join(builder, node(x, y), node(x + 1, y));
      if (y + 1 < side) join(builder, node(x, y), node(x, y + 1));
    }
  }
  return std::make_shared<const Network>(builder.build());
}

/// Somebody between random corners, who sets out in the first third of the `seconds`.
inline Handover any_trip(std::mt19937& dice, const Network& network, PersonId person, int seconds) {
  Handover handover{};
  handover.time = Time{Duration{static_cast<std::int64_t>(dice() % (static_cast<unsigned>(seconds) * 300))}};
  handover.person = person;
  handover.at = NodeId{dice() % network.node_count()};
  handover.goal = NodeId{(dice() % 7) * (network.node_count() / 7)};
  handover.knowledge = dice() % 2 ? Knowledge::informed : Knowledge::map_only;
  handover.to = 1;
  return handover;
}

/// Now and then somebody under way is told of another goal, or asked for by another process.
inline void perhaps_order(std::mt19937& dice, const Network& network, const Handover& trip,
                          ContractCase& rules) {
  if (dice() % 20 != 0) return;
  rules.orders.push_back({trip.time + Duration{60'000}, trip.person, NodeId{dice() % network.node_count()},
                          Knowledge::informed});
  if (dice() % 3 != 0) return;
  rules.orders.back().kind = Order::Kind::hand_over;
  rules.orders.back().hand_to = 2;
}

/// The grid with its people and two closed streets.
inline std::shared_ptr<World> flooded_world(std::shared_ptr<const Network> network,
                                            std::shared_ptr<const Population> people, int seconds) {
  auto world = std::make_shared<World>();
  world->network = std::move(network);
  world->people = std::move(people);
  world->samples = std::make_shared<const SegmentSamples>(sample_segments(*world->network));
  world->closures = {{LinkId{10u}, {time_of(60), time_of(200)}}, {LinkId{24u}, {time_of(30), kNever}}};
  world->end = time_of(seconds);
  return world;
}

/// The water after `share` of the time: it rises from the west and falls again.
inline void flood_from_west(Fields& fields, const World& world, double share) {
  Field& depth = fields.all().find("depth.streets")->second;
  const double level = 1.5 * (share < 0.6 ? share : 1.2 - share);
  for (std::size_t i = 0; i < depth.next().size(); ++i) {
    depth.next()[i] = static_cast<float>(std::max(0.0, level - world.samples->point[i].x / 400));
  }
  depth.publish();
}

}  // namespace chimata::test
