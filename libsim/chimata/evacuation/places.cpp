#include "chimata/evacuation/places.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

#include "chimata/routing/ranked_goals.hpp"

namespace chimata {

namespace {

/// Goals that still have room, and the nearest of them from everywhere.
class OpenGoals {
 public:
  OpenGoals(const Network& network, const LinkCosts& costs, std::span<const NodeId> goals,
            const std::vector<std::uint32_t>& room)
      : network_(network), costs_(costs), room_(room), ranked_(network, costs, {goals.begin(), goals.end()}) {
    for (std::uint32_t g = 0; g < goals.size(); ++g) {
      if (room[g] > 0) goal_.push_back(g), node_.push_back(goals[g]);
    }
    if (any()) nearest_ = nearest_of(network_, costs_, node_);
  }

  [[nodiscard]] bool any() const { return !goal_.empty(); }

  void close(std::uint32_t goal) {
    const auto at = std::find(goal_.begin(), goal_.end(), goal) - goal_.begin();
    goal_.erase(goal_.begin() + at);
    node_.erase(node_.begin() + at);
    if (any()) nearest_ = nearest_of(network_, costs_, node_);
  }

  /// The nearest with `size` places; cost kUnreachable if there is none.
  [[nodiscard]] std::pair<PathCost, std::uint32_t> nearest(NodeId node, std::uint32_t size) {
    const std::uint32_t first = nearest_.goal[node];
    if (first == kNoGoal) return {kUnreachable, 0};
    if (room_[goal_[first]] >= size) return {nearest_.cost[node], goal_[first]};
    for (std::size_t place = 0;; ++place) {
      const auto other = ranked_.at(node, place);
      if (!other) return {kUnreachable, 0};
      if (room_[other->goal] >= size) return {other->cost, other->goal};
    }
  }

 private:
  const Network& network_;
  const LinkCosts& costs_;
  const std::vector<std::uint32_t>& room_;
  std::vector<std::uint32_t> goal_;
  std::vector<NodeId> node_;
  Nearest nearest_;
  RankedGoals ranked_;  // of all goals, those without room among them
};

}  // namespace

std::vector<GivenPlace> give_out_places(const Network& network, const LinkCosts& costs,
                                        std::span<const NodeId> goals, std::vector<std::uint32_t> room,
                                        std::span<const PlaceSeeker> seekers) {
  // Times to the nearest goal with room only grow when one fills up. So the queue is always served in the
  // order of true times if whoever comes up with too little room queues again with the next.
  using Claim =
      std::tuple<PathCost, std::uint32_t, std::uint32_t, std::uint32_t>;  // time, party, seeker, goal
  std::priority_queue<Claim, std::vector<Claim>, std::greater<>> claims;
  OpenGoals open(network, costs, goals, room);
  std::vector<GivenPlace> given;
  const auto claim = [&](std::uint32_t i) {
    const auto [time, goal] = open.nearest(seekers[i].node, seekers[i].size);
    if (time != kUnreachable) claims.emplace(time, seekers[i].party, i, goal);
  };
  for (std::uint32_t i = 0; i < seekers.size() && open.any(); ++i) claim(i);
  while (!claims.empty() && open.any()) {
    const auto [time, party, i, goal] = claims.top();
    claims.pop();
    if (room[goal] < seekers[i].size) {
      claim(i);
      continue;
    }
    given.push_back({party, goal});
    room[goal] -= seekers[i].size;
    if (room[goal] == 0) open.close(goal);
  }
  return given;
}

}  // namespace chimata
