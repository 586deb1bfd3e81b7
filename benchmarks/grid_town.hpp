/// The town of the benchmarks: streets of 100 m on a square grid, 4 m wide, 30 people per node unless said.
#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "chimata/driving/driving.hpp"
#include "chimata/evacuation/evacuation.hpp"
#include "chimata/network/builder.hpp"
#include "chimata/simulation/kernel.hpp"
#include "chimata/walking/walking.hpp"

namespace chimata::bench {

inline Network grid(std::uint32_t side) {
  NetworkBuilder builder;
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x) builder.add_node({100.0 * x, 100.0 * y});
  }
  const auto street = [&](std::uint32_t a, std::uint32_t b) {
    builder.add_segment({.from = NodeId{a}, .to = NodeId{b}, .width = 4.0});
  };
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x) {
      if (x + 1 < side) street(y * side + x, y * side + x + 1);
      if (y + 1 < side) street(y * side + x, y * side + x + side);
    }
  }
  return builder.build();
}

/// Couples with a car each, both with a licence.
inline void pair_up(Population& people, const Network& network) {
  Households& households = people.households;
  households.first.push_back(0);
  for (std::uint32_t i = 0; i < people.size(); i += 2) {
    const NodeId home = people.home_node[PersonId{i}];
    const HouseholdId household{static_cast<std::uint32_t>(households.size())};
    for (std::uint32_t p = i; p < std::min<std::size_t>(i + 2, people.size()); ++p) {
      people.home_node[PersonId{p}] = home;
      people.home[PersonId{p}] = network.position[home];
      people.household.push_back(household);
      people.can_drive.push_back(1);
      people.needs_help.push_back(0);
      households.members.push_back(PersonId{p});
    }
    households.first.push_back(static_cast<std::uint32_t>(households.members.size()));
    households.dwelling.push_back(network.position[home]);
    households.dwelling_node.push_back(home);
    households.access_distance.push_back(20);
    households.cars.push_back(1);
    households.upper_floor.push_back(0);
    households.in_collapse_zone.push_back(0);
    households.supplies_h.push_back(0);
  }
}

inline std::uint32_t side_for(std::size_t people) {
  return static_cast<std::uint32_t>(std::ceil(std::sqrt(static_cast<double>(people) / 30)));
}

inline std::shared_ptr<World> grid_world(std::size_t people, std::uint32_t side, bool cars = false) {
  auto world = std::make_shared<World>();
  world->network = std::make_shared<const Network>(grid(side));
  auto population = std::make_shared<Population>();
  for (std::uint32_t i = 0; i < people; ++i) {
    const NodeId home{i % (side * side)};
    population->home.push_back(world->network->position[home]);
    population->home_node.push_back(home);
    population->access_distance.push_back(20);
    population->zone.push_back(ZoneId::none());
    population->age.push_back(40);
    population->person_class.push_back(PersonClass::adult);
    population->free_speed.push_back(0.9f + 0.001f * static_cast<float>(i % 800));
  }
  if (cars) pair_up(*population, *world->network);
  world->people = population;
  world->samples = std::make_shared<const SegmentSamples>(sample_segments(*world->network));
  world->random = Random{Seed{1}};
  world->end = time_of(7200);
  return world;
}

inline std::shared_ptr<World> grid_world(std::size_t people) {
  return grid_world(people, side_for(people));
}

/// One with room enough per 400 nodes.
inline std::vector<ShelterPlan> grid_shelters(const Network& network) {
  std::vector<ShelterPlan> shelters;
  for (std::uint32_t n = 210; n < network.node_count(); n += 400) {
    const Point place = network.position[NodeId{n}];
    shelters.push_back({"S" + std::to_string(n), "", place, 1'000'000, kAnyHazard, {NodeId{n}, 0}});
    shelters.back().parking = 1'000'000;
  }
  if (shelters.empty()) shelters.push_back({"S0", "", {0, 0}, 1'000'000, kAnyHazard, {NodeId{0u}, 0}});
  return shelters;
}

/// Everybody told at once, leaving over the first hour; `car_share` of the households by car.
inline Kernel grid_evacuation(const std::shared_ptr<World>& world, KernelOptions options,
                              double car_share = 0) {
  auto fields = std::make_shared<Fields>();
  EvacuationModel model;
  model.compliance = 1;
  std::vector<std::unique_ptr<Process>> processes;
  model.car_share = car_share;
  std::unique_ptr<Process> driving;
  if (car_share > 0) driving = make_driving(world, {}, {}, {}, *fields, 0);
  EvacuationSetting setting{.walking = 1};
  if (driving) setting.driving = 2;
  processes.push_back(
      make_evacuation(world, Zones{}, grid_shelters(*world->network), model, {}, *fields, setting));
  processes.push_back(make_walking(world, {}, {}, *fields, 0));
  if (driving) processes.push_back(std::move(driving));
  return Kernel(world, fields, std::move(processes), options);
}

}  // namespace chimata::bench
