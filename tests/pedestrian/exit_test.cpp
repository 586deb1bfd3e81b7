#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "chimata/geo/vector.hpp"
#include "pedestrian/room.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

/// People with falling numbers, one farther from the exit than the other, so that numbers and places
/// disagree.
std::unique_ptr<Room> file_before_exit(std::uint32_t people) {
  auto room = std::make_unique<Room>(20, 4);
  const auto journey = room->venue.add_journey({room->east});
  std::vector<Visitor> all(people);
  for (std::uint32_t i = 0; i < people; ++i) {
    all[i].body.person = PersonId{people - 1 - i};
    all[i].body.at = {19.0 - 0.8 * i, 0.5 + i % 5 * 0.7};
    all[i].journey = journey;
  }
  room->venue.let_in(all);
  return room;
}

/// Persons/s that get through an exit at 1 person/(m s): its width in m.
double width(std::vector<Polygon> shapes, std::vector<Wall> lines) {
  Room room;
  const Exit exit({DoorFlow::capped, 1.0});
  const auto row = room.venue.add_stage({"door", std::move(shapes), std::move(lines), exit});
  return room.stage<Exit>(row).flow(0);
}

}  // namespace

TEST_CASE("a door is as wide as its line is long, in however many pieces it is drawn") {
  CHECK(width({}, {{{18, 1}, {20, 1}}}) == doctest::Approx(2));
  CHECK(width({}, {{{18, 1}, {19, 1}}, {{19, 1}, {20, 1}}}) == doctest::Approx(2));
  CHECK(width({}, {{{18, 1}, {19, 1}}, {{19, 1}, {19, 1.5}}}) == doctest::Approx(1.5));
}

TEST_CASE("a door that is drawn as a shape is as wide as its longer side, however it is turned") {
  for (const double turn : {0.0, 0.3, std::numbers::pi / 4, 1.2, std::numbers::pi / 2}) {
    const Point along{std::cos(turn), std::sin(turn)}, across{-along.y, along.x};
    const auto at = [&](double x, double y) { return Point{10, 5} + x * along + y * across; };
    const Polygon door{{{at(-1, 0), at(1, 0), at(1, 0.5), at(-1, 0.5)}}};
    const Polygon in_pieces{{{at(-1, 0), at(0, 0), at(1, 0), at(1, 0.5), at(0.3, 0.5), at(-1, 0.5)}}};
    CHECK(width({door}, {}) == doctest::Approx(2));
    CHECK(width({in_pieces}, {}) == doctest::Approx(2));
  }
}

TEST_CASE("whenever an exit lets one out, it is whoever came first, also as the next one comes") {
  for (double moment = 0.4; moment < 2; moment += 0.01) {
    const auto room = file_before_exit(2);
    room->venue.allow_out(room->east, 0);
    room->run_until(moment);
    room->venue.allow_out(room->east, 1);
    room->run_until(30);
    const auto gone = room->venue.take_departures();
    REQUIRE(gone.size() == 1);
    CHECK(gone[0].person == PersonId{1u});
  }
}

TEST_CASE("how many an exit may still let out is kept in a snapshot") {
  const auto make = [] {
    auto room = file_before_exit(8);
    room->venue.allow_out(room->east, 3);
    return room;
  };
  const auto whole = make();
  whole->run_until(3);
  const Snapshot saved = whole->state();
  const auto half = file_before_exit(8);  // was never told how many
  half->venue.load(SnapshotReader(saved, "venue"), half->arena);
  whole->run_until(30), half->run_until(30);
  CHECK(whole->venue.left() == 3);
  CHECK(half->venue.left() == 3);
  CHECK(half->state() == whole->state());
}
