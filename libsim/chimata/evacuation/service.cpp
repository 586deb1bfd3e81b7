#include "chimata/evacuation/service.hpp"

#include <algorithm>
#include <tuple>

namespace chimata {

namespace {

constexpr Duration kWindow{1000};
const std::set<std::uint32_t> kNothingTried;

std::size_t row(PersonState state) {
  return static_cast<std::size_t>(state);
}

}  // namespace

EvacuationService::EvacuationService(std::shared_ptr<const World> world, const Zones& zones,
                                     std::vector<ShelterPlan> shelters, const EvacuationModel& model,
                                     const WadingModel& wading, const Fields& fields, ProcessIndex walking)
    : world_(std::move(world)),
      shelters_(std::move(shelters)),
      model_(model),
      homes_(fields.find("depth.homes")),
      sites_(fields.find("depth.shelters")),
      walking_(walking),
      decisions_(decide(*world_, zones, model)),
      destinations_(world_->network, shelters_, model.flood_safe_only) {
  const Population& people = *world_->people;
  for (int c = 0; c < kPersonClasses; ++c) {
    limit_[static_cast<std::size_t>(c)] =
        static_cast<float>(wading_limit(wading, static_cast<PersonClass>(c)));
  }
  for (std::uint32_t p = 0; p < people.size(); ++p) {
    if (decisions_.heeds[PersonId{p}] != 0)
      departures_.push_back({decisions_.leaves[PersonId{p}], PersonId{p}});
  }
  std::sort(departures_.begin(), departures_.end(), [](const Departure& a, const Departure& b) {
    return std::tie(a.time, a.person) < std::tie(b.time, b.person);
  });
  state_.assign(people.size(), PersonState::home);
  held_.assign(people.size(), 1);
  at_ = people.home_node;
  goal_ = destinations_.choose(model.destination, people, zones.size(), decisions_);
  departed_.assign(people.size(), kNotYet);
  sheltered_ = caught_ = departed_;
  redirects_.assign(people.size(), 0);
  occupancy_.assign(shelters_.size(), 0);
  turned_away_.assign(shelters_.size(), 0);
  count_places_left();
  held_by_state_[row(PersonState::home)] = static_cast<std::int64_t>(people.size());
}

Time EvacuationService::next_event() const {
  if (homes_ && homes_->version() != homes_seen_) return kStart;
  Time next = std::min(into_street_.next(), again_.next());
  if (at_door_.next() != kNever) next = std::min(next, at_door_.next() + kWindow);
  if (warned_ < decisions_.warnings.size()) next = std::min(next, decisions_.warnings[warned_].at);
  if (next_departure_ < departures_.size()) next = std::min(next, departures_[next_departure_].time);
  return next;
}

void EvacuationService::advance(Window window, const Inbox& inbox, Outbox& outbox, Arena&) {
  for (const Handover& arrival : inbox.arrivals) take_in(arrival, outbox);
  if (homes_ && homes_->version() != homes_seen_) look_at_homes(window.from, outbox);
  at_door_.run_before(window.from, [&](Time time, PersonId person) { admit(time, person, outbox); });
  // a warning can be followed by departures before the next, so the two go on side by side
  while (true) {
    const Time warning = warned_ < decisions_.warnings.size() ? decisions_.warnings[warned_].at : kNever;
    const Time departure = next_departure_ < departures_.size() ? departures_[next_departure_].time : kNever;
    if (std::min(warning, departure) >= window.to) break;
    if (warning <= departure) {
      warn(warned_, outbox);
    } else {
      const Departure& due = departures_[next_departure_++];
      // whoever is caught by water now leaves when it falls
      if (state_[due.person] == PersonState::preparing) leave_home(due.time, due.person, outbox);
    }
  }
  again_.run_before(window.to, [&](Time time, PersonId person) { look_again(time, person, outbox); });
  into_street_.run_before(window.to, [&](Time time, PersonId person) { step_out(time, person, outbox); });
}

void EvacuationService::set_state(Time time, PersonId person, PersonState state, Outbox& outbox) {
  if (state_[person] == state) return;
  --held_by_state_[row(state_[person])];
  ++held_by_state_[row(state)];
  state_[person] = state;
  outbox.events.push_back({.time = time, .person = person, .value = static_cast<std::uint32_t>(state)});
}

bool EvacuationService::at_home(PersonId person) const {
  const PersonState s = state_[person];
  return s == PersonState::home || s == PersonState::preparing || s == PersonState::caught_at_home;
}

Duration EvacuationService::access_time(PersonId person, double metres) const {
  return duration_of(metres / double{world_->people->free_speed[person]});
}

float EvacuationService::depth_at(std::uint32_t shelter) const {
  return sites_ ? sites_->values()[shelter] : 0.0f;
}

bool EvacuationService::has_room(std::uint32_t shelter) const {
  return occupancy_[shelter] < shelters_[shelter].capacity &&
         double{depth_at(shelter)} <= model_.shelter_closes_at;
}

void EvacuationService::count_places_left() {
  places_left_ = 0;
  for (std::uint32_t s = 0; s < shelters_.size(); ++s) {
    if (destinations_.usable(s)) places_left_ += shelters_[s].capacity - occupancy_[s];
  }
}

std::uint32_t EvacuationService::next_shelter(PersonId person, const std::set<std::uint32_t>& tried) {
  if (places_left_ == 0) return Destinations::kNoShelter;  // thousands may ask in vain
  for (const std::uint32_t shelter : destinations_.ranked_from(at_[person])) {
    if (has_room(shelter) && !tried.contains(shelter)) return shelter;
  }
  return Destinations::kNoShelter;
}

void EvacuationService::warn(std::size_t warning, Outbox& outbox) {
  const Warning& w = decisions_.warnings[warning];
  ++warned_;
  for (std::uint32_t p = 0; p < state_.size(); ++p) {
    const PersonId person{p};
    if (!at_home(person) || !decisions_.addresses(w, *world_->people, person)) continue;
    outbox.events.push_back({.time = w.at, .person = person, .kind = Event::Kind::warned, .value = w.level});
    // whoever is caught by water prepares when it falls
    if (decisions_.heeds[person] == warned_ && state_[person] == PersonState::home) {
      set_state(w.at, person, PersonState::preparing, outbox);
    }
  }
}

void EvacuationService::look_at_homes(Time now, Outbox& outbox) {
  homes_seen_ = homes_->version();
  const auto& depth = homes_->values();
  const float lowest = *std::min_element(limit_.begin(), limit_.end());
  for (std::uint32_t p = 0; p < state_.size(); ++p) {
    const PersonId person{p};
    const bool was_caught = state_[person] == PersonState::caught_at_home;
    if ((depth[p] < lowest && !was_caught) || !at_home(person)) continue;
    const bool is_caught = depth[p] >= limit_[static_cast<std::size_t>(world_->people->person_class[person])];
    if (is_caught == was_caught) continue;
    if (is_caught) {
      if (caught_[person] == kNotYet) caught_[person] = now;
      set_state(now, person, PersonState::caught_at_home, outbox);
    } else {
      set_state(now, person, has_decided(person) ? PersonState::preparing : PersonState::home, outbox);
      if (has_decided(person) && decisions_.leaves[person] < now) leave_home(now, person, outbox);
    }
  }
}

void EvacuationService::leave_home(Time time, PersonId person, Outbox& outbox) {
  if (goal_[person] == Destinations::kNoShelter) {
    cut_off(time, person, outbox);
    return;
  }
  departed_[person] = time;
  set_state(time, person, PersonState::travelling, outbox);
  into_street_.add(time + access_time(person, double{world_->people->access_distance[person]}), person);
}

void EvacuationService::step_out(Time time, PersonId person, Outbox& outbox) {
  --held_by_state_[row(state_[person])];
  held_[person] = 0;
  outbox.departures.push_back({.time = time,
                               .person = person,
                               .at = at_[person],
                               .goal = shelters_[goal_[person]].access.node,
                               .knowledge = decisions_.knowledge[person],
                               .to = walking_,
                               .state = PersonState::travelling});
}

void EvacuationService::take_in(const Handover& arrival, Outbox& outbox) {
  const PersonId person = arrival.person;
  held_[person] = 1;
  state_[person] = arrival.state;
  ++held_by_state_[row(arrival.state)];
  at_[person] = arrival.at;
  const std::uint32_t goal = goal_[person];
  if (arrival.at == shelters_[goal].access.node) {
    set_state(arrival.time, person, PersonState::travelling, outbox);
    at_door_.add(arrival.time + access_time(person, shelters_[goal].access.distance), person);
    return;
  }
  auto& tried = tried_[person];
  tried.insert(goal);
  const std::uint32_t other = next_shelter(person, tried);
  if (other == Destinations::kNoShelter) {
    cut_off(arrival.time, person, outbox);
    return;
  }
  goal_[person] = other;
  set_state(arrival.time, person, PersonState::travelling, outbox);
  into_street_.add(arrival.time, person);
}

void EvacuationService::admit(Time time, PersonId person, Outbox& outbox) {
  const std::uint32_t shelter = goal_[person];
  tried_.erase(person);
  if (has_room(shelter)) {
    take_in_at_shelter(time, person, outbox);
    return;
  }
  ++turned_away_[shelter];
  const std::uint32_t other =
      model_.redirect ? next_shelter(person, kNothingTried) : Destinations::kNoShelter;
  if (other == Destinations::kNoShelter) {
    set_state(time, person, PersonState::waiting, outbox);
    again_.add(time + model_.retry_every, person);
    return;
  }
  goal_[person] = other;
  ++redirects_[person];
  outbox.events.push_back(
      {.time = time, .person = person, .kind = Event::Kind::redirected, .place = shelter, .value = other});
  into_street_.add(time + access_time(person, shelters_[shelter].access.distance), person);
}

void EvacuationService::take_in_at_shelter(Time time, PersonId person, Outbox& outbox) {
  ++occupancy_[goal_[person]];
  --places_left_;
  sheltered_[person] = time;
  set_state(time, person, PersonState::sheltered, outbox);
}

void EvacuationService::cut_off(Time time, PersonId person, Outbox& outbox) {
  set_state(time, person, PersonState::cut_off, outbox);
  again_.add(time + model_.retry_every, person);
}

void EvacuationService::look_again(Time time, PersonId person, Outbox& outbox) {
  tried_.erase(person);
  if (state_[person] == PersonState::waiting && has_room(goal_[person])) {
    take_in_at_shelter(time, person, outbox);
    return;
  }
  const bool may_move = state_[person] == PersonState::cut_off || model_.redirect;
  const std::uint32_t other = may_move ? next_shelter(person, kNothingTried) : Destinations::kNoShelter;
  if (other == Destinations::kNoShelter) {
    again_.add(time + model_.retry_every, person);
    return;
  }
  Duration back{0};
  if (state_[person] == PersonState::waiting) {
    const std::uint32_t full = goal_[person];
    back = access_time(person, shelters_[full].access.distance);
    ++redirects_[person];
    outbox.events.push_back(
        {.time = time, .person = person, .kind = Event::Kind::redirected, .place = full, .value = other});
  }
  goal_[person] = other;
  set_state(time, person, PersonState::travelling, outbox);
  into_street_.add(time + back, person);
}

std::unique_ptr<Process> make_evacuation(std::shared_ptr<const World> world, const Zones& zones,
                                         std::vector<ShelterPlan> shelters, const EvacuationModel& model,
                                         const WadingModel& wading, const Fields& fields,
                                         ProcessIndex walking) {
  return std::make_unique<EvacuationService>(std::move(world), zones, std::move(shelters), model, wading,
                                             fields, walking);
}

}  // namespace chimata
