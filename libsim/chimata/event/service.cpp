#include "chimata/event/service.hpp"

#include <algorithm>

namespace chimata {

namespace {

Event state_change(Time time, PersonId person, PersonState state) {
  return {.time = time, .person = person, .value = static_cast<std::uint32_t>(state)};
}

}  // namespace

EventService::EventService(std::shared_ptr<const World> world, const EventModel& model,
                           const EventSetting& setting)
    : world_(std::move(world)),
      model_(model),
      setting_(setting),
      ways_(*world_->network, site()),
      visits_(plan_visits(*world_, model_, setting_, ways_)),
      fates_(visits_.size()),
      leaving_by_(site().gates.size(), 0),
      last_boarded_(kStart - Duration{1}),
      at_home_(static_cast<std::int64_t>(world_->people->size())) {
  row_of_.assign(world_->people->size(), kStaysHome);
  for (std::uint32_t row = 0; row < visits_.size(); ++row) {
    row_of_[visits_[row].person] = row;
    leave_home_.add(visits_[row].leaves_home, visits_[row].person);
    set_out_.add(visits_[row].sets_out, visits_[row].person);
  }
}

Time EventService::next_event() const {
  return std::min({leave_home_.next(), set_out_.next(), next_train()});
}

/// The next train that somebody waits for.
Time EventService::next_train() const {
  if (waiting_.empty()) return kNever;
  const Time earliest = std::max(last_boarded_ + Duration{1}, fates_[waiting_.front()].home);
  const auto gone = (earliest - kStart + model_.train_every - Duration{1}) / model_.train_every;
  const Time next = kStart + gone * model_.train_every;
  return next > model_.last_train ? kNever : next;
}

void EventService::advance(Window window, const Inbox& inbox, Outbox& outbox, Arena&) {
  for (const Handover& arrival : inbox.arrivals) take_in(arrival, outbox);
  for (Time train = next_train(); train < window.to; train = next_train()) board(train, outbox);
  leave_home_.run_before(window.to, [&](Time t, PersonId person) { leave_home(t, person, outbox); });
  set_out_.run_before(window.to, [&](Time t, PersonId person) { set_out(t, person, outbox); });
}

void EventService::set_phase(std::uint32_t row, Phase phase) {
  const auto count = [&](Phase p, std::int64_t by) {
    if (p == Phase::at_home) at_home_ += by;
    if (p == Phase::platform || p == Phase::stuck) held_up_ += by;
  };
  count(fates_[row].phase, -1);
  count(phase, 1);
  fates_[row].phase = phase;
}

void EventService::leave_home(Time time, PersonId person, Outbox& outbox) {
  const std::uint32_t row = row_of_[person];
  const Visit& visit = visits_[row];
  set_phase(row, Phase::coming);
  outbox.events.push_back(state_change(time, person, PersonState::travelling));
  outbox.departures.push_back({.time = time,
                               .person = person,
                               .at = world_->people->home_node[person],
                               .goal = site().gates[visit.gate_in].node,
                               .knowledge = Knowledge::informed,
                               .to = setting_.walking});
}

void EventService::take_in(const Handover& arrival, Outbox& outbox) {
  const std::uint32_t row = row_of_[arrival.person];
  const Visit& visit = visits_[row];
  if (arrival.state == PersonState::waiting) {  // no way; whoever handed them over has said so
    set_phase(row, Phase::stuck);
    return;
  }
  switch (fates_[row].phase) {
    case Phase::coming:
      fates_[row].came = arrival.time;
      if (arrival.time >= visit.sets_out) return go_home(arrival, outbox);
      set_phase(row, Phase::inside);
      outbox.departures.push_back({.time = arrival.time,
                                   .person = arrival.person,
                                   .at = arrival.at,
                                   .goal = site().spots[visit.spot].goal,
                                   .to = setting_.crowds});
      return;
    case Phase::inside:
    case Phase::leaving:
      fates_[row].out = arrival.time;
      if (fates_[row].phase == Phase::leaving) --leaving_by_[fates_[row].gate_out];
      fates_[row].gate_out = gate_at(arrival.at);  // a crowd may have pushed them out by another one
      return go_home(arrival, outbox);
    case Phase::going:
      return arrive(arrival.time, row, outbox);
    default:
      throw std::logic_error("event: somebody at home was handed over");
  }
}

GateRow EventService::gate_at(NodeId node) const {
  const auto& gates = site().gates;
  return static_cast<GateRow>(
      std::find_if(gates.begin(), gates.end(), [&](const AreaGate& g) { return g.node == node; }) -
      gates.begin());
}

void EventService::go_home(const Handover& from, Outbox& outbox) {
  set_phase(row_of_[from.person], Phase::going);
  Handover home = from;
  home.goal = world_->people->home_node[from.person];
  home.knowledge = Knowledge::informed;
  home.to = setting_.walking;
  outbox.departures.push_back(home);
}

/// Home, or at the station where they wait for a train; `home` is when they came there until one has left.
void EventService::arrive(Time time, std::uint32_t row, Outbox& outbox) {
  fates_[row].home = time;
  const bool waits = visits_[row].by_train != 0;
  set_phase(row, waits ? Phase::platform : Phase::at_home);
  if (waits) waiting_.push_back(row);
  outbox.events.push_back(
      state_change(time, visits_[row].person, waits ? PersonState::waiting : PersonState::home));
}

/// First come, first on board. Those who reach the platform within the window of a train count as too late.
void EventService::board(Time train, Outbox& outbox) {
  last_boarded_ = train;
  std::size_t places = static_cast<std::size_t>(model_.train_capacity), kept = 0;
  for (const std::uint32_t row : waiting_) {
    if (places == 0 || fates_[row].home > train) {
      waiting_[kept++] = row;
      continue;
    }
    --places, ++boarded_;
    fates_[row].home = train;
    set_phase(row, Phase::at_home);
    outbox.events.push_back(state_change(train, visits_[row].person, PersonState::home));
  }
  waiting_.resize(kept);
}

void EventService::set_out(Time time, PersonId person, Outbox& outbox) {
  const std::uint32_t row = row_of_[person];
  if (fates_[row].phase != Phase::inside) return;  // not there yet: turns round at the gate
  set_phase(row, Phase::leaving);
  const GateRow gate = fates_[row].gate_out = gate_out(visits_[row]);
  ++leaving_by_[gate];
  outbox.orders.push_back({.time = time, .person = person, .goal = site().gates[gate].node});
}

/// The way they came, unless that gate lets nobody out; those who follow guidance the one that is quickest
/// now.
GateRow EventService::gate_out(const Visit& visit) const {
  const auto& gates = site().gates;
  if (visit.guided == 0 && gates[visit.gate_in].way_out) return visit.gate_in;
  const double speed = double{world_->people->free_speed[visit.person]};
  GateRow best = visit.gate_in;
  double least = std::numeric_limits<double>::infinity();
  for (GateRow gate = 0; gate < gates.size(); ++gate) {
    if (!gates[gate].way_out) continue;
    const double way =
        ways_.to_spot(gate, visit.spot) + ways_.metres(gate, world_->people->home_node[visit.person]);
    const double queue = visit.guided != 0 ? static_cast<double>(leaving_by_[gate]) /
                                                 (setting_.gate_flow * gates[gate].width())
                                           : 0;
    if (const double time = way / speed + queue; time < least) least = time, best = gate;
  }
  return best;
}

std::unique_ptr<Process> make_event(std::shared_ptr<const World> world, const EventModel& model,
                                    const EventSetting& setting) {
  return std::make_unique<EventService>(std::move(world), model, setting);
}

}  // namespace chimata
