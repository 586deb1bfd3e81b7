#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "pedestrian/room.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

constexpr Purpose kGap{"test.arrival"};

/// A queue's line of 10 m that leads to its head near the exit.
Stage line(QueueModel model, std::vector<Point> points = {{16, 5}, {6, 5}}) {
  Stage stage{"desk", {}, {}, Queue(std::move(model))};
  for (std::size_t i = 1; i < points.size(); ++i) stage.lines.push_back({points[i - 1], points[i]});
  return stage;
}

/// Waiting times when people come at these moments to `servers` who take them in turn: the recursion of
/// Lindley (1952) and Kiefer and Wolfowitz (1955).
std::vector<double> waits(const std::vector<double>& come, const std::vector<double>& takes,
                          std::size_t servers) {
  std::vector<double> free(servers, 0.0), waits;
  for (std::size_t i = 0; i < come.size(); ++i) {
    auto& first = *std::min_element(free.begin(), free.end());
    const double begin = std::max(first, come[i]);
    waits.push_back(begin - come[i]);
    first = begin + takes[i];
  }
  return waits;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Mean wait of very many people with Poisson arrivals at `load` of what the servers can do, in mean
/// services.
double mean_wait(const Service& service, std::size_t servers, double load, std::uint64_t seed) {
  const Random random{Seed{seed}};
  std::vector<double> come, takes;
  double now = 0;
  for (std::uint32_t i = 0; i < 400000; ++i) {
    now -= service.mean_s / (load * static_cast<double>(servers)) * std::log(random.uniform(kGap, i));
    come.push_back(now);
    takes.push_back(service_time(service, PersonId{i}, 3, random));
  }
  return mean(waits(come, takes, servers)) / service.mean_s;
}

/// Probability that all c servers are busy (Erlang 1917), over c (1 - load): mean wait in mean services.
double erlang_c(int c, double load) {
  const double offered = c * load;
  double term = 1, sum = 0;
  for (int k = 0; k < c; ++k) sum += term, term *= offered / (k + 1);
  const double busy = term / (1 - load);
  return busy / (sum + busy) / (c * (1 - load));
}

}  // namespace

TEST_CASE("service times give the waits of Erlang and of Pollaczek and Khinchine") {
  CHECK(mean_wait({ServiceLaw::exponential, 20}, 1, 0.7, 1) ==
        doctest::Approx(erlang_c(1, 0.7)).epsilon(0.03));
  CHECK(mean_wait({ServiceLaw::exponential, 20}, 4, 0.8, 2) ==
        doctest::Approx(erlang_c(4, 0.8)).epsilon(0.03));
  const auto khinchine = [](double load, double variation) {
    return load * (1 + variation * variation) / (2 * (1 - load));
  };
  CHECK(mean_wait({ServiceLaw::constant, 20}, 1, 0.8, 3) == doctest::Approx(khinchine(0.8, 0)).epsilon(0.03));
  CHECK(mean_wait({ServiceLaw::lognormal, 20, 0.6}, 1, 0.7, 4) ==
        doctest::Approx(khinchine(0.7, 0.6)).epsilon(0.03));
}

TEST_CASE("everybody in a queue waits as long as the theory of queues says, and as long as they walk") {
  for (const std::uint32_t servers : {1u, 3u}) {
    VenueModel model;
    model.dt = 0.05;
    Room room(20, 10, model);
    room.speed = 5;
    const Service service{ServiceLaw::exponential, 60};
    QueueModel desk{servers, service};
    for (std::uint32_t i = 0; i < servers; ++i) desk.counters.push_back({17, 4.0 + i});
    const auto queue = room.venue.add_stage(line(desk));
    const auto journey = room.venue.add_journey({queue, room.east});
    std::vector<Arrival> all;
    std::vector<double> come, takes;
    double now = 0;
    for (std::uint32_t i = 0; i < 200; ++i) {
      now -= service.mean_s / (0.8 * servers) * std::log(Random{Seed{5}}.uniform(kGap, i));
      all.push_back(room.person(i, now, journey));
    }
    room.venue.arrive(all);
    room.run_until(now + 2000);
    auto served = room.stage<Queue>(queue).served();
    REQUIRE(served.size() == 200);
    std::sort(served.begin(), served.end(), [](auto& a, auto& b) { return a.came_s < b.came_s; });
    for (const Served& one : served) {
      come.push_back(one.came_s);
      takes.push_back(one.done_s - one.begun_s);
      CHECK(takes.back() == doctest::Approx(service_time(service, one.person, queue, Random{Seed{1}})));
    }
    const auto theory = waits(come, takes, servers);
    double least = 1e9, most = 0;
    std::vector<double> measured;
    for (std::size_t i = 0; i < served.size(); ++i) {
      measured.push_back(served[i].begun_s - served[i].came_s);
      least = std::min(least, measured[i] - theory[i]);
    }
    // each change at a counter costs the walk from the head of the line
    most = mean(measured) - mean(theory);
    CHECK(least > -0.1);
    CHECK(most < 0.15 * service.mean_s);
    CHECK(mean(theory) > 20);
  }
}

TEST_CASE("a turnstile that takes 5 s lets somebody through every 5 s and the walk to it") {
  Room room;
  const auto queue = room.venue.add_stage(line({1, {ServiceLaw::constant, 5}}));
  room.stream(20, 1, room.venue.add_journey({queue, room.east}));
  room.run_until(260);
  const auto times = room.times(queue);
  REQUIRE(times.size() == 20);
  CHECK((times.back() - times.front()) / 19 == doctest::Approx(5.4).epsilon(0.1));
  const auto& served = room.stage<Queue>(queue).served();
  CHECK(std::is_sorted(served.begin(), served.end(), [](auto& a, auto& b) { return a.came_s < b.came_s; }));
}

TEST_CASE("people stand in line, each at a place of their own, round its bends") {
  Room room;
  const auto queue =
      room.venue.add_stage(line({1, {ServiceLaw::constant, 1000}}, {{16, 8}, {8, 8}, {8, 3}, {14, 3}}));
  room.stream(25, 2, room.venue.add_journey({queue, room.east}));
  room.run_until(150);
  const auto& slots = room.stage<Queue>(queue).slots();
  std::size_t standing = 0;
  for (const Point at : room.venue.crowd().position()) {
    const bool in_line =
        std::any_of(slots.begin(), slots.begin() + 24, [&](Point slot) { return distance(at, slot) < 0.45; });
    standing += in_line ? 1 : 0;
  }
  CHECK(standing == 24);
  CHECK(room.stage<Queue>(queue).length() == 24);
}

TEST_CASE("who finds the line full waits in the area behind it, and all are served in the end") {
  Room room;
  QueueModel model{1, {ServiceLaw::constant, 4}};
  model.overflow = {rectangle(1, 6.5, 9, 9.5)};
  const auto queue = room.venue.add_stage(line(model, {{16, 5}, {13, 5}}));
  room.stream(40, 1.5, room.venue.add_journey({queue, room.east}));
  room.run_until(65);
  std::size_t aside = 0;
  for (const Point at : room.venue.crowd().position()) aside += model.overflow[0].contains(at) ? 1 : 0;
  CHECK(aside >= 10);
  room.run_until(300);
  const auto& served = room.stage<Queue>(queue).served();
  CHECK(served.size() == 40);
  CHECK(room.venue.left() == 40);
}

TEST_CASE("told to take the shortest wait, people use three desks by their speed") {
  Room room(20, 12);
  std::vector<StageRow> desks;
  const double takes[] = {4, 8, 8};
  for (int i = 0; i < 3; ++i)
    desks.push_back(room.venue.add_stage(
        line({1, {ServiceLaw::constant, takes[i]}}, {{16, 3.0 + 3 * i}, {8, 3.0 + 3 * i}})));
  const auto journey = room.venue.add_branching_journey({{desks, Choose::least_crowded}, {{room.east}}});
  room.stream(100, 1.5, journey);
  room.run_until(400);
  CHECK(room.venue.left() == 100);
  CHECK(room.times(desks[0]).size() == doctest::Approx(50).epsilon(0.15));
  CHECK(room.times(desks[1]).size() == doctest::Approx(25).epsilon(0.2));
}

namespace {

/// Two desks with lines of six places. A family of three may take either; later others fill the first line.
struct Desks : Room {
  StageRow first, second;
  JourneyRow either;
  explicit Desks(const std::vector<double>& family_comes_s, double others_come_s, double family_speed)
      : Room(20, 12) {
    const auto desk = [&](double y) {
      return venue.add_stage(line({1, {ServiceLaw::constant, 60}}, {{16, y}, {13, y}}));
    };
    first = desk(3), second = desk(9);
    either = venue.add_branching_journey({{{first, second}, Choose::least_crowded}, {{east}}});
    const auto only_first = venue.add_journey({first, east});
    std::vector<Arrival> all;
    for (std::uint32_t i = 0; i < 3; ++i) {
      all.push_back(person(i, family_comes_s[i], either));
      all.back().group = 4, all.back().body.speed = family_speed;
    }
    for (std::uint32_t i = 10; i < 22; ++i) all.push_back(person(i, others_come_s + 0.1 * i, only_first));
    venue.arrive(all);
  }
  std::vector<StageRow> family() const {
    return {venue.stage_of(PersonId{0u}), venue.stage_of(PersonId{1u}), venue.stage_of(PersonId{2u})};
  }
};

}  // namespace

TEST_CASE("a family that finds the line full goes to another one together") {
  Desks desks({0, 0, 0}, 1, 0.4);
  desks.run_until(10);
  CHECK(desks.family() == std::vector(3, desks.first));
  bool apart = false;
  for (double now = 10; now < 60; now += 0.2) {
    desks.run_until(now);
    const auto where = desks.family();
    apart = apart || where[0] != where[1] || where[1] != where[2];
  }
  CHECK_FALSE(apart);
  CHECK(desks.family() == std::vector(3, desks.second));
}

TEST_CASE("a family stays where one of it stands in line already") {
  Desks desks({0, 40, 41}, 15, 1.34);
  desks.run_until(60);
  CHECK(desks.stage<Queue>(desks.first).full());
  CHECK(desks.family() == std::vector(3, desks.first));
}

TEST_CASE("a run with queues goes on as it was saved") {
  const auto make = [] {
    auto room = std::make_unique<Room>();
    QueueModel model{2, {ServiceLaw::lognormal, 4, 0.5}};
    model.overflow = {rectangle(1, 6.5, 9, 9.5)};
    const auto queue = room->venue.add_stage(line(model, {{16, 5}, {13, 5}}));
    room->stream(40, 0.6, room->venue.add_journey({queue, room->east}));
    return room;
  };
  CHECK(goes_on_as_saved(make, {5.0, 25.0, 50.0}, 90));
}

TEST_CASE("what is wrong with a queue is said in one line") {
  Room room;
  const auto says = [&](QueueModel model, std::vector<Point> points = {{16, 5}, {6, 5}}) {
    return complaint([&] { room.venue.add_stage(line(std::move(model), std::move(points))); });
  };
  CHECK(contains(says({}, {{16, 5}, {26, 5}}), "stage desk: place 9 in line lies outside"));
  CHECK(contains(says({}, {{16, 5}, {12, 5}, {16, 5.1}}), "on top of each other"));
  CHECK(contains(says({0}), "no server"));
  CHECK(contains(says({4, {}}, {{16, 5}, {15, 5}}), "room for nobody behind"));
  CHECK(contains(says({1, {ServiceLaw::constant, 0}}), "serves within"));
  CHECK(contains(says({1, {}, 0.1}), "m apart"));
  CHECK(contains(says({2, {}, 0.5, {{3, 3}}}), "1 counters for 2 servers"));
  CHECK(contains(says({1, {}, 0.5, {{33, 3}}}), "a counter lies outside"));
  CHECK(contains(says({}, {}), "no line to stand in"));
}
