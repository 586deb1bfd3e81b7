// At shelters: parking, doors, rooms, and the word that spreads when one is full.
#include <algorithm>

#include "chimata/evacuation/service.hpp"

namespace chimata {

/// A car has come to a shelter: into the car park, on to the next, or left at the roadside.
void EvacuationService::park(Time time, PartyId id, Outbox& outbox) {
  const std::uint32_t shelter = parties_[id].goal;
  if (has_parking(shelter)) {
    if (!shelters_[shelter].exit) {
      books_.park(shelter);
      parties_[id].set(Party::parked);
    }
    come_to_door(time, id);
    return;
  }
  books_.refuse_car(shelter);
  const std::uint32_t other = model_.redirect ? next_shelter(time, id, {}) : kNoShelter;
  if (other == kNoShelter) {
    come_to_door(time, id);
    return;
  }
  note_redirected(time, id, shelter, other, outbox);
  head_for(time, id, other, outbox);
}

void EvacuationService::come_to_door(Time time, PartyId id) {
  const ShelterPlan& shelter = shelters_[parties_[id].goal];
  const Duration walk = access_time(id, shelter.car_access.distance);
  for (const PersonId p : parties_.members(id)) {
    where_[p] = Where::near_door;
    at_door_.add(time + walk + stairs_time(p, shelter.floor), p);
  }
}

void EvacuationService::at_door(Time time, PersonId person, Outbox& outbox) {
  where_[person] = Where::door;
  check_gathering(time, parties_.of(person), outbox);
}

void EvacuationService::admit(Time time, PartyId id, Outbox& outbox) {
  const std::uint32_t shelter = parties_[id].goal;
  tried_.erase(id);
  parties_[id].clear(Party::rerouted);
  if (has_room(shelter, id, time)) {
    take_in_at_shelter(time, id, outbox);
    return;
  }
  books_.turn_away(shelter, parties_[id].count);
  const std::uint32_t other = model_.redirect && !helpless(id) ? next_shelter(time, id, {}) : kNoShelter;
  if (other == kNoShelter) {
    for (const PersonId p : parties_.members(id)) set_state(time, p, PersonState::waiting, outbox);
    again_.add(time + model_.retry_every, parties_.members(id).front());
    return;
  }
  send_on(time, id, other, outbox);
}

/// From the door of a full shelter to another one, with the means by which they came.
void EvacuationService::send_on(Time time, PartyId id, std::uint32_t other, Outbox& outbox) {
  Party& party = parties_[id];
  const std::uint32_t full = party.goal;
  if (party.is(Party::parked)) {
    books_.drive_off(full);
    party.clear(Party::parked);
  }
  const bool drives = party.travel == Travel::driver;
  const double metres = (drives ? shelters_[full].car_access : shelters_[full].access).distance;
  const Duration back = access_time(id, metres) + (drives ? model_.car_boarding : Duration{0});
  party.goal = other;
  note_redirected(time, id, full, other, outbox);
  for (const PersonId p : parties_.members(id)) {
    where_[p] = Where::leaving;
    set_state(time, p, PersonState::travelling, outbox);
  }
  if (party.travel != Travel::crew) {
    into_street_.add(time + back, parties_.members(id).front());
    return;
  }
  const auto drive = roads_->time(shelters_[full].car_access.node, shelters_[other].car_access.node);
  for (const PersonId p : parties_.members(id)) {
    where_[p] = Where::near_door;
    at_door_.add(time + back + drive.value_or(model_.retry_every), p);
  }
}

void EvacuationService::take_in_at_shelter(Time time, PartyId id, Outbox& outbox) {
  const std::uint32_t shelter = parties_[id].goal;
  for (const PersonId p : parties_.members(id)) {
    books_.enter(shelter, time);
    if (!shelters_[shelter].exit) --places_left_;
    sheltered_[p] = time;
    where_[p] = Where::settled;
    if (shelters_[shelter].floor > 0) vertical_[p] = 2;
    set_state(time, p, PersonState::sheltered, outbox);
  }
  if (model_.shelter_info && is_full(shelter)) spread_word(time, shelter, outbox);
}

/// The informed who are on their way to a shelter that has just filled up turn to the next. Parties of whom
/// somebody is at the door, or stuck, come together first: they are sent on as a whole.
void EvacuationService::spread_word(Time time, std::uint32_t full, Outbox& outbox) {
  for (std::uint32_t row = 0; row < parties_.size(); ++row) {
    const PartyId id{row};
    Party& party = parties_[id];
    const auto members = parties_.members(id);
    const PersonId first = members.front();
    if (party.goal != full || std::any_of(members.begin(), members.end(), [&](PersonId p) {
          return where_[p] != Where::on_way && where_[p] != Where::leaving;
        })) {
      continue;
    }
    if (party.travel == Travel::crew || std::none_of(members.begin(), members.end(), [&](PersonId p) {
          return plan_.decisions.knowledge[p] == Knowledge::informed;
        })) {
      continue;
    }
    const std::uint32_t other = next_shelter(time, id, {});
    if (other == kNoShelter) continue;
    party.goal = other;
    const bool drives = party.travel == Travel::driver;
    note_redirected(time, id, full, other, outbox);
    for (const PersonId p : members) {
      const bool at_wheel = !drives || mode_[p] == Travel::driver;
      if (where_[p] != Where::on_way || !at_wheel) continue;
      const AccessPoint& end = drives ? shelters_[other].car_access : shelters_[other].access;
      outbox.orders.push_back(
          {.time = time, .person = p, .goal = end.node, .knowledge = Knowledge::informed});
    }
    if (where_[first] == Where::on_way) party.set(Party::rerouted);
  }
}

void EvacuationService::note_redirected(Time time, PartyId id, std::uint32_t full, std::uint32_t other,
                                        Outbox& outbox) {
  for (const PersonId p : parties_.members(id)) {
    ++redirects_[p];
    outbox.events.push_back(
        {.time = time, .person = p, .kind = Event::Kind::redirected, .place = full, .value = other});
  }
}

bool EvacuationService::is_full(std::uint32_t shelter) const {
  return !shelters_[shelter].exit && books_.inside(shelter) >= shelters_[shelter].capacity;
}

bool EvacuationService::takes_in(std::uint32_t shelter, Time time) const {
  return chimata::takes_in(shelters_[shelter], model_, time, double{depth_at(shelter)});
}

bool EvacuationService::has_room(std::uint32_t shelter, PartyId id, Time time) const {
  const ShelterPlan& plan = shelters_[shelter];
  if (plan.exit) return takes_in(shelter, time);
  return books_.inside(shelter) + parties_[id].count <= plan.capacity && takes_in(shelter, time);
}

bool EvacuationService::has_parking(std::uint32_t shelter) const {
  return shelters_[shelter].exit || books_.parked(shelter) < shelters_[shelter].parking;
}

float EvacuationService::depth_at(std::uint32_t shelter) const {
  return sites_ ? sites_->values()[shelter] : 0.0f;
}

std::uint32_t EvacuationService::next_shelter(Time time, PartyId id, const Tried& tried) {
  if (places_left_ == 0) return kNoShelter;  // thousands may ask in vain
  const bool in_need = needs_help(*people_, parties_.members(id));
  const bool drives = parties_[id].travel == Travel::driver;
  const NodeId from = at_[parties_.members(id).front()];
  for (std::size_t place = 0;; ++place) {
    const auto shelter = drives ? roads_->ranked(from, place) : destinations_.ranked(from, place);
    if (!shelter) return kNoShelter;
    if (!destinations_.open_to(*shelter, in_need) || !has_room(*shelter, id, time)) continue;
    if (drives && !has_parking(*shelter)) continue;
    if (!tried.contains(*shelter)) return *shelter;
  }
}

void EvacuationService::count_places_left() {
  places_left_ = 0;
  for (std::uint32_t s = 0; s < shelters_.size(); ++s) {
    if (!destinations_.usable(s)) continue;
    // in the fork of a run more may be inside than there is room for now
    const std::uint32_t room = shelters_[s].capacity, taken = std::min(room, books_.inside(s));
    places_left_ += shelters_[s].exit ? people_->size() + 1 : room - taken;
  }
}

}  // namespace chimata
