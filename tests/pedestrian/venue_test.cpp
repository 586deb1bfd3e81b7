#include "chimata/pedestrian/venue.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/pedestrian/places.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using chimata::test::complaint;

namespace {

Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}};
}

Stage way_out(Door door = {}) {
  Stage stage;
  stage.id = "east";
  stage.lines = {{{10, 3.4}, {10, 4.6}}};
  stage.does = Exit(door);
  return stage;
}

/// 10 x 8 m with a door of 1.2 m.
struct Hall {
  std::shared_ptr<const Area> area = std::make_shared<const Area>(std::vector{rectangle(0, 0, 10, 8)});
  Venue venue{area};
  std::uint32_t journey;
  explicit Hall(Door door = {}) : journey(venue.add_journey({venue.add_stage(way_out(door))})) {}

  Visitor visitor(std::uint32_t person, Point at) const {
    Visitor visitor;
    visitor.body.person = PersonId{person};
    visitor.body.at = at;
    visitor.journey = journey;
    return visitor;
  }
  std::vector<Visitor> crowd(std::size_t count) const {
    std::vector<Visitor> visitors;
    const auto places =
        places_in(*area, venue.walls(), rectangle(0, 0, 6, 8), count, 0.4, 0.2, Random{Seed{1}});
    for (const Point at : places)
      visitors.push_back(visitor(static_cast<std::uint32_t>(visitors.size()), at));
    return visitors;
  }
};

}  // namespace

TEST_CASE("people come, leave and are counted once at every moment") {
  Hall hall;
  auto visitors = hall.crowd(40);
  for (std::size_t i = 0; i < visitors.size(); ++i) visitors[i].enters_s = static_cast<double>(i);
  hall.venue.let_in(visitors);
  Arena arena(1);
  for (double t = 1; t <= 80; t += 1) {
    hall.venue.run_until(t, arena);
    CHECK(hall.venue.to_come() + hall.venue.present() + hall.venue.left() == 40);
    CHECK(hall.venue.passings().size() == hall.venue.left());
  }
  CHECK(hall.venue.left() == 40);
}

TEST_CASE("where one visitor is wrong nobody comes in") {
  Hall hall;
  auto visitors = hall.crowd(3);
  visitors[1].body.at = {11, 1};
  CHECK(complaint([&] { hall.venue.let_in(visitors); }).starts_with("person 1: stands outside the area"));
  CHECK(hall.venue.to_come() == 0);
  visitors[1].body.at = {9, 1};
  hall.venue.let_in(visitors);
  CHECK(hall.venue.to_come() == 3);
  CHECK(complaint([&] { hall.venue.let_in({hall.visitor(2, {5, 7})}); }) == "person 2: is let in twice");
  Visitor nobody = visitors[0];
  nobody.body.person = {};
  CHECK(complaint([&] { hall.venue.let_in({nobody}); }) == "person: has no number; give one from 0 on");
}

TEST_CASE("social forces in steps in which bodies would fly apart are refused") {
  const auto area = std::make_shared<const Area>(std::vector{rectangle(0, 0, 10, 10)});
  const auto with_step = [&](double dt) {
    VenueModel model;
    model.dt = dt;
    Venue venue(area, model);
    Visitor visitor;
    visitor.body.person = PersonId{0u}, visitor.body.at = {5, 5}, visitor.body.law = Law::social_force;
    visitor.journey = venue.add_journey({venue.add_stage({"out", {}, {{{0, 4}, {0, 6}}}})});
    venue.let_in({visitor});
  };
  CHECK_NOTHROW(with_step(0.01));
  CHECK_THROWS_WITH_AS(with_step(0.02),
                       "person 0: moves by social_force, for which the step is too long; give dt 0.01 s or "
                       "less: bodies are stiff",
                       InputError);
}

TEST_CASE("a turnstile lets people through one by one") {
  Hall hall(Door{DoorFlow::service, 0.5, 0});
  hall.venue.let_in(hall.crowd(20));
  Arena arena(1);
  hall.venue.run_until(100, arena);
  const auto& passings = hall.venue.passings();
  REQUIRE(passings.size() == 20);
  for (std::size_t i = 1; i < passings.size(); ++i)
    CHECK(passings[i].time_s - passings[i - 1].time_s >= doctest::Approx(2).epsilon(0.006));
}

TEST_CASE("the same bits for 1, 2 and 4 threads") {
  const auto after = [](int threads) {
    Hall hall;
    hall.venue.let_in(hall.crowd(100));
    Arena arena(threads);
    hall.venue.run_until(12, arena);
    const auto position = hall.venue.crowd().position();
    return std::vector<Point>(position.begin(), position.end());
  };
  const auto one = after(1);
  CHECK(one == after(2));
  CHECK(one == after(4));
}

TEST_CASE("places are as far apart as asked, free of walls, and told when there is no room") {
  Hall hall;
  const auto places =
      places_in(*hall.area, hall.venue.walls(), rectangle(0, 0, 10, 8), 300, 0.4, 0.2, Random{Seed{5}});
  REQUIRE(places.size() == 300);
  double nearest = 1;
  for (std::size_t i = 0; i < places.size(); ++i) {
    CHECK(hall.venue.walls().clearance(places[i]) >= 0.2);
    for (std::size_t j = 0; j < i; ++j) nearest = std::min(nearest, distance(places[i], places[j]));
  }
  CHECK(nearest >= 0.4 - 1e-12);
  const auto too_many = [&] {
    (void)places_in(*hall.area, hall.venue.walls(), rectangle(0, 0, 1, 1), 50, 0.4, 0.2, Random{Seed{5}});
  };
  CHECK(complaint(too_many).starts_with("places: 50 people, "));
}
