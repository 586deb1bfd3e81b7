// With an event in the same scenario: who goes there, is told there, and comes back.
#include <algorithm>

#include "chimata/evacuation/service.hpp"

namespace chimata {

/// Works out what reaches people who are out, and leaves those who come from elsewhere where they are.
void EvacuationService::expect_event() {
  const Decisions& decisions = plan_.decisions;
  for (const Warning& w : decisions.warnings) {
    told_outside_.push_back(
        reception_outside(*people_, world_->random, model_, w.at, w.level, decisions.in_warned_zone));
  }
  for (std::size_t p = setting_.event->residents; p < people_->size(); ++p)
    where_[PersonId{static_cast<std::uint32_t>(p)}] = Where::elsewhere;
}

/// Says which level is in force at the place of the event.
void EvacuationService::raise_alert(Time until) {
  const auto& [warnings, warned] = std::tie(plan_.decisions.warnings, plan_.decisions.warned_zones);
  const ZoneId zone = setting_.event->zone;
  const bool here = warned[zone.valid() ? zone.value : warned.size() - 1] != 0;
  for (; next_alert_ < warnings.size() && warnings[next_alert_].at < until; ++next_alert_) {
    if (!here || setting_.event->warning_level == nullptr) continue;
    float& level = setting_.event->warning_level->next().front();
    level = std::max(level, static_cast<float>(warnings[next_alert_].level));
    setting_.event->warning_level->publish();
  }
}

void EvacuationService::follow(const Order& order, Outbox& outbox) {
  if (order.kind == Order::Kind::hand_over) let_go(order, outbox);
  if (order.kind == Order::Kind::told) hear_outside(order.time, order.person, Channel::venue, outbox);
}

/// Whoever has not decided to leave for a shelter goes where they want to.
void EvacuationService::let_go(const Order& order, Outbox& outbox) {
  const PersonId person = order.person;
  const bool free = where_[person] == Where::home || where_[person] == Where::elsewhere;
  if (!free || decided_[person] || state_[person] != PersonState::home) return;
  set_state(order.time, person, PersonState::travelling, outbox);
  --held_by_state_[static_cast<std::size_t>(PersonState::travelling)];
  held_[person] = 0;
  coming_[person] = 1;
  where_[person] = Where::out;
  outbox.departures.push_back({.time = order.time,
                               .person = person,
                               .at = at_[person],
                               .goal = NodeId::none(),
                               .knowledge = plan_.decisions.knowledge[person],
                               .to = order.hand_to});
}

/// A warning reaches somebody who is out. If they heed it, the event has to give them back.
void EvacuationService::hear_outside(Time time, PersonId person, Channel channel, Outbox& outbox) {
  if (where_[person] != Where::out) return;
  if (seen_[person] == kNotYet) hear(time, person, channel, outbox);
  std::uint8_t level = 0;
  for (const Warning& w : plan_.decisions.warnings) level = w.at <= time ? std::max(level, w.level) : level;
  const std::uint8_t heeds = plan_.decisions.willing[person];
  if (decided_[person] || heeds == 0 || level < heeds) return;
  decided_[person] = ready_[person] = 1;
  outbox.orders.push_back({.time = time,
                           .person = person,
                           .kind = Order::Kind::hand_over,
                           .to = setting_.event->process,
                           .hand_to = 0});
}

/// Somebody is handed over who was out: at home, or where the warning found them.
void EvacuationService::take_back(const Handover& arrival, Outbox& outbox) {
  const PersonId person = arrival.person;
  if (arrival.state == PersonState::home) {
    come_home(arrival.time, person, outbox);
    return;
  }
  if (!party_waits_at_home(person)) {
    give_up_meeting(arrival, outbox);
    return;
  }
  set_state(arrival.time, person, PersonState::travelling, outbox);
  where_[person] = Where::to_meet;
  --held_by_state_[static_cast<std::size_t>(PersonState::travelling)];
  held_[person] = 0;
  Handover home = arrival;
  home.goal = people_->home_node[parties_[parties_.of(person)].host];
  home.knowledge = plan_.decisions.knowledge[person];
  home.to = setting_.walking;
  home.state = PersonState::travelling;
  home.reason = HandoverReason::arrived;
  outbox.departures.push_back(home);
}

bool EvacuationService::party_waits_at_home(PersonId person) const {
  const PartyId party = parties_.of(person);
  if (model_.away != AwayLaw::come_home || parties_[party].is(Party::left)) return false;
  const auto members = parties_.members(party);
  return std::any_of(members.begin(), members.end(), [&](PersonId p) {
    return p != person && held_[p] && !coming_[p] && (at_home(p) || where_[p] == Where::up);
  });
}

/// Home from the event by themselves: they hear what has been heard there meanwhile.
void EvacuationService::come_home(Time time, PersonId person, Outbox& outbox) {
  coming_[person] = plan_.coming[person];
  home_row_[person] = person;
  where_[person] = person.value < setting_.event->residents ? Where::home : Where::elsewhere;
  if (where_[person] == Where::elsewhere) {
    decided_[person] = 0;  // left by train before anybody could stop them
    return;
  }
  // what came while they were being handed over has missed them too; they learn all of it at one moment
  const Time passed = next_news_ > 0 ? std::max(time, news_[next_news_ - 1].time + Duration{1}) : time;
  const auto& told = plan_.decisions.told;
  Time moment = time;
  for (const auto& warning : told) {
    if (warning[person].at < passed) moment = std::max(moment, warning[person].at);
  }
  for (std::uint32_t w = 0; w < told.size(); ++w) {
    if (told[w][person].at < passed) tell({moment, person, w}, outbox);
  }
  if (decided_[person] && state_[person] == PersonState::home)
    set_state(moment, person, PersonState::preparing, outbox);
  if (decided_[person] && ready_[person]) get_ready(moment, person, outbox);
}

}  // namespace chimata
