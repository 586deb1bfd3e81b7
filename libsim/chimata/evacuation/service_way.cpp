// Between the doors: into the street, back from the engines, and what to do where no way leads on.
#include <algorithm>
#include <limits>

#include "chimata/evacuation/service.hpp"

namespace chimata {

void EvacuationService::step_out(Time time, PersonId person, Outbox& outbox) {
  const PartyId id = parties_.of(person);
  if (where_[person] != Where::to_meet) {
    hand_over(time, id, outbox);
    return;
  }
  --held_by_state_[static_cast<std::size_t>(state_[person])];
  held_[person] = 0;
  outbox.departures.push_back({.time = time,
                               .person = person,
                               .at = at_[person],
                               .goal = people_->home_node[parties_[id].host],
                               .knowledge = plan_.decisions.knowledge[person],
                               .to = setting_.walking,
                               .state = PersonState::travelling});
}

/// Gives the whole party to an engine, all at the same moment.
void EvacuationService::hand_over(Time time, PartyId id, Outbox& outbox) {
  Party& party = parties_[id];
  const auto members = parties_.members(id);
  const bool drives = party.travel == Travel::driver;
  NodeId goal;
  if (party.goal == Parties::kHome) {
    goal = people_->households.dwelling_node[people_->household[party.host]];
  } else {
    goal = drives ? shelters_[party.goal].car_access.node : shelters_[party.goal].access.node;
  }
  PersonId leader;
  std::uint16_t slowest = 0;
  if (drives) {
    leader =
        *std::find_if(members.begin(), members.end(), [&](PersonId p) { return is_driver(*people_, p); });
  } else if (members.size() > 1) {
    slowest = static_cast<std::uint16_t>(std::clamp(pace(id) * 1000, 1.0, 65535.0));
  }
  for (const PersonId p : members) {
    --held_by_state_[static_cast<std::size_t>(state_[p])];
    held_[p] = 0;
    where_[p] = Where::on_way;
    Handover handover{.time = time,
                      .person = p,
                      .at = at_[p],
                      .goal = goal,
                      .leader = leader,
                      .on = party.on,
                      .along_mm = party.along_mm,
                      .knowledge = plan_.decisions.knowledge[p],
                      .to = drives ? *setting_.driving : setting_.walking,
                      .state = PersonState::travelling};
    handover.pace_mm_s = slowest;
    outbox.departures.push_back(handover);
  }
  party.on = LinkId::none();
  party.along_mm = 0;
}

void EvacuationService::take_in(const Handover& arrival, Outbox& outbox) {
  const PersonId person = arrival.person;
  held_[person] = 1;
  state_[person] = arrival.state;
  ++held_by_state_[static_cast<std::size_t>(arrival.state)];
  at_[person] = arrival.at;
  const PartyId id = parties_.of(person);
  if (arrival.state == PersonState::casualty) {
    if (const PartyId others = bury(person); others.valid()) go_on_without(arrival.time, others, outbox);
    return;
  }
  if (where_[person] == Where::out) {
    take_back(arrival, outbox);
    return;
  }
  if (where_[person] != Where::to_meet) {
    arrival.leader.valid() ? take_in_car(arrival, outbox) : take_in_on_foot(arrival, outbox);
    return;
  }
  const Party& party = parties_[id];
  if (arrival.at != people_->home_node[party.host]) {
    give_up_meeting(arrival, outbox);
    return;
  }
  set_state(arrival.time, person, PersonState::travelling, outbox);
  const double metres = double{people_->access_distance[party.host]};
  joins_.add(arrival.time + duration_of(metres / double{people_->free_speed[person]}), person);
}

/// Somebody has died and belongs to nobody any more. Returns the party of those they leave; none if there are
/// no others.
PartyId EvacuationService::bury(PersonId person) {
  where_[person] = Where::settled;
  const PartyId others = parties_.of(person);
  const bool alone = !parties_.split(others, [&](PersonId p) { return p == person; }).valid();
  return alone ? PartyId::none() : others;
}

/// A party no longer waits for the one whom it has lost.
void EvacuationService::go_on_without(Time time, PartyId id, Outbox& outbox) {
  if (!parties_[id].is(Party::left)) {
    try_leave(time, id, outbox);
  } else if (parties_[id].is(Party::gathering)) {
    check_gathering(time, id, outbox);
  }
}

/// Somebody finds no way to where their party meets, and goes to a shelter by themselves; the others go
/// without them if they can.
void EvacuationService::give_up_meeting(const Handover& arrival, Outbox& outbox) {
  const PersonId person = arrival.person;
  const PartyId others = parties_.of(person);
  parties_.split(others, [&](PersonId p) { return p == person; });
  const PartyId own = parties_.of(person);
  coming_[person] = 0;
  parties_[own].set(Party::left);
  parties_[own].act = Act::leave;
  parties_[own].travel = Travel::foot;
  parties_[own].goal = kNoShelter;
  parties_[own].on = arrival.on;
  parties_[own].along_mm = arrival.along_mm;
  departed_[person] = arrival.time;
  mode_[person] = Travel::foot;
  where_[person] = Where::stuck;
  lost_way(arrival.time, own, outbox);
  if (own != others) try_leave(arrival.time, others, outbox);
}

void EvacuationService::take_in_on_foot(const Handover& arrival, Outbox& outbox) {
  const PersonId person = arrival.person;
  const PartyId id = parties_.of(person);
  const std::uint32_t goal = parties_[id].goal;
  const bool came_home = goal == Parties::kHome;
  const NodeId end = came_home ? people_->households.dwelling_node[people_->household[parties_[id].host]]
                               : shelters_[goal].access.node;
  if (arrival.at != end || arrival.reason == HandoverReason::no_way) {
    where_[person] = Where::stuck;
    check_gathering(arrival.time, id, outbox);
    return;
  }
  set_state(arrival.time, person, PersonState::travelling, outbox);
  if (came_home) {
    const HouseholdId household = people_->household[parties_[id].host];
    climb(arrival.time + access_time(id, double{people_->households.access_distance[household]}), person, 3);
    return;
  }
  where_[person] = Where::near_door;
  const ShelterPlan& shelter = shelters_[goal];
  at_door_.add(arrival.time + access_time(id, shelter.access.distance) + stairs_time(person, shelter.floor),
               person);
}

/// Everybody in a car comes back at the same moment; the party acts when the last has been taken in.
void EvacuationService::take_in_car(const Handover& arrival, Outbox& outbox) {
  const PartyId id = parties_.of(arrival.person);
  where_[arrival.person] = Where::stuck;
  const auto members = parties_.members(id);
  if (std::any_of(members.begin(), members.end(), [&](PersonId p) { return where_[p] == Where::on_way; }))
    return;
  Party& party = parties_[id];
  if (!has_driver(*people_, members)) party.travel = Travel::foot;  // the driver is dead
  for (const PersonId p : members) set_state(arrival.time, p, PersonState::travelling, outbox);
  if (arrival.reason == HandoverReason::left_car) {
    party.travel = Travel::foot;
    party.on = arrival.on;
    party.along_mm = arrival.along_mm;
    party.goal = kNoShelter;
    party.clear(Party::rerouted);  // the goal on whose account they were is given up
    tried_.erase(id);
    lost_way(arrival.time, id, outbox);
    return;
  }
  if (arrival.reason != HandoverReason::no_way && arrival.at == shelters_[party.goal].car_access.node) {
    tried_.erase(id);
    party.clear(Party::rerouted);
    park(arrival.time, id, outbox);
    return;
  }
  lost_way(arrival.time, id, outbox);
}

/// Goes on when nobody of the party is still under way, or later without those who are.
void EvacuationService::check_gathering(Time time, PartyId id, Outbox& outbox) {
  const auto members = parties_.members(id);
  const bool all_here = std::all_of(members.begin(), members.end(), [&](PersonId p) {
    return where_[p] == Where::door || where_[p] == Where::stuck;
  });
  if (all_here) {
    resolve(time, id, outbox);
  } else if (!parties_[id].is(Party::gathering)) {
    parties_[id].set(Party::gathering);
    const auto first = std::find_if(members.begin(), members.end(), [&](PersonId p) {
      return where_[p] == Where::door || where_[p] == Where::stuck;
    });
    gathering_.add(time + model_.wait_on_way, *first);
  }
}

/// Those who are together at one place go on as one party.
void EvacuationService::resolve(Time time, PartyId id, Outbox& outbox) {
  parties_[id].clear(Party::gathering);
  parties_.split(id, [&](PersonId p) { return where_[p] != Where::door && where_[p] != Where::stuck; });
  while (id.valid()) {
    const PersonId first = parties_.members(id).front();
    const PartyId rest =
        parties_.split(id, [&](PersonId p) { return where_[p] != where_[first] || at_[p] != at_[first]; });
    if (where_[first] == Where::door) {
      admit(time, id, outbox);
    } else {
      lost_way(time, id, outbox);
    }
    id = rest;
  }
}

/// The party stands where no way leads on: another shelter, home and up, or waiting.
void EvacuationService::lost_way(Time time, PartyId id, Outbox& outbox) {
  Party& party = parties_[id];
  if (helpless(id)) {
    cut_off(time, id, outbox);
    return;
  }
  if (party.is(Party::rerouted)) {  // they came to the goal that they had before
    party.clear(Party::rerouted);
    head_for(time, id, party.goal, outbox);
    return;
  }
  Tried& tried = tried_[id];
  if (party.goal != kNoShelter && party.goal != Parties::kHome) tried.insert(party.goal);
  std::uint32_t other = next_shelter(time, id, tried);
  if (other == kNoShelter && party.travel == Travel::driver) {  // on foot there may be a way
    party.travel = Travel::foot;
    tried.clear();
    other = helpless(id) ? kNoShelter : next_shelter(time, id, tried);
  }
  if (other != kNoShelter) {
    head_for(time, id, other, outbox);
  } else {
    go_home(time, id, outbox);
  }
}

/// Back to the own building if one can go up there, else they stay where they are.
void EvacuationService::go_home(Time time, PartyId id, Outbox& outbox) {
  Party& party = parties_[id];
  const HouseholdId household = people_->household[party.host];
  const auto members = parties_.members(id);
  const bool one_home = std::all_of(members.begin(), members.end(),
                                    [&](PersonId p) { return people_->household[p] == household; });
  const bool safe = model_.return_home && !party.is(Party::tried_home) && one_home && !helpless(id) &&
                    party.travel == Travel::foot && !is_away(*people_, party.host) &&
                    goes_up_at_home(building_of(*people_, setting_.hazard, party.host), model_);
  if (!safe) {
    cut_off(time, id, outbox);
    return;
  }
  party.set(Party::tried_home);
  for (const PersonId p : members) home_row_[p] = party.host;
  head_for(time, id, Parties::kHome, outbox);
}

void EvacuationService::head_for(Time time, PartyId id, std::uint32_t goal, Outbox& outbox) {
  parties_[id].goal = goal;
  for (const PersonId p : parties_.members(id)) {
    if (departed_[p] == kNotYet) {  // no way led anywhere when they were ready
      departed_[p] = time;
      mode_[p] = Travel::foot;
    }
    where_[p] = Where::leaving;
    set_state(time, p, PersonState::travelling, outbox);
  }
  into_street_.add(time, parties_.members(id).front());
}

void EvacuationService::cut_off(Time time, PartyId id, Outbox& outbox) {
  for (const PersonId p : parties_.members(id)) {
    where_[p] = Where::stuck;
    set_state(time, p, PersonState::cut_off, outbox);
  }
  again_.add(time + model_.retry_every, parties_.members(id).front());
}

void EvacuationService::look_again(Time time, PersonId person, Outbox& outbox) {
  const PartyId id = parties_.of(person);
  tried_.erase(id);
  if (state_[person] == PersonState::waiting && has_room(parties_[id].goal, id, time)) {
    take_in_at_shelter(time, id, outbox);
    return;
  }
  const bool is_cut_off = state_[person] == PersonState::cut_off;
  const bool may_move = !helpless(id) && (is_cut_off || model_.redirect);
  const std::uint32_t other = may_move ? next_shelter(time, id, {}) : kNoShelter;
  if (other == kNoShelter) {
    again_.add(time + model_.retry_every, person);
  } else if (is_cut_off) {
    head_for(time, id, other, outbox);
  } else {
    send_on(time, id, other, outbox);
  }
}

}  // namespace chimata
