#include "chimata/routing/ranked_goals.hpp"

#include <algorithm>

namespace chimata {

std::optional<RankedGoal> RankedGoals::at(NodeId from, std::size_t place) {
  constexpr std::size_t kFirst = 8, kMore = 4;  // goals of the first search, growth of the next
  Found& found = found_[from];
  while (!found.all && place >= found.goals.size()) {
    const std::size_t count = std::max(kFirst, kMore * found.goals.size());
    found.goals = goals_by_cost(network_, costs_, goals_, from, std::min(count, goals_.size()));
    found.all = found.goals.size() < count;
  }
  if (place >= found.goals.size()) return std::nullopt;
  return found.goals[place];
}

}  // namespace chimata
