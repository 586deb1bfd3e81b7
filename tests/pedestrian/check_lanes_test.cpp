// Checks at an entrance: bags, tickets.
#include "chimata/pedestrian/check_lanes.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "chimata/core/error.hpp"
#include "pedestrian/room.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

constexpr double kStep = 0.05;

/// A room whose western side is a gate with a check, and people who go through the room and out.
struct CheckedRoom : Room {
  EntranceRow gate;
  JourneyRow through;

  explicit CheckedRoom(std::uint32_t lanes, const Service& check, double height = 10)
      : Room(20, height, {.dt = kStep}),
        gate(venue.add_entrance({"gate", {}, {{{0, 0}, {0, height}}}, 0, lanes, check})),
        through(venue.add_journey({waiting(rectangle(5, 0, 15, height), {}), east})) {}

  void come(std::uint32_t count, double apart) {
    std::vector<Arrival> all;
    for (std::uint32_t i = 0; i < count; ++i) {
      all.push_back(person(i, i * apart, through));
      all.back().entrance = gate;
    }
    venue.arrive(std::move(all));
  }
};

}  // namespace

TEST_CASE("two lanes of 4 s let in two people every 4 s, and lose no time between them") {
  CheckedRoom room(2, {ServiceLaw::constant, 4});
  room.come(60, 0);
  room.run_until(130);
  const auto& entries = room.venue.entries();
  REQUIRE(entries.size() == 60);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const double due = 4.0 * static_cast<double>(i / 2 + 1);
    CHECK(entries[i].entered_s >= due - 1e-9);
    CHECK(entries[i].entered_s <= due + kStep);
    CHECK(entries[i].person == PersonId{i});
  }
}

TEST_CASE("who comes to a free lane is held for their own check only") {
  CheckedRoom room(3, {ServiceLaw::constant, 7});
  room.come(5, 20);
  room.run_until(100);
  for (const double wait : room.venue.waits(room.gate)) CHECK(wait == doctest::Approx(7).epsilon(0.01));
  REQUIRE(room.venue.waits(room.gate).size() == 5);
}

TEST_CASE("those who still stand in line count with the time that they have waited so far") {
  CheckedRoom room(1, {ServiceLaw::constant, 10});
  room.come(3, 0);
  room.run_until(15);
  CHECK(room.venue.waiting_outside(room.gate) == 2);
  const auto waits = room.venue.waits(room.gate);
  REQUIRE(waits.size() == 3);
  CHECK(waits[0] == doctest::Approx(10).epsilon(0.01));
  CHECK(waits[2] == doctest::Approx(15).epsilon(0.01));
}

TEST_CASE("checks of a lognormal law take their mean, and not all the same") {
  CheckedRoom room(4, {ServiceLaw::lognormal, 2, 0.5});
  room.come(600, 0);
  room.run_until(400);
  const auto& entries = room.venue.entries();
  REQUIRE(entries.size() == 600);
  CHECK(entries.back().entered_s == doctest::Approx(600 * 2 / 4).epsilon(0.06));
  // somebody has overtaken somebody in another lane
  bool in_order = true;
  for (std::size_t i = 1; i < entries.size(); ++i) in_order &= entries[i - 1].person < entries[i].person;
  CHECK_FALSE(in_order);
}

TEST_CASE("a lane stays taken while there is no room behind it") {
  CheckedRoom room(1, {ServiceLaw::constant, 1}, 0.6);  // one spot at the gate
  // somebody stands right behind the gate until 30 s
  std::vector<Visitor> first(1);
  first[0].body = {.person = PersonId{99u}, .at = {0.3, 0.3}, .speed = 1.34};
  first[0].journey = room.through, first[0].starts_s = 30;
  room.venue.let_in(first);
  room.come(3, 0);
  room.run_until(30);
  CHECK(room.venue.waiting_outside(room.gate) == 3);
  room.run_until(40);
  const auto& entries = room.venue.entries();
  REQUIRE(entries.size() == 4);
  CHECK(entries[1].entered_s > 30);
  CHECK(entries[2].entered_s - entries[1].entered_s >=
        1 - kStep - 1e-9);  // their check began when the lane was free
}

TEST_CASE("who is sent away while they wait for their check goes in and out without one") {
  CheckedRoom room(1, {ServiceLaw::constant, 1000});
  room.come(3, 0);
  const JourneyRow leave = room.venue.add_journey({room.east});
  room.run_until(5);
  for (std::uint32_t i = 0; i < 2; ++i) room.venue.send(PersonId{i}, leave);
  room.run_until(40);
  CHECK(room.venue.left() == 2);
  CHECK(room.venue.waiting_outside(room.gate) == 1);
  room.venue.send(PersonId{2u}, leave);
  room.venue.send(PersonId{2u}, room.through);
  room.run_until(60);
  CHECK(room.venue.waiting_outside(room.gate) == 1);
}

TEST_CASE("checks go on bit for bit after a snapshot") {
  CHECK(goes_on_as_saved(
      [] {
        auto room = std::make_unique<CheckedRoom>(2, Service{ServiceLaw::lognormal, 3, 0.5});
        room->come(30, 1);
        return room;
      },
      {0, 10, 31.4}, 60));
}

TEST_CASE("a check that takes no time is refused") {
  CHECK_THROWS_WITH_AS(CheckedRoom(2, {ServiceLaw::constant, 0}),
                       "entrance gate: checks people for 0.000000 s; give seconds above 0", InputError);
}
