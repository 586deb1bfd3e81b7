#include "chimata/scenario/event_place.hpp"

#include <doctest/doctest.h>

#include "chimata/scenario/scenario.hpp"
#include "support/input_error.hpp"
#include "support/small_scenario.hpp"

using namespace chimata;
using namespace chimata::test;
using namespace chimata::testing;

namespace {

Features layer_of(const std::string& name, std::vector<Polygon> shapes) {
  Features features;
  features.layer = name;
  features.source = name + ".geojson";
  features.geometry = Geometry::polygon;
  for (Polygon& shape : shapes) {
    features.id.push_back("A" + std::to_string(features.id.size() + 1));
    features.name.push_back("");
    features.shape.push_back(std::move(shape));
  }
  return features;
}

/// The street runs through area:A1 from x = 550 to 950; its segments are 100 m long. Area A2 lies aside of
/// it, A3 crosses itself, and in A4 there is room for nobody.
City city_with_areas(std::vector<Polygon> buildings = {}) {
  City city = small_city();
  const Polygon crossed{{{{550, -50}, {950, 50}, {950, -50}, {550, 50}}}};
  city.layers["areas"] = layer_of("areas", {rectangle(550, -50, 950, 50), rectangle(550, 60, 950, 90),
                                            crossed, rectangle(550, -1, 950, 1)});
  if (!buildings.empty()) city.layers["buildings"] = layer_of("buildings", std::move(buildings));
  return city;
}

Scenario event(const std::string& event_keys, City city = city_with_areas(), const std::string& more = {}) {
  ScenarioInputs inputs = small_inputs(std::move(city));
  inputs.degrees = [](Point at) { return Point{135 + at.x / 1000, 35 + at.y / 1000}; };
  return Scenario(
      R"({"name": "花火", "start": "2025-09-10 17:00", "duration": "4h", "population": {"total": 1000},
      "event": {"start": "19:00", "end": "20:00", "attendance": 100, )" +
          event_keys + "}" + more + "}",
      std::move(inputs));
}

std::string refusal(const std::string& event_keys) {
  return complaint([&] { (void)event(event_keys); });
}

}  // namespace

TEST_CASE("an area that cannot be used is named with its file, the key, and degrees") {
  CHECK(refusal(R"("at": "area:A3")") ==
        "test.yaml: event.at: area:A3 of areas.geojson, part 1, outer ring: crosses itself at 135.750000, "
        "35.000000; draw it so that no two of its edges meet");
  CHECK(
      refusal(R"("at": "area:A2")") ==
      "test.yaml: event.at: area:A2 of areas.geojson: no street for people on foot leads into it; draw it so "
      "that streets cross its border, or widen within_m");
  CHECK(refusal(R"("at": "area:A4")") ==
        "test.yaml: event.at: area:A4 of areas.geojson: nobody has room in it; choose a larger area or widen "
        "within_m");
}

TEST_CASE("a gate written in another way is told the form") {
  CHECK(refusal(R"("at": "area:A1", "extra_gates": [135.7, 35.05, 6])") ==
        "test.yaml: event.extra_gates: is [135.7,35.05,6]; give a list of texts, each as \"longitude, "
        "latitude, "
        "width in m\"");
  CHECK(refusal(R"("at": "area:A1", "extra_gates": ["35.05, 135.7, 6"])") ==
        "test.yaml: event.extra_gates: [35.05,135.7] is no longitude and latitude; they look swapped: write "
        "longitude first");
}

TEST_CASE("a range is told with the units in which it is written") {
  CHECK(refusal(R"("at": "area:A1", "release": "5h")") ==
        "test.yaml: event.release: is \"5h\"; give a duration such as 10min or 6h, from 0s to 4h");
  CHECK(refusal(R"("at": "area:A1", "train_every": "5h")").ends_with("from 1min to 3h"));
}

TEST_CASE("gates of an event are known before a run") {
  const Scenario scenario = event(R"("at": "area:A1", "closed_gates": ["segment/5"])");
  REQUIRE(scenario.areas().size() == 1);
  const auto& gates = scenario.areas().front().gates;
  REQUIRE(gates.size() == 2);
  CHECK(gates[0].id == "segment/5");
  CHECK_FALSE(gates[0].way_in);
  CHECK(gates[1].id == "segment/9");
  CHECK(gates[1].way_out);
  CHECK(scenario.notes().empty());
}

TEST_CASE("buildings that nobody cut out of the area are told with the share they cover") {
  const auto notes = [](std::vector<Polygon> buildings) {
    return event(R"("at": "area:A1")", city_with_areas(std::move(buildings))).notes();
  };
  // half of the second building lies outside
  const std::vector<std::string> found =
      notes({rectangle(600, 10, 700, 30), rectangle(800, 30, 900, 70), rectangle(1500, 0, 1600, 90)});
  REQUIRE(found.size() == 1);
  CHECK(found.front() ==
        "2 buildings cover 10 % of area:A1; people walk through them: draw them as holes of the area");
  CHECK(notes({rectangle(1500, 0, 1600, 90)}).empty());
  City with_hole = city_with_areas({rectangle(600, 10, 700, 30)});
  with_hole.layers["areas"].shape[0].rings.push_back({{600, 10}, {600, 30}, {700, 30}, {700, 10}});
  CHECK(event(R"("at": "area:A1")", with_hole).notes().empty());
}

TEST_CASE("an edit that closes a street at the area says how its gate is shut") {
  const auto notes = [](const std::string& edit) {
    return event(R"("at": "area:A1")", city_with_areas(), R"(, "edits": [)" + edit + "]").notes();
  };
  CHECK(notes(R"({"op": "close", "target": "link:5"})") ==
        std::vector<std::string>{
            "edit 1 closes link:5, but the gate segment/5 of the event stays open: to shut it, "
            "write closed_gates: [segment/5] below event"});
  CHECK(notes(R"({"op": "close", "target": "link:7"})") ==
        std::vector<std::string>{
            "edit 1 closes link:7, of which a part lies inside area:A1: people there walk over "
            "the whole area, whatever is closed"});
  CHECK(notes(R"({"op": "close", "target": "link:15"})").empty());
  CHECK(contains(complaint([&] { (void)notes(R"({"op": "close", "target": "way/5"})"); }),
                 "set: {closed_gates: [way/5]}}, a street by target: link:osm/way/ID"));
}
