#include "chimata/pedestrian/entrance.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "chimata/pedestrian/venue.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using chimata::test::complaint;
using chimata::test::contains;

namespace {

Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}};
}

/// A corridor of 20 x 4 m: people come in over the whole width in the west and leave in the east.
struct Corridor {
  std::shared_ptr<const Area> area = std::make_shared<const Area>(
      std::vector{rectangle(0, 0, 20, 4)}, std::vector<Gate>{{"middle", {{10, 0}, {10, 4}}, false}});
  Venue venue{area};
  EntranceRow west = venue.add_entrance({"west", {}, {{{0, 0}, {0, 4}}}});
  std::uint32_t journey, back;

  Corridor() {
    Stage east, home;
    east.id = "east", east.lines = {{{20, 0}, {20, 4}}};
    home.id = "home", home.lines = {{{0, 0}, {0, 4}}};
    journey = venue.add_journey({venue.add_stage(east)});
    back = venue.add_journey({venue.add_stage(home)});
  }
  Arrival arrival(std::uint32_t person, double time_s, double radius = 0.2) const {
    Arrival who;
    who.body.person = PersonId{person};
    who.body.radius = radius;
    who.journey = journey, who.entrance = west, who.time_s = time_s;
    return who;
  }
  /// So many a second from now on.
  void stream(std::uint32_t count, double per_second) {
    std::vector<Arrival> all;
    for (std::uint32_t i = 0; i < count; ++i) all.push_back(arrival(i, i / per_second));
    venue.arrive(std::move(all));
  }
  double worst_overlap() const {
    double worst = 0;
    const Crowd& crowd = venue.crowd();
    for (std::size_t i = 0; i < crowd.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j)
        worst = std::max(worst, double{crowd.radius()[i]} + double{crowd.radius()[j]} -
                                    distance(crowd.position()[i], crowd.position()[j]));
    }
    return worst;
  }
};

}  // namespace

TEST_CASE("nobody appears on top of somebody else, however many come at once") {
  Corridor corridor;
  corridor.stream(200, 1e6);
  Arena arena(1);
  double worst = 0;
  std::size_t most_waiting = 0;
  for (double t = 0.01; t < 60; t += 0.05) {
    corridor.venue.run_until(t, arena);
    worst = std::max(worst, corridor.worst_overlap());
    most_waiting = std::max(most_waiting, corridor.venue.waiting_outside(corridor.west));
  }
  CHECK(worst < 1e-3);
  CHECK(most_waiting > 150);
  CHECK(corridor.venue.waiting_outside(corridor.west) == 0);
  CHECK(corridor.venue.entries().size() == 200);
}

TEST_CASE("who came to an entrance first comes in first, at the exact moment if there is room") {
  Corridor corridor;
  corridor.stream(60, 7);
  Arena arena(1);
  corridor.venue.run_until(60, arena);
  const auto& entries = corridor.venue.entries();
  REQUIRE(entries.size() == 60);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    CHECK(entries[i].person == PersonId{i});
    CHECK(entries[i].came_s == static_cast<double>(i) / 7);
    CHECK(entries[i].entered_s >= entries[i].came_s);
  }
  CHECK(entries.front().entered_s < 0.01);
}

TEST_CASE("an entrance with a rate lets no more in than that") {
  Corridor corridor;
  const auto slow = corridor.venue.add_entrance({"slow", {rectangle(1, 1, 3, 3)}, {}, 0.5});
  std::vector<Arrival> all;
  for (std::uint32_t i = 0; i < 20; ++i) {
    all.push_back(corridor.arrival(i, 10));
    all.back().entrance = slow;
  }
  corridor.venue.arrive(all);
  Arena arena(1);
  corridor.venue.run_until(60, arena);
  const auto& entries = corridor.venue.entries();
  REQUIRE(entries.size() == 20);
  CHECK(entries.back().entered_s - entries.front().entered_s == doctest::Approx(38).epsilon(0.001));
}

TEST_CASE("whoever has a place of their own waits until it is free") {
  Corridor corridor;
  std::vector<Visitor> both(2);
  for (std::uint32_t i = 0; i < 2; ++i) {
    both[i].body.person = PersonId{i}, both[i].body.at = {5, 2}, both[i].journey = corridor.journey;
    both[i].starts_s = i == 0 ? 3 : 0;
  }
  corridor.venue.let_in(both);
  Arena arena(1);
  corridor.venue.run_until(2, arena);
  CHECK(corridor.venue.present() == 1);
  CHECK(corridor.venue.to_come() == 1);
  corridor.venue.run_until(10, arena);
  const auto& entries = corridor.venue.entries();
  REQUIRE(entries.size() == 2);
  CHECK(entries[1].entered_s > 3 + 0.4 / 1.2);
  CHECK(entries[1].entrance == kNoEntrance);
}

TEST_CASE("departures are taken once, and who has left may come again") {
  Corridor corridor;
  Arena arena(1);
  corridor.venue.arrive({corridor.arrival(7, 0.25)});
  corridor.venue.run_until(30, arena);
  const auto departures = corridor.venue.take_departures();
  REQUIRE(departures.size() == 1);
  CHECK(departures[0].person == PersonId{7u});
  CHECK(departures[0].time_s == doctest::Approx(0.25 + 19.4 / 1.2).epsilon(0.02));
  CHECK(corridor.venue.take_departures().empty());
  CHECK(corridor.venue.take_passings().size() == 1);
  CHECK(corridor.venue.passings().empty());
  corridor.venue.arrive({corridor.arrival(7, 31)});
  corridor.venue.run_until(60, arena);
  CHECK(corridor.venue.take_departures().size() == 1);
}

TEST_CASE("who is sent home turns round, inside and outside") {
  Corridor corridor;
  Arena arena(1);
  corridor.venue.arrive({corridor.arrival(0, 0), corridor.arrival(1, 20)});
  corridor.venue.run_until(5, arena);
  corridor.venue.send(PersonId{0u}, corridor.back);
  corridor.venue.send(PersonId{1u}, corridor.back);
  corridor.venue.run_until(40, arena);
  const auto departures = corridor.venue.take_departures();
  REQUIRE(departures.size() == 2);
  for (const Passing& left : departures) CHECK(corridor.venue.stages()[left.stage].id == "home");
  CHECK(departures[0].time_s == doctest::Approx(10).epsilon(0.1));
  CHECK(contains(complaint([&] { corridor.venue.send(PersonId{1u}, 0); }), "person 1: is not here"));
}

TEST_CASE("a run that was saved goes on with the same bits") {
  const auto make = [] {
    auto corridor = std::make_unique<Corridor>();
    corridor->venue.set_gate("middle", true, 4);
    corridor->venue.set_gate("middle", false, 12);
    return corridor;
  };
  const auto state = [](const Venue& venue) {
    Snapshot snapshot;
    SnapshotWriter out(snapshot, "venue");
    venue.save(out);
    return snapshot;
  };
  for (const double moment : {0.5, 3.0, 8.0, 13.37}) {
    Arena arena(1);
    auto whole = make();
    whole->stream(150, 12);
    whole->venue.run_until(moment, arena);
    const Snapshot saved = state(whole->venue);
    auto half = make();
    half->venue.load(SnapshotReader(saved, "venue"), arena);
    CHECK(state(half->venue) == saved);
    for (Venue* venue : {&whole->venue, &half->venue}) {
      venue->run_until(moment + 10, arena);
      venue->send(PersonId{149u}, whole->back);
      venue->run_until(moment + 15, arena);
    }
    CHECK(state(whole->venue) == state(half->venue));
  }
}

TEST_CASE("the same bits at a crowded entrance for 1, 2 and 4 threads, in any order of arrival") {
  const auto after = [](int threads, bool backwards) {
    Corridor corridor;
    std::vector<Arrival> all;
    for (std::uint32_t i = 0; i < 300; ++i) all.push_back(corridor.arrival(i, i / 40.0));
    if (backwards) std::reverse(all.begin(), all.end());
    corridor.venue.arrive(all);
    Arena arena(threads);
    corridor.venue.run_until(15, arena);
    const auto position = corridor.venue.crowd().position();
    return std::vector<Point>(position.begin(), position.end());
  };
  const auto one = after(1, false);
  CHECK(one.size() > 50);
  CHECK(one == after(2, true));
  CHECK(one == after(4, false));
}

TEST_CASE("what is wrong with an entrance or an arrival is said in one line") {
  Corridor corridor;
  Venue& venue = corridor.venue;
  CHECK(contains(complaint([&] {
                   venue.add_entrance({"e", {}, {{{3, 3}, {3, 3}}}});
                 }),
                 "entrance e: nobody"));
  CHECK(contains(complaint([&] { venue.add_entrance({"e", {}, {{{30, 3}, {30, 5}}}}); }), "entrance e"));
  CHECK(contains(complaint([&] { venue.add_entrance({"e"}); }), "neither an area nor a line"));
  CHECK(contains(complaint([&] { venue.add_entrance({"e", {}, {{{3, 3}, {3, 2}}}, -1}); }), "persons/s"));
  auto who = corridor.arrival(1, 0);
  who.entrance = 9;
  CHECK(contains(complaint([&] { venue.arrive({who}); }), "person 1: comes to entrance 9"));
  CHECK(contains(complaint([&] { venue.arrive({corridor.arrival(1, 0, 1.9)}); }), "does not fit in at west"));
  CHECK(contains(complaint([&] {
                   venue.arrive({corridor.arrival(1, 0), corridor.arrival(1, 1)});
                 }),
                 "twice"));
  CHECK(contains(complaint([&] { venue.arrive({corridor.arrival(1, 1.0 / 0.0)}); }), "no moment"));
  CHECK(venue.to_come() == 0);
}
