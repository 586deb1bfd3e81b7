// Cabins that carry people from level to level.
#include "chimata/pedestrian/levels/elevators.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "chimata/pedestrian/venue.hpp"
#include "pedestrian/room.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using chimata::test::rectangle;

namespace {

VenueModel steps() {
  VenueModel model;
  model.dt = 0.02;
  return model;
}

/// Two floors and an elevator, with long stairs besides or without.
struct Tower {
  std::shared_ptr<const Levels> building;
  Venue venue;
  JourneyRow up;
  Arena arena;
  explicit Tower(bool stairs, const ElevatorModel& elevator = {}, int threads = 1)
      : building(std::make_shared<const Levels>(
            std::vector<Level>{{"1F", {rectangle(0, 0, 10, 10)}, 0}, {"2F", {rectangle(40, 0, 50, 10)}, 3}},
            stairs ? std::vector<Flight>{{"stairs", "1F", "2F", {{10, 8}, {10, 10}}, {{40, 8}, {40, 10}}}}
                   : std::vector<Flight>{},
            std::vector<Shaft>{{"lift", {{"1F", {{4, 10}, {5.2, 10}}}, {"2F", {{44, 10}, {45.2, 10}}}}}})),
        venue(building, {}, {elevator}, steps()),
        up(venue.add_journey(
            {venue.add_stage({"out", {}, {building->place("2F", Wall{{42, 0}, {48, 0}})}})})),
        arena(threads) {}
  void let_in(std::uint32_t count, Mobility mobility = Mobility::adult) {
    std::vector<Visitor> people;
    for (std::uint32_t i = 0; i < count; ++i) {
      Visitor visitor;
      visitor.body.person = PersonId{i};
      visitor.body.at = {1 + 0.6 * (i % 12), 1 + 0.6 * (i / 12)};
      visitor.body.speed = 1.0;
      visitor.journey = up, visitor.mobility = mobility;
      people.push_back(visitor);
    }
    venue.let_in(people);
  }
  void run_until(double time_s) { venue.run_until(time_s, arena); }
  Snapshot state() const {
    Snapshot snapshot;
    SnapshotWriter writer(snapshot, "venue");
    venue.save(writer);
    return snapshot;
  }
};

}  // namespace

TEST_CASE("an elevator takes the time of its doors, its way and those who get in and out") {
  Tower tower(false);
  Visitor visitor;
  visitor.body.at = Point{4.6, 2};
  visitor.body.person = PersonId{std::uint32_t{0}}, visitor.body.speed = 1, visitor.journey = tower.up;
  tower.venue.let_in({visitor});
  tower.run_until(100);
  REQUIRE(tower.venue.left() == 1);
  // 5.8 m to where people wait; doors 2, in 1, doors 2, 3 m up 3 + 2, doors 2; out 0.35 m before the door
  CHECK(tower.venue.passings()[0].time_s == doctest::Approx(5.8 + 12 + 10 - 0.35 - 0.3).epsilon(0.01));
}

TEST_CASE("an elevator carries no more than it holds at once, and in the end everybody") {
  Tower tower(false);
  tower.let_in(20);
  std::size_t most = 0;
  while (tower.venue.left() < 20 && tower.venue.now() < 400) {
    tower.run_until(tower.venue.now() + 0.1);
    most = std::max(most, tower.venue.storeys()->riding().size());
    CHECK(tower.venue.present() + tower.venue.left() == 20);
  }
  CHECK(tower.venue.left() == 20);
  CHECK(most == 8);
  CHECK(tower.venue.storeys()->elevators()[0].trips()[0] == 5);  // three times up, twice down for the others
}

TEST_CASE("wheelchairs ride where others may take the stairs, and wait in vain when the elevator is off") {
  Tower tower(true);
  tower.let_in(4, Mobility::wheelchair);
  tower.run_until(150);
  CHECK(tower.venue.left() == 4);
  Tower off(true);
  off.let_in(4);
  off.venue.set_use("lift", Use::closed, 0);
  off.run_until(200);
  CHECK(off.venue.left() == 4);
  CHECK(off.venue.storeys()->elevators()[0].trips()[0] == 0);
  Tower nobody(true);
  nobody.let_in(4, Mobility::wheelchair);
  nobody.venue.set_use("lift", Use::closed, 1);
  nobody.run_until(150);
  CHECK(nobody.venue.left() == 0);
}

TEST_CASE("some of a crowd walk up when the elevator has long queues") {
  Tower tower(true);
  tower.let_in(60);
  bool on_stairs = false;
  while (tower.venue.left() < 60 && tower.venue.now() < 600) {
    tower.run_until(tower.venue.now() + 1);
    for (const Point at : tower.venue.crowd().position())
      on_stairs = on_stairs || tower.building->sheet_of(at) == 2;
  }
  CHECK(tower.venue.left() == 60);
  CHECK(on_stairs);
  CHECK(tower.venue.storeys()->elevators()[0].trips()[0] > 0);
}

TEST_CASE("an elevator goes on with the same bits after being saved, for any number of threads") {
  const auto run = [](double save_at, int threads) {
    Tower whole(true, {}, threads), rest(true, {}, threads);
    whole.let_in(40);
    whole.run_until(save_at);
    const Snapshot saved = whole.state();
    rest.venue.load(SnapshotReader(saved, "venue"), rest.arena);
    CHECK(rest.state() == saved);
    rest.run_until(80);
    return rest.state();
  };
  const Snapshot one = run(8, 1);
  for (const double moment : {14.0, 22.0, 35.5}) CHECK(run(moment, 2) == one);
}

TEST_CASE("who rides may be sent elsewhere, and decides on getting out") {
  Tower tower(false);
  const StageRow near = tower.venue.add_stage(
                     {"near", {}, {tower.building->place("2F", Wall{{50, 7}, {50, 9}})}}),
                 far = tower.venue.add_stage(
                     {"far", {}, {tower.building->place("2F", Wall{{40, 0}, {40, 2}})}});
  const JourneyRow either = tower.venue.add_branching_journey({{{near, far}, Choose::quickest}});
  tower.let_in(12);
  bool sent = false;
  while (tower.venue.left() < 12 && tower.venue.now() < 300) {
    tower.run_until(tower.venue.now() + 0.1);
    const auto riding = tower.venue.storeys()->riding();
    if (sent || riding.size() < 4) continue;
    sent = true;
    for (const PersonId person : riding) tower.venue.send(person, either);
  }
  CHECK(sent);
  CHECK(tower.venue.left() == 12);
  const auto by_near = std::count_if(tower.venue.passings().begin(), tower.venue.passings().end(),
                                     [&](const Passing& p) { return p.stage == near; });
  CHECK(by_near == 4);
}

TEST_CASE("who rides may be taken out of the venue, and nobody else is") {
  Tower tower(false);
  tower.let_in(12);
  while (tower.venue.storeys()->riding().size() < 4 && tower.venue.now() < 60)
    tower.run_until(tower.venue.now() + 0.1);
  const auto riding = tower.venue.storeys()->riding();
  REQUIRE(riding.size() == 4);
  tower.venue.take_out({riding[1], riding[3]});
  CHECK(tower.venue.left() == 2);
  CHECK(tower.venue.present() == 10);
  tower.run_until(300);
  CHECK(tower.venue.left() == 12);
  CHECK(tower.venue.passings().size() == 10);
}

TEST_CASE("who has been overcome before an elevator does not ride") {
  Tower tower(false);
  Layer deadly;
  deadly.quantity = Quantity::co;
  deadly.shapes = {rectangle(0, 7, 10, 10)};  // before the door
  deadly.values = {3e6};
  Surroundings air;
  air.add(std::move(deadly));
  tower.venue.set_surroundings(std::move(air));
  tower.let_in(6);
  tower.run_until(120);
  CHECK(tower.venue.incapacitated() == 6);
  CHECK(tower.venue.crowd().size() == 6);
  CHECK(tower.venue.storeys()->elevators()[0].trips()[0] == 0);
}

TEST_CASE("those who follow a leader into a cabin that is full come after, and the leader goes on leading") {
  ElevatorModel small;
  small.capacity = 3;
  Tower tower(true, small);
  const StageRow point =
      tower.venue.add_stage({"point", {}, {tower.building->place("2F", Wall{{40, 4}, {50, 4}})}, Pass{}});
  const auto journey = tower.venue.add_journey({point, 0});
  std::vector<Visitor> people;
  for (std::uint32_t i = 0; i < 9; ++i) {
    Visitor& visitor = people.emplace_back();
    visitor.body.person = PersonId{i};
    visitor.body.at = {3 + 0.6 * (i % 3), 6 + 0.6 * (i / 3)};
    visitor.journey = journey, visitor.group = 1, visitor.leads = i == 7;
    visitor.mobility = i == 7 ? Mobility::wheelchair : Mobility::adult;
  }
  tower.venue.let_in(people);
  bool rode = false;
  while (tower.venue.left() < 9 && tower.venue.now() < 400) {
    tower.run_until(tower.venue.now() + 0.5);
    const auto riding = tower.venue.storeys()->riding();
    rode = rode || std::count(riding.begin(), riding.end(), PersonId{7u}) > 0;
  }
  CHECK(rode);
  CHECK(tower.venue.left() == 9);
  std::vector<double> passed;
  for (const Passing& one : tower.venue.passings()) {
    if (one.stage == point) passed.push_back(one.time_s);
  }
  CHECK(passed.size() == 9);
}
