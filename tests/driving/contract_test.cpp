#include <random>

#include "chimata/driving/driving.hpp"
#include "chimata/network/builder.hpp"
#include "mobility/engine_conformance.hpp"
#include "mobility/process_conformance.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// Streets of 20 to 90 m in a square grid, some of two lanes, some with signals.
std::shared_ptr<const Network> grid(int side) {
  std::mt19937 dice(11);
  NetworkBuilder builder;
  const auto node = [&](int x, int y) { return NodeId{static_cast<std::uint32_t>(y * side + x)}; };
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) builder.add_node({60.0 * x, 60.0 * y}, 0, dice() % 9 == 0);
  }
  const auto join = [&](NodeId a, NodeId b) {
    const int lanes = 1 + static_cast<int>(dice() % 4 == 0);
    builder.add_segment({.from = a,
                         .to = b,
                         .length = dice() % 10 == 0 ? 3.0 : 20.0 + dice() % 70,
                         .lanes_forward = lanes,
                         .lanes_backward = lanes});
  };
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      if (x + 1 < side) join(node(x, y), node(x + 1, y));
      if (y + 1 < side) join(node(x, y), node(x, y + 1));
    }
  }
  return std::make_shared<const Network>(builder.build());
}

/// Cars of one to three people between random corners of a grid that is flooded from one side, with closures,
/// road works and contraflow.
ContractCase flooded_grid(int side, std::uint32_t people, int seconds, DrivingModel model) {
  const auto network = grid(side);
  const auto population = std::make_shared<Population>();
  std::mt19937 dice(5);
  ContractCase rules;
  rules.seconds = seconds;
  Handover driver{};
  for (std::uint32_t i = 0; i < people; ++i) {
    population->person_class.push_back(PersonClass::adult);
    population->free_speed.push_back(1.3f);
    population->home.push_back({0, 0});
    const bool joins = i > 0 && dice() % 3 == 0;
    if (!joins) {
      driver = Handover{};
      driver.time =
          Time{Duration{static_cast<std::int64_t>(dice() % (static_cast<unsigned>(seconds) * 300))}};
      driver.at = NodeId{dice() % network->node_count()};
      driver.goal = NodeId{(dice() % 7) * (network->node_count() / 7)};
      driver.knowledge = dice() % 2 ? Knowledge::informed : Knowledge::map_only;
      driver.leader = PersonId{i};
      driver.to = 1;
    }
    Handover handover = driver;
    handover.person = PersonId{i};
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
  world->link_changes = {{LinkId{30u}, {time_of(50), time_of(150)}, 0, 1, 0},
                         {LinkId{40u}, {time_of(20), kNever}, 0.5f, 0.5f, 1},
                         {LinkId{41u}, {time_of(20), kNever}, 1, 1, -1}};
  world->end = time_of(seconds);
  rules.make = [world, model] {
    auto fields = std::make_shared<Fields>();
    fields->create("depth.streets", "m", world->samples->point.size());
    fields->create("crossing.walkers", "persons/s", world->network->node_count());
    return Specimen{fields, make_driving(world, model, {}, {{NodeId{0u}, 0.1}}, *fields, 0)};
  };
  // the water rises from the west and falls again; people cross everywhere, more and more
  rules.disturb = [world, seconds](Fields& fields, Time now) {
    if (now.time_since_epoch().count() % 30'000 != 0) return;
    const double share = chimata::seconds(now) / seconds;
    Field& depth = fields.all().find("depth.streets")->second;
    const double level = 1.5 * (share < 0.6 ? share : 1.2 - share);
    for (std::size_t i = 0; i < depth.next().size(); ++i) {
      depth.next()[i] = static_cast<float>(std::max(0.0, level - world->samples->point[i].x / 400));
    }
    depth.publish();
    Field& walkers = fields.all().find("crossing.walkers")->second;
    for (std::size_t n = 0; n < walkers.next().size(); ++n)
      walkers.next()[n] = static_cast<float>(share * 0.3);
    walkers.publish();
  };
  return rules;
}

}  // namespace

TEST_CASE("driving keeps the contract of an engine in the kernel") {
  check_engine_contract([](auto world, Fields& fields, ProcessIndex keeper) {
    return make_driving(std::move(world), {}, {}, {}, fields, keeper);
  });
}

TEST_CASE("driving keeps the contract of a process in a flood") {
  check_process_contract(flooded_grid(8, 1500, 600, {}));
}

TEST_CASE("driving keeps the contract of a process where drivers lose patience") {
  DrivingModel model;
  model.gridlock = GridlockPolicy::reroute;
  model.patience = Duration{60'000};
  model.abandon_after = Duration{120'000};
  model.news_every = Duration{60'000};
  check_process_contract(flooded_grid(6, 2000, 600, model));
}
