#include <doctest/doctest.h>

#include "evacuation/street_town.hpp"

using namespace chimata;
using namespace chimata::testing;
using enum PersonClass;

TEST_CASE("stocks fall by the daily norms for everyone inside, never below nothing") {
  StreetTown town;
  town.add_people(5, 4);
  auto& shelter = town.add_place(5, 10);
  shelter.water_l = 1, shelter.meals = 100, shelter.toilets = 2, shelter.area_m2 = 14;
  town.add_place(20, 10);
  Drill drill{town};
  drill.run(7200);
  TableSet tables = drill.tables();
  const Table& table = tables.at("shelters");
  const auto& t = table.get<double>("t_s");
  const auto& water = table.get<double>("water_left_l");
  const auto& meals = table.get<double>("meals_left");
  for (std::size_t row = 0; row < t.size(); row += 2) {
    const double days = 4 * t[row] / 86'400;  // everyone is inside from the start
    CHECK(water[row] == doctest::Approx(std::max(0.0, 1 - 3 * days)));
    CHECK(meals[row] == doctest::Approx(100 - 3 * days));
    CHECK(std::isnan(water[row + 1]));
  }
  CHECK(water[t.size() - 2] == 0);
  CHECK(table.get<float>("persons_per_toilet")[t.size() - 2] == 2);
  CHECK(table.get<float>("area_per_person_m2")[t.size() - 2] == 3.5f);
}

TEST_CASE("only shelters fit for the disaster are used") {
  StreetTown town;
  town.add_people(5, 1);
  town.add_place(5, 10).fit = kEarthquake;
  town.add_place(7, 10).fit = kRiverFlood | kTsunami;
  const auto used = [](const StreetTown& t) {
    Drill drill{t};
    drill.run(1000);
    return drill.shelters("occupancy");
  };
  CHECK(used(town) == std::vector<std::uint32_t>{0, 1});
  town.model.hazard = HazardKind::earthquake;
  CHECK(used(town) == std::vector<std::uint32_t>{1, 0});
  town.model.hazard = HazardKind::tsunami;
  CHECK(used(town) == std::vector<std::uint32_t>{0, 1});
  town.model.hazard = HazardKind::volcano;
  CHECK_THROWS_AS(used(town), InputError);
  town.model.flood_safe_only = false;
  CHECK(used(town) == std::vector<std::uint32_t>{1, 0});
}

TEST_CASE("a welfare shelter takes those who need help and their companions, nobody else") {
  StreetTown town;
  town.add_household(5, {adult, impaired});
  town.add_household(5, {adult, adult});
  town.add_place(6, 10).welfare = true;
  town.add_place(10, 10);
  Drill drill{town};
  drill.run(2000);
  CHECK(drill.shelters("occupancy") == std::vector<std::uint32_t>{2, 2});
  CHECK(drill.persons<std::uint32_t>("shelter") == std::vector<std::uint32_t>{0, 0, 1, 1});
}

TEST_CASE("a shelter takes nobody in before it opens") {
  StreetTown town;
  town.add_people(4, 1);
  town.add_place(5, 10).opens_at = time_of(600);
  Drill drill{town};
  drill.run(1000);
  CHECK(drill.story(0) == "warned@0 preparing@0 travelling@0 waiting@80 sheltered@680");
  CHECK(drill.persons<double>("waited_s")[0] == 600);
  CHECK(drill.persons<std::uint8_t>("cause")[0] == 0);
}

TEST_CASE("the informed turn to another shelter as soon as theirs is full, the others at its door") {
  StreetTown town;
  town.add_people(5, 1);   // fills the first shelter at 0 s
  town.add_people(10, 1);  // 500 m before it, 900 m before the second
  town.add_place(5, 1);
  town.add_place(19, 10);
  town.model.informed = 1;
  town.model.shelter_info = true;
  Drill informed{town};
  informed.run(3000);
  CHECK(informed.shelters("turned_away")[0] == 0);
  CHECK(informed.persons<double>("sheltered_s")[1] < 760);
  town.model.shelter_info = false;
  Drill others{town};
  others.run(3000);
  CHECK(others.shelters("turned_away")[0] == 1);
  CHECK(others.story(1) == "warned@0 preparing@0 travelling@0 redirected@400 sheltered@1520");
}

TEST_CASE("whoever turned to another shelter by car and is stopped by water goes on on foot") {
  StreetTown town;
  town.add_household(0, {adult}, 1);
  town.add_household(4, {adult});
  town.add_place(5, 1).parking = 5;
  town.add_place(20, 10).parking = 5;
  town.cars_run = true;
  town.model.car_share = 1;
  town.model.car_boarding = duration_of(60);
  town.model.informed = 1;
  town.model.shelter_info = true;
  Drill drill{town};
  drill.driving.stalls_at = 15;
  drill.run(4000);
  CHECK(drill.story(0).find("redirected@80") != std::string::npos);
  CHECK(drill.state[0] == PersonState::sheltered);
  CHECK(drill.shelters("occupancy") == std::vector<std::uint32_t>{1, 1});
}

TEST_CASE("whoever waits at a door for somebody behind is not taken in elsewhere when it fills up") {
  StreetTown town;
  town.add_household(1, {adult, adult});
  town.add_household(6, {adult});
  town.add_household(6, {adult});
  town.add_place(2, 2);
  town.add_place(12, 10);
  town.model.informed = 1;
  town.model.shelter_info = true;
  Drill drill{town};
  drill.walking.held_up = PersonId{0u};
  drill.run(3000);
  // both places are taken at 320 s, when the second waits at the door and the first is on the way; from there
  // the other shelter is 800 s away, and 300 s more for the first
  CHECK(drill.shelters("occupancy") == std::vector<std::uint32_t>{2, 2});
  CHECK(drill.story(1) == "warned@0 preparing@0 travelling@0 redirected@380 sheltered@1480");
}
