/// The contract of `Process` as checks that any process can be put through.
///
///     check_process_contract({.make = [] { return walking_on_a_grid(); }, .hand_in = crowd, .seconds =
///     600});
///
/// Point by point: (1) what a process gets is all it reads: two made alike stay alike; (2) nobody is created
/// or lost; (3) threads change no bit; (4) every change of state is an event, so that a count kept from
/// events equals the process's own; (5) save + load + advance equals advance, tables included.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"

namespace chimata::test {

/// A process with the fields it reads, as `make` builds it again and again.
struct Specimen {
  std::shared_ptr<Fields> fields;
  std::unique_ptr<Process> process;
};

struct ContractCase {
  std::function<Specimen()> make;
  std::vector<Handover> hand_in;   ///< people given to it, at any time
  std::vector<Order> orders = {};  ///< delivered once their time has come, while the process holds the person
  std::function<void(Fields&, Time)> disturb = {};  ///< changes fields between windows, if anything does
  int seconds = 600;
  ProcessIndex own = 1;  ///< index under which the process is handed people
};

/// Runs one specimen under watch.
class ContractRun {
 public:
  ContractRun(const ContractCase& rules, int threads)
      : rules_(rules), specimen_(rules.make()), arena_(threads) {
    Outbox outbox;
    specimen_.process->start(outbox);
    take(outbox);
  }

  void run_to(int until) {
    for (; second_ < until; ++second_) step();
  }

  /// Own state, tables and everything it sent so far.
  [[nodiscard]] std::uint64_t hash() const {
    Snapshot snapshot = save();
    SnapshotWriter sent(snapshot, "sent");
    std::vector<std::int64_t> words;
    for (const Handover& h : departures_) {
      words.insert(words.end(), {h.time.time_since_epoch().count(), h.person.value, h.at.value, h.goal.value,
                                 static_cast<std::int64_t>(h.state)});
    }
    for (const Event& e : events_) {
      words.insert(words.end(), {e.time.time_since_epoch().count(), e.person.value,
                                 static_cast<std::int64_t>(e.kind), e.place, e.value});
    }
    sent.put("words", words);
    TableSet all = tables_;
    specimen_.process->finish(now(), all);
    for (const auto& entry : all) {
      const std::string& name = entry.first;
      for (const auto& column : entry.second.columns()) {
        std::visit(
            [&](const auto& values) {
              using Value = typename std::decay_t<decltype(values)>::value_type;
              if constexpr (std::is_arithmetic_v<Value>) sent.put(name + "." + column.name, values);
            },
            column.values);
      }
    }
    return hash_of(snapshot);
  }

  [[nodiscard]] Snapshot save() const {
    Snapshot snapshot;
    SnapshotWriter out(snapshot, "process");
    specimen_.process->save(out);
    return snapshot;
  }

  /// Puts the state and history of `other` into this run, through a snapshot.
  void continue_from(const ContractRun& other) {
    for (auto& [name, field] : specimen_.fields->all()) {
      const Field& theirs = *other.specimen_.fields->find(name);
      field.restore(theirs.values(), theirs.version());
    }
    specimen_.process->load(SnapshotReader(other.save(), "process"));
    second_ = other.second_, handed_ = other.handed_, ordered_ = other.ordered_;
    held_ = other.held_, by_events_ = other.by_events_;
    departures_ = other.departures_, events_ = other.events_, tables_ = other.tables_;
  }

  [[nodiscard]] const std::vector<Handover>& departures() const { return departures_; }
  [[nodiscard]] std::size_t held() const { return held_.size(); }

 private:
  [[nodiscard]] Time now() const { return Time{Duration{second_ * 1000}}; }

  void step() {
    const Window window{now(), now() + Duration{1000}};
    std::vector<Handover> arrivals;
    for (; handed_ < rules_.hand_in.size() && rules_.hand_in[handed_].time < window.from; ++handed_) {
      arrivals.push_back(rules_.hand_in[handed_]);
      const PersonId person = arrivals.back().person;
      REQUIRE_MESSAGE(held_.emplace(person.value, 0).second, "the case hands in somebody twice");
      by_events_[person.value] = arrivals.back().state;
    }
    std::vector<Order> orders;
    for (; ordered_ < rules_.orders.size() && rules_.orders[ordered_].time < window.from; ++ordered_) {
      const Order& order = rules_.orders[ordered_];
      if (held_.count(order.person.value) != 0) orders.push_back(order);
    }
    Process& process = *specimen_.process;
    Outbox outbox;
    if (!arrivals.empty() || !orders.empty() || process.next_event() < window.to) {
      process.advance(window, {arrivals, orders}, outbox, arena_);
    }
    take(outbox);
    if (rules_.disturb) rules_.disturb(*specimen_.fields, window.to);
    for (auto& [name, field] : specimen_.fields->all()) field.exchange();
    if (second_ % 60 == 59) process.record(window.to, tables_);

    // points 2 and 4: the process's count, and the one kept from handovers and events
    Census own{}, second{};
    process.count(own);
    for (const auto& [person, unused] : held_) ++second[static_cast<std::size_t>(by_events_.at(person))];
    REQUIRE(own == second);
  }

  void take(Outbox& outbox) {
    const auto earlier = [](const auto& a, const auto& b) {
      return std::tie(a.time, a.person) < std::tie(b.time, b.person);
    };
    std::stable_sort(outbox.departures.begin(), outbox.departures.end(), earlier);
    std::stable_sort(outbox.events.begin(), outbox.events.end(), earlier);
    for (const Event& event : outbox.events) {
      if (event.kind == Event::Kind::state_change) {
        by_events_[event.person.value] = static_cast<PersonState>(event.value);
      }
      events_.push_back(event);
    }
    for (const Handover& departure : outbox.departures) {
      REQUIRE_MESSAGE(held_.erase(departure.person.value) == 1, "somebody was handed on who was not held");
      CHECK(departure.to != rules_.own);
      CHECK(by_events_.at(departure.person.value) == departure.state);
      departures_.push_back(departure);
    }
  }

  const ContractCase& rules_;
  Specimen specimen_;
  Arena arena_;
  int second_ = 0;
  std::size_t handed_ = 0, ordered_ = 0;
  std::map<std::uint32_t, int> held_;
  std::map<std::uint32_t, PersonState> by_events_;
  std::vector<Handover> departures_;
  std::vector<Event> events_;
  TableSet tables_;
};

/// Runs the case again and again and compares every bit.
inline void check_process_contract(ContractCase rules) {
  const auto earlier = [](const auto& a, const auto& b) {
    return std::tie(a.time, a.person) < std::tie(b.time, b.person);
  };
  std::stable_sort(rules.hand_in.begin(), rules.hand_in.end(), earlier);
  std::stable_sort(rules.orders.begin(), rules.orders.end(), earlier);

  ContractRun first(rules, 1);
  first.run_to(rules.seconds);
  const std::uint64_t expected = first.hash();
  CHECK_MESSAGE(first.departures().size() + first.held() > 0, "a contract kept for nobody proves nothing");

  SUBCASE("two made alike stay alike, on any number of threads") {
    for (const int threads : {1, 2, 4}) {
      ContractRun other(rules, threads);
      other.run_to(rules.seconds);
      CHECK(other.hash() == expected);
    }
  }
  SUBCASE("saved and restored at any moment, it goes on as if nothing had happened") {
    for (const int moment : {1, rules.seconds / 7, rules.seconds / 3, rules.seconds * 9 / 10}) {
      ContractRun before(rules, 1), after(rules, 2);
      before.run_to(moment);
      after.continue_from(before);
      CHECK(after.save() == before.save());
      after.run_to(rules.seconds);
      CAPTURE(moment);
      CHECK(after.hash() == expected);
    }
  }
}

}  // namespace chimata::test
