/// Informed drivers who see travel times differently, and hear of them in turns.
#include <cmath>

#include "chimata/driving/traffic.hpp"
#include "driving/drive.hpp"

using namespace chimata;
using namespace chimata::driving;
using namespace chimata::test;

namespace {

/// Two ways of equal length from B to C.
AsciiCity twins() {
  return ascii_city(R"(
      E----F
      |    |
      B    C
      |    |
      G----H
  )");
}

/// Which of the twins drivers of each perception take.
struct Choice {
  explicit Choice(Perceptions perceptions) : routes(*city.network, free_costs(*city.network), perceptions) {
    goal = routes.goal_of(city.node('C'));
    tell();
  }
  LinkId of(std::uint8_t perception) {
    Vehicle vehicle;
    vehicle.guide = goal;
    vehicle.knowledge = Knowledge::informed;
    vehicle.perception = perception;
    const LinkId wish = routes.first_wish(vehicle, city.node('B'));
    if (wish != kLearns) return wish;
    routes.learn({routes.tree_of(vehicle)}, arena);
    return routes.first_wish(vehicle, city.node('B'));
  }
  /// Tells of a jam on the way that all prefer, and which that is.
  LinkId jam_the_best() {
    const LinkId best = of(0);
    REQUIRE(of(1) == best);
    costs[best] *= 10;
    tell();
    return best;
  }
  void tell() { routes.tell(costs, Column<LinkId, std::uint8_t>(city.network->link_count(), 0)); }

  AsciiCity city = twins();
  LinkCosts costs = free_costs(*city.network);
  Routes routes;
  Routes::Goal goal = 0;
  Arena arena{1};
};

std::size_t arrived_by(double moment, std::int64_t perceptions, double spread) {
  DrivingModel model;
  model.perceptions = perceptions, model.perception_spread = spread;
  Drive drive(twins(), model);
  for (int car = 0; car < 200; ++car) drive.drive(0, 'B', 'C', Knowledge::informed);
  drive.run_until(moment);
  return drive.left.size();
}

}  // namespace

TEST_CASE("perceived times lie evenly around the true one, as far as the spread") {
  constexpr std::uint32_t kLinks = 4000;
  constexpr Cost kTrue = 100'000;
  LinkCosts costs(kLinks, kTrue), seen;
  costs[LinkId{7u}] = kClosed;
  Perceptions{4, 0.2, Random{Seed{3}}}.see(costs, 5, seen);
  CHECK(seen[LinkId{7u}] == kClosed);
  double sum = 0, squares = 0;
  for (std::uint32_t l = 0; l < kLinks; ++l) {
    if (l == 7) continue;
    const double off = static_cast<double>(seen[LinkId{l}]) / kTrue - 1;
    if (std::fabs(off) > 0.2) FAIL("beyond the spread");
    sum += off, squares += off * off;
  }
  const double deviation = 0.2 / std::sqrt(3.0);  // of a uniform number
  CHECK(std::fabs(sum / kLinks) < 4 * deviation / std::sqrt(double{kLinks}));
  CHECK(std::sqrt(squares / kLinks) == doctest::Approx(deviation).epsilon(0.03));
}

TEST_CASE("informed drivers are spread evenly over the perceptions") {
  const Perceptions perceptions{4, 0.2, Random{Seed{3}}};
  int members[4] = {};
  for (std::uint32_t person = 0; person < 10'000; ++person) ++members[perceptions.of(person)];
  for (const int each : members) CHECK(std::abs(each - 2500) < 4 * std::sqrt(10'000 * 0.25 * 0.75));
}

TEST_CASE("of two equal ways some perceptions take the one and some the other, without spread all the same") {
  Choice differing({16, 0.2, Random{Seed{1}}}), alike({16, 0, Random{Seed{1}}});
  int above = 0;
  for (std::uint8_t p = 0; p < 16; ++p) {
    above += differing.city.network->head(differing.of(p)) == differing.city.node('E') ? 1 : 0;
    CHECK(alike.of(p) == alike.of(0));
  }
  CHECK(above >= 3);
  CHECK(above <= 13);
}

TEST_CASE("news of a jam reaches one perception after the other") {
  Choice choice({2, 0, Random{Seed{1}}});
  const LinkId before = choice.jam_the_best();
  choice.routes.renew(0, {1, 1}, choice.arena);
  CHECK(choice.of(0) != before);
  CHECK(choice.of(1) == before);
  choice.routes.renew(1, {1, 1}, choice.arena);
  CHECK(choice.of(1) != before);
}

TEST_CASE("whoever follows a way that nobody followed at the last news learns of it on setting out") {
  Choice choice({2, 0, Random{Seed{1}}});
  const LinkId before = choice.jam_the_best();
  choice.routes.renew(1, {1, 0}, choice.arena);
  CHECK(choice.of(0) == before);
  CHECK(choice.of(1) != before);
}

TEST_CASE("informed drivers who differ share two equal ways, who all know the same jam one of them") {
  CHECK(static_cast<double>(arrived_by(300, 16, 0.2)) > 1.4 * static_cast<double>(arrived_by(300, 1, 0)));
}
