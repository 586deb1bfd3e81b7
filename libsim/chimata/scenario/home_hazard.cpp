#include "chimata/hazard/hazard_map.hpp"
#include "chimata/scenario/resolved.hpp"

namespace chimata {

namespace {

HomeHazard at_homes(const HazardMap& map) {
  HomeHazard hazard;
  hazard.depth_max.assign(map.greatest_depth.begin(), map.greatest_depth.end());
  for (const Duration lasting : map.duration)
    hazard.duration_h.push_back(static_cast<float>(seconds(lasting) / 3600));
  return hazard;
}

}  // namespace

std::shared_ptr<const HomeHazard> Scenario::Resolved::home_hazard() const {
  if (depths == nullptr) return nullptr;
  std::call_once(hazard_computed, [&] {
    const auto flood = filled(flood_parameters(), settings);
    hazard = std::make_shared<const HomeHazard>(at_homes(hazard_map(*depths, people->home, {}, flood)));
  });
  return hazard;
}

}  // namespace chimata
