// Of which kinds those are who come to an event.
#include "chimata/scenario/event_people.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "chimata/people/visitors.hpp"
#include "support/input_error.hpp"
#include "support/small_city.hpp"

using namespace chimata;
using namespace chimata::test;
using namespace chimata::testing;

namespace {

constexpr std::size_t kResidents = 1000, kRiders = 1000;
constexpr Seed kAnySeed{3};

/// The small city's people and as many who come by train.
EventPlace place() {
  const City city = small_city();
  const Population residents = synthesise(city, kResidents, kAnySeed);
  EventPlace place;
  place.people = std::make_shared<const Population>(
      with_visitors(residents, kRiders, {0, 0}, residents.home_node[PersonId{0u}], kAnySeed));
  place.visitors.residents = kResidents;
  return place;
}

EventPlace place_of(const std::vector<std::string>& mix) {
  EventPlace all = place();
  give_kinds(all, mix, {}, "event.people");
  return all;
}

/// Share of those in some rows who are of a kind.
double share_of(const VisitorKinds& kinds, const std::string& name, std::size_t from, std::size_t to) {
  double count = 0;
  for (std::size_t p = from; p < to; ++p) {
    const std::uint8_t kind = kinds.kind[PersonId{p}];
    count += kind != VisitorKinds::kNone && kinds.kinds[kind].name == name ? 1 : 0;
  }
  return count / static_cast<double>(to - from);
}

}  // namespace

TEST_CASE("who comes from elsewhere is of each kind in the share asked for, and is so on the streets too") {
  const EventPlace all =
      place_of({"adult, 0.6", "child, 0.2", "wheelchair, 0.1, gap_seeking", "stroller, 0.1"});
  const VisitorKinds& kinds = *all.visitors.kinds;
  for (const VisitorKinds::Kind& kind : kinds.kinds) {
    CAPTURE(kind.name);
    CHECK(share_of(kinds, kind.name, kResidents, kResidents + kRiders) ==
          doctest::Approx(kind.share).epsilon(0.3));
    CHECK(kind.law == (kind.name == "wheelchair" ? "gap_seeking" : ""));
  }
  for (std::size_t p = kResidents; p < kResidents + kRiders; ++p) {
    const PersonId person{p};
    const VisitorKinds::Kind& kind = kinds.kinds[kinds.kind[person]];
    CHECK(all.people->person_class[person] == kind.person_class);
    CHECK(all.people->free_speed[person] == kinds.speed[person]);
    const bool wheels = kind.name == "wheelchair";
    if (wheels) CHECK(kinds.radius[person] >= 0.35f);
    if (wheels) CHECK(kinds.speed[person] <= 1.35f);
  }
}

TEST_CASE("a resident is of a kind of their own class, and no faster with what they push") {
  const EventPlace before = place();
  const EventPlace all = place_of({"adult, 0.5", "young, 0.1", "stroller, 0.2", "elderly, 0.2"});
  const VisitorKinds& kinds = *all.visitors.kinds;
  std::size_t strollers = 0, slower = 0;
  for (std::size_t p = 0; p < kResidents; ++p) {
    const PersonId person{p};
    const float own = before.people->free_speed[person];
    const PersonClass person_class = before.people->person_class[person];
    CHECK(all.people->free_speed[person] == own);
    CHECK(all.people->person_class[person] == person_class);
    if (kinds.kind[person] == VisitorKinds::kNone) {
      CHECK((person_class == PersonClass::child || person_class == PersonClass::impaired));
      continue;
    }
    const VisitorKinds::Kind& kind = kinds.kinds[kinds.kind[person]];
    CHECK(kind.person_class == person_class);
    if (kind.name == "young") CHECK(all.people->age[person] < 30);
    if (kind.name == "adult") CHECK(all.people->age[person] >= 30);
    const bool pushes = kind.name == "stroller";
    CHECK((kinds.speed[person] == own || (pushes && kinds.speed[person] < own)));
    strollers += pushes ? 1 : 0, slower += kinds.speed[person] < own ? 1 : 0;
  }
  CHECK(strollers > 50);
  CHECK(slower > strollers / 2);
}

TEST_CASE("the population's own mix is the shares of its classes") {
  const EventPlace all = place_of({"population, 0.9", "wheelchair, 0.1"});
  const auto& person_class = all.people->person_class;
  double total = 0;
  for (const VisitorKinds::Kind& kind : all.visitors.kinds->kinds) {
    total += kind.share;
    if (kind.name == "wheelchair") continue;
    const auto count = std::count(person_class.begin(), person_class.begin() + kResidents, kind.person_class);
    CHECK(kind.share == doctest::Approx(0.9 * static_cast<double>(count) / kResidents));
  }
  CHECK(total == doctest::Approx(1));
}

TEST_CASE("without a mix nothing is said of anybody") {
  CHECK(place_of({}).visitors.kinds == nullptr);
}

TEST_CASE("a mix of people that cannot be is refused in one line") {
  const auto said = [](const std::vector<std::string>& mix) {
    return complaint([&] { (void)place_of(mix); });
  };
  CHECK(said({"adult, 0.9", "wheelchiar, 0.1"}) ==
        "event.people: there is no profile \"wheelchiar\"; did you mean wheelchair?");
  CHECK(said({"adult, 0.9", "wheelchair, 0.2"}) ==
        "event.people: has shares that add up to 1.1; make them 1 together");
  CHECK(said({"adult, 1.1", "child, -0.1"}) ==
        "event.people: is \"adult, 1.1\"; write \"wheelchair, 0.02\" with a share from 0 to 1");
  CHECK(said({"adult"}).starts_with("event.people: is \"adult\"; write"));
  CHECK(said({"adult, 1, walking"}).starts_with("event.people: there is no law \"walking\"; use"));
  CHECK(said({"adult, 0.5", "adult, 0.5"}) == "event.people: names adult twice; give it one share");
}
