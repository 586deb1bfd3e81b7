#include "chimata/event/service.hpp"

#include <algorithm>

namespace chimata {

namespace {
constexpr double kFarAway = 1e6;  // m, as good as no way
}

EventService::EventService(std::shared_ptr<const World> world, const EventModel& model,
                           const EventSetting& setting)
    : world_(std::move(world)),
      model_(model),
      setting_(setting),
      ways_(*world_, model_.start),
      plan_(plan_visits(*world_, model_, setting_, ways_)),
      fates_(plan_.visits.size()),
      cars_(plan_.parties.size(), Car::away),
      leaving_by_(site().gates.size(), 0),
      last_boarded_(kStart - Duration{1}),
      at_home_(setting_.home_keeper ? 0 : static_cast<std::int64_t>(world_->people->size())) {
  find_rows();
  for (const Visit& visit : plan_.visits) {
    leave_home_.add(visit.leaves_home, visit.person);
    set_out_.add(visit.sets_out, visit.person);
  }
}

void EventService::find_rows() {
  row_of_.assign(world_->people->size(), kStaysHome);
  for (std::uint32_t row = 0; row < plan_.visits.size(); ++row) row_of_[plan_.visits[row].person] = row;
  by_group_.clear();
  for (std::uint32_t row = 0; row < plan_.visits.size(); ++row) {
    if (plan_.visits[row].group != 0) by_group_.push_back(row);
  }
  std::stable_sort(by_group_.begin(), by_group_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return plan_.visits[a].group < plan_.visits[b].group;
  });
}

Time EventService::next_event() const {
  if (setting_.warning_level && setting_.warning_level->version() != warnings_seen_) return kStart;
  if (setting_.smoke && stopped_ == kNever && setting_.smoke->version() != smoke_seen_) return kStart;
  return std::min(
      {leave_home_.next(), set_out_.next(), announced_.next(), at_car_.next(), again_.next(), next_train()});
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
  for (const Order& order : inbox.orders) hand_over_wanted(order, outbox);
  look_at_warnings(window.from);
  look_at_smoke(window.from);
  for (Time train = next_train(); train < window.to; train = next_train()) board(train, outbox);
  announced_.run_before(window.to, [&](Time t, PersonId person) { hear(t, person, outbox); });
  leave_home_.run_before(window.to, [&](Time t, PersonId person) { leave_home(t, person, outbox); });
  set_out_.run_before(window.to, [&](Time t, PersonId person) { set_out(t, person, outbox); });
  at_car_.run_before(window.to, [&](Time t, PersonId person) { act_at_car(t, person, outbox); });
  again_.run_before(window.to, [&](Time t, PersonId person) { look_again(t, person, outbox); });
}

void EventService::set_phase(std::uint32_t row, Phase phase) {
  const auto count = [&](Phase p, std::int64_t by) {
    if (p == Phase::at_home && !setting_.home_keeper) at_home_ += by;
    if (p == Phase::platform || p == Phase::stuck || p == Phase::at_car || p == Phase::boarding)
      held_up_ += by;
    if (p == Phase::parked) getting_out_ += by;
    if (p == Phase::casualty && !setting_.home_keeper) dead_ += by;
  };
  count(fates_[row].phase, -1);
  count(phase, 1);
  fates_[row].phase = phase;
}

void EventService::log_state(Time time, PersonId person, PersonState state, Outbox& outbox) {
  outbox.events.push_back({.time = time, .person = person, .value = static_cast<std::uint32_t>(state)});
}

void EventService::leave_home(Time time, PersonId person, Outbox& outbox) {
  if (stopped_ != kNever) return;
  if (setting_.home_keeper) {
    // it decides, wherever they are: whoever flees is held by an engine, which lets anybody go
    outbox.orders.push_back({.time = time,
                             .person = person,
                             .kind = Order::Kind::hand_over,
                             .to = *setting_.home_keeper,
                             .hand_to = setting_.own});
    return;
  }
  log_state(time, person, PersonState::travelling, outbox);
  come({.time = time, .person = person, .at = world_->people->home_node[person], .goal = {}}, outbox);
}

/// Sets out from home, or the station, for the gate; or from where the road enters the town for a car park.
void EventService::come(Handover from_home, Outbox& outbox) {
  const std::uint32_t row = row_of_[from_home.person];
  fates_[row].came_out = 1;
  if (!has_car(row)) return go_to_gate(from_home, outbox);
  from_home.leader = plan_.visits[plan_.parties[plan_.visits[row].party].first].person;
  drive(from_home, car_park(row).by_car, Phase::driving_in, outbox);
}

void EventService::go_to_gate(Handover from, Outbox& outbox) {
  const std::uint32_t row = row_of_[from.person];
  set_phase(row, Phase::coming);
  from.goal = site().gates[plan_.visits[row].gate_in].node;
  from.knowledge = Knowledge::informed;
  from.to = setting_.walking;
  keep_pace(from);
  outbox.departures.push_back(from);
}

void EventService::keep_pace(Handover& on_foot) const {
  if (const auto pace = plan_.visits[row_of_[on_foot.person]].pace_mm_s; pace > 0) on_foot.pace_mm_s = pace;
}

void EventService::take_in(const Handover& arrival, Outbox& outbox) {
  const std::uint32_t row = row_of_[arrival.person];
  if (arrival.state == PersonState::casualty) return lose(arrival, outbox);
  if (arrival.state == PersonState::waiting) return lose_way(arrival, outbox);
  switch (fates_[row].phase) {
    case Phase::at_home:
      return come(arrival, outbox);
    case Phase::coming:
      return enter(arrival, outbox);
    case Phase::inside:
    case Phase::leaving:
      return come_out(arrival, outbox);
    case Phase::going:
      return has_car(row) ? reach_car(arrival.time, row, outbox) : arrive(arrival.time, row, outbox);
    case Phase::driving_in:
    case Phase::driving_out:
      return get_out(arrival, outbox);
    case Phase::evacuated:  // had come back before the engine knew
      return hand_on(arrival, outbox);
    default:
      throw std::logic_error("event: somebody was handed over who is here already");
  }
}

/// At the gate: in and to their place, or back where it is over.
void EventService::enter(const Handover& arrival, Outbox& outbox) {
  const std::uint32_t row = row_of_[arrival.person];
  const Visit& visit = plan_.visits[row];
  fates_[row].came = arrival.time;
  tried_.erase(row);
  if (too_late(arrival.time, row)) {
    fates_[row].set_out = arrival.time;
    if (stopped_ != kNever && reached_by_announcement(visit)) tell_home_keeper(arrival.time, row, outbox);
    return go_home(arrival, outbox);
  }
  set_phase(row, Phase::inside);
  outbox.departures.push_back({.time = arrival.time,
                               .person = arrival.person,
                               .at = site().goal_of_gate(visit.gate_in),
                               .goal = site().spots[visit.spot].goal,
                               .leader = visit.group != 0 ? PersonId{visit.group - 1} : PersonId::none(),
                               .to = setting_.crowds,
                               .pace_mm_s = visit.pace_mm_s});
}

void EventService::come_out(const Handover& arrival, Outbox& outbox) {
  Fate& fate = fates_[row_of_[arrival.person]];
  fate.out = arrival.time;
  if (fate.phase == Phase::leaving) --leaving_by_[fate.gate_out];
  fate.gate_out = *site().gate_named(arrival.goal);  // a crowd may have pushed them out by another one
  fate.wanted != 0 ? hand_on(arrival, outbox) : go_home(arrival, outbox);
}

/// Swept away. Who keeps the records of those at home has to know.
void EventService::lose(Handover arrival, Outbox& outbox) {
  const std::uint32_t row = row_of_[arrival.person];
  if (fates_[row].phase == Phase::leaving) --leaving_by_[fates_[row].gate_out];
  set_phase(row, Phase::casualty);
  look_for_others(arrival.time, row);
  if (!setting_.home_keeper) return;
  arrival.to = *setting_.home_keeper;
  outbox.departures.push_back(arrival);
}

void EventService::go_home(const Handover& from, Outbox& outbox) {
  const std::uint32_t row = row_of_[from.person];
  set_phase(row, Phase::going);
  Handover home = from;
  home.goal = way_back(row);
  home.knowledge = Knowledge::informed;
  home.to = setting_.walking;
  keep_pace(home);
  outbox.departures.push_back(home);
}

/// Home, or at the station where they wait for a train; `home` is when they came there until one has left.
void EventService::arrive(Time time, std::uint32_t row, Outbox& outbox) {
  fates_[row].home = time;
  const bool waits = plan_.visits[row].by == ComesBy::train;
  set_phase(row, waits ? Phase::platform : Phase::at_home);
  if (waits) waiting_.push_back(row);
  log_state(time, plan_.visits[row].person, waits ? PersonState::waiting : PersonState::home, outbox);
  if (!waits) hand_home(time, row, outbox);
}

void EventService::hand_home(Time time, std::uint32_t row, Outbox& outbox) {
  if (!setting_.home_keeper) return;
  const PersonId person = plan_.visits[row].person;
  outbox.departures.push_back({.time = time,
                               .person = person,
                               .at = world_->people->home_node[person],
                               .goal = {},
                               .to = *setting_.home_keeper,
                               .state = PersonState::home});
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
    log_state(train, plan_.visits[row].person, PersonState::home, outbox);
    hand_home(train, row, outbox);
  }
  waiting_.resize(kept);
}

void EventService::set_out(Time time, PersonId person, Outbox& outbox) {
  const std::uint32_t row = row_of_[person];
  Fate& fate = fates_[row];
  if (fate.phase != Phase::inside) return;  // not there yet: turns round at the gate; or has set out before
  set_phase(row, Phase::leaving);
  fate.set_out = time;
  const GateRow gate = fate.gate_out = gate_out(time, plan_.visits[row]);
  ++leaving_by_[gate];
  outbox.orders.push_back({.time = time, .person = person, .goal = site().goal_of_gate(gate)});
}

std::optional<GateRow> EventService::gate_of_company(const Visit& visit) const {
  if (visit.group == 0) return std::nullopt;
  const auto first = std::lower_bound(
      by_group_.begin(), by_group_.end(), visit.group,
      [&](std::uint32_t row, std::uint32_t group) { return plan_.visits[row].group < group; });
  for (auto row = first; row != by_group_.end() && plan_.visits[*row].group == visit.group; ++row) {
    const Fate& fate = fates_[*row];
    const bool leaves = fate.phase == Phase::leaving && plan_.visits[*row].person != visit.person;
    if (leaves || fate.out != kNever) return fate.gate_out;
  }
  return std::nullopt;
}

/// The way they came, unless that gate lets nobody out; those who follow guidance the one that is quickest
/// now. A group keeps to the one that the first of it takes.
GateRow EventService::gate_out(Time now, const Visit& visit) {
  const auto& gates = site().gates;
  if (const auto gate = gate_of_company(visit)) return *gate;
  if (visit.guided == 0 && gates[visit.gate_in].way_out) return visit.gate_in;
  const double speed = walking_speed(*world_, visit);
  GateRow best = visit.gate_in;
  double least = std::numeric_limits<double>::infinity();
  for (GateRow gate = 0; gate < gates.size(); ++gate) {
    if (!gates[gate].way_out) continue;
    // a gate that leads nowhere just now is better than one that lets nobody out
    const double home = std::min(kFarAway, ways(now).metres(gate, way_back(row_of_[visit.person])));
    const double way = ways(now).to_spot(gate, visit.spot) + home;
    const double queue = visit.guided != 0 ? static_cast<double>(leaving_by_[gate]) /
                                                 (setting_.gate_flow * gates[gate].width())
                                           : 0;
    if (const double time = way / speed + queue; time < least) least = time, best = gate;
  }
  return best;
}

const GateWays& EventService::ways(Time now) {
  if (!ways_.good().contains(now)) ways_ = GateWays(*world_, now);
  return ways_;
}

NodeId EventService::way_back(std::uint32_t row) const {
  return has_car(row) ? car_park(row).on_foot : world_->people->home_node[plan_.visits[row].person];
}

std::unique_ptr<Process> make_event(std::shared_ptr<const World> world, const EventModel& model,
                                    const EventSetting& setting) {
  return std::make_unique<EventService>(std::move(world), model, setting);
}

}  // namespace chimata
