#include <doctest/doctest.h>

#include "evacuation/street_town.hpp"

using namespace chimata;
using namespace chimata::testing;
using enum PersonClass;

namespace {

/// 400 households of three with a car, and a shelter with a large car park.
StreetTown motor_town() {
  StreetTown town;
  for (std::uint32_t h = 0; h < 400; ++h) town.add_household(h % 21, {adult, adult, child}, 1);
  town.add_place(10, 5000).parking = 1000;
  town.cars_run = true;
  return town;
}

std::vector<std::uint8_t> modes(const StreetTown& town) {
  Drill drill{town};
  drill.run(1500);
  return drill.persons<std::uint8_t>("mode");
}

}  // namespace

TEST_CASE("the share of households that drive is the share asked for, and a larger one keeps every driver") {
  StreetTown town = motor_town();
  std::vector<std::uint8_t> before(town.people.size(), 1);
  for (const double share : {0.0, 0.3, 0.51, 1.0}) {
    town.model.car_share = share;
    const auto now = modes(town);
    const auto drivers = static_cast<double>(std::count(now.begin(), now.end(), 2));
    const auto riders = std::count(now.begin(), now.end(), 3);
    CHECK(std::fabs(drivers - 400 * share) <= 4 * std::sqrt(400 * share * (1 - share)));
    CHECK(riders == 2 * static_cast<std::int64_t>(drivers));
    for (std::size_t p = 0; p < now.size(); ++p) {
      if (before[p] == 2) CHECK(now[p] == 2);
    }
    before = now;
  }
}

TEST_CASE("nobody drives under a ban, without an engine for cars, without a car or without a driver") {
  StreetTown town = motor_town();
  town.model.car_share = 1;
  const auto drives = [](const StreetTown& t) {
    const auto m = modes(t);
    return std::count(m.begin(), m.end(), 2);
  };
  CHECK(drives(town) == 400);
  StreetTown changed = town;
  changed.model.car_ban = true;
  CHECK(drives(changed) == 0);
  changed = town;
  changed.cars_run = false;
  CHECK(drives(changed) == 0);
  changed = town;
  changed.people.households.cars[HouseholdId{7u}] = 0;
  CHECK(drives(changed) == 399);
  changed = town;
  changed.people.can_drive[PersonId{0u}] = changed.people.can_drive[PersonId{1u}] = 0;
  CHECK(drives(changed) == 399);
  town.shelters[0].parking = 0;
  CHECK_THROWS_WITH_AS(
      Drill{town},
      "shelters: people may leave by car, but no shelter has parking; give parking to some, or "
      "set evacuation.car_ban",
      InputError);
}

TEST_CASE("the farther the shelter, the likelier the car") {
  StreetTown town = motor_town();
  town.model.mode = ModeLaw::distance;
  town.model.car_per_km = 4;
  town.model.car_constant = -2;
  const auto m = modes(town);
  double near = 0, far = 0;
  for (std::uint32_t h = 0; h < 400; ++h) {
    const std::uint32_t node = h % 21, blocks = node > 10 ? node - 10 : 10 - node;
    const double drives = m[3 * h] == 2 || m[3 * h + 1] == 2;
    (blocks < 5 ? near : far) += drives;
  }
  // expected: mean of 1 / (1 + exp(2 - 4 km)) over the nodes
  double expected_near = 0, expected_far = 0;
  for (std::uint32_t h = 0; h < 400; ++h) {
    const std::uint32_t node = h % 21, blocks = node > 10 ? node - 10 : 10 - node;
    (blocks < 5 ? expected_near : expected_far) += 1 / (1 + std::exp(2 - 0.4 * blocks));
  }
  CHECK(std::fabs(near - expected_near) < 35);
  CHECK(std::fabs(far - expected_far) < 35);
  CHECK(far > near);
}

TEST_CASE("a car carries five; a larger household takes a second one with a second driver, or walks") {
  StreetTown town;
  town.add_household(0, {adult, adult, child, child, child, child}, 2);
  town.add_household(0, {adult, child, child, child, child, child}, 2);
  town.add_place(10, 50).parking = 10;
  town.cars_run = true;
  town.model.car_share = 1;
  town.model.car_boarding = duration_of(20);
  Drill drill{town};
  drill.run(2000);
  const auto m = drill.persons<std::uint8_t>("mode");
  CHECK(std::count(m.begin(), m.begin() + 6, 2) == 2);
  CHECK(std::count(m.begin(), m.begin() + 6, 3) == 4);
  CHECK(std::count(m.begin() + 6, m.end(), 1) == 6);
  CHECK(drill.story(0) == "warned@0 preparing@0 mode@0 travelling@0 sheltered@120");  // 20 s + 100 s
  CHECK(drill.shelters("parked") == std::vector<std::uint32_t>{2});
}

TEST_CASE("a full car park sends cars to the next one, and with none left they stop at the roadside") {
  StreetTown town;
  for (int h = 0; h < 4; ++h) town.add_household(0, {adult, adult}, 1);
  town.add_place(5, 50).parking = 1;
  town.add_place(9, 50).parking = 2;
  town.cars_run = true;
  town.model.car_share = 1;
  Drill drill{town};
  drill.run(2000);
  CHECK(drill.shelters("parked") == std::vector<std::uint32_t>{1, 2});
  CHECK(drill.shelters("parking_refused")[0] == 3);
  CHECK(drill.in(PersonState::sheltered) == 8);
}

TEST_CASE("a full shelter with a car park sends the whole car on") {
  StreetTown town;
  for (int h = 0; h < 2; ++h) town.add_household(0, {adult, adult}, 1);
  town.add_place(5, 3).parking = 5;
  town.add_place(9, 50).parking = 5;
  town.cars_run = true;
  town.model.car_share = 1;
  Drill drill{town};
  drill.run(2000);
  CHECK(drill.shelters("occupancy") == std::vector<std::uint32_t>{2, 2});
  CHECK(drill.shelters("parked") == std::vector<std::uint32_t>{1, 1});
}

TEST_CASE("whoever steps out of a stalled car walks on from where it stands") {
  StreetTown town;
  town.add_household(0, {adult, adult}, 1);
  town.add_place(5, 10).parking = 5;
  town.cars_run = true;
  town.model.car_share = 1;
  town.model.car_boarding = duration_of(20);
  Drill drill{town};
  drill.driving.stalls_at = 3;
  drill.run(2000);
  // 250 m at 10 m/s, then 250 m at 1.25 m/s
  CHECK(drill.story(0) == "warned@0 preparing@0 mode@0 travelling@0 sheltered@245");
  CHECK(drill.story(1) == "warned@0 preparing@0 mode@0 travelling@0 sheltered@245");
}

TEST_CASE("an exit of the area takes in everybody with their cars") {
  StreetTown town;
  for (int h = 0; h < 30; ++h) town.add_household(static_cast<std::uint32_t>(h % 5), {adult, adult}, 1);
  town.add_place(0, 1);
  auto& out = town.add_place(20, 0);
  out.exit = true;
  town.cars_run = true;
  town.model.car_share = 1;
  Drill drill{town};
  drill.run(3000);
  CHECK(drill.shelters("occupancy") == std::vector<std::uint32_t>{0, 60});
  CHECK(drill.shelters("parked") == std::vector<std::uint32_t>{0, 0});
}
