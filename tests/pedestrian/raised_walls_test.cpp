// Gates that are shut, and ropes that are put up, where people are.
#include <doctest/doctest.h>

#include <map>

#include "pedestrian/room.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

/// 20 m by 10 m, with a rope from wall to wall at x = 10 and one that joins it in its middle.
struct RopedRoom {
  std::shared_ptr<const Area> area = std::make_shared<const Area>(
      std::vector{rectangle(0, 0, 20, 10)},
      std::vector<Gate>{{"rope", {{10, 0}, {10, 10}}}, {"spur", {{10, 5}, {14, 5}}}});
  Venue venue{area, {.dt = 0.05}};
  StageRow east = venue.add_stage({"east", {}, {{{20, 0}, {20, 10}}}});
  StageRow west = venue.add_stage({"west", {}, {{{0, 0}, {0, 10}}}});
  JourneyRow to_east = venue.add_journey({east}), to_west = venue.add_journey({west});
  Arena arena{1};

  void stand(const std::vector<Point>& places, JourneyRow journey, double starts_s = 1000) {
    std::vector<Visitor> people;
    for (const Point at : places) {
      Visitor one;
      one.body = {.person = PersonId{next++}, .at = at, .speed = 1.25};
      one.journey = journey, one.starts_s = starts_s;
      people.push_back(one);
    }
    venue.let_in(people);
  }
  void run_until(double time_s) { venue.run_until(time_s, arena); }
  [[nodiscard]] std::map<std::uint32_t, Point> places() const {
    std::map<std::uint32_t, Point> places;
    for (std::size_t row = 0; row < venue.crowd().size(); ++row)
      places[venue.crowd().person()[row].value] = venue.crowd().position()[row];
    return places;
  }
  [[nodiscard]] Snapshot state() const {
    Snapshot snapshot;
    SnapshotWriter out(snapshot, "venue");
    venue.save(out);
    return snapshot;
  }
  std::uint32_t next = 0;
};

}  // namespace

TEST_CASE("a rope put up where people stand leaves everybody on their side of it, a millimetre off") {
  RopedRoom room;
  room.stand({{9.9995, 2}, {10.0005, 3}, {9.98, 4}, {10.02, 7}}, room.to_east);
  room.venue.set_gate("rope", true, 1);
  room.venue.set_gate("spur", true, 1);
  room.run_until(2);
  for (const auto& [person, at] : room.places()) {
    CAPTURE(person);
    CHECK(room.venue.walls().clearance(at) >= 1e-3);
    CHECK((at.x < 10) == (person % 2 == 0));
  }
  CHECK(room.places().at(2) == Point{9.98, 4});  // who does not stand on it does not move
}

TEST_CASE("who is right on the line goes to the side that they are headed for") {
  RopedRoom room;
  room.stand({{9.9375, 2}}, room.to_east, 0);  // a step of 0.0625 m from the line
  room.stand({{10.0625, 8}}, room.to_west, 0);
  room.stand({{10, 5}, {10, 0.0005}, {12, 5}, {14, 5}},
             room.to_east);  // where ropes and walls meet, and ends
  room.venue.set_gate("rope", true, 0.05);
  room.venue.set_gate("spur", true, 0.05);
  room.run_until(0.05);
  REQUIRE(room.places().at(0).x == doctest::Approx(10).epsilon(1e-12));
  room.run_until(0.1);
  const auto places = room.places();
  REQUIRE(places.size() == 6);
  CHECK(places.at(0).x > 10);
  CHECK(places.at(1).x < 10);
  for (const auto& [person, at] : places) {
    CAPTURE(person);
    CHECK(room.area->contains(at));
    CHECK(room.venue.walls().clearance(at) >= 1e-3 - 1e-12);
  }
  room.run_until(30);
  CHECK(room.venue.left() == 2);
}

TEST_CASE("who comes in where a rope stands already is put beside it") {
  RopedRoom room;
  room.venue.set_gate("rope", true, 0);
  room.stand({{10, 2}, {9.9999, 5}}, room.to_east, 1000);
  room.run_until(1);
  CHECK(room.places().at(1).x < 10);
  for (const auto& [person, at] : room.places()) CHECK(room.venue.walls().clearance(at) >= 1e-3 - 1e-12);
}

TEST_CASE("nobody gets through a rope that is put up among people who walk, until it is taken away") {
  RopedRoom room;
  std::vector<Point> crowd;
  for (int i = 0; i < 120; ++i)
    crowd.push_back({4.2 + 0.55 * (i % 20), 1 + 1.5 * static_cast<double>(i / 20)});
  room.stand(crowd, room.to_east, 0);
  room.venue.set_gate("rope", true, 2);
  room.venue.set_gate("rope", false, 25);
  room.run_until(2.05);
  const auto before = room.places();
  for (double now = 3; now <= 25; ++now) {
    room.run_until(now);
    for (const auto& [person, at] : room.places()) CHECK((at.x < 10) == (before.at(person).x < 10));
  }
  const std::size_t held = room.places().size();
  CHECK(held > 20);
  CHECK(room.venue.left() == 120 - held);
  room.run_until(60);
  CHECK(room.venue.left() == 120);
}

TEST_CASE("who comes to an entrance right behind which a rope stands waits outside until it is taken away") {
  const auto area = std::make_shared<const Area>(std::vector{rectangle(0, 0, 20, 10)},
                                                 std::vector<Gate>{{"rope", {{0.2, 0}, {0.2, 10}}}});
  Venue venue(area, {.dt = 0.05});
  const EntranceRow door = venue.add_entrance({"door", {}, {{{0, 4}, {0, 6}}}});
  const JourneyRow out = venue.add_journey({venue.add_stage({"east", {}, {{{20, 0}, {20, 10}}}})});
  venue.set_gate("rope", true, 0);
  venue.set_gate("rope", false, 20);
  Arena arena(1);
  venue.run_until(5, arena);
  Arrival who;
  who.body.person = PersonId{0u}, who.journey = out, who.entrance = door, who.time_s = 6;
  venue.arrive({who});
  venue.run_until(20, arena);
  CHECK(venue.waiting_outside(door) == 1);
  venue.run_until(40, arena);
  CHECK(venue.left() == 1);
}

TEST_CASE("a rope goes on bit for bit after a snapshot") {
  const auto make = [] {
    auto room = std::make_unique<RopedRoom>();
    std::vector<Point> crowd;
    for (int i = 0; i < 40; ++i) crowd.push_back({6 + 0.5 * (i % 10), 2 + 1.5 * static_cast<double>(i / 10)});
    room->stand(crowd, room->to_east, 0);
    room->venue.set_gate("rope", true, 2);
    room->venue.set_gate("rope", false, 10);
    return room;
  };
  for (const double moment : {1.0, 2.0, 5.0, 12.0}) {
    const auto whole = make(), half = make();
    whole->run_until(moment);
    const Snapshot saved = whole->state();
    half->venue.load(SnapshotReader(saved, "venue"), half->arena);
    whole->run_until(20), half->run_until(20);
    CAPTURE(moment);
    CHECK(whole->state() == half->state());
  }
}
