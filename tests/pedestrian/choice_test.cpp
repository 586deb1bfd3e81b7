#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "pedestrian/room.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

/// A hall of 40 x 10 m with a door of 1 m in the west and one in the east; both let out 1.33 persons/s.
struct Hall {
  std::shared_ptr<const Area> area;
  Venue venue;
  StageRow west, east;
  JourneyRow out;
  std::vector<Visitor> people;
  Arena arena{1};

  explicit Hall(std::vector<Polygon> parts = {rectangle(0, 0, 40, 10)})
      : area(std::make_shared<const Area>(std::move(parts))),
        venue(area, model()),
        west(door("west", 0)),
        east(door("east", 40)),
        out(venue.add_branching_journey({{{west, east}, Choose::quickest}})) {}

  static VenueModel model() {
    VenueModel model;
    model.dt = 0.05;
    return model;
  }
  StageRow door(const char* id, double x) {
    return venue.add_stage({id, {}, {{{x, 4.5}, {x, 5.5}}}, Exit({DoorFlow::capped, 1.33, 0})});
  }
  void put(Point at, double starts_s = 0) {
    Visitor visitor;
    visitor.body.person = PersonId{static_cast<std::uint32_t>(people.size())};
    visitor.body.at = at;
    visitor.body.speed = 1.25;
    visitor.journey = out;
    visitor.starts_s = starts_s;
    people.push_back(visitor);
  }
  /// `count` people from x = `from` on, 10 in a row across.
  void crowd(std::size_t count, double from) {
    for (std::size_t i = 0; i < count; ++i)
      put({from + 0.6 * static_cast<double>(i / 10), 2.0 + 0.6 * static_cast<double>(i % 10)});
  }
  void begin() {
    venue.let_in(people);
    people.clear();
  }
  void run_until(double time_s) { venue.run_until(time_s, arena); }
  [[nodiscard]] std::size_t left_by(StageRow stage) const {
    return static_cast<std::size_t>(std::count_if(venue.passings().begin(), venue.passings().end(),
                                                  [&](const Passing& p) { return p.stage == stage; }));
  }
  [[nodiscard]] std::vector<PersonId> everybody() const {
    std::vector<PersonId> all;
    for (const Visitor& visitor : people) all.push_back(visitor.body.person);
    return all;
  }
  [[nodiscard]] Snapshot state() const {
    Snapshot snapshot;
    SnapshotWriter out_(snapshot, "venue");
    venue.save(out_);
    return snapshot;
  }
};

ChoiceModel following(double share) {
  ChoiceModel model;
  model.follow = share;
  model.follow_within = 8;
  return model;
}

}  // namespace

TEST_CASE("who comes to a door behind others expects to pass when all of them have") {
  std::vector<Stage> stages(2);
  const auto area = std::make_shared<const Area>(std::vector{rectangle(0, 0, 10, 10)});
  Venue venue(area);
  venue.add_stage({"door", {}, {{{0, 4}, {0, 6}}}, Exit({DoorFlow::service, 0.5, 0})});
  LinesAhead lines;
  const std::vector<LinesAhead::Coming> coming{{0, 8}, {0, 1}, {0, 2}};
  lines.renew(coming, venue.stages(), 1.33);
  CHECK(lines.through(0, 0.5) == 0.5);  // before all others
  CHECK(lines.through(0, 1.5) == 3);    // 2 s after the first
  CHECK(lines.through(0, 2.5) == 5);
  CHECK(lines.through(0, 7.5) == 7.5);  // the two are through by then
  CHECK(lines.through(0, 9) == 10);
}

TEST_CASE("a crowd at the nearer door sends some to the farther one, and they save time") {
  const auto out_by = [](bool choose) {
    Hall hall;
    if (!choose) hall.out = hall.venue.add_journey({hall.west});
    hall.crowd(100, 5);
    hall.begin();
    hall.run_until(200);
    REQUIRE(hall.venue.left() == 100);
    if (choose) {
      CHECK(hall.left_by(hall.west) > hall.left_by(hall.east));
      CHECK(hall.left_by(hall.east) > 20);
    }
    return hall.venue.passings().back().time_s;
  };
  CHECK(out_by(true) < 0.8 * out_by(false));
}

TEST_CASE("one person alone takes the nearer door, and nobody changes their mind for a second") {
  Hall hall;
  hall.put({19, 5});
  hall.begin();
  hall.run_until(60);
  CHECK(hall.left_by(hall.west) == 1);
  CHECK(hall.venue.changes_of_mind().empty());
}

TEST_CASE("people seldom change their minds twice") {
  Hall hall;
  hall.crowd(150, 12);
  hall.begin();
  hall.run_until(300);
  REQUIRE(hall.venue.left() == 150);
  std::vector<int> changes(150, 0);
  for (const ChangeOfMind& change : hall.venue.changes_of_mind()) ++changes[change.person.value];
  CHECK(std::count_if(changes.begin(), changes.end(), [](int n) { return n > 0; }) > 0);
  CHECK(std::count_if(changes.begin(), changes.end(), [](int n) { return n > 2; }) < 8);
}

TEST_CASE("people leave by the exit they know, however far it is") {
  Hall hall;
  hall.crowd(30, 2);
  hall.venue.familiarise(hall.everybody(), {hall.east});
  hall.begin();
  hall.run_until(120);
  CHECK(hall.left_by(hall.east) == 30);
}

TEST_CASE("a share of people is familiar with an exit as it was said") {
  Hall hall;
  for (int i = 0; i < 400; ++i) hall.put({2.0 + 0.4 * (i % 20), 1.0 + 0.4 * (i / 20)});
  const auto everybody = hall.everybody();
  hall.venue.familiarise(everybody, {hall.east});
  hall.venue.familiarise(everybody, {hall.west}, 0.25);
  ChoiceModel model;
  model.gain_s = 1000;  // no queue drives anybody to the other door
  hall.venue.choices().set_model(model);
  hall.begin();
  hall.run_until(400);
  REQUIRE(hall.venue.left() == 400);
  CHECK(static_cast<double>(hall.left_by(hall.west)) == doctest::Approx(100).epsilon(0.25));
}

TEST_CASE("who sees a sign learns the way out it shows, who stands round the corner does not") {
  const auto by_west = [](Point sign, double noticed, double smoke) {
    // a wall with a gap of 2 m parts the hall
    Hall hall({rectangle(0, 0, 10, 10), rectangle(10, 4, 10.2, 6), rectangle(10.2, 0, 40, 10)});
    for (int i = 0; i < 50; ++i) hall.put({13.0 + 0.6 * (i % 10), 1.0 + 0.5 * (i / 10)});
    hall.venue.familiarise(hall.everybody(), {hall.east});
    Sign one;
    one.lines = {{sign, sign}};
    one.shows = {hall.west};
    one.noticed = noticed;
    hall.venue.choices().add(one);
    if (smoke > 0) {
      Layer layer;
      layer.values = {smoke};
      Surroundings surroundings;
      surroundings.add(layer);
      hall.venue.set_surroundings(surroundings);
    }
    hall.begin();
    hall.run_until(300);
    return hall.left_by(hall.west);
  };
  CHECK(by_west({10.3, 3}, 1, 0) > 20);  // above the gap, on their side
  CHECK(by_west({9.9, 3}, 1, 0) == 0);   // behind the wall
  CHECK(by_west({10.3, 3}, 0, 0) == 0);  // nobody notices it
  CHECK(by_west({10.3, 3}, 1, 5) == 0);  // it fades at 3 / 5 m
  const auto some = by_west({10.3, 3}, 0.5, 0);
  CHECK(some > 10);
  CHECK(some < by_west({10.3, 3}, 1, 0));
}

TEST_CASE("those who comply do as announced, the others only know") {
  const auto by_east = [](double share) {
    Hall hall;
    for (int i = 0; i < 100; ++i) hall.put({2.0 + 0.5 * (i % 20), 3.0 + 0.6 * (i / 20)});
    Announcement announcement;
    announcement.recommends = {hall.east};
    announcement.share = share;
    hall.venue.choices().add(announcement);
    ChoiceModel model;
    model.gain_s = 1000;
    hall.venue.choices().set_model(model);
    hall.begin();
    hall.run_until(300);
    REQUIRE(hall.venue.left() == 100);
    return hall.left_by(hall.east);
  };
  CHECK(by_east(0) == 0);
  CHECK(by_east(1) == 100);
  CHECK(static_cast<double>(by_east(0.4)) == doctest::Approx(40).epsilon(0.3));
}

TEST_CASE("an announcement is heard from its moment on and within its reach only") {
  Hall hall;
  hall.put({12, 4}, 20), hall.put({18, 6}, 20);
  Announcement staff;
  staff.lines = {{{8, 5}, {8, 5}}};
  staff.reach = 5;
  staff.recommends = {hall.east};
  staff.until_s = 20.5;
  hall.venue.choices().add(staff);
  Announcement late;
  late.recommends = {hall.east};
  late.from_s = 1000;
  hall.venue.choices().add(late);
  hall.begin();
  hall.run_until(100);
  CHECK(hall.left_by(hall.east) == 1);
  CHECK(hall.left_by(hall.west) == 1);
}

TEST_CASE("who heads for a door that has been shut turns round on seeing it, not before") {
  // the west door lies round a corner
  Hall hall({rectangle(0, 0, 4, 30), rectangle(4, 20, 40, 30), rectangle(36, 0, 40, 20)});
  hall.put({9, 25});
  hall.venue.set_door(hall.west, true, 1);
  hall.begin();
  hall.run_until(4.5);
  CHECK(hall.venue.changes_of_mind().empty());
  CHECK(hall.venue.crowd().position()[0].x < 5);
  hall.run_until(100);
  REQUIRE(hall.venue.changes_of_mind().size() == 1);
  CHECK(hall.venue.changes_of_mind()[0].why == Why::shut);
  CHECK(hall.left_by(hall.east) == 1);
}

TEST_CASE("nobody gets through a door while it is shut, and all who wait when it opens") {
  Hall hall;
  hall.out = hall.venue.add_journey({hall.west});
  hall.crowd(20, 3);
  hall.venue.set_door(hall.west, true, 0);
  hall.venue.set_door(hall.west, false, 60);
  hall.begin();
  hall.run_until(59.9);
  CHECK(hall.venue.left() == 0);
  hall.run_until(120);
  CHECK(hall.venue.left() == 20);
  CHECK(hall.venue.passings().front().time_s >= 60);
}

TEST_CASE("people who follow go where most of those round them go") {
  const auto by_east = [](double share, bool company) {
    Hall hall;
    hall.put({15, 5}, 1);  // looks what the others do
    std::vector<PersonId> others;
    if (company) {
      hall.crowd(20, 16);
      others = hall.everybody();
      others.erase(others.begin());
    }
    hall.venue.familiarise(others, {hall.east});
    hall.venue.choices().set_model(following(share));
    hall.begin();
    hall.run_until(120);
    return std::any_of(hall.venue.passings().begin(), hall.venue.passings().end(),
                       [&](const Passing& p) { return p.person == PersonId{0u} && p.stage == hall.east; });
  };
  CHECK(!by_east(1, false));
  CHECK(!by_east(0, true));
  CHECK(by_east(1, true));
}

TEST_CASE("people who follow and come one after the other look at those who are there then") {
  const auto run = [](double save_at, int threads, bool backwards) {
    const auto make = [] {
      auto hall = std::make_unique<Hall>();
      hall->venue.choices().set_model(following(0.7));
      return hall;
    };
    auto whole = make(), rest = make();
    whole->arena = Arena(threads);
    whole->crowd(90, 12);
    for (std::size_t i = 0; i < whole->people.size(); ++i)
      whole->people[i].enters_s = 0.3 + 0.35 * static_cast<double>(i);
    if (backwards) std::reverse(whole->people.begin(), whole->people.end());
    whole->begin();
    whole->run_until(save_at);
    const Snapshot saved = whole->state();
    rest->venue.load(SnapshotReader(saved, "venue"), rest->arena);
    rest->run_until(100);
    CHECK(rest->venue.left() == 90);
    return rest->state();
  };
  const Snapshot one = run(5, 1, false);
  CHECK(run(17.35, 2, false) == one);
  CHECK(run(28.9, 1, true) == one);
}

TEST_CASE("a group decides together") {
  Hall hall;
  hall.crowd(120, 4);
  for (std::size_t i = 0; i < hall.people.size(); ++i)
    hall.people[i].group = static_cast<std::uint32_t>(i / 4);
  hall.begin();
  hall.run_until(400);
  REQUIRE(hall.venue.left() == 120);
  std::vector<StageRow> by(120);
  for (const Passing& p : hall.venue.passings()) by[p.person.value] = p.stage;
  for (std::size_t i = 0; i < 120; ++i) CHECK(by[i] == by[i - i % 4]);
  CHECK(hall.left_by(hall.east) > 0);
}

TEST_CASE("a group goes on without its first member who has been overcome") {
  const auto make = [] {
    auto hall = std::make_unique<Hall>();
    hall->put({6, 5}), hall->put({12, 4}), hall->put({12, 6});
    for (Visitor& visitor : hall->people) visitor.group = 7;
    Layer deadly;
    deadly.quantity = Quantity::co;
    deadly.shapes = {rectangle(4, 0, 8, 10)};
    deadly.values = {3e6};
    deadly.times_s = {0};
    Surroundings surroundings;
    surroundings.add(deadly);
    hall->venue.set_surroundings(surroundings);
    hall->venue.set_door(hall->west, true, 1);
    hall->begin();
    return hall;
  };
  const auto hall = make();
  hall->run_until(60);
  CHECK(hall->venue.incapacitated() == 1);
  CHECK(hall->left_by(hall->east) == 2);
  CHECK(goes_on_as_saved(make, {0.5, 2.0, 20.0}, 50));
}

TEST_CASE("choices give the same bits for 1, 2 and 4 threads, and go on from a saved state") {
  const auto make = [] {
    auto hall = std::make_unique<Hall>();
    hall->crowd(120, 8);
    hall->venue.familiarise({PersonId{3u}, PersonId{7u}, PersonId{50u}}, {hall->east});
    hall->venue.choices().set_model(following(0.5));
    hall->venue.set_door(hall->east, true, 30);
    hall->begin();
    return hall;
  };
  CHECK(goes_on_as_saved(make, {0.05, 6.35, 31.0}, 90));
  const auto one = make();
  one->run_until(60);
  for (const int threads : {2, 4}) {
    const auto other = make();
    Arena arena(threads);
    other->venue.run_until(60, arena);
    CHECK(one->state() == other->state());
  }
}

TEST_CASE("choices that cannot be are refused in one line") {
  Hall hall;
  Choices& choices = hall.venue.choices();
  CHECK(contains(complaint([&] { choices.set_model(following(2)); }), "choice: follow: has a share of 2"));
  Sign sign;
  CHECK(complaint([&] { choices.add(sign); }) ==
        "sign 1: shows no stage that people choose the quickest of; add the journey first, and name its "
        "stages");
  sign.shows = {hall.west};
  CHECK(complaint([&] { choices.add(sign); }) == "sign 1: is nowhere; give a point or line");
  Announcement call;
  call.recommends = {hall.west}, call.from_s = 5, call.until_s = 1;
  CHECK(complaint([&] { choices.add(call); }) ==
        "announcement 1: ends before it begins; give from and until in s");
  CHECK(contains(complaint([&] { hall.venue.set_door(9, true, 0); }), "stage 9: is to be shut or opened"));
  CHECK(contains(complaint([&] { hall.venue.familiarise({PersonId{0u}}, {hall.west}, -1); }),
                 "familiar stages: has a share of -1"));
}
