#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "chimata/geo/vector.hpp"
#include "pedestrian/room.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

TEST_CASE("people who wait stand inside, each at a place of their own, and those who come last get in") {
  Room room;
  const auto area = room.waiting(rectangle(10, 1, 16, 9), {.until_s = 1e9});
  room.stream(80, 0.7, room.venue.add_journey({area, room.east}));
  room.run_until(120);
  CHECK(room.times(area).size() == 80);
  const auto position = room.venue.crowd().position();
  REQUIRE(position.size() == 80);
  double nearest = 1e9;
  std::size_t still = 0, inside = 0;
  for (std::size_t i = 0; i < 80; ++i) {
    inside += rectangle(9.5, 0.5, 16.5, 9.5).contains(position[i]) ? 1 : 0;
    still += length(room.venue.crowd().velocity()[i]) < 0.1 ? 1 : 0;
    for (std::size_t j = 0; j < i; ++j) nearest = std::min(nearest, distance(position[i], position[j]));
  }
  CHECK(nearest > 0.399);
  CHECK(still >= 78);
  CHECK(inside >= 78);
}

TEST_CASE("those of a group stand beside each other where a stage keeps groups together") {
  const auto widest = [](bool together) {
    Room room;
    const auto area = room.waiting(rectangle(10, 1, 16, 9), {.until_s = 1e9, .together = together});
    const JourneyRow journey = room.venue.add_journey({area});
    std::vector<Arrival> all;
    for (std::uint32_t i = 0; i < 30; ++i) {
      all.push_back(room.person(i, i * 0.7, journey));
      all.back().group = i % 10;  // who comes next is of another group
    }
    room.venue.arrive(std::move(all));
    room.run_until(90);
    REQUIRE(room.times(area).size() == 30);
    std::vector<Point> at(30);
    for (std::size_t row = 0; row < 30; ++row)
      at[room.venue.crowd().person()[row].value] = room.venue.crowd().position()[row];
    double sum = 0;
    for (std::size_t i = 10; i < 30; ++i) sum += distance(at[i], at[i - 10]) / 20;
    return sum;
  };
  CHECK(widest(true) < 1.5);
  CHECK(widest(false) > 2.5);
}

TEST_CASE("beyond its capacity people wait outside the border, and move in when others go") {
  Room room;
  const auto area =
      room.waiting(rectangle(10, 1, 16, 9), {.until_s = 80, .block = 10, .every_s = 60, .capacity = 30});
  room.stream(45, 0.5, room.venue.add_journey({area, room.east}));
  room.run_until(75);
  CHECK(room.stage<Waiting>(area).inside() == 30);
  CHECK(room.stage<Waiting>(area).at_border() > 0);
  CHECK(room.times(area).size() == 30);
  std::size_t inside = 0;
  for (const Point at : room.venue.crowd().position()) inside += at.x > 11 ? 1 : 0;
  CHECK(inside == 30);
  room.run_until(130);
  CHECK(room.times(area).size() == 40);
  CHECK(room.times(room.east).size() == 10);
}

TEST_CASE("who is sent from their place to stand elsewhere gets there, wherever the origin lies") {
  Room room;
  const auto area = room.waiting(rectangle(10, 1, 16, 9), {.until_s = 1e9});
  room.stream(1, 1, room.venue.add_journey({area, room.east}));
  room.run_until(40);
  REQUIRE(room.times(area).size() == 1);
  REQUIRE(room.venue.crowd().position()[0].x > 9);
  const Point corner{0.6, 0.6};  // near the origin of coordinates
  room.venue.stand_at(PersonId{0u}, corner);
  room.run_until(60);
  CHECK(distance(room.venue.crowd().position()[0], corner) < 0.2);
}

TEST_CASE("people held back by ropes are let go in whole blocks") {
  Room room;
  const auto area = room.waiting(rectangle(8, 1, 14, 9), {.until_s = 60, .block = 20, .every_s = 40});
  room.stream(50, 0.5, room.venue.add_journey({area, room.east}));
  for (const auto& [moment, gone] : {std::pair{59.0, 0u}, {95.0, 20u}, {135.0, 40u}, {175.0, 50u}}) {
    room.run_until(moment);
    CHECK(room.times(room.east).size() == gone);
  }
}

TEST_CASE("a staged release lets the same share go in every minute") {
  Room room;
  const auto area = room.waiting(rectangle(8, 1, 16, 9), {.until_s = 100, .over_s = 100});
  room.stream(100, 0.5, room.venue.add_journey({area, room.east}));
  room.run_until(99);
  REQUIRE(room.stage<Waiting>(area).inside() == 100);
  for (const double share : {0.25, 0.5, 0.75, 1.0}) {
    room.run_until(100 + 100 * share + 0.02);
    CHECK(room.stage<Waiting>(area).inside() == doctest::Approx(100 * (1 - share)));
  }
}

TEST_CASE("a staged release is even also for those who have no room inside when it begins") {
  Room room(40, 10);
  const auto area = room.waiting(rectangle(25, 1, 35, 9), {.until_s = 100, .over_s = 150, .capacity = 40});
  room.stream(150, 0.6, room.venue.add_journey({area, room.east}));
  room.run_until(100);
  REQUIRE(room.stage<Waiting>(area).inside() == 40);
  REQUIRE(room.venue.present() == 150);
  std::size_t before = 0, most = 0;
  for (double end = 110; end <= 300; end += 10) {
    room.run_until(end + 0.05);
    const std::size_t gone = 150 - room.venue.bound_for(area);
    most = std::max(most, gone - before);
    before = gone;
  }
  CHECK(most <= 11);  // one in a second
  CHECK(before == 150);
}

TEST_CASE("when all have been released, late people pass as they come") {
  Room room;
  const auto area = room.waiting(rectangle(8, 1, 16, 9), {.until_s = 0, .over_s = 60});
  const auto journey = room.venue.add_journey({area, room.east});
  std::vector<Arrival> all{room.person(0, 0, journey)};
  for (std::uint32_t i = 1; i <= 20; ++i) all.push_back(room.person(i, 200, journey));
  room.venue.arrive(all);
  room.run_until(240);
  CHECK(room.times(room.east).size() == 21);
}

TEST_CASE("blocks that could not go while the door was shut do not go one upon the other") {
  Room room;
  const auto area = room.waiting(rectangle(8, 1, 14, 9), {.until_s = 60, .block = 10, .every_s = 30});
  room.stream(50, 0.5, room.venue.add_journey({area, room.east}));
  room.venue.set_door(area, true, 50);
  room.venue.set_door(area, false, 145);
  for (const auto& [moment, gone] :
       {std::pair{144.9, 0u}, {146.0, 10u}, {174.9, 10u}, {175.1, 20u}, {205.1, 30u}}) {
    room.run_until(moment);
    CHECK(50 - room.venue.bound_for(area) == gone);
  }
}

TEST_CASE("whose journey ends at a waiting area stays there for good, unless sent home") {
  Room room;
  const auto shelter = room.waiting(rectangle(10, 1, 16, 9), {});
  const auto home = room.venue.add_journey({room.east});
  room.stream(10, 1, room.venue.add_journey({shelter}));
  room.run_until(60);
  CHECK(room.venue.present() == 10);
  room.venue.send(PersonId{3u}, home);
  room.run_until(90);
  CHECK(room.venue.present() == 9);
  CHECK(room.stage<Waiting>(shelter).inside() == 9);
}

TEST_CASE("a run with waiting people goes on as it was saved") {
  const auto make = [] {
    auto room = std::make_unique<Room>();
    const auto area =
        room->waiting(rectangle(10, 1, 16, 9), {.until_s = 20, .block = 10, .every_s = 15, .capacity = 25});
    room->stream(45, 0.5, room->venue.add_journey({area, room->east}));
    return room;
  };
  CHECK(goes_on_as_saved(make, {12.3, 22.0, 36.0}, 70));
  const auto evenly = [] {
    auto room = std::make_unique<Room>();
    const auto area = room->waiting(rectangle(10, 1, 16, 9), {.until_s = 20, .over_s = 30, .capacity = 15});
    room->stream(45, 0.5, room->venue.add_journey({area, room->east}));
    return room;
  };
  CHECK(goes_on_as_saved(evenly, {12.3, 22.0, 36.0, 55.0}, 70));
}

TEST_CASE("what is wrong with a waiting area is said in one line") {
  Room room;
  const auto says = [&](const Polygon& shape, const WaitingModel& model) {
    return complaint([&] { room.waiting(shape, model); });
  };
  const Polygon good = rectangle(2, 2, 4, 4);
  CHECK(contains(says(rectangle(30, 1, 32, 2), {}), "stage area: nobody has room"));
  CHECK(contains(says(good, {.block = 5}), "blocks without a time"));
  CHECK(contains(says(good, {.block = 5, .every_s = 5, .over_s = 5}), "in blocks and evenly"));
  CHECK(contains(says(good, {.over_s = -1}), "a time below 0"));
  CHECK(contains(says(good, {.spacing = 0}), "m apart"));
}

TEST_CASE("the laws of time have the mean and deviation that they say") {
  for (const Spell& spell : {Spell{SpellLaw::constant, 30},
                             {SpellLaw::exponential, 30},
                             {SpellLaw::lognormal, 30, 0.7},
                             {SpellLaw::uniform, 30, 0.4},
                             {SpellLaw::rayleigh, 30}}) {
    double sum = 0, squares = 0, least = INFINITY;
    constexpr std::uint32_t kMany = 20000;
    for (std::uint32_t i = 0; i < kMany; ++i) {
      const double t = drawn(spell, Purpose{"test"}, PersonId{i}, 2, Random{Seed{7}});
      sum += t, squares += t * t, least = std::min(least, t);
    }
    const double mean = sum / kMany, deviation = std::sqrt(std::max(0.0, squares / kMany - mean * mean));
    const double expected = spell.law == SpellLaw::constant      ? 0
                            : spell.law == SpellLaw::exponential ? 1
                            : spell.law == SpellLaw::rayleigh    ? 0.5227
                                                                 : spell.variation;
    CAPTURE(static_cast<int>(spell.law));
    CHECK(mean == doctest::Approx(30).epsilon(0.02));
    CHECK(deviation == doctest::Approx(30 * expected).epsilon(0.03));
    CHECK(least >= 0);
  }
}

TEST_CASE("everybody stays as long as the law of the place says, or as was said of them") {
  Room room;
  const Spell dwell{SpellLaw::lognormal, 40, 0.5};
  const auto area = room.waiting(rectangle(8, 1, 14, 9), {.dwell = dwell});
  const auto journey = room.venue.add_journey({area, room.east});
  std::vector<Arrival> all;
  for (std::uint32_t i = 0; i < 30; ++i) {
    all.push_back(room.person(i, 4.0 * i, journey));
    if (i % 3 == 0) all.back().dwell_s = i == 3 ? 0 : 100;
  }
  room.venue.arrive(all);
  room.run_until(500);
  std::vector<double> came(30), left(30);
  for (const Passing& one : room.venue.passings())
    (one.stage == area ? came : left)[one.person.value] = one.time_s;
  for (std::uint32_t i = 0; i < 30; ++i) {
    const double law = drawn(dwell, Purpose{"pedestrian.dwell"}, PersonId{i}, area, Random{Seed{1}});
    const double stay = i % 3 == 0 ? all[i].dwell_s : law;
    // the stay, and the way from the border to a place and out
    CAPTURE(i);
    CHECK(left[i] - came[i] >= stay);
    CHECK(left[i] - came[i] <= stay + 14);
  }
}

TEST_CASE("after an alarm people set out by the law of departure") {
  Room room;
  const auto area =
      room.waiting(rectangle(8, 1, 16, 9), {.until_s = 100, .departure = {SpellLaw::rayleigh, 60}});
  room.stream(100, 0.5, room.venue.add_journey({area, room.east}));
  room.run_until(100);
  REQUIRE(room.stage<Waiting>(area).inside() == 100);
  double farthest = 0;
  for (double t = 1; t < 250; t += 1) {
    room.run_until(100 + t);
    const double gone = 1 - static_cast<double>(room.stage<Waiting>(area).inside()) / 100;
    const double share = 1 - std::exp(-std::numbers::pi / 4 * t * t / (60 * 60));
    farthest = std::max(farthest, std::fabs(gone - share));
  }
  CHECK(farthest < 1.36 / std::sqrt(100));  // Kolmogorov and Smirnov, 5 %
  CHECK(room.stage<Waiting>(area).inside() == 0);
}

TEST_CASE("ropes and an even release leave out those who stay longer, and go on from a saved state") {
  for (const WaitingModel& model :
       {WaitingModel{.until_s = 60, .block = 10, .every_s = 20}, WaitingModel{.until_s = 60, .over_s = 40}}) {
    const auto make = [&] {
      auto room = std::make_unique<Room>();
      const auto area = room->waiting(rectangle(8, 1, 14, 9), model);
      const auto journey = room->venue.add_journey({area, room->east});
      std::vector<Arrival> all;
      for (std::uint32_t i = 0; i < 40; ++i) {
        all.push_back(room->person(i, 0.5 * i, journey));
        all.back().dwell_s = i < 5 ? 200 : 0;
      }
      room->venue.arrive(all);
      return room;
    };
    const auto room = make();
    room->run_until(180);
    CHECK(room->venue.left() == 35);
    room->run_until(400);
    CHECK(room->venue.left() == 40);
    CHECK(goes_on_as_saved(make, {30.0, 75.0, 130.0}, 240));
  }
}

TEST_CASE("what is wrong with a law of time is said in one line") {
  Room room;
  const auto says = [&](const WaitingModel& model) {
    return complaint([&] { room.waiting(rectangle(8, 1, 14, 9), model); });
  };
  CHECK(says({.dwell = {SpellLaw::constant, -1}}) ==
        "stage area: its dwell has a mean of -1.000000 s; give 0 s or more");
  CHECK(contains(says({.departure = {SpellLaw::uniform, 10, 0.7}}), "its departure begins below 0 s"));
  CHECK(contains(says({.dwell = {SpellLaw::lognormal, 10, 0}}), "has a variation of 0.000000"));
}
