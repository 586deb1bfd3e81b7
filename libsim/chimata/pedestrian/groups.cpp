#include "chimata/pedestrian/groups.hpp"

#include <algorithm>
#include <cmath>

namespace chimata::pedestrian {

namespace {

constexpr double kSlowly = 0.25;  // of the free speed, of those ahead while the last is stuck (C)
constexpr double kStuck = 0.5;    // of the free speed lost

/// Share of their speed with which somebody so far ahead goes on.
double pace(double ahead, double together, double slowest) {
  return std::clamp(2 * (1 - ahead / together), slowest, 1.0);
}

}  // namespace

void Groups::add(PersonId person, std::uint32_t group) {
  if (group == kAlone) return;
  auto& members = members_[group];
  members.insert(std::upper_bound(members.begin(), members.end(), person), person);
  stale_ = true;
}

void Groups::remove(PersonId person, std::uint32_t group) {
  if (group == kAlone) return;
  std::erase(members_[group], person);
  stale_ = true;
}

void Groups::renew() {
  groups_.clear();
  for (const auto& [group, members] : members_) {
    if (members.size() > 1) groups_.push_back(&members);
  }
  stale_ = false;
}

void Groups::hold_together(double together, Crowd& crowd, const Column<PersonId, Plan>& plans,
                           const std::vector<double>& left, Arena& arena) {
  if (stale_) renew();
  const auto factor = crowd.speed_factor();
  const auto position = crowd.position();
  arena.for_blocks(groups_.size(), 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Plan* last = nullptr;
      for (const PersonId person : *groups_[i]) {
        const Plan& plan = plans[person];
        const bool behind = last == nullptr || plan.leg < last->leg ||
                            (plan.leg == last->leg && left[plan.row] > left[last->row]);
        if (behind) last = &plan;
      }
      const double slowest = last->held_up > kStuck ? kSlowly : 0.0;
      for (const PersonId person : *groups_[i]) {
        const Plan& plan = plans[person];
        if (&plan == last || !(left[plan.row] >= 0 && left[plan.row] < INFINITY)) continue;
        const double ahead = plan.leg == last->leg ? left[last->row] - left[plan.row]
                                                   : distance(position[plan.row], position[last->row]);
        factor[plan.row] *= static_cast<float>(pace(ahead, together, slowest));
      }
    }
  });
}

}  // namespace chimata::pedestrian
