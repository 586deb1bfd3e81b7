#include <doctest/doctest.h>

#include <algorithm>

#include "support/ascii_city.hpp"
#include "support/walk.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

SegmentId segment(const AsciiCity& city, const char* name) {
  return Network::segment_of(city.link(name));
}

std::int64_t in_state(const Walk& walk, PersonState state) {
  return walk.census()[static_cast<std::size_t>(state)];
}

/// Those handed over as casualties; nobody of them is left with the engine.
std::int64_t swept_away(const Walk& walk) {
  CHECK(in_state(walk, PersonState::casualty) == 0);
  return std::count_if(walk.left.begin(), walk.left.end(), [](const auto& entry) {
    return entry.second.state == PersonState::casualty && entry.second.reason == HandoverReason::swept_away;
  });
}

/// One street of 100 m with water whose velocity is known, and somebody on it at 1 m/s.
struct Street {
  explicit Street(PersonClass who = PersonClass::adult) : city(ascii_city("A----B")), walk(city.network) {
    walk.water = walk.flowing = true;
    person = walk.add(city.node('A'), city.node('B'), 0, 1.0, who);
    street = segment(city, "AB");
  }
  AsciiCity city;
  Walk walk;
  PersonId person;
  SegmentId street;
};

}  // namespace

TEST_CASE("a torrent that comes down the street sweeps the child away and leaves the adult standing") {
  for (const PersonClass who : {PersonClass::child, PersonClass::adult}) {
    Street run(who);
    run.walk.run_until(40);
    run.walk.flood(run.street, 0.25);
    run.walk.flow(run.street, 2.0);  // 0.5 m²/s
    run.walk.run_until(60);
    const bool lost = who == PersonClass::child;
    CHECK(swept_away(run.walk) == (lost ? 1 : 0));
    CHECK(run.walk.count(PersonState::casualty) == (lost ? 1u : 0u));
    if (!lost) continue;
    // at the moment the water came, and on record as such
    CHECK(run.walk.events.back().time == time_of(40));
    const TableSet tables = run.walk.tables();
    const Table& legs = tables.at("legs");
    CHECK(legs.get<std::uint8_t>("outcome")[0] == 4);
    CHECK(legs.get<double>("end_s")[0] == 40);
    CHECK(legs.get<float>("last_fraction")[0] == doctest::Approx(0.4));
    CHECK(legs.get<float>("deepest_m")[0] == doctest::Approx(0.25));
    CHECK(legs.get<float>("depth_velocity_m2_s")[0] == doctest::Approx(0.5));
    // a casualty never moves again, whatever the water does
    run.walk.flood(run.street, 0);
    run.walk.run_until(300);
    CHECK(swept_away(run.walk) == 1);
    CHECK(run.walk.process->next_event() == kNever);
  }
}

TEST_CASE("who is on the street when its far end becomes a torrent is lost on reaching it, at that moment") {
  Street run;
  run.walk.run_until(20);
  run.walk.flood(run.street, 0.2, 0.5, 1.0);
  run.walk.flow(run.street, 3.5, 0.5, 1.0);
  run.walk.run_until(100);
  REQUIRE(run.walk.count(PersonState::casualty) == 1);
  CHECK(run.walk.events.back().time == time_of(50));
}

TEST_CASE("nobody steps into a torrent that would sweep them away, others may") {
  const auto city = ascii_city("A----B");
  Walk walk(city.network);
  walk.water = walk.flowing = true;
  const PersonId child = walk.add(city.node('A'), city.node('B'), 10, 1.0, PersonClass::child);
  const PersonId adult = walk.add(city.node('A'), city.node('B'), 10, 1.0, PersonClass::adult);
  walk.flood(segment(city, "AB"), 0.2);
  walk.flow(segment(city, "AB"), 2.5);
  walk.run_until(400);
  CHECK(walk.arrived(adult));
  REQUIRE(walk.left.contains(child.value));
  CHECK(walk.left.at(child.value).state == PersonState::waiting);
  CHECK(walk.count(PersonState::casualty) == 0);
}

TEST_CASE("those who know the streets go round a shallow torrent") {
  const auto city = ascii_city(R"(
      A----B
      |    |
      C----D
  )");
  Walk walk(city.network);
  walk.water = walk.flowing = true;
  const PersonId person =
      walk.add(city.node('A'), city.node('B'), 0, 1.0, PersonClass::adult, Knowledge::informed);
  walk.flood(segment(city, "AB"), 0.2);
  walk.flow(segment(city, "AB"), 4.5);
  walk.run_out();
  CHECK(walk.arrived(person));
  CHECK(walk.links_of(person).front() == city.link("AC"));
}

TEST_CASE("somebody stopped by still water is swept away when it begins to flow") {
  Street run;
  run.walk.run_until(40);
  run.walk.flood(run.street, 0.8);
  run.walk.run_until(100);
  CHECK(in_state(run.walk, PersonState::stranded) == 1);
  CHECK(run.walk.process->next_event() == kNever);
  run.walk.flow(run.street, 1.1);
  CHECK(run.walk.process->next_event() != kNever);  // speed alone is news
  run.walk.run_until(110);
  CHECK(swept_away(run.walk) == 1);
  CHECK(run.walk.events.back().time == time_of(100));
  const TableSet tables = run.walk.tables();
  CHECK(tables.at("legs").get<float>("stopped_s")[0] == 60);
}

TEST_CASE("people in a queue are swept away as well, and the street has their room again") {
  const auto city = ascii_city("A----B----C");
  Walk walk(city.network);
  walk.water = walk.flowing = true;
  walk.closures = {};
  for (int i = 0; i < 400; ++i) walk.add(city.node('A'), city.node('C'), 0, 1.3);
  walk.run_until(90);
  const auto before = walk.held();
  walk.flood(segment(city, "AB"), 0.5);
  walk.flow(segment(city, "AB"), 2.0);
  walk.run_until(1000);
  const auto lost = swept_away(walk);
  CHECK(lost > 0);
  CHECK(before >= lost);
  CHECK(walk.count(PersonState::casualty) == static_cast<std::size_t>(lost));
  walk.flow(segment(city, "AB"), 0);
  walk.flood(segment(city, "AB"), 0);
  walk.run_until(3000);
  CHECK(in_state(walk, PersonState::travelling) == 0);
}

TEST_CASE("without known velocity the same depth stops people but takes nobody") {
  const auto city = ascii_city("A----B");
  Walk walk(city.network);
  walk.water = true;
  walk.add(city.node('A'), city.node('B'), 0, 1.0, PersonClass::child);
  walk.run_until(40);
  walk.flood(segment(city, "AB"), 3.0);
  walk.run_until(100);
  CHECK(in_state(walk, PersonState::stranded) == 1);
  const TableSet tables = walk.tables();
  CHECK_THROWS((void)tables.at("legs").get<float>("deepest_m"));  // nobody asked for it
}

TEST_CASE("the water that people met is on record when asked for: greatest depth and time stopped") {
  const auto city = ascii_city("A----B");
  Walk walk(city.network);
  walk.water = true;
  walk.wading.record_exposure = true;
  walk.add(city.node('A'), city.node('B'), 0, 1.0);
  walk.run_until(40);
  walk.flood(segment(city, "AB"), 0.9);
  walk.run_until(70);
  walk.flood(segment(city, "AB"), 1.3);  // deeper still, while they stand
  walk.run_until(100);
  walk.flood(segment(city, "AB"), 0.2);
  walk.run_out();
  const TableSet tables = walk.tables();
  const Table& legs = tables.at("legs");
  CHECK(legs.get<float>("deepest_m")[0] == doctest::Approx(1.3));
  CHECK(legs.get<float>("stopped_s")[0] == 60);
  CHECK(legs.get<float>("depth_velocity_m2_s")[0] == 0);
}

TEST_CASE("a walk in a torrent goes on after saving as if it had not been saved") {
  Street run(PersonClass::child);
  run.walk.run_until(40);
  run.walk.flood(run.street, 0.25);
  run.walk.flow(run.street, 2.0);
  run.walk.run_until(45);
  const auto other = run.walk.restored();
  run.walk.run_until(200);
  other->run_until(200);
  CHECK(other->save() == run.walk.save());
  CHECK(swept_away(*other) == 1);
}
