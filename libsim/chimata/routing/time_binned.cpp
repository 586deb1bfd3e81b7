#include "chimata/routing/time_binned.hpp"

#include <algorithm>
#include <string>

#include "chimata/core/error.hpp"

namespace chimata {

TimeBinnedCosts::TimeBinnedCosts(Time first, Duration width, std::vector<LinkCosts> at)
    : first_(first), width_(width), at_(std::move(at)) {
  if (at_.empty()) throw InputError("costs by time", "there is no moment", "give the costs of at least one");
  if (width_ <= Duration{0}) {
    throw InputError("costs by time", "moments are " + std::to_string(width_.count()) + " ms apart",
                     "give more than 0");
  }
  for (std::size_t i = 1; i < at_.size(); ++i) {
    if (at_[i].size() != at_[0].size()) {
      throw InputError("costs by time, moment " + std::to_string(i),
                       "there are " + std::to_string(at_[i].size()) + " costs, " +
                           std::to_string(at_[0].size()) + " at the first",
                       "give one per link");
    }
    for (std::uint32_t row = 0; row < at_[0].size(); ++row) {
      const Cost before = at_[i - 1].at(row);
      Cost& now = at_[i].at(row);
      if ((before == kClosed) != (now == kClosed)) {
        throw InputError("link " + std::to_string(row), "is closed at some moments only",
                         "give it a cost at all of them and close it by a closure");
      }
      if (now < before && before - now > width_.count()) now = before - static_cast<Cost>(width_.count());
    }
  }
}

std::size_t TimeBinnedCosts::moment_of(Time time) const {
  if (time <= first_) return 0;
  return std::min<std::size_t>(static_cast<std::size_t>((time - first_) / width_), at_.size() - 1);
}

Cost TimeBinnedCosts::cost(LinkId link, Time time) const {
  const std::size_t i = moment_of(time);
  const Cost here = at_[i][link];
  if (i + 1 == at_.size() || time <= first_ || here == kClosed) return here;
  const std::int64_t since = (time - first_ - width_ * static_cast<std::int64_t>(i)).count();
  const std::int64_t rise = (std::int64_t{at_[i + 1][link]} - here) * since, width = width_.count();
  const std::int64_t down = rise >= 0 ? rise / width : -((-rise + width - 1) / width);
  return static_cast<Cost>(here + down);
}

LinkCosts TimeBinnedCosts::mean_from(std::size_t i) const {
  LinkCosts mean = at_[i];
  if (i + 1 == at_.size()) return mean;
  for (std::uint32_t row = 0; row < mean.size(); ++row) {
    if (mean.at(row) == kClosed) continue;
    mean.at(row) = static_cast<Cost>((PathCost{mean.at(row)} + at_[i + 1].at(row)) / 2);
  }
  return mean;
}

}  // namespace chimata
