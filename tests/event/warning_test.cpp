#include <algorithm>
#include <cmath>
#include <set>

#include "event/warned_town.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

template <class T>
std::vector<T> column(const TableSet& tables, const char* table, const char* name) {
  return tables.at(table).get<T>(name);
}

std::size_t with_phase(const TableSet& tables, int phase) {
  const auto phases = column<std::uint8_t>(tables, "visitors", "phase");
  return static_cast<std::size_t>(std::count(phases.begin(), phases.end(), phase));
}

std::size_t in_state(const TableSet& tables, PersonState state) {
  const auto states = column<std::uint8_t>(tables, "persons", "state");
  return static_cast<std::size_t>(std::count(states.begin(), states.end(), static_cast<std::uint8_t>(state)));
}

}  // namespace

TEST_CASE("without a warning everybody goes to the event and is home again, and the evacuation has them") {
  WarnedTown town;
  town.evacuation.order_at = kNever;
  const TableSet tables = town.run();
  CHECK(with_phase(tables, 0) == 40);
  CHECK(in_state(tables, PersonState::home) == 50);
  // that they are handed over at the door costs no time: everybody is at the gate at the same moment as
  // without an evacuation, but for the tick of a second in which people who meet on a street pass each other
  const auto alone = EventTown{}.run();
  const auto came = column<double>(tables, "visitors", "came_s"),
             came_alone = column<double>(alone, "visitors", "came_s");
  REQUIRE(came.size() == came_alone.size());
  for (std::size_t row = 0; row < came.size(); ++row) {
    CAPTURE(row);
    CHECK(std::fabs(came[row] - came_alone[row]) < 2);
  }
}

TEST_CASE("water on the meadow slows people down, stops them and lets them go again") {
  WarnedTown town;
  town.evacuation.order_at = kNever;
  town.flooded = true;
  // 75 min: everybody has set out; 0.8 m stop adults, from 85 min on it is dry again
  town.weather = [](Time now, Fields& fields) {
    const double minute = seconds(now) / 60;
    Field& depth = fields.all().at("depth.areas");
    const float metres = minute >= 66 && minute < 85 ? 0.8f : 0.0f;
    std::fill(depth.next().begin(), depth.next().end(), metres);
    depth.publish();
  };
  const TableSet tables = town.run();
  const auto time = column<double>(tables, "areas", "t_s");
  const auto stranded = column<std::uint32_t>(tables, "areas", "stranded");
  for (std::size_t row = 0; row < time.size(); ++row) {
    const double minute = time[row] / 60;
    if (minute >= 68 && minute < 85) CHECK(stranded[row] == 40);
    if (minute < 66 || minute > 87) CHECK(stranded[row] == 0);
  }
  for (const double out : column<double>(tables, "visitors", "out_s")) CHECK(out > 85 * 60);
  CHECK(with_phase(tables, 0) == 40);
}

TEST_CASE("shallow water makes the way out longer, by the wading law") {
  WarnedTown town;
  town.evacuation.order_at = kNever;
  town.town.residents = 1;
  town.town.model.attendance = 1;
  const auto way_out = [&](float metres) {
    town.flooded = true;
    town.weather = [metres](Time, Fields& fields) {
      Field& depth = fields.all().at("depth.areas");
      std::fill(depth.next().begin(), depth.next().end(), metres);
      depth.publish();
    };
    const TableSet tables = town.run();
    return column<double>(tables, "visitors", "out_s")[0] -
           column<double>(tables, "visitors", "set_out_s")[0];
  };
  // linear law: at 0.4 m 60 % of the speed are left
  CHECK(way_out(0.4f) == doctest::Approx(way_out(0.0f) / 0.6).epsilon(0.05));
}

TEST_CASE("flowing water sweeps people away, and the evacuation keeps their record") {
  WarnedTown town;
  town.evacuation.order_at = kNever;
  town.flooded = true;
  town.weather = [](Time now, Fields& fields) {
    const bool now_flows = seconds(now) >= 66 * 60;
    for (const char* name : {"depth.areas", "velocity.areas"}) {
      Field& field = fields.all().at(name);
      std::fill(field.next().begin(), field.next().end(), now_flows ? 1.0f : 0.0f);
      field.publish();
    }
  };
  const TableSet tables = town.run();
  CHECK(in_state(tables, PersonState::casualty) == 40);
  CHECK(with_phase(tables, 8) == 40);
  CHECK(in_state(tables, PersonState::home) == 10);
}

TEST_CASE("an order during the event sends everybody to the shelter, from where they are") {
  const TableSet tables = WarnedTown{}.run();
  CHECK(in_state(tables, PersonState::sheltered) == 50);
  CHECK(with_phase(tables, 7) == 40);
  // everybody hears at once, at home and at the event; those at the event set out then, not after its end
  const auto set_out = column<double>(tables, "visitors", "set_out_s");
  for (const double moment : set_out) CHECK(moment <= 65 * 60 + 3);
  const auto told = column<double>(tables, "persons", "told_s");
  for (const double moment : told) CHECK(moment == 65 * 60);
  // 450 m from the gate to the shelter, after some way through the meadow
  const auto& visitors = column<std::uint32_t>(tables, "visitors", "person");
  const auto departed = column<double>(tables, "persons", "departed_s"),
             sheltered = column<double>(tables, "persons", "sheltered_s");
  for (const std::uint32_t person : visitors)
    CHECK(sheltered[person] - departed[person] == doctest::Approx(450 / 1.25).epsilon(0.02));
}

TEST_CASE("announcements reach those at the event one after the other; the others see that it is over") {
  WarnedTown town;
  town.evacuation.reception = ReceptionLaw::channels;
  town.evacuation.siren_reach = town.evacuation.mail_reach = town.evacuation.media_reach = 0;
  town.evacuation.patrol_reach = town.evacuation.neighbour_reach = 0;
  town.town.model.announce_reach = 0.5;
  const TableSet tables = town.run();
  const auto told_by = column<std::uint8_t>(tables, "persons", "told_by");
  const auto by_venue = std::count(told_by.begin(), told_by.end(), static_cast<std::uint8_t>(7));
  CHECK(by_venue > 10);
  CHECK(by_venue < 30);
  CHECK(in_state(tables, PersonState::sheltered) == static_cast<std::size_t>(by_venue));
  CHECK(with_phase(tables, 7) == static_cast<std::size_t>(by_venue));
  CHECK(with_phase(tables, 0) == 40 - static_cast<std::size_t>(by_venue));
  for (const double moment : column<double>(tables, "visitors", "set_out_s")) CHECK(moment < 75 * 60);
}

TEST_CASE("who comes home with the news tells those there, and they leave together") {
  WarnedTown town;
  town.town.couples = true;
  town.town.residents = 48;
  town.town.model.attendance = 24;
  town.town.model.announce_delay = Duration{0};
  town.evacuation.away = AwayLaw::come_home;
  town.evacuation.reception = ReceptionLaw::channels;
  town.evacuation.siren_reach = town.evacuation.mail_reach = town.evacuation.media_reach = 0;
  town.evacuation.patrol_reach = town.evacuation.neighbour_reach = 0;  // nobody is told at home
  const TableSet tables = town.run();
  const auto& visitors = column<std::uint32_t>(tables, "visitors", "person");
  const auto& household = column<std::uint32_t>(tables, "persons", "household");
  const auto& told_by = column<std::uint8_t>(tables, "persons", "told_by");
  const auto departed = column<double>(tables, "persons", "departed_s");
  const std::set<std::uint32_t> went(visitors.begin(), visitors.end());
  std::set<std::uint32_t> of_visitors;
  for (const std::uint32_t person : visitors) of_visitors.insert(household[person]);
  int told_at_home = 0;
  for (std::uint32_t p = 0; p < household.size(); ++p) {
    if (went.contains(p) || !of_visitors.contains(household[p])) continue;
    ++told_at_home;
    CHECK(told_by[p] == 8);
    for (const std::uint32_t other : visitors) {
      if (household[other] == household[p]) CHECK(departed[other] == departed[p]);
    }
  }
  CHECK(told_at_home >= 4);
  CHECK(in_state(tables, PersonState::preparing) == 0);
  CHECK(in_state(tables, PersonState::sheltered) == 24 + static_cast<std::size_t>(told_at_home));
}

TEST_CASE("who does not heed the warning goes home, and stays") {
  WarnedTown town;
  town.evacuation.compliance = 0;
  const TableSet tables = town.run();
  CHECK(in_state(tables, PersonState::home) == 50);
  CHECK(with_phase(tables, 0) == 40);
}

TEST_CASE(
    "an order before the event keeps people at home or in the shelter, and on the way turns them round") {
  WarnedTown town;
  town.evacuation.order_at = kStart + std::chrono::minutes(40);
  const TableSet tables = town.run();
  CHECK(in_state(tables, PersonState::sheltered) == 50);
  // some had not left home: nobody comes to an event that is called off
  CHECK(with_phase(tables, 0) > 0);
  CHECK(with_phase(tables, 7) > 0);
  for (const double moment : column<double>(tables, "visitors", "came_s"))
    CHECK((std::isnan(moment) || moment < 45 * 60));
}

TEST_CASE("whoever is on the way to a shelter when they were to leave for the event goes on to the shelter") {
  WarnedTown town;
  town.town.elderly = true;
  town.town.model.stops_at_level = 5;
  town.evacuation.order_at = kNever;
  town.evacuation.elderly_at = kStart + std::chrono::minutes(38);
  town.evacuation.elderly_compliance = 1;
  const TableSet tables = town.run();
  CHECK(in_state(tables, PersonState::sheltered) == 50);
  for (const double moment : column<double>(tables, "visitors", "came_s"))
    CHECK((std::isnan(moment) || moment < 38 * 60 + 2));
}

TEST_CASE("visitors by train are nobody's business before they come and after they have left") {
  WarnedTown town;
  town.town.riders = 30;
  town.town.model.train_every = std::chrono::minutes(10);
  TableSet tables = town.run();
  CHECK(in_state(tables, PersonState::sheltered) == 80);
  town.evacuation.order_at = kStart + std::chrono::minutes(5);
  tables = town.run();
  CHECK(in_state(tables, PersonState::sheltered) == 50);
  CHECK(in_state(tables, PersonState::home) == 30);
  const auto told = column<double>(tables, "persons", "told_s");
  for (std::size_t rider = 50; rider < 80; ++rider) CHECK(std::isnan(told[rider]));
}

TEST_CASE("an event with a warning goes on bit for bit after a snapshot, and on any number of threads") {
  WarnedTown town;
  town.town.riders = 20;
  town.evacuation.reception = ReceptionLaw::channels;
  using std::chrono::minutes;
  using std::chrono::seconds;
  check_goes_on_bit_for_bit(town, minutes(90),
                            {minutes(40), minutes(65) + seconds(2), minutes(67), minutes(73)});
}
