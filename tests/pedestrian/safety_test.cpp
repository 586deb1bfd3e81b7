#include "chimata/pedestrian/safety.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using chimata::test::complaint;

namespace {

/// People on a square lattice over 20 x 20 m, all with one velocity.
std::vector<Point> lattice(double density) {
  std::vector<Point> people;
  const double pitch = 1 / std::sqrt(density);
  for (double y = pitch / 2; y < 20; y += pitch) {
    for (double x = pitch / 2; x < 20; x += pitch) people.push_back({x, y});
  }
  return people;
}

Box square() {
  Box box;
  box.add({0, 0}), box.add({20, 20});
  return box;
}

}  // namespace

TEST_CASE("Fruin's levels begin and end where he says") {
  CHECK(level_of_service(0.30) == ServiceLevel::a);
  CHECK(level_of_service(0.32) == ServiceLevel::b);
  CHECK(level_of_service(0.50) == ServiceLevel::c);
  CHECK(level_of_service(1.00) == ServiceLevel::d);
  CHECK(level_of_service(2.00) == ServiceLevel::e);
  CHECK(level_of_service(2.20) == ServiceLevel::f);
}

TEST_CASE("in the middle of an even crowd the density is the number of people per square metre") {
  for (const double density : {0.5, 1.0, 4.0}) {
    const auto people = lattice(density);
    Safety safety(square());
    safety.observe(people, std::vector<Point>(people.size(), {0.5, 0}), 0, 1);
    CHECK(safety.at({10, 10}).density == doctest::Approx(density).epsilon(0.02));
    CHECK(safety.at({10, 10}).speed == doctest::Approx(0.5));
    CHECK(safety.at({10, 10}).pressure == doctest::Approx(0).epsilon(1e-6));
  }
}

TEST_CASE("pressure is density times the variance of velocity") {
  const auto people = lattice(4);
  std::vector<Point> velocity;
  for (std::size_t i = 0; i < people.size(); ++i) velocity.push_back({i % 2 == 0 ? 0.3 : -0.3, 0});
  Safety safety(square());
  safety.observe(people, velocity, 0, 1);
  CHECK(safety.at({10, 10}).pressure == doctest::Approx(4 * 0.09).epsilon(0.05));
}

TEST_CASE("the first alarm comes when it has been too dense in one place for long enough") {
  const auto thin = lattice(2), dense = lattice(5);
  const std::vector<Point> still(dense.size(), {0, 0});
  Safety safety(square());
  double now = 0;
  const auto seconds = [&](const std::vector<Point>& people, int n) {
    for (int i = 0; i < n; ++i) safety.observe(people, still, ++now, 1);
  };
  seconds(dense, 4), seconds(thin, 1), seconds(dense, 4);
  CHECK(safety.first_alarm() == std::numeric_limits<double>::infinity());
  seconds(dense, 1);
  CHECK(safety.first_alarm() == 10);
  CHECK(safety.alert_person_min() > 0.8 * 9 * static_cast<double>(dense.size()) / 60);
  CHECK(safety.alert_person_min() <= 9 * static_cast<double>(dense.size()) / 60);
  CHECK(safety.crush_person_min() == 0);
}

TEST_CASE("an alarm leads a crush by as long as it has stood without a break") {
  const auto thin = lattice(2), dense = lattice(5), crush = lattice(7);
  double now = 0;
  const auto seconds = [&](Safety& safety, const std::vector<Point>& people, int n) {
    const std::vector<Point> still(people.size(), {0, 0});
    for (int i = 0; i < n; ++i) safety.observe(people, still, ++now, 1);
  };
  Safety broken(square()), sudden(square()), short_break(square());
  seconds(broken, dense, 20), seconds(broken, thin, 400), seconds(broken, dense, 60),
      seconds(broken, crush, 1);
  CHECK(broken.first_crush() == 481);
  CHECK(broken.alarm_before_crush() == 425);
  now = 0;
  seconds(sudden, thin, 10), seconds(sudden, crush, 20);
  CHECK(sudden.first_crush() == 11);
  CHECK(sudden.alarm_before_crush() == std::numeric_limits<double>::infinity());
  now = 0;
  seconds(short_break, dense, 20), seconds(short_break, thin, 200), seconds(short_break, crush, 1);
  CHECK(short_break.alarm_before_crush() == 5);
  Snapshot saved;
  SnapshotWriter writer(saved, "safety");
  broken.save(writer);
  Safety again(square());
  again.load(SnapshotReader(saved, "safety"));
  CHECK(again.alarm_before_crush() == 425);
}

TEST_CASE("Fruin's levels of a queue begin and end where he says") {
  CHECK(queue_level_of_service(0.82) == ServiceLevel::a);
  CHECK(queue_level_of_service(0.83) == ServiceLevel::b);
  CHECK(queue_level_of_service(1.10) == ServiceLevel::c);
  CHECK(queue_level_of_service(1.60) == ServiceLevel::d);
  CHECK(queue_level_of_service(3.60) == ServiceLevel::e);
  CHECK(queue_level_of_service(5.30) == ServiceLevel::f);
}

TEST_CASE("flow is density times speed, in its direction") {
  const auto people = lattice(2);
  Safety safety(square());
  for (int second = 0; second < 10; ++second)
    safety.observe(people, std::vector<Point>(people.size(), {0.6, -0.8}), second, 1);
  const PlaceRecord& middle = safety.at({10, 10});
  CHECK(middle.flow_max == doctest::Approx(2).epsilon(0.02));
  CHECK(middle.flow_x == doctest::Approx(10 * 2 * 0.6).epsilon(0.02));
  CHECK(middle.flow_y == doctest::Approx(-10 * 2 * 0.8).epsilon(0.02));
  CHECK(middle.density_s == doctest::Approx(20).epsilon(0.02));
}

TEST_CASE("two streams meet at a seam, and whoever walks within half a metre of it walks against others") {
  // of the weight around somebody `a` m from a seam between two equal streams, erfc(a / R) / 2 lies beyond
  // it: a quarter at a = 0.477 R
  const auto people = lattice(4);
  std::vector<Point> velocity;
  std::size_t near = 0;
  for (const Point p : people) velocity.push_back({0, p.x < 10 ? 1.0 : -1.0});
  SafetyModel model;
  model.cell = 0.5;
  Safety safety(square(), model);
  safety.observe(people, velocity, 0, 60);
  // places are cells of half a metre: those with their middle at 9.75 and 10.25
  for (const Point p : people) near += std::abs(p.x - 10) < 0.5 ? 1 : 0;
  CHECK(safety.now().counterflow == near);
  CHECK(safety.counterflow_person_min() == doctest::Approx(static_cast<double>(near)));
  CHECK(safety.at({9.8, 10}).counter_person_s > 0);
  CHECK(safety.at({9.2, 10}).counter_person_s == 0);
}

TEST_CASE("nobody walks against others in a stream of one direction, nor against people who stand") {
  const auto people = lattice(2);
  std::vector<Point> velocity;
  for (std::size_t i = 0; i < people.size(); ++i) velocity.push_back({i % 2 == 0 ? 1.0 : 0.0, 0});
  Safety safety(square());
  safety.observe(people, velocity, 0, 1);
  CHECK(safety.now().counterflow == 0);
  CHECK(safety.now().standing == people.size() / 2);
}

TEST_CASE("the alarm comes before the crush by its lead time, place by place") {
  Safety safety(square());
  double now = 0;
  const auto seconds = [&](double density, int n) {
    const auto people = lattice(density);
    const std::vector<Point> still(people.size());
    for (int i = 0; i < n; ++i) safety.observe(people, still, ++now, 1);
  };
  seconds(2, 10), seconds(5, 20), seconds(7, 10);
  CHECK(safety.first_alarm() == 15);
  CHECK(safety.first_crush() == 31);
  const PlaceRecord& middle = safety.at({10, 10});
  CHECK(middle.first_alarm == 15);
  CHECK(middle.first_crush == 31);
  CHECK(middle.alert_s == 30);
  CHECK(middle.crush_s == 10);
  // nobody stands beyond the edge, so 5 persons/m² are not 4 there
  CHECK(safety.at({0.1, 10}).first_alarm > 31);
}

TEST_CASE("everybody's time is told by level of service") {
  const auto people = lattice(4);
  Safety safety(square());
  safety.observe(people, std::vector<Point>(people.size()), 0, 2);
  double walkway = 0, queue = 0;
  for (const double seconds : safety.level_person_s()) walkway += seconds;
  for (const double seconds : safety.queue_person_s()) queue += seconds;
  CHECK(walkway == doctest::Approx(2.0 * static_cast<double>(people.size())));
  CHECK(queue == doctest::Approx(walkway));
  CHECK(safety.level_person_s()[5] > 0.8 * walkway);
  // 3.7 without somebody's own weight, where E begins at 3.6: only well inside
  CHECK(safety.queue_person_s()[4] > 0.7 * queue);
}

TEST_CASE("whoever is alone is at level A, wherever they stand") {
  // 5 m apart, at every place within a cell
  std::vector<Point> people;
  for (int i = 0; i < 16; ++i) people.push_back({2.0 + 5.125 * (i % 4), 2.0 + 5.125 * (i / 4)});
  for (const double cell : {0.5, 1.0}) {
    SafetyModel model;
    model.cell = cell;
    Safety safety(square(), model);
    safety.observe(people, std::vector<Point>(people.size()), 0, 1);
    CHECK(safety.level_person_s()[0] == 16);
    CHECK(safety.queue_person_s()[0] == 16);
    // of the place the density is what it was
    CHECK(safety.greatest_density() > 0.3);
  }
}

TEST_CASE("on a lattice the level is that of its density less what one person adds") {
  const double one = 1 / 3.14159265;
  for (const double density : {0.2, 1.0, 1.5, 3.0}) {
    const auto people = lattice(density);
    Safety safety(square());
    safety.observe(people, std::vector<Point>(people.size()), 0, 1);
    double within = 0;
    const auto best = static_cast<std::size_t>(level_of_service(density - one));
    const auto worst = static_cast<std::size_t>(level_of_service(density));
    for (std::size_t level = best; level <= worst; ++level) within += safety.level_person_s()[level];
    // near the edge nobody stands beyond, and it is less dense
    CHECK(within > 0.7 * static_cast<double>(people.size()));
  }
}

TEST_CASE("an area of too many cells, or cells of no size, are refused") {
  SafetyModel model;
  model.cell = 0;
  CHECK(complaint([&] { Safety(square(), model); }).find("above 0 m") != std::string::npos);
  Box country;
  country.add({0, 0}), country.add({1e6, 1e6});
  CHECK(complaint([&] { (void)Safety(country); }).find("take larger cells") != std::string::npos);
}

TEST_CASE("measures that were saved and loaded go on with the same bits") {
  const auto dense = lattice(5), thin = lattice(1);
  std::vector<Point> walking;
  for (std::size_t i = 0; i < dense.size(); ++i) walking.push_back({i % 3 == 0 ? 0.4 : -0.6, 0.1});
  const auto crowd = [&](Safety& safety, int from, int to) {
    for (int second = from; second < to; ++second) {
      const auto& people = second % 7 == 6 ? thin : dense;
      safety.observe(people, std::span(walking).first(people.size()), second, 1);
    }
  };
  Safety whole(square()), half(square()), rest(square());
  crowd(whole, 0, 20);
  crowd(half, 0, 9);
  Snapshot snapshot;
  SnapshotWriter out(snapshot, "safety");
  half.save(out);
  rest.load(SnapshotReader(snapshot, "safety"));
  CHECK(rest.now().alert == half.now().alert);
  crowd(rest, 9, 20);
  const auto bytes = [](const Safety& safety) {
    Snapshot all;
    SnapshotWriter writer(all, "safety");
    safety.save(writer);
    return hash_of(all);
  };
  CHECK(bytes(rest) == bytes(whole));
  CHECK(bytes(half) != bytes(whole));
}

TEST_CASE("a place that everybody has left is empty, and keeps what was seen there") {
  Safety safety(square());
  const std::vector<Point> here = {{5, 5}}, there = {{15, 15}}, velocity = {{1, 0}};
  safety.observe(here, velocity, 0, 1);
  const float seen = safety.at({5, 5}).density;
  safety.observe(there, velocity, 1, 1);
  CHECK(safety.at({5, 5}).density == 0);
  CHECK(safety.at({5, 5}).speed == 0);
  CHECK(safety.at({5, 5}).density_max == seen);
  CHECK(safety.at({5, 5}).person_s == 1);
}
