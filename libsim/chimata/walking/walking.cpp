#include "chimata/walking/walking.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "chimata/core/records.hpp"
#include "chimata/walking/exchange.hpp"
#include "chimata/walking/gate_rooms.hpp"
#include "chimata/walking/movement.hpp"
#include "chimata/walking/requests.hpp"

namespace chimata {

namespace walking {

namespace {

// rounds in one tick; somebody on links of 1 cm needs about 140. Who runs out of rounds keeps their time
constexpr int kMostRounds = 256;
constexpr Duration kTick{1000};
constexpr double kPassageMemory = 2.5;  // s, longer than CrowdWalk's law looks back from the next tick

class Engine final : public Process {
 public:
  Engine(std::shared_ptr<const World> world, const WalkingModel& model, const WadingModel& wading,
         Fields& fields, ProcessIndex hand_over_to)
      : world_(std::move(world)),
        model_(model),
        streets_(world_, model_, wading, fields.find("depth.streets"), fields.find("velocity.streets")),
        routes_(streets_),
        state_{model_,
               streets_,
               routes_,
               Lanes(world_->network->link_count() + world_->network->node_count()),
               Column<PersonId, Stay>(world_->people->size()),
               Journal(world_->network->link_count(), streets_.records_exposure()),
               Roadside(*world_->network, fields)},
        gate_rooms_(*world_, fields),
        exchange_(state_, hand_over_to),
        hand_over_to_(hand_over_to),
        sorter_(state_.lanes.walkers.size()) {
    gate_rooms_.publish(state_.lanes, streets_);
  }

  std::string_view name() const override { return "walking"; }

  Time next_event() const override {
    if (moving_ > 0 || state_.roadside.busy()) return now_;
    return stranded_ > 0 && streets_.water_has_news() ? now_ : kNever;
  }

  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena& arena) override {
    for (const Handover& arrival : inbox.arrivals) admit(arrival, outbox);
    for (const Order& order : inbox.orders) {
      order.kind == Order::Kind::hand_over ? requests_.add(order) : redirect(order);
    }
    if (requests_.any()) hand_over_asked(window.from, outbox);
    for (Time from = window.from; from < window.to; from += kTick) {
      tick({from, std::min(from + kTick, window.to)}, outbox, arena);
    }
    now_ = window.to;
    take_count();
    gate_rooms_.publish(state_.lanes, streets_);
  }

  void count(Census& census) const override {
    census[static_cast<std::size_t>(PersonState::travelling)] += moving_;
    census[static_cast<std::size_t>(PersonState::stranded)] += stranded_;
  }

  // what was recorded is forgotten: keeping it would hold every row twice
  void record(Time time, TableSet& tables) override {
    state_.journal.flush(time, tables);
    state_.lanes.release_empty();
  }

  void finish(Time time, TableSet& tables) const override {
    state_.journal.close_all(time, open_legs(seconds(time)), tables);
  }

  void save(SnapshotWriter& out) const override;
  void load(const SnapshotReader& in) override;

 private:
  void admit(const Handover& arrival, Outbox& outbox);
  void stand_on_link(Walker walker, const Handover& arrival);
  void redirect(const Order& order);
  void hand_over_asked(Time now, Outbox& outbox);
  void give(const Walker& walker, Lane lane, Time time, ProcessIndex to, Outbox& outbox);
  void tick(Window window, Outbox& outbox, Arena& arena);
  void remember_passages(double until);
  void take_notes(Outbox& outbox);
  void lose(const Loss& loss, Outbox& outbox);
  void refresh_active();
  void take_count();
  [[nodiscard]] Leg leg_of(const Walker& walker, Lane lane) const;
  [[nodiscard]] std::vector<Leg> open_legs(double now) const;

  std::shared_ptr<const World> world_;
  WalkingModel model_;
  Streets streets_;
  Routes routes_;
  State state_;
  GateRooms gate_rooms_;
  Exchange exchange_;
  ProcessIndex hand_over_to_;
  Time now_{};
  std::int64_t moving_ = 0, stranded_ = 0;
  Requests requests_;
  std::vector<Passage> passages_;  ///< recent, by (node, latest first); only for CrowdWalk's law
  std::vector<Passage> fresh_passages_;

  std::vector<Notes> notes_;  // scratch
  std::vector<Lane> asked_, touched_, merged_;
  RowSorter sorter_;
};

void Engine::admit(const Handover& arrival, Outbox& outbox) {
  const PersonId person = arrival.person;
  if (!arrival.goal.valid()) {
    Handover back = arrival;
    back.to = hand_over_to_;
    back.state = PersonState::waiting;
    outbox.departures.push_back(back);
    outbox.events.push_back({arrival.time, person, Event::Kind::state_change, arrival.at.value,
                             static_cast<std::uint32_t>(PersonState::waiting)});
    return;
  }
  Stay& stay = state_.stays[person];
  stay = Stay{};
  stay.start = seconds(arrival.time);
  stay.from = arrival.at;
  stay.goal_node = arrival.goal;
  stay.goal = routes_.goal_of(arrival.goal);
  stay.knowledge = arrival.knowledge;
  stay.present = 1;
  if (stay.knowledge == Knowledge::informed) routes_.inform(stay.goal);

  Walker walker{};
  walker.clock = seconds(arrival.time);
  walker.free_speed = world_->people->free_speed[person];
  if (arrival.pace_mm_s > 0)
    walker.free_speed = std::min(walker.free_speed, static_cast<float>(arrival.pace_mm_s) * 1e-3f);
  walker.speed = double{walker.free_speed};
  walker.blocked_since = kNotBlocked;
  walker.person = person;
  walker.person_class = world_->people->person_class[person];
  if (arrival.on.valid()) {
    stand_on_link(walker, arrival);
    return;
  }
  walker.gait = Gait::queued;
  const Lane kerb = static_cast<Lane>(world_->network->link_count()) + arrival.at.value;
  state_.lanes.walkers[kerb].push_back(walker);
  state_.lanes.queued[kerb] = state_.lanes.count[kerb] =
      static_cast<std::uint32_t>(state_.lanes.walkers[kerb].size());
  touched_.push_back(kerb);
}

/// Somebody begins in the middle of a street, behind the queue at its end.
void Engine::stand_on_link(Walker walker, const Handover& arrival) {
  const Lane lane = arrival.on.value;
  auto& walkers = state_.lanes.walkers[lane];
  walker.gait = Gait::walking;
  walker.position = std::min(arrival.along_mm * 1e-3, streets_[arrival.on].length);
  walker.entered_at = static_cast<float>(walker.position);
  const auto behind = [&](const Walker& other) {
    return other.position < walker.position ||
           (other.position == walker.position && other.person > walker.person);
  };
  walkers.insert(std::find_if(walkers.begin() + state_.lanes.queued[lane], walkers.end(), behind), walker);
  state_.lanes.count[lane] = static_cast<std::uint32_t>(walkers.size());
  touched_.push_back(lane);
}

void Engine::redirect(const Order& order) {
  Stay& stay = state_.stays[order.person];
  if (stay.present == 0) return;  // handed on in the window in which the order was written
  if (order.goal.valid()) {
    stay.goal_node = order.goal;
    stay.goal = routes_.goal_of(order.goal);
  }
  stay.knowledge = std::max(stay.knowledge, order.knowledge);
  if (stay.knowledge == Knowledge::informed) routes_.inform(stay.goal);
}

/// Hands over those who were asked for, where they stand.
void Engine::hand_over_asked(Time now, Outbox& outbox) {
  refresh_active();
  requests_.answer(state_, touched_, [&](const Walker& walker, Lane lane, ProcessIndex to) {
    give(walker, lane, walker.gait == Gait::walking ? time_of(walker.clock) : now, to, outbox);
  });
}

/// Ends a stay in the middle.
void Engine::give(const Walker& walker, Lane lane, Time time, ProcessIndex to, Outbox& outbox) {
  Leg leg = leg_of(walker, lane);
  leg.end = seconds(time);
  leg.outcome = Outcome::handed_back;
  state_.journal.close(leg);
  Stay& stay = state_.stays[walker.person];
  stay.present = 0;
  Handover out{.time = time, .person = walker.person, .at = leg.from, .goal = stay.goal_node};
  out.knowledge = stay.knowledge;
  out.to = to;
  out.reason = HandoverReason::on_request;
  if (state_.is_link(lane)) {
    out.on = LinkId{lane};
    out.at = world_->network->head(out.on);
    out.along_mm = static_cast<std::uint32_t>(walker.position * 1000);
  } else {
    out.at = NodeId{lane - static_cast<Lane>(world_->network->link_count())};
  }
  outbox.departures.push_back(out);
}

void Engine::tick(Window window, Outbox& outbox, Arena& arena) {
  const Tick tick{seconds(window.from), seconds(window.to)};
  state_.roadside.publish(tick.from);
  streets_.update(window);
  routes_.prepare(window.from, arena);
  if (!touched_.empty()) refresh_active();
  if (model_.law == WalkingLaw::crowdwalk) crowdwalk_speeds(state_, passages_, tick, arena);

  move_lanes(state_, state_.lanes.active, tick, true, arena, notes_);
  asked_ = state_.lanes.active;
  take_notes(outbox);
  for (int round = 0; round < kMostRounds; ++round) {
    if (!exchange_.round(asked_, tick, arena, outbox)) break;
    touched_.insert(touched_.end(), exchange_.entered().begin(), exchange_.entered().end());
    if (model_.law == WalkingLaw::crowdwalk) remember_passages(tick.to);
    move_lanes(state_, exchange_.entered(), tick, false, arena, notes_);
    asked_.clear();
    std::set_union(exchange_.entered().begin(), exchange_.entered().end(), exchange_.again().begin(),
                   exchange_.again().end(), std::back_inserter(asked_));
    take_notes(outbox);
    if (asked_.empty()) break;
  }
  if (model_.law == WalkingLaw::crowdwalk) {
    passages_.swap(fresh_passages_);
    fresh_passages_.clear();
    const Network& network = *world_->network;
    std::sort(passages_.begin(), passages_.end(), [&](const Passage& a, const Passage& b) {
      return std::tuple(network.tail(a.to), -a.moment, a.from, a.to) <
             std::tuple(network.tail(b.to), -b.moment, b.from, b.to);
    });
  }
}

void Engine::remember_passages(double until) {
  for (const Proposal& proposal : exchange_.proposals()) {
    if (proposal.kind != Proposal::Kind::enter || !proposal.leaves() || !state_.is_link(proposal.from))
      continue;
    if (proposal.entry < until - kPassageMemory) continue;
    fresh_passages_.push_back({LinkId{proposal.from}, proposal.to, proposal.entry});
  }
}

/// Takes in what the last pass of movement noted.
void Engine::take_notes(Outbox& outbox) {
  for (const Notes& block : notes_) {
    outbox.events.insert(outbox.events.end(), block.events.begin(), block.events.end());
    exchange_.turn_back(block.turns);
    for (const Turn& turn : block.turns) touched_.push_back(turn.back.value);
    for (const Loss& loss : block.losses) lose(loss, outbox);
  }
}

/// Ends the stay of somebody swept away and hands them over. The street has their room again.
void Engine::lose(const Loss& loss, Outbox& outbox) {
  Leg leg = leg_of(loss.walker, loss.link.value);
  leg.end = loss.walker.clock;
  leg.outcome = Outcome::swept_away;
  state_.journal.close(leg);
  Stay& stay = state_.stays[loss.walker.person];
  stay.present = 0;
  state_.lanes.count[loss.link.value] =
      static_cast<std::uint32_t>(state_.lanes.walkers[loss.link.value].size());
  outbox.departures.push_back({.time = time_of(loss.walker.clock),
                               .person = loss.walker.person,
                               .at = world_->network->head(loss.link),
                               .goal = stay.goal_node,
                               .on = loss.link,
                               .along_mm = static_cast<std::uint32_t>(loss.walker.position * 1000),
                               .knowledge = stay.knowledge,
                               .to = hand_over_to_,
                               .state = PersonState::casualty,
                               .reason = HandoverReason::swept_away});
}

void Engine::refresh_active() {
  auto& active = state_.lanes.active;
  sorter_.sort_unique(touched_);
  merged_.clear();
  std::set_union(active.begin(), active.end(), touched_.begin(), touched_.end(), std::back_inserter(merged_));
  std::erase_if(merged_, [&](Lane lane) { return state_.lanes.count[lane] == 0; });
  active.swap(merged_);
  touched_.clear();
}

void Engine::take_count() {
  refresh_active();
  moving_ = stranded_ = 0;
  for (const Lane lane : state_.lanes.active) {
    stranded_ += state_.lanes.stranded[lane];
    moving_ += state_.lanes.count[lane] - state_.lanes.stranded[lane];
  }
}

/// The stay of somebody on `lane` so far; its end and outcome are the caller's.
Leg Engine::leg_of(const Walker& walker, Lane lane) const {
  const Stay& stay = state_.stays[walker.person];
  Leg leg{};
  leg.start = stay.start;
  leg.distance = stay.distance;
  leg.free_flow = stay.free_flow;
  leg.wet = stay.wet;
  leg.exposure = stay.exposure;
  leg.person = walker.person;
  leg.from = stay.from;
  leg.goal = stay.goal_node;
  leg.last_link = LinkId::none();
  if (!state_.is_link(lane)) return leg;
  leg.last_link = LinkId{lane};
  const Street& street = streets_[LinkId{lane}];
  const double way = std::max(0.0, walker.position - double{walker.entered_at});
  leg.distance += static_cast<float>(way);
  leg.free_flow += static_cast<float>(way / (double{walker.free_speed} * street.factor));
  leg.last_fraction = static_cast<float>(walker.position / street.length);
  return leg;
}

std::vector<Leg> Engine::open_legs(double now) const {
  std::vector<Leg> legs;
  for (const Lane lane : state_.lanes.active) {
    for (const Walker& walker : state_.lanes.walkers[lane]) {
      Leg leg = leg_of(walker, lane);
      leg.end = now;
      leg.outcome = walker.gait == Gait::stranded ? Outcome::stranded : Outcome::walking;
      if (walker.gait == Gait::stranded && streets_.records_exposure())
        leg.exposure.stand(now - walker.clock);
      legs.push_back(leg);
    }
  }
  return legs;
}

void Engine::save(SnapshotWriter& out) const {
  const Lanes& lanes = state_.lanes;
  std::vector<std::uint32_t> sizes, queued;
  std::vector<Walker> walkers;
  for (const Lane lane : lanes.active) {
    sizes.push_back(static_cast<std::uint32_t>(lanes.walkers[lane].size()));
    queued.push_back(lanes.queued[lane]);
    walkers.insert(walkers.end(), lanes.walkers[lane].begin(), lanes.walkers[lane].end());
  }
  out.put("lane", lanes.active);
  out.put("lane_size", sizes);
  out.put("lane_queued", queued);
  put_records(out, "walkers", walkers);
  out.put("next_exit", lanes.next_exit);
  out.put("next_entry", lanes.next_entry);
  out.put("full_until", lanes.full_until);
  put_records(out, "stays", state_.stays);
  put_records(out, "passages", passages_);
  out.put_value("now", now_);
  requests_.save(out);
  streets_.save(out);
  routes_.save(out);
  state_.journal.save(out);
  state_.roadside.save(out);
}

void Engine::load(const SnapshotReader& in) {
  Lanes lanes(state_.lanes.walkers.size());
  std::vector<std::uint32_t> sizes, queued;
  std::vector<Walker> walkers;
  in.get("lane", lanes.active);
  in.get("lane_size", sizes);
  in.get("lane_queued", queued);
  get_records(in, "walkers", walkers);
  auto row = walkers.begin();
  for (std::size_t i = 0; i < lanes.active.size(); ++i) {
    const Lane lane = lanes.active[i];
    lanes.walkers.at(lane).assign(row, row + sizes.at(i));
    lanes.queued[lane] = queued.at(i);
    lanes.count[lane] = sizes[i];
    lanes.stranded[lane] = static_cast<std::uint32_t>(
        std::count_if(row, row + sizes[i], [](const Walker& w) { return w.gait == Gait::stranded; }));
    row += sizes[i];
  }
  in.get("next_exit", lanes.next_exit);
  in.get("next_entry", lanes.next_entry);
  in.get("full_until", lanes.full_until);
  state_.lanes = std::move(lanes);
  get_records(in, "stays", state_.stays);
  get_records(in, "passages", passages_);
  in.get_value("now", now_);
  requests_.load(in);
  streets_.load(in);
  routes_.load(in);
  state_.journal.load(in);
  state_.roadside.load(in);
  touched_.clear();
  take_count();
}

}  // namespace

}  // namespace walking

std::unique_ptr<Process> make_walking(std::shared_ptr<const World> world, const WalkingModel& model,
                                      const WadingModel& wading, Fields& fields, ProcessIndex hand_over_to) {
  const Field* depth = fields.find("depth.streets");
  const Field* velocity = fields.find("velocity.streets");
  for (const Field* field : {depth, velocity}) {
    if (field != nullptr &&
        (world->samples == nullptr || field->values().size() != world->samples->point.size())) {
      throw std::logic_error("the field " + field->name() + " does not have one value per street sample");
    }
  }
  return std::make_unique<walking::Engine>(std::move(world), model, wading, fields, hand_over_to);
}

}  // namespace chimata
