#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "pedestrian/room.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

/// A room with three exits in the east.
struct Hall : Room {
  std::vector<StageRow> exits;
  Hall() : Room(15, 12) {
    for (const double y : {1.0, 5.0, 9.0})
      exits.push_back(
          venue.add_stage({"exit " + std::to_string(exits.size()), {}, {{{15, y}, {15, y + 2}}}}));
  }
  std::vector<std::size_t> used(std::uint32_t people, Leg leg, std::uint32_t group = kAlone) {
    const auto journey = venue.add_branching_journey({std::move(leg)});
    std::vector<Arrival> all;
    for (std::uint32_t i = 0; i < people; ++i) {
      all.push_back(person(i, 0.3 * i, journey));
      all.back().group = group;
    }
    venue.arrive(all);
    run_until(0.3 * people + 60);
    std::vector<std::size_t> used;
    for (const StageRow exit : exits) used.push_back(times(exit).size() + venue.bound_for(exit));
    return used;
  }
};

}  // namespace

TEST_CASE("people divide by the shares they are given") {
  Hall hall;
  const auto used = hall.used(400, {hall.exits, Choose::shares, {1, 0, 3}});
  CHECK(used[0] == doctest::Approx(100).epsilon(0.2));
  CHECK(used[1] == 0);
  CHECK(used[0] + used[2] == 400);
}

TEST_CASE("one after the other, people take each door in turn") {
  Hall hall;
  for (const std::size_t count : hall.used(60, {hall.exits, Choose::round_robin})) CHECK(count == 20);
}

TEST_CASE("people who see a crowd before a door take another") {
  Hall hall;
  const auto used = hall.used(90, {hall.exits, Choose::least_crowded});
  for (const std::size_t count : used) CHECK(count == doctest::Approx(30).epsilon(0.2));
}

TEST_CASE("a group takes the same door") {
  for (const Choose by : {Choose::shares, Choose::round_robin, Choose::least_crowded}) {
    Hall hall;
    auto used = hall.used(6, {hall.exits, by}, 7);
    std::sort(used.begin(), used.end());
    CHECK(used == std::vector<std::size_t>{0, 0, 6});
  }
}

namespace {

/// Ten families of three whose members come in turn, so that each lot finds other doors crowded.
std::unique_ptr<Hall> families(Choose by) {
  auto hall = std::make_unique<Hall>();
  const auto journey = hall->venue.add_branching_journey({{hall->exits, by}});
  std::vector<Arrival> all;
  for (std::uint32_t i = 0; i < 30; ++i) {
    all.push_back(hall->person(i, 1.0 * i, journey));
    all.back().group = i % 10;
  }
  hall->venue.arrive(all);
  return hall;
}

}  // namespace

TEST_CASE("families whose members come one after the other leave by one door each, and use all doors") {
  for (const Choose by : {Choose::round_robin, Choose::least_crowded}) {
    const auto hall = families(by);
    hall->run_until(120);
    const auto& passings = hall->venue.passings();
    REQUIRE(passings.size() == 30);
    std::map<std::uint32_t, std::set<StageRow>> doors;
    std::map<StageRow, int> taken;
    for (const Passing& one : passings) doors[one.person.value % 10].insert(one.stage), ++taken[one.stage];
    for (const auto& [family, by_which] : doors) CHECK(by_which.size() == 1);
    CHECK(taken.size() == 3);
    if (by == Choose::round_robin) CHECK(taken[hall->exits[0]] == 12);
  }
}

TEST_CASE("what families have chosen goes on as it was saved") {
  for (const Choose by : {Choose::round_robin, Choose::least_crowded})
    CHECK(goes_on_as_saved([&] { return families(by); }, {4.0, 8.0, 15.0}, 40));
}

TEST_CASE("a group of four fast and one slow arrives within ten seconds (NIST TN 1822, 2.9)") {
  const auto arrive = [&](bool together) {
    Room corridor(60, 4);
    const auto journey = corridor.venue.add_journey({corridor.east});
    std::vector<Visitor> all(5);
    for (std::uint32_t i = 0; i < 5; ++i) {
      all[i].body.person = PersonId{i};
      all[i].body.at = {1.0, 0.5 + 0.6 * i};
      all[i].body.speed = i == 2 ? 0.5 : 1.25;
      all[i].journey = journey;
      all[i].group = together ? 1 : kAlone;
    }
    corridor.venue.let_in(all);
    corridor.run_until(200);
    const auto times = corridor.times(corridor.east);
    REQUIRE(times.size() == 5);
    return times.back() - times.front();
  };
  CHECK(arrive(true) < 10);
  CHECK(arrive(false) > 60);
}

TEST_CASE("a group does not stand still for ever where its last member is stuck in a crowd") {
  Room room(20, 6);
  const StageRow door = room.venue.add_stage({"door", {}, {{{20, 2.5}, {20, 3.5}}}});
  const auto journey = room.venue.add_journey({door});
  std::vector<Arrival> all;
  for (std::uint32_t i = 0; i < 120; ++i) {
    all.push_back(room.person(i, 0.1 * i, journey));
    all.back().group = i % 10;
    all.back().body.speed = 0.8 + 0.05 * (i % 11);
  }
  room.venue.arrive(all);
  room.run_until(300);
  CHECK(room.venue.left() == 120);
}

TEST_CASE("a group that may not be apart at all is refused in one line") {
  for (const double together : {0.0, -1.0, std::nan("")}) {
    VenueModel model;
    model.together = together;
    CHECK(contains(complaint([&] { Room(20, 10, model); }), "together: people of a group are"));
  }
}

TEST_CASE("what is wrong with a journey is said in one line") {
  Hall hall;
  const auto says = [&](std::vector<Leg> legs) {
    return complaint([&] { hall.venue.add_branching_journey(std::move(legs)); });
  };
  CHECK(contains(says({}), "journey 0: has no stage"));
  CHECK(contains(says({{{}}}), "has no stage"));
  CHECK(contains(says({{{99}}}), "names stage 99"));
  CHECK(contains(says({{{hall.exits[0]}}, {{hall.exits[1]}}}), "goes on after leaving by exit 0"));
  CHECK(contains(says({{hall.exits, Choose::shares, {1, 2}}}), "2 shares for 3 stages"));
  CHECK(contains(says({{hall.exits, Choose::shares, {1, -2, 1}}}), "shares below 0"));
}

TEST_CASE("at a turnstile those who came first go first, whatever their numbers") {
  Room room(10, 8);
  const auto gate = room.venue.add_stage({"gate", {}, {{{10, 3}, {10, 5}}}, Exit({DoorFlow::service, 0.5})});
  const auto journey = room.venue.add_journey({gate});
  std::vector<Visitor> all(6);
  for (std::uint32_t i = 0; i < 6; ++i) {
    all[i].body.person = PersonId{5 - i};  // who stands nearest has the highest number
    all[i].body.at = {9.0 - 0.8 * i, 4};
    all[i].journey = journey;
  }
  room.venue.let_in(all);
  room.run_until(60);
  const auto gone = room.venue.take_departures();
  REQUIRE(gone.size() == 6);
  for (std::uint32_t i = 0; i < 6; ++i) CHECK(gone[i].person == PersonId{5 - i});
}
