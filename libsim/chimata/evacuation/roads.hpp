/// Ways by car on the usual map: where cars reach the roads, and how long they take. Private to this room.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "chimata/core/time.hpp"
#include "chimata/evacuation/shelter_plan.hpp"
#include "chimata/geo/point_index.hpp"
#include "chimata/routing/costs.hpp"
#include "chimata/routing/nearest.hpp"

namespace chimata {

class Roads {
 public:
  /// Fills in `car_access` of shelters without one.
  Roads(std::shared_ptr<const Network> network, std::vector<ShelterPlan>& shelters);

  /// Where a place meets the roads open to cars; none where there are no such roads.
  [[nodiscard]] AccessPoint access(Point place) const;
  /// Time at free speed; none where no way leads there.
  [[nodiscard]] std::optional<Duration> time(NodeId from, NodeId to) const;
  /// Shelters that take cars, nearest by driving time first, equal times by row. Kept for the next time.
  [[nodiscard]] const std::vector<std::uint32_t>& ranked_from(NodeId node);

 private:
  std::shared_ptr<const Network> network_;
  LinkCosts costs_;
  std::vector<NodeId> nodes_;  // of the largest part of the road network
  std::optional<PointIndex> index_;
  std::vector<std::uint32_t> goals_;  // rows of shelters that take cars
  std::vector<NodeId> goal_nodes_;
  std::map<NodeId, std::vector<std::uint32_t>> ranked_;
};

}  // namespace chimata
