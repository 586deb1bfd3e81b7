/// Groups with a leader: the others have no way of their own, and are never left without one.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "chimata/geo/vector.hpp"
#include "pedestrian/room.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

constexpr std::uint32_t kParty = 7;

/// A hall of 60 x 10 m with doors at both ends, and people in one group of whom the first leads.
struct Tour : Room {
  StageRow west_door;
  std::vector<Visitor> people;

  Tour() : Room(60, 10), west_door(venue.add_stage({"west door", {}, {{{0, 3}, {0, 7}}}})) {}

  Visitor& put(Point at, JourneyRow journey, double own_speed = 1.34) {
    Visitor& visitor = people.emplace_back();
    visitor.body.person = PersonId{people.size() - 1}, visitor.body.at = at;
    visitor.body.speed = own_speed;
    visitor.journey = journey, visitor.group = kParty, visitor.leads = people.size() == 1;
    return visitor;
  }
  /// A leader and eleven more in rows of four.
  void party(JourneyRow journey, double leader_speed = 1.2) {
    for (int i = 0; i < 12; ++i)
      put({6 - 0.8 * (i / 4), 3.8 + 0.8 * (i % 4)}, journey, i == 0 ? leader_speed : 1.0 + 0.05 * i);
  }
  [[nodiscard]] Point at(std::uint32_t person) const {
    for (std::size_t row = 0; row < venue.crowd().size(); ++row) {
      if (venue.crowd().person()[row].value == person) return venue.crowd().position()[row];
    }
    return {NAN, NAN};
  }
  [[nodiscard]] double farthest_from(std::uint32_t leader) const {
    double most = 0;
    for (const Point p : venue.crowd().position()) most = std::max(most, distance(p, at(leader)));
    return most;
  }
  [[nodiscard]] std::size_t left_by(StageRow door) const { return times(door).size(); }
};

template <class Make>
Snapshot state_after(Make make, int threads, double end_s) {
  const auto tour = make();
  Arena arena(threads);
  tour->venue.run_until(end_s, arena);
  return tour->state();
}

}  // namespace

TEST_CASE("those who follow keep beside or behind their leader, however fast they are") {
  Tour tour;
  tour.party(tour.venue.add_journey({tour.east}), 0.8);
  tour.venue.let_in(tour.people);
  tour.run_until(10);
  for (double t = 10; t < 60; t += 1) {
    tour.run_until(t);
    REQUIRE(tour.venue.present() == 12);
    CHECK(tour.farthest_from(0) < 5);
    for (std::uint32_t i = 1; i < 12; ++i) CHECK(tour.at(i).x < tour.at(0).x + 1.2);
  }
  tour.run_until(100);
  REQUIRE(tour.venue.left() == 12);
  // as strangers the fastest would leave half a minute before the slowest
  CHECK(tour.times(tour.east).back() - tour.times(tour.east).front() < 8);
}

TEST_CASE("a leader waits for those who are left behind") {
  Tour tour;
  const auto journey = tour.venue.add_journey({tour.east});
  for (const double speed : {1.5, 1.25, 0.5, 1.25, 1.25})
    tour.put({2, 3 + 0.8 * double(tour.people.size())}, journey, speed);
  tour.venue.let_in(tour.people);
  for (double t = 5; t < 100; t += 5) {
    tour.run_until(t);
    CHECK(tour.farthest_from(0) < 5);
  }
  tour.run_until(200);
  const auto times = tour.times(tour.east);
  REQUIRE(times.size() == 5);
  CHECK(times.back() - times.front() < 10);
  CHECK(times.back() > 57 / 0.5 - 3);
}

TEST_CASE("of two who help each other neither goes faster than the slower") {
  for (const auto& [helper, helped] : {std::pair{1.4, 0.6}, {0.6, 1.4}}) {
    Tour tour;
    const auto journey = tour.venue.add_journey({tour.east});
    tour.put({2, 5}, journey, helper), tour.put({2, 6}, journey, helped);
    tour.venue.let_in(tour.people);
    for (double t = 5; t < 90; t += 1) {
      tour.run_until(t);
      CHECK(distance(tour.at(0), tour.at(1)) < 2.5);
    }
    tour.run_until(120);
    const auto times = tour.times(tour.east);
    REQUIRE(times.size() == 2);
    CHECK(times.front() > 58 / 0.6 - 5);
  }
}

TEST_CASE("whoever is scattered comes up to the leader in sight") {
  Tour tour;
  const auto journey = tour.venue.add_journey({tour.east});
  tour.put({12, 1}, journey, 1.0), tour.put({4, 9}, journey), tour.put({8, 8}, journey);
  tour.venue.let_in(tour.people);
  tour.run_until(15);
  CHECK(tour.farthest_from(0) < 3);
}

TEST_CASE("the leader decides for all between stages") {
  for (const Choose by : {Choose::shares, Choose::round_robin, Choose::least_crowded, Choose::quickest}) {
    Tour tour;
    Leg leg{{tour.west_door, tour.east}, by};
    if (by == Choose::shares) leg.shares = {0, 1};
    const auto journey = tour.venue.add_branching_journey({leg});
    // all but the leader stand near the west door
    tour.put({50, 5}, journey);
    for (int i = 1; i < 6; ++i) tour.put({3 + 0.8 * i, 5}, journey);
    tour.venue.let_in(tour.people);
    tour.run_until(200);
    CAPTURE(static_cast<int>(by));
    const bool to_west = by == Choose::round_robin || by == Choose::least_crowded;
    CHECK(tour.left_by(to_west ? tour.west_door : tour.east) == 6);
  }
}

TEST_CASE("what the leader knows counts, and when the leader changes their mind all do") {
  Tour tour;
  const auto journey = tour.venue.add_branching_journey({{{tour.west_door, tour.east}, Choose::quickest}});
  tour.party(journey);
  tour.venue.familiarise({PersonId{0u}}, {tour.east});
  tour.venue.familiarise({PersonId{1u}, PersonId{2u}, PersonId{3u}}, {tour.west_door});
  tour.venue.let_in(tour.people);
  tour.run_until(20);
  REQUIRE(tour.venue.left() == 0);
  CHECK(tour.venue.bound_for(tour.east) == 12);
  Announcement shut;
  shut.shut = {tour.east}, shut.recommends = {tour.west_door};
  tour.venue.choices().add(shut);
  tour.run_until(23);
  CHECK(tour.venue.bound_for(tour.west_door) == 12);
  tour.run_until(150);
  CHECK(tour.left_by(tour.west_door) == 12);
}

TEST_CASE("a waypoint is passed by all when the leader is there, also in a narrow door") {
  Tour tour;
  const StageRow point = tour.venue.add_stage({"point", {}, {{{30, 4.8}, {30, 5.2}}}, Pass{}});
  const StageRow back = tour.venue.add_stage({"back", {}, {{{10, 4.8}, {10, 5.2}}}, Pass{}});
  tour.party(tour.venue.add_journey({point, back, tour.east}), 0.7);
  tour.venue.let_in(tour.people);
  tour.run_until(300);
  for (const StageRow stage : {point, back}) {
    const auto times = tour.times(stage);
    REQUIRE(times.size() == 12);
    CHECK(times.front() == times.back());
  }
  REQUIRE(tour.left_by(tour.east) == 12);
}

TEST_CASE("all go on from a place to wait when their leader does, also where it holds only some of them") {
  for (const auto& [capacity, leader_at] :
       {std::pair{0u, Point{6, 5}}, {5u, Point{6, 5}}, {5u, Point{2, 5}}}) {
    Tour tour;
    const auto stop = tour.waiting(rectangle(28, 2, 34, 8), {.until_s = 60, .capacity = capacity});
    tour.party(tour.venue.add_journey({stop, tour.east}));
    tour.people[0].body.at = leader_at;
    if (leader_at.x < 5) tour.people[11].body.at = {6, 5};
    tour.venue.let_in(tour.people);
    tour.run_until(59.9);
    CHECK(tour.venue.bound_for(stop) == 12);
    tour.run_until(60.1);
    CHECK(tour.venue.bound_for(tour.east) == 12);
    tour.run_until(200);
    CHECK(tour.left_by(tour.east) == 12);
  }
}

TEST_CASE("a group counts all of its people where ropes let on whole blocks") {
  Tour tour;
  const auto stop = tour.waiting(rectangle(20, 1, 34, 9), {.until_s = 60, .block = 8, .every_s = 20});
  const auto journey = tour.venue.add_journey({stop, tour.east});
  tour.party(journey);
  for (int i = 0; i < 12; ++i) tour.put({8 + 0.8 * (i / 4), 3.8 + 0.8 * (i % 4)}, journey).group = kAlone;
  tour.venue.let_in(tour.people);
  for (const auto& [moment, gone] : {std::pair{59.0, 0}, {79.0, 8}, {99.0, 16}, {119.0, 24}}) {
    tour.run_until(moment);
    const auto at_it = static_cast<int>(tour.venue.bound_for(stop));
    CAPTURE(moment);
    CHECK(std::abs(24 - at_it - gone) <= 11);
  }
  tour.run_until(300);
  CHECK(tour.left_by(tour.east) == 24);
}

TEST_CASE("in a queue everybody is served, and they go on together") {
  Tour tour;
  const auto desk =
      tour.venue.add_stage({"desk", {}, {{{34, 5}, {24, 5}}}, Queue({1, {ServiceLaw::constant, 4}})});
  const StageRow point = tour.venue.add_stage({"point", {}, {{{45, 1}, {45, 9}}}, Pass{}});
  tour.party(tour.venue.add_journey({desk, point, tour.east}));
  tour.venue.let_in(tour.people);
  tour.run_until(400);
  CHECK(tour.stage<Queue>(desk).served().size() == 12);
  REQUIRE(tour.left_by(tour.east) == 12);
  const auto times = tour.times(tour.east);
  CHECK(times.back() - times.front() < 15);
}

TEST_CASE("without their leader they follow the next, and go where the leader was going") {
  Tour tour;
  const StageRow point = tour.venue.add_stage({"point", {}, {{{30, 1}, {30, 9}}}, Pass{}});
  tour.party(tour.venue.add_journey({point, tour.east}));
  // a journey of their own leads the other way
  const auto own = tour.venue.add_journey({tour.west_door});
  for (std::size_t i = 1; i < tour.people.size(); ++i) tour.people[i].journey = own;
  tour.venue.let_in(tour.people);
  tour.run_until(5);
  tour.venue.take_out({PersonId{0u}});
  tour.run_until(10);
  tour.venue.take_out({PersonId{1u}, PersonId{2u}});
  tour.run_until(120);
  const auto passed = tour.times(point);
  REQUIRE(passed.size() == 9);
  CHECK(passed.front() == passed.back());
  CHECK(tour.left_by(tour.east) == 9);
}

TEST_CASE("whoever waited for a leader who is taken away is let go with the next one") {
  for (const std::uint32_t capacity : {0u, 4u}) {
    Tour tour;
    const auto stop = tour.waiting(rectangle(20, 2, 26, 8), {.until_s = 60, .capacity = capacity});
    tour.party(tour.venue.add_journey({stop, tour.east}));
    tour.venue.let_in(tour.people);
    tour.run_until(50);
    tour.venue.take_out({PersonId{0u}});
    tour.run_until(150);
    CHECK(tour.left_by(tour.east) == 11);
  }
}

TEST_CASE("when a leader has left by a door the others leave by it too") {
  Tour tour;
  const auto journey = tour.venue.add_branching_journey({{{tour.west_door, tour.east}, Choose::quickest}});
  tour.party(journey);
  tour.people[0].body.at = {59, 5};
  tour.people[1].body.at = {57.6, 5};
  tour.venue.let_in(tour.people);
  tour.run_until(0.1);
  tour.venue.send(PersonId{0u}, tour.venue.add_journey({tour.east}));
  tour.run_until(120);
  CHECK(tour.left_by(tour.east) == 12);
}

TEST_CASE("a leader who is overcome by smoke is followed by the next, with the same bits when saved") {
  const auto make = [] {
    auto tour = std::make_unique<Tour>();
    tour->party(tour->venue.add_journey({tour->east}));
    tour->people[0].body.at = {12, 5};
    Layer deadly;
    deadly.quantity = Quantity::co;
    deadly.shapes = {rectangle(10, 0, 16, 10)};
    deadly.values = {3e6, 3e6, 0};
    deadly.times_s = {0, 3, 3.1};
    Surroundings surroundings;
    surroundings.add(deadly);
    tour->venue.set_surroundings(surroundings);
    tour->venue.let_in(tour->people);
    return tour;
  };
  const auto tour = make();
  tour->run_until(120);
  CHECK(tour->venue.incapacitated() == 1);
  CHECK(tour->left_by(tour->east) == 11);
  CHECK(goes_on_as_saved(make, {0.5, 2.0, 20.0}, 60));
}

TEST_CASE("a leader who comes late takes over") {
  Tour tour;
  const auto east = tour.venue.add_journey({tour.east}), west = tour.venue.add_journey({tour.west_door});
  tour.party(east);
  tour.people[0].enters_s = 8, tour.people[0].journey = west;
  tour.venue.let_in(tour.people);
  tour.run_until(7.9);
  CHECK(tour.venue.bound_for(tour.east) == 11);
  tour.run_until(8.1);
  CHECK(tour.venue.bound_for(tour.west_door) == 12);
  tour.run_until(100);
  CHECK(tour.left_by(tour.west_door) == 12);
}

TEST_CASE(
    "where a leader is sent or told to stand all of them go, and whoever is sent by themselves leaves") {
  Tour tour;
  const auto east = tour.venue.add_journey({tour.east}), west = tour.venue.add_journey({tour.west_door});
  tour.party(east);
  tour.venue.let_in(tour.people);
  tour.run_until(5);
  tour.venue.stand_at(PersonId{0u}, {20, 5});
  tour.run_until(60);
  CHECK(distance(tour.at(0), {20, 5}) < 0.2);
  CHECK(tour.farthest_from(0) < 3);
  tour.venue.send(PersonId{3u}, west);
  tour.venue.send(PersonId{0u}, east);
  tour.run_until(200);
  CHECK(tour.left_by(tour.east) == 11);
  CHECK(tour.left_by(tour.west_door) == 1);
}

TEST_CASE(
    "groups with leaders give the same bits in any order, for 1, 2 and 4 threads, and from a saved state") {
  const auto make = [](bool backwards) {
    auto tour = std::make_unique<Tour>();
    const auto stop =
        tour->waiting(rectangle(20, 2, 30, 8), {.until_s = 20, .dwell = {SpellLaw::lognormal, 8, 0.4}});
    const auto desk =
        tour->venue.add_stage({"desk", {}, {{{44, 2}, {36, 2}}}, Queue({2, {ServiceLaw::constant, 1}})});
    const StageRow other =
        tour->venue.add_stage({"other", {}, {{{44, 8}, {36, 8}}}, Queue({2, {ServiceLaw::constant, 1}})});
    const auto journey =
        tour->venue.add_branching_journey({{{stop}},
                                           {{desk, other}, Choose::least_crowded},
                                           {{tour->west_door, tour->east}, Choose::quickest}});
    for (int i = 0; i < 60; ++i) {
      tour->put({1 + 0.7 * (i / 12), 0.8 + 0.75 * (i % 12)}, journey, 0.8 + 0.01 * i).group =
          static_cast<std::uint32_t>(i % 12);
      tour->people.back().leads = i / 12 == i % 5;
    }
    if (backwards) std::reverse(tour->people.begin(), tour->people.end());
    tour->venue.let_in(tour->people);
    return tour;
  };
  const auto usual = [&] { return make(false); };
  const Snapshot one = state_after(usual, 1, 70);
  for (const int threads : {2, 4}) CHECK(state_after(usual, threads, 70) == one);
  CHECK(state_after([&] { return make(true); }, 1, 70) == one);
  CHECK(goes_on_as_saved(usual, {0.5, 15.0, 33.3, 50.0}, 70));
  const auto tour = make(false);
  tour->run_until(300);
  CHECK(tour->venue.left() == 60);
}

TEST_CASE("a group has one leader") {
  Tour tour;
  const auto journey = tour.venue.add_journey({tour.east});
  tour.put({5, 5}, journey), tour.put({6, 5}, journey);
  tour.people[1].leads = true;
  CHECK(complaint([&] { tour.venue.let_in(tour.people); }) ==
        "person 1: is to lead group 7, which person 0 leads already; let one of them lead");
  CHECK(tour.venue.to_come() == 0);
  tour.people[0].leads = false, tour.people[1].group = kAlone;
  CHECK(complaint([&] { tour.venue.let_in(tour.people); }) ==
        "person 1: is to lead, but belongs to no group; give the group a number");
  tour.people[1].group = kParty;
  tour.venue.let_in(tour.people);
  Visitor late = tour.people[0];
  late.body.person = PersonId{9u}, late.leads = true;
  CHECK(contains(complaint([&] { tour.venue.let_in({late}); }), "which person 1 leads already"));
  tour.run_until(60);
  tour.venue.let_in({late});  // both have left
  tour.run_until(120);
  CHECK(tour.venue.left() == 3);
}
