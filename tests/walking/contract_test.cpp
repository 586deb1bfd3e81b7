#include <random>

#include "chimata/network/builder.hpp"
#include "chimata/walking/walking.hpp"
#include "mobility/process_conformance.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// Streets of about 60 m in a square grid, some narrow, some stairs.
std::shared_ptr<const Network> grid(int side) {
  std::mt19937 dice(11);
  NetworkBuilder builder;
  const auto node = [&](int x, int y) { return NodeId{static_cast<std::uint32_t>(y * side + x)}; };
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) builder.add_node({60.0 * x, 60.0 * y});
  }
  const auto join = [&](NodeId a, NodeId b) {
    builder.add_segment({.from = a,
                         .to = b,
                         .road_class = dice() % 12 == 0 ? RoadClass::steps : RoadClass::residential,
                         .width = 1.0 + dice() % 4,
                         .length = 40.0 + dice() % 40});
  };
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      if (x + 1 < side) join(node(x, y), node(x + 1, y));
      if (y + 1 < side) join(node(x, y), node(x, y + 1));
    }
  }
  return std::make_shared<const Network>(builder.build());
}

/// `people` between random corners of a grid that is flooded from one side, with a closure.
ContractCase flooded_grid(int side, std::uint32_t people, int seconds, WalkingLaw law, bool flowing = false) {
  const auto network = grid(side);
  const auto population = std::make_shared<Population>();
  std::mt19937 dice(5);
  ContractCase rules;
  rules.seconds = seconds;
  for (std::uint32_t i = 0; i < people; ++i) {
    population->person_class.push_back(static_cast<PersonClass>(dice() % 4));
    population->free_speed.push_back(0.6f + static_cast<float>(dice() % 900) / 1000);
    population->home.push_back({0, 0});
    Handover handover{};
    handover.time =
        Time{Duration{static_cast<std::int64_t>(dice() % (static_cast<unsigned>(seconds) * 300))}};
    handover.person = PersonId{i};
    handover.at = NodeId{dice() % network->node_count()};
    handover.goal = NodeId{(dice() % 7) * (network->node_count() / 7)};
    handover.knowledge = dice() % 2 ? Knowledge::informed : Knowledge::map_only;
    handover.to = 1;
    rules.hand_in.push_back(handover);
    if (dice() % 20 == 0) {
      rules.orders.push_back({handover.time + Duration{60'000}, PersonId{i},
                              NodeId{dice() % network->node_count()}, Knowledge::informed});
    }
  }
  auto world = std::make_shared<World>();
  world->network = network;
  world->people = population;
  world->samples = std::make_shared<const SegmentSamples>(sample_segments(*network));
  world->closures = {{LinkId{10u}, {time_of(60), time_of(200)}}, {LinkId{24u}, {time_of(30), kNever}}};
  world->end = time_of(seconds);
  rules.make = [world, law, flowing] {
    auto fields = std::make_shared<Fields>();
    fields->create("depth.streets", "m", world->samples->point.size());
    if (flowing) fields->create("velocity.streets", "m/s", world->samples->point.size());
    WalkingModel model;
    model.law = law;
    return Specimen{fields, make_walking(world, model, {}, *fields, 0)};
  };
  // the water rises from the west and falls again
  rules.disturb = [world, seconds, flowing](Fields& fields, Time now) {
    if (now.time_since_epoch().count() % 30'000 != 0) return;
    Field& depth = fields.all().find("depth.streets")->second;
    const double share = chimata::seconds(now) / seconds;
    const double level = 1.5 * (share < 0.6 ? share : 1.2 - share);
    for (std::size_t i = 0; i < depth.next().size(); ++i) {
      depth.next()[i] = static_cast<float>(std::max(0.0, level - world->samples->point[i].x / 400));
    }
    depth.publish();
    if (!flowing) return;
    Field& velocity = fields.all().find("velocity.streets")->second;
    for (std::size_t i = 0; i < velocity.next().size(); ++i) velocity.next()[i] = 1.5f * depth.next()[i];
    velocity.publish();
  };
  return rules;
}

}  // namespace

TEST_CASE("walking keeps the contract of a process in a flood") {
  check_process_contract(flooded_grid(8, 1500, 600, WalkingLaw::weidmann));
}

TEST_CASE("CrowdWalk's law keeps the contract of a process in a flood") {
  check_process_contract(flooded_grid(8, 1000, 400, WalkingLaw::crowdwalk));
}

TEST_CASE("walking keeps the contract of a process while water sweeps people away") {
  const ContractCase rules = flooded_grid(8, 1500, 600, WalkingLaw::weidmann, true);
  check_process_contract(rules);
  ContractRun run(rules, 2);
  run.run_to(600);
  CHECK(std::any_of(run.departures().begin(), run.departures().end(), [](const Handover& departure) {
    return departure.reason == HandoverReason::swept_away;
  }));
}

TEST_CASE("twenty thousand people on a grid move the same on one, two and four threads") {
  const ContractCase rules = flooded_grid(20, 20000, 120, WalkingLaw::weidmann);
  ContractCase sorted = rules;
  std::stable_sort(sorted.hand_in.begin(), sorted.hand_in.end(), [](const Handover& a, const Handover& b) {
    return std::tie(a.time, a.person) < std::tie(b.time, b.person);
  });
  sorted.orders.clear();
  std::vector<std::uint64_t> hashes;
  for (const int threads : {1, 2, 4}) {
    ContractRun run(sorted, threads);
    run.run_to(120);
    hashes.push_back(run.hash());
  }
  CHECK(hashes[0] == hashes[1]);
  CHECK(hashes[0] == hashes[2]);
}
