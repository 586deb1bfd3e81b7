/// What goes on round people in a venue: what they breathe, what they decide, where they are held up.
#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata::pedestrian {

void Venue::set_surroundings(Surroundings surroundings) {
  surroundings.check_within(area_->box());
  surroundings_ = std::move(surroundings);
}

void Venue::set_class(const std::vector<PersonId>& people, PersonClass person_class) {
  for (const PersonId person : people) {
    if (exposures_.size() <= person.value) exposures_.resize(person.value + 1, Exposure{});
    exposures_[person].person_class = static_cast<std::uint32_t>(person_class);
  }
}

std::size_t Venue::incapacitated() const {
  return static_cast<std::size_t>(std::count_if(
      exposures_.begin(), exposures_.end(), [](const Exposure& one) { return std::isfinite(one.down_s); }));
}

void Venue::set_door(StageRow stage, bool shut, double at_s) {
  if (stage >= stages_.size())
    throw InputError("stage " + std::to_string(stage), "is to be shut or opened, but is not there");
  if (!std::isfinite(at_s)) throw InputError("stage " + stages_[stage].id, "is shut or opened at no moment");
  door_changes_.push_back({at_s, stage, shut ? 1u : 0u});
  std::stable_sort(door_changes_.begin() + static_cast<std::ptrdiff_t>(next_door_), door_changes_.end(),
                   [](const DoorChange& a, const DoorChange& b) { return a.at_s < b.at_s; });
}

void Venue::change_doors() {
  for (; next_door_ < door_changes_.size() && door_changes_[next_door_].at_s <= now(); ++next_door_)
    choices_.set_shut(door_changes_[next_door_].stage, door_changes_[next_door_].shut != 0);
}

bool Venue::expose(std::size_t row, bool look) {
  Exposure& who = exposures_[crowd_.person()[row]];
  if (std::isfinite(who.down_s)) return false;
  if (!look && who.since_s >= 0) return true;
  const Air air = surroundings_.at(crowd_.position()[row], now());
  who.factor = static_cast<float>(
      surroundings_.factor(air, double{crowd_.speed()[row]}, static_cast<PersonClass>(who.person_class)));
  if (who.since_s >= 0) who.dose += dose_rate(air) * (now() - who.since_s);
  who.since_s = now();
  if (who.dose < surroundings_.smoke.incapacitated_at) return true;
  who.down_s = now();
  return false;
}

void Venue::let_fall() {
  // out of line, and nobody waits for them; the body stays
  for (std::size_t row = 0; row < crowd_.size(); ++row) {
    const PersonId person = crowd_.person()[row];
    if (exposures_[person].down_s != now()) continue;
    std::visit([&](auto& does) { does.forget(person); }, stages_[plan_[person].stage].does);
    groups_.lose(person, plan_[person].group);
    Plan& plan = plan_[person];
    plan.undecided = 0, plan.via = kNoRow, plan.held = 0;  // nor does a cabin wait for them
  }
}

Choices::Scene Venue::scene() const {
  return {now(),     random(), crowd_,        walls_,     ways_, stages_, target_,
          journeys_, groups_,  surroundings_, exposures_, plan_, to_go_,  storeys_.get()};
}

void Venue::choose(Arena& arena) {
  const Choices::Scene scene = this->scene();
  const bool round = steps_ % look_steps_ == 0;
  if (round) choices_.renew(scene);
  if (round || !undecided_.empty()) choices_.look_round(scene);
  std::sort(undecided_.begin(), undecided_.end());
  std::vector<PersonId> later;
  for (const PersonId person : undecided_) {
    Plan& plan = plan_[person];
    if (plan.held == kRides) {  // on getting out
      later.push_back(person);
      continue;
    }
    // left meanwhile, sent elsewhere, or overcome
    if (plan.inside == 0 || plan.undecided == 0 || std::isfinite(exposures_[person].down_s)) continue;
    const StageRow stage = choices_.decide_first(scene, person);
    plan.undecided = 0;
    turn_to(person, stage);
    turn_followers(person);
    to_go_[plan.row] = steer(plan.row, plan);
    reached_[plan.row] = 0;  // at the earliest in the next step
  }
  undecided_.swap(later);
  if (!round) return;
  const double per_turn = static_cast<double>(look_steps_) * model_.dt;
  const auto turns =
      static_cast<std::size_t>(std::max(1.0, std::round(choices_.model().look_every / per_turn)));
  const std::size_t before = changes_.size();
  choices_.decide(scene, static_cast<std::size_t>(steps_ / look_steps_) % turns, turns, arena, changes_);
  for (std::size_t i = before, end = changes_.size(); i < end; ++i) {
    const ChangeOfMind change = changes_[i];
    const Plan plan = plan_[change.person];
    turn_to(change.person, change.to);
    if (plan.group == kAlone) continue;
    for (const PersonId other : groups_.members(plan.group)) {
      const Plan& its = plan_[other];
      if (its.journey == plan.journey && its.leg == plan.leg && its.undecided == 0 && its.target != kToSpot)
        turn_to(other, change.to);
    }
  }
}

void Venue::turn_to(PersonId person, StageRow stage) {
  if (plan_[person].stage == stage && plan_[person].target == target_[stage]) return;
  head_for(person, stage);
  reached_[plan_[person].row] = 0;
}

void Venue::measure_crowding(Arena& arena) {
  const auto every = std::max<std::int64_t>(1, std::llround(Crowding::kEvery / model_.dt));
  if (steps_ % every != 0) return;
  std::vector<std::uint8_t> walking(crowd_.size());
  for (std::size_t row = 0; row < crowd_.size(); ++row) {
    const Plan& plan = plan_[crowd_.person()[row]];
    walking[row] = plan.target != kToSpot && plan.starts_s <= now() ? 1 : 0;
  }
  crowding_.measure(crowd_, walking);
  ways_.set_delay(crowding_.frame(), crowding_.extra(), arena);
  if (storeys_) storeys_->measure();
}

}  // namespace chimata::pedestrian
