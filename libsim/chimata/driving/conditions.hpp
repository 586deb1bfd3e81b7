/// Everything that makes links another than on the map at the moment, put together.
#pragma once

#include <map>

#include "chimata/driving/walkers.hpp"
#include "chimata/driving/waters.hpp"

namespace chimata::driving {

/// Road works, contraflow, closures, water, cars left behind and walkers, composed into `Traffic::roads`.
class Conditions {
 public:
  Conditions(std::shared_ptr<const World> world, const FordingModel& fording, Traffic& traffic,
             const Field* depth, const Field* velocity, Field& delay);

  /// Brings everything to `now`. Returns the links whose road changed.
  [[nodiscard]] std::vector<LinkId> update(double now);
  /// Brings what walkers do to `now`, once a minute. Returns the links whose road changed.
  [[nodiscard]] std::vector<LinkId> update_walkers(const std::vector<float>& walkers, double now);
  /// A car is left on `link` for good.
  void leave_wreck(LinkId link, double now);

  /// For each link kBarred, kAvoided or both, as of the last update.
  [[nodiscard]] const Column<LinkId, std::uint8_t>& bars() const { return bars_; }
  /// Whether `bars` changed in the last update.
  [[nodiscard]] bool bars_changed() const { return bars_changed_; }
  [[nodiscard]] const Waters& waters() const { return waters_; }
  [[nodiscard]] bool has_news() const { return waters_.has_news(); }
  WalkerCrossings crossings;

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  void set(LinkId link, double now);
  [[nodiscard]] std::uint8_t bars_of(LinkId link, double now) const;

  std::shared_ptr<const World> world_;
  Traffic& traffic_;
  Waters waters_;
  std::map<LinkId, std::uint32_t> wrecks_;
  std::vector<LinkId> scheduled_;  ///< links with changes or closures, ascending
  std::vector<double> moments_;    ///< s, at which one of these begins or ends, ascending
  double looked_at_ = -kForever;   ///< s, until when they were followed
  Column<LinkId, std::uint8_t> bars_;
  bool bars_changed_ = false;
};

}  // namespace chimata::driving
