#include "chimata/pedestrian/crowds.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "chimata/core/error.hpp"
#include "chimata/core/records.hpp"
#include "chimata/pedestrian/area_site.hpp"
#include "chimata/pedestrian/area_ways.hpp"
#include "chimata/pedestrian/profiles.hpp"

namespace chimata {

namespace pedestrian {

namespace {

static_assert(kAlone == PersonId::none_value);

void check_step(double dt, Law law) {
  if (law == Law::social_force && dt > SocialForce::kLongestStep)
    throw InputError("crowds: dt_s", "is too long a step for law: social_force",
                     "give 0.01 s or less: bodies are stiff");
}

class Crowds final : public Process {
 public:
  Crowds(std::shared_ptr<const World> world, const CrowdModel& model, const WadingModel& wading,
         const Fields& fields, ProcessIndex hand_over_to, std::shared_ptr<const VisitorKinds> kinds,
         const SmokeModel& smoke)
      : world_(std::move(world)),
        kinds_(std::move(kinds)),
        model_(model),
        wading_(wading),
        depth_(fields.find("depth.areas")),
        velocity_(fields.find("velocity.areas")),
        room_(fields.find("room.gates")),
        air_(fields, smoke),
        hand_over_to_(hand_over_to),
        ways_(world_->people->size(), model.ways_every) {
    std::size_t cells = 0, gates = 0;
    for (const FocusArea& area : world_->areas) {
      sites_.push_back(std::make_unique<AreaSite>(area, model_, world_->random.seed(), cells, gates));
      cells += sites_.back()->cells.size(), gates += area.gates.size();
    }
    if (kinds_) take_in_kinds();
    stranded_.assign(world_->people->size(), 0);
    presence_.assign(world_->people->size(), Presence::absent);
    site_of_.assign(world_->people->size(), 0);
    spot_of_.assign(world_->people->size(), kNoRow);
    seen_at_.assign(world_->people->size(), Point{});
  }

  [[nodiscard]] std::string_view name() const override { return "crowds"; }
  [[nodiscard]] Time next_event() const override { return here_ > 0 ? now_ : kNever; }

  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena& arena) override {
    if (window.from != now_) pass_over(window.from);
    for (const Handover& arrival : inbox.arrivals) take_in(arrival);
    for (const Order& order : inbox.orders) redirect(order, outbox);
    if ((depth_ != nullptr && depth_->version() != water_seen_) || air_.version() != air_seen_)
      take_in_surroundings();
    for (auto& site : sites_) {
      look_at_water(*site, window.from, outbox);
      settle_those_stuck(*site, window.from, outbox);
      if (room_ != nullptr) site->hold_back(room_->values(), window.from == now_);
      site->venue.run_until(seconds(window.to), arena);
      tell(*site, outbox);
      if (air_.told()) look_at_smoke(*site, window, outbox);
      measure(*site, seconds(window.to));
      ways_.look(site->venue.crowd(), seconds(window.to));
    }
    now_ = window.to;
  }

  void count(Census& census) const override {
    std::int64_t visiting = 0, stranded = 0;
    for (const auto& site : sites_) visiting += site->visiting, stranded += site->stranded;
    census[static_cast<std::size_t>(PersonState::visiting)] += visiting;
    census[static_cast<std::size_t>(PersonState::stranded)] += stranded;
    census[static_cast<std::size_t>(PersonState::travelling)] += here_ - visiting - stranded;
  }

  void record(Time time, TableSet& tables) override;
  void finish(Time time, TableSet& tables) const override;
  void save(SnapshotWriter& out) const override;
  void load(const SnapshotReader& in) override;

 private:
  enum class Presence : std::uint8_t { absent, travelling, visiting };

  void take_in_kinds();
  [[nodiscard]] Arrival newcomer(PersonId person) const;
  [[nodiscard]] double speed_of(PersonId person) const {
    return double{kinds_ ? kinds_->speed[person] : world_->people->free_speed[person]};
  }
  void pass_over(Time to);
  void take_in(const Handover& arrival);
  void redirect(const Order& order, Outbox& outbox);
  void tell(AreaSite& site, Outbox& outbox);
  void hand_over(AreaSite& site, const Passing& left, Outbox& outbox);
  void measure(AreaSite& site, double now);
  void arrive(AreaSite& site, PersonId person, Time time, Outbox& outbox);
  void settle_those_stuck(AreaSite& site, Time now, Outbox& outbox);
  void call_companions(AreaSite& site, PersonId person);
  void take_in_surroundings();
  void surround();
  void look_at_water(AreaSite& site, Time now, Outbox& outbox);
  void strand(AreaSite& site, PersonId person, bool stuck, Time now, Outbox& outbox);
  void look_at_smoke(AreaSite& site, Window window, Outbox& outbox);
  void lose(AreaSite& site, PersonId person, HandoverReason reason, Time time, Outbox& outbox);
  void change(AreaSite& site, PersonId person, Presence to, Time time, Outbox& outbox);
  [[nodiscard]] std::uint32_t journey_to(const AreaSite& site, NodeId goal) const;

  std::shared_ptr<const World> world_;
  std::shared_ptr<const VisitorKinds> kinds_;  ///< null: all have the body and law of the model
  struct Moves {
    Law law;
    Mobility mobility;
  };
  std::vector<Moves> moves_;  ///< by kind
  CrowdModel model_;
  WadingModel wading_;
  const Field *depth_, *velocity_, *room_;
  AreaAir air_;
  ProcessIndex hand_over_to_;
  std::vector<std::unique_ptr<AreaSite>> sites_;
  Column<PersonId, Presence> presence_;
  Column<PersonId, std::uint8_t> site_of_;
  Column<PersonId, std::uint32_t> spot_of_;  ///< to which they are bound; kNoRow: to a gate
  Column<PersonId, Point> seen_at_;          ///< at the last look
  Column<PersonId, std::uint8_t> stranded_;  ///< 1: in water too deep to wade
  AreaWays ways_;
  std::uint64_t water_seen_ = 0;  ///< version of the field last taken in
  std::uint64_t air_seen_ = 0;    ///< version of the air last taken in
  std::int64_t here_ = 0;
  Time now_{};
  Time nobody_until_{};  ///< start of the last window that did not follow the one before
};

/// The spot that a goal means; kNoRow for a gate.
std::uint32_t spot_at(const AreaSite& site, NodeId goal) {
  const auto& spots = site.about->spots;
  const std::uint32_t first = spots.front().goal.value;
  return goal.value >= first && goal.value - first < spots.size() ? goal.value - first : kNoRow;
}

/// @throws std::logic_error if the goal belongs to another area: whoever sent them made a mistake
std::uint32_t Crowds::journey_to(const AreaSite& site, NodeId goal) const {
  const FocusArea& area = *site.about;
  if (const auto gate = area.gate_named(goal)) return site.leave_by[*gate];
  const std::uint32_t spot = spot_at(site, goal);
  if (spot == kNoRow) throw std::logic_error("crowds: no spot or gate of area " + area.id + " is meant");
  return site.go_to[spot];
}

/// Nobody was here since the last window: that time is nobody's, and whatever lasted is over.
void Crowds::pass_over(Time to) {
  nobody_until_ = to;
  for (auto& site : sites_) site->safety.observe({}, {}, seconds(to), 0);
}

/// @throws InputError for a gate that has no room for the widest, and a law for which the step is too long
void Crowds::take_in_kinds() {
  float widest = 0;
  for (std::uint32_t p = 0; p < kinds_->radius.size(); ++p) {
    if (kinds_->kind[PersonId{p}] != VisitorKinds::kNone)
      widest = std::max(widest, kinds_->radius[PersonId{p}]);
  }
  for (const auto& site : sites_) site->check_width(double{widest});
  for (const VisitorKinds::Kind& kind : kinds_->kinds) {
    const Law law = kind.law.empty() ? model_.law : crowd_law(kind.law);
    check_step(model_.dt, law);
    moves_.push_back({law, profile(kind.name).mobility});
  }
}

Arrival Crowds::newcomer(PersonId person) const {
  Arrival who;
  who.body = {person, {}, {}, speed_of(person), model_.radius, model_.time_gap, model_.law};
  if (!kinds_) return who;
  const Moves& moves = moves_[kinds_->kind[person]];
  who.body.radius = double{kinds_->radius[person]}, who.body.law = moves.law;
  who.mobility = moves.mobility;
  return who;
}

void Crowds::take_in(const Handover& arrival) {
  for (std::uint8_t s = 0; s < sites_.size(); ++s) {
    AreaSite& site = *sites_[s];
    const auto row = site.about->gate_named(arrival.at);
    if (!row) continue;
    Arrival who = newcomer(arrival.person);
    const double pace = arrival.pace_mm_s > 0 ? arrival.pace_mm_s * 1e-3 : who.body.speed;
    who.group = arrival.leader.value;  // nobody's is kAlone
    who.journey = journey_to(site, arrival.goal);
    who.entrance = site.entrance[*row];
    const AreaGate& gate = site.about->gates[*row];
    who.time_s = seconds(arrival.time) + gate.to_node / std::min(pace, who.body.speed);
    if (depth_ != nullptr)
      site.venue.set_class({arrival.person}, world_->people->person_class[arrival.person]);
    site.venue.arrive({who});
    ways_.begin(arrival.person, gate.middle(), who.time_s);
    ++site.went_in[*row];
    presence_[arrival.person] = Presence::travelling;
    site_of_[arrival.person] = s;
    spot_of_[arrival.person] = spot_at(site, arrival.goal);
    ++here_;
    return;
  }
  throw std::logic_error("crowds: somebody was handed over where there is no gate");
}

void Crowds::redirect(const Order& order, Outbox& outbox) {
  // others are for those on the streets; and some leave in the window in which an order is written
  if (order.kind != Order::Kind::head_for || presence_[order.person] == Presence::absent) return;
  AreaSite& site = *sites_[site_of_[order.person]];
  const std::uint32_t spot = spot_at(site, order.goal);
  const EntranceRow entrance = site.venue.entrance_of(order.person);
  if (spot_of_[order.person] != kNoRow && spot == kNoRow && entrance != kNoEntrance)
    ++site.turned_back[entrance];  // entrances are the gates in their order
  site.venue.send(order.person, journey_to(site, order.goal));
  spot_of_[order.person] = spot;
  change(site, order.person, Presence::travelling, now_, outbox);
}

/// Travelling or visiting; who is stranded becomes so when the water lets them go.
void Crowds::change(AreaSite& site, PersonId person, Presence to, Time time, Outbox& outbox) {
  const Presence from = std::exchange(presence_[person], to);
  if (from == to || stranded_[person] != 0) return;
  site.visiting += to == Presence::visiting ? 1 : -1;
  const PersonState state = to == Presence::visiting ? PersonState::visiting : PersonState::travelling;
  outbox.events.push_back({.time = time, .person = person, .value = static_cast<std::uint32_t>(state)});
}

/// Who reached their spot, and who is out.
void Crowds::tell(AreaSite& site, Outbox& outbox) {
  for (const Passing& passing : site.venue.take_passings()) {
    if (site.stage_spot[passing.stage] < 0 || presence_[passing.person] != Presence::travelling) continue;
    arrive(site, passing.person, time_of(passing.time_s), outbox);
  }
  for (const Passing& left : site.venue.take_departures()) hand_over(site, left, outbox);
}

/// Whoever has got no farther for a while watches from where they are, near their spot or wherever they keep
/// no gate from others: the crowd stands in between. Whoever is bound for one gate and is held fast before
/// another leaves by that one: a few who want to go elsewhere would plug it for good (our own rules, grade
/// C). Whom a barrier keeps from their gate for good leaves by another one.
void Crowds::settle_those_stuck(AreaSite& site, Time now, Outbox& outbox) {
  constexpr double kPatience = 30, kFarther = 1.5, kNear = 15, kBefore = 4, kClear = 10;  // s, then m
  if (seconds(now) - site.looked_at < kPatience) return;
  site.looked_at = seconds(now);
  const Crowd& crowd = site.venue.crowd();
  std::vector<PersonId> settled;
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const PersonId person = crowd.person()[row];
    const Point at = crowd.position()[row];
    const bool moved = distance(at, std::exchange(seen_at_[person], at)) >= kFarther;
    if (moved || presence_[person] != Presence::travelling || stranded_[person] != 0) continue;
    if (const std::uint32_t spot = spot_of_[person]; spot != kNoRow) {
      const bool near = distance(at, site.about->spots[spot].shape.centroid()) <= kNear;
      if (!near && site.at_a_gate(at, kClear)) continue;
      site.venue.stand_near(person, at);
      arrive(site, person, now, outbox);
      settled.push_back(person);
    } else if (const std::uint32_t gate = site.way_out_at(at, kBefore);
               gate != kNoRow && site.venue.stage_of(person) != site.gate_stage[gate]) {
      // who waits for this one keeps their place in its line
      site.venue.send(person, site.leave_by[gate]);
    } else if (const std::uint32_t other = site.other_way_out(person, at); other != kNoRow) {
      site.venue.send(person, site.leave_by[other]);
    }
  }
  std::sort(settled.begin(), settled.end());
  for (const PersonId person : settled) call_companions(site, person);
}

/// Others of a group who went on come back to whoever could not (our own rule, grade C).
void Crowds::call_companions(AreaSite& site, PersonId person) {
  constexpr double kApart = 5;  // m
  for (const PersonId other : site.venue.group_of(person)) {
    const bool stays = spot_of_[other] != kNoRow && stranded_[other] == 0;
    if (stays && distance(seen_at_[other], seen_at_[person]) > kApart)
      site.venue.stand_near(other, seen_at_[person]);
  }
}

void Crowds::arrive(AreaSite& site, PersonId person, Time time, Outbox& outbox) {
  change(site, person, Presence::visiting, time, outbox);
}

void Crowds::take_in_surroundings() {
  water_seen_ = depth_ == nullptr ? 0 : depth_->version();
  air_seen_ = air_.version();
  surround();
}

void Crowds::surround() {
  for (auto& site : sites_) site->surround(depth_, wading_, air_);
}

/// Who is stopped by the water where they stand, and who is swept away.
void Crowds::look_at_water(AreaSite& site, Time now, Outbox& outbox) {
  if (!site.wet && site.stranded == 0) return;
  const Crowd& crowd = site.venue.crowd();
  std::vector<PersonId> swept;
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const PersonId person = crowd.person()[row];
    if (presence_[person] == Presence::absent) continue;  // lies here
    const std::size_t cell = site.cells.cell_of(crowd.position()[row]);
    const double depth = cell == RasterFrame::outside ? 0 : double{depth_->values()[site.first_cell + cell]};
    const PersonClass who = world_->people->person_class[person];
    const double speed = velocity_ == nullptr || cell == RasterFrame::outside
                             ? 0
                             : double{velocity_->values()[site.first_cell + cell]};
    if (swept_away(wading_, who, depth, speed)) {
      swept.push_back(person);
    } else if (const bool stuck = depth >= wading_limit(wading_, who); stuck != (stranded_[person] != 0)) {
      strand(site, person, stuck, now, outbox);
    }
  }
  for (const PersonId person : swept) {
    ways_.stop(person, seconds(now));
    lose(site, person, HandoverReason::swept_away, now, outbox);
  }
  if (!swept.empty()) site.venue.take_out(swept);
}

void Crowds::strand(AreaSite& site, PersonId person, bool stuck, Time now, Outbox& outbox) {
  stranded_[person] = stuck ? 1 : 0;
  site.stranded += stuck ? 1 : -1;
  const bool visits = presence_[person] == Presence::visiting;
  if (visits) site.visiting += stuck ? -1 : 1;
  const PersonState state = stuck    ? PersonState::stranded
                            : visits ? PersonState::visiting
                                     : PersonState::travelling;
  outbox.events.push_back({.time = now, .person = person, .value = static_cast<std::uint32_t>(state)});
}

/// Who is in smoke, and who has been overcome since the last window. They stay in the venue: their bodies are
/// in the way of others.
void Crowds::look_at_smoke(AreaSite& site, Window window, Outbox& outbox) {
  const Crowd& crowd = site.venue.crowd();
  site.in_smoke = 0;
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const PersonId person = crowd.person()[row];
    if (presence_[person] == Presence::absent) continue;
    const double down = site.venue.exposure(person).down_s;
    if (std::isfinite(down)) {
      ++site.overcome;
      lose(site, person, HandoverReason::overcome, time_of(down), outbox);
      continue;
    }
    const std::size_t cell = site.cells.cell_of(crowd.position()[row]);
    if (cell != RasterFrame::outside && air_.smoky(site.first_cell + cell)) ++site.in_smoke;
  }
  site.smoke_person_s += static_cast<double>(site.in_smoke) * seconds(window.to - window.from);
}

/// Somebody is a casualty: from now on whoever sent them keeps their records.
void Crowds::lose(AreaSite& site, PersonId person, HandoverReason reason, Time time, Outbox& outbox) {
  if (stranded_[person] != 0) {
    --site.stranded;
  } else if (presence_[person] == Presence::visiting) {
    --site.visiting;
  }
  stranded_[person] = 0;
  presence_[person] = Presence::absent;
  --here_;
  outbox.events.push_back(
      {.time = time, .person = person, .value = static_cast<std::uint32_t>(PersonState::casualty)});
  Handover out{.time = time, .person = person, .at = site.about->gates.front().node, .goal = {}};
  out.to = hand_over_to_;
  out.state = PersonState::casualty;
  out.reason = reason;
  outbox.departures.push_back(out);
}

void Crowds::hand_over(AreaSite& site, const Passing& left, Outbox& outbox) {
  const auto row = static_cast<std::uint32_t>(site.stage_gate[left.stage]);
  const AreaGate& gate = site.about->gates[row];
  ++site.went_out[row];
  ways_.end(left.person, gate.middle(), left.time_s);
  if (stranded_[left.person] != 0) strand(site, left.person, false, time_of(left.time_s), outbox);
  presence_[left.person] = Presence::absent;
  --here_;
  Handover out{.time = time_of(left.time_s), .person = left.person, .at = gate.node, .goal = {}};
  out.goal = site.about->goal_of_gate(row);  // by which they came out
  out.to = hand_over_to_;
  if (gate.out.valid()) {
    out.on = gate.out;
    out.along_mm = static_cast<std::uint32_t>(std::llround(gate.from_tail * 1000));
  } else {
    out.time += duration_of(gate.to_node / speed_of(left.person));
  }
  outbox.departures.push_back(out);
}

void Crowds::measure(AreaSite& site, double now) {
  if (now - site.measured_at < seconds(model_.measure_every) - 1e-9) return;
  const Crowd& crowd = site.venue.crowd();
  const double since = std::max(site.measured_at, seconds(nobody_until_));
  site.safety.observe(crowd.position(), crowd.velocity(), now, now - since);
  site.measured_at = now;
}

void Crowds::record(Time time, TableSet& tables) {
  for (std::uint32_t s = 0; s < sites_.size(); ++s) sites_[s]->record(time, s, air_, tables);
  ways_.flush(tables);
}

void Crowds::finish(Time time, TableSet& tables) const {
  std::vector<const Crowd*> crowds;
  for (std::uint32_t s = 0; s < sites_.size(); ++s) {
    sites_[s]->finish(s, tables);
    if (air_.told()) sites_[s]->write_doses(s, world_->people->size(), tables);
    crowds.push_back(&sites_[s]->venue.crowd());
  }
  ways_.finish(seconds(time), crowds, tables);
}

void Crowds::save(SnapshotWriter& out) const {
  out.put("presence", presence_.values());
  out.put("site", site_of_.values());
  out.put("spot", spot_of_.values());
  put_records(out, "seen_at", static_cast<const std::vector<Point>&>(seen_at_));
  out.put("stranded", stranded_.values());
  ways_.save(out);
  out.put_value("water_seen", water_seen_);
  if (air_.told()) out.put_value("air_seen", air_seen_);
  out.put_value("here", here_);
  out.put_value("now", now_.time_since_epoch().count());
  out.put_value("nobody_until", nobody_until_.time_since_epoch().count());
  for (std::size_t s = 0; s < sites_.size(); ++s) {
    const AreaSite& site = *sites_[s];
    SnapshotWriter part = out.below("area" + std::to_string(s));
    site.venue.save(part);
    part.put("went_in", site.went_in);
    part.put("turned_back", site.turned_back);
    part.put("went_out", site.went_out);
    part.put_value("visiting", site.visiting);
    part.put_value("stranded", site.stranded);
    if (air_.told()) {
      part.put_value("overcome", site.overcome);
      part.put_value("in_smoke", site.in_smoke);
      part.put_value("smoke_person_s", site.smoke_person_s);
    }
    part.put("let_out", site.let_out);
    part.put_value("looked_at", site.looked_at);
    part.put_value("measured_at", site.measured_at);
    site.safety.save(part);
  }
}

void Crowds::load(const SnapshotReader& in) {
  in.get("presence", static_cast<std::vector<Presence>&>(presence_));
  in.get("site", static_cast<std::vector<std::uint8_t>&>(site_of_));
  in.get("spot", static_cast<std::vector<std::uint32_t>&>(spot_of_));
  get_records(in, "seen_at", static_cast<std::vector<Point>&>(seen_at_));
  in.get("stranded", static_cast<std::vector<std::uint8_t>&>(stranded_));
  ways_.load(in);
  in.get_value("water_seen", water_seen_);
  if (air_.told()) in.get_value("air_seen", air_seen_);
  if (water_seen_ != 0 || air_seen_ != 0) surround();  // what is newer is taken in when somebody is there
  in.get_value("here", here_);
  std::int64_t now = 0;
  in.get_value("now", now);
  now_ = Time{Duration{now}};
  in.get_value("nobody_until", now);
  nobody_until_ = Time{Duration{now}};
  Arena arena(1);
  for (std::size_t s = 0; s < sites_.size(); ++s) {
    AreaSite& site = *sites_[s];
    const SnapshotReader part = in.below("area" + std::to_string(s));
    site.venue.load(part, arena);
    part.get("went_in", site.went_in);
    part.get("turned_back", site.turned_back);
    part.get("went_out", site.went_out);
    part.get_value("visiting", site.visiting);
    part.get_value("stranded", site.stranded);
    if (air_.told()) {
      part.get_value("overcome", site.overcome);
      part.get_value("in_smoke", site.in_smoke);
      part.get_value("smoke_person_s", site.smoke_person_s);
    }
    part.get("let_out", site.let_out);
    part.get_value("looked_at", site.looked_at);
    part.get_value("measured_at", site.measured_at);
    site.safety.load(part);
  }
}

}  // namespace

}  // namespace pedestrian

std::unique_ptr<Process> make_crowds(std::shared_ptr<const World> world, const CrowdModel& model,
                                     const WadingModel& wading, const Fields& fields,
                                     ProcessIndex hand_over_to, std::shared_ptr<const VisitorKinds> kinds,
                                     const pedestrian::SmokeModel& smoke) {
  pedestrian::check_step(model.dt, model.law);
  return std::make_unique<pedestrian::Crowds>(std::move(world), model, wading, fields, hand_over_to,
                                              std::move(kinds), smoke);
}

}  // namespace chimata
