/// A tiny driver for the engine "walking": people, water, closures, and windows of one second.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "chimata/walking/walking.hpp"

namespace chimata::test {

/// Walkers on a network; index of a person is the order in which they were added.
class Walk {
 public:
  explicit Walk(std::shared_ptr<const Network> network, WalkingModel model = {}, int threads = 1)
      : arena(threads), model_(model), network_(std::move(network)) {}

  WadingModel wading;
  std::vector<Closure> closures;
  bool water = false;    ///< whether there is a depth field
  bool flowing = false;  ///< whether there is a velocity field besides
  Arena arena;

  PersonId add(NodeId from, NodeId to, double depart_s = 0, double speed = 1.34,
               PersonClass person_class = PersonClass::adult, Knowledge knowledge = Knowledge::map_only) {
    const PersonId person{population_->size()};
    population_->home.push_back(network_->position[from]);
    population_->home_node.push_back(from);
    population_->access_distance.push_back(0);
    population_->zone.push_back(ZoneId::none());
    population_->age.push_back(40);
    population_->person_class.push_back(person_class);
    population_->free_speed.push_back(static_cast<float>(speed));
    Handover handover{};
    handover.time = time_of(depart_s);
    handover.person = person;
    handover.at = from;
    handover.goal = to;
    handover.knowledge = knowledge;
    handover.to = 1;
    waiting_.push_back(handover);
    return person;
  }

  /// Lets somebody who has not started yet walk no faster than this, for the sake of companions.
  void keep_pace(PersonId person, std::uint16_t mm_s) {
    for (Handover& handover : waiting_) {
      if (handover.person == person) handover.pace_mm_s = mm_s;
    }
  }

  /// Sets the depth on a whole segment, or on the given share of it, along its shape.
  void flood(SegmentId segment, double depth, double from = 0, double to = 1) {
    start();
    fill(*depth_, segment, depth, from, to);
  }
  /// Sets the speed of the water likewise.
  void flow(SegmentId segment, double velocity, double from = 0, double to = 1) {
    start();
    fill(*velocity_, segment, velocity, from, to);
  }

 private:
  void fill(Field& field, SegmentId segment, double value, double from, double to) {
    const auto n = samples_->count(segment);
    for (std::uint32_t i = 0; i < n; ++i) {
      const double middle = (i + 0.5) / n;
      if (middle >= from && middle < to) {
        field.next()[samples_->offset[segment] + i] = static_cast<float>(value);
      }
    }
    field.publish();
    field.exchange();
  }

 public:
  /// Advances second by second; checks that nobody is lost.
  void run_until(double end_s) {
    start();
    while (seconds(now) < end_s) step();
  }
  /// Until nobody is on the way (or `latest`). Returns the moment.
  double run_out(double latest = 100000) {
    start();
    do step();
    while (seconds(now) < latest && (!waiting_.empty() || held() > 0));
    return seconds(now);
  }

  void step() {
    start();
    const Window window{now, now + Duration{1000}};
    // a handover of window k is delivered in the next: its moment lies before this window
    std::vector<Handover> arrivals;
    std::erase_if(waiting_, [&](const Handover& h) {
      if (h.time >= window.from && h.time != kStart) return false;
      arrivals.push_back(h);
      return true;
    });
    std::stable_sort(arrivals.begin(), arrivals.end(), [](const Handover& a, const Handover& b) {
      return std::tie(a.time, a.person) < std::tie(b.time, b.person);
    });
    inside_ += static_cast<std::int64_t>(arrivals.size());
    Outbox outbox;
    if (!arrivals.empty() || !orders.empty() || process->next_event() < window.to) {
      process->advance(window, {arrivals, orders}, outbox, arena);
      orders.clear();
    }
    inside_ -= static_cast<std::int64_t>(outbox.departures.size());
    for (const Handover& h : outbox.departures) left[h.person.value] = h;
    events.insert(events.end(), outbox.events.begin(), outbox.events.end());
    now = window.to;
    REQUIRE(held() == inside_);
  }

  [[nodiscard]] std::int64_t held() const {
    Census census{};
    process->count(census);
    std::int64_t all = 0;
    for (const auto n : census) all += n;
    return all;
  }
  [[nodiscard]] Census census() const {
    Census census{};
    process->count(census);
    return census;
  }
  [[nodiscard]] bool arrived(PersonId person) const {
    const auto it = left.find(person.value);
    return it != left.end() && it->second.at == it->second.goal;
  }
  [[nodiscard]] double arrival(PersonId person) const { return seconds(left.at(person.value).time); }
  [[nodiscard]] std::size_t count(Event::Kind kind) const {
    return static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(), [&](const Event& e) { return e.kind == kind; }));
  }
  [[nodiscard]] std::size_t count(PersonState state) const {
    return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [&](const Event& e) {
      return e.kind == Event::Kind::state_change && e.value == static_cast<std::uint32_t>(state);
    }));
  }
  [[nodiscard]] TableSet tables() const {
    TableSet all = recorded;
    process->finish(now, all);
    return all;
  }
  [[nodiscard]] std::vector<LinkId> links_of(PersonId person) const {
    const TableSet all = tables();
    const Table& entries = all.at("entries");
    const auto &who = entries.get<std::uint32_t>("person"), &link = entries.get<std::uint32_t>("link");
    std::vector<LinkId> path;
    for (std::size_t i = 0; i < who.size(); ++i) {
      if (who[i] == person.value) path.push_back(LinkId{link[i]});
    }
    return path;
  }
  [[nodiscard]] Snapshot save() const {
    Snapshot snapshot;
    SnapshotWriter out(snapshot, "walking");
    process->save(out);
    return snapshot;
  }
  void load(const Snapshot& snapshot) {
    start();
    process->load(SnapshotReader(snapshot, "walking"));
  }
  /// A walk of the same people at the same moment, restored from a snapshot of this one.
  [[nodiscard]] std::unique_ptr<Walk> restored() {
    auto other = std::make_unique<Walk>(network_, model_, 1);
    other->wading = wading, other->closures = closures, other->water = water, other->flowing = flowing;
    other->population_ = population_;
    other->waiting_ = waiting_;
    other->start();
    if (depth_ != nullptr) other->depth_->restore(depth_->values(), depth_->version());
    if (velocity_ != nullptr) other->velocity_->restore(velocity_->values(), velocity_->version());
    other->load(save());
    other->now = now, other->inside_ = inside_, other->left = left, other->events = events;
    other->recorded = recorded;
    return other;
  }

  /// Builds the engine; after this nobody can be added.
  void start() {
    if (process) return;
    samples_ = std::make_shared<const SegmentSamples>(sample_segments(*network_));
    if (water) depth_ = &fields_.create("depth.streets", "m", samples_->point.size());
    if (flowing) velocity_ = &fields_.create("velocity.streets", "m/s", samples_->point.size());
    auto world = std::make_shared<World>();
    world->network = network_;
    world->people = population_;
    world->samples = samples_;
    world->closures = closures;
    world->end = time_of(1e6);
    process = make_walking(world, model_, wading, fields_, 0);
  }

  std::unique_ptr<Process> process;
  Time now{};
  std::vector<Order> orders;               ///< delivered in the next step
  std::map<std::uint32_t, Handover> left;  ///< by person
  std::vector<Event> events;
  TableSet recorded;

 private:
  WalkingModel model_;
  std::shared_ptr<const Network> network_;
  std::shared_ptr<Population> population_ = std::make_shared<Population>();
  std::shared_ptr<const SegmentSamples> samples_;
  Fields fields_;
  Field* depth_ = nullptr;
  Field* velocity_ = nullptr;
  std::vector<Handover> waiting_;
  std::int64_t inside_ = 0;
};

}  // namespace chimata::test
