#include "chimata/evacuation/departure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "chimata/core/fast_math.hpp"

namespace chimata {

DepartureDelay::DepartureDelay(const EvacuationModel& model)
    : law_(model.departure),
      mean_(seconds(model.departure_mean)),
      sigma_(model.departure_sigma),
      latest_(model.departure_latest) {
  if (mean_ <= 0 || latest_ <= Duration{0}) law_ = DepartureLaw::immediate;
  if (law_ == DepartureLaw::immediate) return;
  // the share below the latest is the root of an ascending function: halve until nothing moves
  double low = 0, high = 1;
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (low + high);
    if (middle == 0 || middle == 1) break;
    (quantile(middle) <= seconds(latest_) ? low : high) = middle;
  }
  kept_ = high;
}

double DepartureDelay::quantile(double u) const {
  switch (law_) {
    case DepartureLaw::rayleigh: {
      // mean = scale * sqrt(pi / 2)
      const double scale = mean_ * std::sqrt(2 / std::numbers::pi);
      return scale * std::sqrt(-2 * fast::log(1 - u));
    }
    case DepartureLaw::lognormal:
      // mean = exp(mu + sigma^2 / 2)
      return fast::exp(fast::log(mean_) - 0.5 * sigma_ * sigma_ + sigma_ * fast::normal_quantile(u));
    case DepartureLaw::uniform:
      return 2 * mean_ * u;
    case DepartureLaw::immediate:
      break;
  }
  return 0;
}

Duration DepartureDelay::at(double u) const {
  if (law_ == DepartureLaw::immediate) return Duration{0};
  return std::min(duration_of(quantile(u * kept_)), latest_);
}

}  // namespace chimata
