#include <doctest/doctest.h>

#include "evacuation/street_town.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

/// 400 people of all classes with random departures, near one large shelter.
StreetTown mixed_town() {
  StreetTown town;
  for (int c = 0; c < kPersonClasses; ++c)
    town.add_people(static_cast<std::uint32_t>(2 + c), 100, static_cast<PersonClass>(c));
  town.add_place(20, 1000);
  town.model.departure = DepartureLaw::rayleigh;
  town.model.compliance = 0.6;
  town.model.elderly_compliance = 0.4;
  return town;
}

std::vector<double> departures(const StreetTown& town) {
  Drill drill{town};
  drill.run_to_end();
  return drill.persons<double>("departed_s");
}

bool later(double a, double b) {
  return std::isnan(a) ? !std::isnan(b) : a > b;
}  // NaN: never

}  // namespace

TEST_CASE("one person leaves at once, walks, and is sheltered, each at its exact moment") {
  StreetTown town;
  town.add_people(2, 1);
  town.people.access_distance[PersonId{0u}] = 50;  // 40 s
  town.add_place(5, 10, true, 25);                 // 20 s
  town.model.order_at = time_of(100.25);
  Drill drill{town};
  drill.run(1000);
  CHECK(drill.story(0) == "warned@100.25 preparing@100.25 travelling@100.25 sheltered@400.25");
  CHECK(drill.persons<double>("warned_s")[0] == 100.25);
  CHECK(drill.persons<double>("departed_s")[0] == 100.25);
  CHECK(drill.persons<double>("sheltered_s")[0] == 400.25);
  CHECK(drill.persons<std::uint32_t>("shelter")[0] == 0);
  CHECK(drill.persons<std::uint8_t>("state")[0] == static_cast<std::uint8_t>(PersonState::sheltered));
}

TEST_CASE("without an order nobody leaves") {
  StreetTown town = mixed_town();
  town.model.order_at = kNever;
  Drill drill{town};
  CHECK(drill.service->next_event() == kNever);
  drill.run(600);
  CHECK(drill.in(PersonState::home) == 400);
  CHECK(std::isnan(drill.persons<double>("warned_s")[0]));
}

TEST_CASE("raising the share who leave keeps everyone who left before, at the same moment") {
  StreetTown town = mixed_town();
  std::vector<double> before(400, NAN);
  for (const double share : {0.0, 0.1, 0.35, 0.7, 0.9, 1.0}) {
    town.model.compliance = share;
    const auto now = departures(town);
    std::size_t left = 0;
    for (std::size_t p = 0; p < 400; ++p) {
      if (!std::isnan(before[p])) CHECK(now[p] == before[p]);
      left += std::isnan(now[p]) ? 0 : 1;
    }
    CHECK(std::fabs(static_cast<double>(left) - 400 * share) <= 4 * std::sqrt(400 * share * (1 - share)));
    before = now;
  }
}

TEST_CASE("an earlier order makes nobody leave later, person by person") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    StreetTown town = mixed_town();
    town.seed = seed;
    town.model.elderly_at = time_of(900);
    town.model.order_at = time_of(3600);
    std::vector<double> before = departures(town);
    for (const double order : {1800.0, 900.0, 300.0, 0.0}) {
      town.model.order_at = time_of(order);
      const auto now = departures(town);
      for (std::size_t p = 0; p < 400; ++p) CHECK_FALSE(later(now[p], before[p]));
      before = now;
    }
    town.model.elderly_at = time_of(0);
    const auto now = departures(town);
    for (std::size_t p = 0; p < 400; ++p) CHECK_FALSE(later(now[p], before[p]));
  }
}

TEST_CASE("level 3 speaks to the elderly and impaired only, and those who stay may heed level 4") {
  StreetTown town = mixed_town();
  town.model.departure = DepartureLaw::immediate;
  town.model.elderly_at = time_of(60);
  town.model.order_at = time_of(1800);
  Drill drill{town};
  drill.run(120);
  const auto warned = drill.persons<double>("warned_s");
  for (std::size_t p = 0; p < 400; ++p) CHECK(std::isnan(warned[p]) == (p < 200));
  drill.run_to_end();
  const auto left = drill.persons<double>("departed_s");
  std::array<int, 3> at{};  // level 3, level 4, never: of the elderly and impaired
  for (std::size_t p = 200; p < 400; ++p) ++at[left[p] == 60 ? 0 : left[p] == 1800 ? 1 : 2];
  CHECK(std::abs(at[0] - 80) < 28);  // 40 % at level 3, 60 % in all, four standard deviations
  CHECK(std::abs(at[0] + at[1] - 120) < 28);
  CHECK(at[0] + at[1] + at[2] == 200);
}

TEST_CASE("warnings reach the zones named, else the warning area, else everyone") {
  StreetTown town;
  add_zone(town.zones, "west", rectangle(-50, -50, 500, 50), 10, true);
  add_zone(town.zones, "east", rectangle(500, -50, 2100, 50), 10, false);
  town.add_people(1, 10, PersonClass::adult, ZoneId{0u});
  town.add_people(9, 10, PersonClass::adult, ZoneId{1u});
  town.add_people(12, 10);
  town.add_place(20, 100);
  const auto who = [](const StreetTown& t) {
    Drill drill{t};
    drill.run(10);
    const auto d = drill.persons<std::uint8_t>("decided");
    return std::to_string(d[0]) + std::to_string(d[10]) + std::to_string(d[20]);
  };
  CHECK(who(town) == "100");
  town.model.zones = {"east"};
  CHECK(who(town) == "010");
  town.model.zones = {"east", "west"};
  CHECK(who(town) == "110");
  town.model.zones = {};
  town.zones.in_warning_area[ZoneId{0u}] = 0;
  CHECK(who(town) == "111");
  town.model.zones = {"wset"};
  CHECK_THROWS_WITH_AS(Drill{town}, "evacuation.zones: there is no zone \"wset\"; did you mean west?",
                       InputError);
}

TEST_CASE("news that comes while an event gives somebody back is not lost") {
  StreetTown town;
  town.add_people(4, 1);
  town.add_place(5, 10);
  town.model.order_at = time_of(11);
  town.model.reception = ReceptionLaw::channels;
  town.model.media_reach = 1;  // at home everybody hears at once, outside nobody does
  town.model.media_delay = Duration{0};
  town.model.siren_reach = town.model.mail_reach = town.model.patrol_reach = town.model.neighbour_reach = 0;
  auto world = std::make_shared<World>();
  world->network = std::make_shared<const Network>(town.network);
  world->people = std::make_shared<const Population>(town.people);
  world->random = Random{Seed{1}};
  Fields fields;
  EvacuationSetting setting{.walking = 2};
  setting.event = EventNearby{.process = 1, .residents = 1, .zone = {}};
  const auto service =
      make_evacuation(world, town.zones, town.shelters, town.model, WadingModel{}, fields, setting);
  Arena arena{1};
  const auto window = [&](double from, const Inbox& inbox) {
    Outbox outbox;
    service->advance({time_of(from), time_of(from + 1)}, inbox, outbox, arena);
    return outbox;
  };
  const std::vector<Order> asked{
      {.time = time_of(1), .person = PersonId{0u}, .kind = Order::Kind::hand_over, .to = 0, .hand_to = 1}};
  REQUIRE(window(1, {{}, asked}).departures.size() == 1);
  CHECK(window(11, {}).events.empty());
  const std::vector<Handover> back{{.time = time_of(10.2),
                                    .person = PersonId{0u},
                                    .at = NodeId{4u},
                                    .goal = {},
                                    .state = PersonState::home}};
  const Outbox after = window(12, {back, {}});
  REQUIRE_FALSE(after.events.empty());
  CHECK(after.events.front().kind == Event::Kind::warned);
  CHECK(after.events.front().time == time_of(11));
  REQUIRE(after.departures.size() == 1);
  CHECK(after.departures.front().to == 2);
}

TEST_CASE("a warning before the start and a town without a usable shelter are refused") {
  StreetTown town = mixed_town();
  town.model.order_at = time_of(-60);
  CHECK_THROWS_WITH_AS(
      Drill{town},
      "evacuation.order_at: lies 60 s before the scenario starts; start the scenario earlier or warn later",
      InputError);
  town = mixed_town();
  town.shelters[0].fit = kEarthquake;
  CHECK_THROWS_AS(Drill{town}, InputError);
  town.model.flood_safe_only = false;
  CHECK_NOTHROW(Drill{town});
  town.shelters[0].capacity = 0;
  CHECK_THROWS_AS(Drill{town}, InputError);
}

TEST_CASE("the informed are the share asked for") {
  StreetTown town = mixed_town();
  town.model.compliance = 1;
  town.model.departure = DepartureLaw::immediate;
  for (const double share : {0.0, 0.3, 1.0}) {
    town.model.informed = share;
    Drill drill{town};
    drill.run(2);
    const auto& walkers = drill.walking.walkers();
    REQUIRE(walkers.size() == 400);
    const auto informed = std::count_if(walkers.begin(), walkers.end(),
                                        [](const Handover& h) { return h.knowledge == Knowledge::informed; });
    CHECK(std::fabs(static_cast<double>(informed) - 400 * share) <= 4 * std::sqrt(400 * share * (1 - share)));
  }
}

TEST_CASE("every default of the evacuation says where it comes from, with both labels") {
  for (const auto& bound : evacuation_parameters().all) {
    INFO(bound.about.name);
    CHECK_FALSE(bound.about.source.empty());
    CHECK_FALSE(bound.about.label_ja.empty());
    CHECK_FALSE(bound.about.label_en.empty());
    CHECK_FALSE(bound.about.help.empty());
  }
  CHECK(evacuation_parameters().all.size() == 68);
}
