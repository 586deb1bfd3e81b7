/// Cars in water: how slow, where they stall, where they float away.
#pragma once

#include "chimata/driving/traffic.hpp"
#include "chimata/mobility/field.hpp"

namespace chimata::driving {

/// Speed of a car in water of `depth` m as a share of its `speed` m/s on a dry street; 0 from the stalling
/// depth on.
[[nodiscard]] double fording_factor(const FordingModel& model, double depth, double speed);

/// A car that stops for good.
struct Stall {
  LinkId link;
  std::uint32_t place;  ///< from the exit
  double along;         ///< m from the tail
  bool swept;           ///< floats away with whoever is inside
};

/// The fields of water as cars meet them; without a field of depth everything is dry.
class Waters {
 public:
  Waters(const World& world, const FordingModel& model, const Field* depth, const Field* velocity);

  /// Whether there is water to be read that has not been looked at.
  [[nodiscard]] bool has_news() const { return depth_ != nullptr && seen_ != depth_->version(); }
  /// Looks at the water. Returns the links on which the time to drive has changed.
  [[nodiscard]] std::vector<LinkId> update(const Traffic& traffic);

  /// s to drive over the link at its present speed; 0 where it is dry.
  [[nodiscard]] double wet_time(LinkId link, double speed) const;
  /// kBarred where cars would stall at once, kAvoided where it is too deep for those who know.
  [[nodiscard]] std::uint8_t bars(LinkId link) const;
  /// Where the `place`-th car from the exit is at `moment`, m from the tail. It comes to the end when it was
  /// due there as it entered, slower in deep stretches than in others, or stands behind those ahead.
  [[nodiscard]] double position(const Traffic& traffic, LinkId link, std::uint32_t place,
                                double moment) const;
  /// Cars on `link` that meet water too deep between the moments `from` and `until`, from the exit.
  [[nodiscard]] std::vector<Stall> stalls(const Traffic& traffic, LinkId link, double from,
                                          double until) const;
  /// Links with water in which cars stall, ascending.
  [[nodiscard]] const std::vector<LinkId>& deep() const { return deep_; }

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  [[nodiscard]] std::uint32_t stretches(LinkId link) const {
    return samples_->count(Network::segment_of(link));
  }
  [[nodiscard]] std::uint32_t row(LinkId link, std::uint32_t stretch) const;
  /// m from the tail of a car that is to take `time` s over the link, `elapsed` s after it entered.
  [[nodiscard]] double along(LinkId link, double time, double elapsed) const;
  [[nodiscard]] double depth(LinkId link, std::uint32_t stretch) const;
  [[nodiscard]] bool sweeps(LinkId link, std::uint32_t stretch) const;

  const Network& network_;
  const SegmentSamples* samples_;
  FordingModel model_;
  const Field *depth_, *velocity_;
  Column<SegmentId, float> deepest_;
  std::vector<LinkId> deep_;
  std::uint64_t seen_ = ~std::uint64_t{0};
};

}  // namespace chimata::driving
