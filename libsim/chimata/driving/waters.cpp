#include "chimata/driving/waters.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace chimata::driving {

namespace {
constexpr double kSlowest = 0.5;  // m/s, walking pace, in water that cars still get through
constexpr double kDry = 0.005;    // m, a wet road
}  // namespace

double fording_factor(const FordingModel& model, double depth, double speed) {
  if (depth >= model.stall_depth) return 0;
  if (depth <= 0) return 1;
  switch (model.law) {
    case FordingLaw::pregnolato: {
      const double mm = depth * 1000;
      // the curve falls up to 307 mm only; whoever may stall later goes on at its lowest
      const double kmh = mm < 307 ? (0.0009 * mm - 0.5529) * mm + 86.9448 : 2.0;
      return std::min(1.0, kmh / 3.6 / speed);
    }
    case FordingLaw::linear:
      return 1 - depth / model.stall_depth;
    case FordingLaw::none:
      break;
  }
  return 1;
}

Waters::Waters(const World& world, const FordingModel& model, const Field* depth, const Field* velocity)
    : network_(*world.network),
      samples_(world.samples.get()),
      model_(model),
      depth_(depth),
      velocity_(velocity),
      deepest_(world.network->segment_count(), 0) {
  for (const Field* field : {depth, velocity}) {
    if (field != nullptr && (samples_ == nullptr || field->values().size() != samples_->point.size())) {
      throw std::logic_error("the field " + field->name() + " does not have one value per street sample");
    }
  }
}

std::uint32_t Waters::row(LinkId link, std::uint32_t stretch) const {
  const SegmentId segment = Network::segment_of(link);
  return Network::runs_backward(link) ? samples_->offset[SegmentId{segment.value + 1}] - 1 - stretch
                                      : samples_->offset[segment] + stretch;
}

double Waters::depth(LinkId link, std::uint32_t stretch) const {
  return std::max(0.0, double{depth_->values()[row(link, stretch)]});
}

bool Waters::sweeps(LinkId link, std::uint32_t stretch) const {
  const double deep = depth(link, stretch);
  if (deep >= model_.float_depth) return true;
  return velocity_ != nullptr && deep * double{velocity_->values()[row(link, stretch)]} >= model_.float_flow;
}

std::vector<LinkId> Waters::update(const Traffic& traffic) {
  seen_ = depth_->version();
  deep_.clear();
  std::vector<LinkId> changed;
  for (std::uint32_t s = 0; s < network_.segment_count(); ++s) {
    const SegmentId segment{s};
    float deepest = 0;
    bool swept = false;
    for (std::uint32_t i = 0; i < samples_->count(segment); ++i) {
      deepest = std::max(deepest, depth_->values()[samples_->offset[segment] + i]);
      swept |= deepest > 0 && sweeps(Network::forward(segment), i);
    }
    const bool wet = double{deepest} > kDry || double{deepest_[segment]} > kDry;
    deepest_[segment] = deepest;
    for (const LinkId link : {Network::forward(segment), Network::twin_of(Network::forward(segment))}) {
      if (traffic.roads[link].slots == 0) continue;
      if (wet) changed.push_back(link);
      if (double{deepest} >= model_.stall_depth || swept) deep_.push_back(link);
    }
  }
  return changed;
}

void Waters::save(SnapshotWriter& out) const {
  out.put_value("water_seen", seen_);
  out.put("water_deepest", deepest_.values());
  out.put("water_deep", deep_);
}

void Waters::load(const SnapshotReader& in) {
  in.get_value("water_seen", seen_);
  in.get("water_deepest", deepest_);
  in.get("water_deep", deep_);
}

double Waters::wet_time(LinkId link, double speed) const {
  if (depth_ == nullptr || double{deepest_[Network::segment_of(link)]} <= kDry) return 0;
  const std::uint32_t n = stretches(link);
  const double piece = network_.length_of(link) / n;
  double time = 0;
  for (std::uint32_t k = 0; k < n; ++k) {
    time += piece / std::max(kSlowest, speed * fording_factor(model_, depth(link, k), speed));
  }
  return time;
}

std::uint8_t Waters::bars(LinkId link) const {
  if (depth_ == nullptr) return 0;
  const double deepest = double{deepest_[Network::segment_of(link)]};
  std::uint8_t bars = deepest >= model_.avoid_depth ? kAvoided : 0;
  if (deepest >= model_.stall_depth && depth(link, 0) >= model_.stall_depth) bars |= kBarred;
  return bars;
}

double Waters::position(const Traffic& traffic, LinkId link, std::uint32_t place, double moment) const {
  const Slot& slot = traffic.slot(link, place);
  const double since = traffic.vehicles[slot.vehicle].since, length = network_.length_of(link);
  const double time = std::max(0.0, slot.time - since);
  const double place_free = along(link, time, std::clamp(moment - since, 0.0, time));
  const double standing = length - place * length / std::max(1u, traffic.roads[link].room);
  return std::max(0.0, std::min(place_free, standing));
}

double Waters::along(LinkId link, double time, double elapsed) const {
  const double length = network_.length_of(link), speed = double{network_.speed[link]};
  if (elapsed >= time) return length;
  const double dry = length / speed, wet = wet_time(link, speed);
  if (wet <= dry) return length * elapsed / time;
  // whoever entered before the water came was to go evenly, at the full speed: no jump when it comes
  const double share = std::clamp((time - dry) / (wet - dry), 0.0, 1.0);
  const std::uint32_t n = stretches(link);
  const double piece = length / n;
  double along = 0, left = elapsed / time * (dry + share * (wet - dry));
  for (std::uint32_t k = 0; k < n && left > 0; ++k) {
    const double pace = std::max(kSlowest, speed * fording_factor(model_, depth(link, k), speed));
    const double takes = piece * ((1 - share) / speed + share / pace);
    along += std::min(1.0, left / takes) * piece;
    left -= takes;
  }
  return along;
}

std::vector<Stall> Waters::stalls(const Traffic& traffic, LinkId link, double from, double until) const {
  std::vector<Stall> stalls;
  const std::uint32_t n = stretches(link);
  const double piece = network_.length_of(link) / n;
  const auto stretch_at = [&](double along) {
    return std::min(n - 1, static_cast<std::uint32_t>(along / piece));
  };
  for (std::uint32_t i = 0; i < traffic.present(link); ++i) {
    const double since = traffic.vehicles[traffic.slot(link, i).vehicle].since;
    if (since >= until) continue;
    const double begin = position(traffic, link, i, from);
    const double end = position(traffic, link, i, until);
    for (std::uint32_t k = stretch_at(begin); k <= stretch_at(end); ++k) {
      const bool swept = sweeps(link, k);
      if (!swept && depth(link, k) < model_.stall_depth) continue;
      stalls.push_back({link, i, std::max(begin, k * piece), swept});
      break;
    }
  }
  return stalls;
}

}  // namespace chimata::driving
