#include "chimata/driving/driving.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/driving/conditions.hpp"
#include "chimata/driving/flow.hpp"
#include "chimata/driving/jams.hpp"
#include "chimata/driving/travel_times.hpp"
#include "chimata/driving/trips.hpp"

namespace chimata {

namespace driving {

namespace {

constexpr Duration kSecond{1000};
constexpr double kMinute = 60;        // s, how often walkers, jams and stuck drivers are looked at
constexpr double kLastMoment = 1e-3;  // s, the unit of `Time`: what happens in a tick happens before its end

class Engine final : public Process {
 public:
  Engine(std::shared_ptr<const World> world, const DrivingModel& model, const FordingModel& fording,
         const std::vector<CarGate>& gates, Fields& fields, ProcessIndex hand_over_to)
      : world_(std::move(world)),
        model_(model),
        fields_(fields),
        hand_over_to_(hand_over_to),
        traffic_(*world_, model_, gates),
        flow_(traffic_),
        times_(traffic_, 1 - 0.5 / static_cast<double>(model.perceptions)),
        times_field_(fields.create("travel_time.car", "s", world_->network->link_count())),
        conditions_(world_, fording, traffic_, fields.find("depth.streets"), fields.find("velocity.streets"),
                    fields.create("crossing.delay", "s", world_->network->node_count())),
        riders_(world_->people->size()),
        trips_(traffic_, riders_, conditions_.waters()),
        journal_(world_->network->link_count()) {}

  std::string_view name() const override { return "driving"; }

  void start(Outbox&) override {
    times_field_.next() = times_.seconds();
    times_field_.publish();
    conditions_.crossings.publish_delays(traffic_, kMinute);
  }

  Time next_event() const override { return moving_ > 0 || news_due_ ? now_ : kNever; }

  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena& arena) override {
    for (Time from = window.from; from < window.to; from += kSecond) {
      const Time to = std::min(from + kSecond, window.to);
      update(seconds(from), outbox, arena);
      if (from == window.from) {
        admit(inbox.arrivals, outbox);
        for (const Order& order : inbox.orders) redirect(order, seconds(from));
        traffic_.routes.prepare(arena);
      }
      flow_.step({seconds(from), seconds(to)}, arena);
      for (const Passage& passage : flow_.passages()) follow(passage, outbox);
      stall(seconds(from), seconds(to), outbox);
    }
    now_ = window.to;
  }

  void count(Census& census) const override {
    census[static_cast<std::size_t>(PersonState::travelling)] += moving_;
  }

  void record(Time time, TableSet& tables) override {
    journal_.flush(seconds(time), traffic_, trips_.places(seconds(time)), tables);
  }
  void finish(Time time, TableSet& tables) const override {
    const double now = seconds(time);
    journal_.close_all(now, traffic_, trips_.places(now), trips_.open(now), tables);
    jams_.write(tables);
  }

  void save(SnapshotWriter& out) const override;
  void load(const SnapshotReader& in) override;

 private:
  void update(double now, Outbox& outbox, Arena& arena);
  void tell_news(double now, Arena& arena);
  void look_at_jams(double now, Outbox& outbox);
  void admit(std::span<const Handover> arrivals, Outbox& outbox);
  void set_out(VehicleRow row, const Handover& driver);
  void redirect(const Order& order, double now);
  void follow(const Passage& passage, Outbox& outbox);
  void stall(double from, double until, Outbox& outbox);
  void abandon(double now, Outbox& outbox);
  /// People step out of, or are swept away in, the car at `place` on a link; the car stays there.
  void strand(const Stall& where, double moment, Outcome outcome, Outbox& outbox);
  void hand_back(PersonId person, NodeId at, double moment, HandoverReason reason, VehicleRow row,
                 Outbox& outbox);

  std::shared_ptr<const World> world_;
  DrivingModel model_;
  Fields& fields_;
  ProcessIndex hand_over_to_;
  Traffic traffic_;
  Flow flow_;
  TravelTimes times_;
  Field& times_field_;
  Conditions conditions_;
  Riders riders_;
  Trips trips_;
  Journal journal_;
  Jams jams_;
  Time now_{};
  std::int64_t moving_ = 0;
  double next_news_ = 0, next_minute_ = 0;  ///< s
  bool news_due_ = false;                   ///< traffic that nobody has been told of
};

/// Brings everything that is looked at now and then to `now`.
void Engine::update(double now, Outbox& outbox, Arena& arena) {
  const auto changed = conditions_.update(now);
  for (const LinkId link : changed) flow_.changed(link, now);
  const bool barred = conditions_.bars_changed();
  if (now >= next_news_) {
    // one perception after the other, so that not all change their ways at once
    const auto perceptions = traffic_.routes.perceptions().count;
    const double every = seconds(model_.news_every) / perceptions;
    const double turn = std::floor(now / every);
    next_news_ = (turn + 1) * every;
    times_.update(traffic_, now);
    times_field_.next() = times_.seconds();
    times_field_.publish();
    tell_news(now, arena);
    traffic_.routes.renew(static_cast<std::uint32_t>(static_cast<std::int64_t>(turn) % perceptions),
                          flow_.followed_trees(), arena);
    news_due_ = moving_ > 0;
  } else if (barred) {
    tell_news(now, arena);
  }
  if (now < next_minute_) return;
  next_minute_ = (std::floor(now / kMinute) + 1) * kMinute;
  if (const Field* walkers = fields_.find("crossing.walkers")) {
    for (const LinkId link : conditions_.update_walkers(walkers->values(), now)) flow_.changed(link, now);
  }
  conditions_.crossings.publish_delays(traffic_, kMinute);
  look_at_jams(now, outbox);
  if (model_.abandon_after > Duration{0}) abandon(now, outbox);
}

/// From now on drivers who look know of the present travel times, closures and water.
void Engine::tell_news(double now, Arena& arena) {
  LinkCosts costs = times_.costs(*world_->network);
  for (std::uint32_t l = 0; l < costs.size(); ++l) {
    if (conditions_.bars()[LinkId{l}] != 0) costs[LinkId{l}] = kClosed;
  }
  traffic_.routes.tell(std::move(costs), conditions_.bars());
  traffic_.routes.prepare(arena);
  flow_.reconsider(now);
}

void Engine::look_at_jams(double now, Outbox& outbox) {
  for (const Jams::Jam& jam : jams_.look(traffic_, now)) {
    for (const LinkId link : jam.ring) {
      const PersonId driver = riders_[traffic_.slot(link, 0).vehicle].driver;
      outbox.events.push_back({time_of(now), driver, Event::Kind::gridlocked, link.value, 0});
    }
  }
  if (model_.gridlock == GridlockPolicy::reroute) jams_.reroute(traffic_, flow_, now);
}

void Engine::admit(std::span<const Handover> arrivals, Outbox& outbox) {
  const auto leads = [](const Handover& h) { return !h.leader.valid() || h.leader == h.person; };
  for (const Handover& arrival : arrivals) {
    if (!arrival.goal.valid()) {
      Handover back = arrival;
      back.to = hand_over_to_;
      back.state = PersonState::waiting;
      back.reason = HandoverReason::no_way;
      outbox.departures.push_back(back);
      outbox.events.push_back({arrival.time, arrival.person, Event::Kind::state_change, arrival.at.value,
                               static_cast<std::uint32_t>(PersonState::waiting)});
    } else if (leads(arrival)) {
      set_out(riders_.board(arrival.person, arrival.at), arrival);
    }
  }
  for (const Handover& arrival : arrivals) {
    if (!arrival.goal.valid() || leads(arrival)) continue;
    const VehicleRow row = riders_.car_of(arrival.leader);
    if (row != kNobody && traffic_.departed[row] == seconds(arrival.time)) {
      riders_.join(arrival.person, row);
      ++moving_;
    } else {
      set_out(riders_.board(arrival.person, arrival.at), arrival);  // nobody there to drive them
    }
  }
}

void Engine::set_out(VehicleRow row, const Handover& driver) {
  Vehicle vehicle;
  vehicle.since = seconds(driver.time);
  vehicle.guide = traffic_.routes.goal_of(driver.goal);
  vehicle.knowledge = driver.knowledge;
  vehicle.perception = traffic_.routes.perceptions().of(driver.person.value);
  vehicle.present = 1;
  traffic_.put(row, vehicle);
  flow_.add({vehicle.since, row, driver.at});
  ++moving_;
  news_due_ = true;
}

void Engine::redirect(const Order& order, double now) {
  const VehicleRow row = riders_.car_of(order.person);
  if (row == kNobody || riders_[row].driver != order.person) return;  // where to go is the driver's matter
  Vehicle& vehicle = traffic_.vehicles[row];
  if (order.goal.valid()) vehicle.guide = traffic_.routes.goal_of(order.goal);
  vehicle.knowledge = std::max(vehicle.knowledge, order.knowledge);
  if (vehicle.state == kNobody) {
    flow_.reconsider(now);  // beside the road: perhaps onto another link
    return;
  }
  const LinkId link = traffic_.routes.link_of(vehicle.state);
  for (std::uint32_t i = 0; i < traffic_.present(link); ++i) {
    if (traffic_.slot(link, i).vehicle == row) flow_.reconsider(link, i, now);
  }
}

void Engine::follow(const Passage& passage, Outbox& outbox) {
  Riders::Car& car = riders_[passage.vehicle];
  if (is_link(passage.to)) {
    if (car.entered < 0) car.entered = passage.time;
    if (model_.record_entries) journal_.enter({passage.time, car.driver, passage.to});
    return;
  }
  const bool arrived = passage.to == kArrives;
  const NodeId at = passage.from.valid() ? traffic_.roads[passage.from].head : car.from;
  const double way = passage.from.valid() ? world_->network->length_of(passage.from) : 0;
  journal_.close(trips_.of(passage.vehicle, passage.time, passage.from, way,
                           arrived ? Outcome::arrived : Outcome::handed_back));
  riders_.alight(passage.vehicle, [&](PersonId person) {
    hand_back(person, at, passage.time, arrived ? HandoverReason::arrived : HandoverReason::no_way,
              passage.vehicle, outbox);
  });
  traffic_.vehicles[passage.vehicle].present = 0;
}

void Engine::hand_back(PersonId person, NodeId at, double moment, HandoverReason reason, VehicleRow row,
                       Outbox& outbox) {
  const Vehicle& vehicle = traffic_.vehicles[row];
  Handover handover{};
  handover.time = time_of(moment);
  handover.person = person;
  handover.at = at;
  handover.goal = traffic_.routes.node_of(vehicle.guide);
  handover.leader = riders_[row].driver;
  handover.knowledge = vehicle.knowledge;
  handover.to = hand_over_to_;
  handover.reason = reason;
  if (reason == HandoverReason::no_way) {
    handover.state = PersonState::waiting;
    outbox.events.push_back({handover.time, person, Event::Kind::state_change, at.value,
                             static_cast<std::uint32_t>(PersonState::waiting)});
  }
  outbox.departures.push_back(handover);
  --moving_;
}

void Engine::stall(double from, double until, Outbox& outbox) {
  for (const LinkId link : conditions_.waters().deep()) {
    if (traffic_.present(link) == 0) continue;
    const auto stalls = conditions_.waters().stalls(traffic_, link, from, until);
    // from the tail on, so that the places of those still to come stay right
    for (auto each = stalls.rbegin(); each != stalls.rend(); ++each) {
      strand(*each, until - kLastMoment, each->swept ? Outcome::swept_away : Outcome::stalled, outbox);
    }
  }
}

void Engine::abandon(double now, Outbox& outbox) {
  const double longest = seconds(model_.abandon_after);
  for (std::uint32_t l = 0; l < traffic_.roads.size(); ++l) {
    const LinkId link{l};
    for (std::uint32_t i = traffic_.present(link); i-- > 0;) {
      const Vehicle& vehicle = traffic_.vehicles[traffic_.slot(link, i).vehicle];
      const double stood = now - vehicle.since - traffic_.roads[link].free_time;
      if (stood < longest) continue;
      const double along = conditions_.waters().position(traffic_, link, i, now);
      strand({link, i, along, false}, now, Outcome::left, outbox);
    }
  }
}

void Engine::strand(const Stall& where, double moment, Outcome outcome, Outbox& outbox) {
  const VehicleRow row = traffic_.slot(where.link, where.place).vehicle;
  journal_.close(trips_.of(row, moment, where.link, where.along, outcome));
  journal_.take_off(where.link, world_->network->length_of(where.link) - where.along);
  flow_.remove(where.link, where.place, moment);
  conditions_.leave_wreck(where.link, moment);
  flow_.changed(where.link, moment);
  const NodeId ahead = traffic_.roads[where.link].head;
  riders_.alight(row, [&](PersonId person) {
    if (where.swept) {
      outbox.events.push_back({time_of(moment), person, Event::Kind::state_change, where.link.value,
                               static_cast<std::uint32_t>(PersonState::casualty)});
      hand_back(person, ahead, moment, HandoverReason::swept_away, row, outbox);
      outbox.departures.back().state = PersonState::casualty;
    } else {
      outbox.events.push_back({time_of(moment), person, Event::Kind::left_car, where.link.value,
                               outcome == Outcome::stalled ? 1u : 0u});
      hand_back(person, ahead, moment, HandoverReason::left_car, row, outbox);
    }
    outbox.departures.back().on = where.link;
    outbox.departures.back().along_mm = static_cast<std::uint32_t>(where.along * 1000);
  });
  traffic_.vehicles[row].present = 0;
}

void Engine::save(SnapshotWriter& out) const {
  flow_.save(out);
  times_.save(out);
  conditions_.save(out);
  riders_.save(out);
  journal_.save(out);
  jams_.save(out);
  out.put_value("now", now_);
  out.put_value("moving", moving_);
  out.put_value("next_news", next_news_);
  out.put_value("next_minute", next_minute_);
  out.put_value("news_due", news_due_);
}

void Engine::load(const SnapshotReader& in) {
  in.get_value("now", now_);
  flow_.load(in, seconds(now_));
  times_.load(in);
  conditions_.load(in);
  riders_.load(in);
  journal_.load(in);
  jams_.load(in);
  in.get_value("moving", moving_);
  in.get_value("next_news", next_news_);
  in.get_value("next_minute", next_minute_);
  in.get_value("news_due", news_due_);
}

}  // namespace

}  // namespace driving

std::unique_ptr<Process> make_driving(std::shared_ptr<const World> world, const DrivingModel& model,
                                      const FordingModel& fording, std::vector<CarGate> gates, Fields& fields,
                                      ProcessIndex hand_over_to) {
  return std::make_unique<driving::Engine>(std::move(world), model, fording, gates, fields, hand_over_to);
}

}  // namespace chimata
