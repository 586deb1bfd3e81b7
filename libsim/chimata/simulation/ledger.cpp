#include "chimata/simulation/ledger.hpp"

#include <stdexcept>
#include <string>

namespace chimata {

void Ledger::apply(const Handover& handover, ProcessIndex from) {
  ProcessIndex& holder = holder_[handover.person.value];
  if (holder != from) {
    throw std::logic_error("person " + std::to_string(handover.person.value) +
                           " was handed over by process " + std::to_string(from) +
                           " but is held by process " + std::to_string(holder));
  }
  giver_[handover.person.value] = from;
  holder = handover.to;
}

Census Ledger::census() const {
  Census census{};
  for (const std::uint8_t state : state_) ++census[state];
  return census;
}

void Ledger::save(SnapshotWriter& out) const {
  out.put("state", state_);
  out.put("holder", holder_);
  out.put("giver", giver_);
}

void Ledger::load(const SnapshotReader& in) {
  in.get("state", state_);
  in.get("holder", holder_);
  in.get("giver", giver_);
}

}  // namespace chimata
