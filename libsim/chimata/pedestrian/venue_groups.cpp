/// How groups of a venue go: who follows a leader goes where that one goes.
#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata::pedestrian {

void Venue::name_leaders(const std::vector<Arrival>& arrivals) {
  std::map<std::uint32_t, PersonId> named;
  for (const Arrival& who : arrivals) {
    if (!who.leads) continue;
    const std::string where = "person " + std::to_string(who.body.person.value);
    if (who.group == kAlone)
      throw InputError(where, "is to lead, but belongs to no group", "give the group a number");
    PersonId other = groups_.named_leader(who.group);
    if (!other.valid() || !here(other) || plan_[other].group != who.group) other = PersonId::none();
    const bool first = named.emplace(who.group, who.body.person).second;
    if (!first) other = named[who.group];
    if (other.valid())
      throw InputError(where,
                       "is to lead group " + std::to_string(who.group) + ", which person " +
                           std::to_string(other.value) + " leads already",
                       "let one of them lead");
  }
  for (const auto& [group, person] : named) groups_.name_leader(group, person);
}

PersonId Venue::leader_of(PersonId person) const {
  const std::uint32_t group = plan_[person].group;
  return group == kAlone ? PersonId::none() : groups_.leader(group);
}

void Venue::lead_by_ways_for_all(std::uint32_t group) {
  if (!storeys_ || group == kAlone) return;
  const PersonId leader = groups_.leader(group);
  if (!leader.valid()) return;
  const auto& members = groups_.members(group);
  const bool chairs = std::any_of(members.begin(), members.end(), [&](PersonId member) {
    return plan_[member].mobility == Mobility::wheelchair;
  });
  if (chairs) plan_[leader].mobility = Mobility::wheelchair;
}

void Venue::set_out(PersonId person) {
  groups_.add(person, plan_[person].group);
  lead_by_ways_for_all(plan_[person].group);
  const PersonId leader = leader_of(person);
  if (leader.valid() && leader != person) return fall_in(person);
  start_leg(person);
  if (leader != person) return;
  // a late leader takes over; who stands in line there already keeps their place
  for (const PersonId member : groups_.members(plan_[person].group)) {
    if (!with_leader(member)) fall_in(member);
  }
}

bool Venue::with_leader(PersonId person) const {
  const Plan &plan = plan_[person], &leader = plan_[leader_of(person)];
  return plan.journey == leader.journey && plan.leg == leader.leg && plan.stage == leader.stage;
}

void Venue::fall_in(PersonId person) {
  const Plan& leader = plan_[leader_of(person)];
  Plan& plan = plan_[person];
  plan.journey = leader.journey, plan.leg = leader.leg, plan.undecided = 0;
  head_for(person, leader.stage);
}

void Venue::rejoin(PersonId person) {
  groups_.add(person, plan_[person].group);
  const PersonId leader = leader_of(person);
  if (!leader.valid() || with_leader(person)) return;
  // a leg behind they do as anybody until they have caught up
  const bool behind = plan_[person].journey == plan_[leader].journey && plan_[person].leg < plan_[leader].leg;
  if (!behind) fall_in(person);
}

void Venue::leave_group(PersonId person) {
  Plan& plan = plan_[person];
  const PersonId leader = leader_of(person);
  if (!leader.valid() || leader == person) return;
  groups_.lose(person, plan.group);
  plan.group = kAlone;
}

void Venue::turn_followers(PersonId leader) {
  const Plan plan = plan_[leader];
  if (plan.group == kAlone || !groups_.leads(leader, plan.group)) return;
  for (const PersonId member : groups_.members(plan.group)) {
    const Plan& its = plan_[member];
    if (its.journey == plan.journey && its.leg == plan.leg && its.target != kToSpot)
      turn_to(member, plan.stage);
  }
}

bool Venue::passes_with_leader(PersonId person, Usher& usher) {
  const Plan& plan = plan_[person];
  auto* pass = std::get_if<Pass>(&stages_[plan.stage].does);
  if (pass == nullptr) return false;
  const PersonId leader = groups_.follows(person, plan_) ? leader_of(person) : person;
  const Plan& its = plan_[leader];
  if (its.held == kRides || its.leg != plan.leg || its.stage != plan.stage) return true;
  // those who came first may stand in the leader's way
  const double to_go = to_go_[its.row];
  const bool comes = leader == person || (to_go >= 0 && to_go <= model_.together);
  if (comes && passed_[its.row] == 0) pass->reached(leader, usher), passed_[its.row] = 1;
  return true;
}

void Venue::take_along(const Usher& usher) {
  going_.clear();
  for (const PersonId person : usher.going()) {
    going_.push_back(person);
    const Plan& plan = plan_[person];
    const Activity& does = stages_[plan.stage].does;
    // in a queue everybody is served
    if (plan.group == kAlone || std::holds_alternative<Queue>(does)) continue;
    if (!groups_.leads(person, plan.group)) continue;
    for (const PersonId member : groups_.members(plan.group)) {
      if (member == person || !with_leader(member)) continue;
      going_.push_back(member);
      if (std::holds_alternative<Pass>(does)) passings_.push_back({now(), member, plan.stage});
    }
  }
}

}  // namespace chimata::pedestrian
