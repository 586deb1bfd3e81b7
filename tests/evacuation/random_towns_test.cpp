#include <doctest/doctest.h>

#include <map>

#include "evacuation/street_town.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

/// A town in which every lever is set at random.
StreetTown any_town(std::uint64_t seed) {
  StreetTown town;
  town.seed = seed;
  const Random random{Seed{77 + seed}};
  std::uint32_t throws = 0;
  const auto dice = [&] { return random.uniform(Purpose{"test.any_town"}, throws++); };
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(dice() * n); };
  for (int h = 0; h < 60; ++h) {
    std::vector<PersonClass> members;
    for (std::uint32_t m = 0; m < 1 + below(6); ++m)
      members.push_back(m == 0 && dice() < 0.7 ? PersonClass::adult : static_cast<PersonClass>(below(4)));
    const float floor = dice() < 0.5 ? 0.0f : static_cast<float>(2 + 3 * dice());
    const HouseholdId home =
        town.add_household(below(21), members, static_cast<std::uint8_t>(below(3)), floor);
    town.people.households.in_collapse_zone[home] = dice() < 0.2;
    for (const PersonId p : town.people.households.of(home)) {
      town.people.free_speed[p] = static_cast<float>(0.4 + dice());
      if (dice() < 0.15) town.people.home_node[p] = NodeId{below(21)};
    }
  }
  for (int s = 0; s < 5; ++s) {
    auto& place = town.add_place(below(21), below(60), dice() < 0.9, 50 * dice());
    place.parking = below(8);
    if (dice() < 0.3) place.floor = 6 * dice();
    place.welfare = s > 0 && dice() < 0.2;
    place.opens_at = time_of(dice() < 0.3 ? 900 * dice() : 0);
  }
  town.add_place(10, 40).parking = 3;
  town.hazard.depth_max.assign(town.people.size(), static_cast<float>(4 * dice()));
  town.hazard.duration_h.assign(town.people.size(), static_cast<float>(100 * dice()));
  town.cars_run = dice() < 0.8;
  EvacuationModel& m = town.model;
  m.elderly_at = time_of(600 * dice());
  m.order_at = time_of(600 + 600 * dice());
  m.urgent_at = dice() < 0.5 ? kNever : time_of(2400);
  m.compliance = dice(), m.elderly_compliance = dice(), m.vertical_share = 0.5 * dice();
  m.reception = dice() < 0.5 ? ReceptionLaw::channels : ReceptionLaw::at_once;
  m.departure = static_cast<DepartureLaw>(below(4));
  m.departure_mean = duration_of(900 * dice());
  m.gathering = static_cast<GatheringLaw>(below(2));
  m.away = static_cast<AwayLaw>(below(2));
  m.wait_for_away = duration_of(900 * dice());
  m.car_share = dice();
  m.destination = static_cast<DestinationLaw>(below(3));
  m.vertical = static_cast<VerticalRule>(below(3));
  m.informed = dice(), m.shelter_info = dice() < 0.5, m.redirect = dice() < 0.8;
  m.helper_share = dice(), m.helper_distance = 600 * dice(), m.crews = below(3);
  m.water_seen_share = dice() < 0.5 ? 0 : dice();
  m.casualties = static_cast<CasualtyLaw>(below(2));
  m.retry_every = duration_of(60 + 300 * dice());
  return town;
}

/// Blocks, stalls and rising water, so that everything there is happens.
void run(Drill& drill, std::uint64_t seed) {
  const Random random{Seed{seed}};
  const auto pick = [&](std::uint32_t i) { return random.uniform(Purpose{"test.trouble"}, i); };
  for (std::uint32_t minute = 0; minute < 110; ++minute) {
    if (minute % 10 == 5) {
      drill.walking.blocked_after.reset(), drill.driving.blocked_after.reset(),
          drill.driving.stalls_at.reset();
      if (pick(minute) < 0.4)
        drill.walking.blocked_after = static_cast<std::uint32_t>(20 * pick(200 + minute));
      if (pick(400 + minute) < 0.3)
        drill.driving.blocked_after = static_cast<std::uint32_t>(20 * pick(500 + minute));
      if (pick(600 + minute) < 0.3)
        drill.driving.stalls_at = 1 + static_cast<std::uint32_t>(19 * pick(700 + minute));
    }
    if (minute > 25 && minute % 5 == 0) {
      for (std::uint32_t p = 0; p < drill.state.size(); ++p)
        drill.set_depth("depth.homes", p,
                        static_cast<float>(minute < 80 ? 3 * pick(1000 + p / 3) * (minute - 25) / 60 : 0.1));
      for (std::uint32_t s = 0; s < drill.town().shelters.size(); ++s)
        drill.set_depth("depth.shelters", s, static_cast<float>(pick(900 + s) * (minute - 25) / 60));
    }
    drill.run(60 * (minute + 1));
  }
}

}  // namespace

// After every window the drill itself checks that everybody is in one state and counted twice, that shelters
// and car parks hold no more than they have room for, and that nobody who needs help sets out alone.
TEST_CASE("whatever the levers and the trouble, everybody is accounted for and households leave together") {
  std::array<int, kPersonStates> seen{};
  std::array<int, 5> mode_seen{};
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    CAPTURE(seed);
    const StreetTown town = any_town(seed);
    Drill drill{town};
    run(drill, seed);
    for (const Event& e : drill.events) {
      if (e.kind == Event::Kind::state_change) ++seen[e.value];
    }
    const auto state = drill.persons<std::uint8_t>("state"), cause = drill.persons<std::uint8_t>("cause"),
               mode = drill.persons<std::uint8_t>("mode");
    const auto left = drill.persons<double>("departed_s"), told = drill.persons<double>("told_s"),
               there = drill.persons<double>("sheltered_s");
    const auto party = drill.persons<std::uint32_t>("party");
    std::map<std::uint32_t, double> moment;
    for (std::size_t p = 0; p < state.size(); ++p) {
      ++mode_seen[mode[p]];
      const auto s = drill.state[p];
      CHECK((cause[p] == 0) == (s == PersonState::sheltered));
      CHECK((cause[p] == 1) == (s == PersonState::upstairs));
      CHECK((mode[p] == 0) == std::isnan(left[p]));
      if (!std::isnan(there[p])) CHECK(there[p] >= left[p]);
      if (!std::isnan(left[p])) CHECK(told[p] <= left[p]);
      if (!town.cars_run) CHECK((mode[p] != 2 && mode[p] != 3));
      // who is still together has left together
      if (std::isnan(left[p])) continue;
      const auto [it, first] = moment.try_emplace(party[p], left[p]);
      if (!first) CHECK(it->second == left[p]);
    }
  }
  for (const auto s :
       {PersonState::preparing, PersonState::travelling, PersonState::waiting, PersonState::sheltered,
        PersonState::cut_off, PersonState::caught_at_home, PersonState::upstairs, PersonState::casualty}) {
    INFO(name_of(s));
    CHECK(seen[static_cast<std::size_t>(s)] > 0);
  }
  for (const int n : mode_seen) CHECK(n > 0);
}
