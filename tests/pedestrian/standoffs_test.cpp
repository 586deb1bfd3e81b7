/// Two people face to face, and streams both ways, by collision-free speed.
#include "chimata/pedestrian/standoffs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/places.hpp"
#include "pedestrian/room.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

VenueModel model(bool step_aside, std::uint64_t seed = 1) {
  VenueModel model;
  model.step_aside = step_aside, model.seed = seed;
  return model;
}

struct Corridor : Room {
  StageRow left_end;
  JourneyRow to_east, to_west;
  std::vector<Visitor> people;
  Corridor(double length, double width, bool step_aside, std::uint64_t seed = 1)
      : Room(length, width, model(step_aside, seed)),
        left_end(venue.add_stage({"west end", {}, {{{0, 0}, {0, width}}}})),
        to_east(venue.add_journey({east})),
        to_west(venue.add_journey({left_end})) {}
  void put(Point at, JourneyRow journey) {
    Visitor& one = people.emplace_back();
    one.body.person = PersonId{people.size() - 1}, one.body.at = at, one.journey = journey;
    one.body.speed = 1.34;
  }
};

}  // namespace

TEST_CASE("two who meet head on step aside and pass, if asked to; by the law alone they stand") {
  for (const double y : {0.25, 0.4, 0.6, 0.95}) {
    Corridor yields(12, 1.2, true), stands(12, 1.2, false);
    for (Corridor* one : {&yields, &stands}) {
      one->put({1, y}, one->to_east), one->put({11, y}, one->to_west);
      one->venue.let_in(one->people);
      one->run_until(60);
    }
    CAPTURE(y);
    REQUIRE(yields.venue.left() == 2);
    CHECK(yields.venue.passings().back().time_s < 15);
    if (y > 0.3 && y < 0.9) CHECK(stands.venue.left() == 0);  // against a wall its push may help
  }
}

TEST_CASE("nobody steps aside in a stream one way: a crowd before a door moves with the same bits") {
  const auto after = [](bool step_aside) {
    Corridor corridor(20, 6, step_aside);
    const StageRow door = corridor.venue.add_stage({"door", {}, {{{20, 2.6}, {20, 3.4}}}});
    const auto out = corridor.venue.add_journey({door});
    for (const Point at : places_in(*corridor.area, corridor.venue.walls(), rectangle(8, 0, 19, 6), 120, 0.45,
                                    0.25, Random{Seed{3}}))
      corridor.put(at, out);
    corridor.venue.let_in(corridor.people);
    corridor.run_until(20);
    REQUIRE(corridor.venue.present() > 40);
    const auto position = corridor.venue.crowd().position();
    return std::vector<Point>(position.begin(), position.end());
  };
  CHECK(after(true) == after(false));
}

TEST_CASE("streams against each other that step aside give the same bits for all threads, and as saved") {
  const auto make = [] {
    auto corridor = std::make_unique<Corridor>(24, 1.6, true);
    const auto fill = [&](const Polygon& where, JourneyRow journey, std::uint64_t seed) {
      for (const Point at :
           places_in(*corridor->area, corridor->venue.walls(), where, 16, 0.45, 0.25, Random{Seed{seed}}))
        corridor->put(at, journey);
    };
    fill(rectangle(0, 0, 9, 1.6), corridor->to_east, 1);
    fill(rectangle(15, 0, 24, 1.6), corridor->to_west, 2);
    corridor->venue.let_in(corridor->people);
    return corridor;
  };
  const auto one = make();
  one->run_until(30);
  for (const int threads : {2, 4}) {
    const auto other = make();
    Arena arena(threads);
    other->venue.run_until(30, arena);
    CHECK(other->state() == one->state());
  }
  CHECK(goes_on_as_saved(make, {5.0, 9.7, 14.3}, 25));
}
