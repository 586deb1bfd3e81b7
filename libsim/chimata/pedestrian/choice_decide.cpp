/// How people learn of ways out and decide between them.
#include <algorithm>
#include <bit>
#include <cmath>

#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/choice.hpp"
#include "chimata/pedestrian/levels/storeys.hpp"

namespace chimata::pedestrian {

namespace {

constexpr Purpose kNotices{"pedestrian.notices"}, kComplies{"pedestrian.complies"},
    kFollows{"pedestrian.follows"};
constexpr std::size_t kRowsPerBlock = 256;
constexpr double kOff = 0.01;  // m; signs and doors lie on walls
constexpr double kNever = std::numeric_limits<double>::infinity();

bool is_down(const Choices::Scene& scene, PersonId person) {
  return person.value < scene.exposures.size() && std::isfinite(scene.exposures[person].down_s);
}

/// Has decided where to go, and has set out.
bool goes_somewhere(const Choices::Scene& scene, PersonId person) {
  const Plan& plan = scene.plans[person];
  return plan.undecided == 0 && !is_down(scene, person) && plan.starts_s <= scene.now;
}

const Leg& leg_of(const Choices::Scene& scene, const Plan& plan) {
  return scene.journeys[plan.journey][plan.leg];
}

bool chooses(const Choices::Scene& scene, const Plan& plan) {
  const Leg& leg = leg_of(scene, plan);
  return leg.by == Choose::quickest && leg.stages.size() > 1;
}

}  // namespace

void Choices::renew(const Scene& scene) {
  std::vector<LinesAhead::Coming> coming;
  for (std::uint32_t row = 0; row < scene.crowd.size(); ++row) {
    const PersonId person = scene.crowd.person()[row];
    const Plan& plan = scene.plans[person];
    if (!goes_somewhere(scene, person)) continue;
    const bool there = plan.target == kToSpot;
    if (!there && !(scene.left[row] >= 0 && scene.left[row] < kNever)) continue;
    coming.push_back({plan.stage, there ? 0 : scene.left[row] / double{scene.crowd.speed()[row]}});
  }
  ahead_.renew(coming, scene.stages, model_.door_flow);
}

void Choices::look_round(const Scene& scene) {
  if (model_.follow == 0) return;
  std::vector<StageRow> aims(scene.crowd.size(), kNoRow);
  for (std::uint32_t row = 0; row < scene.crowd.size(); ++row) {
    const PersonId person = scene.crowd.person()[row];
    if (goes_somewhere(scene, person)) aims[row] = scene.plans[person].stage;
  }
  company_.renew(scene.crowd, std::move(aims), model_.follow_within);
}

bool Choices::in_reach(const Scene& scene, Point at, const std::vector<Wall>& lines, double reach,
                       bool in_sight) const {
  return std::any_of(lines.begin(), lines.end(), [&](const Wall& line) {
    const Point there = nearest_on(line, at);
    const double off = distance(at, there);
    if (off > reach) return false;
    if (!in_sight || off <= kOff) return true;
    return scene.walls.sees(at, between(there, at, kOff / off));
  });
}

void Choices::learn(const Scene& scene, PersonId person, Point at, std::uint64_t of_leg, Mind& mind) const {
  const double clear =
      scene.surroundings.empty() ? kNever : scene.surroundings.sight(scene.surroundings.at(at, scene.now));
  for (std::uint32_t i = 0; i < signs_.size(); ++i) {
    const Sign& sign = signs_[i];
    const std::uint64_t shows = bits(sign.shows) & ~mind.known;
    if (shows == 0 || scene.now < sign.from_s || scene.now > sign.until_s) continue;
    if (scene.random.uniform(kNotices, person.value, i) >= sign.noticed) continue;
    if (in_reach(scene, at, sign.lines, std::min(sign.reach, clear), true)) mind.known |= shows;
  }
  for (std::uint64_t rest = of_leg; rest != 0; rest &= rest - 1) {
    const auto bit = static_cast<std::size_t>(std::countr_zero(rest));
    const std::uint64_t mask = std::uint64_t{1} << bit;
    if (shut(alternatives_[bit]) == ((mind.shut & mask) != 0)) continue;
    if (in_reach(scene, at, doors_[bit], std::min(model_.sight, clear), true)) mind.shut ^= mask;
  }
  listen(scene, person, at, mind);
}

void Choices::listen(const Scene& scene, PersonId person, Point at, Mind& mind) const {
  for (std::uint32_t i = 0; i < announcements_.size(); ++i) {
    const Announcement& one = announcements_[i];
    if (scene.now < one.from_s || scene.now > one.until_s) continue;
    if (!one.lines.empty() && !in_reach(scene, at, one.lines, one.reach, one.in_sight)) continue;
    const std::uint64_t recommended = bits(one.recommends);
    mind.known |= recommended;
    if (scene.random.uniform(kComplies, person.value, i) >= one.share) continue;
    if (recommended != 0) mind.advised = recommended;
    mind.shut |= bits(one.shut);
  }
}

double Choices::time_to(const Scene& scene, const Plan& plan, StageRow stage) const {
  const Point at = scene.crowd.position()[plan.row];
  const double known = plan.undecided == 0 && stage == plan.stage ? scene.left[plan.row] : kNever;
  const double way = known >= 0 && known < kNever ? known
                     : scene.storeys ? scene.storeys->left(scene.targets[stage], at, plan.mobility)
                                     : scene.ways.distance(scene.targets[stage], at);
  if (!std::isfinite(way)) return kNever;
  return ahead_.through(stage, way / double{scene.crowd.speed()[plan.row]});
}

Choices::Option Choices::quickest(const Scene& scene, const Plan& plan, std::uint64_t options) const {
  Option best;
  if (std::has_single_bit(options))
    return {alternatives_[static_cast<std::size_t>(std::countr_zero(options))], kNever};
  for (; options != 0; options &= options - 1) {
    const StageRow stage = alternatives_[static_cast<std::size_t>(std::countr_zero(options))];
    const double time = time_to(scene, plan, stage);
    if (time < best.time_s || best.stage == kNoRow) best = {stage, time};
  }
  return best;
}

StageRow Choices::decide(const Scene& scene, PersonId person, Mind& mind, Why& why) const {
  const Plan& plan = scene.plans[person];
  const std::uint64_t of_leg = bits(leg_of(scene, plan).stages);
  const std::uint64_t open = of_leg & ~mind.shut;
  const std::uint64_t now = plan.undecided != 0 ? 0 : bits({plan.stage});
  std::uint64_t options = open & mind.known;
  if (options == 0) options = open != 0 ? open : of_leg;
  if ((mind.advised & open) != 0) {
    // of several recommended ones the quickest, with the same reluctance to change
    options = mind.advised & open;
    why = Why::advised;
  } else if (scene.random.uniform(kFollows, person.value) < model_.follow) {
    const StageRow most =
        company_.majority(scene.crowd, scene.walls, plan.row, model_.follow_within, model_.follow_least);
    const std::uint64_t theirs = most == kNoRow ? 0 : bits({most}) & open;
    if (theirs != 0) {
      mind.known |= theirs;
      why = Why::followed;
      return theirs == now || scene.now - mind.changed_s >= model_.stay_s ? most : plan.stage;
    }
    if (scene.now - mind.changed_s < model_.stay_s && (now & options) != 0) return plan.stage;
  }
  const Option best = quickest(scene, plan, options);
  if ((now & options) == 0) {
    if (why == Why::quicker && now != 0 && (now & mind.shut) != 0) why = Why::shut;
    return best.stage;
  }
  if (best.stage == plan.stage) return plan.stage;
  const double present = time_to(scene, plan, plan.stage);
  const double gain = present - best.time_s;
  const bool worth =
      std::isfinite(best.time_s) &&
      (!std::isfinite(present) || (gain > model_.gain_s && gain > model_.gain_share * present));
  return worth ? best.stage : plan.stage;
}

bool Choices::has_turn(const Scene& scene, PersonId person) const {
  const Plan& plan = scene.plans[person];
  if (plan.undecided != 0 || plan.starts_s > scene.now || is_down(scene, person) || !chooses(scene, plan))
    return false;
  // who stands at a stage stays, unless its door is shut
  if (plan.target == kToSpot && !shut(plan.stage)) return false;
  return plan.group == kAlone || scene.groups.decider(plan.group) == person;
}

void Choices::decide(const Scene& scene, std::size_t turn, std::size_t turns, Arena& arena,
                     std::vector<ChangeOfMind>& changes) {
  const std::size_t count = scene.crowd.size();
  if (minds_.size() < scene.plans.size()) minds_.resize(scene.plans.size(), Mind{});
  taken_.assign(count, kNoRow);
  why_.assign(count, Why::quicker);
  arena.for_blocks(count, kRowsPerBlock, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const PersonId person = scene.crowd.person()[row];
      if (person.value % turns != turn || !has_turn(scene, person)) continue;
      const auto of_leg = bits(leg_of(scene, scene.plans[person]).stages);
      learn(scene, person, scene.crowd.position()[row], of_leg, minds_[person]);
      const StageRow stage = decide(scene, person, minds_[person], why_[row]);
      if (stage != scene.plans[person].stage) taken_[row] = stage;
    }
  });
  const std::size_t before = changes.size();
  for (std::size_t row = 0; row < count; ++row) {
    if (taken_[row] == kNoRow) continue;
    const PersonId person = scene.crowd.person()[row];
    minds_[person].changed_s = scene.now;
    changes.push_back({scene.now, person, scene.plans[person].stage, taken_[row], why_[row]});
  }
  std::sort(changes.begin() + static_cast<std::ptrdiff_t>(before), changes.end(),
            [](const ChangeOfMind& a, const ChangeOfMind& b) { return a.person < b.person; });
}

StageRow Choices::decide_first(const Scene& scene, PersonId person) {
  if (minds_.size() < scene.plans.size()) minds_.resize(scene.plans.size(), Mind{});
  const Plan& plan = scene.plans[person];
  // who comes to a group that has decided goes along
  if (plan.group != kAlone) {
    const Plan& first = scene.plans[scene.groups.decider(plan.group)];
    if (first.undecided == 0 && first.journey == plan.journey && first.leg == plan.leg) return first.stage;
  }
  learn(scene, person, scene.crowd.position()[plan.row], bits(leg_of(scene, plan).stages), minds_[person]);
  Why why{};
  return decide(scene, person, minds_[person], why);
}

}  // namespace chimata::pedestrian
