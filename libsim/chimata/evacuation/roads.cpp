#include "chimata/evacuation/roads.hpp"

namespace chimata {

Roads::Roads(std::shared_ptr<const Network> network, std::vector<ShelterPlan>& shelters)
    : network_(std::move(network)), costs_(driving_costs(*network_)) {
  const Components parts = components(*network_, kCar);
  std::vector<Point> positions;
  for (std::uint32_t n = 0; n < network_->node_count(); ++n) {
    if (parts.of_node[NodeId{n}] != 0) continue;
    nodes_.push_back(NodeId{n});
    positions.push_back(network_->position[NodeId{n}]);
  }
  index_.emplace(positions);
  for (std::uint32_t s = 0; s < shelters.size(); ++s) {
    ShelterPlan& shelter = shelters[s];
    if (!shelter.car_access.node.valid()) shelter.car_access = access(shelter.position);
    if ((shelter.parking == 0 && !shelter.exit) || !shelter.car_access.node.valid()) continue;
    goals_.push_back(s);
    goal_nodes_.push_back(shelter.car_access.node);
  }
}

AccessPoint Roads::access(Point place) const {
  const auto nearest = index_->nearest(place);
  if (!nearest) return {};
  return {nodes_[*nearest], distance(place, network_->position[nodes_[*nearest]])};
}

std::optional<Duration> Roads::time(NodeId from, NodeId to) const {
  const auto way = goals_by_cost(*network_, costs_, std::vector{to}, from, 1);
  if (way.empty()) return std::nullopt;
  return Duration{static_cast<std::int64_t>(way.front().cost)};
}

const std::vector<std::uint32_t>& Roads::ranked_from(NodeId node) {
  const auto [it, fresh] = ranked_.try_emplace(node);
  if (fresh) {
    for (const RankedGoal& goal : goals_by_cost(*network_, costs_, goal_nodes_, node, goal_nodes_.size())) {
      it->second.push_back(goals_[goal.goal]);
    }
  }
  return it->second;
}

}  // namespace chimata
