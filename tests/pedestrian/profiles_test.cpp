#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/pedestrian/profiles.hpp"

using namespace chimata;
using namespace chimata::pedestrian;

namespace {

std::vector<PersonId> first(std::uint32_t count) {
  std::vector<PersonId> people;
  for (std::uint32_t i = 0; i < count; ++i) people.push_back(PersonId{i});
  return people;
}

}  // namespace

TEST_CASE("everybody drawn from a profile is within its limits, and the crowd is about its mean") {
  const Random random{Seed{5}};
  for (const Profile& kind : profiles()) {
    CAPTURE(kind.id);
    double speeds = 0, radii = 0, soonest = 1e9, latest = 0;
    for (const PersonId person : first(2000)) {
      const Person who = draw(kind, random, person);
      REQUIRE(kind.speed.low <= who.speed);
      REQUIRE(who.speed <= kind.speed.high);
      REQUIRE(kind.radius.low <= who.radius);
      REQUIRE(who.radius <= kind.radius.high);
      speeds += who.speed / 2000, radii += who.radius / 2000;
      soonest = std::min(soonest, who.reaction_s), latest = std::max(latest, who.reaction_s);
    }
    // limits that lie unevenly about the mean shift it a little
    CHECK(speeds == doctest::Approx(kind.speed.mean).epsilon(0.12));
    CHECK(radii == doctest::Approx(kind.radius.mean).epsilon(0.02));
    CHECK(soonest < 5);
    CHECK(latest > 150);
    CHECK(latest <= kind.reaction_high);
    CHECK(!kind.source.empty());
    CHECK((kind.grade == 'A' || kind.grade == 'B' || kind.grade == 'C'));
  }
}

TEST_CASE("who somebody is does not depend on who else is drawn") {
  const std::vector<Share> shares{{"adult", 6}, {"elderly", 3}, {"wheelchair", 1}};
  const Random random{Seed{5}};
  const auto all = first(5000);
  const auto kinds = mix(shares, random, all);
  const std::vector<PersonId> one{PersonId{4321u}};
  CHECK(mix(shares, random, one)[0] == kinds[4321]);
  double adults = 0, chairs = 0;
  for (const std::uint32_t row : kinds) {
    adults += profiles()[row].id == "adult" ? 1 : 0;
    chairs += profiles()[row].id == "wheelchair" ? 1 : 0;
  }
  CHECK(adults / 5000 == doctest::Approx(0.6).epsilon(0.05));  // 3.6 standard errors
  CHECK(chairs / 5000 == doctest::Approx(0.1).epsilon(0.15));
}

TEST_CASE("profiles and shares that are none are refused in one line") {
  CHECK_THROWS_WITH_AS((void)profile("elderley"), doctest::Contains("did you mean"), InputError);
  CHECK_THROWS_AS((void)mix({}, Random{Seed{1}}, first(1)), InputError);
  CHECK_THROWS_WITH_AS((void)mix({{"adult", -1}}, Random{Seed{1}}, first(1)),
                       doctest::Contains("profile adult: has a share of -1"), InputError);
  CHECK_THROWS_AS((void)mix({{"adult", 0}}, Random{Seed{1}}, first(1)), InputError);
}
