#include "chimata/scenario/safe_departure.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "support/small_scenario.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

/// The small city with one adult at 950 m, 1 m/s, and another at 1,450 m; the shelter stands at 2,000 m.
ScenarioInputs two_adults() {
  ScenarioInputs inputs = small_inputs();
  auto people = std::make_shared<Population>();
  for (const double x : {950.0, 1450.0}) {
    people->home.push_back({x, 0});
    people->home_node.push_back(NodeId{static_cast<std::uint32_t>((x + 50) / 100)});
    people->access_distance.push_back(50);
    people->zone.push_back(ZoneId{x < 1000 ? 0u : 1u});
    people->age.push_back(40);
    people->person_class.push_back(PersonClass::adult);
    people->free_speed.push_back(1);
    people->can_drive.push_back(0);
    people->needs_help.push_back(0);
  }
  live_alone(*people);
  inputs.people = people;
  return inputs;
}

std::string without_population(const std::string& extra = {}) {
  return R"({"name": "a", "start": "2025-09-10 02:00", "duration": "2h", "flood": {"rasters": "none"})" +
         extra + "}";
}

}  // namespace

TEST_CASE("the last safe departure is the arrival of the water less distance / speed") {
  const Scenario scenario(without_population(), two_adults());
  const SafeDepartures& safe = scenario.safe_departures();
  // the home's water rises from 45 min by 2 m in 30 min and reaches 0.7 m after 10.5 min; from there 50 m
  // lead onto dry ground, and the water never comes into the way beyond
  CHECK(safe.latest[PersonId{0u}] == doctest::Approx(45 * 60 + 0.7 / 2 * 30 * 60));
  CHECK(safe.latest[PersonId{1u}] == std::numeric_limits<double>::infinity());
  CHECK(safe.distance[PersonId{0u}] == doctest::Approx(50 + 1000 + 30));
  CHECK(safe.distance[PersonId{1u}] == doctest::Approx(50 + 500 + 30));
  CHECK(safe.shelter[PersonId{0u}] == 0);
  CHECK(safe.class_speed[0] == doctest::Approx(1));
  CHECK(std::isnan(safe.class_speed[1]));
}

TEST_CASE("a street of 500 m in the water's way costs its length / speed") {
  ScenarioInputs inputs = two_adults();
  auto people = std::make_shared<Population>(*inputs.people);
  people->home[PersonId{0u}] = {450, 0};
  people->home_node[PersonId{0u}] = NodeId{5u};
  inputs.people = people;
  const Scenario scenario(without_population(), std::move(inputs));
  // from node 5 at 500 m to the last wet sample before 1,000 m: 500 m at 1 m/s, and 50 m to the node before
  const double closes = 45 * 60 + 0.7 / 2 * 30 * 60;
  CHECK(scenario.safe_departures().latest[PersonId{0u}] == doctest::Approx(closes - 500 - 50));
}

TEST_CASE("the water's delay and a closed street move the last safe departure") {
  const Scenario later(
      R"({"name": "a", "start": "2025-09-10 02:00", "duration": "2h", "flood": {"rasters": "none", "delay_h": 0.5}})",
      two_adults());
  CHECK(later.safe_departures().latest[PersonId{0u}] == doctest::Approx(75 * 60 + 0.7 / 2 * 30 * 60));
  const Scenario closed(
      without_population(R"(, "edits": [{"op": "close", "target": "link:15", "start": "02:20"}])"),
      two_adults());
  // both have to be past segment 15, from 1,500 to 1,600 m, by 02:20
  CHECK(closed.safe_departures().latest[PersonId{1u}] == doctest::Approx(20 * 60 - 100 - 50));
  CHECK(closed.safe_departures().latest[PersonId{0u}] == doctest::Approx(20 * 60 - 600 - 50));
}

TEST_CASE("the last safe departure knows the shelters as the evacuation does") {
  const auto with = [](const std::function<void(City&, Population&)>& change, const std::string& edits) {
    City city = small_city();
    add_shelter(city.shelters, "S2", {900, 10}, 100);  // under water from 45 min on
    ScenarioInputs inputs = two_adults();
    auto people = std::make_shared<Population>(*inputs.people);
    change(city, *people);
    ScenarioInputs changed = small_inputs(std::move(city));
    changed.people = people;
    return Scenario(without_population(R"(, "edits": [)" + edits + "]"), std::move(changed));
  };
  const auto nothing = [](City&, Population&) {};
  const PersonId west{0u};
  const std::string block = R"({"op": "close", "target": "link:15", "start": "02:01"})";

  SUBCASE("a building to go up in takes people in while the water is below its floor") {
    const auto latest = [&](double floor) {
      return with([&](City& city, Population&) { city.shelters.floor.back() = static_cast<float>(floor); },
                  block)
          .safe_departures()
          .latest[west];
    };
    // 0.5 m of water at the shelter, or 0.7 m on the way and at home
    CHECK(latest(0) == doctest::Approx(45 * 60 + 0.5 / 2 * 30 * 60 - 160));
    CHECK(latest(4) == doctest::Approx(45 * 60 + 0.7 / 2 * 30 * 60 - 150));
    CHECK(latest(0.2) == doctest::Approx(45 * 60 + 0.2 / 2 * 30 * 60 - 160));
  }
  SUBCASE("a welfare shelter takes those who need help and whoever lives with them") {
    const auto shelter = [&](bool in_need) {
      return with(
                 [&](City& city, Population& people) {
                   city.shelters.welfare.back() = 1;
                   people.needs_help[west] = in_need ? 1 : 0;
                 },
                 "")
          .safe_departures()
          .shelter[west];
    };
    CHECK(shelter(false) == 0);
    CHECK(shelter(true) == 1);
  }
  SUBCASE("a shelter that opens after the water has come takes nobody in") {
    const auto latest = [&](const std::string& opens_at) {
      return with(nothing, block + R"(, {"op": "change", "target": "shelter:S2", "set": {"opens_at": ")" +
                               opens_at + "\"}}")
          .safe_departures()
          .latest[west];
    };
    CHECK(latest("02:30") > 0);
    CHECK(latest("03:00") == -std::numeric_limits<double>::infinity());
    CHECK(latest("never") == -std::numeric_limits<double>::infinity());
  }
}
