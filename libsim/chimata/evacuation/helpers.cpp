#include "chimata/evacuation/helpers.hpp"

#include <algorithm>

#include "chimata/evacuation/departure.hpp"
#include "chimata/evacuation/neighbourhood.hpp"

namespace chimata {

namespace {

constexpr Purpose kHelper{"evacuation.helper"}, kDelay{"evacuation.departure"};

bool lacks_help(const Population& people, const PlannedParty& party) {
  if (party.act == Act::stay || !needs_help(people, party.members)) return false;
  return !has_fit(people, party.members) &&
         !(party.travel == Travel::driver && has_driver(people, party.members));
}

/// Whether everyone whom `leaver` leaves behind can do without.
bool can_spare(const Population& people, const PlannedParty& party, PersonId leaver) {
  bool fit = false, dependant = false;
  for (const PersonId p : party.members) {
    if (p == leaver) continue;
    fit = fit || is_fit(people, p);
    dependant = dependant || people.needs_help[p] != 0 || people.person_class[p] == PersonClass::child;
  }
  return fit || !dependant;
}

void leave_party(const Plan& plan, PlannedParty& party, PersonId leaver) {
  std::erase(party.members, leaver);
  if (party.host != leaver || party.members.empty()) return;
  party.host = party.members.front();
  for (const PersonId p : party.members) {
    if (!plan.coming[p]) {
      party.host = p;
      break;
    }
  }
}

/// Row + 1 of the warning that tells somebody first; 0 if none does.
std::uint8_t first_told(const Decisions& decisions, PersonId p) {
  std::uint8_t first = 0;
  Time earliest = kNever;
  for (std::size_t w = 0; w < decisions.warnings.size(); ++w) {
    if (decisions.warnings[w].level == 5 || !(decisions.told[w][p].at < earliest)) continue;
    earliest = decisions.told[w][p].at;
    first = static_cast<std::uint8_t>(w + 1);
  }
  return first;
}

}  // namespace

void assign_helpers(const Population& people, const Random& random, const EvacuationModel& model,
                    Plan& plan) {
  std::vector<std::uint32_t> in_need;
  Column<PersonId, std::uint32_t> party_of(people.size());
  for (std::uint32_t i = 0; i < plan.parties.size(); ++i) {
    for (const PersonId p : plan.parties[i].members) party_of[p] = i;
    if (lacks_help(people, plan.parties[i])) in_need.push_back(i);
  }
  if (in_need.empty()) return;
  std::sort(in_need.begin(), in_need.end(), [&](std::uint32_t a, std::uint32_t b) {
    return plan.parties[a].members.front() < plan.parties[b].members.front();
  });

  std::vector<PersonId> willing;
  std::vector<Point> where;
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    if (people.person_class[p] != PersonClass::adult || people.age[p] < 18 || people.age[p] >= 65 ||
        !is_fit(people, p) || !(random.uniform(kHelper, row) < model.helper_share)) {
      continue;
    }
    willing.push_back(p);
    where.push_back(people.home[p]);
  }
  const Neighbourhood neighbours(where, model.helper_distance);
  const DepartureDelay delay(model);
  std::vector<std::uint8_t> taken(willing.size(), 0);
  std::vector<std::uint32_t> near;
  for (const std::uint32_t i : in_need) {
    PlannedParty& party = plan.parties[i];
    party.stays_home = true;
    if (party.act == Act::go_up) continue;
    neighbours.around(people.home[party.host], near);
    for (const std::uint32_t n : near) {
      const PersonId helper = willing[n];
      PlannedParty& own = plan.parties[party_of[helper]];
      const std::uint8_t told = first_told(plan.decisions, helper);
      if (taken[n] || told == 0 || &own == &party || own.travel == Travel::driver || own.act == Act::go_up ||
          !can_spare(people, own, helper)) {
        continue;
      }
      taken[n] = 1;
      leave_party(plan, own, helper);
      party.members.push_back(helper);
      std::sort(party.members.begin(), party.members.end());
      party.stays_home = false;
      party.travel = Travel::foot;
      plan.coming[helper] = people.home_node[helper] != people.home_node[party.host] ? 1 : 0;
      if (plan.heeds[helper] == 0) {
        plan.heeds[helper] = told;
        plan.decisions.ready[helper] =
            plan.decisions.told[told - 1u][helper].at + delay.at(random.uniform(kDelay, helper.value));
      }
      for (const PersonId p : party.members) {
        if (people.needs_help[p]) plan.helper[p] = helper;
      }
      break;
    }
  }
}

}  // namespace chimata
