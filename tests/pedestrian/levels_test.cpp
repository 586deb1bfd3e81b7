#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/safety_record.hpp"
#include "pedestrian/room.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using chimata::test::complaint;
using chimata::test::rectangle;

namespace {

/// Two levels of 10 x 2 m, joined by a flight of `run` m between them; out at the far end of the upper one.
struct House {
  std::shared_ptr<const Levels> building;
  Venue venue;
  StageRow out;
  JourneyRow up;
  Arena arena;

  static std::shared_ptr<const Levels> make(double run, double height, double width = 2) {
    const double end = 10 + run;
    return std::make_shared<const Levels>(
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
        venue(building, {flight}, {}, steps()),
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

namespace {

/// A hall with two ways up: stairs at x = 10 .. 14 and a ramp of 40 m beside it.
struct TwoWays {
  std::shared_ptr<const Levels> building = std::make_shared<const Levels>(
      std::vector<Level>{{"hall", {rectangle(0, 0, 10, 8)}, 0}, {"deck", {rectangle(50, 0, 60, 8)}, 3}},
      std::vector<Flight>{{"stairs", "hall", "deck", {{10, 0}, {10, 2}}, {{50, 0}, {50, 2}}, {}, 40.2},
                          {"ramp", "hall", "deck", {{10, 5}, {10, 7}}, {{50, 5}, {50, 7}}}});
  Venue venue;
  StageRow out;
  JourneyRow up;
  Arena arena{1};
  explicit TwoWays(FlightModel ramp)
      : venue(building, {FlightModel{}, ramp}, {}, House::steps()),
        out(venue.add_stage({"out", {}, {building->place("deck", Wall{{60, 0}, {60, 8}})}})),
        up(venue.add_journey({out})) {}
  void let_in(std::uint32_t number, Point at, Mobility mobility) {
    Visitor visitor;
    visitor.body.person = PersonId{number};
    visitor.body.at = building->place("hall", at);
    visitor.body.speed = 1.2;
    visitor.journey = up, visitor.mobility = mobility;
    venue.let_in({visitor});
  }
  /// Where everybody is at a moment, by person.
  std::map<std::uint32_t, std::string> sheets(double at_s) {
    venue.run_until(at_s, arena);
    std::map<std::uint32_t, std::string> all;
    for (std::size_t row = 0; row < venue.crowd().size(); ++row)
      all[venue.crowd().person()[row].value] =
          building->sheets()[building->sheet_of(venue.crowd().position()[row])].id;
    return all;
  }
};

}  // namespace

TEST_CASE("a ramp that is faster than long stairs is taken, whoever stands nearer to the stairs") {
  FlightModel ramp;
  ramp.kind = FlightKind::ramp;
  TwoWays house(ramp);
  house.let_in(0, {8, 1}, Mobility::adult);
  CHECK(house.sheets(12)[0] == "ramp");
}

TEST_CASE("wheelchairs take the ramp, and where there are only stairs they have no way") {
  FlightModel ramp;
  ramp.kind = FlightKind::ramp;
  TwoWays house(ramp);
  house.let_in(0, {8, 1}, Mobility::wheelchair);
  CHECK(house.sheets(12)[0] == "ramp");
  TwoWays stairs{FlightModel{}};
  CHECK(complaint([&] {
          stairs.let_in(0, {8, 1}, Mobility::wheelchair);
        }).starts_with("person 0: finds no way to out"));
}

TEST_CASE("a flight that is shut while people are on it lets them off, and nobody else on") {
  FlightModel ramp;
  ramp.kind = FlightKind::ramp;
  TwoWays house(ramp);
  house.venue.set_use("ramp", Use::closed, 4);
  house.let_in(0, {9, 6}, Mobility::adult);
  house.let_in(1, {1, 6}, Mobility::adult);
  auto where = house.sheets(12);
  CHECK(where[0] == "ramp");
  CHECK(where[1] == "stairs");
  house.sheets(150);
  CHECK(house.venue.left() == 2);
  CHECK(complaint([&] {
          house.venue.set_use("rampe", Use::closed, 4);
        }).starts_with("connector rampe: is not in"));
}

TEST_CASE(
    "an escalator carries at the speed of its belt, lets on as many as it has room for, and turns round") {
  FlightModel model;
  model.kind = FlightKind::escalator;
  CHECK(complaint([&] { House both(model); }) ==
        "flight stairs: is an escalator that leads both ways; say which way it goes");
  model.use = Use::onward, model.walking = 0, model.rate = 0.5;
  House house(model);
  house.crowd(20);
  house.run_until(100);
  REQUIRE(house.venue.left() == 20);
  const auto& all = house.venue.passings();
  CHECK(19 / (all[19].time_s - all[0].time_s) == doctest::Approx(0.5).epsilon(0.05));

  House alone(model);
  alone.venue.let_in({alone.person(0, {8, 1})});
  alone.run_until(100);
  CHECK(alone.venue.passings()[0].time_s == doctest::Approx((2 + 10 - 0.3) / 1.34 + 5 / 0.5).epsilon(0.01));

  House turned(model);
  turned.venue.set_use("stairs", Use::back, 6);
  turned.venue.let_in({turned.person(0, {8, 1})});
  turned.run_until(30);
  CHECK(turned.venue.left() == 0);
  CHECK(turned.building->sheet_of(turned.venue.crowd().position()[0]) == 0);  // brought back down
}

TEST_CASE("an escalator never leads both ways, and who is on it walks off when it is closed") {
  FlightModel model;
  model.kind = FlightKind::escalator;
  model.use = Use::onward, model.walking = 0, model.belt = 0.75;
  House house(model, 16, 12);
  CHECK(complaint([&] { house.venue.set_use("stairs", Use::both, 4); }) ==
        "connector stairs: is an escalator, which leads only one way at a time; say onward, back or closed");
  house.venue.let_in({house.person(0, {9, 1})});
  house.run_until(12);
  const double carried = length(house.venue.crowd().velocity()[0]);
  house.venue.set_use("stairs", Use::closed, 12);
  house.run_until(16);
  CHECK(house.building->sheet_of(house.venue.crowd().position()[0]) == 2);
  CHECK(carried == doctest::Approx(0.75 / 1.25).epsilon(0.01));
  // as on stairs up: 0.50 m/s for who walks at 1.48 m/s on the level
  CHECK(length(house.venue.crowd().velocity()[0]) == doctest::Approx(1.34 * 0.50 / 1.48).epsilon(0.01));
  house.run_until(120);
  CHECK(house.venue.left() == 1);
}

namespace {

/// Three floors, one over the other, with stairs that turn back on themselves between them: each in one
/// piece, or as two flights and a landing.
std::shared_ptr<const Levels> staircase(bool landings) {
  const Polygon u{{{{10, 0}, {15.5, 0}, {15.5, 2.6}, {10, 2.6}, {10, 1.4}, {14, 1.4}, {14, 1.2}, {10, 1.2}}}};
  const auto floor = rectangle(0, 0, 10, 5), landing = rectangle(14, 0, 15.5, 2.6);
  const Wall foot{{10, 0}, {10, 1.2}}, head{{10, 1.4}, {10, 2.6}}, up{{14, 0}, {14, 1.2}},
      on{{14, 1.4}, {14, 2.6}};
  std::vector<Level> levels{{"1F", {floor}, 0}, {"2F", {floor}, 3}, {"3F", {floor}, 6}};
  if (!landings)
    return std::make_shared<const Levels>(
        levels, std::vector<Flight>{{"a", "1F", "2F", foot, head, {u}}, {"b", "2F", "3F", foot, head, {u}}});
  levels.push_back({"1M", {landing}, 1.5}), levels.push_back({"2M", {landing}, 4.5});
  return std::make_shared<const Levels>(levels, std::vector<Flight>{{"a", "1F", "1M", foot, up},
                                                                    {"b", "1M", "2F", on, head},
                                                                    {"c", "2F", "2M", foot, up},
                                                                    {"d", "2M", "3F", on, head}});
}

}  // namespace

TEST_CASE("stairs that turn back on themselves are walked from floor to floor") {
  for (const bool landings : {false, true}) {
    const auto building = staircase(landings);
    Venue venue(building, {}, {}, House::steps());
    const auto out = venue.add_journey({venue.add_stage({"out", {}, {Wall{{0, 0}, {0, 5}}}})});
    std::vector<Visitor> people;
    for (std::uint32_t i = 0; i < 60; ++i) {
      Visitor visitor;
      visitor.body.person = PersonId{i};
      visitor.body.at =
          building->place(i % 2 == 0 ? "2F" : "3F", Point{1 + 0.8 * (i / 6), 0.5 + 0.7 * (i % 6)});
      visitor.journey = out;
      people.push_back(visitor);
    }
    venue.let_in(people);
    Arena arena(1);
    double overlap = 0;
    std::size_t outside = 0;
    while (venue.left() < 60 && venue.now() < 300) {
      venue.run_until(venue.now() + 0.2, arena);
      CHECK(venue.present() + venue.left() == 60);
      overlap = std::max(overlap, venue.crowd().worst_overlap());
      for (const Point at : venue.crowd().position())
        outside += !building->area()->contains(at) && venue.walls().clearance(at) > 1e-3 ? 1 : 0;
    }
    CHECK(venue.left() == 60);
    CHECK(outside == 0);
    MESSAGE("all down after " << venue.now() << " s, worst overlap " << overlap << " m");
  }
}

TEST_CASE("people divide between two equal stairs when one is crowded") {
  const auto building = std::make_shared<const Levels>(
      std::vector<Level>{{"hall", {rectangle(0, 0, 10, 20)}, 0}, {"deck", {rectangle(14, 0, 18, 20)}, 3}},
      std::vector<Flight>{{"near", "hall", "deck", {{10, 2}, {10, 3.2}}, {{14, 2}, {14, 3.2}}},
                          {"far", "hall", "deck", {{10, 14}, {10, 15.2}}, {{14, 14}, {14, 15.2}}}});
  Venue venue(building, {}, {}, House::steps());
  const auto up =
      venue.add_journey({venue.add_stage({"out", {}, {building->place("deck", Wall{{18, 0}, {18, 20}})}})});
  std::vector<Visitor> people;
  for (std::uint32_t i = 0; i < 100; ++i) {
    Visitor visitor;
    visitor.body.person = PersonId{i};
    visitor.body.at = {1 + 0.6 * (i % 10), 0.5 + 0.6 * (i / 10)};
    visitor.journey = up;
    people.push_back(visitor);
  }
  venue.let_in(people);
  Arena arena(1);
  std::map<std::string, std::map<std::uint32_t, int>> on;
  while (venue.left() < 100 && venue.now() < 300) {
    venue.run_until(venue.now() + 1, arena);
    for (std::size_t row = 0; row < venue.crowd().size(); ++row)
      on[building->sheets()[building->sheet_of(venue.crowd().position()[row])].id]
        [venue.crowd().person()[row].value] = 1;
  }
  CHECK(venue.left() == 100);
  CHECK(on["near"].size() > on["far"].size());
  CHECK(on["far"].size() >= 15);
  CHECK(on["near"].size() + on["far"].size() == 100);
}

TEST_CASE("a building that is wrong says in one line where, what and what to do") {
  const auto wrong = [](std::vector<Level> levels, std::vector<Flight> flights,
                        std::vector<Shaft> shafts = {}) {
    return complaint([&] { Levels building(std::move(levels), std::move(flights), std::move(shafts)); });
  };
  const Level one{"1F", {rectangle(0, 0, 10, 2)}, 0}, two{"2F", {rectangle(14, 0, 24, 2)}, 3};
  const Flight good{"a", "1F", "2F", {{10, 0}, {10, 2}}, {{14, 0}, {14, 2}}};
  CHECK(wrong({one, two}, {good}).empty());
  CHECK(wrong({one, one}, {}) == "level 1F: is there twice; give each a name of its own");
  CHECK(
      wrong({one, two}, {}) ==
      "level 1F: cannot be reached: nothing leads there; join it by stairs or an elevator, or leave it out");
  Flight bad = good;
  bad.to = "3F";
  CHECK(wrong({one, two}, {bad}).starts_with("flight a: leads to level 3F, which is not there"));
  bad = good, bad.head = {{14, 0}, {14, 1}};
  CHECK(wrong({one, two}, {bad}) ==
        "flight a: is 2.00 m wide at its foot and 1.00 m at its head; make both ends equally wide");
  bad = good, bad.foot = {{10, 3}, {10, 5}};
  CHECK(wrong({one, two}, {bad}).starts_with("flight a, foot: does not lie on the edge of level 1F"));
  bad = good, bad.head = bad.foot;
  CHECK(wrong({one, two}, {bad}).starts_with("flight a: has no length"));
  bad = good, bad.length = 3;
  CHECK(wrong({one, two}, {bad}).starts_with("flight a: is 3.00 m long, but 4.00 m seen from above"));
  // the upper floor drawn over the stairs that lead up to it
  CHECK(wrong({one, {"2F", {rectangle(4, 0, 14, 2)}, 3}}, {good}).starts_with("flight a, head: "));
  CHECK(wrong({one, two}, {good}, {{"lift", {{"1F", {{0, 0}, {0, 1}}}}}})
            .starts_with("elevator lift: stops at fewer than two levels"));
}

TEST_CASE("a law that fails on stairs leaves nobody behind who was only mirrored") {
  House house;
  OwnLaw law;
  law.range = 1;
  law.everybody = [&](const CrowdView& all, std::span<Point> velocity) {
    if (house.venue.now() > 8) throw InputError("own law", "fails");
    for (std::size_t row = 0; row < velocity.size(); ++row)
      velocity[row] = {std::clamp(all.aim[row].x - all.position[row].x, -1.0, 1.0), 0};
  };
  house.venue.set_own_law(law);
  std::vector<Visitor> people;
  for (std::uint32_t i = 0; i < 20; ++i) {
    people.push_back(house.person(i, {0.4 + 0.5 * (i / 4), 0.25 + 0.5 * (i % 4)}));
    people.back().body.law = Law::own;
  }
  house.venue.let_in(people);
  CHECK_THROWS_AS(house.run_until(30), InputError);
  CHECK(house.venue.crowd().size() + house.venue.left() == 20);
}

TEST_CASE("along a flight the floor rises evenly from foot to head") {
  const auto building = House::make(4, 3);
  const auto height = [&](const char* sheet, Point at) {
    return building->height_at(building->place(sheet, at));
  };
  CHECK(height("1F", {5, 1}) == 0);
  CHECK(height("2F", {20, 1}) == 3);
  CHECK(height("stairs", {10, 1}) == doctest::Approx(0));
  CHECK(height("stairs", {11, 0.3}) == doctest::Approx(0.75));
  CHECK(height("stairs", {14, 1.9}) == doctest::Approx(3));
}

TEST_CASE("two levels at one height may lie beside each other, but not over each other") {
  const std::vector<Flight> stairs = {{"stairs", "1F", "M", {{10, 0}, {10, 2}}, {{14, 0}, {14, 2}}}};
  const auto make = [&](double height) {
    return Levels({{"1F", {rectangle(0, 0, 10, 2)}, 0},
                   {"M", {rectangle(14, 0, 20, 2), rectangle(2, 0, 8, 1)}, height}},
                  stairs);
  };
  CHECK(make(3).sheets().size() == 3);
  CHECK(
      complaint([&] { (void)make(0.05); }) ==
      "level M: overlaps level 1F at the same height of 0.00 m; give the levels their heights, or draw them "
      "beside each other");
  CHECK_NOTHROW(Levels({{"1F", {rectangle(0, 0, 10, 2)}, 0}, {"M", {rectangle(14, 0, 20, 2)}, 0}}, stairs));
}

TEST_CASE("a line counts everybody once, on a level, on stairs and right where they meet") {
  House house;
  house.crowd(60);
  SafetyRecord record(house.building);
  const auto across = [&](const char* sheet, double x) {
    return house.building->place(sheet, Wall{{x, 0}, {x, 2}});
  };
  record.add_line({"hall", across("1F", 8.3)});
  record.add_line({"foot, seen from the hall", across("1F", 10)});
  record.add_line({"foot, seen from the stairs", across("stairs", 10)});
  record.add_line({"half way", across("stairs", 12)});
  record.add_line({"head, seen from the stairs", across("stairs", 14)});
  record.add_line({"head, seen from the deck", across("2F", 14)});
  record.add_line({"deck", across("2F", 20)});
  run_until(house.venue, record, 200, house.arena);
  REQUIRE(house.venue.left() == 60);
  std::map<std::uint32_t, std::map<PersonId, int>> times;
  float fastest = 0;
  for (const Crossing& crossing : record.lines().crossings()) {
    CHECK(crossing.forward);
    ++times[crossing.line][crossing.person];
    fastest = std::max(fastest, crossing.speed);
  }
  CHECK(fastest < 1.5f);
  CHECK(record.lines().crossings().size() == 7 * 60);
  for (std::uint32_t line = 0; line < 7; ++line) CHECK(times[line].size() == 60);
}
