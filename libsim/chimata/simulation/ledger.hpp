/// The second, independent count of everyone: kept from events and handovers alone.
#pragma once

#include <cstdint>
#include <vector>

#include "chimata/mobility/process.hpp"

namespace chimata {

class Ledger {
 public:
  explicit Ledger(std::size_t people = 0)
      : state_(people, static_cast<std::uint8_t>(PersonState::home)), holder_(people, 0), giver_(people, 0) {}

  /// Takes in one state change. Events must come in (time, person) order.
  void apply(const Event& event) {
    if (event.kind == Event::Kind::state_change)
      state_[event.person.value] = static_cast<std::uint8_t>(event.value);
  }
  /// `from` gives `handover.person` away. @throws std::logic_error if it did not hold them
  void apply(const Handover& handover, ProcessIndex from);

  [[nodiscard]] ProcessIndex holder(PersonId person) const { return holder_[person.value]; }
  /// Who gave the person to their present holder.
  [[nodiscard]] ProcessIndex giver(PersonId person) const { return giver_[person.value]; }
  [[nodiscard]] PersonState state(PersonId person) const {
    return static_cast<PersonState>(state_[person.value]);
  }
  [[nodiscard]] Census census() const;

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  std::vector<std::uint8_t> state_;
  std::vector<ProcessIndex> holder_, giver_;
};

}  // namespace chimata
