#include "chimata/pedestrian/crowds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "chimata/core/error.hpp"
#include "chimata/core/records.hpp"
#include "chimata/pedestrian/safety.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata {

namespace pedestrian {

namespace {

/// One area of the world as a venue: a stage and an entrance per gate, a stage per spot.
struct Site {
  const FocusArea* about;
  Venue venue;
  Safety safety;
  std::vector<StageRow> gate_stage;                  ///< by gate
  std::vector<std::uint32_t> leave_by, go_to;        ///< journeys, by gate and by spot
  std::vector<EntranceRow> entrance;                 ///< by gate
  std::vector<std::int64_t> went_in, went_out;       ///< by gate, since the start
  std::vector<std::int32_t> stage_gate, stage_spot;  ///< by stage; -1: none
  std::int64_t visiting = 0;
  double looked_at = 0;    ///< s, last look at who gets no farther
  double measured_at = 0;  ///< s

  Site(const FocusArea& area, const CrowdModel& model, Seed seed);

  /// The nearest gate that lets people out, if one is so near; else kNoRow.
  [[nodiscard]] std::uint32_t way_out_at(Point at, double within) const;
  /// Whether some gate is so near.
  [[nodiscard]] bool at_a_gate(Point at, double within) const;
};

std::uint32_t Site::way_out_at(Point at, double within) const {
  std::uint32_t nearest = kNoRow;
  for (std::uint32_t gate = 0; gate < about->gates.size(); ++gate) {
    const double off = distance(at, nearest_on(about->gates[gate].line, at));
    if (about->gates[gate].way_out && off < within) within = off, nearest = gate;
  }
  return nearest;
}

bool Site::at_a_gate(Point at, double within) const {
  return std::any_of(about->gates.begin(), about->gates.end(),
                     [&](const AreaGate& gate) { return distance(at, nearest_on(gate.line, at)) <= within; });
}

/// Between neighbours of a hexagonal pattern of this density.
double spacing_of(double density) {
  return std::sqrt(2 / (std::sqrt(3.0) * density));
}

VenueModel venue_model(const CrowdModel& model, Seed seed) {
  VenueModel venue;
  venue.dt = model.dt;
  venue.seed = seed.value;
  return venue;
}

Safety safety_of(const FocusArea& area, const CrowdModel& model) {
  SafetyModel safety;
  safety.cell = model.cell;
  return Safety(area.area->box(), safety);
}

Site::Site(const FocusArea& area, const CrowdModel& model, Seed seed)
    : about(&area),
      venue(area.area, venue_model(model, seed)),
      safety(safety_of(area, model)),
      went_in(area.gates.size(), 0),
      went_out(area.gates.size(), 0) {
  for (const AreaGate& gate : area.gates) {
    Door door;
    if (model.gate_flow > 0) door = {DoorFlow::capped, model.gate_flow, gate.width()};
    const StageRow stage = venue.add_stage({gate.id, {}, {gate.line}, Exit{door}});
    stage_gate.resize(stage + 1, -1), stage_spot.resize(stage + 1, -1);
    stage_gate[stage] = static_cast<std::int32_t>(gate_stage.size());
    gate_stage.push_back(stage);
    leave_by.push_back(venue.add_journey({stage}));
    entrance.push_back(venue.add_entrance({gate.id, {}, {gate.line}, 0}));
  }
  for (const AreaSpot& spot : area.spots) {
    WaitingModel waiting;
    waiting.spacing = spacing_of(area.density);
    const StageRow stage =
        venue.add_stage({"spot " + std::to_string(go_to.size()), {spot.shape}, {}, Waiting{waiting}});
    stage_gate.resize(stage + 1, -1), stage_spot.resize(stage + 1, -1);
    stage_spot[stage] = static_cast<std::int32_t>(go_to.size());
    go_to.push_back(venue.add_journey({stage}));
  }
}

class Crowds final : public Process {
 public:
  Crowds(std::shared_ptr<const World> world, const CrowdModel& model, ProcessIndex hand_over_to)
      : world_(std::move(world)), model_(model), hand_over_to_(hand_over_to) {
    for (const FocusArea& area : world_->areas)
      sites_.push_back(std::make_unique<Site>(area, model_, world_->random.seed()));
    presence_.assign(world_->people->size(), Presence::absent);
    site_of_.assign(world_->people->size(), 0);
    spot_of_.assign(world_->people->size(), kNoRow);
    seen_at_.assign(world_->people->size(), Point{});
  }

  [[nodiscard]] std::string_view name() const override { return "crowds"; }
  [[nodiscard]] Time next_event() const override { return here_ > 0 ? now_ : kNever; }

  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena& arena) override {
    for (const Handover& arrival : inbox.arrivals) take_in(arrival);
    for (const Order& order : inbox.orders) redirect(order, outbox);
    for (auto& site : sites_) settle_those_stuck(*site, window.from, outbox);
    for (auto& site : sites_) {
      site->venue.run_until(seconds(window.to), arena);
      tell(*site, outbox);
      measure(*site, seconds(window.to));
    }
    now_ = window.to;
  }

  void count(Census& census) const override {
    std::int64_t visiting = 0;
    for (const auto& site : sites_) visiting += site->visiting;
    census[static_cast<std::size_t>(PersonState::visiting)] += visiting;
    census[static_cast<std::size_t>(PersonState::travelling)] += here_ - visiting;
  }

  void record(Time time, TableSet& tables) override;
  void finish(Time time, TableSet& tables) const override;
  void save(SnapshotWriter& out) const override;
  void load(const SnapshotReader& in) override;

 private:
  enum class Presence : std::uint8_t { absent, travelling, visiting };

  void take_in(const Handover& arrival);
  void redirect(const Order& order, Outbox& outbox);
  void tell(Site& site, Outbox& outbox);
  void hand_over(Site& site, const Passing& left, Outbox& outbox);
  void measure(Site& site, double now);
  void arrive(Site& site, PersonId person, Time time, Outbox& outbox);
  void settle_those_stuck(Site& site, Time now, Outbox& outbox);
  [[nodiscard]] std::uint32_t journey_to(const Site& site, NodeId goal) const;

  std::shared_ptr<const World> world_;
  CrowdModel model_;
  ProcessIndex hand_over_to_;
  std::vector<std::unique_ptr<Site>> sites_;
  Column<PersonId, Presence> presence_;
  Column<PersonId, std::uint8_t> site_of_;
  Column<PersonId, std::uint32_t> spot_of_;  ///< to which they are bound; kNoRow: to a gate
  Column<PersonId, Point> seen_at_;          ///< at the last look
  std::int64_t here_ = 0;
  Time now_{};
};

/// The spot that a goal means; kNoRow for a gate.
std::uint32_t spot_at(const Site& site, NodeId goal) {
  const auto& spots = site.about->spots;
  const std::uint32_t first = spots.front().goal.value;
  return goal.value >= first && goal.value - first < spots.size() ? goal.value - first : kNoRow;
}

/// @throws std::logic_error if the goal belongs to another area: whoever sent them made a mistake
std::uint32_t Crowds::journey_to(const Site& site, NodeId goal) const {
  const FocusArea& area = *site.about;
  for (std::size_t gate = 0; gate < area.gates.size(); ++gate) {
    if (area.gates[gate].node == goal) return site.leave_by[gate];
  }
  const std::uint32_t spot = spot_at(site, goal);
  if (spot == kNoRow) throw std::logic_error("crowds: no spot or gate of area " + area.id + " is meant");
  return site.go_to[spot];
}

void Crowds::take_in(const Handover& arrival) {
  for (std::uint8_t s = 0; s < sites_.size(); ++s) {
    Site& site = *sites_[s];
    const auto& gates = site.about->gates;
    const auto gate = std::find_if(gates.begin(), gates.end(),
                                   [&](const AreaGate& g) { return g.node == arrival.at && g.way_in; });
    if (gate == gates.end()) continue;
    const auto row = static_cast<std::size_t>(gate - gates.begin());
    const double speed = double{world_->people->free_speed[arrival.person]};
    Arrival who;
    who.body = {arrival.person, {}, {}, speed, model_.radius, model_.time_gap, model_.law};
    who.journey = journey_to(site, arrival.goal);
    who.entrance = site.entrance[row];
    who.time_s = seconds(arrival.time) + gate->to_node / speed;
    site.venue.arrive({who});
    ++site.went_in[row];
    presence_[arrival.person] = Presence::travelling;
    site_of_[arrival.person] = s;
    spot_of_[arrival.person] = spot_at(site, arrival.goal);
    ++here_;
    return;
  }
  throw std::logic_error("crowds: somebody was handed over where there is no gate");
}

void Crowds::redirect(const Order& order, Outbox& outbox) {
  Presence& presence = presence_[order.person];
  if (presence == Presence::absent) return;  // left in the window in which the order was written
  Site& site = *sites_[site_of_[order.person]];
  site.venue.send(order.person, journey_to(site, order.goal));
  spot_of_[order.person] = spot_at(site, order.goal);
  if (presence != Presence::visiting) return;
  presence = Presence::travelling;
  --site.visiting;
  outbox.events.push_back(
      {.time = now_, .person = order.person, .value = static_cast<std::uint32_t>(PersonState::travelling)});
}

/// Who reached their spot, and who is out.
void Crowds::tell(Site& site, Outbox& outbox) {
  for (const Passing& passing : site.venue.take_passings()) {
    if (site.stage_spot[passing.stage] < 0 || presence_[passing.person] != Presence::travelling) continue;
    arrive(site, passing.person, time_of(passing.time_s), outbox);
  }
  for (const Passing& left : site.venue.take_departures()) hand_over(site, left, outbox);
}

/// Whoever has got no farther for a while watches from where they are, near their spot or wherever they keep
/// no gate from others: the crowd stands in between. Whoever is bound for one gate and is held fast before
/// another leaves by that one: a few who want to go elsewhere would plug it for good (our own rules, grade
/// C).
void Crowds::settle_those_stuck(Site& site, Time now, Outbox& outbox) {
  constexpr double kPatience = 30, kFarther = 1.5, kNear = 15, kBefore = 4, kClear = 10;  // s, then m
  if (seconds(now) - site.looked_at < kPatience) return;
  site.looked_at = seconds(now);
  const Crowd& crowd = site.venue.crowd();
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const PersonId person = crowd.person()[row];
    const Point at = crowd.position()[row];
    const bool moved = distance(at, std::exchange(seen_at_[person], at)) >= kFarther;
    if (moved || presence_[person] != Presence::travelling) continue;
    if (const std::uint32_t spot = spot_of_[person]; spot != kNoRow) {
      const bool near = distance(at, site.about->spots[spot].shape.centroid()) <= kNear;
      if (!near && site.at_a_gate(at, kClear)) continue;
      site.venue.stand_at(person, at);
      arrive(site, person, now, outbox);
    } else if (const std::uint32_t gate = site.way_out_at(at, kBefore); gate != kNoRow) {
      site.venue.send(person, site.leave_by[gate]);
    }
  }
}

void Crowds::arrive(Site& site, PersonId person, Time time, Outbox& outbox) {
  presence_[person] = Presence::visiting;
  ++site.visiting;
  outbox.events.push_back(
      {.time = time, .person = person, .value = static_cast<std::uint32_t>(PersonState::visiting)});
}

void Crowds::hand_over(Site& site, const Passing& left, Outbox& outbox) {
  const auto row = static_cast<std::size_t>(site.stage_gate[left.stage]);
  const AreaGate& gate = site.about->gates[row];
  ++site.went_out[row];
  presence_[left.person] = Presence::absent;
  --here_;
  Handover out{.time = time_of(left.time_s), .person = left.person, .at = gate.node, .goal = gate.node};
  out.to = hand_over_to_;
  if (gate.out.valid()) {
    out.on = gate.out;
    out.along_mm = static_cast<std::uint32_t>(std::llround(gate.from_tail * 1000));
  } else {
    out.time += duration_of(gate.to_node / double{world_->people->free_speed[left.person]});
  }
  outbox.departures.push_back(out);
}

void Crowds::measure(Site& site, double now) {
  if (now - site.measured_at < seconds(model_.measure_every) - 1e-9) return;
  const Crowd& crowd = site.venue.crowd();
  site.safety.observe(crowd.position(), crowd.velocity(), now, now - site.measured_at);
  site.measured_at = now;
}

double moment_or_never(double time) {
  return std::isfinite(time) ? time : std::numeric_limits<double>::quiet_NaN();
}

void Crowds::record(Time time, TableSet& tables) {
  Table& areas = tables.try_emplace("areas", "People in areas, over time").first->second;
  Table& gates = tables.try_emplace("gates", "Gates of areas, over time").first->second;
  for (std::uint32_t s = 0; s < sites_.size(); ++s) {
    const Site& site = *sites_[s];
    std::size_t outside = 0;
    for (std::uint32_t g = 0; g < site.about->gates.size(); ++g) {
      const std::size_t queue = site.venue.waiting_outside(site.entrance[g]);
      outside += queue;
      gates.column<double>("t_s", "moment, s since the start").push_back(seconds(time));
      gates.column<std::uint32_t>("area", "row of the areas").push_back(s);
      gates.column<std::uint32_t>("gate", "row of the area's gates, see area_gates").push_back(g);
      gates.column<std::int64_t>("came", "people who came to it so far").push_back(site.went_in[g]);
      gates.column<std::int64_t>("left", "people who left by it so far").push_back(site.went_out[g]);
      gates.column<std::uint32_t>("waiting", "people outside who find no room yet")
          .push_back(static_cast<std::uint32_t>(queue));
    }
    areas.column<double>("t_s", "moment, s since the start").push_back(seconds(time));
    areas.column<std::uint32_t>("area", "row of the areas").push_back(s);
    areas.column<std::uint32_t>("inside", "people in the area")
        .push_back(static_cast<std::uint32_t>(site.venue.present()));
    areas.column<std::uint32_t>("visiting", "of these, at their place")
        .push_back(static_cast<std::uint32_t>(site.visiting));
    areas.column<std::uint32_t>("outside", "people who find no room behind a gate yet")
        .push_back(static_cast<std::uint32_t>(outside));
    areas.column<double>("density", "highest density anywhere now, persons/m², Gaussian weights of 1 m")
        .push_back(site.safety.now().density_max);
    areas.column<double>("density_max", "the highest so far, persons/m²")
        .push_back(site.safety.greatest_density());
    areas.column<double>("pressure_max", "highest crowd pressure so far, 1/s²")
        .push_back(site.safety.greatest_pressure());
    areas.column<double>("dense_person_min", "time spent at 4 persons/m² or more so far, person min")
        .push_back(site.safety.alert_person_min());
    areas.column<double>("crush_person_min", "time spent at 6 persons/m² or more so far, person min")
        .push_back(site.safety.crush_person_min());
    areas.column<double>("first_alarm_s", "when 4 persons/m² had first lasted for 5 s, s; NaN: never")
        .push_back(moment_or_never(site.safety.first_alarm()));
    areas.column<double>("first_crush_s", "when 6 persons/m² were first reached, s; NaN: never")
        .push_back(moment_or_never(site.safety.first_crush()));
  }
}

void Crowds::finish(Time, TableSet& tables) const {
  Table& gates = tables.try_emplace("area_gates", "Gates of the areas").first->second;
  Table& map = tables.try_emplace("density", "Where in the areas it became dense").first->second;
  for (std::uint32_t s = 0; s < sites_.size(); ++s) {
    const Site& site = *sites_[s];
    for (const AreaGate& gate : site.about->gates) {
      gates.column<std::uint32_t>("area", "row of the areas").push_back(s);
      gates.column<std::string>("id", "name of the gate").push_back(gate.id);
      gates.column<double>("x_m", "middle of its line, m east")
          .push_back((gate.line.a.x + gate.line.b.x) / 2);
      gates.column<double>("y_m", "m north").push_back((gate.line.a.y + gate.line.b.y) / 2);
      gates.column<double>("width_m", "width of the passage, m").push_back(gate.width());
    }
    const Safety& safety = site.safety;
    for (std::size_t cell = 0; cell < safety.places().size(); ++cell) {
      const PlaceRecord& place = safety.places()[cell];
      if (place.density_max < 0.5f) continue;
      const Point middle = safety.centre(cell);
      map.column<std::uint32_t>("area", "row of the areas").push_back(s);
      map.column<float>("x_m", "middle of the cell, m east").push_back(static_cast<float>(middle.x));
      map.column<float>("y_m", "m north").push_back(static_cast<float>(middle.y));
      map.column<float>("density_max", "highest density, persons/m²").push_back(place.density_max);
      map.column<float>("pressure_max", "highest crowd pressure, 1/s²").push_back(place.pressure_max);
      map.column<float>("dense_s", "time at 4 persons/m² or more, s").push_back(place.alert_s);
    }
  }
}

void Crowds::save(SnapshotWriter& out) const {
  out.put("presence", presence_.values());
  out.put("site", site_of_.values());
  out.put("spot", spot_of_.values());
  put_records(out, "seen_at", static_cast<const std::vector<Point>&>(seen_at_));
  out.put_value("here", here_);
  out.put_value("now", now_.time_since_epoch().count());
  for (std::size_t s = 0; s < sites_.size(); ++s) {
    const Site& site = *sites_[s];
    SnapshotWriter part = out.below("area" + std::to_string(s));
    site.venue.save(part);
    part.put("went_in", site.went_in);
    part.put("went_out", site.went_out);
    part.put_value("visiting", site.visiting);
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
  in.get_value("here", here_);
  std::int64_t now = 0;
  in.get_value("now", now);
  now_ = Time{Duration{now}};
  Arena arena(1);
  for (std::size_t s = 0; s < sites_.size(); ++s) {
    Site& site = *sites_[s];
    const SnapshotReader part = in.below("area" + std::to_string(s));
    site.venue.load(part, arena);
    part.get("went_in", site.went_in);
    part.get("went_out", site.went_out);
    part.get_value("visiting", site.visiting);
    part.get_value("looked_at", site.looked_at);
    part.get_value("measured_at", site.measured_at);
    site.safety.load(part);
  }
}

}  // namespace

}  // namespace pedestrian

std::unique_ptr<Process> make_crowds(std::shared_ptr<const World> world, const CrowdModel& model,
                                     ProcessIndex hand_over_to) {
  return std::make_unique<pedestrian::Crowds>(std::move(world), model, hand_over_to);
}

}  // namespace chimata
