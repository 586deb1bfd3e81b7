#include "chimata/pedestrian/exposure.hpp"

#include <algorithm>

#include "chimata/core/fast_math.hpp"

namespace chimata::pedestrian {

double smoke_factor(const SmokeModel& model, double extinction, double speed) {
  if (!(extinction > 0)) return 1;
  if (model.law == SmokeLaw::frantzich_nilsson) return std::max(0.1, 1 - 0.057 / 0.706 * extinction);
  const double least = speed > 0 ? std::min(1.0, model.least_speed / speed) : 1;
  return std::max(least, 1 - 0.5 * extinction);
}

double dose_rate(const Air& air) {
  double rate = 0;
  if (air.co > 0) {
    const double breathing = fast::exp(0.193 * air.co2 + 2.0004) / 7.1;
    rate += 4.607e-7 * fast::exp(1.036 * fast::log(air.co)) * breathing;
  }
  if (air.o2 < 20) rate += 1 / (60 * fast::exp(8.13 - 0.54 * (20.9 - air.o2)));
  return rate;
}

}  // namespace chimata::pedestrian
