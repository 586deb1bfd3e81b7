/// A venue, step by step.
#include <algorithm>
#include <cmath>
#include <limits>

#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/standstill.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata::pedestrian {

namespace {

constexpr std::size_t kRowsPerBlock = 1024;
constexpr double kNearer = 0.1;   // m; less than this is no progress (C)
constexpr double kGivesUp = 3.0;  // s without progress after which people stand where they are (C)

}  // namespace

void Venue::run_until(double time_s, Arena& arena) {
  const auto last = static_cast<std::int64_t>(std::ceil(time_s / model_.dt - 1e-9));
  while (steps_ < last) {
    change_gates(arena);
    change_doors();
    enter_those_due();
    if (storeys_) ride();
    if (crowd_.size() > 0) {
      steer(arena);
      if (!surroundings_.empty()) let_fall();
      if (!choices_.empty()) choose(arena);
      pass_stages();
      step_over_seams(arena);
      if (model_.quickest) measure_crowding(arena);
    }
    ++steps_;
  }
}

void Venue::change_gates(Arena& arena) {
  std::vector<WallRow> changed, raised;
  for (; next_change_ < gate_changes_.size() && gate_changes_[next_change_].at_s <= now(); ++next_change_) {
    const GateChange& change = gate_changes_[next_change_];
    if (walls_.stands(change.wall) == (change.closed != 0)) continue;
    walls_.set_standing(change.wall, change.closed != 0);
    changed.push_back(change.wall);
    if (change.closed != 0) raised.push_back(change.wall);
  }
  if (changed.empty()) return;
  step_off(raised);
  ways_.update(changed, arena);
  if (storeys_) storeys_->measure();
}

void Venue::ride() {
  storeys_->renew(now(), crowd_, plan_);
  storeys_->admit(now(), model_.dt, crowd_, plan_);
  storeys_->ride(now(), crowd_, walls_, plan_, got_in_, got_out_);
  // nobody waits for those who are out of sight
  for (const PersonId person : got_in_) groups_.remove(person, plan_[person].group);
  // nor do they breathe in anything
  for (const PersonId person : got_in_) exposures_[person].since_s = -1;
  for (const PersonId person : got_out_) rejoin(person);
}

void Venue::step_over_seams(Arena& arena) {
  const auto moment = static_cast<std::uint32_t>(now());
  if (!storeys_) return crowd_.step(model_.dt, arena, moment);
  storeys_->mirror(crowd_);
  try {
    crowd_.step(model_.dt, arena, moment);
  } catch (...) {  // of an own law: nobody may stay who is only mirrored
    storeys_->unmirror(crowd_);
    throw;
  }
  storeys_->unmirror(crowd_);
  storeys_->cross(crowd_, plan_);
}

void Venue::enter_those_due() {
  outside_.let_in(now(), crowd_, walls_, random(), entering_);
  if (entering_.empty()) return;
  newcomers_.clear();
  for (const Arrival& who : entering_) {
    newcomers_.push_back(who.body);
    Point& at = newcomers_.back().at;  // a gate may have been shut there since it was asked for
    if (walls_.clearance(at) < kWallDistance) at = beside_walls(at, at);
  }
  crowd_.insert(newcomers_);
  for (const Newcomer& body : newcomers_) {
    plan_[body.person].inside = 1;
    set_out(body.person);
  }
}

void Venue::steer(Arena& arena) {
  reached_.assign(crowd_.size(), 0);
  to_go_.resize(crowd_.size());
  const auto person = crowd_.person();
  arena.for_blocks(crowd_.size(), kRowsPerBlock, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) to_go_[row] = steer(row, plan_[person[row]]);
  });
  if (!groups_.empty()) {
    const Levels* building = storeys_ ? &storeys_->building() : nullptr;
    groups_.hold_together({model_.together, crowd_, plan_, to_go_, walls_, building, steps_, look_steps_},
                          arena);
  }
  if (steps_ % look_steps_ == 0) let_pass(arena);  // whoever waits for their group is not stuck
}

void Venue::let_pass(Arena& arena) {
  if (!model_.step_aside && !model_.make_way) return;
  const double every_s = static_cast<double>(look_steps_) * model_.dt;
  count_standstill(crowd_, to_go_, every_s, plan_, arena);
  if (model_.step_aside) standoffs_.look(crowd_, plan_);
  if (!model_.make_way) return;
  stands_.assign(crowd_.size(), 0);
  for (std::size_t row = 0; row < crowd_.size(); ++row) {
    const Plan& plan = plan_[crowd_.person()[row]];
    const bool stands = plan.target == kToSpot && plan.thereabouts != 0 &&
                        (crowd_.speed_factor()[row] == 0 || plan.makes_way(now()));
    stands_[row] = stands && gives_places(stages_[plan.stage].does) ? 1 : 0;
  }
  making_way_.look(crowd_, stands_, now(), walls_, plan_, arena);
}

double Venue::steer(std::size_t row, Plan& plan) {
  const Point at = crowd_.position()[row];
  float& factor = crowd_.speed_factor()[row];
  Point& aim = crowd_.aims()[row];
  plan.row = static_cast<std::uint32_t>(row);
  const bool look = (steps_ + crowd_.person()[row].value) % look_steps_ == 0;
  if (!surroundings_.empty() && !expose(row, look)) {
    factor = 0, aim = at;
    return -1;
  }
  const bool to_spot = plan.target == kToSpot;
  const Point spot = plan.makes_way(now()) ? plan.aside : plan.spot;
  if (now() < plan.starts_s || plan.held != 0 || (to_spot && distance(at, spot) <= kOnSpot)) {
    factor = 0, aim = at;
    if (plan.held != 0) think_again(row, plan);
    return to_spot ? -1 : std::numeric_limits<double>::infinity();
  }
  const bool anew = look || (storeys_ && plan.lost != 0);
  const std::uint32_t before = plan.via;
  const Target target = storeys_ && !to_spot ? storeys_->heading(plan, at, anew) : plan.target;
  // groups have slowed them down since
  const bool first = plan.lost != 0 && !surroundings_.empty();
  if (anew || first || factor == 0 || plan.group != kAlone) factor = free_speed(row, plan);
  if (to_spot) {
    aim = spot;
    if (plan.thereabouts != 0 && !plan.makes_way(now())) settle(plan, at);
    return -1;
  }
  std::uint32_t& corner = crowd_.note()[row];
  const bool at_once = plan.lost != 0 || plan.via != before;
  if (at_once) corner = kLost, plan.lost = 0;
  if (corner == kLost && !at_once && !anew) {  // there was no way when they looked last
    aim = at;
    return -1;
  }
  const Ways::Aim way = ways_.aim(target, at, corner, anew, held_up(row, plan));
  corner = way.corner, aim = way.at;
  if (plan.steps_aside != 0) aim = Standoffs::aside(at, aim);
  const double reach = model_.reach + double{crowd_.radius()[row]} + reach_[plan.stage];
  // delays make the last steps longer than they are
  const double off = model_.quickest && is_straight(way.corner) ? distance(at, way.at) : way.left;
  reached_[row] = off <= reach && plan.via == kNoRow ? 1 : 0;
  if (plan.via != kNoRow) return std::isfinite(way.left) ? way.left + storeys_->rest(plan) : -1;
  return std::isfinite(way.left) ? way.left : -1;
}

void Venue::think_again(std::size_t row, Plan& plan) const {
  const bool look = (steps_ + crowd_.person()[row].value) % look_steps_ == 0;
  if (plan.lost == 0 && !look) return;
  const std::uint32_t before = plan.via;
  (void)storeys_->heading(plan, crowd_.position()[row], true);
  if (plan.via != before) plan.held = 0, plan.lost = 1;
}

float Venue::free_speed(std::size_t row, const Plan& plan) const {
  float factor = has_zones_ ? static_cast<float>(area_->speed_factor(crowd_.position()[row])) : 1;
  if (!surroundings_.empty()) factor *= exposures_[crowd_.person()[row]].factor;
  if (storeys_) {
    const double own = crowd_.speed()[row];
    factor *= static_cast<float>(storeys_->pace(crowd_.person()[row], plan, own, random()));
  }
  return factor;
}

void Venue::settle(Plan& plan, Point at) const {
  const double off = distance(at, plan.spot);
  if (off < plan.closest - kNearer) {
    plan.closest = off, plan.since_s = now();
  } else if (now() - plan.since_s > kGivesUp) {
    plan.spot = at;
    if (plan.chain == 0) plan.place = at;
  }
}

double Venue::held_up(std::size_t row, Plan& plan) const {
  constexpr double kFades = 5;  // s
  // on stairs nobody is held up who is as fast as stairs allow
  const double wanted = double{crowd_.speed()[row]} * (storeys_ ? double{crowd_.speed_factor()[row]} : 1);
  const double now = 1 - length(crowd_.velocity()[row]) / wanted;
  plan.held_up = std::max(plan.held_up * (1 - model_.dt / kFades), now);
  return plan.held_up;
}

void Venue::pass_stages() {
  const std::size_t before = passings_.size();
  Usher usher({now(), model_.dt, random(), crowd_, walls_, outside_, plan_, passings_, journeys_.lengths(),
               bound_, groups_});
  tell_stages(usher);
  take_along(usher);
  std::stable_sort(passings_.begin() + static_cast<std::ptrdiff_t>(before), passings_.end(),
                   [](const Passing& a, const Passing& b) { return a.person < b.person; });
  for (std::size_t i = before; i < passings_.size(); ++i) {
    if (ends(stages_[passings_[i].stage].does)) departures_.push_back(passings_[i]);
  }
  for (const PersonId person : going_) {
    ++plan_[person].leg;
    start_leg(person);
  }
  if (!usher.leaving().empty()) remove(usher.leaving());
}

void Venue::tell_stages(Usher& usher) {
  order_.clear();
  passed_.assign(reached_.size(), 0);
  for (std::size_t row = 0; row < reached_.size(); ++row) {
    if (reached_[row] != 0) order_.push_back(crowd_.person()[row]);
  }
  std::sort(order_.begin(), order_.end());
  for (const PersonId person : order_) {
    // no longer, if their group has just gone to another queue
    if (reached_[plan_[person].row] == 0) continue;
    if (choices_.shut(plan_[person].stage) || finds_other_queue(person)) continue;
    if (passes_with_leader(person, usher)) continue;
    std::visit([&](auto& does) { does.reached(person, usher); }, stages_[plan_[person].stage].does);
  }
  for (StageRow row = 0; row < stages_.size(); ++row) {
    if (!choices_.shut(row)) std::visit([&](auto& does) { does.step(usher); }, stages_[row].does);
  }
}

bool Venue::finds_other_queue(PersonId person) {
  constexpr double kWorthIt = 0.8;  // of the wait here, else nobody walks to another queue (C)
  const Plan& plan = plan_[person];
  const auto* queue = std::get_if<Queue>(&stages_[plan.stage].does);
  if (queue == nullptr || !queue->full() || queue->knows(person)) return false;
  if (groups_.follows(person, plan_)) return false;
  if (journeys_[plan.journey][plan.leg].by != Choose::least_crowded) return false;
  const StageRow other = journeys_.least_crowded(plan, stages_, bound_);
  const auto burden = [&](StageRow row) {
    return std::visit([&](const auto& does) { return does.burden(bound_[row]); }, stages_[row].does);
  };
  if (other == plan.stage || burden(other) > kWorthIt * burden(plan.stage)) return false;
  if (plan.group == kAlone) {
    head_for(person, other);
    return true;
  }
  if (!may_leave_together(*queue, plan)) return false;
  journeys_.settle_for(plan, other);
  const Plan was = plan;
  for (const PersonId member : groups_.members(was.group)) {
    const Plan& its = plan_[member];
    if (its.journey == was.journey && its.leg == was.leg && its.stage == was.stage) turn_to(member, other);
  }
  return true;
}

bool Venue::may_leave_together(const Queue& queue, const Plan& plan) const {
  const std::vector<PersonId> riding = storeys_ ? storeys_->riding() : std::vector<PersonId>{};
  const bool one_rides = std::any_of(riding.begin(), riding.end(),
                                     [&](PersonId person) { return plan_[person].group == plan.group; });
  const auto& members = groups_.members(plan.group);
  return !one_rides && std::all_of(members.begin(), members.end(), [&](PersonId member) {
    const Plan& its = plan_[member];
    if (its.journey != plan.journey || its.leg < plan.leg) return true;
    return its.leg == plan.leg && its.stage == plan.stage && !queue.knows(member);
  });
}

void Venue::head_for(PersonId person, StageRow stage) {
  Plan& plan = plan_[person];
  if (plan.stage != kNoRow) {
    --bound_[plan.stage];
    std::visit([&](auto& does) { does.forget(person); }, stages_[plan.stage].does);
  }
  plan.stage = stage;
  plan.target = target_[stage];
  plan.lost = 1;
  ++bound_[stage];
}

void Venue::start_leg(PersonId person) {
  if (groups_.follows(person, plan_) && plan_[leader_of(person)].leg == plan_[person].leg) {
    plan_[person].undecided = 0;
    return head_for(person, plan_[leader_of(person)].stage);
  }
  const Leg& leg = journeys_[plan_[person].journey][plan_[person].leg];
  if (leg.by == Choose::quickest && leg.stages.size() > 1) {
    if (plan_[person].undecided == 0) undecided_.push_back(person);
    plan_[person].undecided = 1;
    return head_for(person, leg.stages.front());
  }
  plan_[person].undecided = 0;
  head_for(person, journeys_.choose(plan_[person], person, stages_, bound_, random()));
}

void Venue::remove(const std::vector<PersonId>& leaving) {
  gone_.assign(crowd_.size(), 0);
  for (const PersonId person : leaving) {
    Plan& plan = plan_[person];
    gone_[plan.row] = 1;
    if (!surroundings_.empty()) {
      expose(plan.row, true);
      // whoever is at the door gets out
      exposures_[person].since_s = -1;
      exposures_[person].down_s = std::numeric_limits<double>::infinity();
    }
    --bound_[plan.stage];
    groups_.lose(person, plan.group);
    lead_by_ways_for_all(plan.group);
    plan = {};
  }
  left_ += leaving.size();
  crowd_.remove(gone_);
}

}  // namespace chimata::pedestrian
