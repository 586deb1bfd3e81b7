#include "chimata/evacuation/destinations.hpp"

#include <algorithm>
#include <queue>
#include <tuple>

#include "chimata/core/error.hpp"
#include "chimata/routing/costs.hpp"

namespace chimata {

namespace {
constexpr double kSpeed = 1.34;  // m/s; any speed gives the same order
}

Destinations::Destinations(std::shared_ptr<const Network> network, const std::vector<ShelterPlan>& shelters,
                           bool flood_safe_only)
    : network_(std::move(network)), shelters_(shelters), costs_(walking_costs(*network_, kSpeed)) {
  for (std::uint32_t row = 0; row < shelters_.size(); ++row) {
    const ShelterPlan& s = shelters_[row];
    usable_.push_back(s.capacity > 0 && (s.flood_safe || !flood_safe_only) && s.access.node.valid());
    if (!usable_.back()) continue;
    goals_.push_back(row);
    goal_nodes_.push_back(s.access.node);
  }
  if (goals_.empty()) {
    throw InputError(
        "shelters",
        "none of " + std::to_string(shelters_.size()) + " can be used (room above 0, beside a street" +
            (flood_safe_only ? ", fit for floods)" : ")"),
        flood_safe_only ? "give capacities, or set evacuation.flood_safe_only to false" : "give capacities");
  }
}

Column<NodeId, std::uint32_t> Destinations::nearest_usable() const {
  auto goal = nearest_of(*network_, costs_, goal_nodes_).goal;
  for (std::uint32_t& g : goal) g = g == kNoGoal ? kNoShelter : goals_[g];
  return goal;
}

Column<PersonId, std::uint32_t> Destinations::choose(DestinationLaw law, const Population& people,
                                                     std::size_t zones, const Decisions& decisions) const {
  switch (law) {
    case DestinationLaw::assigned:
      return assigned(people, zones);
    case DestinationLaw::capacity_aware:
      return with_room(people, decisions);
    case DestinationLaw::nearest:
      break;
  }
  return nearest(people);
}

Column<PersonId, std::uint32_t> Destinations::nearest(const Population& people) const {
  const auto of_node = nearest_usable();
  Column<PersonId, std::uint32_t> choice;
  choice.reserve(people.size());
  for (const NodeId node : people.home_node) choice.push_back(of_node[node]);
  return choice;
}

Column<PersonId, std::uint32_t> Destinations::assigned(const Population& people, std::size_t zones) const {
  std::vector<Point> centre(zones);
  std::vector<double> members(zones, 0);
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const ZoneId zone = people.zone[PersonId{row}];
    if (!zone.valid()) continue;
    centre[zone.value].x += people.home[PersonId{row}].x;
    centre[zone.value].y += people.home[PersonId{row}].y;
    members[zone.value] += 1;
  }
  for (std::size_t z = 0; z < zones; ++z) {
    if (members[z] > 0) centre[z] = {centre[z].x / members[z], centre[z].y / members[z]};
  }
  const auto door = walking_access(*network_, centre);
  const auto of_node = nearest_usable();
  auto choice = nearest(people);
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const ZoneId zone = people.zone[PersonId{row}];
    if (!zone.valid()) continue;
    const std::uint32_t shelter = of_node[door[zone.value].node];
    if (shelter != kNoShelter) choice[PersonId{row}] = shelter;
  }
  return choice;
}

Column<PersonId, std::uint32_t> Destinations::with_room(const Population& people,
                                                        const Decisions& decisions) const {
  auto choice = nearest(people);  // stays for whoever gets no place, and for those who stay at home
  std::vector<std::uint32_t> open = goals_;
  std::vector<NodeId> open_nodes = goal_nodes_;
  std::vector<std::uint32_t> room(shelters_.size(), 0);
  for (const std::uint32_t s : goals_) room[s] = shelters_[s].capacity;

  // Walking times to the nearest open shelter only grow when one fills up. So the queue is always served in
  // the order of true times if whoever comes up with a full shelter queues again with the next.
  using Claim = std::tuple<PathCost, std::uint32_t, std::uint32_t>;  // time, person, shelter
  std::priority_queue<Claim, std::vector<Claim>, std::greater<>> claims;
  Nearest now = nearest_of(*network_, costs_, open_nodes);
  const auto claim = [&](std::uint32_t person) {
    const NodeId node = people.home_node[PersonId{person}];
    if (now.goal[node] != kNoGoal) claims.emplace(now.cost[node], person, open[now.goal[node]]);
  };
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    if (decisions.heeds[PersonId{row}] != 0) claim(row);
  }
  while (!claims.empty() && !open.empty()) {
    const auto [time, person, shelter] = claims.top();
    claims.pop();
    if (room[shelter] == 0) {
      claim(person);
      continue;
    }
    choice[PersonId{person}] = shelter;
    if (--room[shelter] > 0) continue;
    const auto full =
        static_cast<std::ptrdiff_t>(std::find(open.begin(), open.end(), shelter) - open.begin());
    open.erase(open.begin() + full);
    open_nodes.erase(open_nodes.begin() + full);
    if (!open.empty()) now = nearest_of(*network_, costs_, open_nodes);
  }
  return choice;
}

const std::vector<std::uint32_t>& Destinations::ranked_from(NodeId node) {
  const auto [it, fresh] = ranked_.try_emplace(node);
  if (fresh) {
    for (const RankedGoal& ranked : goals_by_cost(*network_, costs_, goal_nodes_, node, goal_nodes_.size())) {
      it->second.push_back(goals_[ranked.goal]);
    }
  }
  return it->second;
}

}  // namespace chimata
