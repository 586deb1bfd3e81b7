/// Who comes, when and to which place. Private to this room.
#pragma once

#include <cstdint>
#include <vector>

#include "chimata/event/event.hpp"

namespace chimata {

using GateRow = std::uint32_t;

/// Ways on foot between the streets and the gates of an area.
class GateWays {
 public:
  GateWays(const Network& network, const FocusArea& site);
  /// m from a node of the streets to the line of a gate, or back; infinite if there is no way.
  [[nodiscard]] double metres(GateRow gate, NodeId node) const { return metres_[gate][node]; }
  /// m straight from a gate to a spot.
  [[nodiscard]] double to_spot(GateRow gate, std::uint32_t spot) const;
  /// The gate that people come in by on their way from a node to a spot; none of them if there is no way.
  [[nodiscard]] GateRow way_in(NodeId from, std::uint32_t spot) const;
  [[nodiscard]] std::size_t size() const { return metres_.size(); }

 private:
  const FocusArea& site_;
  std::vector<Column<NodeId, double>> metres_;
  std::vector<Point> middle_;  ///< of spots
};

/// One person who comes.
struct Visit {
  PersonId person;
  std::uint32_t spot = 0;  ///< of the area
  GateRow gate_in = 0;
  std::uint8_t by_train = 0, guided = 0, unused[2] = {0, 0};
  Time leaves_home{};  ///< or comes out of the station
  Time sets_out{};     ///< for home
};
static_assert(sizeof(Visit) == 32);

/// Everybody who comes, by person. @throws InputError as `make_event`
[[nodiscard]] std::vector<Visit> plan_visits(const World& world, const EventModel& model,
                                             const EventSetting& setting, const GateWays& ways);

}  // namespace chimata
