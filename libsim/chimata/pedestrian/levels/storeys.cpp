#include "chimata/pedestrian/levels/storeys.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "chimata/core/error.hpp"
#include "chimata/core/records.hpp"
#include "chimata/core/text.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kEntry = 0.3;      // m beyond a seam from where the way on is measured
constexpr double kRenewal = 1;      // s between two looks at how many wait (C)
constexpr double kBetter = 0.95;    // of the present way, else nobody chooses another one (C)
constexpr double kStairFlow = 1.0;  // persons/(m s), SFPE Handbook (2002): 0.94 to 1.16 for usual stairs (B)

bool standing(const Plan& plan) {
  constexpr double kStands = 0.5;  // of the wanted speed is lost (C)
  return plan.held != 0 || plan.held_up > kStands;
}

}  // namespace

Storeys::Storeys(std::shared_ptr<const Levels> building, const std::vector<FlightModel>& flights,
                 const std::vector<ElevatorModel>& elevators, Ways& ways, const Walls& walls)
    : building_(std::move(building)), ways_(&ways) {
  const auto& all = building_->flights();
  if (flights.size() > all.size())
    throw InputError(
        "building", std::to_string(flights.size()) + " models for " + std::to_string(all.size()) + " flights",
        "give one each at most");
  for (std::uint32_t row = 0; row < all.size(); ++row) {
    laws_.emplace_back("flight " + all[row].id, row < flights.size() ? flights[row] : FlightModel{},
                       building_->steepness(row), building_->rise(row),
                       distance(all[row].foot.a, all[row].foot.b));
    use_.push_back(laws_.back().first_use());
  }
  for (std::uint32_t shaft = 0; shaft < building_->shafts().size(); ++shaft) {
    elevators_.emplace_back(*building_, shaft, shaft < elevators.size() ? elevators[shaft] : ElevatorModel{},
                            walls);
    use_.push_back(Use::both);
  }
  seams_.resize(building_->sheets().size());
  for (std::uint32_t row = 0; row < building_->seams().size(); ++row)
    seams_[building_->seams()[row].sheet].push_back(row);
  add_passages();
  add_landings();
  delay_.assign(passages_.size(), 0);
  free_from_.assign(passages_.size(), 0);
  for (std::size_t p = 0; p < passages_.size(); ++p) {
    const Passage& passage = passages_[p];
    if (passage.shaft != kNoRow)
      delay_[p] = kReference * elevators_[passage.shaft].expected_s(0, passage.landing, passage.goal);
  }
  measure();
}

Target Storeys::target_beyond(const Wall& line) {
  // past the line, so that nobody slows down before it; as far as there is floor over its whole width
  const Point out = left_of(unit(line.b - line.a));
  for (const double off : {1.0, 0.5, 0.25, 0.1}) {
    const Wall goal{line.a + off * out, line.b + off * out};
    bool inside = true;
    for (const double share : {0.1, 0.3, 0.5, 0.7, 0.9})
      inside = inside && building_->area()->contains(between(goal.a, goal.b, share));
    if (inside) return ways_->add_target(std::vector<Wall>{goal});
  }
  return ways_->add_target(std::vector<Wall>{line});
}

void Storeys::add_passages() {
  from_.resize(building_->sheets().size());
  const auto add = [&](const Passage& passage) {
    is_passage_.resize(std::max<std::size_t>(is_passage_.size(), passage.target + 1), 0);
    is_passage_[passage.target] = 1;
    from_[passage.from].push_back(static_cast<std::uint32_t>(passages_.size()));
    passages_.push_back(passage);
  };
  for (const Seam& seam : building_->seams()) {
    const std::uint32_t flight = building_->sheets()[seam.sheet].flight;
    Passage passage{};
    passage.from = seam.sheet, passage.to = seam.beyond, passage.line = seam.line;
    passage.on_to_flight = flight == kNoRow;
    passage.flight = passage.on_to_flight ? building_->sheets()[seam.beyond].flight : flight;
    passage.onward = passage.on_to_flight ? !seam.at_head : seam.at_head;
    passage.target = target_beyond(seam.line);
    passage.entry = between(seam.line.a, seam.line.b, 0.5) +
                    kEntry * left_of(unit(seam.line.b - seam.line.a)) + seam.shift;
    add(passage);
  }
}

void Storeys::add_landings() {
  constexpr double kFree = 1.2;  // m before the door are left to those who get out (C)
  const auto& landings = building_->landings();
  std::vector<Target> targets;
  for (const LandingPlace& place : landings) {
    const Point in = left_of(unit(place.door.b - place.door.a));
    Target target = kToSpot;
    for (const double off : {kFree, 0.6, 0.3}) {
      const Point middle = between(place.door.a, place.door.b, 0.5) + off * in;
      if (target == kToSpot && building_->area()->contains(middle))
        target = ways_->add_target(std::vector<Wall>{{place.door.a + off * in, place.door.b + off * in}});
    }
    if (target == kToSpot) target = ways_->add_target(std::vector<Wall>{place.door});
    is_passage_.resize(std::max<std::size_t>(is_passage_.size(), target + 1), 0);
    is_passage_[target] = 1;
    targets.push_back(target);
  }
  for (std::size_t from = 0; from < landings.size(); ++from) {
    for (const LandingPlace& to : landings) {
      if (landings[from].shaft != to.shaft || landings[from].landing == to.landing) continue;
      Passage passage{};
      passage.from = landings[from].sheet, passage.to = to.sheet, passage.line = landings[from].door;
      passage.target = targets[from];
      passage.shaft = to.shaft, passage.landing = landings[from].landing, passage.goal = to.landing;
      passage.entry = between(to.door.a, to.door.b, 0.5) + kEntry * left_of(unit(to.door.b - to.door.a));
      from_[passage.from].push_back(static_cast<std::uint32_t>(passages_.size()));
      passages_.push_back(passage);
    }
  }
}

std::uint32_t Storeys::connector(const Passage& passage) const {
  return passage.flight != kNoRow ? passage.flight : static_cast<std::uint32_t>(laws_.size() + passage.shaft);
}

bool Storeys::must_wait(const Passage& passage) const {
  return passage.shaft != kNoRow || (passage.on_to_flight && laws_[passage.flight].rate() > 0);
}

bool Storeys::open(const Passage& passage) const {
  const Use use = use_[connector(passage)];
  if (passage.flight == kNoRow) return use != Use::closed;
  // whoever is on a flight when it is closed leaves it by either end
  if (use == Use::closed) return !passage.on_to_flight;
  return use == Use::both || (use == Use::onward) == passage.onward;
}

double Storeys::speed_on(const Passage& passage, Mobility who, double on_level, bool walks) const {
  const FlightLaw& law = laws_[passage.flight];
  if (use_[passage.flight] == Use::closed) return law.speed_on_foot(who, passage.onward, on_level);
  return law.speed(who, passage.onward, on_level, walks);
}

double Storeys::worth(const Passage& passage, Mobility who) const {
  if (passage.flight == kNoRow) return 1;
  const double speed = speed_on(passage, who, kReference, false);
  if (speed == 0) return kNever;
  return passage.on_to_flight ? 1 : kReference / speed;
}

void Storeys::measure() {
  const std::size_t count = passages_.size();
  walk_.assign(count * count, kNever);
  for (std::size_t p = 0; p < count; ++p) {
    for (const std::uint32_t q : from_[passages_[p].to])
      walk_[p * count + q] = ways_->distance(passages_[q].target, passages_[p].entry);
  }
  direct_.clear(), rest_.clear();
  known_ = 0;
  take_in_targets();
}

void Storeys::take_in_targets() {
  if (known_ == ways_->targets()) return;
  is_passage_.resize(ways_->targets(), 0);
  for (; known_ < ways_->targets(); ++known_) {
    std::vector<double> direct;
    if (is_passage_[known_] == 0) {
      for (const Passage& passage : passages_) direct.push_back(ways_->distance(known_, passage.entry));
    }
    direct_.push_back(std::move(direct));
  }
  renew_rests();
}

void Storeys::renew_rests() {
  const std::size_t count = passages_.size();
  rest_.resize(direct_.size());
  for (std::size_t target = 0; target < direct_.size(); ++target) {
    if (direct_[target].empty()) continue;
    rest_[target].assign(kMobilities * count, kNever);
    for (std::size_t kind = 0; kind < kMobilities; ++kind) {
      double* rest = rest_[target].data() + kind * count;
      std::copy(direct_[target].begin(), direct_[target].end(), rest);
      for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t p = 0; p < count; ++p) {
          for (const std::uint32_t q : from_[passages_[p].to]) {
            if (!open(passages_[q])) continue;
            const double way =
                walk_[p * count + q] * worth(passages_[q], static_cast<Mobility>(kind)) + delay_[q] + rest[q];
            if (way < rest[p]) rest[p] = way, changed = true;
          }
        }
      }
    }
  }
}

double Storeys::left(Target goal, Point at, Mobility who) const {
  Plan plan;
  plan.target = goal, plan.mobility = who;
  choose(plan, at);
  const Target heading = plan.via == kNoRow ? goal : passages_[plan.via].target;
  return ways_->distance(heading, at) + rest(plan);
}

double Storeys::rest(const Plan& plan) const {
  if (plan.via == kNoRow) return 0;
  return delay_[plan.via] +
         rest_[plan.target][static_cast<std::size_t>(plan.mobility) * passages_.size() + plan.via];
}

Target Storeys::heading(Plan& plan, Point at, bool look) const {
  if (look) choose(plan, at);
  return plan.via == kNoRow ? plan.target : passages_[plan.via].target;
}

void Storeys::choose(Plan& plan, Point at) const {
  const std::uint32_t sheet = building_->sheet_of(at);
  if (rest_[plan.target].empty()) {  // has not chosen yet where to go
    plan.via = kNoRow;
    return;
  }
  const double* rest = rest_[plan.target].data() + static_cast<std::size_t>(plan.mobility) * passages_.size();
  const auto via = [&](std::uint32_t row, double below) {
    const Passage& passage = passages_[row];
    const double metre = worth(passage, plan.mobility), on = delay_[row] + rest[row];
    // the way as the crow flies is never longer
    if (!open(passage) || !(distance(nearest_on(passage.line, at), at) * metre + on < below)) return kNever;
    return ways_->distance(passage.target, at) * metre + on;
  };
  const std::uint32_t present = plan.via;
  const bool may_stay = present != kNoRow && passages_[present].from == sheet;
  double best = may_stay ? via(present, kNever) * kBetter : kNever;
  plan.via = best < kNever ? present : kNoRow;
  const double direct = ways_->distance(plan.target, at);
  if (direct < best) best = direct, plan.via = kNoRow;
  for (const std::uint32_t row : from_[sheet]) {
    if (row == present && may_stay) continue;
    const double way = via(row, best);
    if (way < best) best = way, plan.via = row;
  }
  if (best < kNever) return;
  // whoever is on a flight that leads nowhere gets off where they can
  for (const std::uint32_t row : from_[sheet]) {
    if (!passages_[row].on_to_flight && passages_[row].flight != kNoRow && open(passages_[row]))
      plan.via = row;
  }
}

double Storeys::pace(PersonId person, const Plan& plan, double speed, Random random) const {
  if (plan.via == kNoRow || passages_[plan.via].flight == kNoRow || passages_[plan.via].on_to_flight)
    return 1;
  const Passage& passage = passages_[plan.via];
  const bool walks = laws_[passage.flight].walks(person, passage.flight, random);
  return speed_on(passage, plan.mobility, speed, walks) / speed;
}

std::uint32_t Storeys::connector(const std::string& id) const {
  std::vector<std::string> ids;
  for (const Flight& one : building_->flights()) ids.push_back(one.id);
  for (const Shaft& one : building_->shafts()) ids.push_back(one.id);
  const auto it = std::find(ids.begin(), ids.end(), id);
  if (it == ids.end())
    throw InputError("connector " + id, "is not in the building",
                     ids.empty() ? "it has none" : "there are " + listed(ids));
  return static_cast<std::uint32_t>(it - ids.begin());
}

void Storeys::set_use(const std::string& id, Use use, double at_s) {
  const std::uint32_t row = connector(id);
  if (use == Use::both && row < laws_.size() && laws_[row].has_belt())
    throw InputError("connector " + id, "is an escalator, which leads only one way at a time",
                     "say onward, back or closed");
  changes_.push_back({at_s, row, use});
  std::stable_sort(changes_.begin() + static_cast<std::ptrdiff_t>(next_change_), changes_.end(),
                   [](const Change& a, const Change& b) { return a.at_s < b.at_s; });
}

std::size_t Storeys::waiting(const std::string& id) const {
  const std::uint32_t row = connector(id);
  return static_cast<std::size_t>(std::count_if(waiting_.begin(), waiting_.end(), [&](const Waiting& one) {
    return connector(passages_[one.passage]) == row;
  }));
}

std::vector<PersonId> Storeys::riding() const {
  std::vector<PersonId> all;
  for (const Elevator& elevator : elevators_) elevator.add_riders(all);
  return all;
}

void Storeys::take_out(PersonId rider) {
  for (Elevator& elevator : elevators_) elevator.take_out(rider);
}

void Storeys::renew(double now, const Crowd& crowd, const Column<PersonId, Plan>& plans) {
  constexpr double kSoon = 1e-9;  // s; the clock goes in whole steps
  bool changed = false;
  for (; next_change_ < changes_.size() && changes_[next_change_].at_s <= now + kSoon; ++next_change_) {
    use_[changes_[next_change_].connector] = changes_[next_change_].use;
    changed = true;
  }
  if (now + kSoon >= next_renewal_s_) {
    next_renewal_s_ += kRenewal;
    count_.assign(passages_.size(), 0);
    for (const PersonId person : crowd.person()) {
      const Plan& plan = plans[person];
      if (plan.via != kNoRow && standing(plan)) ++count_[plan.via];
    }
    for (std::size_t p = 0; p < passages_.size(); ++p) {
      const Passage& passage = passages_[p];
      if (passage.shaft != kNoRow) {
        std::size_t others = 0;
        for (const std::uint32_t q : from_[passage.from]) {
          const bool same = passages_[q].shaft == passage.shaft && passages_[q].landing == passage.landing;
          others += same ? count_[q] : 0;
        }
        const double expected = elevators_[passage.shaft].expected_s(others, passage.landing, passage.goal);
        changed = changed || kReference * expected != delay_[p];
        delay_[p] = kReference * expected;
        continue;
      }
      if (!passage.on_to_flight) continue;
      const double rate = laws_[passage.flight].rate();
      const double flow = rate > 0 ? rate : kStairFlow * distance(passage.line.a, passage.line.b);
      const double delay = kReference * count_[p] / flow;
      changed = changed || delay != delay_[p];
      delay_[p] = delay;
    }
  }
  if (changed) renew_rests();
}

void Storeys::save(SnapshotWriter& out) const {
  static_assert(sizeof(Change) == 16 && sizeof(Waiting) == 8);
  out.put("flight_use", use_);
  out.put("passage_delay", delay_);
  out.put("passage_free_from_s", free_from_);
  out.put_value("storeys_renewal_s", next_renewal_s_);
  const auto next = changes_.begin() + static_cast<std::ptrdiff_t>(next_change_);
  put_records(out, "flight_changes", std::vector<Change>(next, changes_.end()));
  put_records(out, "flight_waiting", waiting_);
  for (std::size_t shaft = 0; shaft < elevators_.size(); ++shaft)
    elevators_[shaft].save(out, "elevator" + std::to_string(shaft) + "/");
}

void Storeys::load(const SnapshotReader& in) {
  in.get("flight_use", use_);
  in.get("passage_delay", delay_);
  in.get("passage_free_from_s", free_from_);
  in.get_value("storeys_renewal_s", next_renewal_s_);
  get_records(in, "flight_changes", changes_);
  get_records(in, "flight_waiting", waiting_);
  for (std::size_t shaft = 0; shaft < elevators_.size(); ++shaft)
    elevators_[shaft].load(in, "elevator" + std::to_string(shaft) + "/");
  next_change_ = 0;
  measure();
}

}  // namespace chimata::pedestrian
