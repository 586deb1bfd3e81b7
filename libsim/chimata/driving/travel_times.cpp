#include "chimata/driving/travel_times.hpp"

#include <algorithm>

namespace chimata::driving {

TravelTimes::TravelTimes(const Traffic& traffic, double keep)
    : keep_(keep), seconds_(traffic.roads.size(), 0), left_(traffic.roads.size(), 0) {
  for (std::size_t l = 0; l < seconds_.size(); ++l) {
    seconds_[l] = static_cast<float>(traffic.roads[LinkId{l}].free_time);
  }
}

void TravelTimes::update(Traffic& traffic, double now) {
  for (std::size_t l = 0; l < seconds_.size(); ++l) {
    const LinkId link{l};
    LinkQueue& queue = traffic.queues[link];
    const double free = traffic.roads[link].free_time;
    double time = free;
    if (queue.left != left_[l]) {
      time = queue.travel_sum / (queue.left - left_[l]);
    } else if (traffic.present(link) > 0) {
      time = now - traffic.vehicles[traffic.slot(link, 0).vehicle].since;
    }
    const double before = std::max(free, double{seconds_[l]});
    seconds_[l] = static_cast<float>(keep_ * before + (1 - keep_) * std::max(time, free));
    queue.travel_sum = 0;
    left_[l] = queue.left;
  }
}

LinkCosts TravelTimes::costs(const Network& network) const {
  LinkCosts costs(seconds_.size(), kClosed);
  for (std::size_t l = 0; l < seconds_.size(); ++l) {
    const LinkId link{l};
    if (!network.allows(link, kCar) || network.lanes[link] == 0 || !(network.speed[link] > 0)) continue;
    const double ms = double{seconds_[l]} * 1000 + 0.5;
    costs[link] = static_cast<Cost>(std::clamp(ms, 1.0, double{kClosed} - 1));
  }
  return costs;
}

void TravelTimes::save(SnapshotWriter& out) const {
  out.put("travel_time", seconds_);
  out.put("travel_left", left_);
}

void TravelTimes::load(const SnapshotReader& in) {
  in.get("travel_time", seconds_);
  in.get("travel_left", left_);
}

}  // namespace chimata::driving
