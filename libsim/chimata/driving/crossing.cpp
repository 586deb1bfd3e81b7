#include "chimata/driving/crossing.hpp"

#include <algorithm>
#include <tuple>

namespace chimata::driving {

namespace {
constexpr double kSameMoment = 1e-9;  // s
}

double Crossing::run(NodeId node, Tick tick) {
  node_ = node;
  junction_ = &t_.junctions[node];
  tick_ = tick;
  for (;;) {
    again_ = kForever;
    candidates_.clear();
    for (std::uint32_t i = 0; i < junction_->ins; ++i) look(t_.in[junction_->first_in + i]);
    if (junction_->waiting > 0) {
      for (std::uint32_t o = 0; o < junction_->outs; ++o) look_beside(t_.out[junction_->first_out + o]);
    }
    if (candidates_.empty()) return again_;
    const Candidate* best = &candidates_.front();
    for (const Candidate& each : candidates_) {
      if (each.entry < best->entry) best = &each;
    }
    if (is_link(best->to)) {
      // those who wait for the same room are served in proportion
      const std::uint64_t clock = t_.queues[best->to].clock;
      const auto turn = [&](const Candidate& c) {
        return std::tuple(std::max(t_.pass[c.movement], clock), c.movement);
      };
      const LinkId to = best->to;
      const double latest = best->entry + kSameMoment;
      for (const Candidate& each : candidates_) {
        if (each.to == to && each.entry <= latest && turn(each) < turn(*best)) best = &each;
      }
    }
    go(*best);
  }
}

void Crossing::expect_soon(NodeId node) const {
  const Junction& junction = t_.junctions[node];
  for (std::uint32_t i = 0; i < junction.ins; ++i) {
    const LinkId link = t_.in[junction.first_in + i];
    const auto* queue = reinterpret_cast<const char*>(&t_.queues[link]);
    const auto* road = reinterpret_cast<const char*>(&t_.roads[link]);
    __builtin_prefetch(queue), __builtin_prefetch(queue + 64);
    __builtin_prefetch(road), __builtin_prefetch(road + 64);
  }
}

void Crossing::expect_next(NodeId node) const {
  const Junction& junction = t_.junctions[node];
  for (std::uint32_t i = 0; i < junction.ins; ++i) {
    const LinkId link = t_.in[junction.first_in + i];
    __builtin_prefetch(&t_.slots[t_.roads[link].first_slot + t_.queues[link].exit_slot]);
  }
}

void Crossing::look(LinkId approach) {
  const LinkQueue& queue = t_.queues[approach];
  const std::uint32_t present = queue.entered_seen - queue.left;
  if (present == 0) return;
  const Road& road = t_.roads[approach];
  double free_from = queue.last_exit + road.exit_headway;
  if (road.shutter != 0) free_from = t_.shutters.exit_from(road.shutter, std::max(free_from, tick_.from));
  const std::uint32_t first_movement = junction_->first_movement + road.in_row * junction_->outs;
  beside_.clear();
  for (std::uint32_t i = 0; i < present; ++i) {
    Slot& slot = t_.slot(approach, i);
    double ready = std::max(free_from, slot.time);
    if (road.shutter != 0) ready = t_.shutters.exit_from(road.shutter, ready);
    if (ready >= tick_.until) {
      wait_until(ready);
      return;
    }
    Vehicle& vehicle = t_.vehicles[slot.vehicle];
    if (slot.next == kUndecided || slot.next == kLearns) slot.next = t_.routes.wish(vehicle, approach);
    if (slot.next == kLearns) {
      notes_.unknown.push_back(vehicle.guide);
      notes_.asking.push_back(node_);
      return;
    }
    // a movement found before stands in its bay; when that is full it stands in everybody's way
    const auto known = std::find_if(beside_.begin(), beside_.end(),
                                    [&](const Bay& bay) { return bay.movement == slot.next; });
    if (known != beside_.end()) {
      if (++known->cars > road.bay) return;
      continue;
    }
    beside_.push_back({slot.next, 1});
    const bool onward = is_link(slot.next);
    const std::uint32_t movement = onward ? first_movement + t_.roads[slot.next].out_row : first_movement;
    const auto green = onward && junction_->plan != 0 ? t_.green[movement] : ~Signals::Phases{0};
    add({ready, ready, approach, slot.next, slot.vehicle, i, movement}, green);
    if (beside_.size() >= road.lanes) return;
  }
}

void Crossing::look_beside(LinkId link) {
  const LinkQueue& queue = t_.queues[link];
  if (queue.first_waiting == kNobody) return;
  const std::uint32_t movement =
      junction_->first_movement + junction_->ins * junction_->outs + t_.roads[link].out_row;
  const double ready = t_.vehicles[queue.first_waiting].since;
  add({ready, ready, LinkId::none(), link, queue.first_waiting, 0, movement}, ~Signals::Phases{0});
}

bool Crossing::add(Candidate candidate, Signals::Phases green) {
  const bool signal = green != ~Signals::Phases{0};
  if (signal) candidate.ready = t_.signals.green_from(junction_->plan, green, candidate.ready);
  candidate.entry = candidate.ready;
  if (is_link(candidate.to)) {
    candidate.entry = entry_from(candidate.to, candidate.ready);
    if (signal && candidate.entry > candidate.ready && candidate.entry < kForever) {
      candidate.entry = t_.signals.green_from(junction_->plan, green, candidate.entry);
    }
  } else if (candidate.to == kArrives && junction_->gate != 0) {
    candidate.entry = std::max(candidate.ready, t_.gates[junction_->gate].next);
  }
  if (candidate.entry >= tick_.until) {
    wait_until(candidate.entry);
    return false;
  }
  candidates_.push_back(candidate);
  return true;
}

double Crossing::entry_from(LinkId link, double ready) {
  LinkQueue& queue = t_.queues[link];
  if (!t_.has_room(link)) {
    queue.starved = 1;
    return kForever;
  }
  const Road& road = t_.roads[link];
  double entry = std::max({ready, queue.last_entry + road.entry_headway, t_.gap_arrives(link)});
  if (road.shutter != 0) entry = t_.shutters.entry_from(road.shutter, entry);
  return entry;
}

void Crossing::go(const Candidate& candidate) {
  if (candidate.from.valid()) {
    leave(candidate);
  } else {
    LinkQueue& queue = t_.queues[candidate.to];
    queue.first_waiting = t_.vehicles[candidate.vehicle].behind;
    if (queue.first_waiting == kNobody) queue.last_waiting = kNobody;
    --junction_->waiting;
  }
  if (is_link(candidate.to)) {
    enter(candidate);
  } else if (candidate.to == kArrives && junction_->gate != 0) {
    t_.gates[junction_->gate].next = candidate.entry + t_.gates[junction_->gate].headway;
  }
  notes_.passages.push_back({candidate.entry, candidate.vehicle, candidate.from, candidate.to});
}

void Crossing::leave(const Candidate& candidate) {
  const LinkId link = candidate.from;
  // those who stood before it, on other lanes, move up by one slot; the first slot keeps the gap
  for (std::uint32_t i = candidate.place; i > 0; --i) t_.slot(link, i) = t_.slot(link, i - 1);
  const Road& road = t_.roads[link];
  LinkQueue& queue = t_.queues[link];
  Vehicle& vehicle = t_.vehicles[candidate.vehicle];
  t_.slot(link, 0) = {candidate.entry, kNobody, kUndecided};
  if (++queue.exit_slot == road.slots) queue.exit_slot = 0;
  ++queue.left;
  queue.last_exit = candidate.entry;
  queue.exit_sum += candidate.entry - t_.interval_start;
  queue.travel_sum += candidate.entry - vehicle.since;
  vehicle.distance += road.length;
  vehicle.free_time += static_cast<float>(road.free_time);
}

void Crossing::enter(const Candidate& candidate) {
  const Road& road = t_.roads[candidate.to];
  LinkQueue& queue = t_.queues[candidate.to];
  const std::uint64_t start = std::max(t_.pass[candidate.movement], queue.clock);
  queue.clock = start;
  t_.pass[candidate.movement] =
      start + (candidate.from.valid() ? t_.roads[candidate.from].stride : road.stride);
  t_.slots[road.first_slot + queue.entry_slot] = {candidate.entry + road.free_time, candidate.vehicle,
                                                  kUndecided};
  if (++queue.entry_slot == road.slots) queue.entry_slot = 0;
  ++queue.entered;
  queue.last_entry = candidate.entry;
  queue.entry_sum += candidate.entry - t_.interval_start;
  Vehicle& vehicle = t_.vehicles[candidate.vehicle];
  vehicle.since = candidate.entry;
  t_.routes.enter(vehicle, candidate.from, candidate.to);
}

}  // namespace chimata::driving
