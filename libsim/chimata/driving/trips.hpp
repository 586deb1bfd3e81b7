/// Trips as they stand: what the journal is told of cars.
#pragma once

#include <vector>

#include "chimata/driving/journal.hpp"
#include "chimata/driving/riders.hpp"
#include "chimata/driving/waters.hpp"

namespace chimata::driving {

/// Reads off traffic, riders and water, which must outlive it, how far everybody is.
class Trips {
 public:
  Trips(const Traffic& traffic, const Riders& riders, const Waters& waters)
      : traffic_(traffic), riders_(riders), waters_(waters) {}

  /// The trip so far of a car that is `along` metres from the tail of `last`.
  [[nodiscard]] TripRecord of(VehicleRow row, double end, LinkId last, double along, Outcome outcome) const;
  /// Of all who are still on the way, beside the road or on it.
  [[nodiscard]] std::vector<TripRecord> open(double now) const;
  /// Valid as long as this is.
  [[nodiscard]] Journal::Places places(double now) const;

 private:
  const Traffic& traffic_;
  const Riders& riders_;
  const Waters& waters_;
};

}  // namespace chimata::driving
