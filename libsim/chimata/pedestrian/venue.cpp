#include "chimata/pedestrian/venue.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr std::size_t kRowsPerBlock = 1024;

void check(bool good, const std::string& where, const std::string& what, const std::string& fix = {}) {
  if (!good) throw InputError(where, what, fix);
}

double longest(const Stage& stage) {
  double width = 0;
  for (const Wall& line : stage.lines) width = std::max(width, distance(line.a, line.b));
  for (const Polygon& shape : stage.shapes) {
    const Box box = shape.box();
    width = std::max({width, box.max_x - box.min_x, box.max_y - box.min_y});
  }
  return width;
}

}  // namespace

Venue::Venue(std::shared_ptr<const Area> area, const VenueModel& model)
    : area_(std::move(area)),
      model_(model),
      walls_(area_->walls()),
      ways_(*area_, walls_, model.clearance),
      crowd_(walls_),
      look_steps_(std::max<std::int64_t>(1, std::llround(model.look_every / model.dt))),
      has_zones_(!area_->zones().empty()) {
  check(model.dt > 0 && model.dt <= 1, "dt", "a step of " + std::to_string(model.dt) + " s",
        "take 0.01 to 0.05 s");
}

StageRow Venue::add_stage(Stage stage) {
  const std::string where = "stage " + stage.id;
  check(!stage.shapes.empty() || !stage.lines.empty(), where, "has neither an area nor a line");
  if (stage.kind == Stage::Kind::leave && stage.door.flow != DoorFlow::emergent) {
    if (stage.door.width == 0) stage.door.width = longest(stage);
    check(stage.door.rate > 0 && stage.door.width > 0, where, "nobody gets through its door",
          "give a rate and a width above 0");
  }
  target_.push_back(stage.shapes.empty() ? ways_.add_target(stage.lines) : ways_.add_target(stage.shapes));
  stages_.push_back(std::move(stage));
  door_free_from_.push_back(0);
  return static_cast<StageRow>(stages_.size() - 1);
}

std::uint32_t Venue::add_journey(std::vector<StageRow> stages) {
  const std::string where = "journey " + std::to_string(journeys_.size());
  check(!stages.empty(), where, "has no stage");
  for (std::size_t i = 0; i < stages.size(); ++i) {
    check(stages[i] < stages_.size(), where,
          "names stage " + std::to_string(stages[i]) + ", which is not there");
    const Stage& stage = stages_[stages[i]];
    check(i + 1 == stages.size() || stage.kind != Stage::Kind::leave, where,
          "goes on after leaving by " + stage.id);
    check(i + 1 < stages.size() || stage.kind != Stage::Kind::pass, where, "ends at " + stage.id,
          "end at a stage to leave by or to wait at");
  }
  journeys_.push_back(std::move(stages));
  return static_cast<std::uint32_t>(journeys_.size() - 1);
}

void Venue::check_body(const Newcomer& body, std::uint32_t journey) const {
  pedestrian::check(body);
  const std::string where = "person " + std::to_string(body.person.value);
  check(body.speed > 0, where, "desired speed is 0", "give a speed above 0 m/s");
  check(journey < journeys_.size(), where,
        "follows journey " + std::to_string(journey) + ", which is not there");
}

void Venue::let_in(std::vector<Visitor> visitors) {
  std::vector<Arrival> arrivals;
  for (const Visitor& visitor : visitors) {
    const Newcomer& body = visitor.body;
    check_body(body, visitor.journey);
    const std::string where = "person " + std::to_string(body.person.value);
    check(
        area_->contains(body.at), where,
        "stands outside the area, at (" + std::to_string(body.at.x) + ", " + std::to_string(body.at.y) + ")");
    const StageRow first = journeys_[visitor.journey].front();
    check(std::isfinite(ways_.distance(target_[first], body.at)), where,
          "finds no way to " + stages_[first].id, "open a gate, or move the person or the exit");
    arrivals.push_back({body, visitor.journey, kNoEntrance, visitor.enters_s, visitor.starts_s});
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
    check(outside_.fits(who.entrance, who.body.radius, walls_), where,
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
    const std::string where = "person " + std::to_string(person.value);
    check(!twice, where, "is let in twice");
    check(std::isfinite(arrivals[i].time_s) && std::isfinite(arrivals[i].starts_s), where,
          "comes or starts at no moment", "give seconds");
  }
  // nothing is wrong: now they all come
  for (const Arrival& who : arrivals) {
    const PersonId person = who.body.person;
    if (plan_.size() <= person.value) plan_.resize(person.value + 1, Plan{});
    plan_[person] = {who.journey, 0, who.starts_s, 0, 0, who.group};
  }
  outside_.add(arrivals);
}

void Venue::send(PersonId person, std::uint32_t journey) {
  const std::string where = "person " + std::to_string(person.value);
  check(here(person), where, "is not here, and not expected");
  check(journey < journeys_.size(), where,
        "is sent on journey " + std::to_string(journey) + ", which is not there");
  plan_[person].journey = journey;
  plan_[person].stage = 0;
  plan_[person].sent_anew = 1;
}

std::vector<Passing> Venue::take_passings() {
  return std::exchange(passings_, {});
}

std::vector<Passing> Venue::take_departures() {
  return std::exchange(departures_, {});
}

void Venue::set_gate(const std::string& id, bool closed, double at_s) {
  gate_changes_.push_back({at_s, area_->wall_of_gate(id), closed ? 1u : 0u});
  std::stable_sort(gate_changes_.begin() + static_cast<std::ptrdiff_t>(next_change_), gate_changes_.end(),
                   [](const GateChange& a, const GateChange& b) { return a.at_s < b.at_s; });
}

void Venue::run_until(double time_s, Arena& arena) {
  const auto last = static_cast<std::int64_t>(std::ceil(time_s / model_.dt - 1e-9));
  while (steps_ < last) {
    change_gates(arena);
    enter_those_due();
    if (crowd_.size() > 0) {
      steer(arena);
      pass_stages();
      crowd_.step(model_.dt, arena);
    }
    ++steps_;
  }
}

void Venue::change_gates(Arena& arena) {
  std::vector<WallRow> changed;
  for (; next_change_ < gate_changes_.size() && gate_changes_[next_change_].at_s <= now(); ++next_change_) {
    const GateChange& change = gate_changes_[next_change_];
    if (walls_.stands(change.wall) == (change.closed != 0)) continue;
    walls_.set_standing(change.wall, change.closed != 0);
    changed.push_back(change.wall);
  }
  if (!changed.empty()) ways_.update(changed, arena);
}

void Venue::enter_those_due() {
  outside_.let_in(now(), crowd_, walls_, Random{Seed{model_.seed}}, entering_);
  if (entering_.empty()) return;
  newcomers_.clear();
  for (const Arrival& who : entering_) newcomers_.push_back(who.body);
  const std::size_t before = crowd_.size();
  crowd_.insert(newcomers_);
  const auto corner = crowd_.note();
  std::fill(corner.begin() + static_cast<std::ptrdiff_t>(before), corner.end(), kLost);
}

void Venue::steer(Arena& arena) {
  reached_.assign(crowd_.size(), 0);
  const auto person = crowd_.person();
  const auto position = crowd_.position();
  const auto aims = crowd_.aims();
  const auto factor = crowd_.speed_factor();
  const auto corner = crowd_.note();
  const auto radius = crowd_.radius();
  const double time = now();
  arena.for_blocks(crowd_.size(), kRowsPerBlock, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      Plan& plan = plan_[person[row]];
      const StageRow stage = journeys_[plan.journey][plan.stage];
      if (time < plan.starts_s) {
        factor[row] = 0, aims[row] = position[row];
        continue;
      }
      if (plan.sent_anew != 0) corner[row] = kLost, plan.sent_anew = 0;
      const bool look = (steps_ + person[row].value) % look_steps_ == 0;
      const Ways::Aim aim = ways_.aim(target_[stage], position[row], corner[row], look, held_up(row, plan));
      corner[row] = aim.corner;
      aims[row] = aim.at;
      reached_[row] = aim.left <= model_.reach + double{radius[row]} ? 1 : 0;
      if (look || factor[row] == 0) factor[row] = has_zones_ ? area_->speed_factor(position[row]) : 1;
    }
  });
}

double Venue::held_up(std::size_t row, Plan& plan) const {
  constexpr double kFades = 5;  // s
  const double now = 1 - length(crowd_.velocity()[row]) / double{crowd_.speed()[row]};
  plan.held_up = std::max(plan.held_up * (1 - model_.dt / kFades), now);
  return plan.held_up;
}

bool Venue::door_lets_through(StageRow row) {
  const Door& door = stages_[row].door;
  if (door.flow == DoorFlow::emergent) return true;
  if (door_free_from_[row] > now()) return false;
  const double rate = door.flow == DoorFlow::capped ? door.rate * door.width : door.rate;
  door_free_from_[row] = std::max(door_free_from_[row], now() - model_.dt) + 1 / rate;
  return true;
}

void Venue::pass_stages() {
  order_.clear();
  for (std::uint32_t row = 0; row < reached_.size(); ++row) {
    if (reached_[row] != 0) order_.push_back(row);
  }
  if (order_.empty()) return;
  const auto person = crowd_.person();
  std::sort(order_.begin(), order_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return person[a] < person[b]; });
  const auto aims = crowd_.aims();
  const auto factor = crowd_.speed_factor();
  const auto corner = crowd_.note();
  bool anybody_gone = false;
  gone_.assign(crowd_.size(), 0);
  for (const std::uint32_t row : order_) {
    Plan& plan = plan_[person[row]];
    const auto& journey = journeys_[plan.journey];
    const StageRow at = journey[plan.stage];
    const Stage& stage = stages_[at];
    const bool waits =
        stage.kind == Stage::Kind::wait && (now() < stage.until_s || plan.stage + 1 == journey.size());
    const bool shut_out = stage.kind == Stage::Kind::leave && !door_lets_through(at);
    if (waits || shut_out) {
      aims[row] = crowd_.position()[row];
      factor[row] = 0;
      continue;
    }
    passings_.push_back({now(), person[row], at});
    if (stage.kind == Stage::Kind::leave) {
      departures_.push_back(passings_.back());
      plan.journey = kNoJourney;
      gone_[row] = 1, ++left_;
      anybody_gone = true;
    } else {
      ++plan.stage;
      corner[row] = kLost;
    }
  }
  if (anybody_gone) crowd_.remove(gone_);
}

}  // namespace chimata::pedestrian
