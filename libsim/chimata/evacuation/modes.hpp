/// Who leaves by car. Private to this room.
#pragma once

#include "chimata/evacuation/plan.hpp"

namespace chimata {

/// Probability that a household that could drive does so.
///
/// ModeLaw::share: `car_share`. ModeLaw::distance: 1 / (1 + exp(-(car_constant + car_per_km * km))), km being
/// the way on foot to the nearest usable shelter.
[[nodiscard]] double car_probability(const EvacuationModel& model, double metres);

/// Marks the parties that drive. A party could drive if it leaves for a shelter, its household still has a
/// car, a member may drive, and there are seats for all in as many cars as there are drivers. The share of
/// car users among all households that leave is therefore `car_share` times the share of those that could
/// drive.
void choose_modes(const Population& people, const Random& random, const EvacuationModel& model,
                  const Destinations& destinations, Plan& plan);

}  // namespace chimata
