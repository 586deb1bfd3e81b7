#include "chimata/pedestrian/safety_record.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

#include "chimata/pedestrian/guard_posts.hpp"
#include "chimata/pedestrian/places.hpp"
#include "chimata/pedestrian/venue.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using chimata::test::complaint;

namespace {

Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}}};
}

std::shared_ptr<const Area> hall() {
  return std::make_shared<const Area>(std::vector{rectangle(0, 0, 20, 10)});
}

/// 80 people who leave a hall by a door of a metre, and what is measured of it.
struct Crush {
  Venue venue{hall(), {0.02}};
  SafetyRecord record{hall()};

  Crush() {
    Stage out;
    out.id = "out", out.lines = {{{20, 4.5}, {20, 5.5}}};
    const auto journey = venue.add_journey({venue.add_stage(out)});
    std::vector<Visitor> visitors;
    for (const Point at :
         places_in(venue.area(), venue.walls(), rectangle(0, 0, 10, 10), 80, 0.4, 0.2, Random{Seed{1}})) {
      Visitor visitor;
      visitor.body.person = PersonId{static_cast<std::uint32_t>(visitors.size())};
      visitor.body.at = at, visitor.journey = journey;
      visitors.push_back(visitor);
    }
    venue.let_in(visitors);
    record.add_line({"before the door", {{19, 0}, {19, 10}}});
    record.add_zone("door", rectangle(17, 4, 20, 6));
  }
  [[nodiscard]] Snapshot state() const {
    Snapshot snapshot;
    SnapshotWriter all(snapshot, "venue"), measures(snapshot, "record");
    venue.save(all), record.save(measures);
    return snapshot;
  }
};

SafetyRecord measured(int threads) {
  Crush crush;
  Arena arena(threads);
  run_until(crush.venue, crush.record, 200, arena);
  REQUIRE(crush.venue.left() == 80);
  return crush.record;
}

}  // namespace

TEST_CASE("of a stream at 2 persons/s the line counts 2 a second, one way") {
  CountingLines lines;
  lines.add({"gate", {{10, -1}, {10, 1}}});
  lines.add({"beside it", {{10, 2}, {10, 3}}});
  // a person every half second from x = 0 on, at 1.25 m/s; the line is met 8 s later
  std::vector<PersonId> person;
  for (std::uint32_t i = 0; i < 100; ++i) person.push_back(PersonId{i});
  for (int look = 0; look <= 600; ++look) {
    const double now = 0.1 * look;
    std::vector<Point> position;
    for (int i = 0; i < 100; ++i) position.push_back({1.25 * (now - 0.5 * i), 0});
    lines.look(person, position, now);
  }
  const auto& all = lines.crossings();
  REQUIRE(all.size() == 100);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i].person == PersonId{static_cast<std::uint32_t>(i)});
    CHECK(all[i].time_s == doctest::Approx(8 + 0.5 * static_cast<double>(i)));
    CHECK(all[i].speed == doctest::Approx(1.25f));
    CHECK(all[i].forward);
    CHECK(all[i].line == 0);
  }
}

TEST_CASE("who turns back is counted both ways, and who is away in between not at all") {
  CountingLines lines;
  lines.add({"gate", {{0, -1}, {0, 1}}});
  const std::vector<PersonId> one = {PersonId{7u}};
  const auto at = [&](double x, double now) { lines.look(one, std::vector<Point>{{x, 0}}, now); };
  at(-1, 0), at(1, 1), at(-1, 2);
  REQUIRE(lines.crossings().size() == 2);
  CHECK(lines.crossings()[0].forward);
  CHECK(!lines.crossings()[1].forward);
  lines.look(std::vector<PersonId>{}, std::vector<Point>{}, 3);
  at(1, 4);
  CHECK(lines.crossings().size() == 2);
}

TEST_CASE("everybody who leaves has gone through the line before the door") {
  const SafetyRecord record = measured(1);
  CHECK(record.lines().crossings().size() == 80);
  CHECK(record.moments()[1].now.people == 80);  // they come with the first step
  CHECK(record.moments().size() > 30);
  double crowded = 0;
  for (const ZoneMoment& moment : record.zone_moments()) crowded = std::max(crowded, moment.measure.density);
  CHECK(crowded > 2);
}

TEST_CASE("measures are the same bits for any number of threads") {
  const SafetyRecord one = measured(1), four = measured(4);
  REQUIRE(one.zone_moments().size() == four.zone_moments().size());
  for (std::size_t i = 0; i < one.zone_moments().size(); ++i)
    CHECK(one.zone_moments()[i].measure.density == four.zone_moments()[i].measure.density);
  REQUIRE(one.lines().crossings().size() == four.lines().crossings().size());
  for (std::size_t i = 0; i < one.lines().crossings().size(); ++i) {
    CHECK(one.lines().crossings()[i].person == four.lines().crossings()[i].person);
    CHECK(one.lines().crossings()[i].time_s == four.lines().crossings()[i].time_s);
  }
  for (std::size_t i = 0; i < one.fields().places().size(); ++i)
    CHECK(one.fields().places()[i].density_s == four.fields().places()[i].density_s);
}

TEST_CASE("the first post stands in the crush, the second in the dense crowd, the third where streams meet") {
  std::vector<Point> position, velocity;
  const auto block = [&](double west, double pitch, bool both_ways) {
    for (double x = west; x < west + 6; x += pitch) {
      for (double y = 2; y < 8; y += pitch) {
        position.push_back({x, y});
        velocity.push_back({!both_ways ? 0 : x < west + 3 ? 1.0 : -1.0, 0});
      }
    }
  };
  block(2, 1 / std::sqrt(7.5), false), block(32, 1 / std::sqrt(5.0), false), block(62, 1, true);
  Box box;
  box.add({0, 0}), box.add({70, 10});
  Safety safety(box);
  for (int second = 1; second <= 10; ++second) safety.observe(position, velocity, second, 1);
  const auto posts = guard_posts(safety, 5);
  REQUIRE(posts.size() == 3);
  CHECK(posts[0].danger == Danger::crush);
  CHECK(posts[1].danger == Danger::dense);
  CHECK(posts[2].danger == Danger::counterflow);
  CHECK(std::abs(posts[0].at.x - 5) < 3);
  CHECK(std::abs(posts[1].at.x - 35) < 3);
  CHECK(std::abs(posts[2].at.x - 65) < 3);
  CHECK(posts[0].first_alarm == 5);
  CHECK(posts[0].first_crush == 1);
  CHECK(posts[1].first_crush == std::numeric_limits<double>::infinity());
  CHECK(posts[0].alert_person_min + posts[1].alert_person_min == doctest::Approx(safety.alert_person_min()));
}

TEST_CASE("a second of somebody's time counts as a second, whatever the interval and the step") {
  for (const double every : {0.12, 0.3, 1.0}) {
    Venue venue(hall(), {0.05});
    const StageRow stay = venue.add_stage({"stay", {rectangle(2, 2, 8, 8)}, {}, Waiting({.until_s = 1e9})});
    Visitor visitor;
    visitor.body.at = {5, 5}, visitor.body.person = PersonId{0u}, visitor.journey = venue.add_journey({stay});
    venue.let_in({visitor});
    SafetyRecordModel model;
    model.every = every;
    SafetyRecord record(hall(), model);
    Arena arena(1);
    run_until(venue, record, 30, arena);
    CHECK(record.fields().level_person_s()[0] == doctest::Approx(record.moments().back().time_s));
    CHECK(record.moments().back().time_s > 29);
  }
}

TEST_CASE("a record goes on from a saved state with the same bits, and from no other") {
  Crush whole, before, after;
  Arena arena(1);
  run_until(whole.venue, whole.record, 40, arena);
  run_until(before.venue, before.record, 17.3, arena);
  const Snapshot saved = before.state();
  after.venue.load(SnapshotReader(saved, "venue"), arena);
  after.record.load(SnapshotReader(saved, "record"));
  CHECK(after.state() == saved);
  run_until(after.venue, after.record, 40, arena);
  CHECK(after.state() == whole.state());
  CHECK(after.record.lines().crossings().size() > 20);
  SafetyRecord other(hall());
  CHECK_THROWS_AS(other.load(SnapshotReader(saved, "record")), std::runtime_error);
}

TEST_CASE("nobody guards an empty hall") {
  Box box;
  box.add({0, 0}), box.add({20, 20});
  CHECK(guard_posts(Safety(box), 5).empty());
}

TEST_CASE("a zone outside, a line of no length and a second of the same name are refused") {
  SafetyRecord record(hall());
  record.add_zone("door", rectangle(17, 4, 25, 6));
  CHECK(complaint([&] { record.add_zone("street", rectangle(30, 0, 40, 10)); }) ==
        "zone street: lies outside the area; move it");
  CHECK(complaint([&] { record.add_zone("door", rectangle(0, 0, 1, 1)); }) ==
        "zone door: is there already; give it another name");
  CHECK(complaint([&] {
          record.add_line({"dot", {{1, 1}, {1, 1}}});
        }) == "line dot: has no length; give its two ends");
}
