#include "chimata/evacuation/plan.hpp"

#include <algorithm>
#include <map>

#include "chimata/evacuation/helpers.hpp"
#include "chimata/evacuation/modes.hpp"

namespace chimata {

namespace {

/// Splits a unit into parties: those at the dwelling with those who come home, and others by where they are.
void form_parties(const Population& people, const Unit& unit, AwayLaw law, Plan& plan) {
  const bool anyone_home =
      std::any_of(unit.members.begin(), unit.members.end(), [&](PersonId p) { return !is_away(people, p); });
  std::map<NodeId, PlannedParty> elsewhere;
  PlannedParty home;
  for (const PersonId p : unit.members) {
    plan.heeds[p] = unit.heeds;
    const bool away = is_away(people, p);
    const bool stays_there = law == AwayLaw::by_themselves || !anyone_home || people.needs_help[p] != 0;
    if (away && stays_there) {
      elsewhere[people.home_node[p]].members.push_back(p);
      continue;
    }
    plan.coming[p] = away ? 1 : 0;
    home.members.push_back(p);
    if (!away && !home.host.valid()) home.host = p;
  }
  if (!home.members.empty()) {
    home.act = unit.act;
    plan.parties.push_back(std::move(home));
  }
  for (auto& [node, party] : elsewhere) {
    party.host = party.members.front();
    // away from home there is no floor of their own
    party.act = unit.act == Act::go_up ? Act::refuge : unit.act;
    plan.parties.push_back(std::move(party));
  }
}

/// Those who look for a building to go up in and have none near leave for a shelter.
void look_for_refuges(const Population& people, const EvacuationModel& model,
                      const Destinations& destinations, Plan& plan) {
  for (PlannedParty& party : plan.parties) {
    if (party.act != Act::refuge) continue;
    const NodeId from = meeting_node(people, party);
    if (destinations.refuge_from(from, model.refuge_distance) == Destinations::kNoShelter)
      party.act = Act::leave;
  }
}

}  // namespace

bool has_fit(const Population& people, std::span<const PersonId> members) {
  return std::any_of(members.begin(), members.end(), [&](PersonId p) { return is_fit(people, p); });
}

bool is_driver(const Population& people, PersonId person) {
  return people.can_drive[person] != 0 && people.needs_help[person] == 0;
}

bool has_driver(const Population& people, std::span<const PersonId> members) {
  return std::any_of(members.begin(), members.end(), [&](PersonId p) { return is_driver(people, p); });
}

bool needs_help(const Population& people, std::span<const PersonId> members) {
  return std::any_of(members.begin(), members.end(), [&](PersonId p) { return people.needs_help[p] != 0; });
}

Plan make_plan(const Population& people, const Random& random, const Zones& zones,
               const EvacuationModel& model, const HomeHazard& hazard, const Destinations& destinations,
               bool cars_run) {
  Plan plan;
  plan.decisions = decide(people, random, zones, model, hazard);
  plan.heeds.assign(people.size(), 0);
  plan.coming.assign(people.size(), 0);
  plan.helper.assign(people.size(), PersonId::none());
  for (const Unit& unit : plan.decisions.units) form_parties(people, unit, model.away, plan);
  look_for_refuges(people, model, destinations, plan);
  if (cars_run) choose_modes(people, random, model, destinations, plan);
  assign_helpers(people, random, model, plan);
  std::erase_if(plan.parties, [](const PlannedParty& party) { return party.members.empty(); });
  return plan;
}

}  // namespace chimata
