#include "chimata/pedestrian/groups.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kSlowly = 0.25;  // of the free speed, of those ahead while the last is stuck (C)
constexpr double kStuck = 0.5;    // of the free speed lost
constexpr double kPerPair = 0.5;  // m of a column two abreast that one more makes longer (C)
constexpr double kAhead = 1;      // m that somebody may be ahead of their leader (C)
constexpr double kBeside = 3;     // m; nearer than this they walk as they please, not in file (C)

/// Share of their speed with which somebody so far ahead goes on.
double pace(double ahead, double together, double slowest) {
  return std::clamp(2 * (1 - ahead / together), slowest, 1.0);
}

double slowest_before(const Plan& behind) {
  return behind.held_up > kStuck ? kSlowly : 0.0;
}

bool walks(double left) {
  return left >= 0 && left < INFINITY;
}

/// Whether a body gets from one place to the other in a straight line.
bool open_way(const Groups::Scene& scene, Point from, Point to, double radius) {
  if (scene.building != nullptr && scene.building->sheet_of(from) != scene.building->sheet_of(to))
    return false;
  const Point aside = radius * left_of(unit(to - from));
  return scene.walls.sees(from + aside, to + aside) && scene.walls.sees(from - aside, to - aside);
}

}  // namespace

void Groups::name_leader(std::uint32_t group, PersonId person) {
  Group& one = all_[group];
  one.named = person;
  if (!one.leader.valid() && !one.members.empty()) one.leader = one.members.front();
}

PersonId Groups::named_leader(std::uint32_t group) const {
  const auto it = all_.find(group);
  return it == all_.end() ? PersonId::none() : it->second.named;
}

PersonId Groups::leader(std::uint32_t group) const {
  const auto it = all_.find(group);
  return it == all_.end() ? PersonId::none() : it->second.leader;
}

PersonId Groups::decider(std::uint32_t group) const {
  const Group& one = all_.at(group);
  return one.named.valid() ? one.leader : one.members.front();
}

bool Groups::follows(PersonId person, const Column<PersonId, Plan>& plans) const {
  const Plan& plan = plans[person];
  if (plan.group == kAlone) return false;
  const PersonId leads = leader(plan.group);
  if (!leads.valid() || leads == person) return false;
  return plans[leads].journey == plan.journey && plans[leads].leg <= plan.leg;
}

std::size_t Groups::party(PersonId person, const Column<PersonId, Plan>& plans) const {
  const Plan& plan = plans[person];
  if (plan.group == kAlone || leader(plan.group) != person) return 1;
  const auto& those = members(plan.group);
  return 1 + static_cast<std::size_t>(std::count_if(those.begin(), those.end(), [&](PersonId other) {
           return other != person && plans[other].stage == plan.stage && follows(other, plans);
         }));
}

void Groups::add(PersonId person, std::uint32_t group) {
  if (group == kAlone) return;
  Group& one = all_[group];
  one.members.insert(std::upper_bound(one.members.begin(), one.members.end(), person), person);
  if (one.named.valid() && (person == one.named || !one.leader.valid())) one.leader = person;
  stale_ = true;
}

void Groups::remove(PersonId person, std::uint32_t group) {
  if (group == kAlone) return;
  std::erase(all_[group].members, person);
  stale_ = true;
}

void Groups::lose(PersonId person, std::uint32_t group) {
  if (group == kAlone) return;
  remove(person, group);
  Group& one = all_[group];
  if (one.leader == person) one.leader = one.members.empty() ? PersonId::none() : one.members.front();
}

void Groups::renew() {
  of_several_.clear();
  for (const auto& [number, group] : all_) {
    if (group.members.size() > 1) of_several_.push_back(&group);
  }
  stale_ = false;
}

void Groups::hold_together(const Scene& scene, Arena& arena) {
  if (stale_) renew();
  arena.for_blocks(of_several_.size(), 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Group& group = *of_several_[i];
      group.leader.valid() ? keep_with_leader(group, scene) : keep_with_last(group, scene);
    }
  });
}

void Groups::keep_with_last(const Group& group, const Scene& scene) {
  const auto& left = scene.left;
  const auto position = scene.crowd.position();
  const Plan* last = nullptr;
  for (const PersonId person : group.members) {
    const Plan& plan = scene.plans[person];
    const bool behind = last == nullptr || plan.leg < last->leg ||
                        (plan.leg == last->leg && left[plan.row] > left[last->row]);
    if (behind) last = &plan;
  }
  for (const PersonId person : group.members) {
    const Plan& plan = scene.plans[person];
    if (&plan == last || !walks(left[plan.row])) continue;
    const double ahead = plan.leg == last->leg ? left[last->row] - left[plan.row]
                                               : distance(position[plan.row], position[last->row]);
    scene.crowd.speed_factor()[plan.row] *=
        static_cast<float>(pace(ahead, scene.together, slowest_before(*last)));
  }
}

void Groups::keep_with_leader(const Group& group, const Scene& scene) {
  const Plan& leader = scene.plans[group.leader];
  if (leader.held == kRides) return;  // they go to the leader's stage, and wait there
  const double to_go = scene.left[leader.row];
  const Point at = scene.crowd.position()[leader.row];
  const auto factor = scene.crowd.speed_factor();
  const double reach = scene.together + kPerPair * static_cast<double>(group.members.size() - 2);
  const Plan* last = nullptr;
  for (const PersonId person : group.members) {
    Plan& plan = scene.plans[person];
    const double left = scene.left[plan.row];
    if (&plan == &leader || plan.journey != leader.journey) continue;
    const bool behind = plan.leg < leader.leg || (plan.leg == leader.leg && left > to_go);
    if (behind &&
        (last == nullptr || plan.leg < last->leg || (plan.leg == last->leg && left > scene.left[last->row])))
      last = &plan;
    if (!walks(left)) continue;
    const Point here = scene.crowd.position()[plan.row];
    const double off = distance(here, at);
    if (plan.leg > leader.leg) {
      factor[plan.row] *= static_cast<float>(pace(off, reach, to_go < 0 ? 0 : slowest_before(leader)));
    } else if (plan.leg < leader.leg || to_go < 0 || leader.held != 0) {
      plan.sees_leader = 0;  // on to the stage, where they catch up, or the leader stands
    } else if (!behind) {
      factor[plan.row] *= static_cast<float>(pace(to_go - left, kAhead, slowest_before(leader)));
    } else {
      const bool look = (scene.steps + person.value) % scene.look_steps == 0;
      if (look) plan.sees_leader = open_way(scene, here, at, double{scene.crowd.radius()[plan.row]}) ? 1 : 0;
      if (plan.sees_leader != 0 && off > kBeside) scene.crowd.aims()[plan.row] = at;
    }
  }
  if (last == nullptr || !walks(to_go)) return;
  const double ahead = last->leg == leader.leg ? scene.left[last->row] - to_go
                                               : distance(at, scene.crowd.position()[last->row]);
  factor[leader.row] *= static_cast<float>(pace(ahead, reach, slowest_before(*last)));
}

void Groups::save(SnapshotWriter& out) const {
  std::vector<std::uint32_t> leaders;  // group, who was named and who leads, one after the other
  for (const auto& [number, group] : all_) {
    if (group.named.valid()) leaders.insert(leaders.end(), {number, group.named.value, group.leader.value});
  }
  out.put("group_leaders", leaders);
}

void Groups::load(const SnapshotReader& in) {
  std::vector<std::uint32_t> leaders;
  in.get("group_leaders", leaders);
  for (std::size_t i = 0; i + 2 < leaders.size(); i += 3) {
    Group& group = all_[leaders[i]];
    group.named = PersonId{leaders[i + 1]}, group.leader = PersonId{leaders[i + 2]};
  }
}

}  // namespace chimata::pedestrian
