#include "chimata/evacuation/roads.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"

namespace chimata {

bool cars_leave(const std::vector<ShelterPlan>& shelters, const EvacuationModel& model, bool driving) {
  if (!driving || model.car_ban || (model.mode == ModeLaw::share && model.car_share <= 0)) return false;
  const bool any = std::any_of(shelters.begin(), shelters.end(),
                               [](const ShelterPlan& s) { return s.parking > 0 || s.exit; });
  if (any) return true;
  throw InputError("shelters", "people may leave by car, but no shelter has parking",
                   "give parking to some, or set evacuation.car_ban");
}

std::uint32_t crew_base(const std::vector<ShelterPlan>& shelters, const EvacuationModel& model) {
  std::vector<std::string> ids;
  for (std::uint32_t s = 0; s < shelters.size(); ++s) {
    if (model.crew_base.empty() ? usable(shelters[s], model) : shelters[s].id == model.crew_base) return s;
    ids.push_back(shelters[s].id);
  }
  const std::string hint = did_you_mean(model.crew_base, ids);
  throw InputError("evacuation.crew_base", "there is no shelter \"" + model.crew_base + "\"",
                   hint.empty() ? "shelters are " + listed(ids) : hint);
}

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
  std::vector<NodeId> goal_nodes;
  for (std::uint32_t s = 0; s < shelters.size(); ++s) {
    ShelterPlan& shelter = shelters[s];
    if (!shelter.car_access.node.valid()) shelter.car_access = access(shelter.position);
    if ((shelter.parking == 0 && !shelter.exit) || !shelter.car_access.node.valid()) continue;
    goals_.push_back(s);
    goal_nodes.push_back(shelter.car_access.node);
  }
  ranked_.emplace(*network_, costs_, std::move(goal_nodes));
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

std::optional<std::uint32_t> Roads::ranked(NodeId from, std::size_t place) {
  const auto goal = ranked_->at(from, place);
  return goal ? std::optional(goals_[goal->goal]) : std::nullopt;
}

}  // namespace chimata
