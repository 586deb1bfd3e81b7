#include <doctest/doctest.h>

#include <map>
#include <numeric>

#include "evacuation/street_town.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

/// People scattered along the street with random speeds, departures and doors; shelters of random size.
StreetTown random_town(std::uint64_t seed) {
  StreetTown town;
  town.seed = seed;
  const Random random{Seed{1000 + seed}};
  constexpr Purpose what{"test.town"};
  for (std::uint32_t p = 0; p < 300; ++p) {
    town.add_people(static_cast<std::uint32_t>(21 * random.uniform(what, p)), 1,
                    static_cast<PersonClass>(4 * random.uniform(what, p, 1)));
    town.people.access_distance.back() = static_cast<float>(40 * random.uniform(what, p, 2));
    town.people.free_speed.back() = static_cast<float>(0.5 + random.uniform(what, p, 3));
  }
  for (std::uint32_t s = 0; s < 6; ++s) {
    town.add_place(static_cast<std::uint32_t>(21 * random.uniform(what, s, 4)),
                   static_cast<std::uint32_t>(80 * random.uniform(what, s, 5)),
                   random.uniform(what, s, 6) < 0.9, 60 * random.uniform(what, s, 7));
  }
  town.add_place(10, 20);
  town.model.compliance = 0.9;
  town.model.departure = DepartureLaw::rayleigh;
  town.model.departure_mean = duration_of(600);
  return town;
}

std::uint32_t sum(const std::vector<std::uint32_t>& values) {
  return std::accumulate(values.begin(), values.end(), 0u);
}

}  // namespace

TEST_CASE("occupancy never exceeds capacity and nobody is lost, whatever the arrivals") {
  // the drill checks both after every window
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    for (const auto law :
         {DestinationLaw::nearest, DestinationLaw::assigned, DestinationLaw::capacity_aware}) {
      for (const bool redirect : {true, false}) {
        StreetTown town = random_town(seed);
        town.model.destination = law;
        town.model.redirect = redirect;
        Drill drill{town};
        drill.run_to_end();
        const auto decided = drill.persons<std::uint8_t>("decided");
        CHECK(drill.in(PersonState::sheltered) + drill.in(PersonState::waiting) ==
              std::count(decided.begin(), decided.end(), 1));
        std::uint32_t room = 0;
        for (const auto& s : town.shelters) room += (s.fit & kRiverFlood) != 0 ? s.capacity : 0;
        // with redirection people wait only when every place is taken
        if (redirect && drill.in(PersonState::waiting) > 0) CHECK(sum(drill.shelters("occupancy")) == room);
      }
    }
  }
}

TEST_CASE("more room turns no more people away") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    StreetTown town = random_town(seed);
    std::uint32_t before = ~0u;
    for (const double factor : {0.5, 1.0, 1.5, 3.0, 10.0}) {
      StreetTown larger = town;
      larger.model.redirect = false;
      for (auto& s : larger.shelters) s.capacity = static_cast<std::uint32_t>(std::ceil(s.capacity * factor));
      Drill drill{larger};
      drill.run_to_end();
      const std::uint32_t turned_away = sum(drill.shelters("turned_away"));
      CHECK(turned_away <= before);
      before = turned_away;
    }
  }
}

TEST_CASE("whoever comes first gets the place, and at the same moment the smaller person") {
  StreetTown town;
  town.add_people(2, 2);
  town.add_people(4, 2);
  town.people.free_speed[PersonId{2u}] = 1.25f;
  town.add_place(5, 2);
  Drill drill{town};
  drill.run(400);
  CHECK(drill.story(2) == "warned@0 preparing@0 travelling@0 sheltered@80");
  CHECK(drill.story(3) == "warned@0 preparing@0 travelling@0 sheltered@80");
  CHECK(drill.story(0) == "warned@0 preparing@0 travelling@0 waiting@240");
  town.shelters[0].capacity = 3;
  Drill larger{town};
  larger.run(400);
  CHECK(larger.story(0) == "warned@0 preparing@0 travelling@0 sheltered@240");
  CHECK(larger.story(1) == "warned@0 preparing@0 travelling@0 waiting@240");
}

TEST_CASE("places go by the moment at the door even if the street was reached in another order") {
  StreetTown town;
  town.add_people(4, 2);
  town.people.free_speed = {0.5f, 1.25f};
  town.add_place(5, 1, true,
                 100);  // door 100 m off the street: 400 s in all for the slow, 160 s for the fast
  Drill drill{town};
  drill.run(600);
  CHECK(drill.story(1) == "warned@0 preparing@0 travelling@0 sheltered@160");
  CHECK(drill.story(0) == "warned@0 preparing@0 travelling@0 waiting@400");
}

TEST_CASE("whoever finds a shelter full is sent to the next with room") {
  StreetTown town;
  town.add_people(3, 3);
  town.add_place(4, 1, true, 50);  // 40 s from the street
  town.add_place(8, 1);
  town.add_place(1, 0);
  Drill drill{town};
  drill.run(1000);
  CHECK(drill.story(0) == "warned@0 preparing@0 travelling@0 sheltered@120");
  // two are turned away at 120 s, both see one place at S2, one gets it
  CHECK(drill.story(1) == "warned@0 preparing@0 travelling@0 redirected@120 sheltered@480");
  CHECK(drill.story(2) == "warned@0 preparing@0 travelling@0 redirected@120 waiting@480");
  CHECK(drill.shelters("turned_away") == std::vector<std::uint32_t>{2, 1, 0});
  CHECK(drill.persons<std::uint32_t>("redirects") == std::vector<std::uint32_t>{0, 1, 1});
  CHECK(drill.persons<std::uint32_t>("shelter") == std::vector<std::uint32_t>{0, 1, 1});
}

TEST_CASE("people go to the nearest usable shelter; assigned ones to their zone's") {
  StreetTown town;
  add_zone(town.zones, "west", rectangle(-50, -50, 950, 50), 10, true);
  town.add_people(0, 6, PersonClass::adult, ZoneId{0u});
  town.add_people(8, 1, PersonClass::adult, ZoneId{0u});
  town.add_people(8, 1);
  town.add_place(2, 100);
  town.add_place(9, 100);
  town.add_place(8, 100, false);
  town.model.zones = {"west"};
  Drill nearest{town};
  nearest.run(1000);
  CHECK(nearest.shelters("occupancy") == std::vector<std::uint32_t>{6, 1, 0});
  town.model.destination = DestinationLaw::assigned;
  Drill assigned{town};
  assigned.run(1000);
  CHECK(assigned.shelters("occupancy") == std::vector<std::uint32_t>{7, 0, 0});
}

TEST_CASE("with places given out beforehand nobody comes in vain while there is room for all") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    StreetTown town = random_town(seed);
    for (auto& s : town.shelters) s.capacity += 40;
    town.model.destination = DestinationLaw::capacity_aware;
    Drill drill{town};
    drill.run_to_end();
    CHECK(sum(drill.shelters("turned_away")) == 0);
    CHECK(drill.in(PersonState::waiting) == 0);
  }
}

TEST_CASE("places are given out in the order of walking times") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    StreetTown town = random_town(seed);
    town.model.destination = DestinationLaw::capacity_aware;
    town.model.redirect = false;
    town.model.compliance = 1;
    town.model.departure = DepartureLaw::immediate;
    Drill drill{town};
    drill.run(5000);
    const auto chosen = drill.persons<std::uint32_t>("shelter");

    // by hand: all pairs of person and shelter, shortest way first; distances on a street are differences
    std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> pairs;
    for (std::uint32_t p = 0; p < town.people.size(); ++p) {
      for (std::uint32_t s = 0; s < town.shelters.size(); ++s) {
        if ((town.shelters[s].fit & kRiverFlood) == 0 || town.shelters[s].capacity == 0) continue;
        const auto a = town.people.home_node[PersonId{p}].value, b = town.shelters[s].access.node.value;
        pairs.emplace_back(a > b ? a - b : b - a, p, s);
      }
    }
    std::sort(pairs.begin(), pairs.end());
    std::vector<std::uint32_t> room, expected(town.people.size(), ~0u);
    for (const auto& s : town.shelters) room.push_back(s.capacity);
    for (const auto& [way, p, s] : pairs) {
      if (expected[p] == ~0u && room[s] > 0) expected[p] = s, --room[s];
    }
    for (std::uint32_t p = 0; p < town.people.size(); ++p) {
      if (expected[p] != ~0u) CHECK(chosen[p] == expected[p]);
    }
  }
}

TEST_CASE("a shelter in deep water takes nobody in, keeps its people, and opens again") {
  StreetTown town;
  town.add_people(4, 1);
  town.add_people(2, 1);
  town.add_place(5, 10);
  town.add_place(20, 10);
  town.model.redirect = false;
  Drill drill{town};
  drill.run(100);
  CHECK(drill.in(PersonState::sheltered) == 1);
  drill.set_depth("depth.shelters", 0, 0.6f);
  drill.run(300);
  CHECK(drill.story(1) == "warned@0 preparing@0 travelling@0 waiting@240");
  CHECK(drill.shelters("occupancy")[0] == 1);
  CHECK(drill.shelters("exposed")[0] == 1);
  drill.set_depth("depth.shelters", 0, 0.5f);
  drill.run(600);
  CHECK(drill.story(1) == "warned@0 preparing@0 travelling@0 waiting@240 sheltered@540");
  CHECK(drill.shelters("exposed")[0] == 0);
}
