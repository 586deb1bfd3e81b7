#include "chimata/people/population.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <map>

#include "support/small_city.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

std::size_t count_class(const Population& people, PersonClass wanted) {
  std::size_t n = 0;
  for (const PersonClass c : people.person_class) n += c == wanted ? 1 : 0;
  return n;
}

}  // namespace

TEST_CASE("people are as many as asked for, and each home has its share to within one") {
  const City city = small_city();
  for (const std::size_t total : {1, 7, 999, 1000, 12345}) {
    const Population people = synthesise(city, total, Seed{1});
    REQUIRE(people.size() == total);
    std::map<double, std::size_t> at;  // by x: every residence has its own
    for (const Point home : people.home) ++at[home.x];
    for (std::size_t r = 0; r < city.residences.size(); ++r) {
      const double exact = static_cast<double>(total) * city.residences.residents[r] / 1000.0;
      CHECK(std::fabs(static_cast<double>(at[city.residences.position[r].x]) - exact) < 1);
    }
  }
}

TEST_CASE("with head counts that divide evenly the numbers are exact") {
  const City city = small_city();
  const Population people = synthesise(city, 2000, Seed{4});
  std::array<std::size_t, 2> in_zone{};
  for (const ZoneId z : people.zone) ++in_zone[z.value];
  CHECK(in_zone[0] == 1200);
  CHECK(in_zone[1] == 800);

  // west: 12 % under 15, 14 % to 74, 15 % older, 5 % impaired; east: 20, 10, 5 and 2 %
  std::array<std::array<std::size_t, 4>, 2> by_age{};
  std::array<std::size_t, 2> impaired{};
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    const int age = people.age[p];
    ++by_age[people.zone[p].value][age < 15 ? 0 : age < 65 ? 1 : age < 75 ? 2 : 3];
    impaired[people.zone[p].value] += people.person_class[p] == PersonClass::impaired ? 1 : 0;
  }
  CHECK(by_age[0] == std::array<std::size_t, 4>{144, 708, 168, 180});
  CHECK(by_age[1] == std::array<std::size_t, 4>{160, 520, 80, 40});
  CHECK(impaired == std::array<std::size_t, 2>{60, 16});
}

TEST_CASE("the old are impaired more often than the young") {
  const City city = small_city();
  const Population people = synthesise(city, 20'000, Seed{4});
  std::size_t young = 0, young_impaired = 0, old = 0, old_impaired = 0;
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    const bool impaired = people.person_class[p] == PersonClass::impaired;
    if (people.age[p] >= 75) ++old, old_impaired += impaired;
    if (people.age[p] < 65) ++young, young_impaired += impaired;
  }
  const double ratio = (static_cast<double>(old_impaired) / static_cast<double>(old)) /
                       (static_cast<double>(young_impaired) / static_cast<double>(young));
  CHECK(ratio > 6);  // the weight is 9; drawing without replacement and finite numbers leave it near
  CHECK(ratio < 11);
}

TEST_CASE("the same city gives the same people, and another seed others at the same homes") {
  const City city = small_city();
  const Population a = synthesise(city, 3000, Seed{9}), b = synthesise(city, 3000, Seed{9});
  const Population other = synthesise(city, 3000, Seed{10});
  CHECK(a.age == b.age);
  CHECK(a.free_speed == b.free_speed);
  CHECK(a.person_class == b.person_class);
  CHECK(a.home == other.home);
  CHECK(a.free_speed != other.free_speed);
}

TEST_CASE("free speeds have the mean and spread of their class") {
  const City city = small_city();
  const Population people = synthesise(city, 100'000, Seed{2});
  const std::array<double, kPersonClasses> mean_wanted{1.34, 1.34 * 0.8, 1.07, 0.5};
  for (int c = 0; c < kPersonClasses; ++c) {
    double sum = 0, squares = 0, n = 0;
    for (std::uint32_t row = 0; row < people.size(); ++row) {
      if (people.person_class[PersonId{row}] != static_cast<PersonClass>(c)) continue;
      const double v = double{people.free_speed[PersonId{row}]};
      sum += v, squares += v * v, n += 1;
    }
    const double mean = sum / n, sd = std::sqrt(squares / n - mean * mean);
    const double expected = mean_wanted[static_cast<std::size_t>(c)];
    const double sd_expected = expected * 0.26 / 1.34 * 0.9866;  // cut at three standard deviations
    CHECK(mean == doctest::Approx(expected).epsilon(4 * 0.2 / std::sqrt(n)));
    CHECK(sd == doctest::Approx(sd_expected).epsilon(4 / std::sqrt(2 * n)));
  }
}

TEST_CASE("at night everyone is slower by the factor, and nobody slower than the slowest") {
  const City city = small_city();
  PopulationModel night;
  night.night_factor = 0.8;
  const Population by_day = synthesise(city, 500, Seed{2}), by_night = synthesise(city, 500, Seed{2}, night);
  for (std::uint32_t row = 0; row < 500; ++row) {
    const double expected = std::max(0.2, 0.8 * double{by_day.free_speed[PersonId{row}]});
    CHECK(double{by_night.free_speed[PersonId{row}]} == doctest::Approx(expected));
  }
  PopulationModel slow;
  slow.impaired_speed = 0.1, slow.slowest = 0.3;
  const Population crawling = synthesise(city, 500, Seed{2}, slow);
  for (const float v : crawling.free_speed) CHECK(v >= 0.3f);
}

TEST_CASE("people enter the street at the node nearest to their home") {
  const City city = small_city();
  const Population people = synthesise(city, 100, Seed{1});
  for (std::uint32_t row = 0; row < 100; ++row) {
    const PersonId p{row};
    CHECK(distance(people.home[p], city.network.position[people.home_node[p]]) ==
          doctest::Approx(double{people.access_distance[p]}));
    CHECK(people.access_distance[p] < 54.0f);
  }
}

TEST_CASE("people outside all zones follow the mean of the zones, and without zones all are adults") {
  City city = small_city();
  city.residences = {};
  add_residence(city, {500, 400}, 1);
  const Population outside = synthesise(city, 1000, Seed{1});
  CHECK_FALSE(outside.zone[PersonId{0u}].valid());
  std::size_t young = 0;
  for (const auto age : outside.age) young += age < 15 ? 1 : 0;
  CHECK(young == 152);  // 0.6 * 12 % + 0.4 * 20 %
  city.zones = {};
  CHECK(count_class(synthesise(city, 1000, Seed{1}), PersonClass::adult) == 1000);
}

TEST_CASE("nobody to make is refused in one line") {
  City city = small_city();
  CHECK_THROWS_WITH_AS(static_cast<void>(synthesise(city, 0, Seed{1})),
                       "population: 0 people were asked for; ask for 1 or more", InputError);
  city.residences.residents.assign(city.residences.size(), 0);
  CHECK_THROWS_AS(static_cast<void>(synthesise(city, 10, Seed{1})), InputError);
  city = small_city();
  city.network.modes.assign(city.network.link_count(), kCar);
  CHECK_THROWS_AS(static_cast<void>(synthesise(city, 10, Seed{1})), InputError);
}

TEST_CASE("a table of people keeps what it says and draws the rest") {
  const City city = small_city();
  PeopleTable table;
  table.home = {{120, 5}, {1500, 5}, {500, 900}};
  table.age = {8, 40, 80};
  table.free_speed = {0.7, 1.3, 0.9};
  const Population people = people_from(city, table, Seed{1});
  CHECK(people.age == Column<PersonId, std::uint8_t>{8, 40, 80});
  CHECK(people.free_speed == Column<PersonId, float>{0.7f, 1.3f, 0.9f});
  CHECK(people.zone == Column<PersonId, ZoneId>{ZoneId{0u}, ZoneId{1u}, ZoneId::none()});
  CHECK(people.home_node[PersonId{0u}] == NodeId{1u});

  PeopleTable classes;
  classes.home = table.home;
  classes.person_class = {PersonClass::impaired, PersonClass::child, PersonClass::adult};
  const Population by_class = people_from(city, classes, Seed{1});
  CHECK(by_class.person_class[PersonId{1u}] == PersonClass::child);
  CHECK(by_class.free_speed[PersonId{0u}] < 0.8f);
}

TEST_CASE("a wrong row of a table of people is named") {
  const City city = small_city();
  PeopleTable table;
  CHECK_THROWS_AS(static_cast<void>(people_from(city, table, Seed{1})), InputError);
  table.home = {{120, 5}, {1500, 5}};
  table.age = {8, 400};
  CHECK_THROWS_WITH_AS(static_cast<void>(people_from(city, table, Seed{1})),
                       "people, row 2: age is 400; give 0 to 120 years", InputError);
  table.age = {8};
  CHECK_THROWS_AS(static_cast<void>(people_from(city, table, Seed{1})), InputError);
  table.age.reset();
  table.free_speed = {0, 1};
  CHECK_THROWS_AS(static_cast<void>(people_from(city, table, Seed{1})), InputError);
}

TEST_CASE("every default of the population says where it comes from, in range, with both labels") {
  for (const auto& bound : population_parameters().all) {
    INFO(bound.about.name);
    CHECK_FALSE(bound.about.source.empty());
    CHECK_FALSE(bound.about.label_ja.empty());
    CHECK_FALSE(bound.about.label_en.empty());
    const double* value = std::get_if<double>(&bound.about.default_value);
    CHECK((!value || (*value >= bound.about.low && *value <= bound.about.high)));
  }
  CHECK(population_parameters().all.size() == 26);
}
