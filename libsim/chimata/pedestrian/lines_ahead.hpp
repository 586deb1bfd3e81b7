/// When somebody who goes to a door would be through, with those who are there before.
#pragma once

#include <span>
#include <vector>

#include "chimata/pedestrian/journey.hpp"

namespace chimata::pedestrian {

/// By stage the moments, counted from now, at which those on their way can be there and will be through:
/// first come, first out, at the flow of the door.
class LinesAhead {
 public:
  struct Coming {
    StageRow stage;
    double after_s;  ///< at the earliest, at desired speed
  };
  /// @param door_flow  persons/(m s) expected of doors that let through as many as come
  void renew(std::span<const Coming> people, const std::vector<Stage>& stages, double door_flow);
  /// s after which somebody is through who can be there after `after_s`.
  [[nodiscard]] double through(StageRow stage, double after_s) const;
  [[nodiscard]] std::size_t count(StageRow stage) const { return first_[stage + 1] - first_[stage]; }

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  std::vector<std::uint64_t> first_;         ///< by stage, and one past the end
  std::vector<double> there_, out_, every_;  ///< s: of all stages, rising in each; by stage, between two
};

}  // namespace chimata::pedestrian
