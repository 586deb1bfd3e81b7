#include "chimata/pedestrian/journey.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "chimata/core/error.hpp"

namespace chimata::pedestrian {

namespace {

constexpr Purpose kBranch{"pedestrian.branch"};

void check(bool good, const std::string& where, const std::string& what, const std::string& fix = {}) {
  if (!good) throw InputError(where, what, fix);
}

void check_leg(const Leg& leg, const std::string& where, bool last, const std::vector<Stage>& stages) {
  check(!leg.stages.empty(), where, "has no stage");
  for (const StageRow row : leg.stages) {
    check(row < stages.size(), where, "names stage " + std::to_string(row) + ", which is not there");
    const Stage& stage = stages[row];
    check(last || !ends(stage.does), where, "goes on after leaving by " + stage.id);
    check(!last || may_be_last(stage.does), where, "ends at " + stage.id,
          "end at a stage to leave by or to wait at");
  }
  if (leg.shares.empty()) return;
  const bool good = std::all_of(leg.shares.begin(), leg.shares.end(),
                                [](double share) { return share >= 0 && std::isfinite(share); });
  check(good && std::accumulate(leg.shares.begin(), leg.shares.end(), 0.0) > 0, where,
        "has shares below 0, or none above it");
  check(leg.shares.size() == leg.stages.size(), where,
        std::to_string(leg.shares.size()) + " shares for " + std::to_string(leg.stages.size()) + " stages",
        "give one each");
}

std::size_t drawn(const Leg& leg, double share) {
  if (leg.shares.empty()) return static_cast<std::size_t>(share * static_cast<double>(leg.stages.size()));
  double left = share * std::accumulate(leg.shares.begin(), leg.shares.end(), 0.0);
  std::size_t i = 0;
  while (i + 1 < leg.shares.size() && left >= leg.shares[i]) left -= leg.shares[i++];
  return i;
}

}  // namespace

JourneyRow Journeys::add(std::vector<Leg> legs, const std::vector<Stage>& stages) {
  const std::string where = "journey " + std::to_string(size());
  check(!legs.empty(), where, "has no stage");
  for (std::size_t i = 0; i < legs.size(); ++i) check_leg(legs[i], where, i + 1 == legs.size(), stages);
  first_turn_.push_back(static_cast<std::uint32_t>(turns_.size()));
  lengths_.push_back(static_cast<std::uint32_t>(legs.size()));
  turns_.resize(turns_.size() + legs.size(), 0);
  legs_.push_back(std::move(legs));
  return static_cast<JourneyRow>(legs_.size() - 1);
}

StageRow Journeys::choose(const Plan& plan, PersonId person, const std::vector<Stage>& stages,
                          const std::vector<std::uint32_t>& bound, Random random) {
  const Leg& leg = legs_[plan.journey][plan.leg];
  if (leg.stages.size() == 1) return leg.stages.front();
  const std::uint32_t turn = turn_of(plan);
  const bool alone = plan.group == kAlone;
  if (leg.by == Choose::shares) {
    const std::uint32_t who = alone ? person.value : plan.group;
    // somebody alone and the group of the same number have nothing to do with each other
    return leg.stages[drawn(leg, random.uniform(kBranch, who, 2 * turn + (alone ? 0 : 1)))];
  }
  if (!alone) {
    if (const auto agreed = agreed_.find({turn, plan.group}); agreed != agreed_.end()) return agreed->second;
  }
  const StageRow stage = leg.by == Choose::round_robin ? leg.stages[turns_[turn]++ % leg.stages.size()]
                                                       : least_crowded(plan, stages, bound);
  if (!alone) settle_for(plan, stage);
  return stage;
}

StageRow Journeys::least_crowded(const Plan& plan, const std::vector<Stage>& stages,
                                 const std::vector<std::uint32_t>& bound) const {
  const Leg& leg = legs_[plan.journey][plan.leg];
  StageRow best = leg.stages.front();
  double least = INFINITY;
  for (const StageRow row : leg.stages) {
    const double burden =
        std::visit([&](const auto& does) { return does.burden(bound[row]); }, stages[row].does);
    if (burden < least) least = burden, best = row;
  }
  return best;
}

void Journeys::save(SnapshotWriter& out) const {
  out.put("round_robin", turns_);
  std::vector<std::uint32_t> agreed;  // leg, group and stage, one after the other
  for (const auto& [whose, stage] : agreed_) agreed.insert(agreed.end(), {whose.first, whose.second, stage});
  out.put("groups_agreed", agreed);
}

void Journeys::load(const SnapshotReader& in) {
  in.get("round_robin", turns_);
  std::vector<std::uint32_t> agreed;
  in.get("groups_agreed", agreed);
  agreed_.clear();
  for (std::size_t i = 0; i + 2 < agreed.size(); i += 3) agreed_[{agreed[i], agreed[i + 1]}] = agreed[i + 2];
}

}  // namespace chimata::pedestrian
