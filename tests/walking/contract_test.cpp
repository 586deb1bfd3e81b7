#include <random>

#include "chimata/walking/walking.hpp"
#include "support/flooded_grid.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// Streets of about 60 m in a square grid, some narrow, some stairs.
std::shared_ptr<const Network> grid(int side) {
  std::mt19937 dice(11);
  return square_grid(
      side, [](NetworkBuilder& builder, Point where) { builder.add_node(where); },
      [&](NetworkBuilder& builder, NodeId from, NodeId to) {
        builder.add_segment({.from = from,
                             .to = to,
                             .road_class = dice() % 12 == 0 ? RoadClass::steps : RoadClass::residential,
                             .width = 1.0 + dice() % 4,
                             .length = 40.0 + dice() % 40});
      });
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
    rules.hand_in.push_back(any_trip(dice, *network, PersonId{i}, seconds));
    perhaps_order(dice, *network, rules.hand_in.back(), rules);
  }
  const auto world = flooded_world(network, population, seconds);
  rules.make = [world, law, flowing] {
    auto fields = std::make_shared<Fields>();
    fields->create("depth.streets", "m", world->samples->point.size());
    if (flowing) fields->create("velocity.streets", "m/s", world->samples->point.size());
    WalkingModel model;
    model.law = law;
    return Specimen{fields, make_walking(world, model, {}, *fields, 0)};
  };
  rules.disturb = [world, seconds, flowing](Fields& fields, Time now) {
    if (now.time_since_epoch().count() % 30'000 != 0) return;
    flood_from_west(fields, *world, chimata::seconds(now) / seconds);
    if (!flowing) return;
    const auto& water = fields.all().find("depth.streets")->second.next();
    Field& velocity = fields.all().find("velocity.streets")->second;
    for (std::size_t i = 0; i < velocity.next().size(); ++i) velocity.next()[i] = 1.5f * water[i];
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
