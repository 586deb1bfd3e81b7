#include "chimata/driving/crossing.hpp"

#include <algorithm>
#include <utility>

namespace chimata::driving {

namespace {
constexpr double kSameMoment = 1e-9;  // s
constexpr std::uint32_t kSlotsAhead = 64 / sizeof(Slot);

/// Asks for the memory of a ring after `row`, for whoever needs it next.
void expect_ahead(const Slot* ring, const Road& road, std::uint32_t row) {
  row += kSlotsAhead;
  __builtin_prefetch(ring + (row < road.slots ? row : 0));
}
}  // namespace

double Crossing::run(NodeId node, Tick tick) {
  node_ = node;
  junction_ = &t_.junctions[node];
  tick_ = tick;
  again_ = kForever;
  candidates_.clear();
  for (std::uint32_t i = junction_->first_in; i < junction_->first_in + junction_->ins; ++i) {
    if (t_.quiet[i] < tick.until) {
      look(i);
    } else {
      wait_until(t_.quiet[i]);
    }
  }
  if (junction_->waiting > 0) {
    for (std::uint32_t o = 0; o < junction_->outs; ++o) look_beside(t_.out[junction_->first_out + o]);
  }
  while (!candidates_.empty()) {
    const Candidate first = candidates_[candidates_.size() == 1 ? 0 : next()];
    go(first);
    look_after(first.from, first.to);
  }
  return again_;
}

inline std::size_t Crossing::next() const {
  std::size_t best = 0;
  for (std::size_t i = 1; i < candidates_.size(); ++i) {
    if (candidates_[i].entry < candidates_[best].entry) best = i;
  }
  const LinkId to = candidates_[best].to;
  if (!is_link(to)) return best;
  // those who wait for the same room are served in proportion
  const std::uint64_t clock = t_.queues[to].clock;
  const auto turn = [&](const Candidate& c) {
    return std::pair(std::max(t_.pass[c.movement], clock), c.movement);
  };
  const double latest = candidates_[best].entry + kSameMoment;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const Candidate& each = candidates_[i];
    if (each.to == to && each.entry <= latest && turn(each) < turn(candidates_[best])) best = i;
  }
  return best;
}

inline void Crossing::look_after(LinkId from, LinkId to) {
  // only who came from the same place, or wants to the same, finds things changed
  const auto beside = [&](const Candidate& c) { return c.from == from && (from.valid() || c.to == to); };
  std::size_t kept = 0, place = 0;
  if (candidates_.size() == 1) candidates_.clear();
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    Candidate& each = candidates_[i];
    if (beside(each)) {
      place = kept;
      continue;
    }
    if (each.to == to && !may_enter(each)) continue;
    if (kept != i) candidates_[kept] = each;
    ++kept;
  }
  candidates_.resize(kept);
  if (from.valid()) {
    look(junction_->first_in + t_.roads[from].in_row);
  } else {
    look_beside(to);
  }
  if (place == kept || kept == candidates_.size()) return;
  const auto fresh = candidates_.begin() + static_cast<std::ptrdiff_t>(kept);
  std::rotate(candidates_.begin() + static_cast<std::ptrdiff_t>(place), fresh, candidates_.end());
}

template <class Expect>
void Crossing::each_stirred(NodeId node, double until, Expect&& expect) const {
  const Junction& junction = t_.junctions[node];
  for (std::uint32_t row = junction.first_in; row < junction.first_in + junction.ins; ++row) {
    if (t_.quiet[row] < until) expect(t_.in[row]);
  }
}

void Crossing::expect_links(NodeId node, double until) const {
  each_stirred(node, until, [&](LinkId link) {
    const auto* queue = reinterpret_cast<const char*>(&t_.queues[link]);
    const auto* road = reinterpret_cast<const char*>(&t_.roads[link]);
    __builtin_prefetch(queue), __builtin_prefetch(queue + 64);
    __builtin_prefetch(road), __builtin_prefetch(road + 64);
  });
}

void Crossing::expect_slots(NodeId node, double until) const {
  each_stirred(node, until, [&](LinkId link) { __builtin_prefetch(&t_.slot(link, 0)); });
}

void Crossing::expect_vehicles(NodeId node, double until) const {
  each_stirred(node, until, [&](LinkId link) {
    const Slot& first = std::as_const(t_).slot(link, 0);
    if (first.vehicle != kNobody) __builtin_prefetch(&t_.vehicles[first.vehicle]);
  });
}

void Crossing::expect_ways(NodeId node, double until) const {
  each_stirred(node, until, [&](LinkId link) {
    const Slot& first = std::as_const(t_).slot(link, 0);
    if (first.vehicle != kNobody && first.time < until) t_.routes.expect(t_.vehicles[first.vehicle]);
  });
}

inline void Crossing::look(std::uint32_t row) {
  const LinkId approach = t_.in[row];
  // most often nobody can go yet, and that is all there is to know
  const LinkQueue& queue = t_.queues[approach];
  if (queue.entered_seen == queue.left) {
    t_.quiet[row] = kForever;
    return;
  }
  const Road& road = t_.roads[approach];
  if (road.shutter == 0) {
    const Slot& first = t_.slots[road.first_slot + queue.exit_slot];
    const double ready = std::max(queue.last_exit + road.exit_headway, first.time);
    if (ready >= tick_.until) {
      t_.quiet[row] = ready;
      wait_until(ready);
      return;
    }
  }
  const std::size_t others = candidates_.size();
  const double before = std::exchange(again_, kForever);
  // who finds the way closed or full waits for others to change that, and they stir the approach
  const bool known = look_at(approach);
  t_.quiet[row] = known && candidates_.size() == others ? again_ : -kForever;
  wait_until(before);
}

bool Crossing::look_at(LinkId approach) {
  const LinkQueue& queue = t_.queues[approach];
  const std::uint32_t present = queue.entered_seen - queue.left;
  const Road& road = t_.roads[approach];
  double free_from = queue.last_exit + road.exit_headway;
  if (road.shutter != 0) free_from = t_.shutters.exit_from(road.shutter, std::max(free_from, tick_.from));
  const std::uint32_t first_movement = junction_->first_movement + road.in_row * junction_->outs;
  Slot* const ring = &t_.slots[road.first_slot];
  std::uint32_t row = queue.exit_slot;
  if (road.lanes > 1) beside_.clear();
  for (std::uint32_t i = 0; i < present; ++i) {
    Slot& slot = ring[row];
    if (++row == road.slots) row = 0;
    double ready = std::max(free_from, slot.time);
    if (road.shutter != 0) ready = t_.shutters.exit_from(road.shutter, ready);
    if (ready >= tick_.until) {
      wait_until(ready);
      return true;
    }
    if (slot.next == kUndecided || slot.next == kLearns) {
      slot.next = t_.routes.wish(t_.vehicles[slot.vehicle], approach);
    }
    if (slot.next == kLearns) {
      notes_.unknown.push_back(t_.routes.tree_of(t_.vehicles[slot.vehicle]));
      notes_.asking.push_back(node_);
      return false;
    }
    if (road.lanes > 1 && i > 0) {
      // a movement found before stands in its bay; when that is full it stands in everybody's way
      const auto known = std::find_if(beside_.begin(), beside_.end(),
                                      [&](const Bay& bay) { return bay.movement == slot.next; });
      if (known != beside_.end()) {
        if (++known->cars > road.bay) return true;
        continue;
      }
    }
    const bool onward = is_link(slot.next);
    const std::uint32_t movement = onward ? first_movement + t_.roads[slot.next].out_row : first_movement;
    const auto green = onward && junction_->plan != 0 ? t_.green[movement] : ~Signals::Phases{0};
    add({ready, ready, approach, slot.next, slot.vehicle, i, movement, green});
    if (road.lanes <= 1) return true;
    beside_.push_back({slot.next, 1});
    if (beside_.size() >= road.lanes) return true;
  }
  return true;
}

inline void Crossing::look_beside(LinkId link) {
  const LinkQueue& queue = t_.queues[link];
  if (queue.first_waiting == kNobody) return;
  const std::uint32_t movement =
      junction_->first_movement + junction_->ins * junction_->outs + t_.roads[link].out_row;
  const double ready = t_.vehicles[queue.first_waiting].since;
  add({ready, ready, LinkId::none(), link, queue.first_waiting, 0, movement, ~Signals::Phases{0}});
}

inline void Crossing::add(Candidate candidate) {
  if (candidate.green != ~Signals::Phases{0}) {
    candidate.ready = t_.signals.green_from(junction_->plan, candidate.green, candidate.ready);
  }
  if (may_enter(candidate)) candidates_.push_back(candidate);
}

inline bool Crossing::may_enter(Candidate& candidate) {
  candidate.entry = candidate.ready;
  if (is_link(candidate.to)) {
    candidate.entry = entry_from(candidate.to, candidate.ready);
    if (candidate.green != ~Signals::Phases{0} && candidate.entry > candidate.ready &&
        candidate.entry < kForever) {
      candidate.entry = t_.signals.green_from(junction_->plan, candidate.green, candidate.entry);
    }
  } else if (candidate.to == kArrives && junction_->gate != 0) {
    candidate.entry = std::max(candidate.ready, t_.gates[junction_->gate].next);
  }
  if (candidate.entry >= tick_.until) {
    wait_until(candidate.entry);
    return false;
  }
  return true;
}

inline double Crossing::entry_from(LinkId link, double ready) {
  LinkQueue& queue = t_.queues[link];
  if (queue.open_from == kForever) {
    queue.starved = 1;
    return kForever;
  }
  const double entry = std::max(ready, queue.open_from);
  const std::uint32_t shutter = t_.roads[link].shutter;
  return shutter == 0 ? entry : t_.shutters.entry_from(shutter, entry);
}

inline void Crossing::go(const Candidate& candidate) {
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

inline void Crossing::leave(const Candidate& candidate) {
  const LinkId link = candidate.from;
  // those who stood before it, on other lanes, move up by one slot; the first slot keeps the gap
  for (std::uint32_t i = candidate.place; i > 0; --i) t_.slot(link, i) = t_.slot(link, i - 1);
  const Road& road = t_.roads[link];
  LinkQueue& queue = t_.queues[link];
  Vehicle& vehicle = t_.vehicles[candidate.vehicle];
  t_.slot(link, 0) = {candidate.entry, kNobody, kUndecided};
  if (++queue.exit_slot == road.slots) queue.exit_slot = 0;
  expect_ahead(&t_.slots[road.first_slot], road, queue.exit_slot);
  ++queue.left;
  queue.last_exit = candidate.entry;
  queue.exit_sum += candidate.entry - t_.interval_start;
  queue.travel_sum += candidate.entry - vehicle.since;
  vehicle.distance += road.length;
  vehicle.free_time += road.dry_time;
}

inline void Crossing::enter(const Candidate& candidate) {
  const Road& road = t_.roads[candidate.to];
  LinkQueue& queue = t_.queues[candidate.to];
  const std::uint64_t start = std::max(t_.pass[candidate.movement], queue.clock);
  queue.clock = start;
  t_.pass[candidate.movement] =
      start + (candidate.from.valid() ? t_.roads[candidate.from].stride : road.stride);
  Slot& slot = t_.slots[road.first_slot + queue.entry_slot];
  if (++queue.entry_slot == road.slots) queue.entry_slot = 0;
  expect_ahead(&t_.slots[road.first_slot], road, queue.entry_slot);
  ++queue.entered;
  queue.last_entry = candidate.entry;
  t_.reopen(candidate.to);
  queue.entry_sum += candidate.entry - t_.interval_start;
  Vehicle& vehicle = t_.vehicles[candidate.vehicle];
  vehicle.since = candidate.entry;
  t_.routes.enter(vehicle, candidate.from, candidate.to);
  // a fixed route is at hand now, and would have to be fetched again at the other end
  slot = {candidate.entry + road.free_time, candidate.vehicle,
          vehicle.fixed != 0 ? t_.routes.wish(vehicle, candidate.to) : kUndecided};
}

}  // namespace chimata::driving
