#include <doctest/doctest.h>

#include "chimata/scenario/scenario.hpp"
#include "support/input_error.hpp"
#include "support/small_scenario.hpp"

using namespace chimata;
using namespace chimata::test;
using namespace chimata::testing;

namespace {

Scenario with_edit(const std::string& edit) {
  return small_scenario(R"("edits": [)" + edit + "]");
}

std::string refusal(const std::string& edit) {
  return complaint([&] { (void)with_edit(edit); });
}

}  // namespace

TEST_CASE("an accident takes a lane and half the flow of both directions for an hour") {
  const Scenario scenario = with_edit(
      R"({"op": "change", "target": "link:3", "start": "02:10", "end": "03:10", "set": {"capacity": "x0.5", "lanes": -1}})");
  const auto& changes = scenario.link_changes();
  REQUIRE(changes.size() == 2);
  for (const LinkChange& change : changes) {
    CHECK(Network::segment_of(change.link) == SegmentId{3u});
    CHECK(change.when.from == time_of(600));
    CHECK(change.when.to == time_of(4200));
    CHECK(change.capacity_factor == 0.5f);
    CHECK(change.speed_factor == 1.0f);
    CHECK(change.lanes == -1);
  }
  CHECK(scenario.edits().size() == 2);
}

TEST_CASE("lanes turned toward a place are taken from those that lead away") {
  const Scenario scenario =
      with_edit(R"({"op": "contraflow", "target": "link:3", "toward": [136.5, 35.0], "set": {"lanes": 1}})");
  const Network& network = scenario.city()->network;
  const auto& changes = scenario.link_changes();
  REQUIRE(changes.size() == 2);
  int sum = 0;
  for (const LinkChange& change : changes) {
    sum += change.lanes;
    const double ahead = distance(network.position[network.head(change.link)], Point{1500, 0});
    const double behind = distance(network.position[network.tail(change.link)], Point{1500, 0});
    CHECK((change.lanes > 0) == (ahead < behind));
  }
  CHECK(sum == 0);
}

TEST_CASE("closing toward a place leaves the way back open") {
  const Scenario scenario = with_edit(R"({"op": "close", "target": "link:3", "toward": [136.5, 35.0]})");
  REQUIRE(scenario.closures().size() == 1);
}

TEST_CASE("a street edit that says nothing sensible is refused in one line") {
  CHECK(refusal(R"({"op": "change", "target": "link:3"})").find("set is missing") != std::string::npos);
  CHECK(refusal(R"({"op": "change", "target": "link:3", "set": {"capacity": "half"}})")
            .find("capacity is \"half\"") != std::string::npos);
  CHECK(refusal(R"({"op": "change", "target": "link:3", "set": {"speed": 0}})").find("close the street") !=
        std::string::npos);
  CHECK(refusal(R"({"op": "change", "target": "link:3", "set": {"colour": 1}})").find("no \"colour\"") !=
        std::string::npos);
  CHECK(refusal(R"({"op": "contraflow", "target": "link:3"})").find("toward") != std::string::npos);
  CHECK(refusal(R"({"op": "contraflow", "target": "link:3", "direction": "up"})").find("forward, backward") !=
        std::string::npos);
  CHECK(refusal(R"({"op": "move", "target": "link:3", "to": [135, 35]})").find("cannot move") !=
        std::string::npos);
  CHECK(refusal(R"({"op": "close", "target": "link:3", "toward": [135, 35], "direction": "both"})")
            .find("both toward and direction") != std::string::npos);
}

TEST_CASE("a street edit that would do nothing is refused") {
  City city = small_city();
  const auto with = [&](const std::string& edit) {
    return complaint(
        [&] { (void)Scenario(small_document("\"edits\": [" + edit + "]"), small_inputs(city)); });
  };
  CHECK(with(R"({"op": "close", "target": "link:3", "modes": []})") ==
        "test.yaml: edit 1: modes is []; name some of foot, bicycle, car");
  for (auto& modes : city.network.modes) modes = kFoot;
  CHECK(
      with(R"({"op": "contraflow", "target": "link:3", "toward": [136.5, 35.0]})") ==
      "test.yaml: edit 1: link:3 has no lane for cars that leads the other way; name a street with oncoming "
      "traffic");
}
