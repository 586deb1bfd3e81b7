// What happens before people are out of the door.
#include <algorithm>

#include "chimata/evacuation/service.hpp"

namespace chimata {

void EvacuationService::tell(const News& news, Outbox& outbox) {
  const PersonId person = news.person;
  if (news.outside) {
    hear_outside(news.time, person, told_outside_[news.warning][person].by, outbox);
    return;
  }
  if (!at_home(person) || where_[person] == Where::elsewhere) return;
  const Warning& warning = plan_.decisions.warnings[news.warning];
  if (plan_.decisions.addresses(warning, *people_, person)) {
    outbox.events.push_back(
        {.time = news.time, .person = person, .kind = Event::Kind::warned, .value = warning.level});
  }
  hear(news.time, person, plan_.decisions.told[news.warning][person].by, outbox);
  if (plan_.heeds[person] == news.warning + 1) {
    decided_[person] = 1;
    // whoever is caught by water prepares when it falls
    if (state_[person] == PersonState::home) set_state(news.time, person, PersonState::preparing, outbox);
  }
  if (warning.level == 5) act_on_urgent(news.time, person);
}

/// Somebody learns of the danger. Where everybody hears at once, nobody needs to be told so.
void EvacuationService::hear(Time time, PersonId person, Channel channel, Outbox& outbox) {
  if (channel != Channel::at_once) {
    outbox.events.push_back({.time = time,
                             .person = person,
                             .kind = Event::Kind::told,
                             .value = static_cast<std::uint32_t>(channel)});
  }
  // without an event the plan says it all, but for water
  if (seen_[person] != kNotYet || (!setting_.event && channel != Channel::water)) return;
  seen_[person] = time;
  seen_by_[person] = channel;
}

void EvacuationService::get_ready(Time time, PersonId person, Outbox& outbox) {
  ready_[person] = 1;
  // whoever is caught by water now leaves when it falls
  if (state_[person] != PersonState::preparing || where_[person] != Where::home) return;
  if (coming_[person]) {
    set_off_to_meet(time, person, outbox);
  } else {
    try_leave(time, parties_.of(person), outbox);
  }
}

void EvacuationService::set_off_to_meet(Time time, PersonId person, Outbox& outbox) {
  const Party& party = parties_[parties_.of(person)];
  set_state(time, person, PersonState::travelling, outbox);
  where_[person] = Where::to_meet;
  const double speed = double{people_->free_speed[person]};
  const Duration out = duration_of(double{people_->access_distance[person]} / speed);
  if (at_[person] == people_->home_node[party.host]) {
    joins_.add(time + out + duration_of(double{people_->access_distance[party.host]} / speed), person);
  } else {
    into_street_.add(time + out, person);
  }
}

/// Somebody who was elsewhere has come to where their party meets, or met.
void EvacuationService::join(Time time, PersonId person, Outbox& outbox) {
  const PartyId party = parties_.of(person);
  coming_[person] = 0;
  where_[person] = Where::home;
  home_row_[person] = parties_[party].host;
  set_state(time, person, PersonState::preparing, outbox);
  if (setting_.event) tell_those_at_home(time, party, outbox);
  const bool rest_is_up =
      where_[parties_[party].host] == Where::up || where_[parties_[party].host] == Where::climbing;
  if (rest_is_up && can_climb(person)) {
    climb(time, person, vertical_[parties_[party].host]);
    return;
  }
  try_leave(time, party, outbox);
}

/// Whoever comes back from an event because of a warning tells those of the party who have not heard of it:
/// they decide alike, and leave together.
void EvacuationService::tell_those_at_home(Time time, PartyId party, Outbox& outbox) {
  for (const PersonId person : parties_.members(party)) {
    if (decided_[person] || where_[person] != Where::home || coming_[person]) continue;
    hear(time, person, Channel::household, outbox);
    decided_[person] = ready_[person] = 1;
    if (state_[person] == PersonState::home) set_state(time, person, PersonState::preparing, outbox);
  }
}

void EvacuationService::stop_waiting(Time time, PartyId party, Outbox& outbox) {
  parties_[party].set(Party::overdue);
  try_leave(time, party, outbox);
}

void EvacuationService::try_leave(Time time, PartyId id, Outbox& outbox) {
  if (parties_[id].is(Party::left)) return;
  bool absent = false, present = false;
  for (const PersonId p : parties_.members(id)) {
    if (coming_[p]) {
      absent = true;
      continue;
    }
    present = true;
    if (state_[p] != PersonState::preparing || where_[p] != Where::home || !ready_[p]) return;
  }
  if (!present) return;
  if (absent) {
    if (!parties_[id].is(Party::waited_for)) {
      parties_[id].set(Party::waited_for);
      overdue_.add(time + model_.wait_for_away, PersonId{id.value});
    }
    if (!parties_[id].is(Party::overdue)) return;
    // the helper is waited for whatever happens
    std::vector<PersonId> here;
    for (const PersonId p : parties_.members(id)) {
      if (!coming_[p]) here.push_back(p);
    }
    if (needs_help(*people_, here) && !has_fit(*people_, here) && parties_[id].travel != Travel::driver)
      return;
    // those who come too late find the door locked and go by themselves
    parties_.split(id, [&](PersonId p) { return coming_[p] != 0; });
  }
  if (helpless(id)) {
    call_crew(time, id);
    return;
  }
  if (parties_[id].act == Act::go_up) {
    for (const PersonId p : parties_.members(id)) climb(time, p, 1);
    return;
  }
  leave_home(time, id, outbox);
}

void EvacuationService::leave_home(Time time, PartyId id, Outbox& outbox) {
  const auto is_informed = [&](PersonId p) { return plan_.decisions.knowledge[p] == Knowledge::informed; };
  const auto members = parties_.members(id);
  if (model_.shelter_info && parties_[id].goal != kNoShelter && !has_room(parties_[id].goal, id, time) &&
      std::any_of(members.begin(), members.end(), is_informed)) {
    const std::uint32_t other = next_shelter(time, id, {});
    if (other != kNoShelter) parties_[id].goal = other;
  }
  parties_[id].set(Party::left);
  if (parties_[id].travel == Travel::driver) {
    leave_by_car(time, id, outbox);
    return;
  }
  if (parties_[id].goal == kNoShelter) {
    cut_off(time, id, outbox);
    return;
  }
  const PersonId host = parties_[id].host;
  for (const PersonId p : members) {
    departed_[p] = time;
    mode_[p] = Travel::foot;
    const PersonId helper = plan_.helper[p];
    helper_[p] = helper.valid() && parties_.of(helper) == id ? helper : PersonId::none();
    if (parties_[id].act == Act::refuge) vertical_[p] = 2;
    if (helper_[p].valid())
      outbox.events.push_back(
          {.time = time, .person = p, .kind = Event::Kind::helped, .value = helper_[p].value});
    if (setting_.driving)
      outbox.events.push_back({.time = time, .person = p, .kind = Event::Kind::chose_mode, .value = kFoot});
    at_[p] = people_->home_node[host];
    where_[p] = Where::leaving;
    set_state(time, p, PersonState::travelling, outbox);
  }
  into_street_.add(time + access_time(id, double{people_->access_distance[host]}), members.front());
}

/// Moves a driver and as many others as fit into one car to a party of their own, unless all fit already.
PartyId EvacuationService::next_car(PartyId id) {
  const auto seats = static_cast<std::size_t>(model_.car_occupancy);
  const auto members = parties_.members(id);
  if (members.size() <= seats) return PartyId::none();
  const auto drives = [&](PersonId p) { return is_driver(*people_, p); };
  std::vector<PersonId> inside{*std::find_if(members.begin(), members.end(), drives)};
  for (const bool drivers_too : {false, true}) {  // a driver is left for the next car
    for (const PersonId p : members) {
      if (inside.size() < seats && p != inside.front() && (drivers_too || !drives(p)) &&
          std::find(inside.begin(), inside.end(), p) == inside.end())
        inside.push_back(p);
    }
    if (inside.size() == seats) break;
  }
  const bool driver_left = std::any_of(members.begin(), members.end(), [&](PersonId p) {
    return drives(p) && std::find(inside.begin(), inside.end(), p) == inside.end();
  });
  if (!driver_left) return PartyId::none();
  return parties_.split(
      id, [&](PersonId p) { return std::find(inside.begin(), inside.end(), p) == inside.end(); });
}

void EvacuationService::leave_by_car(Time time, PartyId id, Outbox& outbox) {
  const PersonId host = parties_[id].host;
  const AccessPoint road = roads_->access(people_->home[host]);
  std::vector<PartyId> cars{id};
  for (PartyId rest = next_car(id); rest.valid(); rest = next_car(rest)) cars.push_back(rest);
  for (const PartyId car : cars) {
    const auto members = parties_.members(car);
    for (const PersonId p : members) at_[p] = road.node;
    std::uint32_t goal = kNoShelter;
    if (road.node.valid() && has_driver(*people_, members)) {
      const bool in_need = needs_help(*people_, members);
      for (std::size_t place = 0; goal == kNoShelter; ++place) {
        const auto shelter = roads_->ranked(road.node, place);
        if (!shelter) break;
        if (destinations_.open_to(*shelter, in_need)) goal = *shelter;
      }
    }
    if (goal == kNoShelter) {  // no way by car: everybody walks
      parties_[car].travel = Travel::foot;
      for (const PersonId p : members) at_[p] = people_->home_node[host];
      if (helpless(car)) {
        parties_[car].clear(Party::left);
        call_crew(time, car);
      } else {
        leave_home(time, car, outbox);
      }
      continue;
    }
    if (model_.shelter_info) {
      parties_[car].goal = goal;
      const std::uint32_t other = has_room(goal, car, time) ? goal : next_shelter(time, car, {});
      if (other != kNoShelter) goal = other;
    }
    parties_[car].goal = goal;
    bool driving = false;
    for (const PersonId p : members) {
      const bool drives = !driving && is_driver(*people_, p);
      driving = driving || drives;
      departed_[p] = time;
      mode_[p] = drives ? Travel::driver : Travel::passenger;
      outbox.events.push_back({.time = time, .person = p, .kind = Event::Kind::chose_mode, .value = kCar});
      where_[p] = Where::leaving;
      set_state(time, p, PersonState::travelling, outbox);
    }
    into_street_.add(time + model_.car_boarding, members.front());
  }
}

}  // namespace chimata
