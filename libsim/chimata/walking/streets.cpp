#include "chimata/walking/streets.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/archive.hpp"

namespace chimata::walking {

namespace {

constexpr double kReferenceSpeed = 1.34;  // m/s, Weidmann 1993; only ratios of costs matter
constexpr double kRanksPerMetre = 20;

double terrain_factor(const Network& network, const WalkingModel& model, LinkId link) {
  const double grade = network.grade(link);
  if (network.road_class[Network::segment_of(link)] == RoadClass::steps) {
    if (grade > 0) return model.stairs_up;
    if (grade < 0) return model.stairs_down;
    return (model.stairs_up + model.stairs_down) / 2;
  }
  return model.slope ? tobler_factor(grade) : 1.0;
}

Street street_of(const Network& network, const WalkingModel& model, LinkId link) {
  const double length = network.length_of(link);
  const double width = double{network.width[Network::segment_of(link)]};
  Street street{};
  street.length = length;
  street.factor = std::max(0.05, terrain_factor(network, model, link));  // a cliff in the data is no wall
  street.flow = model.specific_flow * width;
  street.spacing = 1 / (model.storage_density * width);
  street.area = std::max(kLeastArea, length * width);
  street.room = static_cast<std::uint32_t>(std::max(1.0, std::floor(model.storage_density * street.area)));
  street.quarter = (street.room + 3) / 4;
  return street;
}

Cost cost_of(double seconds) {
  return static_cast<Cost>(std::clamp(seconds * 1000 + 0.5, 1.0, double{kClosed} - 1));
}

}  // namespace

Streets::Streets(std::shared_ptr<const World> world, const WalkingModel& model, const WadingModel& wading,
                 const Field* depth, const Field* velocity)
    : world_(std::move(world)), wading_(wading), depth_(depth), velocity_(velocity) {
  const Network& n = network();
  for (int c = 0; c < kPersonClasses; ++c) limit_[c] = wading_limit(wading, static_cast<PersonClass>(c));
  street_.reserve(n.link_count());
  open_.resize(n.link_count());
  shut_.assign(n.link_count(), 0);
  for (std::uint32_t l = 0; l < n.link_count(); ++l) {
    street_.push_back(street_of(n, model, LinkId{l}));
    open_[LinkId{l}] = n.allows(LinkId{l}, kFoot) ? 1 : 0;
  }
  for (const Closure& closure : world_->closures) {
    if ((closure.modes & kFoot) == 0 || closure.when.from >= closure.when.to) continue;
    closures_.push_back(closure);
    closable_.push_back(closure.link);
    boundaries_.push_back(closure.when.from);
    boundaries_.push_back(closure.when.to);
  }
  std::stable_sort(closures_.begin(), closures_.end(),
                   [](const Closure& a, const Closure& b) { return a.link < b.link; });
  std::sort(closable_.begin(), closable_.end());
  closable_.erase(std::unique(closable_.begin(), closable_.end()), closable_.end());
  std::sort(boundaries_.begin(), boundaries_.end());
  deepest_.assign(n.segment_count(), 0);
  rank_.assign(n.segment_count(), 0);
  torrent_.assign(n.segment_count(), 0);
}

bool Streets::update(Window tick) {
  const bool closures_changed = update_closures(tick);
  const bool water_changed = update_water();
  if (!closures_changed && !water_changed) return false;
  ++version_;
  return true;
}

bool Streets::update_closures(Window tick) {
  // nothing can change while no boundary lies between the start of the last tick looked at and the end of
  // this
  const auto next = std::lower_bound(boundaries_.begin(), boundaries_.end(), closures_of_.from);
  const bool untouched = closures_of_.from <= tick.from && (next == boundaries_.end() || *next > tick.to);
  closures_of_ = tick;
  if (closures_.empty() || untouched) return false;
  bool changed = false;
  auto closure = closures_.begin();
  for (const LinkId link : closable_) {
    std::uint8_t open = network().allows(link, kFoot) ? 1 : 0;
    shut_[link] = 0;
    for (; closure != closures_.end() && closure->link == link; ++closure) {
      if (closure->when.from >= tick.to || closure->when.to <= tick.from) continue;
      (closure->wait ? shut_[link] : open) = closure->wait ? 1 : 0;
    }
    changed |= open != open_[link];
    open_[link] = open;
  }
  return changed;
}

bool Streets::update_water() {
  if (depth_ == nullptr || (!stale_ && !water_has_news())) return false;
  seen_ = depth_->version();
  if (velocity_ != nullptr) seen_velocity_ = velocity_->version();
  stale_ = false;
  const auto& samples = *world_->samples;
  const auto& values = depth_->values();
  bool changed = false;
  for (std::uint32_t s = 0; s < deepest_.size(); ++s) {
    const SegmentId segment{s};
    float deepest = 0;
    unsigned torrent = 0;
    for (std::uint32_t i = samples.offset[segment]; i < samples.offset[SegmentId{s + 1}]; ++i) {
      deepest = std::max(deepest, values[i]);
      for (int c = 0; velocity_ != nullptr && c < kPersonClasses; ++c) {
        const auto person_class = static_cast<PersonClass>(c);
        if (swept_away(wading_, person_class, double{values[i]}, double{velocity_->values()[i]}))
          torrent |= 1u << c;
      }
    }
    deepest_[segment] = deepest;
    torrent_[segment] = static_cast<std::uint8_t>(torrent);
    // to those who plan ways, water that sweeps an adult away is as closed as water too deep
    const bool adults_swept = (torrent >> static_cast<int>(PersonClass::adult) & 1u) != 0;
    const double steps = std::min(1000.0, std::floor(double{deepest} * kRanksPerMetre));
    const auto rank = static_cast<WaterRank>(static_cast<int>(steps) * 4 +
                                             (deepest >= wading_.avoid_depth || adults_swept ? 2 : 0) +
                                             (deepest >= wading_.adult_limit || adults_swept ? 1 : 0));
    changed |= rank != rank_[segment];
    rank_[segment] = rank;
  }
  return changed;
}

bool Streets::closed_at(LinkId link, double moment) const {
  const auto first = std::lower_bound(closures_.begin(), closures_.end(), link,
                                      [](const Closure& c, LinkId l) { return c.link < l; });
  for (auto closure = first; closure != closures_.end() && closure->link == link; ++closure) {
    if (seconds(closure->when.from) <= moment && moment < seconds(closure->when.to)) return true;
  }
  return false;
}

std::uint32_t Streets::stretch_at(LinkId link, double position) const {
  const std::uint32_t n = stretches(link);
  const double k = position / street_[link].length * n;
  return k <= 0 ? 0 : std::min(n - 1, static_cast<std::uint32_t>(k));
}

std::uint32_t Streets::sample(LinkId link, std::uint32_t k) const {
  const SegmentId segment = Network::segment_of(link);
  return Network::runs_backward(link) ? world_->samples->offset[SegmentId{segment.value + 1}] - 1 - k
                                      : world_->samples->offset[segment] + k;
}

double Streets::depth(LinkId link, std::uint32_t k) const {
  return std::max(0.0, double{depth_->values()[sample(link, k)]});
}

double Streets::velocity(LinkId link, std::uint32_t k) const {
  return velocity_ == nullptr ? 0.0 : double{velocity_->values()[sample(link, k)]};
}

bool Streets::passable(LinkId link, std::uint32_t first, std::uint32_t last, double limit) const {
  for (std::uint32_t k = first; k < last; ++k) {
    if (depth(link, k) >= limit) return false;
  }
  return true;
}

LinkCosts Streets::usual_costs() const {
  LinkCosts costs(street_.size());
  for (std::uint32_t l = 0; l < costs.size(); ++l) {
    const Street& street = street_[LinkId{l}];
    costs[LinkId{l}] = network().allows(LinkId{l}, kFoot)
                           ? cost_of(street.length / (kReferenceSpeed * street.factor))
                           : kClosed;
  }
  return costs;
}

LinkCosts Streets::costs_now(Avoid avoid) const {
  LinkCosts costs = usual_costs();
  const unsigned closing_bit = avoid == Avoid::avoid_depth ? 2 : 1;
  for (std::uint32_t l = 0; l < costs.size(); ++l) {
    const LinkId link{l};
    const WaterRank rank = rank_[Network::segment_of(link)];
    if (open_[link] == 0 || (rank & closing_bit) != 0) {
      costs[link] = kClosed;
    } else if (rank != 0) {
      const double factor = wading_factor(wading_, PersonClass::adult, (rank >> 2) / kRanksPerMetre);
      if (costs[link] != kClosed) {
        costs[link] = factor > 0 ? cost_of(costs[link] / 1000.0 / factor) : kClosed;
      }
    }
  }
  return costs;
}

void Streets::save(SnapshotWriter& out) const {
  out.put("street_open", open_.values());
  out.put("street_rank", rank_.values());
  out.put_value("street_version", version_);
  out.put_value("street_seen", seen_);
  if (velocity_ != nullptr) out.put_value("street_seen_velocity", seen_velocity_);
}

void Streets::load(const SnapshotReader& in) {
  in.get("street_open", open_);
  in.get("street_rank", rank_);
  in.get_value("street_version", version_);
  in.get_value("street_seen", seen_);
  if (velocity_ != nullptr) in.get_value("street_seen_velocity", seen_velocity_);
  closures_of_ = {Time::min(), Time::min()};
  stale_ = true;
}

}  // namespace chimata::walking
