/// People who stand and watch let others through.
#include "chimata/pedestrian/making_way.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "chimata/geo/vector.hpp"
#include "pedestrian/room.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

constexpr double kOut = 200;  // s, when all stand at their places

VenueModel model(bool make_way) {
  VenueModel model;
  model.dt = 0.05, model.make_way = make_way;
  return model;
}

/// A hall of 16 x 10 m, full of people who watch for good, and one among them who wants out.
struct Show : Room {
  StageRow show;
  JourneyRow watch, leave;
  std::vector<Visitor> people;

  explicit Show(bool make_way, double spacing = 0.9, Law law = Law::collision_free)
      : Room(16, 10, model(make_way)),
        show(waiting(rectangle(0, 0, 14, 10), {.until_s = 1e9, .spacing = spacing})),
        watch(venue.add_journey({show})),
        leave(venue.add_journey({east})) {
    for (int row = 0; 0.4 + row * spacing * 0.866 < 9.7; ++row) {
      for (int i = 0; 0.4 + (i + 0.5 * (row % 2)) * spacing < 13.7; ++i)
        put({0.4 + (i + 0.5 * (row % 2)) * spacing, 0.4 + row * spacing * 0.866}, watch, 0.2, law);
    }
  }
  Visitor& put(Point at, JourneyRow journey, double radius, Law law) {
    Visitor& visitor = people.emplace_back();
    visitor.body.person = PersonId{people.size() - 1}, visitor.body.at = at;
    visitor.body.speed = speed, visitor.body.radius = radius, visitor.body.law = law;
    visitor.journey = journey;
    return visitor;
  }
  /// In place of whoever stands nearest to (4, 5).
  void let_one_out(double radius) {
    const Point middle{4, 5};
    auto& one = *std::min_element(people.begin(), people.end(), [&](const Visitor& a, const Visitor& b) {
      return distance(a.body.at, middle) < distance(b.body.at, middle);
    });
    one.journey = leave, one.starts_s = kOut;
    one.body.radius = radius;
  }
  [[nodiscard]] std::vector<Point> places() const {
    std::vector<Point> by_person(people.size());
    for (std::size_t row = 0; row < venue.crowd().size(); ++row)
      by_person[venue.crowd().person()[row].value] = venue.crowd().position()[row];
    return by_person;
  }
  /// Share of those who are still here who are farther than so many m from where they were.
  [[nodiscard]] double share_off(const std::vector<Point>& before, double off) const {
    const std::vector<Point> now = places();
    double count = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (now[i] != Point{} && distance(before[i], now[i]) > off) ++count;
    }
    return count / static_cast<double>(venue.present());
  }
};

}  // namespace

TEST_CASE("whoever leaves a crowd that watches gets through if people make way, and stays caught if not") {
  for (const double radius : {0.2, 0.35}) {
    CAPTURE(radius);
    Show yields(true), stands(false);
    for (Show* one : {&yields, &stands}) {
      one->let_one_out(radius);
      one->venue.let_in(one->people);
      one->run_until(kOut + 120);
    }
    CHECK(yields.venue.left() == 1);
    CHECK(stands.venue.left() == 0);
  }
}

TEST_CASE("a crowd that watches comes to rest, makes way, and is back at its places a little later") {
  Show show(true);
  show.let_one_out(0.3);
  show.venue.let_in(show.people);
  show.run_until(kOut - 30);
  const std::vector<Point> before = show.places();
  show.run_until(kOut);
  CHECK(show.share_off(before, 0.2) == 0);
  show.run_until(kOut + 200);
  REQUIRE(show.venue.left() == 1);
  CHECK(show.share_off(before, 0.6) < 0.1);
  CHECK(show.share_off(before, 2) == 0);
}

TEST_CASE("nobody who stands moves while nobody is stuck: the same bits with the rule and without") {
  const auto after = [](bool make_way) {
    Room room(16, 10, model(make_way));
    const StageRow show = room.waiting(rectangle(4, 0, 14, 10), {.until_s = 1e9, .spacing = 1.5});
    room.stream(20, 6, room.venue.add_journey({show}));
    room.run_until(160);
    const auto position = room.venue.crowd().position();
    return std::vector<Point>(position.begin(), position.end());
  };
  CHECK(after(true) == after(false));
}

TEST_CASE("making way gives the same bits for all threads, and as saved") {
  const auto make = [] {
    auto show = std::make_unique<Show>(true);
    show->let_one_out(0.35);
    show->venue.let_in(show->people);
    return show;
  };
  const auto one = make();
  one->run_until(kOut + 10);
  REQUIRE(one->venue.left() == 0);
  for (const int threads : {2, 4}) {
    const auto other = make();
    Arena arena(threads);
    other->venue.run_until(kOut + 10, arena);
    CHECK(other->state() == one->state());
  }
  CHECK(goes_on_as_saved(make, {20.3, kOut + 5}, kOut + 15));
}
