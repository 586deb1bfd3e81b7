#include "chimata/analysis/outcome.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "chimata/analysis/causes.hpp"
#include "chimata/analysis/districts.hpp"
#include "chimata/analysis/kpi.hpp"

using namespace chimata;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kForEver = std::numeric_limits<double>::infinity();

double figure(const Outcome& outcome, std::string_view id) {
  const auto values = kpis(outcome);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (kpi_catalogue()[i].id == id) return values[i];
  }
  FAIL("no such figure: " << id);
  return 0;
}

std::uint32_t number(PersonState state) {
  return static_cast<std::uint32_t>(state);
}

/// Rows of events, one after the other.
struct Events {
  TableSet tables;
  Events& add(double t, std::uint32_t person, Event::Kind kind, std::uint32_t value) {
    Table& e = tables["events"];
    e.column<double>("t_s", "").push_back(t);
    e.column<std::uint32_t>("person", "").push_back(person);
    e.column<std::uint8_t>("kind", "").push_back(static_cast<std::uint8_t>(kind));
    e.column<std::uint32_t>("value", "").push_back(value);
    return *this;
  }
  Events& state(double t, std::uint32_t person, PersonState s) {
    return add(t, person, Event::Kind::state_change, number(s));
  }
};

/// Two zones with four people each, and one person outside: a child, an impaired person who needs help.
Population nine_people() {
  Population people;
  for (std::uint32_t i = 0; i < 9; ++i) {
    people.home.push_back({0, 0});
    people.zone.push_back(i < 8 ? ZoneId{i / 4} : ZoneId::none());
    people.person_class.push_back(i == 2   ? PersonClass::child
                                  : i == 3 ? PersonClass::impaired
                                           : PersonClass::adult);
    people.needs_help.push_back(i == 3 || i == 7);
  }
  return people;
}

/// Person by person: 0 arrives; 1 told too late; 2 stays; 3 waits for help in vain; 4 leaves too late; 5
/// finds a full shelter; 6 drives; 7 arrives with help; 8 is never told.
TableSet nine_fates() {
  Events events;
  for (const std::uint32_t caught : {1u, 2u, 3u}) events.state(1000, caught, PersonState::caught_at_home);
  for (const std::uint32_t caught : {4u, 5u}) events.state(900, caught, PersonState::stranded);
  events.add(300, 6, Event::Kind::chose_mode, kCar).add(300, 0, Event::Kind::chose_mode, kFoot);
  events.state(800, 6, PersonState::stranded).add(800, 6, Event::Kind::left_car, 1);
  events.add(250, 7, Event::Kind::helped, 0);
  events.state(950, 8, PersonState::caught_at_home).state(960, 8, PersonState::upstairs);
  events.state(990, 5, PersonState::casualty);
  TableSet tables = std::move(events.tables);
  Table& p = tables["persons"];
  p.column<double>("warned_s", "") = {100, 700, 100, 100, 100, 100, 100, 100, kNone};
  p.column<std::uint8_t>("decided", "") = {1, 1, 0, 1, 1, 1, 1, 1, 0};
  p.column<double>("departed_s", "") = {200, 750, kNone, kNone, 660, 200, 300, 260, kNone};
  p.column<double>("sheltered_s", "") = {500, kNone, kNone, kNone, kNone, kNone, kNone, 560, kNone};
  p.column<std::uint32_t>("shelter", "") = {0, 0, kNoShelterRow, kNoShelterRow, 1, 1, 1, 1, kNoShelterRow};
  p.column<std::uint32_t>("redirects", "") = {0, 0, 0, 0, 0, 2, 0, 0, 0};
  auto& state = p.column<std::uint8_t>("state", "");
  for (const auto s : {PersonState::sheltered, PersonState::caught_at_home, PersonState::caught_at_home,
                       PersonState::caught_at_home, PersonState::stranded, PersonState::casualty,
                       PersonState::stranded, PersonState::sheltered, PersonState::upstairs})
    state.push_back(static_cast<std::uint8_t>(s));
  return tables;
}

struct Story {
  Population people = nine_people();
  std::vector<double> latest = {600, 600, 600, 600, 600, 600, 600, kForEver, 600};
  std::vector<std::uint32_t> capacity = {5, 2};
  Outcome outcome{KpiContext{capacity, &people, latest}};
  Story() { outcome.add(nine_fates()); }
};

}  // namespace

TEST_CASE("everybody caught by the water has one cause, the first thing that went wrong") {
  const Story story;
  const auto causes = causes_of(story.outcome);
  const std::vector<LateCause> wanted = {
      LateCause::none,    LateCause::told_too_late, LateCause::stayed,
      LateCause::no_help, LateCause::left_too_late, LateCause::shelter_full,
      LateCause::by_car,  LateCause::none,          LateCause::not_told};
  CHECK(causes == wanted);
  const CauseCounts counts = count_causes(story.outcome);
  double sum = 0;
  for (std::size_t c = 1; c < counts.persons.size(); ++c) sum += counts.persons[c];
  CHECK(sum == figure(story.outcome, "caught_total"));
  // the order 100 s earlier, the departure 60 s earlier: then nobody is late for these reasons
  CHECK(counts.worst_gap_s[static_cast<std::size_t>(LateCause::told_too_late)] == 100);
  CHECK(counts.worst_gap_s[static_cast<std::size_t>(LateCause::left_too_late)] == 60);
  CHECK(figure(story.outcome, "late_no_help") == 1);
}

TEST_CASE("whom no dry way leads out was caught for that reason, whenever they were told") {
  Story story;
  story.latest[1] = -kForEver;
  CHECK(cause_of(story.outcome, 1) == LateCause::no_way);
}

TEST_CASE("figures by class, of cars, of help and of stairs equal what one counts by hand") {
  const Story story;
  CHECK(figure(story.outcome, "caught_total") == 7);
  CHECK(figure(story.outcome, "caught_adult") == 5);
  CHECK(figure(story.outcome, "caught_child") == 1);
  CHECK(figure(story.outcome, "caught_impaired") == 1);
  CHECK(figure(story.outcome, "caught_elderly") == 0);
  CHECK(figure(story.outcome, "casualties") == 1);
  CHECK(figure(story.outcome, "vertical") == 1);
  CHECK(figure(story.outcome, "needs_help") == 2);
  CHECK(figure(story.outcome, "needs_help_unassisted") == 1);
  CHECK(figure(story.outcome, "car_share") == doctest::Approx(0.5));
  CHECK(std::isnan(figure(story.outcome, "cars_stalled")));  // there is no table of cars
}

TEST_CASE("cars lose time in queues and in gridlock") {
  Story story;
  TableSet tables;
  Table& cars = tables["cars"];
  cars.column<double>("start_s", "") = {0, 0, 0};
  cars.column<double>("end_s", "") = {900, 1800, kNone};
  cars.column<float>("free_flow_s", "") = {300, 600, 100};
  cars.column<std::uint8_t>("outcome", "") = {0, 3, 4};
  Table& jams = tables["jams"];
  jams.column<std::uint32_t>("jam", "") = {0, 0, 1};
  jams.column<double>("since_s", "") = {600, 600, 0};
  jams.column<double>("until_s", "") = {2400, 2400, kForEver};
  tables["census"].column<double>("t_s", "") = {3600};
  story.outcome.add(tables);
  CHECK(figure(story.outcome, "car_trips") == 3);
  CHECK(figure(story.outcome, "car_time_mean_s") == 900);
  CHECK(figure(story.outcome, "car_delay_vehicle_h") == doctest::Approx((600 + 1200) / 3600.0));
  CHECK(figure(story.outcome, "gridlocks") == 2);
  CHECK(figure(story.outcome, "gridlock_vehicle_h") == doctest::Approx(2 * 0.5 + 1));
  CHECK(figure(story.outcome, "cars_stalled") == 1);
  CHECK(figure(story.outcome, "cars_abandoned") == 1);
}

TEST_CASE("people above a shelter's capacity and people waiting count by the minute") {
  Story story;
  TableSet tables;
  Table& shelters = tables["shelters"];
  shelters.column<double>("t_s", "") = {0, 0, 60, 60, 180, 180};
  shelters.column<std::uint32_t>("shelter", "") = {0, 1, 0, 1, 0, 1};
  shelters.column<std::uint32_t>("occupancy", "") = {0, 0, 7, 2, 5, 1};
  shelters.column<std::uint32_t>("turned_away", "") = {0, 0, 1, 0, 3, 0};
  shelters.column<double>("water_left_l", "") = {9, 9, 0, 9, 0, 9};
  shelters.column<float>("persons_per_toilet", "") = {0, 0, 7, 2, 5, 1};
  Table& census = tables["census"];
  census.column<double>("t_s", "") = {0, 60, 180};
  census.column<std::int64_t>("waiting", "") = {0, 3, 0};
  census.column<std::int64_t>("stranded", "") = {0, 2, 1};
  census.column<std::int64_t>("caught_at_home", "") = {1, 4, 0};
  story.outcome.add(tables);
  CHECK(figure(story.outcome, "overflow_person_min") == 2 * 2 + 3 * 2);  // two too many, three waiting, 120 s
  CHECK(figure(story.outcome, "shelter_peak") == 7);
  CHECK(figure(story.outcome, "shelter_use_max_share") == doctest::Approx(1.4));
  CHECK(figure(story.outcome, "shelter_full_count") == 2);
  CHECK(figure(story.outcome, "turned_away") == 3);
  CHECK(figure(story.outcome, "water_short_l") == doctest::Approx(7 * 120 * 3 / 86400.0));
  CHECK(figure(story.outcome, "water_demand_l") == doctest::Approx((7 + 2) * 120 * 3 / 86400.0));
  story.outcome.context.water_per_day = 4.5, story.outcome.context.meals_per_day = 2;
  CHECK(figure(story.outcome, "water_demand_l") == doctest::Approx((7 + 2) * 120 * 4.5 / 86400.0));
  CHECK(figure(story.outcome, "meals_demand") == doctest::Approx((7 + 2) * 120 * 2 / 86400.0));
  CHECK(figure(story.outcome, "toilets_short") == 0);
  CHECK(std::isnan(figure(story.outcome, "meals_short")));
  CHECK(figure(story.outcome, "need_rescue_peak") == 6);
  CHECK(figure(story.outcome, "need_rescue_end") == 1);
}

TEST_CASE("districts add up to the city, people outside all of them included") {
  const Story story;
  const Table table = districts(story.outcome, 2);
  CHECK(table.get<std::int64_t>("residents") == std::vector<std::int64_t>{4, 4, 1});
  CHECK(table.get<std::int64_t>("told") == std::vector<std::int64_t>{4, 4, 0});
  CHECK(table.get<std::int64_t>("caught") == std::vector<std::int64_t>{3, 3, 1});
  CHECK(table.get<std::int64_t>("sheltered") == std::vector<std::int64_t>{1, 1, 0});
  CHECK(table.get<std::int64_t>("not_arrived") == std::vector<std::int64_t>{2, 3, 0});
  CHECK(table.get<double>("travel_p50_s")[0] == 300);
  CHECK(table.get<double>("leave_by_s")[1] == 600);
  CHECK(table.get<std::uint32_t>("shelter_1") == std::vector<std::uint32_t>{0, 1, kNoShelterRow});
  CHECK(table.get<std::int64_t>("shelter_1_persons") == std::vector<std::int64_t>{2, 4, 0});
}

TEST_CASE("the curves of the evacuation rise with everybody who is told, leaves and arrives") {
  const Story story;
  const Table curve = evacuation_curve(story.outcome, 250, 1000);
  CHECK(curve.get<double>("t_s") == std::vector<double>{0, 250, 500, 750, 1000});
  CHECK(curve.get<std::int64_t>("told") == std::vector<std::int64_t>{0, 7, 7, 8, 8});
  CHECK(curve.get<std::int64_t>("departed") == std::vector<std::int64_t>{0, 2, 4, 6, 6});
  CHECK(curve.get<std::int64_t>("sheltered") == std::vector<std::int64_t>{0, 0, 1, 2, 2});
  CHECK(curve.get<std::int64_t>("caught") == std::vector<std::int64_t>{0, 0, 0, 0, 7});
}

TEST_CASE("told, modes and stairs of the table of persons count before what events say") {
  Story story;
  TableSet tables = nine_fates();
  Table& p = tables["persons"];
  p.column<double>("told_s", "") = {100, 700, 100, 100, 100, 100, 100, kNone, 150};
  p.column<std::uint8_t>("mode", "") = {1, 1, 0, 0, 1, 2, 3, 4, 0};
  p.column<std::uint8_t>("vertical", "") = {0, 0, 1, 0, 2, 0, 0, 0, 3};
  story.outcome.add(tables);
  CHECK(figure(story.outcome, "told_share") == doctest::Approx(8.0 / 9));
  CHECK(figure(story.outcome, "car_share") == doctest::Approx(2.0 / 6));
  CHECK(figure(story.outcome, "vertical_own") == 2);
  CHECK(figure(story.outcome, "vertical_nearby") == 1);
  CHECK(cause_of(story.outcome, 8) == LateCause::stayed);
}

TEST_CASE("an outcome fed piece by piece equals one fed with the whole") {
  Story whole;
  Outcome pieces{whole.outcome.context};
  TableSet tables = nine_fates();
  const Table persons = tables.at("persons");
  tables.erase("persons");
  const Table& events = tables.at("events");
  for (std::size_t row = 0; row < events.rows(); ++row) {
    Events one;
    one.add(events.get<double>("t_s")[row], events.get<std::uint32_t>("person")[row],
            static_cast<Event::Kind>(events.get<std::uint8_t>("kind")[row]),
            events.get<std::uint32_t>("value")[row]);
    pieces.add(one.tables);
  }
  pieces.add({{"persons", persons}});
  const auto a = kpis(whole.outcome), b = kpis(pieces);
  for (std::size_t i = 0; i < a.size(); ++i) {
    CAPTURE(kpi_catalogue()[i].id);
    CHECK(((a[i] == b[i]) || (std::isnan(a[i]) && std::isnan(b[i]))));
  }
}
