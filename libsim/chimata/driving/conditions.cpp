#include "chimata/driving/conditions.hpp"

#include <algorithm>

namespace chimata::driving {

Conditions::Conditions(std::shared_ptr<const World> world, const FordingModel& fording, Traffic& traffic,
                       const Field* depth, const Field* velocity, Field& delay)
    : crossings(traffic, delay),
      world_(std::move(world)),
      traffic_(traffic),
      waters_(*world_, fording, depth, velocity),
      bars_(traffic.roads.size(), 0) {
  const auto add = [&](LinkId link, Window when) {
    scheduled_.push_back(link);
    moments_.push_back(seconds(when.from));
    if (when.to != kNever) moments_.push_back(seconds(when.to));
  };
  for (const Closure& closure : world_->closures) {
    if ((closure.modes & kCar) != 0) add(closure.link, closure.when);
  }
  for (const LinkChange& change : world_->link_changes) add(change.link, change.when);
  std::sort(scheduled_.begin(), scheduled_.end());
  scheduled_.erase(std::unique(scheduled_.begin(), scheduled_.end()), scheduled_.end());
  std::erase_if(scheduled_, [&](LinkId link) { return traffic_.roads[link].slots == 0; });
  std::sort(moments_.begin(), moments_.end());
}

std::uint8_t Conditions::bars_of(LinkId link, double now) const {
  std::uint8_t bars = waters_.bars(link);
  const Road& road = traffic_.roads[link];
  if (road.room == 0) bars |= kBarred;
  if (road.shutter != 0 && traffic_.shutters.entry_from(road.shutter, now) > now) bars |= kBarred;
  return bars;
}

void Conditions::set(LinkId link, double now) {
  RoadChange change;
  const auto first = std::lower_bound(world_->link_changes.begin(), world_->link_changes.end(), link,
                                      [](const LinkChange& c, LinkId l) { return c.link < l; });
  for (auto each = first; each != world_->link_changes.end() && each->link == link; ++each) {
    if (now < seconds(each->when.from) || (each->when.to != kNever && now >= seconds(each->when.to)))
      continue;
    change.speed_factor *= double{each->speed_factor};
    change.capacity_factor *= double{each->capacity_factor};
    change.lanes += each->lanes;
  }
  if (const auto wreck = wrecks_.find(link); wreck != wrecks_.end()) change.wrecks = wreck->second;
  change.blocked = crossings.blocked(traffic_.roads[link].head);
  change.wet_time = waters_.wet_time(link, double{world_->network->speed[link]} * change.speed_factor);
  set_road(traffic_.roads[link], *world_->network, traffic_.model, link, change);
  const std::uint8_t bars = bars_of(link, now);
  bars_changed_ |= bars != bars_[link];
  bars_[link] = bars;
}

std::vector<LinkId> Conditions::update(double now) {
  bars_changed_ = false;
  std::vector<LinkId> changed;
  if (waters_.has_news()) changed = waters_.update(traffic_);
  const auto next = std::upper_bound(moments_.begin(), moments_.end(), looked_at_);
  if (next != moments_.end() && *next <= now) {
    changed.insert(changed.end(), scheduled_.begin(), scheduled_.end());
  }
  looked_at_ = now;
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  for (const LinkId link : changed) set(link, now);
  return changed;
}

std::vector<LinkId> Conditions::update_walkers(const std::vector<float>& walkers, double now) {
  std::vector<LinkId> changed;
  for (const NodeId node : crossings.update(traffic_, walkers)) {
    const Junction& junction = traffic_.junctions[node];
    for (std::uint32_t i = 0; i < junction.ins; ++i) {
      changed.push_back(traffic_.in[junction.first_in + i]);
      set(changed.back(), now);
    }
  }
  return changed;
}

void Conditions::leave_wreck(LinkId link, double now) {
  ++wrecks_[link];
  set(link, now);
}

void Conditions::save(SnapshotWriter& out) const {
  waters_.save(out);
  crossings.save(out);
  std::vector<std::uint32_t> wrecks;
  for (const auto& [link, cars] : wrecks_) wrecks.insert(wrecks.end(), {link.value, cars});
  out.put("wrecks", wrecks);
  out.put_value("conditions_at", looked_at_);
  out.put("bars", bars_.values());
}

void Conditions::load(const SnapshotReader& in) {
  waters_.load(in);
  crossings.load(in);
  std::vector<std::uint32_t> wrecks;
  in.get("wrecks", wrecks);
  wrecks_.clear();
  for (std::size_t i = 0; i + 1 < wrecks.size(); i += 2) wrecks_[LinkId{wrecks[i]}] = wrecks[i + 1];
  in.get_value("conditions_at", looked_at_);
  in.get("bars", bars_);
}

}  // namespace chimata::driving
