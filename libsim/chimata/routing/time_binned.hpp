/// Costs that depend on the time of day.
#pragma once

#include <vector>

#include "chimata/core/time.hpp"
#include "chimata/routing/travel_cost.hpp"

namespace chimata {

/// The cost of every link at moments `width` apart; in a straight line between two of them, as at the first
/// before it and as at the last after it.
///
/// Who enters a link later never leaves it earlier: where the given costs fall faster than time passes,
/// later ones are raised to the least that keeps this true. Whole milliseconds, rounded down.
class TimeBinnedCosts {
 public:
  /// @throws InputError if there is no moment, `width` is not positive, sizes differ, or a link is closed at
  ///         some moments only: closures have times of their own, see `Closures`
  TimeBinnedCosts(Time first, Duration width, std::vector<LinkCosts> at);

  [[nodiscard]] std::size_t moments() const { return at_.size(); }
  [[nodiscard]] const LinkCosts& at_moment(std::size_t i) const { return at_[i]; }
  /// The last moment not after `time`; the first if there is none.
  [[nodiscard]] std::size_t moment_of(Time time) const;
  /// Cost of a link for who enters it at `time`, ms; kClosed if it is closed.
  [[nodiscard]] Cost cost(LinkId link, Time time) const;
  /// The mean over the time between moment `i` and the next.
  [[nodiscard]] LinkCosts mean_from(std::size_t i) const;

 private:
  Time first_;
  Duration width_;
  std::vector<LinkCosts> at_;
};

}  // namespace chimata
