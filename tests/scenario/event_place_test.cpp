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

/// Persons who have room.
std::int64_t room_in(const Scenario& scenario) {
  std::int64_t room = 0;
  for (const AreaSpot& spot : scenario.areas().front().spots) room += spot.room;
  return room;
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
        "2 buildings cover 10 % of area:A1; people walk through them: draw them as holes of the area, or "
        "write cut_buildings: true");
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

TEST_CASE("barriers and checks are written as texts, and told the form where they are wrong") {
  const auto with = [](const std::string& key, const std::string& text) {
    return refusal(R"("at": "area:A1", ")" + key + R"(": [")" + text + "\"]");
  };
  const std::string form =
      "; write \"longitude, latitude, longitude, latitude\", two points or more, and when it stands if not "
      "always: \"…, 20:50, 21:20\"";
  for (const char* wrong : {"135.7, 34.96, 135.7", "135.7, 34.96", "135.7, a, 135.7, 35.04",
                            "135.7, 34.96, 135.7, 35.04, 20:00, 20:10, 20:20", ""}) {
    CAPTURE(wrong);
    CHECK(with("barriers", wrong) == "test.yaml: event.barriers: is \"" + std::string(wrong) + "\"" + form);
  }
  CHECK(with("barriers", "135.7, 34.96, 135.7, 35.04, 20:10, 20:00") ==
        "test.yaml: event.barriers: \"135.7, 34.96, 135.7, 35.04, 20:10, 20:00\": is taken away at 20:00, "
        "before it is put up at 20:10; check both times: they are the next ones after the scenario's start");
  CHECK(contains(with("barriers", "135.7, 34.96, 135.7, 35.04, 20:70"), "\"20:70\" is no time of day"));
  CHECK(contains(with("barriers", "34.96, 135.7, 35.04, 135.7"), "they look swapped"));
  CHECK(contains(with("barriers", "135.2, 34.96, 135.2, 35.04"), "barrier/1 lies outside area:A1"));
  // across the whole area behind the eastern gate, and nobody takes it away
  CHECK(contains(with("barriers", "135.56, 34.94, 135.56, 35.04, 135.94, 35.04, 135.94, 34.94, 20:00"),
                 "event.barriers: keep in people at places for "));
  const std::string check_form =
      "; write \"gate, lanes, seconds per person\" with 1 to 100 lanes and 0.5 to 600 s, such as "
      "\"segment/5, 4, 8\"";
  for (const char* wrong :
       {"segment/5, 0, 8", "segment/5, 1.5, 8", "segment/5, 4, 0", "segment/5, 4", "4, 8"}) {
    CAPTURE(wrong);
    CHECK(with("checks", wrong) == "test.yaml: event.checks: is \"" + std::string(wrong) + "\"" + check_form);
  }
  CHECK(with("checks", "segment/6, 4, 8") ==
        "test.yaml: event.checks: there is no gate \"segment/6\"; did you mean segment/5?");
  CHECK(contains(with("checks", "segment/5, 4, 8\", \"segment/5, 2, 8"), "segment/5 has a check already"));
  CHECK(contains(refusal(R"("at": "area:A1", "exits_only": ["segment/5"], "checks": ["segment/5, 4, 8"])"),
                 "segment/5 lets nobody in"));
}

TEST_CASE("what an event puts up is known before a run, and what nobody can get to because of it") {
  const Scenario plain = event(R"("at": "area:A1")");
  const Scenario fitted = event(
      R"("at": "area:A1", "checks": ["segment/5, 4, 8"],
         "barriers": ["135.7, 34.90, 135.7, 35.04, 20:50, 21:20", "135.945, 35.2, 135.945, 34.8"])");
  const FocusArea& area = fitted.areas().front();
  CHECK(area.gates[0].check.lanes == 4);
  CHECK(area.gates[0].check.mean == 8);
  REQUIRE(area.barriers.size() == 2);
  CHECK(area.barriers[0].id == "barrier/1");
  CHECK(area.barriers[0].stands.from == kStart + std::chrono::minutes(230));
  CHECK(area.barriers[0].stands.to == kStart + std::chrono::minutes(260));
  CHECK(area.barriers[1].always());
  // the second one cuts off the eastern end with its gate
  CHECK_FALSE(area.gates[1].way_in);
  REQUIRE(fitted.notes().size() == 1);
  CHECK(fitted.notes().front() == "barriers of area:A1 cut off gate segment/9: counted as shut");
  CHECK(plain.areas().front().area->size() == area.area->size());
  CHECK(plain.digest() != fitted.digest());
}

TEST_CASE("an edit changes the barriers of an event as any other list") {
  const Scenario plan =
      event(R"("at": "area:A1", "barriers": ["135.7, 34.9, 135.7, 35.04"])", city_with_areas(),
            R"(, "edits": [{"op": "change", "target": "event", "set":
                                 {"barriers": ["135.8, 34.9, 135.8, 35.04", "135.6, 34.9, 135.6, 35.04"]}}])");
  const auto& barriers = plan.areas().front().barriers;
  REQUIRE(barriers.size() == 2);
  CHECK(barriers[0].line.front().x == doctest::Approx(800));
}

TEST_CASE("buildings are holes of the area where they are cut out, and what they shut off is told") {
  const auto cut = [](std::vector<Polygon> buildings, const std::string& more = "") {
    return event(R"("at": "area:A1", "cut_buildings": true)" + more, city_with_areas(std::move(buildings)));
  };
  const auto size = [](const Scenario& scenario) { return scenario.areas().front().area->size(); };
  Polygon court = rectangle(600, 10, 640, 40);
  court.rings.push_back({{610, 20}, {610, 30}, {630, 30}, {630, 20}});
  const Scenario plain = cut({court, rectangle(800, 30, 900, 70), rectangle(1500, 0, 1600, 90)});
  CHECK(size(plain) ==
        doctest::Approx(40'000 - 1200 - 2000));  // the court is filled, half of one lies outside
  CHECK(plain.notes().empty());
  CHECK(plain.areas().front().barriers.empty());
  CHECK(room_in(plain) < room_in(event(R"("at": "area:A1")")));

  // 0.3 m between two of them, and between one and the border: nobody gets through
  const Scenario narrow =
      cut({rectangle(600, 10, 620, 30), rectangle(620.3, 10, 640, 30), rectangle(700, 20, 720, 49.7)});
  const auto& gaps = narrow.areas().front().barriers;
  REQUIRE(gaps.size() >= 2);
  for (const AreaBarrier& gap : gaps) CHECK(gap.id.starts_with("gap/"));
  // a metre is enough
  CHECK(cut({rectangle(600, 10, 620, 30), rectangle(621, 10, 640, 30)}).areas().front().barriers.empty());

  const Scenario yard = cut({rectangle(600, -30, 640, -20), rectangle(600, 20, 640, 30),
                             rectangle(595, -30, 605, 30), rectangle(635, -30, 645, 30)});
  CHECK(yard.notes() ==
        std::vector<std::string>{"buildings cut 1 part of 1200 m2 off area:A1, to which no gate "
                                 "leads: nobody goes there"});

  // from border to border: each half has its gate, and people fill both
  const Scenario halves = cut({rectangle(740, -60, 760, 60)});
  const FocusArea& area = halves.areas().front();
  CHECK(halves.notes().empty());
  CHECK(area.area->parts().size() == 2);
  for (std::uint32_t spot = 0; spot < area.spots.size(); ++spot)
    CHECK(area.leads(0, spot) != area.leads(1, spot));

  // over the gate: two metres stay free, and lead nowhere
  const Scenario covered = cut({rectangle(540, -20, 580, 20)});
  CHECK(covered.notes() ==
        std::vector<std::string>{"buildings of area:A1 cut off gate segment/5: counted as shut"});
  CHECK_FALSE(covered.areas().front().gates[0].way_in);
  CHECK(covered.areas().front().gates[0].width() == plain.areas().front().gates[0].width());

  CHECK(complaint([&] {
          (void)cut({rectangle(500, -60, 1000, 60)});
        }).starts_with("test.yaml: event.cut_buildings: no"));
  CHECK(complaint([&] { (void)event(R"("at": "area:A1", "cut_buildings": true)"); }) ==
        "test.yaml: event.cut_buildings: is true, but the city has no layer of buildings; import one, or "
        "leave it "
        "out");
  const Polygon crossed{{{{600, 10}, {640, 40}, {640, 10}, {600, 40}}}};
  CHECK(cut({crossed}).notes() ==
        std::vector<std::string>{
            "1 building at area:A1 is not cut out of it, because its outline crosses itself"});
}
