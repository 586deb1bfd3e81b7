#include "chimata/pedestrian/venue.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

void check(bool good, const std::string& where, const std::string& what, const std::string& fix = {}) {
  if (!good) throw InputError(where, what, fix);
}

}  // namespace

Venue::Venue(std::shared_ptr<const Area> area, const VenueModel& model)
    : area_(std::move(area)),
      model_(model),
      walls_(area_->walls()),
      ways_(*area_, walls_, model.clearance),
      crowd_(walls_, model.laws, Seed{model.seed}),
      look_steps_(std::max<std::int64_t>(1, std::llround(model.look_every / model.dt))),
      has_zones_(!area_->zones().empty()) {
  check(model.dt > 0 && model.dt <= 1, "dt", "a step of " + std::to_string(model.dt) + " s",
        "take 0.01 to 0.05 s");
  check(model.together > 0, "together",
        "people of a group are " + std::to_string(model.together) + " m apart at most", "give m above 0");
  crowding_.open(area_->box());
}

Venue::Venue(std::shared_ptr<const Levels> building, const std::vector<FlightModel>& flights,
             const std::vector<ElevatorModel>& elevators, const VenueModel& model)
    : Venue(building->area(), model) {
  storeys_ = std::make_unique<Storeys>(std::move(building), flights, elevators, ways_, walls_);
}

StageRow Venue::add_stage(Stage stage) {
  const auto row = static_cast<StageRow>(stages_.size());
  const Site site{stage.id, stage.shapes, stage.lines, row, *area_, walls_, ways_, outside_};
  target_.push_back(std::visit([&](auto& does) { return does.open(site); }, stage.does));
  reach_.push_back(std::visit([](const auto& does) { return does.reach(); }, stage.does));
  stages_.push_back(std::move(stage));
  bound_.push_back(0);
  if (storeys_) storeys_->take_in_targets();
  return row;
}

JourneyRow Venue::add_branching_journey(std::vector<Leg> legs) {
  const JourneyRow journey = journeys_.add(std::move(legs), stages_);
  for (const Leg& leg : journeys_[journey]) {
    if (leg.by == Choose::quickest && leg.stages.size() > 1) choices_.add_alternatives(leg.stages, stages_);
  }
  return journey;
}

JourneyRow Venue::add_journey(const std::vector<StageRow>& stages) {
  std::vector<Leg> legs;
  for (const StageRow stage : stages) legs.push_back({{stage}});
  return add_branching_journey(std::move(legs));
}

void Venue::check_body(const Newcomer& body, JourneyRow journey) const {
  pedestrian::check(body);
  if (body.speed > 0 && journey < journeys_.size() && body.law != Law::own && body.law != Law::social_force)
    return;
  const std::string where = "person " + std::to_string(body.person.value);
  check(body.speed > 0, where, "desired speed is 0", "give a speed above 0 m/s");
  check(body.law != Law::own || crowd_.has_own_law(), where, "moves by an own law, but there is none",
        "set one first");
  check(journey < journeys_.size(), where,
        "follows journey " + std::to_string(journey) + ", which is not there");
  check(body.law != Law::social_force || model_.dt <= SocialForce::kLongestStep, where,
        "moves by social_force, for which the step is too long", "give dt 0.01 s or less: bodies are stiff");
}

void Venue::let_in(std::vector<Visitor> visitors) {
  std::vector<Arrival> arrivals;
  arrivals.reserve(visitors.size());
  std::vector<Corner> seen(stages_.size(), kLost);  // on the way there, by whoever was looked at before
  for (const Visitor& visitor : visitors) {
    const Newcomer& body = visitor.body;
    check_body(body, visitor.journey);
    const auto refuse = [&](const std::string& what, const std::string& fix = {}) {
      throw InputError("person " + std::to_string(body.person.value), what, fix);
    };
    if (!area_->contains(body.at))
      refuse("stands outside the area, at (" + std::to_string(body.at.x) + ", " + std::to_string(body.at.y) +
             ")");
    const Leg& leg = journeys_[visitor.journey].front();
    const auto leads = [&](StageRow row) {
      return storeys_ ? std::isfinite(storeys_->left(target_[row], body.at, visitor.mobility))
                      : ways_.leads(target_[row], body.at, seen[row]);
    };
    const bool any = leg.by == Choose::quickest && std::any_of(leg.stages.begin(), leg.stages.end(), leads);
    for (const StageRow first : leg.stages) {
      if (!any && !leads(first))
        refuse("finds no way to " + stages_[first].id, "open a gate, or move the person or the exit");
    }
    arrivals.push_back({body, visitor.journey, kNoEntrance, visitor.enters_s, visitor.starts_s, visitor.group,
                        visitor.mobility, visitor.dwell_s, visitor.leads});
  }
  expect(std::move(arrivals));
}

EntranceRow Venue::add_entrance(Entrance entrance) {
  return outside_.add_entrance(std::move(entrance), *area_, walls_);
}

void Venue::arrive(std::vector<Arrival> arrivals) {
  for (Arrival& who : arrivals) {
    const std::string where = "person " + std::to_string(who.body.person.value);
    check(who.entrance < outside_.entrances().size(), where,
          "comes to entrance " + std::to_string(who.entrance) + ", which is not there");
    who.body.at = outside_.spots(who.entrance).front().on;
    check_body(who.body, who.journey);
    who.unchecked = only_leaves(who.journey);
    // whom a gate keeps out that is shut just now, waits for it to be opened
    const auto fits = [&](const Walls& walls) { return outside_.fits(who.entrance, who.body.radius, walls); };
    check(fits(walls_) || fits(area_->walls_without_gates()), where,
          "does not fit in at " + outside_.entrances()[who.entrance].id, "make the entrance wider");
  }
  expect(std::move(arrivals));
}

void Venue::expect(std::vector<Arrival> arrivals) {
  std::sort(arrivals.begin(), arrivals.end(),
            [](const Arrival& a, const Arrival& b) { return a.body.person < b.body.person; });
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    const PersonId person = arrivals[i].body.person;
    const bool twice = (i > 0 && arrivals[i - 1].body.person == person) || here(person);
    const bool timely = std::isfinite(arrivals[i].time_s) && std::isfinite(arrivals[i].starts_s);
    if (!twice && timely) continue;
    const std::string where = "person " + std::to_string(person.value);
    check(!twice, where, "is let in twice");
    check(timely, where, "comes or starts at no moment", "give seconds");
  }
  name_leaders(arrivals);
  // nothing is wrong: now they all come
  for (const Arrival& who : arrivals) {
    const PersonId person = who.body.person;
    if (plan_.size() <= person.value) plan_.resize(person.value + 1, Plan{});
    Plan plan;
    plan.journey = who.journey, plan.starts_s = who.starts_s, plan.group = who.group;
    plan.mobility = who.mobility, plan.dwell_s = who.dwell_s;
    plan_[person] = plan;
    if (exposures_.size() <= person.value) exposures_.resize(person.value + 1, Exposure{});
  }
  outside_.add(arrivals);
}

void Venue::alight(StageRow platform, std::uint32_t train, std::vector<Arrival> people) {
  const Platform* at = platform < stages_.size() ? std::get_if<Platform>(&stages_[platform].does) : nullptr;
  check(at != nullptr, "train " + std::to_string(train), "comes to no platform");
  check(train < at->trains().size(), "stage " + stages_[platform].id,
        "has no train " + std::to_string(train) + " in its timetable");
  check(now() < at->trains()[train].leaves_s, "train " + at->trains()[train].id, "has left already",
        "let people get off before it leaves");
  for (std::size_t i = 0; i < people.size(); ++i) {
    people[i].time_s = at->trains()[train].arrives_s;
    people[i].entrance = at->entrances()[i % at->entrances().size()];
  }
  arrive(std::move(people));
}

void Venue::send(PersonId person, JourneyRow journey) {
  const std::string where = "person " + std::to_string(person.value);
  check(here(person), where, "is not here, and not expected");
  check(journey < journeys_.size(), where,
        "is sent on journey " + std::to_string(journey) + ", which is not there");
  leave_group(person);
  Plan& plan = plan_[person];
  plan.journey = journey;
  plan.leg = 0;
  if (plan.inside == 0) return outside_.check(person, !only_leaves(journey));
  start_leg(person);
  if (leader_of(person) != person) return;
  for (const PersonId member : groups_.members(plan.group)) {
    if (member != person) fall_in(member);
  }
}

bool Venue::only_leaves(JourneyRow journey) const {
  const auto& stages = journeys_[journey].front().stages;
  return std::all_of(stages.begin(), stages.end(),
                     [&](StageRow stage) { return std::holds_alternative<Exit>(stages_[stage].does); });
}

void Venue::stand_at(PersonId person, Point place) {
  check(here(person) && plan_[person].inside != 0, "person " + std::to_string(person.value),
        "is not in the area");
  const auto stand = [&](PersonId one) {
    Plan& plan = plan_[one];
    plan.target = kToSpot, plan.spot = plan.place = place, plan.thereabouts = 0;
    // how far it still is they see at the next look
    plan.closest = std::numeric_limits<double>::infinity(), plan.since_s = now();
    plan.chain = 0, plan.aside_until_s = -1;
    if (plan.held == kRides) return;
    plan.via = plan.admitted = kNoRow, plan.held = 0;
  };
  leave_group(person);
  stand(person);
  if (leader_of(person) != person) return;
  for (const PersonId member : groups_.members(plan_[person].group)) {
    if (member == person) continue;
    stand(member);
    plan_[member].thereabouts = 1;  // round their leader
  }
}

void Venue::stand_near(PersonId person, Point place) {
  stand_at(person, place);
  plan_[person].thereabouts = 1;
}

std::vector<PersonId> Venue::group_of(PersonId person) const {
  const std::uint32_t group = plan_[person].group;
  return group == kAlone ? std::vector<PersonId>{} : groups_.members(group);
}

void Venue::take_out(const std::vector<PersonId>& people) {
  if (people.empty()) return;
  for (std::size_t row = 0; row < crowd_.size(); ++row)
    plan_[crowd_.person()[row]].row = static_cast<std::uint32_t>(row);
  for (const PersonId person : people)
    check(here(person) && plan_[person].inside != 0, "person " + std::to_string(person.value),
          "is not in the area");
  std::vector<PersonId> walking;
  for (const PersonId person : people) {
    Plan& plan = plan_[person];
    std::visit([&](auto& does) { does.forget(person); }, stages_[plan.stage].does);
    if (plan.held != kRides) {
      walking.push_back(person);
      continue;
    }
    storeys_->take_out(person);
    groups_.lose(person, plan.group);
    --bound_[plan.stage];
    ++left_;
    plan = {};
  }
  remove(walking);
}

void Venue::allow_out(StageRow exit, std::uint32_t people) {
  Exit* door = exit < stages_.size() ? std::get_if<Exit>(&stages_[exit].does) : nullptr;
  check(door != nullptr, "stage " + std::to_string(exit), "is none to leave by");
  door->allow(people);
}

std::vector<Passing> Venue::take_passings() {
  return std::exchange(passings_, {});
}

std::vector<Passing> Venue::take_departures() {
  return std::exchange(departures_, {});
}

void Venue::set_use(const std::string& connector, Use use, double at_s) {
  check(storeys_ != nullptr, "connector " + connector, "is in no area of one level",
        "give the venue a building");
  storeys_->set_use(connector, use, at_s);
}

void Venue::set_gate(const std::string& id, bool closed, double at_s) {
  gate_changes_.push_back({at_s, area_->wall_of_gate(id), closed ? 1u : 0u});
  std::stable_sort(gate_changes_.begin() + static_cast<std::ptrdiff_t>(next_change_), gate_changes_.end(),
                   [](const GateChange& a, const GateChange& b) { return a.at_s < b.at_s; });
}

}  // namespace chimata::pedestrian
