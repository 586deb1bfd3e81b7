#include "chimata/routing/costs.hpp"

#include <algorithm>
#include <string>

#include "chimata/core/error.hpp"

namespace chimata {
namespace {

template <class Speed>
LinkCosts travel_costs(const Network& network, ModeMask mode, const LinkFactor& factor, Speed&& speed_of) {
  LinkCosts costs(network.link_count(), kClosed);
  for (std::uint32_t row = 0; row < network.link_count(); ++row) {
    const LinkId link{row};
    if (!network.allows(link, mode)) continue;
    const double speed = speed_of(link);
    if (!(speed > 0)) {
      throw InputError("link " + std::to_string(row), "speed is " + std::to_string(speed) + " m/s",
                       "give a speed above 0, or close the link to this mode");
    }
    const double slower = factor ? factor(link) : 1.0;
    if (!(slower >= 0)) {
      throw InputError("link " + std::to_string(row), "factor of travel time is " + std::to_string(slower),
                       "give 1 for no change, infinity for a closed link");
    }
    const double milliseconds = network.length_of(link) / speed * slower * 1000.0 + 0.5;
    if (milliseconds < kClosed) costs[link] = std::max(static_cast<Cost>(milliseconds), Cost{1});
  }
  return costs;
}

}  // namespace

LinkCosts walking_costs(const Network& network, double speed, const LinkFactor& factor) {
  return travel_costs(network, kFoot, factor, [speed](LinkId) { return speed; });
}

LinkCosts cycling_costs(const Network& network, double speed, const LinkFactor& factor) {
  return travel_costs(network, kBicycle, factor, [speed](LinkId) { return speed; });
}

LinkCosts driving_costs(const Network& network, const LinkFactor& factor) {
  return travel_costs(network, kCar, factor,
                      [&network](LinkId link) { return static_cast<double>(network.speed[link]); });
}

}  // namespace chimata
