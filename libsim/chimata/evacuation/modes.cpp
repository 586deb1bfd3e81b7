#include "chimata/evacuation/modes.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/fast_math.hpp"

namespace chimata {

namespace {
constexpr Purpose kMode{"evacuation.mode"};
}

double car_probability(const EvacuationModel& model, double metres) {
  if (model.mode == ModeLaw::share) return model.car_share;
  if (!std::isfinite(metres)) return 1;  // no way on foot
  return 1 / (1 + fast::exp(-(model.car_constant + model.car_per_km * metres / 1000)));
}

void choose_modes(const Population& people, const Random& random, const EvacuationModel& model,
                  const Destinations& destinations, Plan& plan) {
  if (model.car_ban || (model.mode == ModeLaw::share && model.car_share <= 0)) return;
  const auto metres = destinations.distances();
  auto cars = people.households.cars;
  for (PlannedParty& party : plan.parties) {
    if (party.act != Act::leave) continue;
    const HouseholdId household = people.household[party.host];
    if (is_away(people, party.host) || cars[household] == 0) continue;
    const auto drivers = std::count_if(party.members.begin(), party.members.end(),
                                       [&](PersonId p) { return is_driver(people, p); });
    const auto needed =
        (static_cast<std::int64_t>(party.members.size()) + model.car_occupancy - 1) / model.car_occupancy;
    if (needed > std::min<std::int64_t>(cars[household], drivers)) continue;
    const double probability = car_probability(model, metres[meeting_node(people, party).value]);
    if (!(random.uniform(kMode, household.value) < probability)) continue;
    party.travel = Travel::driver;
    cars[household] = static_cast<std::uint8_t>(cars[household] - needed);
  }
}

}  // namespace chimata
