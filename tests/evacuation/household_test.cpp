#include <doctest/doctest.h>

#include <map>

#include "evacuation/street_town.hpp"

using namespace chimata;
using namespace chimata::testing;
using enum PersonClass;

namespace {

/// Families, couples and people by themselves along the street, with random departures.
StreetTown families() {
  StreetTown town;
  for (std::uint32_t node = 0; node < 20; ++node) {
    town.add_household(node, {adult, adult, child, child});
    town.add_household(node, {adult, impaired, elderly});
    town.add_household(node, {elderly, elderly});
    town.add_household(node, {adult});
  }
  for (float& v : town.people.free_speed)
    v = 1.0f + 0.02f * static_cast<float>(&v - town.people.free_speed.data());
  town.add_place(10, 1000);
  town.model.departure = DepartureLaw::rayleigh;
  town.model.departure_mean = duration_of(600);
  town.model.compliance = 0.6;
  town.model.elderly_compliance = 0.6;
  return town;
}

}  // namespace

TEST_CASE("a household leaves together when its last member is ready, and arrives together") {
  StreetTown town = families();
  Drill drill{town};
  drill.run_to_end();
  const auto left = drill.persons<double>("departed_s"), there = drill.persons<double>("sheltered_s");
  const auto party = drill.persons<std::uint32_t>("party");
  town.model.gathering = GatheringLaw::alone;
  town.model.compliance = 1;
  Drill single{town};
  single.run_to_end();
  const auto ready = single.persons<double>("departed_s");
  std::size_t gone = 0;
  for (std::uint32_t h = 0; h < town.people.households.size(); ++h) {
    const auto members = town.people.households.of(HouseholdId{h});
    double last = 0;
    for (const PersonId p : members) {
      const auto first = members.front().value;
      CHECK(std::isnan(left[p.value]) == std::isnan(left[first]));
      if (std::isnan(left[first])) continue;
      ++gone;
      CHECK(left[p.value] == left[first]);
      CHECK(there[p.value] == there[first]);
      CHECK(party[p.value] == party[first]);
      last = std::max(last, ready[p.value]);
    }
    // adults who leave alone do so at their own moment: the household's is the last of them
    if (members.size() == 2 && !std::isnan(left[members.front().value])) {
      CHECK(left[members.front().value] == last);
    }
  }
  CHECK(gone > 60);
  CHECK(gone < 180);
}

TEST_CASE("members who leave alone take children and those who need help along") {
  StreetTown town = families();
  town.model.gathering = GatheringLaw::alone;
  Drill drill{town};  // the drill checks the company of everyone who needs help
  drill.run_to_end();
  const auto left = drill.persons<double>("departed_s");
  const auto party = drill.persons<std::uint32_t>("party");
  std::size_t children = 0, split = 0;
  for (std::uint32_t h = 0; h < town.people.households.size(); h += 4) {
    const std::uint32_t first = town.people.households.of(HouseholdId{h}).front().value;
    split += std::isnan(left[first]) != std::isnan(left[first + 1]);
    for (const std::uint32_t c : {first + 2, first + 3}) {
      if (std::isnan(left[c])) continue;
      ++children;
      CHECK((party[c] == party[first] || party[c] == party[first + 1]));
    }
  }
  CHECK(children > 0);
  CHECK(split > 0);
}

TEST_CASE("raising the share who leave keeps every household that left before") {
  StreetTown town = families();
  std::vector<double> before(town.people.size(), NAN);
  for (const double share : {0.0, 0.2, 0.5, 1.0}) {
    town.model.compliance = town.model.elderly_compliance = share;
    Drill drill{town};
    drill.run_to_end();
    const auto now = drill.persons<double>("departed_s");
    for (std::size_t p = 0; p < now.size(); ++p) {
      if (!std::isnan(before[p])) CHECK(now[p] == before[p]);
    }
    before = now;
  }
}

TEST_CASE("an earlier order makes no household leave later") {
  StreetTown town = families();
  town.model.compliance = 0.8;
  town.model.elderly_at = time_of(900);
  for (const auto law : {ReceptionLaw::at_once, ReceptionLaw::channels}) {
    town.model.reception = law;
    std::vector<double> before(town.people.size(), INFINITY);
    for (const double order : {1800.0, 900.0, 300.0, 0.0}) {
      town.model.order_at = time_of(order);
      Drill drill{town};
      drill.run_to_end();
      auto now = drill.persons<double>("departed_s");
      for (std::size_t p = 0; p < now.size(); ++p) {
        if (std::isnan(now[p])) now[p] = INFINITY;
        CHECK(now[p] <= before[p]);
      }
      before = now;
    }
  }
}

TEST_CASE("a party walks at the pace of its slowest") {
  StreetTown town;
  town.add_household(0, {adult, child});
  town.people.free_speed = {1.25f, 0.5f};
  town.add_place(5, 10);
  Drill drill{town};
  drill.run(1200);
  CHECK(drill.story(0) == "warned@0 preparing@0 travelling@0 sheltered@1000");
  CHECK(drill.story(1) == "warned@0 preparing@0 travelling@0 sheltered@1000");
}

TEST_CASE("members who are elsewhere come home first, or go by themselves") {
  StreetTown town;
  town.add_household(0, {adult, adult});
  town.people.home_node[PersonId{1u}] = NodeId{4u};
  town.add_place(8, 10);
  Drill home{town};
  home.run(2000);
  CHECK(home.story(1) == "warned@0 preparing@0 travelling@0 preparing@320 travelling@320 sheltered@960");
  CHECK(home.story(0) == "warned@0 preparing@0 travelling@320 sheltered@960");
  town.model.away = AwayLaw::by_themselves;
  Drill alone{town};
  alone.run(2000);
  CHECK(alone.story(1) == "warned@0 preparing@0 travelling@0 sheltered@320");
  CHECK(alone.story(0) == "warned@0 preparing@0 travelling@0 sheltered@640");
}

TEST_CASE("a household does not wait for ever for those who are elsewhere") {
  StreetTown town;
  town.add_household(0, {adult, adult});
  town.people.home_node[PersonId{1u}] = NodeId{10u};  // 800 s away
  town.add_place(4, 10);
  town.model.wait_for_away = duration_of(300);
  Drill drill{town};
  drill.run(3000);
  CHECK(drill.story(0) == "warned@0 preparing@0 travelling@300 sheltered@620");
  CHECK(drill.story(1) == "warned@0 preparing@0 travelling@0 preparing@800 travelling@800 sheltered@1120");
  Drill cut{town};
  cut.walking.blocked_after = 8;  // nor for somebody who finds no way home
  cut.run(3000);
  CHECK(cut.story(0) == "warned@0 preparing@0 travelling@80 sheltered@400");
  CHECK(cut.in(PersonState::cut_off) == 1);
}

TEST_CASE("a family is taken in whole or sent on whole") {
  StreetTown town;
  town.add_household(4, {adult});
  town.add_household(3, {adult, adult, child});
  town.add_place(5, 3);
  town.add_place(9, 10);
  Drill drill{town};
  drill.run(2000);
  CHECK(drill.shelters("occupancy") == std::vector<std::uint32_t>{1, 3});
  CHECK(drill.shelters("turned_away") == std::vector<std::uint32_t>{3, 0});
  town.model.destination = DestinationLaw::capacity_aware;
  Drill given{town};
  given.run(2000);
  CHECK(given.shelters("turned_away") == std::vector<std::uint32_t>{0, 0});
  CHECK(given.shelters("occupancy") == std::vector<std::uint32_t>{1, 3});
}

TEST_CASE("who needs help and has nobody stays, unless a neighbour or the municipality comes") {
  StreetTown town;
  town.add_household(2, {impaired});
  town.add_household(4, {adult});
  town.people.free_speed = {0.5f, 1.25f};
  town.add_place(8, 10);
  town.add_place(0, 0);
  town.model.helper_share = 0;
  Drill nobody{town};
  nobody.run(3000);
  CHECK(nobody.story(0) == "warned@0 preparing@0");
  CHECK(nobody.persons<std::uint8_t>("cause") == std::vector<std::uint8_t>{6, 0});

  town.model.helper_share = 1;
  town.model.helper_distance = 150;  // 200 m apart
  CHECK([&] {
    Drill d{town};
    d.run(3000);
    return d.in(PersonState::sheltered);
  }() == 1);
  town.model.helper_distance = 250;
  Drill neighbour{town};
  neighbour.run(3000);
  CHECK(neighbour.story(1) ==
        "warned@0 preparing@0 travelling@0 preparing@160 travelling@160 sheltered@1360");
  CHECK(neighbour.story(0) == "warned@0 preparing@0 helped@160 travelling@160 sheltered@1360");
  CHECK(neighbour.persons<std::uint32_t>("helper")[0] == 1);
  CHECK(neighbour.persons<std::uint32_t>("helped")[1] == 0);

  town.model.helper_share = 0;
  town.model.crews = 1;
  Drill crew{town};
  crew.run(3000);
  CHECK(crew.in(PersonState::sheltered) == 2);
  CHECK(crew.persons<std::uint8_t>("mode")[0] == 4);
  CHECK(crew.persons<std::uint32_t>("helper")[0] == 4294967294u);
}

TEST_CASE("one crew serves several homes one after the other, in the order of their calls") {
  StreetTown town;
  for (std::uint32_t node = 2; node < 6; ++node) town.add_household(node, {impaired});
  town.add_place(8, 10);
  town.model.helper_share = 0;
  town.model.crews = 1;
  Drill one{town};
  one.run_to_end();
  town.model.crews = 4;
  Drill four{town};
  four.run_to_end();
  const auto slow = one.persons<double>("sheltered_s"), fast = four.persons<double>("sheltered_s");
  for (std::size_t p = 0; p < 4; ++p) {
    CHECK(slow[p] >= fast[p]);
    if (p > 0) CHECK(slow[p] > slow[p - 1] + 600);
  }
}

TEST_CASE("nobody waits for somebody who died on the way home") {
  StreetTown town;
  town.add_household(0, {adult, adult, adult});
  town.people.home_node[PersonId{0u}] = NodeId{10u};
  town.add_place(4, 10);
  Drill drill{town};
  drill.walking.drowns = PersonId{0u};
  drill.run_to_end();
  CHECK(drill.state[0] == PersonState::casualty);
  for (const std::uint32_t p : {1u, 2u})
    CHECK(drill.story(p) == "warned@0 preparing@0 travelling@80 sheltered@400");
}

TEST_CASE("a household waits for the second who is away as long as for the first, who died") {
  StreetTown town;
  town.add_household(0, {adult, adult, adult});
  town.people.home_node[PersonId{0u}] = NodeId{10u};
  town.people.home_node[PersonId{1u}] = NodeId{20u};  // 1600 s away
  town.add_place(4, 10);
  town.model.wait_for_away = duration_of(600);
  Drill drill{town};
  drill.walking.drowns = PersonId{0u};
  drill.run_to_end();
  CHECK(drill.story(2) == "warned@0 preparing@0 travelling@600 sheltered@920");
  CHECK(drill.in(PersonState::sheltered) == 2);
}

TEST_CASE("the municipality is called when the helper dies on the way, however late") {
  StreetTown town;
  town.add_household(2, {impaired});
  town.add_household(4, {adult});
  town.add_place(8, 10);
  town.model.helper_share = 1;
  town.model.crews = 1;
  town.model.wait_for_away = duration_of(60);  // over before the helper dies
  Drill drill{town};
  drill.walking.drowns = PersonId{1u};
  drill.run_to_end();
  CHECK(drill.state[1] == PersonState::casualty);
  CHECK(drill.state[0] == PersonState::sheltered);
  CHECK(drill.persons<std::uint8_t>("mode")[0] == 4);
}

TEST_CASE("a crew comes for those who are left of the party that called it") {
  StreetTown town;
  town.add_household(2, {impaired, impaired, adult});
  town.people.person_class[PersonId{2u}] = elderly;
  town.people.age[PersonId{2u}] = 80;
  town.add_place(8, 10);
  town.model.helper_share = 0;
  town.model.crews = 1;
  town.model.casualties = CasualtyLaw::depth;
  for (const bool one_needs_help : {true, false}) {
    town.people.needs_help[PersonId{1u}] = one_needs_help;
    Drill drill{town};
    drill.run(60);
    drill.set_depth("depth.homes", 0, 2);
    drill.run_to_end();
    CHECK(drill.state[0] == PersonState::casualty);
    CHECK(drill.in(PersonState::sheltered) == 2);
    const std::uint8_t how = one_needs_help ? 4 : 1;
    CHECK(drill.persons<std::uint8_t>("mode") == std::vector<std::uint8_t>{0, how, how});
  }
}
