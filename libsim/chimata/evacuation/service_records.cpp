#include <limits>

#include "chimata/evacuation/service.hpp"

namespace chimata {

namespace {

constexpr std::uint32_t kCrew = 0xfffffffe;

double when(Time t, Time never) {
  return t == never ? std::numeric_limits<double>::quiet_NaN() : seconds(t);
}

/// The first warning that speaks to somebody: when it was issued, and when and how it reached them.
struct FirstWarning {
  Time issued = kNever;
  Told told;
};

FirstWarning first_warning(const Plan& plan, const Population& people, PersonId person, Time now) {
  const Decisions& decisions = plan.decisions;
  FirstWarning first;
  for (std::size_t w = 0; w < decisions.warnings.size(); ++w) {
    const Warning& warning = decisions.warnings[w];
    const bool addressed = decisions.addresses(warning, people, person);
    if (warning.at > now || (!addressed && plan.heeds[person] != w + 1)) continue;
    if (addressed) first.issued = std::min(first.issued, warning.at);
    const Told& told = decisions.told[w][person];
    if (told.at <= now && told.at < first.told.at) first.told = told;
  }
  return first;
}

}  // namespace

void EvacuationService::count(Census& census) const {
  for (std::size_t s = 0; s < census.size(); ++s) census[s] += held_by_state_[s];
}

void EvacuationService::record(Time time, TableSet& tables) {
  Table& table = tables.try_emplace("shelters", "Shelters over time").first->second;
  auto& moment = table.column<double>("t_s", "time since the start, s");
  auto& shelter = table.column<std::uint32_t>("shelter", "row of the shelter in the scenario");
  auto& occupancy = table.column<std::uint32_t>("occupancy", "people inside");
  auto& turned_away = table.column<std::uint32_t>("turned_away", "arrivals so far that found no room");
  auto& depth = table.column<float>("depth_m", "water at the site, m");
  auto& exposed =
      table.column<std::uint32_t>("exposed", "people inside while the site is too deep to take anyone in");
  auto& parked = table.column<std::uint32_t>("parked", "cars in the car park");
  auto& refused = table.column<std::uint32_t>("parking_refused", "cars so far that found the car park full");
  auto& water = table.column<double>("water_left_l", "drinking water left, L; NaN if not known");
  auto& meals = table.column<double>("meals_left", "meals left; NaN if not known");
  auto& toilets = table.column<float>("persons_per_toilet", "NaN if the toilets are not known");
  auto& area = table.column<float>("area_per_person_m2", "m2; NaN if not known or nobody is inside");
  constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
  for (std::uint32_t row = 0; row < shelters_.size(); ++row) {
    const ShelterPlan& plan = shelters_[row];
    const auto inside = books_.inside(row);
    moment.push_back(seconds(time));
    shelter.push_back(row);
    occupancy.push_back(inside);
    turned_away.push_back(books_.turned_away(row));
    depth.push_back(depth_at(row));
    exposed.push_back(takes_in(row, kNever) ? 0 : inside);
    parked.push_back(books_.parked(row));
    refused.push_back(books_.cars_refused(row));
    water.push_back(books_.left(row, time, plan.water_l, model_.water_per_day));
    meals.push_back(books_.left(row, time, plan.meals, model_.meals_per_day));
    toilets.push_back(plan.toilets == 0 ? unknown
                                        : static_cast<float>(inside) / static_cast<float>(plan.toilets));
    area.push_back(plan.area_m2 <= 0 || inside == 0
                       ? unknown
                       : static_cast<float>(plan.area_m2 / static_cast<double>(inside)));
  }
}

std::uint8_t EvacuationService::cause_of(PersonId person, Time time) const {
  switch (state_[person]) {
    case PersonState::sheltered:
      return 0;
    case PersonState::upstairs:
      return 1;
    case PersonState::casualty:
      return 11;
    case PersonState::caught_at_home:
      return 7;
    case PersonState::waiting:
      return 9;
    case PersonState::cut_off:
      return 8;
    case PersonState::preparing:
      return helpless(parties_.of(person)) ? 6 : 5;
    case PersonState::home: {
      if (where_[person] == Where::elsewhere) return 2;
      const FirstWarning first = first_warning(plan_, *people_, person, time);
      return first.issued == kNever ? 2 : first.told.at == kNever ? 3 : 4;
    }
    default:
      return 10;
  }
}

void EvacuationService::finish(Time time, TableSet& tables) const {
  Table& table = tables["persons"] = Table{"One row per person, as known at the end"};
  auto& warned = table.column<double>("warned_s", "first warning, s since the start; NaN if none");
  auto& decided = table.column<std::uint8_t>("decided", "1 if they decided to leave for a shelter");
  auto& departed =
      table.column<double>("departed_s", "out of the door, s since the start; NaN if they never left");
  auto& sheltered =
      table.column<double>("sheltered_s", "admitted to a shelter, s since the start; NaN if they never were");
  auto& shelter = table.column<std::uint32_t>(
      "shelter", "row of the shelter they head for or are in; 4294967295 if they never left");
  auto& redirects = table.column<std::uint32_t>("redirects", "times they were sent on from a full shelter");
  auto& state = table.column<std::uint8_t>("state",
                                           "0 home, 1 preparing, 2 on the way (stranded ones too), 3 "
                                           "waiting, 4 sheltered, 6 cut off, 7 caught at home, 8 upstairs, 9 "
                                           "casualty");
  auto& caught = table.column<double>(
      "caught_s", "first time that water kept them at home, s since the start; NaN if never");
  auto& told =
      table.column<double>("told_s", "first warning that reached them, s since the start; NaN if none");
  auto& told_by =
      table.column<std::uint8_t>("told_by",
                                 "0 loudspeakers, 1 mail, 2 media, 3 neighbours, 4 patrol car, 5 "
                                 "at once, 6 water seen, 7 announced at an event, 8 by one of the "
                                 "household who came home with the news, 255 not told");
  auto& household = table.column<std::uint32_t>("household", "row of their household");
  auto& party = table.column<std::uint32_t>("party", "number of the group they last travelled with");
  auto& mode = table.column<std::uint8_t>("mode", "0 did not leave, 1 foot, 2 driver, 3 passenger, 4 crew");
  auto& helper = table.column<std::uint32_t>(
      "helper", "row of the person who brought them; 4294967294 the crew, 4294967295 none");
  auto& helped = table.column<std::uint32_t>(
      "helped", "row of a person of another household whom they brought; 4294967295 none");
  auto& vertical =
      table.column<std::uint8_t>("vertical", "0 no, 1 up at home, 2 up nearby, 3 up at home late");
  auto& upstairs = table.column<double>("upstairs_s", "upstairs at home, s since the start; NaN if never");
  auto& waited = table.column<double>("waited_s", "s at full shelters or cut off");
  auto& cause = table.column<std::uint8_t>(
      "cause",
      "0 sheltered, 1 upstairs, 2 not addressed, 3 not told, 4 did not heed, 5 preparing, 6 no helper, 7 "
      "caught at home, 8 no way, 9 no room, 10 on the way, 11 casualty");

  Column<PersonId, std::uint32_t> whom(state_.size(), PersonId::none_value);
  for (std::uint32_t row = 0; row < state_.size(); ++row) {
    const PersonId by = helper_[PersonId{row}];
    if (by.valid() && whom[by] == PersonId::none_value) whom[by] = row;
  }
  for (std::uint32_t row = 0; row < state_.size(); ++row) {
    const PersonId person{row};
    const bool left = departed_[person] != kNotYet;
    const Party& with = parties_[parties_.of(person)];
    FirstWarning first = first_warning(plan_, *people_, person, time);
    if (setting_.event) first.told = {};  // what was to reach them at home may have found nobody there
    if (seen_[person] != kNotYet && seen_[person] < first.told.at)
      first.told = {seen_[person], seen_by_[person]};
    const bool up_at_home = with.act == Act::go_up;
    warned.push_back(when(first.issued, kNever));
    decided.push_back(decided_[person] && !up_at_home ? 1 : 0);
    departed.push_back(when(departed_[person], kNotYet));
    sheltered.push_back(when(sheltered_[person], kNotYet));
    shelter.push_back(left && with.goal != Parties::kHome ? with.goal : kNoShelter);
    redirects.push_back(redirects_[person]);
    state.push_back(static_cast<std::uint8_t>(state_[person]));
    caught.push_back(when(caught_[person], kNotYet));
    told.push_back(when(first.told.at, kNever));
    told_by.push_back(static_cast<std::uint8_t>(first.told.by));
    household.push_back(people_->household[person].value);
    party.push_back(parties_.of(person).value);
    mode.push_back(static_cast<std::uint8_t>(mode_[person]));
    helper.push_back(mode_[person] == Travel::crew ? kCrew : helper_[person].value);
    helped.push_back(whom[person]);
    vertical.push_back(vertical_[person]);
    upstairs.push_back(when(upstairs_[person], kNotYet));
    const std::int64_t still =
        waiting_since_[person] == kNotYet ? 0 : (time - waiting_since_[person]).count();
    waited.push_back(static_cast<double>(waited_[person] + still) / 1000);
    cause.push_back(cause_of(person, time));
  }
}

}  // namespace chimata
