/// All that moves and all it moves on: the state that junctions share out among themselves.
#pragma once

#include <algorithm>
#include <vector>

#include "chimata/driving/road.hpp"
#include "chimata/driving/routes.hpp"
#include "chimata/driving/signals.hpp"

namespace chimata::driving {

/// A node as cars meet it. Rows of `Traffic::in`, `out` and, for movements, of `pass` and `green`: movement
/// (i, o) is row first_movement + i * outs + o; those who start from beside the road form approach `ins`.
struct Junction {
  std::uint32_t first_in = 0, first_out = 0, first_movement = 0;
  std::uint32_t plan = 0;     ///< of its signals, 0 for none
  std::uint32_t waiting = 0;  ///< vehicles beside the road
  std::uint16_t gate = 0;     ///< row of `Traffic::gates`, 0 for none
  std::uint8_t ins = 0, outs = 0;
};
static_assert(sizeof(Junction) == 24);

/// Where cars leave the road at a limited rate.
struct GateQueue {
  double headway = 0;  ///< s
  double next = -kForever;
};

struct Traffic {
  Traffic(const World& world, const DrivingModel& model, const std::vector<CarGate>& gates);

  const Network& network;
  const DrivingModel& model;
  Signals signals;
  Shutters shutters;
  Routes routes;
  Column<LinkId, Road> roads;
  Column<LinkId, LinkQueue> queues;
  std::vector<Slot> slots;
  Column<NodeId, Junction> junctions;
  std::vector<LinkId> in, out;
  std::vector<double> quiet;  ///< by row of `in`: nobody goes over from there before, s; -kForever: look
  std::vector<std::uint64_t> pass;     ///< virtual time of each movement in the merge into its link
  std::vector<Signals::Phases> green;  ///< of each movement; empty without signals
  std::vector<GateQueue> gates;        ///< row 0 is no gate
  std::vector<Vehicle> vehicles;
  std::vector<double> departed;  ///< s, when each of them wanted to start
  double interval_start = 0;     ///< s, from which the sums of `LinkQueue` count

  /// Puts a vehicle that is about to start into a row: one used before, or the next.
  void put(VehicleRow row, const Vehicle& vehicle) {
    if (row == vehicles.size()) vehicles.emplace_back(), departed.emplace_back();
    vehicles[row] = vehicle;
    departed[row] = vehicle.since;
  }
  [[nodiscard]] std::uint32_t present(LinkId link) const { return queues[link].entered - queues[link].left; }
  /// Slot of the i-th vehicle from the exit.
  [[nodiscard]] Slot& slot(LinkId link, std::uint32_t i) {
    const Road& road = roads[link];
    const std::uint32_t row = queues[link].exit_slot + i;
    return slots[road.first_slot + (row < road.slots ? row : row - road.slots)];
  }
  [[nodiscard]] const Slot& slot(LinkId link, std::uint32_t i) const {
    return const_cast<Traffic*>(this)->slot(link, i);
  }
  /// Whether the link can take in one more once its gap has come back, as far as its upstream end knows.
  [[nodiscard]] bool has_room(LinkId link) const {
    const LinkQueue& queue = queues[link];
    return queue.left_seen + roads[link].room > queue.entered;
  }
  /// When the gap for the next vehicle comes to the upstream end; only where `has_room`.
  [[nodiscard]] double gap_arrives(LinkId link) const {
    const Road& road = roads[link];
    const LinkQueue& queue = queues[link];
    if (queue.entered < road.room) return -kForever;
    const std::uint32_t row = queue.entry_slot + road.slots - road.room;
    return slots[road.first_slot + (row < road.slots ? row : row - road.slots)].time + road.wave_time;
  }
  /// Notes from when on the next may enter, after anything that it depends on has changed.
  void reopen(LinkId link) {
    LinkQueue& queue = queues[link];
    queue.open_from =
        has_room(link) ? std::max(queue.last_entry + roads[link].entry_headway, gap_arrives(link)) : kForever;
  }
  /// All approaches of `node` have to be looked at again.
  void stir(NodeId node) {
    const Junction& junction = junctions[node];
    for (std::uint32_t i = 0; i < junction.ins; ++i) quiet[junction.first_in + i] = -kForever;
  }
};

[[nodiscard]] LinkCosts free_costs(const Network& network);

}  // namespace chimata::driving
