#include <doctest/doctest.h>

#include <cmath>

#include "chimata/people/expansion.hpp"
#include "chimata/people/population.hpp"
#include "support/input_error.hpp"
#include "support/small_city.hpp"

using namespace chimata;
using namespace chimata::testing;
using chimata::test::complaint;
using chimata::test::contains;

namespace {

/// `rows` homes, 10 m apart along the street.
PeopleTable homes(std::size_t rows) {
  PeopleTable table;
  for (std::size_t i = 0; i < rows; ++i) table.home.push_back({10.0 * static_cast<double>(i), 20});
  return table;
}

std::string refusal(const PeopleTable& table) {
  return complaint([&] { (void)people_from(small_city(), table, Seed{1}); });
}

}  // namespace

TEST_CASE("fractional counts become whole people: total kept, each row within one, evenly along the table") {
  const Random random{Seed{4}};
  for (const double weight : {0.3, 0.5, 1.0, 2.7, 23.45}) {
    const std::vector<double> counts(1000, weight);
    const auto whole = expand(counts, random);
    std::size_t total = 0, first_half = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      CHECK(std::fabs(static_cast<double>(whole[i]) - weight) <= 1);
      total += whole[i], first_half += i < 500 ? whole[i] : 0;
    }
    CHECK(total == static_cast<std::size_t>(1000 * weight + 0.5));
    CHECK(std::fabs(static_cast<double>(first_half) - static_cast<double>(total) / 2) <= 1);
  }
  CHECK(expand(std::vector<double>{3, 0, 5, 1}, random) == std::vector<std::size_t>{3, 0, 5, 1});
}

TEST_CASE("groups of a table are households with what the table says of them") {
  PeopleTable table = homes(3);
  table.count = {{2, 3, 1}};
  table.household = {{"A", "B", "C"}};
  table.person_class = {{PersonClass::elderly, PersonClass::adult, PersonClass::impaired}};
  table.cars = {{0, 2, 1}};
  table.can_drive = {{0, 1, 0}};
  table.needs_help = {{1, 0, 1}};
  table.upper_floor = {{0, 6, 3}};
  table.supplies_h = {{10, 72, 24}};
  const Population people = people_from(small_city(), table, Seed{1});
  REQUIRE(people.size() == 6);
  const Households& all = people.households;
  REQUIRE(all.size() == 3);
  CHECK(all.of(HouseholdId{1u}).size() == 3);
  CHECK(all.cars == Column<HouseholdId, std::uint8_t>{0, 2, 1});
  CHECK(all.upper_floor == Column<HouseholdId, float>{0, 6, 3});
  CHECK(all.supplies_h == Column<HouseholdId, float>{10, 72, 24});
  CHECK(people.can_drive == Column<PersonId, std::uint8_t>{0, 0, 1, 1, 1, 0});
  CHECK(people.needs_help == Column<PersonId, std::uint8_t>{1, 1, 0, 0, 0, 1});
  CHECK(people.person_class.values()[2] == PersonClass::adult);
  CHECK(all.dwelling.values()[1] == Point{10, 20});
}

TEST_CASE("rows of one household name live together, rows without a name by themselves") {
  PeopleTable table = homes(1);
  table.home.assign(5, {100, 20});
  table.household = {{"A", "", "A", "", "A"}};
  const Population people = people_from(small_city(), table, Seed{1});
  CHECK(people.households.size() == 3);
  CHECK(people.household == Column<PersonId, HouseholdId>{HouseholdId{0u}, HouseholdId{1u}, HouseholdId{0u},
                                                          HouseholdId{2u}, HouseholdId{0u}});
}

TEST_CASE("a table may name the zone of its people") {
  PeopleTable table = homes(2);
  table.zone = {{"east", ""}};
  const Population people = people_from(small_city(), table, Seed{1});
  CHECK(people.zone == Column<PersonId, ZoneId>{ZoneId{1u}, ZoneId{0u}});
}

TEST_CASE("a wrong table of people is refused with row and remedy") {
  PeopleTable table = homes(2);
  table.count = {{1, -2}};
  CHECK(contains(refusal(table), "people, row 2: count is -2.000000; give the number of people"));
  table = homes(2);
  table.count = {{0.1, 0.1}};
  CHECK(contains(refusal(table), "add up to less than one person"));
  table = homes(2);
  table.household = {{"A", "A"}};
  CHECK(contains(refusal(table), "people, row 2: household A lives at two places, 10 m apart (see row 1)"));
  table = homes(2);
  table.zone = {{"", "eats"}};
  CHECK(contains(refusal(table), "people, row 2: there is no zone eats"));
  table = homes(2);
  table.cars = {{1, 300}};
  CHECK(contains(refusal(table), "row 2: cars is 300"));
  table = homes(2);
  table.needs_help = {{1}};
  CHECK(contains(refusal(table), "needs_help has 1 values for 2 people"));
  table = homes(1);
  table.upper_floor = {{-3}};
  CHECK(contains(refusal(table), "upper_floor_m is -3"));
}
