// The municipality's vehicles fetch people who have no helper. Their trips take the driving times of the
// usual map; they meet no traffic and no water on the way, and come in vain where water keeps people at home.
#include <algorithm>

#include "chimata/evacuation/service.hpp"

namespace chimata {

void EvacuationService::call_crew(Time time, PartyId id) {
  if (crews_.empty() || parties_[id].is(Party::requested)) return;
  parties_[id].set(Party::requested);
  calls_.push_back(id);
  send_crews(time);
}

/// Sends idle crews to those who have waited longest.
void EvacuationService::send_crews(Time time) {
  while (!calls_.empty()) {
    const auto idle =
        std::find_if(crews_.begin(), crews_.end(), [](const Crew& c) { return !c.party.valid(); });
    if (idle == crews_.end()) return;
    const PartyId caller = calls_.front();
    calls_.erase(calls_.begin());
    if (parties_[caller].is(Party::left)) continue;  // without the one who needed help
    const NodeId home = roads_->access(people_->home[parties_[caller].host]).node;
    const auto drive = home.valid() && idle->at.valid() ? roads_->time(idle->at, home) : std::nullopt;
    if (!drive) continue;  // no road leads there
    idle->party = caller;
    idle->at = home;
    const PersonId number{static_cast<std::uint32_t>(idle - crews_.begin())};
    crews_out_.add(time + *drive + model_.crew_loading, number);
  }
}

void EvacuationService::crew_arrives(Time time, Crew& crew, Outbox& outbox) {
  const PersonId number{static_cast<std::uint32_t>(&crew - crews_.data())};
  const PartyId id = crew.party;
  const auto members = parties_.members(id);
  const bool at_hand = std::all_of(members.begin(), members.end(), [&](PersonId p) {
    return state_[p] == PersonState::preparing && where_[p] == Where::home;
  });
  std::uint32_t goal = parties_[id].goal;
  if (goal == kNoShelter || !has_room(goal, id, time)) goal = next_shelter(time, id, {});
  const auto drive =
      at_hand && goal != kNoShelter ? roads_->time(crew.at, shelters_[goal].car_access.node) : std::nullopt;
  if (!drive) {  // they can be called again when the water has fallen
    parties_[id].clear(Party::requested);
    crews_back_.add(time, number);
    return;
  }
  parties_[id].travel = Travel::crew;
  parties_[id].goal = goal;
  parties_[id].set(Party::left);
  for (const PersonId p : members) {
    departed_[p] = time;
    mode_[p] = Travel::crew;
    outbox.events.push_back(
        {.time = time, .person = p, .kind = Event::Kind::helped, .value = PersonId::none_value});
    at_[p] = shelters_[goal].access.node;
    where_[p] = Where::near_door;
    set_state(time, p, PersonState::travelling, outbox);
    at_door_.add(time + *drive, p);
  }
  crew.at = shelters_[goal].car_access.node;
  crews_back_.add(time + *drive + model_.crew_loading, number);
}

}  // namespace chimata
