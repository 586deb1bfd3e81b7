#include "chimata/scenario/scenario.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "chimata/scenario/safe_departure.hpp"
#include "support/input_error.hpp"
#include "support/small_scenario.hpp"

using namespace chimata;
using namespace chimata::test;
using namespace chimata::testing;

namespace {

/// The one line a document is refused with.
std::string refusal(const std::string& extra) {
  return complaint([&] { (void)small_scenario(extra); });
}

std::string value_of(const Scenario& scenario, std::string_view name) {
  for (const auto& a : scenario.assumptions()) {
    if (a.about.name == name) return a.value;
  }
  return "none";
}

}  // namespace

TEST_CASE("a scenario knows its end, people and every assumption") {
  const Scenario scenario = small_scenario(R"("evacuation": {"order_at": "02:30", "compliance": 0.8})");
  CHECK(scenario.end() == time_of(7200));
  CHECK(scenario.start_iso() == "2025-09-10T02:00:00");
  CHECK(scenario.people()->size() == 1000);
  CHECK(value_of(scenario, "order_at") == "02:30");
  CHECK(value_of(scenario, "compliance") == "0.8");
  for (const auto& a : scenario.assumptions()) {
    CAPTURE(a.model + "." + a.about.name);
    CHECK_FALSE(a.about.source.empty());
    CHECK_FALSE(a.about.label_ja.empty());
    CHECK_FALSE(a.about.label_en.empty());
    CHECK(std::string("ABC").find(a.about.grade) != std::string::npos);
  }
}

TEST_CASE("edits are applied in order and remember what they replaced") {
  const Scenario scenario = small_scenario(R"("edits": [
      {"op": "move", "target": "shelter:S1", "to": [136.5, 35.0], "why": "高台へ"},
      {"op": "change", "target": "shelter:*", "set": {"capacity": "x1.5"}},
      {"op": "change", "target": "evacuation", "set": {"compliance": "+0.1", "order_at": "03:00"}},
      {"op": "change", "target": "evacuation", "set": {"order_at": "-30min"}},
      {"op": "add", "target": "shelter:S9", "to": [135.2, 35.0], "set": {"capacity": 50}}])");
  CHECK(scenario.shelters().size() == 2);
  CHECK(scenario.shelters()[0].capacity == 3000);
  CHECK(scenario.shelters()[0].position == Point{1500, 0});
  CHECK(scenario.shelters()[1].capacity == 50);
  CHECK(value_of(scenario, "order_at") == "02:30");
  REQUIRE(scenario.edits().size() == 6);
  CHECK(scenario.edits()[0].why == "高台へ");
  CHECK(scenario.edits()[0].number == 1);
  CHECK(scenario.edits()[1].old_value == "2000");
  CHECK(scenario.edits()[1].new_value == "3000");
  CHECK(scenario.edits()[4].old_value == "03:00");
}

TEST_CASE("a pattern names several shelters") {
  City city = small_city();
  add_shelter(city.shelters, "S2", {1500, 20}, 100);
  add_shelter(city.shelters, "T1", {1600, 20}, 100);
  const Scenario scenario(
      small_document(R"("edits": [{"op": "change", "target": "shelter:S*", "set": {"capacity": "x2"}}])"),
      small_inputs(std::move(city)));
  CHECK(scenario.shelters()[0].capacity == 4000);
  CHECK(scenario.shelters()[1].capacity == 200);
  CHECK(scenario.shelters()[2].capacity == 100);
}

TEST_CASE("links close for a while and open again earlier when told to") {
  const Scenario scenario = small_scenario(R"("edits": [
      {"op": "close", "target": "link:3", "start": "02:10", "end": "03:00", "modes": ["foot"]},
      {"op": "open", "target": "link:3", "start": "02:20", "end": "02:30"}])");
  REQUIRE(scenario.closures().size() == 4);  // two directions, two remaining windows
  CHECK(scenario.closures()[0].when.from == time_of(600));
  CHECK(scenario.closures()[0].when.to == time_of(1200));
  CHECK(scenario.closures()[1].when.from == time_of(1800));
  CHECK(scenario.closures()[1].when.to == time_of(3600));
}

TEST_CASE("whatever is wrong in a scenario is said in one line that helps") {
  CHECK(refusal(R"("evacuatoin": {})") == "test.yaml: unknown key \"evacuatoin\"; did you mean evacuation?");
  CHECK(refusal(R"("evacuation": {"complience": 1})") ==
        "test.yaml: evacuation has no parameter \"complience\"; did you mean compliance?");
  CHECK(refusal(R"("evacuation": {"compliance": 1.7})") ==
        "test.yaml: evacuation.compliance: is 1.7; give a share from 0 to 1");
  CHECK(refusal(R"("evacuation": {"order_at": "noon"})").find("give a time such as 02:30") !=
        std::string::npos);
  CHECK(refusal(R"("walking": {"law": "helbing"})").find("give one of weidmann, crowdwalk") !=
        std::string::npos);
  CHECK(refusal(R"("edits": [{"op": "move", "target": "shelter:S2", "to": [136, 35]}])") ==
        "test.yaml: edit 1: shelter:S2 not found; did you mean shelter:S1?");
  CHECK(refusal(R"("edits": [{"op": "move", "target": "shelter:S1", "to": [35, 136]}])")
            .find("longitude first") != std::string::npos);
  CHECK(refusal(R"("edits": [{"op": "move", "target": "shelter:S1", "to": [140, 35]}])")
            .find("from the nearest street") != std::string::npos);
  CHECK(refusal(R"("edits": [{"op": "change", "target": "shelter:S1", "set": {"capacity": -50}}])") ==
        "test.yaml: edit 1: capacity of shelter:S1: is -50; give a number (persons) from 0 to 1,000,000");
  CHECK(refusal(R"("edits": [{"op": "close", "target": "link:osm/way/99"}])")
            .find("not found in the network") != std::string::npos);
  CHECK(refusal(R"("edits": [{"op": "move", "target": "shelter:S1", "to": "area:hill"}])")
            .find("area:hill not found") != std::string::npos);
  CHECK(refusal(R"("schema": "chimata/scenario@9")").find("this version reads chimata/scenario@1") !=
        std::string::npos);
  CHECK(refusal(R"("duration": "-2h")").find("up to 31 days") != std::string::npos);
  CHECK(refusal(R"("evacuation": {"order_at": "04:10"})") ==
        "test.yaml: evacuation.order_at: is 04:10, but the scenario ends at 04:00; give an earlier time, or "
        "never");
  CHECK(refusal(R"("population": {"total": 0})").find("there are 0 people") != std::string::npos);
  CHECK(refusal(R"("population": {"total": -5})").find("0 or more") != std::string::npos);
}

TEST_CASE("the digest follows everything that decides the outcome") {
  const auto digest = [](const std::string& extra) { return small_scenario(extra).digest(); };
  CHECK(digest("") == digest(""));
  CHECK(digest("") != digest(R"("evacuation": {"compliance": 0.71})"));
  CHECK(digest("") != digest(R"("population": {"total": 1001, "seed": 3})"));
  CHECK(digest("") !=
        digest(R"("edits": [{"op": "change", "target": "shelter:S1", "set": {"capacity": 10}}])"));
}

TEST_CASE("a way out of the area that is closed takes nobody any more") {
  City city = small_city();
  add_shelter(city.shelters, "out", {0, 10}, 0);
  const auto plan = [&](const std::string& more) {
    return Scenario(
        small_document(R"("edits": [{"op": "change", "target": "shelter:out", "set": {"exit": true}})" +
                       more + "]"),
        small_inputs(city));
  };
  CHECK(plan("").shelters()[1].exit);
  for (const char* op : {"close", "remove"}) {
    const Scenario closed = plan(std::string(R"(, {"op": ")") + op + R"(", "target": "shelter:out"})");
    CHECK_FALSE(closed.shelters()[1].exit);
    CHECK(closed.edits().back().field == "exit");
    CHECK(closed.edits().back().old_value == "true");
    CHECK(closed.edits().back().new_value == "false");
    CHECK(closed.safe_departures().distance[PersonId{0u}] >
          plan("").safe_departures().distance[PersonId{0u}]);
  }
}

TEST_CASE("the digest follows what the city, its people and the water are") {
  const auto of_city = [](const std::function<void(City&)>& change) {
    City city = small_city();
    add_shelter(city.shelters, "S2", {1500, 20}, 100);
    change(city);
    return Scenario(small_document(), small_inputs(std::move(city))).digest();
  };
  const std::uint64_t as_it_is = of_city([](City&) {});
  CHECK(as_it_is == of_city([](City&) {}));
  const std::function<void(City&)> changes[] = {
      [](City& c) { c.shelters.capacity.back() = 10; },
      [](City& c) { c.shelters.position.back().x -= 1; },
      [](City& c) { c.shelters.id.back() = "S7"; },
      [](City& c) { c.shelters.fit.back() = kRiverFlood; },
      [](City& c) { c.shelters.floor.back() = 6; },
      [](City& c) { c.shelters.parking.back() = 6; },
      [](City& c) { c.shelters.toilets.back() = 6; },
      [](City& c) { c.shelters.water_l.back() = 6; },
      [](City& c) { c.shelters.meals.back() = 6; },
      [](City& c) { c.shelters.welfare.back() = 1; },
      [](City& c) { c.zones.in_warning_area.back() = 1; },
      [](City& c) { c.zones.id.back() = "far east"; },
      [](City& c) { c.network.lanes.back() = 4; },
      [](City& c) { c.network.speed.back() = 4; },
      [](City& c) { c.network.capacity.back() = 4; },
      [](City& c) { std::swap(c.network.from.back(), c.network.to.back()); },
      [](City& c) { c.network.left_hand = !c.network.left_hand; },
      [](City& c) { c.network.signal.back() = 1; },
      [](City& c) {
        c.network.restrictions.push_back({{LinkId{0u}, LinkId{2u}}});
      },
  };
  std::size_t number = 0;
  for (const auto& change : changes) {
    CAPTURE(number++);
    CHECK(of_city(change) != as_it_is);
  }
}

TEST_CASE("the digest follows the people of a table, and where the water stands") {
  const Scenario drawn = small_scenario();
  const auto of_people = [&](const std::function<void(Population&)>& change) {
    auto people = std::make_shared<Population>(*drawn.people());
    change(*people);
    ScenarioInputs inputs = small_inputs();
    inputs.people = people;
    return Scenario(small_document(), std::move(inputs)).digest();
  };
  const std::uint64_t as_they_are = of_people([](Population&) {});
  const std::function<void(Population&)> changes[] = {
      [](Population& p) { p.age.back() = 99; },
      [](Population& p) { p.zone.back() = ZoneId::none(); },
      [](Population& p) { p.home_node.back() = NodeId{0u}; },
      [](Population& p) { p.access_distance.back() += 1; },
      [](Population& p) { p.households.dwelling_node.back() = NodeId{0u}; },
      [](Population& p) { p.households.access_distance.back() += 1; },
  };
  for (const auto& change : changes) CHECK(of_people(change) != as_they_are);

  ScenarioInputs moved = small_inputs();
  moved.read_depths = [](const FloodSource&, const City&, Duration) {
    auto series = std::make_shared<DepthSeries>(*western_flood());
    series->frame.west += 50;
    return series;
  };
  CHECK(Scenario(small_document(), std::move(moved)).digest() != drawn.digest());
}

TEST_CASE("a stock that is not known stays so when stocks are multiplied") {
  City city = small_city();
  add_shelter(city.shelters, "S2", {1500, 20}, 100);
  city.shelters.water_l.back() = 200;
  city.shelters.meals.back() = 90;
  const Scenario scenario(
      small_document(
          R"("edits": [{"op": "change", "target": "shelter:*", "set": {"water_l": "x1.5", "meals": "-30"}}])"),
      small_inputs(std::move(city)));
  CHECK(scenario.shelters()[0].water_l == -1);
  CHECK(scenario.shelters()[0].meals == -1);
  CHECK(scenario.shelters()[1].water_l == 300);
  CHECK(scenario.shelters()[1].meals == 60);
  CHECK(scenario.edits()[0].old_value == "not known");
  CHECK(scenario.edits()[0].new_value == "not known");
  const Scenario given =
      small_scenario(R"("edits": [{"op": "change", "target": "shelter:*", "set": {"water_l": 50}}])");
  CHECK(given.shelters()[0].water_l == 50);
  CHECK(given.edits()[0].old_value == "not known");
}

TEST_CASE("a text with a sign changes what is, a number takes its place") {
  const auto delay = [](const std::string& written) {
    return value_of(small_scenario(R"("edits": [{"op": "change", "target": "flood", "set": {"delay_h": 2}},
        {"op": "change", "target": "flood", "set": {"delay_h": )" +
                                   written + "}}]"),
                    "delay_h");
  };
  CHECK(delay("-0.5") == "-0.5");
  CHECK(delay("\"-0.5\"") == "1.5");
  CHECK(delay("\"+0.5\"") == "2.5");
  const Scenario sooner = small_scenario(
      R"("edits": [{"op": "change", "target": "evacuation", "set": {"departure_mean": "-10min"}}])");
  CHECK(value_of(sooner, "departure_mean") == "20min");
}

TEST_CASE("moments that never come are refused, and never is written as never") {
  CHECK(refusal(R"("end": "2025-12-10 02:00", "duration": null)").find("31 days") != std::string::npos);
  CHECK(refusal(R"("edits": [{"op": "change", "target": "shelter:S1", "set": {"opens_at": "05:00"}}])") ==
        "test.yaml: shelter:S1.opens_at: is 05:00, but the scenario ends at 04:00; give an earlier time, or "
        "never");
  City city = small_city();
  add_shelter(city.shelters, "S2", {1500, 20}, 100);
  const Scenario scenario(small_document(R"("edits": [
      {"op": "change", "target": "shelter:S2", "set": {"opens_at": "never"}},
      {"op": "close", "target": "link:3", "end": "never"}])"),
                          small_inputs(std::move(city)));
  CHECK(scenario.edits()[0].new_value == "never");
  CHECK(scenario.edits()[1].new_value == "02:00–never");
}

TEST_CASE("what the evacuation cannot be run with is said of the file, before anything runs") {
  CHECK(refusal(R"("evacuation": {"zones": ["wset"]})") ==
        "test.yaml: evacuation.zones: there is no zone \"wset\"; did you mean west?");
  CHECK(refusal(R"("evacuation": {"order_at": "2025-09-10 01:00"})") ==
        "test.yaml: evacuation.order_at: lies 3600 s before the scenario starts; start the scenario earlier "
        "or warn later");
  CHECK(refusal(R"("evacuation": {"crews": 1, "crew_base": "S2"})") ==
        "test.yaml: evacuation.crew_base: there is no shelter \"S2\"; did you mean S1?");
  CHECK(refusal(R"("driving": {}, "evacuation": {"car_share": 0.5})") ==
        "test.yaml: shelters: people may leave by car, but no shelter has parking; give parking to some, or "
        "set evacuation.car_ban");
  CHECK(refusal(R"("edits": [{"op": "close", "target": "shelter:S1"}])") ==
        "test.yaml: shelters: none of 1 can be used (room above 0, beside a street, fit for floods); give "
        "capacities, or set evacuation.flood_safe_only to false");
}
