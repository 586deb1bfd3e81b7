#include <doctest/doctest.h>

#include "evacuation/street_town.hpp"

using namespace chimata;
using namespace chimata::testing;

TEST_CASE("water at home keeps people there, by class, until it falls") {
  StreetTown town;
  town.add_people(4, 1, PersonClass::adult);     // 0.7 m
  town.add_people(4, 1, PersonClass::child);     // 0.3 m
  town.add_people(4, 1, PersonClass::elderly);   // 0.5 m
  town.add_people(4, 1, PersonClass::impaired);  // 0.3 m
  town.add_place(5, 10);
  town.model.order_at = time_of(600);
  Drill drill{town};
  drill.run(60);
  for (std::size_t p = 0; p < 4; ++p) drill.set_depth("depth.homes", p, 0.5f);
  drill.run(700);
  CHECK(drill.story(0) == "warned@600 preparing@600 travelling@600 sheltered@680");
  CHECK(drill.story(1) == "caught_at_home@61 warned@600");
  CHECK(drill.story(2) == "caught_at_home@61 warned@600");
  CHECK(drill.story(3) == "caught_at_home@61 warned@600");
  CHECK(drill.persons<std::uint8_t>("decided") == std::vector<std::uint8_t>{1, 1, 1, 1});
  drill.set_depth("depth.homes", 2, 0.4f);
  drill.run(900);
  CHECK(drill.story(2) == "caught_at_home@61 warned@600 preparing@701 travelling@701 sheltered@781");
  CHECK(drill.persons<double>("caught_s")[2] == 61);
  CHECK(drill.in(PersonState::caught_at_home) == 2);
}

TEST_CASE("whoever is released before their time leaves at their time, and who stays is at home again") {
  StreetTown town;
  town.add_people(4, 40);
  town.add_place(5, 100);
  town.model.departure = DepartureLaw::uniform;
  town.model.departure_mean = duration_of(600);
  town.model.compliance = 0.5;
  Drill undisturbed{town}, drill{town};
  undisturbed.run(2000);
  drill.run(59);
  for (std::size_t p = 0; p < 40; ++p) drill.set_depth("depth.homes", p, 1);
  drill.run(539);
  CHECK(drill.in(PersonState::preparing) == 0);
  for (std::size_t p = 0; p < 40; ++p) drill.set_depth("depth.homes", p, 0);
  drill.run(2000);
  const auto planned = undisturbed.persons<double>("departed_s"), left = drill.persons<double>("departed_s");
  for (std::size_t p = 0; p < 40; ++p) {
    if (std::isnan(planned[p])) {
      CHECK(std::isnan(left[p]));
    } else {
      CHECK(left[p] == (planned[p] < 60 || planned[p] >= 540 ? planned[p] : 540));
    }
  }
  CHECK(drill.in(PersonState::home) == undisturbed.in(PersonState::home));
  CHECK(drill.in(PersonState::caught_at_home) == 0);
}

TEST_CASE("people who never decide to leave are caught too, and told apart by their decision") {
  StreetTown town;
  town.add_people(4, 10);
  town.add_place(5, 100);
  town.model.compliance = 0;
  Drill drill{town};
  for (std::size_t p = 0; p < 10; ++p) drill.set_depth("depth.homes", p, 1);
  drill.run(60);
  CHECK(drill.in(PersonState::caught_at_home) == 10);
  CHECK(drill.persons<std::uint8_t>("decided") == std::vector<std::uint8_t>(10, 0));
}

TEST_CASE("whoever finds no way tries the other shelters, then is cut off, and goes on when a way opens") {
  StreetTown town;
  town.add_people(5, 1);
  town.add_place(8, 10);
  town.add_place(10, 10);
  town.model.retry_every = duration_of(600);
  Drill drill{town};
  drill.walking.blocked_after = 6;
  drill.run(500);
  // turned at node 6 after 80 s for S1, and at once for S2
  CHECK(drill.story(0) == "warned@0 preparing@0 travelling@0 cut_off@80");
  drill.run(1000);
  CHECK(drill.story(0) == "warned@0 preparing@0 travelling@0 cut_off@80 travelling@680 cut_off@680");
  drill.walking.blocked_after.reset();
  drill.run(2000);
  CHECK(drill.story(0) ==
        "warned@0 preparing@0 travelling@0 cut_off@80 travelling@680 cut_off@680 travelling@1280 "
        "sheltered@1440");
}

TEST_CASE("a shelter on the near side of a block is found after the first was out of reach") {
  StreetTown town;
  town.add_people(5, 1);
  town.add_place(7, 10);
  town.add_place(1, 10);
  Drill drill{town};
  drill.walking.blocked_after = 6;
  drill.run(1000);
  CHECK(drill.story(0) == "warned@0 preparing@0 travelling@0 sheltered@480");
  CHECK(drill.shelters("occupancy") == std::vector<std::uint32_t>{0, 1});
}
