#include "chimata/driving/flow.hpp"

#include <algorithm>
#include <tuple>

#include "chimata/core/records.hpp"

namespace chimata::driving {

namespace {
constexpr std::size_t kNodesPerBlock = 64;
// rounds in one second; a car on links of 1 cm needs about a thousand. Who runs out of rounds keeps the time
constexpr int kMostRounds = 2000;
}  // namespace

void Flow::step(Tick tick, Arena& arena) {
  passages_.clear();
  if (sorted_ < starts_.size()) {
    const auto earlier = [](const Start& a, const Start& b) {
      return std::tie(a.moment, a.vehicle) < std::tie(b.moment, b.vehicle);
    };
    const auto first = starts_.begin() + static_cast<std::ptrdiff_t>(next_start_);
    const auto fresh = starts_.begin() + static_cast<std::ptrdiff_t>(sorted_);
    if (!std::is_sorted(fresh, starts_.end(), earlier)) std::sort(fresh, starts_.end(), earlier);
    std::inplace_merge(first, fresh, starts_.end(), earlier);
    sorted_ = starts_.size();
    t_.routes.prepare(arena);
  }
  for (; next_start_ < starts_.size() && starts_[next_start_].moment < tick.until; ++next_start_) {
    begin(starts_[next_start_], arena);
  }
  if (next_start_ == starts_.size()) starts_.clear(), next_start_ = sorted_ = 0;

  wheel_.take(tick.from, tick.until, due_);
  for (int i = 0; i < kMostRounds && !due_.empty(); ++i) {
    round(due_, tick, arena);
    due_.swap(again_);
    std::sort(due_.begin(), due_.end());
    due_.erase(std::unique(due_.begin(), due_.end()), due_.end());
    for (const NodeId node : due_) wheel_.clear(node);
  }
  for (const NodeId node : due_) wheel_.wake(node, tick.until, tick.until);
}

void Flow::begin(const Start& start, Arena& arena) {
  Vehicle& vehicle = t_.vehicles[start.vehicle];
  LinkId wish = t_.routes.first_wish(vehicle, start.node);
  while (wish == kLearns) {
    t_.routes.learn({t_.routes.tree_of(vehicle)}, arena);
    wish = t_.routes.first_wish(vehicle, start.node);
  }
  if (!is_link(wish)) {
    passages_.push_back({start.moment, start.vehicle, LinkId::none(), wish});
    return;
  }
  vehicle.behind = kNobody;
  LinkQueue& queue = t_.queues[wish];
  (queue.last_waiting == kNobody ? queue.first_waiting : t_.vehicles[queue.last_waiting].behind) =
      start.vehicle;
  queue.last_waiting = start.vehicle;
  ++t_.junctions[start.node].waiting;
  wake(start.node, vehicle.since);
}

void Flow::round(const std::vector<NodeId>& due, Tick tick, Arena& arena) {
  next_.resize(due.size());
  notes_.resize(std::max(notes_.size(), (due.size() + kNodesPerBlock - 1) / kNodesPerBlock));
  arena.for_blocks(due.size(), kNodesPerBlock, [&](std::size_t begin, std::size_t end) {
    Notes& notes = notes_[begin / kNodesPerBlock];
    notes.passages.clear(), notes.unknown.clear(), notes.asking.clear();
    Crossing crossing(t_, notes);
    // as on an assembly line: what a junction needs is asked for, step by step, while those before it run
    const auto on_line = [&](std::size_t i) { return i >= begin && i < end; };
    for (std::size_t i = begin; i < end + 8; ++i) {
      if (on_line(i)) crossing.expect_links(due[i], tick.until);
      if (on_line(i - 2)) crossing.expect_slots(due[i - 2], tick.until);
      if (on_line(i - 4)) crossing.expect_vehicles(due[i - 4], tick.until);
      if (on_line(i - 6)) crossing.expect_ways(due[i - 6], tick.until);
      if (on_line(i - 8)) next_[i - 8] = crossing.run(due[i - 8], tick);
    }
  });
  again_.clear();
  for (std::size_t i = 0; i < due.size(); ++i) {
    if (next_[i] < kForever) look_again(due[i], next_[i], tick.until);
  }
  std::vector<Routes::Tree> unknown;
  for (std::size_t b = 0; b * kNodesPerBlock < due.size(); ++b) {
    for (const Passage& passage : notes_[b].passages) publish(passage, tick.until);
    passages_.insert(passages_.end(), notes_[b].passages.begin(), notes_[b].passages.end());
    unknown.insert(unknown.end(), notes_[b].unknown.begin(), notes_[b].unknown.end());
    for (const NodeId node : notes_[b].asking) look_again(node, tick.from, tick.until);
  }
  if (!unknown.empty()) t_.routes.learn(std::move(unknown), arena);
}

void Flow::publish(const Passage& passage, double until) {
  if (is_link(passage.to)) {
    LinkQueue& queue = t_.queues[passage.to];
    const std::uint32_t before = queue.entered_seen - queue.left;
    const Road& road = t_.roads[passage.to];
    // behind others it is of interest only if it may pass beside them
    if (queue.entered_seen != queue.entered &&
        (before == 0 || (road.lanes > 1 && before < std::uint32_t{road.lanes} * road.bay))) {
      t_.quiet[t_.junctions[road.head].first_in + road.in_row] = -kForever;
      look_again(road.head, t_.slot(passage.to, before).time, until);
    }
    queue.entered_seen = queue.entered;
  }
  if (!passage.from.valid()) return;
  LinkQueue& queue = t_.queues[passage.from];
  queue.left_seen = queue.left;
  if (queue.open_from < kForever || !t_.has_room(passage.from)) return;
  t_.reopen(passage.from);
  if (queue.starved == 0) return;
  queue.starved = 0;
  t_.stir(t_.roads[passage.from].tail);
  look_again(t_.roads[passage.from].tail, std::max(t_.gap_arrives(passage.from), passage.time), until);
}

double Flow::next_event(double from) {
  double next = wheel_.next(from);
  if (next_start_ < sorted_) next = std::min(next, starts_[next_start_].moment);
  for (std::size_t i = sorted_; i < starts_.size(); ++i) next = std::min(next, starts_[i].moment);
  return next;
}

std::vector<std::uint8_t> Flow::followed_trees() const {
  std::vector<std::uint8_t> followed(t_.routes.tree_count(), 0);
  for (const Vehicle& vehicle : t_.vehicles) {
    if (vehicle.present != 0 && vehicle.fixed == 0 && vehicle.knowledge != Knowledge::map_only) {
      followed[t_.routes.tree_of(vehicle)] = 1;
    }
  }
  return followed;
}

void Flow::reconsider(double moment) {
  for (std::uint32_t l = 0; l < t_.queues.size(); ++l) {
    const LinkId link{l};
    LinkQueue& queue = t_.queues[link];
    const std::uint32_t present = t_.present(link);
    for (std::uint32_t i = 0; i < present; ++i) {
      Slot& slot = t_.slot(link, i);
      slot.next = kUndecided;
      slot.time = std::max(slot.time, moment);
    }
    if (present > 0) wake(t_.roads[link].head, t_.slot(link, 0).time);
    while (queue.first_waiting != kNobody) {
      Vehicle& vehicle = t_.vehicles[queue.first_waiting];
      vehicle.since = std::max(vehicle.since, moment);
      add({vehicle.since, queue.first_waiting, t_.roads[link].tail});
      queue.first_waiting = vehicle.behind;
      --t_.junctions[t_.roads[link].tail].waiting;
    }
    queue.last_waiting = kNobody;
  }
}

void Flow::changed(LinkId link, double moment) {
  const Road& road = t_.roads[link];
  LinkQueue& queue = t_.queues[link];
  // whoever can go on because of the change goes now, not back when they came
  queue.last_entry = std::max(queue.last_entry, moment - road.entry_headway);
  queue.last_exit = std::max(queue.last_exit, moment - road.exit_headway);
  t_.reopen(link);
  wake(road.tail, moment);
  wake(road.head, moment);
}

void Flow::redirect(LinkId link, LinkId wish, double moment) {
  Slot& slot = t_.slot(link, 0);
  slot.next = wish;
  slot.time = std::max(slot.time, moment);
  wake(t_.roads[link].head, moment);
}

void Flow::reconsider(LinkId link, std::uint32_t place, double moment) {
  Slot& slot = t_.slot(link, place);
  slot.next = kUndecided;
  slot.time = std::max(slot.time, moment);
  wake(t_.roads[link].head, slot.time);
}

void Flow::remove(LinkId link, std::uint32_t place, double moment) {
  const Road& road = t_.roads[link];
  LinkQueue& queue = t_.queues[link];
  for (std::uint32_t i = place; i > 0; --i) t_.slot(link, i) = t_.slot(link, i - 1);
  t_.slot(link, 0) = {moment, kNobody, kUndecided};
  if (++queue.exit_slot == road.slots) queue.exit_slot = 0;
  queue.left_seen = ++queue.left;
  queue.exit_sum += moment - t_.interval_start;
  t_.reopen(link);
  wake(road.tail, moment + road.wave_time);
  if (t_.present(link) > 0) wake(road.head, std::max(moment, t_.slot(link, 0).time));
}

void Flow::save(SnapshotWriter& out) const {
  put_records(out, "roads", t_.roads);
  put_records(out, "queues", t_.queues);
  put_records(out, "slots", t_.slots);
  put_records(out, "vehicles", t_.vehicles);
  out.put("departed", t_.departed);
  put_records(out, "gates", t_.gates);
  out.put("pass", t_.pass);
  out.put_value("interval_start", t_.interval_start);
  out.put("appointments", wheel_.appointments().values());
  put_records(out, "starts",
              std::vector<Start>(starts_.begin() + static_cast<std::ptrdiff_t>(next_start_), starts_.end()));
  t_.routes.save(out);
}

void Flow::load(const SnapshotReader& in, double now) {
  get_records(in, "roads", t_.roads);
  get_records(in, "queues", t_.queues);
  get_records(in, "slots", t_.slots);
  get_records(in, "vehicles", t_.vehicles);
  in.get("departed", t_.departed);
  get_records(in, "gates", t_.gates);
  in.get("pass", t_.pass);
  in.get_value("interval_start", t_.interval_start);
  std::vector<double> appointments;
  in.get("appointments", appointments);
  wheel_.restore(appointments, now);
  get_records(in, "starts", starts_);
  next_start_ = sorted_ = 0;
  std::fill(t_.quiet.begin(), t_.quiet.end(), -kForever);
  for (Junction& junction : t_.junctions) junction.waiting = 0;
  for (std::uint32_t l = 0; l < t_.queues.size(); ++l) {
    const LinkId link{l};
    for (VehicleRow row = t_.queues[link].first_waiting; row != kNobody; row = t_.vehicles[row].behind) {
      ++t_.junctions[t_.roads[link].tail].waiting;
    }
  }
  t_.routes.load(in);
}

}  // namespace chimata::driving
