/// A street that ends in a meadow where an event is held, and people who live along it.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#include "chimata/driving/driving.hpp"
#include "chimata/event/event.hpp"
#include "chimata/hazard/smoke.hpp"
#include "chimata/pedestrian/crowds.hpp"
#include "chimata/simulation/kernel.hpp"
#include "chimata/walking/walking.hpp"
#include "support/small_city.hpp"

namespace chimata::testing {

/// Nodes every 100 m from west to east; the border of the meadow lies 50 m before the last one.
struct EventTown {
  EventTown() {
    model.at = "meadow";
    model.start = kStart + std::chrono::minutes(60);
    model.end = kStart + std::chrono::minutes(70);
    model.arrive_from = std::chrono::minutes(30);
    model.release = std::chrono::minutes(5);
    model.attendance = 40;
  }

  EventModel model;
  CrowdModel crowds;
  DrivingModel driving;
  FordingModel fording;
  std::size_t residents = 50, riders = 0;
  std::size_t drivers = 0;  ///< people in cars, who enter at the western end
  NodeId park{1u};          ///< where they leave them
  std::uint32_t spaces = 100;
  float pace = 1;  ///< of cars on their way in, as a share of the street's speed
  double speed = 1.25;
  double width = 4,
         neck = 0;    ///< m, of the street, and of its last piece but one before the meadow; 0: the same
  double west = 450;  ///< m, edge of the meadow
  int minutes = 120;
  std::vector<Closure> closed;                                  ///< besides what the event closes
  std::function<void(FocusArea&)> rebuild = [](FocusArea&) {};  ///< other gates than the street makes
  std::shared_ptr<const VisitorKinds> kinds = {};
  std::shared_ptr<const SmokeSeries> smoke;  ///< null: clean air
  pedestrian::SmokeModel smoke_effects;
  bool couples = false;  ///< residents of one home live together, two by two
  bool elderly = false;  ///< all are old: a warning of level 3 is meant for them

  [[nodiscard]] Network street() const {
    NetworkBuilder builder;
    for (int i = 0; i < 6; ++i) builder.add_node({i * 100.0, 0});
    for (std::uint32_t i = 0; i < 5; ++i) {
      builder.add_segment(
          {.from = NodeId{i}, .to = NodeId{i + 1}, .width = i == 3 && neck > 0 ? neck : width});
    }
    return builder.build();
  }

  /// Households of persons i and i + 3, who live at the same node.
  static void pair_up(Population& people) {
    Households pairs;
    pairs.first.push_back(0);
    for (std::uint32_t p = 0; p + 3 < people.size(); ++p) {
      if (p % 6 >= 3) continue;
      for (const std::uint32_t member : {p, p + 3}) {
        people.household[PersonId{member}] = HouseholdId{static_cast<std::uint32_t>(pairs.size())};
        pairs.members.push_back(PersonId{member});
      }
      pairs.first.push_back(static_cast<std::uint32_t>(pairs.members.size()));
      pairs.dwelling.push_back(people.home[PersonId{p}]);
      pairs.dwelling_node.push_back(people.home_node[PersonId{p}]);
      pairs.access_distance.push_back(0);
    }
    pairs.cars.assign(pairs.size(), 0);
    pairs.upper_floor.assign(pairs.size(), 0);
    pairs.in_collapse_zone.assign(pairs.size(), 0);
    pairs.supplies_h.assign(pairs.size(), 0);
    people.households = std::move(pairs);
  }

  [[nodiscard]] std::shared_ptr<World> world(Seed seed = Seed{1}) const {
    auto world = std::make_shared<World>();
    auto network = std::make_shared<const Network>(street());
    auto people = std::make_shared<Population>();
    for (std::size_t i = 0; i < residents + riders + drivers; ++i) {
      const NodeId home{static_cast<std::uint32_t>(i < residents ? i % 3 : 0)};
      people->home.push_back(network->position[home]);
      people->home_node.push_back(home);
      people->access_distance.push_back(0);
      people->zone.push_back(ZoneId::none());
      people->age.push_back(elderly ? 75 : 35);
      people->person_class.push_back(elderly ? PersonClass::elderly : PersonClass::adult);
      people->free_speed.push_back(static_cast<float>(speed));
    }
    live_alone(*people);
    if (couples) pair_up(*people);
    FocusPlan plan{"meadow", "meadow", rectangle(west, -30, 550, 30), {500, 0}};
    plan.first_goal = static_cast<std::uint32_t>(network->node_count());
    world->areas.push_back(focus_area(*network, plan));
    rebuild(world->areas.front());
    world->closures = closures_of(world->areas.front(), {kStart, kNever});
    world->closures.insert(world->closures.end(), closed.begin(), closed.end());
    std::stable_sort(world->closures.begin(), world->closures.end(), kByLinkAndTime);
    world->link_changes = {{.link = LinkId{0u}, .when = {kStart, kNever}, .speed_factor = pace}};
    world->samples = std::make_shared<const SegmentSamples>(sample_segments(*network));
    world->network = std::move(network);
    world->people = std::move(people);
    world->random = Random{seed};
    world->end = kStart + std::chrono::minutes(minutes);
    return world;
  }

  [[nodiscard]] EventSetting setting() const {
    EventSetting setting;
    setting.visitors.residents = residents;
    setting.visitors.kinds = kinds;
    if (drivers == 0) return setting;
    setting.visitors.by_car_from = residents + riders;
    setting.driving = 3;
    setting.visitors.car_parks = {{park, park, 20, spaces}};
    return setting;
  }

  [[nodiscard]] std::unique_ptr<Kernel> kernel(int threads = 1) const {
    const auto town = world();
    auto fields = std::make_shared<Fields>();
    std::vector<std::unique_ptr<Process>> processes;
    std::unique_ptr<Process> air;  // made before those who read its fields
    if (smoke) air = make_smoke(smoke, {}, cells_of(town->areas), *fields);
    EventSetting event = setting();
    event.smoke = fields->find("smoke.areas");
    processes.push_back(make_event(town, model, event));
    processes.push_back(make_walking(town, {}, {}, *fields, kGiver));
    processes.push_back(make_crowds(town, crowds, {}, *fields, kGiver, kinds, smoke_effects));
    if (drivers > 0) processes.push_back(make_driving(town, driving, fording, {}, *fields, kGiver));
    if (air) processes.push_back(std::move(air));
    KernelOptions options;
    options.threads = threads;
    return std::make_unique<Kernel>(town, fields, std::move(processes), options);
  }

  /// Runs to the end; the ledger counts everybody twice every minute.
  [[nodiscard]] TableSet run() const {
    const auto kernel = this->kernel();
    kernel->run_until(kStart + std::chrono::minutes(minutes));
    static_cast<void>(kernel->census());
    return kernel->finish();
  }
};

/// A town's run gives the same bits on any number of threads, and after a snapshot at any of these moments.
template <class Town>
void check_goes_on_bit_for_bit(const Town& town, Duration length, std::initializer_list<Duration> moments) {
  const auto whole = town.kernel(1);
  whole->run_until(kStart + length);
  for (const int threads : {2, 4}) {
    const auto other = town.kernel(threads);
    other->run_until(kStart + length);
    CHECK(other->hash() == whole->hash());
  }
  for (const Duration moment : moments) {
    const auto before = town.kernel(1);
    before->run_until(kStart + moment);
    const auto after = town.kernel(2);
    after->restore(before->snapshot());
    after->run_until(kStart + length);
    CAPTURE(seconds(moment));
    CHECK(after->hash() == whole->hash());
  }
}

}  // namespace chimata::testing
