#include <doctest/doctest.h>

#include "evacuation/street_town.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

/// Everything that can be under way at once: people preparing, walking, at doors, waiting, cut off, caught.
StreetTown busy_town() {
  StreetTown town;
  for (std::uint32_t node = 0; node < 20; ++node) {
    town.add_people(node, 6, static_cast<PersonClass>(node % 4));
    town.people.access_distance.back() = 30;
  }
  town.add_place(8, 20, true, 70);
  town.add_place(12, 15, true, 10);
  town.add_place(19, 5);
  town.model.departure = DepartureLaw::rayleigh;
  town.model.departure_mean = duration_of(700);
  town.model.elderly_at = time_of(30);
  town.model.order_at = time_of(400);
  town.model.retry_every = duration_of(90);
  return town;
}

/// Households with cars, helpers, crews, people elsewhere and upper floors, told by channels.
StreetTown lively_town() {
  using enum PersonClass;
  StreetTown town;
  for (std::uint32_t node = 0; node < 20; ++node) {
    town.add_household(node, {adult, adult, child, elderly}, 1, node % 3 == 0 ? 3.0f : 0.0f);
    town.add_household(node, {impaired});
    town.add_household(node, {adult}, 0);
    town.people.home_node[PersonId{6u * node + 1}] = NodeId{19 - node};
  }
  town.add_place(8, 30, true, 70).parking = 4;
  town.add_place(12, 25, true, 10).parking = 2;
  town.add_place(19, 20).floor = 4;
  town.cars_run = true;
  town.model.reception = ReceptionLaw::channels;
  town.model.departure = DepartureLaw::rayleigh;
  town.model.departure_mean = duration_of(500);
  town.model.compliance = 0.7;
  town.model.vertical_share = 0.2;
  town.model.car_share = 0.5;
  town.model.helper_share = 0.5;
  town.model.crews = 2;
  town.model.shelter_info = true;
  town.model.informed = 0.5;
  town.model.water_seen_share = 0.5;
  town.model.casualties = CasualtyLaw::depth;
  town.model.wait_for_away = duration_of(400);
  town.model.urgent_at = time_of(1500);
  town.model.retry_every = duration_of(90);
  return town;
}

void disturb(Drill& drill) {
  drill.walking.blocked_after = 10;
  for (std::size_t p = 0; p < 30; ++p) drill.set_depth("depth.homes", p, 0.6f);
}

Snapshot saved(const Drill& drill) {
  Snapshot snapshot;
  SnapshotWriter out{snapshot, "evacuation"};
  drill.service->save(out);
  return snapshot;
}

}  // namespace

TEST_CASE("a service that was saved and loaded goes on as if it had not been") {
  for (const bool lively : {false, true})
    for (const double moment : {0.0, 35.0, 700.0, 1201.0, 2000.0, 2500.0}) {
      const StreetTown town = lively ? lively_town() : busy_town();
      Drill whole{town}, resumed{town};
      disturb(whole);
      disturb(resumed);
      whole.run(moment);
      resumed.run(moment);
      const Snapshot snapshot = saved(whole);
      Drill fresh{town};
      fresh.service->load(SnapshotReader{snapshot, "evacuation"});
      CHECK(saved(fresh) == snapshot);

      // the second drill's service is replaced by one that reads the same fields and was loaded
      resumed.service = resumed.make();
      resumed.service->load(SnapshotReader{snapshot, "evacuation"});
      whole.run(3000);
      resumed.run(3000);
      CHECK(saved(whole) == saved(resumed));
      REQUIRE(whole.events.size() == resumed.events.size());
      for (std::size_t i = 0; i < whole.events.size(); ++i) {
        CHECK(whole.events[i].time == resumed.events[i].time);
        CHECK(whole.events[i].value == resumed.events[i].value);
      }
    }
}

TEST_CASE("the busy town really is in many states at once") {
  Drill drill{busy_town()};
  disturb(drill);
  drill.run(1201);
  for (const auto s : {PersonState::preparing, PersonState::travelling, PersonState::sheltered,
                       PersonState::cut_off, PersonState::caught_at_home}) {
    INFO(name_of(s));
    CHECK(drill.in(s) > 0);
  }
}

TEST_CASE("a shelter closed from now on changes where people go, not who leaves when, with whom and how") {
  using enum PersonClass;
  StreetTown town;
  for (std::uint32_t node = 1; node < 8; ++node) {
    town.add_household(node, {elderly, impaired}, 1);
    town.people.can_drive[PersonId{town.people.size() - 2}] = 1;
    town.add_household(node, {adult});
    town.add_household(node, {adult});
  }
  town.add_place(4, 100).parking = 10;
  town.add_place(20, 100).parking = 10;
  town.cars_run = true;
  town.model.mode = ModeLaw::distance;
  town.model.car_constant = -20;
  town.model.car_per_km = 20;  // to the near shelter everybody walks, to the far one they drive
  town.model.helper_share = 1;
  town.model.compliance = town.model.elderly_compliance = 0.7;
  town.model.departure = DepartureLaw::uniform;
  town.model.departure_mean = duration_of(600);
  town.model.order_at = time_of(100);
  StreetTown closed = town;
  closed.shelters[0].capacity = 0;
  Drill whole{town}, forked{town}, plan{closed};
  whole.run(150);
  forked.run(150);
  forked.service = plan.make();
  forked.service->load(SnapshotReader{saved(whole), "evacuation"});
  whole.run_to_end();
  forked.run_to_end();
  for (const char* column : {"warned_s", "departed_s"}) {
    const auto as_planned = whole.persons<double>(column), after = forked.persons<double>(column);
    for (std::size_t p = 0; p < as_planned.size(); ++p) {
      CAPTURE(p);
      CHECK((as_planned[p] == after[p] || (std::isnan(as_planned[p]) && std::isnan(after[p]))));
    }
  }
  CHECK(whole.persons<std::uint32_t>("helper") == forked.persons<std::uint32_t>("helper"));
  CHECK(whole.in(PersonState::sheltered) == forked.in(PersonState::sheltered));
}
