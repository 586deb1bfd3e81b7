#include "chimata/simulation/kernel.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "support/toy_world.hpp"

using namespace chimata;

namespace {

/// Holds everyone at home; person i leaves at 10 i + 0.5 s for process 1 and is sheltered when back.
class Doorkeeper final : public Process {
 public:
  explicit Doorkeeper(std::size_t people) : people_(people) {}
  std::string_view name() const override { return "doorkeeper"; }
  Time next_event() const override { return next_ < people_ ? leaving(next_) : kNever; }
  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena&) override {
    ++windows;
    for (const Handover& back : inbox.arrivals) {
      ++sheltered_;
      outbox.events.push_back({back.time, back.person, Event::Kind::state_change, 0,
                               static_cast<std::uint32_t>(PersonState::sheltered)});
    }
    while (next_ < people_ && leaving(next_) < window.to) {
      const PersonId person{next_};
      outbox.events.push_back({leaving(next_), person, Event::Kind::state_change, 0,
                               static_cast<std::uint32_t>(PersonState::travelling)});
      outbox.departures.push_back({.time = leaving(next_),
                                   .person = person,
                                   .at = NodeId{0u},
                                   .goal = NodeId{1u},
                                   .knowledge = Knowledge::informed,
                                   .to = 1});
      ++next_;
    }
  }
  void count(Census& census) const override {
    census[static_cast<std::size_t>(PersonState::home)] += static_cast<std::int64_t>(people_ - next_);
    census[static_cast<std::size_t>(PersonState::sheltered)] += sheltered_;
    if (miscounts) ++census[0];
  }
  void save(SnapshotWriter& out) const override {
    out.put_value("next", next_);
    out.put_value("sheltered", sheltered_);
  }
  void load(const SnapshotReader& in) override {
    in.get_value("next", next_);
    in.get_value("sheltered", sheltered_);
  }
  int windows = 0;
  bool miscounts = false;

 private:
  static Time leaving(std::size_t i) { return time_of(10.0 * static_cast<double>(i) + 0.5); }
  std::size_t people_, next_ = 0;
  std::int64_t sheltered_ = 0;
};

/// Gives everyone back 25 s after taking them over, and writes how many it holds into a field.
class Carousel final : public Process {
 public:
  explicit Carousel(Fields& fields) : riders_(fields.create("riders", "persons", 1)) {}
  std::string_view name() const override { return "carousel"; }
  Time next_event() const override { return held_.empty() ? kNever : held_.front().time; }
  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena&) override {
    for (Handover arrival : inbox.arrivals) {
      arrival.time += Duration{25'000};
      held_.push_back(arrival);
    }
    while (!held_.empty() && held_.front().time < window.to) {
      Handover back = held_.front();
      held_.erase(held_.begin());
      back.to = thief ? ProcessIndex{1} : ProcessIndex{0};
      outbox.departures.push_back(back);
      if (thief)
        outbox.departures.push_back({.time = back.time,
                                     .person = PersonId{0u},
                                     .at = back.at,
                                     .goal = back.goal,
                                     .knowledge = back.knowledge,
                                     .to = 0});
    }
    riders_.next()[0] = static_cast<float>(held_.size());
    riders_.publish();
  }
  void count(Census& census) const override {
    census[static_cast<std::size_t>(PersonState::travelling)] += static_cast<std::int64_t>(held_.size());
  }
  void save(SnapshotWriter& out) const override { out.put("held", held_); }
  void load(const SnapshotReader& in) override { in.get("held", held_); }
  bool thief = false;

 private:
  Field& riders_;
  std::vector<Handover> held_;
};

struct Fair {
  std::shared_ptr<Fields> fields = std::make_shared<Fields>();
  Doorkeeper* doorkeeper;
  Carousel* carousel;
  Kernel kernel;

  explicit Fair(std::size_t people) : kernel(make(people)) {}

 private:
  Kernel make(std::size_t people) {
    std::vector<std::unique_ptr<Process>> processes;
    auto first = std::make_unique<Doorkeeper>(people);
    auto second = std::make_unique<Carousel>(*fields);
    doorkeeper = first.get(), carousel = second.get();
    processes.push_back(std::move(first));
    processes.push_back(std::move(second));
    return Kernel(testing::toy_world(people), fields, std::move(processes));
  }
};

}  // namespace

TEST_CASE("people go round and everyone is counted twice at every minute") {
  Fair fair(20);
  fair.kernel.run_until(time_of(600));
  const Census end = fair.kernel.census();
  CHECK(end[static_cast<std::size_t>(PersonState::sheltered)] == 20);
  const Table& census = fair.kernel.tables().at("census");
  CHECK(census.rows() == 11);  // 0, 60, …, 600 s
  for (std::size_t row = 0; row < census.rows(); ++row) {
    std::int64_t sum = 0;
    for (int s = 0; s < kPersonStates; ++s) {
      sum += census.get<std::int64_t>(name_of(static_cast<PersonState>(s)))[row];
    }
    CHECK(sum == 20);
  }
}

TEST_CASE("the log of events explains every kind of event") {
  Fair fair(3);
  fair.kernel.run_until(time_of(600));
  const Table& events = fair.kernel.tables().at("events");
  const auto kind = std::find_if(events.columns().begin(), events.columns().end(),
                                 [](const TableColumn& column) { return column.name == "kind"; });
  REQUIRE(kind != events.columns().end());
  // every kind is explained, in the order of its number
  CHECK(kind->description.find("0 state change, 1 warned") == 0);
  CHECK(kind->description.find("7 left car, 8 helped, 9 gridlocked") != std::string::npos);
}

TEST_CASE("a handover keeps its exact moment") {
  Fair fair(3);
  fair.kernel.run_until(time_of(600));
  const Table& events = fair.kernel.tables().at("events");
  const auto& time = events.get<double>("t_s");
  const auto& person = events.get<std::uint32_t>("person");
  for (std::size_t row = 0; row < events.rows(); ++row) {
    if (events.get<std::uint32_t>("value")[row] != static_cast<std::uint32_t>(PersonState::sheltered))
      continue;
    CHECK(time[row] == doctest::Approx(10.0 * person[row] + 25.5));
  }
}

TEST_CASE("windows with nothing to do are skipped") {
  Fair fair(2);
  fair.kernel.run_until(time_of(3600));
  CHECK(fair.doorkeeper->windows <= 4);
}

TEST_CASE("a process that miscounts is found out") {
  Fair fair(2);
  fair.doorkeeper->miscounts = true;
  CHECK_THROWS_AS(fair.kernel.run_until(time_of(60)), std::logic_error);
}

TEST_CASE("a process that hands over somebody it does not hold is found out") {
  Fair fair(3);
  fair.carousel->thief = true;
  CHECK_THROWS_WITH_AS(fair.kernel.run_until(time_of(600)), doctest::Contains("is held by"),
                       std::logic_error);
}

TEST_CASE("a run restored at any moment continues bit for bit") {
  Fair whole(20);
  whole.kernel.run_until(time_of(300));
  for (const double stop : {0.0, 1.0, 10.0, 26.0, 60.0, 137.0}) {
    Fair first(20);
    first.kernel.run_until(time_of(stop));
    const Snapshot snapshot = first.kernel.snapshot();
    Fair second(20);
    second.kernel.restore(snapshot);
    CHECK(second.kernel.hash() == first.kernel.hash());
    second.kernel.run_until(time_of(300));
    CHECK(second.kernel.hash() == whole.kernel.hash());
  }
}

TEST_CASE("stopping at any moment changes nothing") {
  Fair whole(20), halting(20);
  whole.kernel.run_until(time_of(300));
  for (double t = 0; t <= 300; t += 7) halting.kernel.run_until(time_of(t));
  halting.kernel.run_until(time_of(300));
  CHECK(halting.kernel.hash() == whole.kernel.hash());
}

TEST_CASE("a field has one writer and shows the last exchange") {
  Fields fields;
  Field& depth = fields.create("depth", "m", 2);
  CHECK_THROWS_AS(fields.create("depth", "m", 2), std::logic_error);
  depth.next()[0] = 1;
  depth.exchange();
  CHECK(depth.values()[0] == 0);  // not published
  depth.publish();
  depth.exchange();
  CHECK(depth.values()[0] == 1);
  CHECK(depth.version() == 1);
}
