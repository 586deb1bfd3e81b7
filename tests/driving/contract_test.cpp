#include <random>

#include "chimata/driving/driving.hpp"
#include "mobility/engine_conformance.hpp"
#include "support/flooded_grid.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// Streets of 20 to 90 m in a square grid, some of two lanes, some with signals.
std::shared_ptr<const Network> grid(int side) {
  std::mt19937 dice(11);
  return square_grid(
      side, [&](NetworkBuilder& builder, Point where) { builder.add_node(where, 0, dice() % 9 == 0); },
      [&](NetworkBuilder& builder, NodeId from, NodeId to) {
        const int lanes = 1 + static_cast<int>(dice() % 4 == 0);
        builder.add_segment({.from = from,
                             .to = to,
                             .length = dice() % 10 == 0 ? 3.0 : 20.0 + dice() % 70,
                             .lanes_forward = lanes,
                             .lanes_backward = lanes});
      });
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
      driver = any_trip(dice, *network, PersonId{i}, seconds);
      driver.leader = PersonId{i};
    }
    rules.hand_in.push_back(driver);
    rules.hand_in.back().person = PersonId{i};
    perhaps_order(dice, *network, rules.hand_in.back(), rules);
  }
  const auto world = flooded_world(network, population, seconds);
  world->link_changes = {{LinkId{30u}, {time_of(50), time_of(150)}, 0, 1, 0},
                         {LinkId{40u}, {time_of(20), kNever}, 0.5f, 0.5f, 1},
                         {LinkId{41u}, {time_of(20), kNever}, 1, 1, -1}};
  rules.make = [world, model] {
    auto fields = std::make_shared<Fields>();
    fields->create("depth.streets", "m", world->samples->point.size());
    fields->create("crossing.walkers", "persons/s", world->network->node_count());
    return Specimen{fields, make_driving(world, model, {}, {{NodeId{0u}, 0.1}}, *fields, 0)};
  };
  // people cross everywhere, more and more
  rules.disturb = [world, seconds](Fields& fields, Time now) {
    if (now.time_since_epoch().count() % 30'000 != 0) return;
    const double share = chimata::seconds(now) / seconds;
    flood_from_west(fields, *world, share);
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
