/// Ways by car on the usual map: where cars reach the roads, and how long they take. Private to this room.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "chimata/core/time.hpp"
#include "chimata/evacuation/shelter_plan.hpp"
#include "chimata/geo/point_index.hpp"
#include "chimata/routing/costs.hpp"
#include "chimata/routing/ranked_goals.hpp"

namespace chimata {

/// Whether anybody may leave by car.
/// @throws InputError if so and no shelter takes cars
[[nodiscard]] bool cars_leave(const std::vector<ShelterPlan>& shelters, const EvacuationModel& model,
                              bool driving);
/// The shelter where the municipality's crews start.
/// @throws InputError if there is none of that name
[[nodiscard]] std::uint32_t crew_base(const std::vector<ShelterPlan>& shelters, const EvacuationModel& model);

class Roads {
 public:
  /// Fills in `car_access` of shelters without one.
  Roads(std::shared_ptr<const Network> network, std::vector<ShelterPlan>& shelters);
  Roads(const Roads&) = delete;

  /// Where a place meets the roads open to cars; none where there are no such roads.
  [[nodiscard]] AccessPoint access(Point place) const;
  /// Time at free speed; none where no way leads there.
  [[nodiscard]] std::optional<Duration> time(NodeId from, NodeId to) const;
  /// The shelter that takes cars and is `place`-th nearest (from 0) by driving time, equal times by row.
  [[nodiscard]] std::optional<std::uint32_t> ranked(NodeId from, std::size_t place);

 private:
  std::shared_ptr<const Network> network_;
  LinkCosts costs_;
  std::vector<NodeId> nodes_;  // of the largest part of the road network
  std::optional<PointIndex> index_;
  std::vector<std::uint32_t> goals_;   // rows of shelters that take cars
  std::optional<RankedGoals> ranked_;  // refers to network and costs
};

}  // namespace chimata
