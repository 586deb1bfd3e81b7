#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "chimata/core/archive.hpp"
#include "chimata/core/error.hpp"
#include "chimata/pedestrian/lanes.hpp"
#include "support/crowds.hpp"

using namespace chimata;
using namespace chimata::pedestrian;

namespace {

/// Hash of everybody's place and velocity after some steps.
std::uint64_t bits_after(const Gathering& g, int steps, int threads, Instructions with) {
  const Walls walls(g.walls);
  Crowd crowd(walls);
  crowd.use(with);
  crowd.insert(g.people);
  Arena arena(threads);
  for (int i = 0; i < steps; ++i) {
    point_the_way(crowd, g);
    crowd.step(0.01, arena);
  }
  return hash_bytes(std::as_bytes(crowd.position())) ^ 31 * hash_bytes(std::as_bytes(crowd.velocity())) ^
         hash_bytes(std::as_bytes(crowd.person()));
}

}  // namespace

TEST_CASE("threads, order of arrival and instructions leave a crowd the same to the last bit") {
  Gathering g = bottleneck(9000, 4);
  const std::uint64_t expected = bits_after(g, 30, 1, Instructions::baseline);
  CHECK(bits_after(g, 30, 2, best_instructions()) == expected);
  CHECK(bits_after(g, 30, 4, best_instructions()) == expected);
  if (best_instructions() == Instructions::avx512)
    CHECK(bits_after(g, 30, 1, Instructions::avx2) == expected);
  std::mt19937 dice(5);
  std::shuffle(g.people.begin(), g.people.end(), dice);
  CHECK(bits_after(g, 30, 2, best_instructions()) == expected);
}

TEST_CASE("whatever belongs to a person moves with their row, also when others leave") {
  Gathering g = bottleneck(2000, 4);
  const Walls walls(g.walls);
  Crowd crowd(walls);
  crowd.insert(g.people);
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    crowd.note()[row] = crowd.person()[row].value * 3;
    crowd.speed_factor()[row] = static_cast<float>(crowd.person()[row].value);
    crowd.aims()[row] = {static_cast<double>(crowd.person()[row].value), 7};
  }
  for (std::size_t row = 0; row < crowd.size(); ++row)
    crowd.speed_factor()[row] = 1 + 1 / (1 + crowd.speed_factor()[row]);
  Arena arena(2);
  for (int i = 0; i < 50; ++i) crowd.step(0.05, arena);
  std::vector<std::uint8_t> gone(crowd.size());
  for (std::size_t row = 0; row < crowd.size(); ++row) gone[row] = crowd.person()[row].value % 3 == 0;
  crowd.remove(gone);
  CHECK(crowd.size() == 1333);
  crowd.step(0.05, arena);
  std::vector<int> met(2000);
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const std::uint32_t person = crowd.person()[row].value;
    ++met[person];
    CHECK(person % 3 != 0);
    CHECK(crowd.note()[row] == person * 3);
    CHECK(crowd.aims()[row] == Point{static_cast<double>(person), 7});
    CHECK(crowd.speed_factor()[row] == 1 + 1 / (1 + static_cast<float>(person)));
  }
  CHECK(*std::max_element(met.begin(), met.end()) == 1);
}

TEST_CASE("a crowd that is taken down and set up again goes on with the same bits") {
  Gathering g = bottleneck(1500, 4);
  for (Newcomer& p : g.people) p.law = p.person.value % 5 == 0 ? Law::social_force : Law::collision_free;
  const Walls walls(g.walls);
  Crowd crowd(walls), again(walls);
  crowd.insert(g.people);
  Arena arena(2);
  const auto go = [&](Crowd& some, int steps) {
    for (int i = 0; i < steps; ++i) {
      point_the_way(some, g);
      some.step(0.01, arena);
    }
  };
  go(crowd, 20);
  std::vector<Newcomer> people;
  for (std::size_t row = crowd.size(); row-- > 0;)
    people.push_back({crowd.person()[row], crowd.position()[row], crowd.velocity()[row], crowd.speed()[row],
                      crowd.radius()[row], crowd.time_gap()[row], crowd.law()[row]});
  again.insert(people);
  go(crowd, 20), go(again, 20);
  CHECK(hash_bytes(std::as_bytes(again.position())) == hash_bytes(std::as_bytes(crowd.position())));
  CHECK(hash_bytes(std::as_bytes(again.velocity())) == hash_bytes(std::as_bytes(crowd.velocity())));
}

TEST_CASE("what has been shown stays as it is while people walk, come and go") {
  Gathering g = bottleneck(500, 4);
  const Walls walls(g.walls);
  Arena arena(1);
  std::shared_ptr<const Point[]> position, velocity;
  std::shared_ptr<const PersonId[]> person;
  std::vector<Point> was_at, was_fast;
  std::vector<PersonId> was;
  {
    Crowd crowd(walls), unseen(walls);
    const auto go = [&](Crowd& some) {
      point_the_way(some, g);
      some.step(0.01, arena);
    };
    const auto come_and_go = [&](Crowd& some) {
      std::vector<std::uint8_t> gone(some.size(), 0);
      gone[17] = 1;
      some.remove(gone);
      Newcomer one = g.people.front();
      one.person = PersonId{9000u};
      some.insert({&one, 1});
      some.shift(0, {0.001, 0});
    };
    for (Crowd* some : {&crowd, &unseen}) some->insert(g.people), go(*some);
    position = crowd.show_position(), velocity = crowd.show_velocity(), person = crowd.show_person();
    CHECK(position.get() == crowd.position().data());  // no copy
    was_at.assign(crowd.position().begin(), crowd.position().end());
    was_fast.assign(crowd.velocity().begin(), crowd.velocity().end());
    was.assign(crowd.person().begin(), crowd.person().end());
    for (Crowd* some : {&crowd, &unseen}) {
      come_and_go(*some);
      for (int i = 0; i < 20; ++i) go(*some);
    }
    CHECK(hash_bytes(std::as_bytes(crowd.position())) == hash_bytes(std::as_bytes(unseen.position())));
    CHECK(hash_bytes(std::as_bytes(crowd.person())) == hash_bytes(std::as_bytes(unseen.person())));
  }
  CHECK(std::equal(was_at.begin(), was_at.end(), position.get()));
  CHECK(std::equal(was_fast.begin(), was_fast.end(), velocity.get()));
  CHECK(std::equal(was.begin(), was.end(), person.get()));
}

TEST_CASE("a crowd of one, two far apart or nobody at all can make a step") {
  const Walls walls(std::vector<Wall>{});
  Crowd crowd(walls);
  Arena arena(1);
  crowd.step(0.1, arena);
  CHECK(crowd.size() == 0);
  crowd.insert(std::vector<Newcomer>{{.person = PersonId{4u}, .at = {-1e6, 3}},
                                     {.person = PersonId{2u}, .at = {1e6, -1e6}}});
  crowd.step(0.1, arena);
  const std::size_t second = crowd.person()[0] == PersonId{2u} ? 0 : 1;
  CHECK(crowd.position()[second] == Point{1e6, -1e6});  // they aim at where they stand
  CHECK(crowd.velocity()[second] == Point{});
}

TEST_CASE("people exactly on the lines between cells are in a cell like everybody else") {
  const Walls walls(std::vector<Wall>{});
  for (int i = 1; i < 400; ++i) {
    const double size = 1.5 + 0.01 * i;  // of a cell, by way of the time gap
    Crowd crowd(walls);
    std::vector<Newcomer> people;
    for (std::uint32_t k = 0; k < 9; ++k)
      people.push_back({.person = PersonId{k},
                        .at = {size * (k % 3) - 7 * size, size * (k / 3)},
                        .speed = 1,
                        .radius = 0.25,
                        .time_gap = size - 0.5});
    crowd.insert(people);
    Arena arena(1);
    crowd.step(0.01, arena);
    for (const Point v : crowd.velocity()) REQUIRE(std::fabs(v.x) <= 1);
  }
}

TEST_CASE("the overlap of bodies is told") {
  const Walls walls(std::vector<Wall>{});
  Crowd crowd(walls);
  crowd.insert(std::vector<Newcomer>{{.person = PersonId{0u}, .at = {0, 0}, .radius = 0.25},
                                     {.person = PersonId{1u}, .at = {0.375, 0}, .radius = 0.25}});
  crowd.aims()[0] = {-1, 0};
  Arena arena(1);
  crowd.step(0.01, arena);
  CHECK(crowd.worst_overlap() == doctest::Approx(0.125));
}

TEST_CASE("people who cannot be are refused in one line") {
  const Walls walls(std::vector<Wall>{});
  Crowd crowd(walls);
  CHECK_THROWS_WITH_AS(
      crowd.insert(std::vector<Newcomer>{{.person = PersonId{3u}, .at = {0, 0}, .radius = 0}}),
      "person 3: radius is 0.000000; give 0.01 to 2 m", InputError);
  CHECK_THROWS_AS(crowd.insert(std::vector<Newcomer>{{.person = PersonId{3u}, .at = {NAN, 0}}}), InputError);
  CHECK_THROWS_AS(crowd.insert(std::vector<Newcomer>{{.person = PersonId{3u}, .at = {}, .speed = -1}}),
                  InputError);
  CHECK_THROWS_AS(crowd.insert(std::vector<Newcomer>{{.person = PersonId{3u}, .at = {}, .time_gap = 0}}),
                  InputError);
  CHECK(crowd.size() == 0);
}

TEST_CASE("the exponential of lanes stays within its stated error") {
  double worst = 0;
  for (int i = -59'900; i <= 69'000; ++i) {
    const double x = i * 0.01 + 0.00123;
    const long double exact = std::exp(static_cast<long double>(x));
    worst = std::max(worst, static_cast<double>(std::fabs((lane_exp(x) - exact) / exact)));
  }
  CHECK(worst < 4e-16);
  CHECK(lane_exp(0) == 1);
  CHECK(lane_exp(-1e9) < 1e-250);
}
