/// The streets as walkers meet them: what is fixed, and what closures and water change.
#pragma once

#include <vector>

#include "chimata/mobility/field.hpp"
#include "chimata/mobility/world.hpp"
#include "chimata/people/wading.hpp"
#include "chimata/routing/travel_cost.hpp"
#include "chimata/walking/walking.hpp"

namespace chimata::walking {

/// Rank of the water on a segment: ways are planned anew only when a rank changes.
using WaterRank = std::uint16_t;

/// One direction of a street.
struct Street {
  double length;          ///< m
  double factor;          ///< of free speed: stairs and slope
  double flow;            ///< persons/s through the whole width
  double spacing;         ///< m of street per queueing person, whole width
  double area;            ///< m², at least kLeastArea
  std::uint32_t room;     ///< persons on both directions together
  std::uint32_t quarter;  ///< persons that one direction may always hold
};

/// Streets shorter or narrower than this count as this large, m²: a person on a kerb of 30 cm is not a crowd.
inline constexpr double kLeastArea = 1.0;

class Streets {
 public:
  Streets(std::shared_ptr<const World> world, const WalkingModel& model, const WadingModel& wading,
          const Field* depth, const Field* velocity = nullptr);

  [[nodiscard]] const Network& network() const { return *world_->network; }
  [[nodiscard]] const Street& operator[](LinkId link) const { return street_[link]; }
  [[nodiscard]] const WadingModel& wading() const { return wading_; }

  /// Brings closures and water to the tick [from, to). Returns true if the costs of any link changed.
  bool update(Window tick);
  /// Grows by one whenever costs changed.
  [[nodiscard]] std::uint64_t version() const { return version_; }

  /// Whether `person_class` may step onto the link in this tick.
  [[nodiscard]] bool open(LinkId link, PersonClass person_class) const {
    return open_[link] != 0 && deepest_[Network::segment_of(link)] < limit_[static_cast<int>(person_class)] &&
           (velocity_ == nullptr || !may_sweep(link, person_class));
  }
  /// Whether a gate before the link is shut in this tick: people wait, and the link stays on every map.
  [[nodiscard]] bool shut(LinkId link) const { return shut_[link] != 0; }
  /// Whether an order or a gate closes the link at `moment`, s, which may lie a little before this tick.
  [[nodiscard]] bool closed_at(LinkId link, double moment) const;

  [[nodiscard]] bool wet(LinkId link) const { return deepest_[Network::segment_of(link)] > 0; }
  [[nodiscard]] double deepest(LinkId link) const { return deepest_[Network::segment_of(link)]; }
  [[nodiscard]] double limit(PersonClass person_class) const {
    return limit_[static_cast<int>(person_class)];
  }
  /// Stretches of equal depth along the link.
  [[nodiscard]] std::uint32_t stretches(LinkId link) const {
    return world_->samples->count(Network::segment_of(link));
  }
  /// The stretch at `position` metres from the link's tail.
  [[nodiscard]] std::uint32_t stretch_at(LinkId link, double position) const;
  /// Depth in metres on the k-th stretch from the link's tail.
  [[nodiscard]] double depth(LinkId link, std::uint32_t k) const;
  /// Speed of the water in m/s on the k-th stretch from the link's tail; 0 where nobody knows it.
  [[nodiscard]] double velocity(LinkId link, std::uint32_t k) const;
  /// Whether water somewhere on the street sweeps `person_class` away.
  [[nodiscard]] bool may_sweep(LinkId link, PersonClass person_class) const {
    return (torrent_[Network::segment_of(link)] >> static_cast<int>(person_class) & 1) != 0;
  }
  /// Whether stays tell of the water met: depth, and depth × velocity.
  [[nodiscard]] bool records_exposure() const {
    return depth_ != nullptr && (wading_.record_exposure || velocity_ != nullptr);
  }
  /// Whether stretches [first, last) from the tail are all shallower than `limit`.
  [[nodiscard]] bool passable(LinkId link, std::uint32_t first, std::uint32_t last, double limit) const;

  /// Whether depth or velocity of the water have changed since the last update.
  [[nodiscard]] bool water_has_news() const {
    return depth_ != nullptr &&
           (seen_ != depth_->version() || (velocity_ != nullptr && seen_velocity_ != velocity_->version()));
  }

  /// Costs on the usual map: free walking time at 1.34 m/s with stairs and slope.
  [[nodiscard]] LinkCosts usual_costs() const;
  /// Costs now; closed are also segments with water of the avoid depth, or of an adult's limit, or more.
  enum class Avoid : std::uint8_t { avoid_depth, adult_limit };
  [[nodiscard]] LinkCosts costs_now(Avoid avoid) const;

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  bool update_closures(Window tick);
  bool update_water();
  [[nodiscard]] std::uint32_t sample(LinkId link, std::uint32_t k) const;

  std::shared_ptr<const World> world_;
  WadingModel wading_;
  const Field* depth_;
  const Field* velocity_;
  double limit_[kPersonClasses];
  Column<LinkId, Street> street_;

  std::vector<Closure> closures_;  ///< those for people on foot, by (link, from)
  std::vector<LinkId> closable_;   ///< links that have closures, ascending
  std::vector<Time> boundaries_;   ///< moments at which a closure begins or ends, ascending
  Column<LinkId, std::uint8_t> open_, shut_;
  Window closures_of_{Time::min(), Time::min()};  ///< tick for which `open_` holds

  Column<SegmentId, float> deepest_;
  Column<SegmentId, WaterRank> rank_;
  Column<SegmentId, std::uint8_t> torrent_;  ///< bit c: somewhere the water sweeps class c away
  std::uint64_t seen_ = ~std::uint64_t{0};   ///< version of the depth field that was last looked at
  std::uint64_t seen_velocity_ = ~std::uint64_t{0};
  bool stale_ = true;  ///< `deepest_` was not restored and has to be read before it is used
  std::uint64_t version_ = 0;
};

}  // namespace chimata::walking
