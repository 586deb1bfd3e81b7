/// How many more people the streets behind the gates of areas can hold.
#pragma once

#include <algorithm>
#include <cmath>

#include "chimata/mobility/field.hpp"
#include "chimata/mobility/world.hpp"
#include "chimata/walking/streets.hpp"
#include "chimata/walking/walker.hpp"

namespace chimata::walking {

/// Writes the field "room.gates": one value per gate of all areas. A gate that opens onto a node, and not
/// onto a street, has room for all: people wait beside the road there.
class GateRooms {
 public:
  GateRooms(const World& world, Fields& fields) : world_(world) {
    std::size_t gates = 0;
    for (const FocusArea& area : world.areas) gates += area.gates.size();
    if (gates > 0) field_ = &fields.create("room.gates", "persons", gates);
  }

  /// Publishes the room as it is now, if it has changed.
  void publish(const Lanes& lanes, const Streets& streets) {
    if (field_ == nullptr) return;
    std::size_t row = 0;
    bool changed = false;
    for (const FocusArea& area : world_.areas) {
      for (const AreaGate& gate : area.gates) {
        const float now = gate.out.valid() ? room_behind(gate, lanes, streets) : kAll;
        changed = changed || field_->next()[row] != now;
        field_->next()[row++] = now;
      }
    }
    if (changed) field_->publish();
  }

 private:
  static constexpr float kAll = 1e9f;

  /// As at nodes, a street that is full of people takes in those of a direction that has not its quarter; of
  /// the street only the part outside counts.
  static float room_behind(const AreaGate& gate, const Lanes& lanes, const Streets& streets) {
    const Street& street = streets[gate.out];
    const double own = lanes.count[gate.out.value], oncoming = lanes.count[Network::twin_of(gate.out).value];
    const double share = std::clamp(gate.to_node / street.length, 0.0, 1.0);
    const double room = share * static_cast<double>(street.room),
                 quarter = share * static_cast<double>(street.quarter);
    return static_cast<float>(std::floor(std::max({0.0, room - own - oncoming, quarter - own})));
  }

  const World& world_;
  Field* field_ = nullptr;
};

}  // namespace chimata::walking
