#include "chimata/driving/traffic.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"

namespace chimata::driving {

namespace {

constexpr int kMostLanes = 255;

/// The most lanes each link ever has: its ring has to hold them.
Column<LinkId, int> most_lanes(const World& world) {
  const Network& network = *world.network;
  Column<LinkId, int> most(network.link_count());
  for (std::uint32_t l = 0; l < most.size(); ++l) most[LinkId{l}] = network.lanes[LinkId{l}];
  for (const LinkChange& change : world.link_changes) {
    int& lanes = most[change.link];
    lanes = std::min(kMostLanes, lanes + std::max(0, change.lanes));
  }
  return most;
}

}  // namespace

LinkCosts free_costs(const Network& network) {
  LinkCosts costs(network.link_count(), kClosed);
  for (std::uint32_t l = 0; l < costs.size(); ++l) {
    const LinkId link{l};
    if (!network.allows(link, kCar) || network.lanes[link] == 0 || !(network.speed[link] > 0)) continue;
    const double ms = network.length_of(link) / double{network.speed[link]} * 1000 + 0.5;
    costs[link] = static_cast<Cost>(std::clamp(ms, 1.0, double{kClosed} - 1));
  }
  return costs;
}

Traffic::Traffic(const World& world, const DrivingModel& driving, const std::vector<CarGate>& exits)
    : network(*world.network),
      model(driving),
      signals(network, model),
      shutters(world),
      routes(network, free_costs(network),
             {static_cast<std::uint32_t>(model.perceptions), model.perception_spread, world.random}),
      roads(network.link_count()),
      queues(network.link_count()),
      junctions(network.node_count()),
      gates(1) {
  const Column<LinkId, int> lanes = most_lanes(world);
  const auto drives = [&](LinkId link) {
    return network.allows(link, kCar) && (lanes[link] > 0 || network.lanes[link] > 0);
  };
  std::vector<std::vector<LinkId>> entering(network.node_count());
  std::size_t rings = 0;
  for (std::uint32_t l = 0; l < network.link_count(); ++l) {
    const LinkId link{l};
    if (!drives(link)) continue;
    Road& road = roads[link];
    road.tail = network.tail(link), road.head = network.head(link);
    road.shutter = shutters.row_of(link);
    road.slots = std::max(1u, room_of(network, model, link, lanes[link]));
    road.first_slot = static_cast<std::uint32_t>(rings);
    rings += road.slots;
    set_road(road, network, model, link, {});
    entering[road.head.value].push_back(link);
  }
  slots.resize(rings);

  bool any_signal = false;
  for (std::uint32_t n = 0; n < network.node_count(); ++n) {
    Junction& junction = junctions[NodeId{n}];
    junction.first_in = static_cast<std::uint32_t>(in.size());
    junction.first_out = static_cast<std::uint32_t>(out.size());
    junction.first_movement = static_cast<std::uint32_t>(pass.size());
    junction.plan = signals.plan_of(NodeId{n});
    any_signal |= junction.plan != 0;
    for (const LinkId link : entering[n]) {
      roads[link].in_row = static_cast<std::uint8_t>(junction.ins++);
      in.push_back(link);
    }
    for (const LinkId link : network.leaving(NodeId{n})) {
      if (!drives(link)) continue;
      roads[link].out_row = static_cast<std::uint8_t>(junction.outs++);
      out.push_back(link);
    }
    pass.resize(pass.size() + (junction.ins + 1u) * junction.outs, 0);
  }
  quiet.assign(in.size(), -kForever);
  for (std::uint32_t l = 0; l < roads.size(); ++l) reopen(LinkId{l});
  if (any_signal) green.resize(pass.size(), 0);
  for (std::uint32_t n = 0; n < network.node_count() && any_signal; ++n) {
    const Junction& junction = junctions[NodeId{n}];
    for (std::uint32_t i = 0; i < junction.ins && junction.plan != 0; ++i) {
      for (std::uint32_t o = 0; o < junction.outs; ++o) {
        green[junction.first_movement + i * junction.outs + o] =
            signals.phases(junction.plan, in[junction.first_in + i], out[junction.first_out + o]);
      }
    }
  }
  for (const CarGate& gate : exits) {
    if (!(gate.flow > 0) || !gate.node.valid()) continue;
    junctions[gate.node].gate = static_cast<std::uint16_t>(gates.size());
    gates.push_back({1 / gate.flow, -kForever});
  }
}

}  // namespace chimata::driving
