// Water at home, and going up there.
#include <algorithm>

#include "chimata/evacuation/service.hpp"

namespace chimata {

namespace {
constexpr Purpose kFate{"evacuation.fate"}, kSeen{"evacuation.water_seen"}, kUrgent{"evacuation.urgent"};

/// How much slower than an able adult someone climbs: 火災学会 1996, elderly 50 %, with a cane 30 %, with
/// help 10 % of the speed.
double slower_on_stairs(const Population& people, PersonId person) {
  if (people.needs_help[person]) return 10;
  switch (people.person_class[person]) {
    case PersonClass::elderly:
      return 2;
    case PersonClass::impaired:
      return 1 / 0.3;
    default:
      return 1;
  }
}
}  // namespace

double EvacuationService::floor_of(PersonId person) const {
  return double{people_->households.upper_floor[people_->household[home_row_[person]]]};
}

Duration EvacuationService::stairs_time(PersonId person, double height) const {
  if (height <= 0) return Duration{0};
  return duration_of(height / model_.stair_speed * slower_on_stairs(*people_, person));
}

void EvacuationService::look_at_homes(Time now, Outbox& outbox) {
  homes_seen_ = homes_->version();
  const auto& depth = homes_->values();
  const float lowest = *std::min_element(limit_.begin(), limit_.end());
  for (std::uint32_t p = 0; p < state_.size(); ++p) {
    const PersonId person{p};
    const float water = depth[home_row_[person].value];
    if (where_[person] == Where::up) {
      look_upstairs(now, person, double{water}, outbox);
      continue;
    }
    if (where_[person] != Where::home || !at_home(person)) continue;
    if (model_.water_seen_share > 0 && double{water} >= model_.water_seen_depth && !decided_[person])
      leave_before_water(now, person, outbox);
    if (water < lowest && state_[person] != PersonState::caught_at_home) continue;
    look_at_home(now, person, double{water}, outbox);
  }
}

void EvacuationService::look_at_home(Time now, PersonId person, double depth, Outbox& outbox) {
  if (where_[person] != Where::home || !at_home(person)) return;
  const bool was_caught = state_[person] == PersonState::caught_at_home;
  const bool is_caught = depth >= double{limit_[static_cast<std::size_t>(people_->person_class[person])]};
  if (is_caught) {
    const bool up_there = model_.late_upstairs && floor_of(person) > depth;
    if (!was_caught && up_there && household_goes_up(now, person, 3)) return;
    if (!was_caught) {
      if (caught_[person] == kNotYet) caught_[person] = now;
      set_state(now, person, PersonState::caught_at_home, outbox);
    }
    look_for_casualties(now, person, depth, outbox);
    return;
  }
  if (!was_caught) return;
  set_state(now, person, decided_[person] ? PersonState::preparing : PersonState::home, outbox);
  if (!decided_[person] || !ready_[person]) return;
  if (coming_[person]) {
    set_off_to_meet(now, person, outbox);
  } else {
    try_leave(now, parties_.of(person), outbox);
  }
}

/// Upstairs people are caught when the water comes over their floor, and safe again when it falls.
void EvacuationService::look_upstairs(Time now, PersonId person, double depth, Outbox& outbox) {
  const double over = depth - floor_of(person);
  if (over > 0) {
    if (caught_[person] == kNotYet) caught_[person] = now;
    set_state(now, person, PersonState::caught_at_home, outbox);
    look_for_casualties(now, person, over, outbox);
  } else {
    set_state(now, person, PersonState::upstairs, outbox);
  }
}

void EvacuationService::look_for_casualties(Time now, PersonId person, double over_floor, Outbox& outbox) {
  if (model_.casualties == CasualtyLaw::none) return;
  // one draw per person: deeper water spares nobody whom shallower water kills
  if (!(world_->random.uniform(kFate, person.value) < fatal_share(over_floor, model_))) return;
  set_state(now, person, PersonState::casualty, outbox);
  // the others decide once the same water has been looked at in everybody's home
  if (const PartyId others = bury(person); others.valid()) bereaved_.add(now, PersonId{others.value});
}

/// Those of the household who are at home, and have not decided, see the water and may leave at once.
void EvacuationService::leave_before_water(Time now, PersonId person, Outbox& outbox) {
  const PartyId party = parties_.of(person);
  const auto members = parties_.members(party);
  const PersonId speaker = people_->households.of(people_->household[person]).front();
  if (!(world_->random.uniform(kSeen, speaker.value) < model_.water_seen_share)) return;
  if (parties_[party].act == Act::stay) parties_[party].act = Act::leave;
  for (const PersonId p : members) {
    if (where_[p] != Where::home || decided_[p] || coming_[p]) continue;
    decided_[p] = ready_[p] = 1;
    hear(now, p, Channel::water, outbox);
    if (state_[p] == PersonState::home) set_state(now, p, PersonState::preparing, outbox);
  }
  try_leave(now, party, outbox);
}

/// Level 5: it is too late to leave; those still at home go up where they can.
void EvacuationService::act_on_urgent(Time time, PersonId person) {
  if (where_[person] != Where::home || coming_[person]) return;
  const PersonId speaker = people_->households.of(people_->household[person]).front();
  if (!(world_->random.uniform(kUrgent, speaker.value) < model_.urgent_compliance)) return;
  household_goes_up(time, person, 3);
}

/// Whether somebody can go up in the building where they are: there is a floor above the water, and they need
/// no help or have it at hand.
bool EvacuationService::can_climb(PersonId person) const {
  const double floor = floor_of(person);
  if (floor <= 0 || (homes_ && double{homes_->values()[home_row_[person].value]} >= floor)) return false;
  if (is_away(*people_, person) && home_row_[person] == person) return false;  // not their own building
  if (!people_->needs_help[person]) return true;
  const auto members = people_->households.of(people_->household[home_row_[person]]);
  return std::any_of(members.begin(), members.end(), [&](PersonId p) {
    const bool here = where_[p] == Where::home || where_[p] == Where::climbing || where_[p] == Where::up;
    return here && is_fit(*people_, p) && (!is_away(*people_, p) || home_row_[p] != p);
  });
}

/// Sends `person` and those who live with them and are at home up the stairs. Returns whether the person
/// goes.
bool EvacuationService::household_goes_up(Time now, PersonId person, std::uint8_t how) {
  if (!can_climb(person)) return false;
  for (const PersonId p : people_->households.of(people_->household[home_row_[person]])) {
    const bool here = where_[p] == Where::home && !coming_[p] && (!is_away(*people_, p) || home_row_[p] != p);
    if (p != person && here && at_home(p) && can_climb(p)) climb(now, p, how);
  }
  climb(now, person, how);
  return true;
}

void EvacuationService::climb(Time time, PersonId person, std::uint8_t how) {
  if (where_[person] == Where::climbing) return;
  where_[person] = Where::climbing;
  vertical_[person] = how;
  climbing_.add(time + stairs_time(person, floor_of(person)), person);
}

void EvacuationService::arrive_upstairs(Time time, PersonId person, Outbox& outbox) {
  if (where_[person] != Where::climbing) return;
  where_[person] = Where::up;
  upstairs_[person] = time;
  set_state(time, person, PersonState::upstairs, outbox);
}

}  // namespace chimata
