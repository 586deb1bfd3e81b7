/// The smallest world a kernel can run in: one street, a few people.
#pragma once

#include <memory>

#include "chimata/mobility/world.hpp"
#include "chimata/network/builder.hpp"

namespace chimata::testing {

/// `people` adults at the west end of one street of 100 m.
inline std::shared_ptr<const World> toy_world(std::size_t people, Time end = time_of(3600)) {
  NetworkBuilder builder;
  const NodeId west = builder.add_node({0, 0}), east = builder.add_node({100, 0});
  builder.add_segment({.from = west, .to = east, .width = 2.0});
  auto network = std::make_shared<const Network>(builder.build());
  auto population = std::make_shared<Population>();
  for (std::size_t i = 0; i < people; ++i) {
    population->home.push_back({0, 0});
    population->home_node.push_back(west);
    population->access_distance.push_back(0);
    population->zone.push_back(ZoneId::none());
    population->age.push_back(40);
    population->person_class.push_back(PersonClass::adult);
    population->free_speed.push_back(1.25f);
  }
  auto world = std::make_shared<World>();
  world->network = network;
  world->people = population;
  world->samples = std::make_shared<const SegmentSamples>(sample_segments(*network));
  world->end = end;
  return world;
}

}  // namespace chimata::testing
