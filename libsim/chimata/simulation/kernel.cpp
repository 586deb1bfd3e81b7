#include "chimata/simulation/kernel.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

#include "chimata/core/table_room.hpp"
#include "chimata/simulation/table_archive.hpp"

namespace chimata {

namespace {

constexpr Duration kWindow{1000};

Time floor_to_window(Time t) {
  const auto ms = t.time_since_epoch().count();
  return Time{Duration{ms - ms % kWindow.count()}};
}

bool earlier(Time a, PersonId pa, Time b, PersonId pb) {
  return std::tie(a, pa) < std::tie(b, pb);
}

/// All kinds of events with their numbers, for whoever reads the table.
std::string kinds() {
  std::string text;
  for (int kind = 0; kind < Event::kKinds; ++kind) {
    text += (kind == 0 ? "" : ", ") + std::to_string(kind) + " ";
    text += name_of(static_cast<Event::Kind>(kind));
  }
  return text;
}

template <class Message>
void sort_by_time_and_person(std::vector<Message>& messages) {
  // stable: what one process says of one person at one moment stays in its order
  std::stable_sort(messages.begin(), messages.end(), [](const Message& a, const Message& b) {
    return earlier(a.time, a.person, b.time, b.person);
  });
}

}  // namespace

/// Messages on their way: written in one window, delivered in the next.
struct Kernel::Pending {
  std::vector<std::vector<Handover>> arrivals;  // by receiver
  std::vector<std::vector<Order>> orders;       // by receiver
  std::vector<Event> events;                    // of the present window, for the ledger and the log

  explicit Pending(std::size_t processes) : arrivals(processes), orders(processes) {}
  [[nodiscard]] bool any() const {
    const auto filled = [](const auto& box) { return !box.empty(); };
    return std::any_of(arrivals.begin(), arrivals.end(), filled) ||
           std::any_of(orders.begin(), orders.end(), filled);
  }
};

Kernel::Kernel(std::shared_ptr<const World> world, std::shared_ptr<Fields> fields,
               std::vector<std::unique_ptr<Process>> processes, KernelOptions options)
    : world_(std::move(world)),
      fields_(std::move(fields)),
      processes_(std::move(processes)),
      options_(options),
      arena_(options.threads),
      ledger_(world_->people->size()),
      pending_(std::make_unique<Pending>(processes_.size())) {}

Kernel::~Kernel() = default;

/// Takes what process `from` has to give into the pending boxes.
void Kernel::collect(ProcessIndex from, Outbox& outbox) {
  sort_by_time_and_person(outbox.departures);
  for (Handover& handover : outbox.departures) {
    if (handover.to == kGiver) handover.to = ledger_.giver(handover.person);
    ledger_.apply(handover, from);
    pending_->arrivals[handover.to].push_back(handover);
  }
  for (const Order& order : outbox.orders) {
    const ProcessIndex to = order.to == kHolder ? ledger_.holder(order.person) : order.to;
    pending_->orders[to].push_back(order);
  }
  pending_->events.insert(pending_->events.end(), outbox.events.begin(), outbox.events.end());
}

/// Sorts the messages for delivery, tells the ledger what happened, turns the fields over.
void Kernel::exchange() {
  for (auto& box : pending_->arrivals) sort_by_time_and_person(box);
  for (auto& box : pending_->orders) sort_by_time_and_person(box);
  sort_by_time_and_person(pending_->events);
  for (const Event& event : pending_->events) ledger_.apply(event);
  if (options_.keep_events) log(pending_->events);
  pending_->events = std::vector<Event>();  // the moment of a warning to all would else be kept room for
  for (auto& [name, field] : fields_->all()) field.exchange();
}

void Kernel::log(const std::vector<Event>& events) {
  if (events.empty()) return;
  Table& table =
      tables_.try_emplace("events", "What happened to whom, in the order of windows").first->second;
  auto& time = table.column<double>("t_s", "moment, s since the start");
  auto& person = table.column<std::uint32_t>("person", "row of persons");
  auto& kind = table.column<std::uint8_t>("kind", kinds());
  auto& place = table.column<std::uint32_t>("place", "shelter or link, 4294967295 for none");
  auto& value = table.column<std::uint32_t>(
      "value", "new state, alert level, new goal, channel, mode, 1 for a stalled car, or who helps, by kind");
  make_room(table, events.size());
  for (const Event& event : events) {
    time.push_back(seconds(event.time));
    person.push_back(event.person.value);
    kind.push_back(static_cast<std::uint8_t>(event.kind));
    place.push_back(event.place);
    value.push_back(event.value);
  }
}

void Kernel::start() {
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    Outbox outbox;
    processes_[i]->start(outbox);
    collect(static_cast<ProcessIndex>(i), outbox);
  }
  exchange();
  started_ = true;
  if (options_.record_every.count() > 0) record(now_);
}

Time Kernel::next_moment() const {
  if (pending_->any()) return now_;
  Time next = kNever;
  for (const auto& process : processes_) next = std::min(next, process->next_event());
  return std::max(next, now_);
}

void Kernel::advance_window(Window window) {
  const std::size_t n = processes_.size();
  auto arrivals = std::exchange(pending_->arrivals, std::vector<std::vector<Handover>>(n));
  auto orders = std::exchange(pending_->orders, std::vector<std::vector<Order>>(n));
  std::vector<Outbox> outboxes(n);
  std::vector<std::size_t> due;
  for (std::size_t i = 0; i < n; ++i) {
    if (arrivals[i].empty() && orders[i].empty() && processes_[i]->next_event() >= window.to) continue;
    due.push_back(i);
  }
  arena_.for_each(due.size(), [&](std::size_t k) {
    const std::size_t i = due[k];
    processes_[i]->advance(window, Inbox{arrivals[i], orders[i]}, outboxes[i], arena_);
  });
  // after all have advanced: nobody can see what another did in this window
  for (std::size_t i = 0; i < n; ++i) collect(static_cast<ProcessIndex>(i), outboxes[i]);
  now_ = window.to;
  exchange();
}

void Kernel::run_until(Time until, const Observer& observer) {
  if (until < now_) throw std::invalid_argument("the time to run to lies before the present moment");
  if (!started_) start();
  using RealClock = std::chrono::steady_clock;
  auto last_told = RealClock::now();
  while (now_ < until) {
    Time next = next_moment();
    if (options_.record_every.count() > 0) next = std::min(next, recorded_ + options_.record_every);
    next = std::min(next, until);
    now_ = std::max(now_, floor_to_window(next));  // skip the windows in which nothing is due
    if (options_.record_every.count() > 0 && now_ >= recorded_ + options_.record_every) record(now_);
    if (now_ >= until || next_moment() >= now_ + kWindow) continue;
    advance_window({now_, now_ + kWindow});
    if (observer && RealClock::now() - last_told >= std::chrono::milliseconds(100)) {
      last_told = RealClock::now();
      Census census{};
      for (const auto& process : processes_) process->count(census);
      if (!observer(now_, until, census[static_cast<std::size_t>(PersonState::travelling)]))
        throw Cancelled();
    }
  }
  if (options_.record_every.count() > 0 && now_ >= recorded_ + options_.record_every) record(now_);
}

Census Kernel::census() const {
  Census census{};
  for (const auto& process : processes_) process->count(census);
  // handed over and not yet delivered: held by nobody, in the state that the handover names
  for (const auto& box : pending_->arrivals) {
    for (const Handover& handover : box) ++census[static_cast<std::size_t>(handover.state)];
  }
  const Census second = ledger_.census();
  if (census != second) {
    std::string difference;
    for (int s = 0; s < kPersonStates; ++s) {
      const auto i = static_cast<std::size_t>(s);
      if (census[i] != second[i]) {
        difference += std::string(" ") + std::string(name_of(static_cast<PersonState>(s))) + " " +
                      std::to_string(census[i]) + " against " + std::to_string(second[i]);
      }
    }
    throw std::logic_error("the two counts of people differ at " + std::to_string(seconds(now_)) +
                           " s:" + difference);
  }
  return census;
}

void Kernel::record(Time time) {
  recorded_ = time;
  const Census counts = options_.check_ledger ? census() : ledger_.census();
  Table& table = tables_.try_emplace("census", "People per state over time").first->second;
  table.column<double>("t_s", "s since the start").push_back(seconds(time));
  for (int s = 0; s < kPersonStates; ++s) {
    table.column<std::int64_t>(name_of(static_cast<PersonState>(s)), "people in this state")
        .push_back(counts[static_cast<std::size_t>(s)]);
  }
  for (const auto& process : processes_) process->record(time, tables_);
  hand_over_tables();
}

void Kernel::hand_over_tables() {
  if (!sink_) return;
  std::size_t rows = 0;
  for (const auto& [name, table] : tables_) rows += table.rows();
  if (rows >= chunk_rows_) sink_->take(std::exchange(tables_, {}));
}

TableSet Kernel::finish() const {
  TableSet tables = tables_;
  for (const auto& process : processes_) process->finish(now_, tables);
  return tables;
}

Snapshot Kernel::snapshot() const {
  Snapshot snapshot;
  SnapshotWriter kernel(snapshot, "kernel");
  kernel.put_value("now", now_);
  kernel.put_value("recorded", recorded_);
  kernel.put_value("started", started_);
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    kernel.put("arrivals" + std::to_string(i), pending_->arrivals[i]);
    kernel.put("orders" + std::to_string(i), pending_->orders[i]);
    SnapshotWriter own(snapshot, "process/" + std::string(processes_[i]->name()));
    processes_[i]->save(own);
  }
  SnapshotWriter ledger(snapshot, "ledger");
  ledger_.save(ledger);
  for (const auto& [name, field] : fields_->all()) {
    SnapshotWriter own(snapshot, "field/" + name);
    own.put("values", field.values());
    own.put_value("version", field.version());
  }
  save_tables(tables_, snapshot, "table");
  return snapshot;
}

void Kernel::restore(const Snapshot& snapshot) {
  const SnapshotReader kernel(snapshot, "kernel");
  kernel.get_value("now", now_);
  kernel.get_value("recorded", recorded_);
  kernel.get_value("started", started_);
  for (auto& [name, field] : fields_->all()) {
    const SnapshotReader own(snapshot, "field/" + name);
    std::vector<float> values;
    std::uint64_t version = 0;
    own.get("values", values);
    own.get_value("version", version);
    field.restore(std::move(values), version);
  }
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    kernel.get("arrivals" + std::to_string(i), pending_->arrivals[i]);
    kernel.get("orders" + std::to_string(i), pending_->orders[i]);
    processes_[i]->load(SnapshotReader(snapshot, "process/" + std::string(processes_[i]->name())));
  }
  ledger_.load(SnapshotReader(snapshot, "ledger"));
  tables_ = load_tables(snapshot, "table");
}

std::uint64_t Kernel::hash() const {
  return hash_of(snapshot());
}

}  // namespace chimata
