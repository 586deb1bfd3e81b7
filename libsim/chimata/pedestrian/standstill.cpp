#include "chimata/pedestrian/standstill.hpp"

#include <cmath>

namespace chimata::pedestrian {

void count_standstill(const Crowd& crowd, const std::vector<double>& left, double every_s,
                      Column<PersonId, Plan>& plans, Arena& arena) {
  constexpr double kStands = 0.1;  // of the way that they want to make, or less (C)
  constexpr std::size_t kRowsPerBlock = 1024;
  arena.for_blocks(crowd.size(), kRowsPerBlock, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      Plan& plan = plans[crowd.person()[row]];
      const double wanted = every_s * double{crowd.speed()[row]} * double{crowd.speed_factor()[row]};
      // not by their velocity: they tread back and forth
      const bool walks = left[row] >= 0 && left[row] < INFINITY && wanted > 0;
      plan.stood_s = walks && plan.closest - left[row] < kStands * wanted ? plan.stood_s + every_s : 0;
      if (walks) plan.closest = left[row];
    }
  });
}

}  // namespace chimata::pedestrian
