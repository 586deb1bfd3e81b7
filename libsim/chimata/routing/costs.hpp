/// Link costs from lengths and speeds.
#pragma once

#include <functional>

#include "chimata/network/network.hpp"
#include "chimata/routing/travel_cost.hpp"

namespace chimata {

/// By how much a link takes longer than at plain speed: stairs, slope, water. 1 changes nothing,
/// infinity closes the link.
using LinkFactor = std::function<double(LinkId)>;

/// Time on foot at `speed` m/s over every link open to people on foot, times `factor` if there is one.
///
/// Rounded to the nearest millisecond, at least 1. All other links are closed.
/// @throws InputError if the speed is not positive or a factor is negative or not a number
[[nodiscard]] LinkCosts walking_costs(const Network& network, double speed, const LinkFactor& factor = {});

/// As `walking_costs`, over the links open to bicycles.
[[nodiscard]] LinkCosts cycling_costs(const Network& network, double speed, const LinkFactor& factor = {});

/// Time at each link's own speed, over the links open to cars.
[[nodiscard]] LinkCosts driving_costs(const Network& network, const LinkFactor& factor = {});

}  // namespace chimata
