#include "chimata/people/household.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "chimata/people/population.hpp"
#include "support/small_city.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

/// One building of `residents` people on the street: the case in which sizes can follow their shares.
City one_block(double residents) {
  City city = small_city();
  city.residences = {};
  add_residence(city, {500, 20}, residents);
  return city;
}

std::size_t marked(const Column<PersonId, std::uint8_t>& column) {
  return static_cast<std::size_t>(std::accumulate(column.begin(), column.end(), 0));
}

std::array<std::size_t, 9> by_size(const Households& households) {
  std::array<std::size_t, 9> count{};
  for (std::uint32_t h = 0; h < households.size(); ++h)
    ++count[std::min<std::size_t>(households.of(HouseholdId{h}).size(), 8)];
  return count;
}

void add_building(City& city, Polygon shape, double storeys, double height, const char* structure) {
  Features& layer = city.layers["buildings"];
  layer.geometry = Geometry::polygon;
  if (layer.attributes.empty())
    layer.attributes = {{"storeysAboveGround", std::vector<double>{}},
                        {"measuredHeight", std::vector<double>{}},
                        {"buildingStructureType", std::vector<std::string>{}}};
  layer.id.push_back("B" + std::to_string(layer.size()));
  layer.name.emplace_back();
  layer.shape.push_back(std::move(shape));
  std::get<0>(layer.attributes[0].values).push_back(storeys);
  std::get<0>(layer.attributes[1].values).push_back(height);
  std::get<1>(layer.attributes[2].values).emplace_back(structure);
}

void add_collapse_zone(City& city, Polygon shape, const char* kind) {
  Features& layer = city.layers["collapse_zones"];
  layer.geometry = Geometry::polygon;
  if (layer.attributes.empty()) layer.attributes = {{"kind", std::vector<std::string>{}}};
  layer.id.push_back("C" + std::to_string(layer.size()));
  layer.name.emplace_back();
  layer.shape.push_back(std::move(shape));
  std::get<1>(layer.attributes[0].values).emplace_back(kind);
}

}  // namespace

TEST_CASE("everybody belongs to exactly one household, and its members know it") {
  for (const std::size_t total : {1, 2, 17, 1000, 5000}) {
    const Population people = synthesise(small_city(), total, Seed{3});
    const Households& all = people.households;
    std::vector<int> seen(total, 0);
    for (std::uint32_t row = 0; row < all.size(); ++row) {
      const HouseholdId h{row};
      REQUIRE_FALSE(all.of(h).empty());
      CHECK(std::is_sorted(all.of(h).begin(), all.of(h).end()));
      for (const PersonId p : all.of(h)) {
        ++seen[p.value];
        CHECK(people.household[p] == h);
      }
    }
    CHECK(std::all_of(seen.begin(), seen.end(), [](int times) { return times == 1; }));
    CHECK(all.dwelling_node.size() == all.size());
    CHECK(all.supplies_h.size() == all.size());
  }
}

TEST_CASE("in a large block households have the sizes of the census") {
  const Population people = synthesise(one_block(50'000), 50'000, Seed{3});
  const auto count = by_size(people.households);
  const auto n = static_cast<double>(people.households.size());
  // census of 2020, thousands of 55,705
  const double census[] = {0, 0.3797, 0.2811, 0.1657, 0.1190, 0.0382, 0.0102, 0.0061};
  for (std::size_t size = 1; size <= 7; ++size)
    CHECK(std::fabs(static_cast<double>(count[size]) / n - census[size]) < 0.002);
  CHECK(50'000 / n == doctest::Approx(2.211).epsilon(0.002));
}

TEST_CASE("nobody under full age lives without a grown person") {
  // 20 % children in small houses: some houses get only children, who then join the neighbours
  City city = small_city();
  city.residences = {};
  for (int i = 0; i < 400; ++i) add_residence(city, {5.0 * i, 20}, 1 + i % 3);
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Population people = synthesise(city, 799, Seed{seed});
    std::size_t minors = 0;
    for (std::uint32_t row = 0; row < people.households.size(); ++row) {
      const auto members = people.households.of(HouseholdId{row});
      CHECK(std::any_of(members.begin(), members.end(), [&](PersonId p) { return people.age[p] >= 18; }));
      for (const PersonId p : members) minors += people.age[p] < 18;
    }
    CHECK(minors > 50);
  }
}

TEST_CASE("a fifth of the elderly live alone, and more as couples") {
  const Population people = synthesise(one_block(20'000), 20'000, Seed{8});
  std::size_t elderly = 0, alone = 0, couples = 0;
  for (std::uint32_t row = 0; row < people.households.size(); ++row) {
    const auto members = people.households.of(HouseholdId{row});
    const auto old = static_cast<std::size_t>(
        std::count_if(members.begin(), members.end(), [&](PersonId p) { return people.age[p] >= 65; }));
    elderly += old;
    alone += members.size() == 1 ? old : 0;
    couples += members.size() == 2 && old == 2 ? 2 : 0;
  }
  CHECK(static_cast<double>(alone) / static_cast<double>(elderly) == doctest::Approx(0.19).epsilon(0.01));
  CHECK(static_cast<double>(couples) / static_cast<double>(elderly) == doctest::Approx(0.37).epsilon(0.01));
}

TEST_CASE("shares of licences and of needs hold to within one person of every age class") {
  const Population people = synthesise(small_city(), 10'007, Seed{5});
  const PopulationModel model;
  std::array<double, 3> n{}, grown{}, drive{}, help{}, unfit{};
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    const std::size_t c = people.age[p] < 65 ? 0 : people.age[p] < 75 ? 1 : 2;
    ++n[c];
    grown[c] += people.age[p] >= 18;
    drive[c] += people.can_drive[p];
    help[c] += people.needs_help[p];
    unfit[c] +=
        people.age[p] >= 18 && (people.needs_help[p] || people.person_class[p] == PersonClass::impaired);
    if (people.can_drive[p]) {
      CHECK(people.age[p] >= 18);
      CHECK(people.needs_help[p] == 0);
      CHECK(people.person_class[p] != PersonClass::impaired);
    }
  }
  const double licence[] = {model.licence_18, model.licence_65, model.licence_75},
               needs[] = {model.help_under_65, model.help_65, model.help_75};
  for (std::size_t c = 0; c < 3; ++c) {
    CHECK(std::fabs(help[c] - needs[c] * n[c]) <= 0.5);
    CHECK(std::fabs(drive[c] - std::min(licence[c] * grown[c], grown[c] - unfit[c])) <= 0.5);
  }
}

TEST_CASE("cars are as many per household as asked for, and raising the figure takes none away") {
  const City city = small_city();
  PopulationModel model;
  model.cars_per_household = 0.4;
  const Population few = synthesise(city, 5000, Seed{5}, model);
  model.cars_per_household = 0.9;
  const Population more = synthesise(city, 5000, Seed{5}, model);
  REQUIRE(few.households.members == more.households.members);
  double cars = 0;
  for (std::uint32_t row = 0; row < few.households.size(); ++row) {
    const HouseholdId h{row};
    CHECK(few.households.cars[h] <= more.households.cars[h]);
    const auto members = more.households.of(h);
    CHECK(more.households.cars[h] <=
          std::count_if(members.begin(), members.end(), [&](PersonId p) { return more.can_drive[p] != 0; }));
    cars += more.households.cars[h];
  }
  CHECK(std::fabs(cars - 0.9 * static_cast<double>(more.households.size())) <= 0.5);
}

TEST_CASE("changing one parameter leaves all other draws as they were") {
  const City city = small_city();
  const Population usual = synthesise(city, 3000, Seed{5});
  PopulationModel model;
  model.stocked_share = 0.2, model.one_storey_share = 0.9;
  const Population other = synthesise(city, 3000, Seed{5}, model);
  CHECK(usual.households.members == other.households.members);
  CHECK(usual.households.cars == other.households.cars);
  CHECK(usual.can_drive == other.can_drive);
  std::size_t fewer = 0;
  for (std::uint32_t row = 0; row < usual.households.size(); ++row) {
    const HouseholdId h{row};
    CHECK(other.households.supplies_h[h] <= usual.households.supplies_h[h]);
    CHECK(other.households.upper_floor[h] <= usual.households.upper_floor[h]);
    fewer += other.households.supplies_h[h] < usual.households.supplies_h[h];
  }
  CHECK(fewer > 100);
  model = {};
  model.help_75 = 0.5;
  CHECK(marked(synthesise(city, 3000, Seed{5}, model).needs_help) > marked(usual.needs_help));
}

TEST_CASE("households change nobody's home, age, class or speed") {
  PopulationModel alone;
  alone.households = false;
  const Population with = synthesise(small_city(), 2000, Seed{7}),
                   without = synthesise(small_city(), 2000, Seed{7}, alone);
  CHECK(with.home == without.home);
  CHECK(with.age == without.age);
  CHECK(with.person_class == without.person_class);
  CHECK(with.free_speed == without.free_speed);
  CHECK(without.households.size() == 2000);
  CHECK(marked(without.can_drive) == 0);
}

TEST_CASE("the building decides how high a household can go") {
  City city = small_city();
  city.residences = {};
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  const struct {
    double storeys, height, floor;
  } cases[] = {{1, 4, 0},          {2, 7, 3},          {5, 16, 12},   {kUnknown, 4.5, 0},
               {kUnknown, 7.5, 3}, {kUnknown, 31, 27}, {9999, 7.5, 3}};
  for (std::size_t i = 0; i < std::size(cases); ++i) {
    const double x = 50 + 200.0 * static_cast<double>(i);
    add_building(city, rectangle(x - 10, 10, x + 10, 30), cases[i].storeys, cases[i].height, "601");
    add_residence(city, {x + 8, 12}, 20);  // inside, not in the middle
  }
  const Population people = synthesise(city, 140, Seed{1});
  for (std::uint32_t row = 0; row < people.households.size(); ++row) {
    const HouseholdId h{row};
    const auto i = static_cast<std::size_t>((people.households.dwelling[h].x - 58) / 200 + 0.5);
    CHECK(people.households.upper_floor[h] == doctest::Approx(cases[i].floor));
  }
}

TEST_CASE("the flow carries away wooden houses, bank erosion every house") {
  City city = small_city();
  city.residences = {};
  add_collapse_zone(city, rectangle(0, 0, 600, 100), "氾濫流");
  add_collapse_zone(city, rectangle(300, 0, 600, 100), "河岸侵食");
  // wooden and concrete in the flow, concrete where the bank erodes too, wooden outside
  const double x[] = {50, 150, 450, 1050};
  const char* structure[] = {"601", "603", "603", "601"};
  for (std::size_t i = 0; i < 4; ++i) {
    add_building(city, rectangle(x[i] - 10, 10, x[i] + 10, 30), 2, 7, structure[i]);
    add_residence(city, {x[i], 20}, 3);
  }
  const Population people = synthesise(city, 12, Seed{1});
  for (std::uint32_t row = 0; row < people.households.size(); ++row) {
    const double at = people.households.dwelling[HouseholdId{row}].x;
    CHECK(people.households.in_collapse_zone[HouseholdId{row}] == (at == 50 || at == 450 ? 1 : 0));
  }
}
