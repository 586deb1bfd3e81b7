#include "chimata/routing/time_router.hpp"

#include <doctest/doctest.h>

#include <map>

#include "chimata/routing/costs.hpp"
#include "routing/random_turns.hpp"
#include "support/input_error.hpp"
#include "support/road_network.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

constexpr Duration kQuarter{15 * 60 * 1000};

/// A day whose costs wander, link by link.
std::vector<LinkCosts> wandering(LinkCosts costs, std::size_t moments, double most, Dice& dice) {
  std::vector<LinkCosts> at;
  for (std::size_t i = 0; i < moments; ++i) {
    at.push_back(costs);
    for (Cost& cost : at.back()) {
      if (cost != kClosed) cost = static_cast<Cost>(cost * (1 + most * dice.uniform()));
    }
  }
  return at;
}

/// Earliest arrival by going over all turns until nothing gets better: no queue, no order.
std::optional<Time> by_repetition(const TurnGraph& graph, const TimeBinnedCosts& costs, NodeId from,
                                  NodeId to, Time depart) {
  std::vector<Time> arrival(graph.state_count(), kNever);
  for (const LinkId link : graph.network().leaving(from)) {
    const Cost cost = costs.cost(link, depart);
    if (cost != kClosed) arrival[graph.enter(link)] = depart + Duration{cost};
  }
  for (bool better = true; better;) {
    better = false;
    for (std::uint32_t arc = 0; arc < graph.arc_count(); ++arc) {
      const Time at = arrival[graph.from(arc)];
      if (at == kNever || graph.cost(arc, costs.at_moment(0)) == kUnreachable) continue;
      const Time then = at + Duration{costs.cost(graph.link_of(graph.to(arc)), at)};
      if (then >= arrival[graph.to(arc)]) continue;
      arrival[graph.to(arc)] = then;
      better = true;
    }
  }
  Time first = kNever;
  for (TurnState state = 0; state < graph.state_count(); ++state) {
    if (graph.head(state) == to) first = std::min(first, arrival[state]);
  }
  return first == kNever ? std::nullopt : std::optional(first);
}

/// When a way that is driven link by link arrives; none if its times are not those of the costs.
std::optional<Time> drive(const TimeBinnedCosts& costs, const TimedPath& path, Time depart) {
  Time now = depart;
  for (std::size_t i = 0; i < path.links.size(); ++i) {
    if (path.entries[i] != now) return {};
    now += Duration{costs.cost(path.links[i], now)};
  }
  return now;
}

}  // namespace

TEST_CASE("who enters a street later never leaves it earlier") {
  const TimeBinnedCosts costs(Time{Duration{100}}, Duration{10}, {{50}, {90}, {3}, {7}});
  const LinkId street{0u};
  CHECK(costs.cost(street, Time{Duration{0}}) == 50);
  CHECK(costs.cost(street, Time{Duration{105}}) == 70);
  CHECK(costs.cost(street, Time{Duration{110}}) == 90);
  CHECK(costs.cost(street, Time{Duration{120}}) == 80);  // 3 would be overtaking
  CHECK(costs.cost(street, Time{Duration{999}}) == 70);
  for (int t = 90; t < 150; ++t) {
    CAPTURE(t);
    CHECK(t + costs.cost(street, Time{Duration{t}}) <= t + 1 + costs.cost(street, Time{Duration{t + 1}}));
  }
}

TEST_CASE("costs by time that make no sense are refused in one line") {
  const auto of = [](Duration width, std::vector<LinkCosts> at) {
    return complaint([&] { TimeBinnedCosts(kStart, width, std::move(at)); });
  };
  CHECK(contains(of(kQuarter, {}), "no moment"));
  CHECK(contains(of(Duration{0}, {{1}}), "0 ms apart"));
  CHECK(contains(of(kQuarter, {{1, 2}, {1}}), "moment 1"));
  CHECK(contains(of(kQuarter, {{1, 2}, {1, kClosed}}), "link 1"));
}

TEST_CASE("the first arrival is found on 300 networks whose costs wander") {
  std::size_t found = 0, late = 0;
  for (std::uint32_t number = 0; number < 300; ++number) {
    CAPTURE(number);
    Dice dice("time", number);
    Network network = make(RandomNetwork{.nodes = 2 + dice.below(30), .segments = 1 + dice.below(60)}, dice);
    restrict_turns(network, dice.below(20), 2, dice);
    const LinkCosts plain = costs_of_kind(number % 3, network, dice);
    const TimeBinnedCosts costs(kStart, Duration{5 + dice.below(400000)}, wandering(plain, 5, 3, dice));
    const auto graph = std::make_shared<const RouteGraph>(network, kCar);
    Arena arena(1);
    const TimeRouter router(graph, costs, arena);
    TimeRouter::Search quick(router);
    TimeSearch exact(*graph->turn_graph(), costs);
    for (int query = 0; query < 5; ++query) {
      const NodeId from = dice.node(network), to = dice.node(network);
      if (from == to) continue;
      const Time depart{Duration{dice.below(800000)}};
      const auto expected = by_repetition(*graph->turn_graph(), costs, from, to, depart);
      const auto path = exact.find(from, to, depart);
      REQUIRE(path.has_value() == expected.has_value());
      const auto sampled = quick.find(from, to, depart);
      REQUIRE(sampled.has_value() == expected.has_value());
      if (!path) continue;
      ++found;
      REQUIRE(path->arrival == *expected);
      REQUIRE(drive(costs, *path, depart) == path->arrival);
      REQUIRE(driven(*graph->turn_graph(), costs.at_moment(0), path->links, from, to).has_value());
      REQUIRE(sampled->arrival >= path->arrival);
      REQUIRE(drive(costs, *sampled, depart) == sampled->arrival);
      REQUIRE(driven(*graph->turn_graph(), costs.at_moment(0), sampled->links, from, to).has_value());
      late += sampled->arrival > path->arrival;
    }
  }
  CHECK(found > 500);
  CHECK(late < found / 10);
}

TEST_CASE("where costs do not change with time, both ways to search find the plain way") {
  const Network town = road_network(40, Dice("same all day", 0));
  const LinkCosts plain = driving_costs(town);
  const TimeBinnedCosts costs(kStart, kQuarter, {plain, plain, plain});
  Arena arena(1);
  const auto graph = std::make_shared<const RouteGraph>(town, kCar);
  const TimeRouter router(graph, costs, arena);
  TimeRouter::Search quick(router);
  TimeSearch exact(*graph->turn_graph(), costs);
  AStar oracle = AStar::with_turns(town, plain, kCar);
  Dice dice("same all day", 1);
  for (int query = 0; query < 200; ++query) {
    const NodeId from = dice.node(town), to = dice.node(town);
    const auto expected = oracle.find(from, to);
    const auto path = exact.find(from, to, kStart), sampled = quick.find(from, to, kStart);
    REQUIRE(path.has_value() == expected.has_value());
    REQUIRE(sampled.has_value() == expected.has_value());
    if (!path) continue;
    CHECK(static_cast<PathCost>((path->arrival - kStart).count()) == expected->cost);
    CHECK(sampled->arrival == path->arrival);
  }
}

TEST_CASE("in a rush hour the quick way arrives at most a trifle later than the first") {
  const Network town = road_network(60, Dice("rush hour", 0));
  const LinkCosts plain = driving_costs(town);
  // arterials take up to three times as long at the peak, an hour in
  std::vector<LinkCosts> at;
  for (const double slower : {1.0, 1.3, 2.0, 2.7, 3.0, 2.4, 1.6, 1.1, 1.0}) {
    at.push_back(plain);
    for (std::uint32_t row = 0; row < plain.size(); ++row) {
      const bool arterial = town.road_class[Network::segment_of(LinkId{row})] == RoadClass::secondary;
      if (arterial && plain.at(row) != kClosed) at.back().at(row) = static_cast<Cost>(plain.at(row) * slower);
    }
  }
  const TimeBinnedCosts costs(kStart, kQuarter, std::move(at));
  Arena arena(1);
  const auto graph = std::make_shared<const RouteGraph>(town, kCar);
  const TimeRouter router(graph, costs, arena);
  TimeRouter::Search quick(router);
  TimeSearch exact(*graph->turn_graph(), costs);
  Dice dice("rush hour", 1);
  double sum = 0, worst = 0;
  std::size_t found = 0;
  for (int query = 0; query < 300; ++query) {
    const NodeId from = dice.node(town), to = dice.node(town);
    const Time depart{Duration{dice.below(7200000)}};
    const auto path = exact.find(from, to, depart);
    if (!path || from == to) continue;
    const auto sampled = quick.find(from, to, depart);
    REQUIRE(sampled);
    const double error =
        double((sampled->arrival - path->arrival).count()) / (path->arrival - depart).count();
    sum += error;
    worst = std::max(worst, error);
    ++found;
  }
  INFO("mean error " << sum / static_cast<double>(found) << ", worst " << worst << ", of " << found);
  CHECK(found > 150);
  CHECK(sum / static_cast<double>(found) < 0.001);
  CHECK(worst < 0.05);
}
