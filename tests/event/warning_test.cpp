#include <algorithm>
#include <cmath>

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
  const auto alone = EventTown{}.run();
  CHECK(column<double>(tables, "visitors", "home_s") == column<double>(alone, "visitors", "home_s"));
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

TEST_CASE("who does not heed the warning goes home, and stays") {
  WarnedTown town;
  town.evacuation.compliance = 0;
  const TableSet tables = town.run();
  CHECK(in_state(tables, PersonState::home) == 50);
  CHECK(with_phase(tables, 0) == 40);
}

TEST_CASE("an order before the event keeps people at home or in the shelter, and on the way turns them round") {
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
  const auto whole = town.kernel(1);
  whole->run_until(kStart + std::chrono::minutes(90));
  for (const int threads : {2, 4}) {
    const auto other = town.kernel(threads);
    other->run_until(kStart + std::chrono::minutes(90));
    CHECK(other->hash() == whole->hash());
  }
  for (const int second : {40 * 60, 65 * 60 + 2, 67 * 60, 73 * 60}) {
    const auto before = town.kernel(1);
    before->run_until(kStart + std::chrono::seconds(second));
    const auto after = town.kernel(2);
    after->restore(before->snapshot());
    after->run_until(kStart + std::chrono::minutes(90));
    CAPTURE(second);
    CHECK(after->hash() == whole->hash());
  }
}
