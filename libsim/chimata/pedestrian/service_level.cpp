#include "chimata/pedestrian/service_level.hpp"

#include <span>

namespace chimata::pedestrian {

namespace {

/// @param least_area  m² per person that A, B, C, D and E still have
ServiceLevel level(double density, std::span<const double, kServiceLevels - 1> least_area) {
  std::size_t level = 0;
  while (level < least_area.size() && density * least_area[level] > 1) ++level;
  return static_cast<ServiceLevel>(level);
}

}  // namespace

ServiceLevel level_of_service(double density) {
  static constexpr double kLeastArea[] = {3.25, 2.32, 1.39, 0.93, 0.46};
  return level(density, kLeastArea);
}

ServiceLevel queue_level_of_service(double density) {
  static constexpr double kLeastArea[] = {1.21, 0.93, 0.65, 0.28, 0.19};
  return level(density, kLeastArea);
}

}  // namespace chimata::pedestrian
