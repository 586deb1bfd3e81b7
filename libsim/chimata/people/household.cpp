#include "chimata/people/household.hpp"

#include "chimata/people/population.hpp"

namespace chimata {

void live_alone(Population& people) {
  const std::size_t n = people.size();
  Households alone;
  people.household.resize(n);
  for (std::uint32_t p = 0; p <= n; ++p) alone.first.push_back(p);
  for (std::uint32_t p = 0; p < n; ++p) {
    people.household[PersonId{p}] = HouseholdId{p};
    alone.members.push_back(PersonId{p});
    alone.dwelling.push_back(people.home[PersonId{p}]);
    alone.dwelling_node.push_back(people.home_node[PersonId{p}]);
    alone.access_distance.push_back(people.access_distance[PersonId{p}]);
  }
  alone.cars.assign(n, 0);
  alone.upper_floor.assign(n, 0);
  alone.in_collapse_zone.assign(n, 0);
  alone.supplies_h.assign(n, 0);
  people.can_drive.assign(n, 0);
  people.needs_help.assign(n, 0);
  people.households = std::move(alone);
}

}  // namespace chimata
