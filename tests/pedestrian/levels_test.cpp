#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "chimata/geo/vector.hpp"
#include "pedestrian/room.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using chimata::test::complaint;
using chimata::test::rectangle;

namespace {

/// Two levels of 10 x 2 m, joined by a flight of `run` m between them; out at the far end of the upper one.
struct House {
  std::shared_ptr<const Building> building;
  Venue venue;
  StageRow out;
  JourneyRow up;
  Arena arena;

  static std::shared_ptr<const Building> make(double run, double height, double width = 2) {
    const double end = 10 + run;
    return std::make_shared<const Building>(
        std::vector<Level>{{"1F", {rectangle(0, 0, 10, width)}, 0},
                           {"2F", {rectangle(end, 0, end + 10, width)}, height}},
        std::vector<Flight>{{"stairs", "1F", "2F", {{10, 0}, {10, width}}, {{end, 0}, {end, width}}}});
  }
  static VenueModel steps() {
    VenueModel model;
    model.dt = 0.02;
    return model;
  }
  explicit House(const FlightModel& flight = {}, double run = 4, double height = 3, int threads = 1,
                 double width = 2)
      : building(make(run, height, width)),
        venue(building, {flight}, steps()),
        out(venue.add_stage({"out", {}, {building->place("2F", Wall{{20 + run, 0}, {20 + run, width}})}})),
        up(venue.add_journey({out})),
        arena(threads) {}

  Visitor person(std::uint32_t number, Point at, double speed = 1.34, const char* level = "1F") const {
    Visitor visitor;
    visitor.body.person = PersonId{number};
    visitor.body.at = building->place(level, at);
    visitor.body.speed = speed;
    visitor.journey = up;
    return visitor;
  }
  void crowd(std::uint32_t count) {
    std::vector<Visitor> people;
    for (std::uint32_t i = 0; i < count; ++i)
      people.push_back(person(i, {0.4 + 0.5 * (i / 4), 0.25 + 0.5 * (i % 4)}));
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

FlightModel level_ground() {
  FlightModel model;
  model.table = StairTable::shares, model.up = 1, model.down = 1;
  return model;
}

}  // namespace

TEST_CASE("somebody alone takes the stairs at the speed of the table, and the levels at their own") {
  // 2 m of level before, 4 m of stairs seen from above, 10 m of level behind, out 0.3 m before the line
  for (const auto& [table, speed] :
       {std::pair{StairTable::weidmann, 0.610 / 1.34}, std::pair{StairTable::fruin_indoor, 0.50 / 1.48},
        std::pair{StairTable::imo, 0.61 / 1.12 * 4 / 5}}) {
    FlightModel model;
    model.table = table;
    House house(model);
    house.venue.let_in({house.person(0, {8, 1})});
    house.run_until(100);
    REQUIRE(house.venue.left() == 1);
    const double expected = (2 + 4 / speed + 10 - 0.3) / 1.34;
    CHECK(house.venue.passings()[0].time_s == doctest::Approx(expected).epsilon(0.01));
  }
}

TEST_CASE("whoever steps over a seam goes on in the building's coordinates without a jump") {
  House house;
  house.crowd(60);
  std::map<std::uint32_t, Point> before;
  double longest = 0;
  bool outside = false;
  while (house.venue.left() < 60 && house.venue.now() < 200) {
    house.run_until(house.venue.now() + 0.02);
    const Crowd& crowd = house.venue.crowd();
    CHECK(crowd.size() + house.venue.left() == 60);
    for (std::size_t row = 0; row < crowd.size(); ++row) {
      const Point at = house.building->from_plane(crowd.position()[row]);
      const auto [it, is_new] = before.try_emplace(crowd.person()[row].value, at);
      const Point moved = at - it->second, drawn = 0.02 * crowd.velocity()[row];
      if (!is_new) longest = std::max(longest, length(moved - drawn));
      it->second = at;
      outside = outside || at.x < 0 || at.x > 24 || at.y < 0 || at.y > 2;
    }
  }
  CHECK(house.venue.left() == 60);
  CHECK(longest < 1e-9);
  CHECK_FALSE(outside);
}

TEST_CASE("people on both sides of a seam keep apart as they do on one floor") {
  // the same corridor of 24 m in one piece, and with two seams where nothing changes
  const auto positions = [](bool seams) {
    std::vector<Visitor> people;
    House house(level_ground(), 4, 0);
    const auto area = std::make_shared<const Area>(std::vector{rectangle(0, 0, 24, 2)});
    Venue plain(area, House::steps());
    const auto journey = plain.add_journey({plain.add_stage({"out", {}, {{{24, 0}, {24, 2}}}})});
    for (std::uint32_t i = 0; i < 60; ++i) {
      people.push_back(house.person(i, {0.4 + 0.5 * (i / 4), 0.25 + 0.5 * (i % 4)}, 1 + 0.01 * (i * 7 % 40)));
      if (!seams) people.back().body.at = house.building->from_plane(people.back().body.at);
      people.back().journey = seams ? house.up : journey;
    }
    Venue& venue = seams ? house.venue : plain;
    venue.let_in(people);
    Arena arena(1);
    double overlap = 0;
    while (venue.now() < 100 && venue.left() < 60) {
      venue.run_until(venue.now() + 0.5, arena);
      overlap = std::max(overlap, venue.crowd().worst_overlap());
    }
    CHECK(venue.left() == 60);
    return std::pair{venue.passings(), overlap};
  };
  const auto [with, overlap] = positions(true);
  const auto [without, plain_overlap] = positions(false);
  CHECK(overlap <= plain_overlap + 0.01);
  const auto flow = [](const std::vector<Passing>& all) { return 40 / (all[50].time_s - all[10].time_s); };
  CHECK(flow(with) == doctest::Approx(flow(without)).epsilon(0.05));
  CHECK(with.back().time_s == doctest::Approx(without.back().time_s).epsilon(0.05));
}

TEST_CASE("two people who meet on a seam do not walk into each other") {
  House house(level_ground(), 4, 0);
  const auto down = house.venue.add_journey(
      {house.venue.add_stage({"west", {}, {house.building->place("1F", Wall{{0, 0}, {0, 2}})}})});
  auto one = house.person(0, {8, 1}), other = house.person(1, {12, 1.05}, 1.34, "stairs");
  other.journey = down;
  house.venue.let_in({one, other});
  double nearest = 10;
  for (double t = 0.02; t < 20; t += 0.02) {
    house.run_until(t);
    const Crowd& crowd = house.venue.crowd();
    if (crowd.size() < 2) break;
    nearest = std::min(nearest, distance(house.building->from_plane(crowd.position()[0]),
                                         house.building->from_plane(crowd.position()[1])));
  }
  CHECK(nearest > 0.39);
  CHECK(nearest < 1);
  house.run_until(40);
  CHECK(house.venue.left() == 2);
}

TEST_CASE("a house with stairs: the same bits for 1, 2 and 4 threads, and after being saved") {
  const auto run = [](int threads, double save_at) {
    House house({}, 4, 3, threads);
    house.crowd(60);
    if (save_at > 0) {
      House first;
      first.crowd(60);
      first.run_until(save_at);
      const Snapshot saved = first.state();
      House second({}, 4, 3, threads);
      second.venue.load(SnapshotReader(saved, "venue"), second.arena);
      CHECK(second.state() == saved);
      second.run_until(20);
      return second.state();
    }
    house.run_until(20);
    return house.state();
  };
  const Snapshot one = run(1, 0);
  CHECK(one == run(2, 0));
  CHECK(one == run(4, 0));
  for (const double moment : {3.0, 8.4, 12.0}) CHECK(one == run(2, moment));
}
