#include "chimata/pedestrian/standstill.hpp"

#include <cmath>

namespace chimata::pedestrian {

void count_standstill(const Crowd& crowd, const std::vector<double>& left, double every_s,
                      Column<PersonId, Plan>& plans) {
  constexpr double kStands = 0.1;  // of the way that they want to make, or less (C)
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    Plan& plan = plans[crowd.person()[row]];
    const double wanted = every_s * double{crowd.speed()[row]} * double{crowd.speed_factor()[row]};
    // not by their velocity: they tread back and forth
    const bool walks = left[row] >= 0 && left[row] < INFINITY && wanted > 0;
    plan.stood = walks && std::fabs(plan.closest - left[row]) < kStands * wanted ? plan.stood + 1 : 0;
    if (walks) plan.closest = left[row];
  }
}

}  // namespace chimata::pedestrian
