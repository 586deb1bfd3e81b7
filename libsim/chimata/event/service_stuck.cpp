// Those whom no way leads on: by another gate, or when the streets are open again.
#include <algorithm>

#include "chimata/event/service.hpp"

namespace chimata {

namespace {
constexpr Duration kLookAgain{300'000};  // as those cut off in an evacuation; judgement, grade C
}

bool EventService::too_late(Time time, std::uint32_t row) const {
  return time >= plan_.visits[row].sets_out || stopped_ != kNever;
}

/// Whoever handed them over has said that they wait.
void EventService::lose_way(const Handover& arrival, Outbox& outbox) {
  const std::uint32_t row = row_of_[arrival.person];
  const Fate& fate = fates_[row];
  if (fate.wanted != 0 || fate.phase == Phase::evacuated) return hand_on(arrival, outbox);
  if (fate.phase == Phase::driving_in && arrival.at == world_->people->home_node[arrival.person])
    return arrive(arrival.time, row, outbox);  // no road leads in just now: not today
  const bool comes = fate.phase == Phase::coming && !too_late(arrival.time, row);
  comes ? go_to_other_gate(arrival, outbox) : wait_for_way(arrival);
}

/// The nearest to which they have not tried to get since they last waited.
void EventService::go_to_other_gate(const Handover& arrival, Outbox& outbox) {
  const std::uint32_t row = row_of_[arrival.person];
  Visit& visit = plan_.visits[row];
  std::vector<GateRow>& tried = tried_[row];
  tried.push_back(visit.gate_in);
  const GateRow other = ways(arrival.time).way_in(arrival.at, visit.spot, tried);
  if (other == ways_.size()) return wait_for_way(arrival);
  visit.gate_in = other;
  log_state(arrival.time, arrival.person, PersonState::travelling, outbox);
  go_to_gate({.time = arrival.time, .person = arrival.person, .at = arrival.at, .goal = {}}, outbox);
}

void EventService::wait_for_way(const Handover& arrival) {
  const std::uint32_t row = row_of_[arrival.person];
  tried_.erase(row);
  fates_[row].was = fates_[row].phase;
  fates_[row].at = arrival.at;
  set_phase(row, Phase::stuck);
  again_.add(std::min(arrival.time + kLookAgain, ways(arrival.time).good().to), arrival.person);
  look_for_others(arrival.time, row);
}

void EventService::look_again(Time time, PersonId person, Outbox& outbox) {
  const std::uint32_t row = row_of_[person];
  Fate& fate = fates_[row];
  if (fate.phase != Phase::stuck) return;  // somebody else has taken care of them
  if (fate.was == Phase::driving_in || fate.was == Phase::driving_out)
    return drive_again(time, plan_.visits[row].party, outbox);
  const bool comes = fate.was == Phase::coming && !too_late(time, row);
  if (comes) {
    const GateRow gate = ways(time).way_in(fate.at, plan_.visits[row].spot);
    if (gate != ways_.size()) plan_.visits[row].gate_in = gate;
  }
  log_state(time, person, PersonState::travelling, outbox);
  const Handover on{.time = time, .person = person, .at = fate.at, .goal = {}};
  comes ? go_to_gate(on, outbox) : go_home(on, outbox);
}

/// All who are stuck in one car, by the first of them.
void EventService::drive_again(Time time, PartyRow row, Outbox& outbox) {
  const Party& party = plan_.parties[row];
  PersonId driver = PersonId::none();
  for (std::uint32_t member = party.first; member < party.first + party.people; ++member) {
    const Fate& fate = fates_[member];
    const bool out = fate.was == Phase::driving_out;
    if (fate.phase != Phase::stuck || (!out && fate.was != Phase::driving_in)) continue;
    const PersonId person = plan_.visits[member].person;
    if (!driver.valid()) driver = person;
    log_state(time, person, PersonState::travelling, outbox);
    drive({.time = time, .person = person, .at = fate.at, .goal = {}, .leader = driver},
          out ? world_->people->home_node[person] : car_park(member).by_car, fate.was, outbox);
  }
}

}  // namespace chimata
