#include <limits>

#include "chimata/evacuation/service.hpp"

namespace chimata {

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
  for (std::uint32_t row = 0; row < shelters_.size(); ++row) {
    moment.push_back(seconds(time));
    shelter.push_back(row);
    occupancy.push_back(occupancy_[row]);
    turned_away.push_back(turned_away_[row]);
    depth.push_back(depth_at(row));
    exposed.push_back(double{depth_at(row)} > model_.shelter_closes_at ? occupancy_[row] : 0);
  }
}

void EvacuationService::finish(Time time, TableSet& tables) const {
  Table& table = tables["persons"] = Table{"One row per person, as known at the end"};
  auto& warned = table.column<double>("warned_s", "first warning, s since the start; NaN if none");
  auto& decided = table.column<std::uint8_t>("decided", "1 if a warning made them decide to leave");
  auto& departed =
      table.column<double>("departed_s", "out of the door, s since the start; NaN if they never left");
  auto& sheltered =
      table.column<double>("sheltered_s", "admitted to a shelter, s since the start; NaN if they never were");
  auto& shelter = table.column<std::uint32_t>(
      "shelter", "row of the shelter they head for or are in; 4294967295 if they never left");
  auto& redirects = table.column<std::uint32_t>("redirects", "times they were sent on from a full shelter");
  auto& state = table.column<std::uint8_t>("state",
                                           "0 home, 1 preparing, 2 on the way (stranded ones too), 3 "
                                           "waiting, 4 sheltered, 6 cut off, 7 caught at home");
  auto& caught = table.column<double>(
      "caught_s", "first time that water kept them at home, s since the start; NaN if never");

  const auto when = [](Time t) {
    return t == kNotYet ? std::numeric_limits<double>::quiet_NaN() : seconds(t);
  };
  const auto warned_at = [&](PersonId person) {
    for (std::size_t w = 0; w < warned_; ++w) {
      const Warning& warning = decisions_.warnings[w];
      if (warning.at <= time && decisions_.addresses(warning, *world_->people, person)) return warning.at;
    }
    return kNotYet;
  };
  for (std::uint32_t row = 0; row < state_.size(); ++row) {
    const PersonId person{row};
    const bool left = departed_[person] != kNotYet;
    warned.push_back(when(warned_at(person)));
    decided.push_back(has_decided(person) ? 1 : 0);
    departed.push_back(when(departed_[person]));
    sheltered.push_back(when(sheltered_[person]));
    shelter.push_back(left ? goal_[person] : Destinations::kNoShelter);
    redirects.push_back(redirects_[person]);
    state.push_back(static_cast<std::uint8_t>(state_[person]));
    caught.push_back(when(caught_[person]));
  }
}

// Not saved, because it follows from the scenario: decisions, departure times, rankings of shelters.
void EvacuationService::save(SnapshotWriter& out) const {
  out.put("state", state_);
  out.put("held", held_);
  out.put("at", at_);
  out.put("goal", goal_);
  out.put("departed", departed_);
  out.put("sheltered", sheltered_);
  out.put("caught", caught_);
  out.put("redirects", redirects_);
  std::vector<std::uint32_t> tried;  // person, shelter
  for (const auto& [person, shelters] : tried_) {
    for (const std::uint32_t shelter : shelters) tried.insert(tried.end(), {person.value, shelter});
  }
  out.put("tried", tried);
  out.put("occupancy", occupancy_);
  out.put("turned_away", turned_away_);
  out.put_value("held_by_state", held_by_state_);
  out.put_value("warned", warned_);
  out.put_value("next_departure", next_departure_);
  out.put_value("homes_seen", homes_seen_);
  into_street_.save(out, "into_street");
  at_door_.save(out, "at_door");
  again_.save(out, "again");
}

void EvacuationService::load(const SnapshotReader& in) {
  in.get("state", state_);
  in.get("held", held_);
  in.get("at", at_);
  in.get("goal", goal_);
  in.get("departed", departed_);
  in.get("sheltered", sheltered_);
  in.get("caught", caught_);
  in.get("redirects", redirects_);
  std::vector<std::uint32_t> tried;
  in.get("tried", tried);
  tried_.clear();
  for (std::size_t i = 0; i + 1 < tried.size(); i += 2) tried_[PersonId{tried[i]}].insert(tried[i + 1]);
  in.get("occupancy", occupancy_);
  in.get("turned_away", turned_away_);
  count_places_left();
  in.get_value("held_by_state", held_by_state_);
  in.get_value("warned", warned_);
  in.get_value("next_departure", next_departure_);
  in.get_value("homes_seen", homes_seen_);
  into_street_.load(in, "into_street");
  at_door_.load(in, "at_door");
  again_.load(in, "again");
}

}  // namespace chimata
