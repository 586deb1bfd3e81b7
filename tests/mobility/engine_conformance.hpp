/// The contract of mobility/process.hpp, checked for any process in four lines:
///
///     TEST_CASE("cyclists keep the process contract") {
///       test::check_engine_contract([](auto world, Fields& fields, ProcessIndex keeper) {
///         return make_cycling(std::move(world), CyclingModel{}, keeper);
///       });
///     }
///
/// Runs in the kernel, on a small town; `process_conformance.hpp` beside it runs a process alone, on any
/// case. An engine gets people from a keeper who holds everyone at home, and gives them back to it. A process
/// that moves nobody runs beside the keeper, who then keeps everyone at home.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "chimata/network/builder.hpp"
#include "chimata/simulation/kernel.hpp"

namespace chimata::test {

/// Makes the process under test for a world; an engine hands everyone back to `keeper`.
using MakeProcess =
    std::function<std::unique_ptr<Process>(std::shared_ptr<const World>, Fields&, ProcessIndex keeper)>;

inline constexpr int kTownSide = 4;  // crossings
inline constexpr NodeId kCutOffIsland{static_cast<std::uint32_t>(kTownSide * kTownSide)};

/// Sixteen crossings 100 m apart, streets 3 m wide, and an island at the end of a closed bridge. Person i
/// lives at crossing i mod 16.
inline std::shared_ptr<const World> contract_world(std::size_t people) {
  NetworkBuilder builder;
  std::vector<NodeId> at;
  for (int i = 0; i < kTownSide * kTownSide; ++i)
    at.push_back(builder.add_node({100.0 * (i % kTownSide), 100.0 * (i / kTownSide)}));
  at.push_back(builder.add_node({400, 300}));
  for (int i = 0; i < kTownSide * kTownSide; ++i) {
    const auto from = static_cast<std::size_t>(i);
    if (i % kTownSide + 1 < kTownSide)
      builder.add_segment({.from = at[from], .to = at[from + 1], .width = 3.0});
    if (i / kTownSide + 1 < kTownSide)
      builder.add_segment({.from = at[from], .to = at[from + kTownSide], .width = 3.0});
  }
  builder.add_segment({.from = at[kCutOffIsland.value - 1], .to = at[kCutOffIsland.value], .width = 3.0});

  auto network = std::make_shared<const Network>(builder.build());
  auto population = std::make_shared<Population>();
  for (std::size_t i = 0; i < people; ++i) {
    const NodeId home = at[i % (kTownSide * kTownSide)];
    population->home.push_back(network->position[home]);
    population->home_node.push_back(home);
    population->access_distance.push_back(0);
    population->zone.push_back(ZoneId::none());
    population->age.push_back(40);
    population->person_class.push_back(PersonClass::adult);
    population->free_speed.push_back(1.1f + 0.01f * static_cast<float>(i % 40));
  }
  auto world = std::make_shared<World>();
  const LinkId bridge{network->link_count() - 2};
  world->closures = {{bridge, {kStart, kNever}}, {Network::twin_of(bridge), {kStart, kNever}}};
  world->network = network;
  world->people = population;
  world->samples = std::make_shared<const SegmentSamples>(sample_segments(*network));
  world->end = time_of(3600);
  return world;
}

/// Holds everyone at home; if it sends people, one leaves every 0.7 s, every tenth for the island.
class Keeper final : public Process {
 public:
  Keeper(std::size_t people, bool sends) : people_(people), left_(sends ? 0 : people), staying_(left_) {}

  std::string_view name() const override { return "keeper"; }
  Time next_event() const override { return left_ < people_ ? leaving(left_) : kNever; }
  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena&) override {
    for (const Handover& back : inbox.arrivals) take_back(back, outbox);
    for (; left_ < people_ && leaving(left_) < window.to; ++left_) send(PersonId{left_}, outbox);
  }
  void count(Census& census) const override {
    census[static_cast<std::size_t>(PersonState::home)] +=
        static_cast<std::int64_t>(people_ - left_ + staying_);
    census[static_cast<std::size_t>(PersonState::sheltered)] += arrived;
    census[static_cast<std::size_t>(PersonState::waiting)] += returned;
  }
  void save(SnapshotWriter& out) const override {
    out.put_value("left", left_);
    out.put_value("arrived", arrived);
    out.put_value("returned", returned);
  }
  void load(const SnapshotReader& in) override {
    in.get_value("left", left_);
    in.get_value("arrived", arrived);
    in.get_value("returned", returned);
  }

  std::int64_t arrived = 0, returned = 0;

 private:
  static Time leaving(std::size_t person) { return Time{Duration{static_cast<std::int64_t>(700 * person)}}; }
  static NodeId goal_of(PersonId person) {
    return person.value % 10 == 9 ? kCutOffIsland : NodeId{person.value * 7 % (kTownSide * kTownSide)};
  }
  static void send(PersonId person, Outbox& outbox) {
    const Time now = leaving(person.value);
    outbox.events.push_back(
        {now, person, Event::Kind::state_change, 0, static_cast<std::uint32_t>(PersonState::travelling)});
    const NodeId home{person.value % (kTownSide * kTownSide)};
    const auto knowledge = person.value % 2 == 0 ? Knowledge::informed : Knowledge::map_only;
    outbox.departures.push_back({.time = now,
                                 .person = person,
                                 .at = home,
                                 .goal = goal_of(person),
                                 .knowledge = knowledge,
                                 .to = 1});
  }
  void take_back(const Handover& back, Outbox& outbox) {
    CHECK_MESSAGE(back.time >= leaving(back.person.value), "nobody comes back before they left");
    CHECK_MESSAGE(back.at != kCutOffIsland, "nobody crosses a closed bridge");
    if (back.state != PersonState::travelling) {
      ++returned;  // the engine has logged the change to waiting
      return;
    }
    CHECK_MESSAGE(back.at == goal_of(back.person), "who has arrived is at their goal");
    ++arrived;
    outbox.events.push_back({back.time, back.person, Event::Kind::state_change, back.at.value,
                             static_cast<std::uint32_t>(PersonState::sheltered)});
  }

  std::size_t people_, left_, staying_;
};

/// A kernel with the keeper and the process under test.
struct TownRun {
  Keeper* keeper = nullptr;
  Kernel kernel;

  TownRun(const MakeProcess& make, std::size_t people, bool engine, int threads = 1)
      : kernel(assemble(make, people, engine, threads)) {}

 private:
  Kernel assemble(const MakeProcess& make, std::size_t people, bool engine, int threads) {
    const auto world = contract_world(people);
    auto fields = std::make_shared<Fields>();
    auto first = std::make_unique<Keeper>(people, engine);
    keeper = first.get();
    std::vector<std::unique_ptr<Process>> processes;
    processes.push_back(std::move(first));
    processes.push_back(make(world, *fields, 0));
    return Kernel(world, fields, std::move(processes), {.threads = threads});
  }
};

/// Nobody is lost, everyone who can arrive does, closed links stay empty. The kernel counts everyone twice
/// every minute and throws if the counts differ.
inline void check_nobody_is_lost(const MakeProcess& make, bool engine) {
  constexpr std::int64_t kPeople = 300;
  TownRun run(make, kPeople, engine);
  run.kernel.run_until(time_of(3600));
  std::int64_t all = 0;
  for (const auto n : run.kernel.census()) all += n;
  CHECK(all == kPeople);
  if (engine) {
    CHECK(run.keeper->arrived == kPeople - kPeople / 10);
    CHECK_MESSAGE(run.keeper->returned == kPeople / 10, "who finds no way on is handed back, waiting");
  }
}

inline void check_same_bits_for_any_threads(const MakeProcess& make, bool engine) {
  const auto outcome = [&](int threads) {
    TownRun run(make, 300, engine, threads);
    run.kernel.run_until(time_of(1800));
    return run.kernel.hash();
  };
  const auto alone = outcome(1);
  CHECK(outcome(2) == alone);
  CHECK(outcome(4) == alone);
}

inline void check_saving_changes_nothing(const MakeProcess& make, bool engine) {
  TownRun whole(make, 300, engine);
  for (const double moment : {37.0, 180.0, 600.0}) {
    whole.kernel.run_until(time_of(moment));
    TownRun restored(make, 300, engine);
    restored.kernel.restore(whole.kernel.snapshot());
    CHECK(restored.kernel.hash() == whole.kernel.hash());
    whole.kernel.run_until(time_of(moment + 60));
    restored.kernel.run_until(time_of(moment + 60));
    CHECK_MESSAGE(restored.kernel.hash() == whole.kernel.hash(), "restored at ", moment, " s");
  }
}

inline void check_an_empty_town_runs(const MakeProcess& make, bool engine) {
  TownRun run(make, 0, engine);
  run.kernel.run_until(time_of(600));
  CHECK(run.kernel.now() == time_of(600));
}

inline void check_contract(const MakeProcess& make, bool engine) {
  check_nobody_is_lost(make, engine);
  check_same_bits_for_any_threads(make, engine);
  check_saving_changes_nothing(make, engine);
  check_an_empty_town_runs(make, engine);
}

/// For an engine: something that moves people.
inline void check_engine_contract(const MakeProcess& make) {
  check_contract(make, true);
}
/// For a process that advances a field and holds nobody.
inline void check_field_contract(const MakeProcess& make) {
  check_contract(make, false);
}

}  // namespace chimata::test
