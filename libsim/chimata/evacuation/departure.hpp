/// How long people take from their decision to the door. Private to this room.
#pragma once

#include "chimata/evacuation/evacuation.hpp"

namespace chimata {

/// Quantiles of the departure delay. Nobody is later than the model's `departure_latest`: the distribution is
/// cut there and what is left scaled to 1, so a uniform number u stands for the u * F(latest) quantile of the
/// whole law. The mean of those who leave is therefore a little below `departure_mean`.
class DepartureDelay {
 public:
  explicit DepartureDelay(const EvacuationModel& model);
  /// Delay of the person who drew `u` in (0, 1); grows with u.
  [[nodiscard]] Duration at(double u) const;

 private:
  [[nodiscard]] double quantile(double u) const;  // s

  DepartureLaw law_;
  double mean_, sigma_;  // s; of the logarithm
  Duration latest_;
  double kept_ = 1;  // share of the whole law that lies below the latest
};

}  // namespace chimata
