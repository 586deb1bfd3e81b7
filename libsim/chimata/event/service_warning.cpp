// A warning or smoke at the place: the event stops, people are told, and some are asked for.
#include <algorithm>

#include "chimata/core/fast_math.hpp"
#include "chimata/event/service.hpp"

namespace chimata {

namespace {
constexpr Purpose kReach{"event.announce.reach"}, kDelay{"event.announce.delay"};
}

void EventService::look_at_warnings(Time now) {
  const Field* level = setting_.warning_level;
  if (level == nullptr || level->version() == warnings_seen_) return;
  warnings_seen_ = level->version();
  const bool enough = double{level->values().front()} >= static_cast<double>(model_.stops_at_level);
  if (model_.stops_at_level == 0 || !enough || (stopped_ != kNever && !by_smoke_)) return;
  by_smoke_ = false;
  stop(now);
}

/// No more after the end of it all: smoke wakes nobody then.
void EventService::look_at_smoke(Time now) {
  const Field* smoke = setting_.smoke;
  if (smoke == nullptr || stopped_ != kNever || smoke->version() == smoke_seen_) return;
  smoke_seen_ = smoke->version();
  const auto here = smoke->values().begin();  // this is the first of the areas
  const auto thickest = std::max_element(here, here + static_cast<std::ptrdiff_t>(cells_over(site()).size()));
  if (model_.stops_in_smoke <= 0 || double{*thickest} < model_.stops_in_smoke) return;
  by_smoke_ = true;
  stop(now);
}

bool EventService::reached_by_announcement(const Visit& visit) const {
  const PersonId person = company(plan_, visit).person;
  return world_->random.uniform(kReach, person.value) < model_.announce_reach;
}

/// Those in the area are told one after the other; whoever is not sees the others go, and follows within the
/// time of the release. Who is of a kind needs its time to react, the first of a group for all.
void EventService::stop(Time now) {
  stopped_ = now;
  for (std::uint32_t row = 0; row < plan_.visits.size(); ++row) {
    const Visit& visit = plan_.visits[row];
    if (fates_[row].phase != Phase::inside && fates_[row].phase != Phase::leaving) continue;
    if (reached_by_announcement(visit)) {
      const PersonId first = company(plan_, visit).person;
      const double u = world_->random.uniform(kDelay, first.value);
      const double reacts = setting_.visitors.kinds ? double{setting_.visitors.kinds->reaction[first]} : 0;
      announced_.add(now + duration_of(-seconds(model_.announce_delay) * fast::log(1 - u) + reacts),
                     visit.person);
    } else {
      const Duration after_end = visit.sets_out - model_.end;
      set_out_.add(std::min(visit.sets_out, now + after_end), visit.person);
    }
  }
}

void EventService::hear(Time time, PersonId person, Outbox& outbox) {
  const std::uint32_t row = row_of_[person];
  if (fates_[row].phase != Phase::inside && fates_[row].phase != Phase::leaving) return;
  tell_home_keeper(time, row, outbox);
  set_out(time, person, outbox);
}

void EventService::tell_home_keeper(Time time, std::uint32_t row, Outbox& outbox) {
  fates_[row].told = 1;
  if (!setting_.home_keeper || by_smoke_) return;
  outbox.orders.push_back({.time = time,
                           .person = plan_.visits[row].person,
                           .kind = Order::Kind::told,
                           .to = *setting_.home_keeper});
}

/// The home keeper asks for somebody. Whoever is not here any more has been handed over already.
void EventService::hand_over_wanted(const Order& order, Outbox& outbox) {
  const std::uint32_t row = row_of_[order.person];
  if (order.kind != Order::Kind::hand_over || row == kStaysHome) return;
  Fate& fate = fates_[row];
  const auto here = [&](NodeId node, PersonState state) {
    return Handover{.time = order.time, .person = order.person, .at = node, .goal = {}, .state = state};
  };
  switch (fate.phase) {
    case Phase::coming:
    case Phase::going:
      set_phase(row, Phase::evacuated);
      outbox.orders.push_back({.time = order.time,
                               .person = order.person,
                               .kind = Order::Kind::hand_over,
                               .hand_to = *setting_.home_keeper});
      return look_for_others(order.time, row);
    case Phase::inside:
    case Phase::leaving:
      fate.wanted = 1;
      return set_out(order.time, order.person, outbox);
    case Phase::driving_in:
    case Phase::driving_out:  // nobody is taken out of a car on the road
      fate.wanted = 1;
      return;
    case Phase::parked:
      return hand_on(here(way_back(row), PersonState::travelling), outbox);
    case Phase::at_car:
    case Phase::boarding:
      return hand_on(here(way_back(row), PersonState::waiting), outbox);
    case Phase::platform:
      std::erase(waiting_, row);
      return hand_on(here(world_->people->home_node[order.person], PersonState::waiting), outbox);
    case Phase::stuck:
      return hand_on(here(fate.at, PersonState::waiting), outbox);
    default:
      return;
  }
}

void EventService::hand_on(Handover from, Outbox& outbox) {
  set_phase(row_of_[from.person], Phase::evacuated);
  from.goal = NodeId::none();
  from.leader = PersonId::none();
  from.to = *setting_.home_keeper;
  from.reason = HandoverReason::on_request;
  outbox.departures.push_back(from);
  look_for_others(from.time, row_of_[from.person]);
}

}  // namespace chimata
