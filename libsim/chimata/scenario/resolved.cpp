#include "chimata/scenario/resolved.hpp"

namespace chimata {

std::shared_ptr<const World> Scenario::Resolved::world(Seed seed) const {
  auto world = std::make_shared<World>();
  world->network = {city, &city->network};  // shares the city's life
  world->people = people;
  world->samples = samples;
  world->closures = closures;
  world->link_changes = link_changes;
  world->areas = areas;
  world->random = Random{seed};
  world->end = end;
  return world;
}

}  // namespace chimata
