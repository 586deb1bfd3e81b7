#include <doctest/doctest.h>

#include <cmath>

#include "chimata/network/builder.hpp"
#include "chimata/simulation/kernel.hpp"
#include "chimata/trips/trips.hpp"
#include "chimata/walking/walking.hpp"

namespace chimata {
namespace {

/// A fork of streets, 100 m each: home A, stop B, goals C and D.
///
///     A----B----C
///          |
///          D
struct Town {
  std::shared_ptr<World> world = std::make_shared<World>();
  std::shared_ptr<TripPlan> plan = std::make_shared<TripPlan>();
  NodeId a, b, c, d;
  LinkId bc;

  Town() {
    NetworkBuilder builder;
    a = builder.add_node({0, 0}), b = builder.add_node({100, 0});
    c = builder.add_node({200, 0}), d = builder.add_node({100, -100});
    for (const auto& [from, to] : {std::pair{a, b}, {b, c}, {b, d}}) {
      SegmentDraft draft;
      draft.from = from, draft.to = to, draft.width = 4.0;
      draft.modes_forward = draft.modes_backward = kFoot;
      builder.add_segment(draft);
    }
    auto network = std::make_shared<Network>(builder.build());
    bc = Network::forward(SegmentId{1u});
    world->samples = std::make_shared<const SegmentSamples>(sample_segments(*network));
    world->network = network;
    world->end = kStart + std::chrono::minutes(30);
    plan->name = {"to C by B", "to D"};
    plan->stop = {b, c, d};
    plan->first = {0, 2, 3};
  }

  void people(int count, double every_s) {
    auto all = std::make_shared<Population>();
    for (int i = 0; i < count; ++i) {
      all->home.push_back({0, 0}), all->home_node.push_back(a), all->access_distance.push_back(0);
      all->zone.push_back(ZoneId::none()), all->age.push_back(40);
      all->person_class.push_back(PersonClass::adult), all->free_speed.push_back(1.0f);
      plan->departure.push_back(time_of(i * every_s));
      plan->route.push_back(0);
    }
    world->people = all;
  }

  struct Outcome {
    std::vector<double> arrival;
    std::vector<std::uint32_t> node;
  };
  Outcome run(int threads = 1) {
    auto fields = std::make_shared<Fields>();
    std::vector<std::unique_ptr<Process>> processes;
    processes.push_back(make_trips(world, plan, 1));
    processes.push_back(make_walking(world, {}, {}, *fields, 0));
    KernelOptions options;
    options.threads = threads;
    Kernel kernel(world, fields, std::move(processes), options);
    kernel.run_until(world->end);
    const TableSet tables = kernel.finish();
    const Table& trips = tables.at("trips");
    return {trips.get<double>("arrival_s"), trips.get<std::uint32_t>("node")};
  }
};

TEST_CASE("somebody alone walks from home by their stops to their goal in distance over speed") {
  Town town;
  town.people(2, 60);
  const auto out = town.run();
  CHECK(out.arrival[0] == doctest::Approx(200).epsilon(0.01));
  CHECK(out.arrival[1] == doctest::Approx(260).epsilon(0.01));
  CHECK(out.node[0] == town.c.value);
}

TEST_CASE("a fork that is turned at a moment sends those who come later another way, by its share") {
  Town town;
  town.people(400, 2);
  town.plan->forks = {{town.b, time_of(300), 0.25, 1}};
  const auto out = town.run();
  int before = 0, after = 0, sent = 0;
  for (std::uint32_t p = 0; p < 400; ++p) {
    const bool to_d = out.node[p] == town.d.value;
    // 2 s between people and 100 s to the fork
    if (p * 2 + 100 < 295) {
      before += to_d;
    } else if (p * 2 + 100 > 305) {
      ++after, sent += to_d;
    }
  }
  CHECK(before == 0);
  CHECK(sent / double(after) == doctest::Approx(0.25).epsilon(0.25));
}

TEST_CASE("people wait before a gate that is shut and pass when it opens, though there is another goal") {
  Town town;
  town.people(50, 2);
  town.world->closures = {{town.bc, {kStart, time_of(600)}, kFoot, true}};
  const auto out = town.run();
  double first = 1e9;
  for (const double arrival : out.arrival) first = std::min(first, arrival);
  CHECK(first >= 700);
  CHECK(first < 705);
  // 4 m at 1.22 persons/(m s) let the queue of 50 out in about 10 s
  for (const double arrival : out.arrival) CHECK(arrival < 760);
}

TEST_CASE("somebody whose goal is closed for good is told so, and does not arrive") {
  Town town;
  town.people(1, 0);
  town.world->closures = {{town.bc, {kStart, town.world->end}, kFoot}};
  const auto out = town.run();
  CHECK(std::isnan(out.arrival[0]));
  CHECK(out.node[0] == town.b.value);
}

TEST_CASE("trips end the same to the bit on 1, 2 and 4 threads") {
  Town town;
  town.people(300, 0.5);
  town.plan->forks = {{town.b, time_of(0), 0.5, 1}};
  const auto one = town.run(1), two = town.run(2), four = town.run(4);
  CHECK(one.arrival == two.arrival);
  CHECK(one.arrival == four.arrival);
}

}  // namespace
}  // namespace chimata
