// The router against searches that need no preparation, on networks with everything that is awkward.
#include "chimata/routing/router.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "chimata/routing/costs.hpp"
#include "routing/random_turns.hpp"
#include "support/input_error.hpp"
#include "support/road_network.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// A random network with restrictions, and costs that a router takes.
struct Case {
  Case(std::string_view name, std::uint32_t number) : dice(name, number) {
    network = make(RandomNetwork{.nodes = 2 + dice.below(40), .segments = 1 + dice.below(90)}, dice);
    restrict_turns(network, dice.below(40), 3, dice);
    costs = costs_of_kind(number % 3, network, dice);
    u_turns = dice.chance(0.5) ? UTurns::allowed : UTurns::at_dead_ends;
  }
  [[nodiscard]] AStar oracle() const { return AStar::with_turns(network, costs, kCar, u_turns); }
  /// Closes or opens some links, or gives them other costs.
  std::vector<LinkId> change(std::uint32_t count) {
    std::vector<LinkId> changed;
    for (; count > 0; --count) {
      changed.push_back(LinkId{dice.below(static_cast<std::uint32_t>(costs.size()))});
      costs[changed.back()] = dice.chance(0.4) ? kClosed : dice.below(2000);
    }
    return changed;
  }
  Dice dice;
  Network network;
  LinkCosts costs;
  UTurns u_turns;
};

/// Checks `queries` random ways of the router; how many there are.
std::size_t check_ways(Case& c, const Router& router, int queries) {
  AStar oracle = c.oracle();
  Router::Search search(router);
  std::size_t found = 0;
  for (; queries > 0; --queries) {
    const NodeId from = c.dice.node(c.network), to = c.dice.node(c.network);
    const auto expected = oracle.find(from, to);
    const auto path = search.find(from, to);
    REQUIRE(path.has_value() == expected.has_value());
    REQUIRE(search.cost(from, to) == (expected ? expected->cost : kUnreachable));
    if (!path) continue;
    ++found;
    REQUIRE(path->cost == expected->cost);
    REQUIRE(driven(*router.graph().turn_graph(), c.costs, path->links, from, to) == path->cost);
  }
  return found;
}

bool same(const HierarchyMetric& a, const HierarchyMetric& b) {
  const std::size_t count = a.hierarchy().arc_count();
  return std::equal(a.up(), a.up() + count, b.up()) && std::equal(a.down(), a.down() + count, b.down());
}

}  // namespace

TEST_CASE("the router finds what searching link by link finds, on 600 networks under restrictions") {
  std::size_t found = 0;
  for (std::uint32_t number = 0; number < 600; ++number) {
    CAPTURE(number);
    Case c("router", number);
    found += check_ways(c, Router(c.network, c.costs, kCar, Turns::obeyed, c.u_turns), 10);
  }
  CHECK(found > 1500);
  CHECK(found < 5000);
}

TEST_CASE("people on foot are routed as if there were no restrictions") {
  for (std::uint32_t number = 0; number < 300; ++number) {
    CAPTURE(number);
    Case c("on foot", number);
    const Router router(c.network, c.costs, kFoot, Turns::ignored);
    Router::Search search(router);
    for (int query = 0; query < 10; ++query) {
      const NodeId from = c.dice.node(c.network), to = c.dice.node(c.network);
      const auto expected = shortest_path(c.network, c.costs, from, to);
      const auto path = search.find(from, to);
      REQUIRE((path ? path->cost : kUnreachable) == (expected ? expected->cost : kUnreachable));
      PathCost sum = 0;
      NodeId at = from;
      for (const LinkId link : path ? path->links : std::vector<LinkId>{}) {
        REQUIRE(c.network.tail(link) == at);
        at = c.network.head(link);
        sum += c.costs[link];
      }
      if (path) REQUIRE((at == to && sum == path->cost));
    }
  }
}

TEST_CASE("streets that close and reopen leave the router as if it had been made anew") {
  for (std::uint32_t number = 0; number < 150; ++number) {
    CAPTURE(number);
    Case c("closures", number);
    Arena arena(1);
    Router router(c.network, c.costs, kCar, Turns::obeyed, c.u_turns);
    for (int round = 0; round < 4; ++round) {
      router.update(c.costs, c.change(1 + c.dice.below(3)), arena);
      REQUIRE(same(router.metric(), Router(router.shared_graph(), c.costs, arena).metric()));
      check_ways(c, router, 4);
    }
  }
}

TEST_CASE("a street that closes in a town is found out by looking at few arcs") {
  const Network town = road_network(60, Dice("closing", 0));
  LinkCosts costs = driving_costs(town);
  Arena arena(1);
  Router router(town, costs, kCar);
  Dice dice("closing", 1);
  for (int round = 0; round < 50; ++round) {
    const LinkId link{dice.below(static_cast<std::uint32_t>(town.link_count()))};
    costs[link] = kClosed;
    router.update(costs, std::span(&link, 1), arena);
    CHECK(router.metric().touched() < router.graph().hierarchy().arc_count() / 20);
  }
  CHECK(same(router.metric(), Router(router.shared_graph(), costs, arena).metric()));
}

TEST_CASE("a town is prepared alike by one, two and four threads") {
  const Network town = road_network(60, Dice("threads", 0));
  const LinkCosts costs = driving_costs(town);
  const auto graph = std::make_shared<const RouteGraph>(town, kCar);
  Arena one(1), two(2), four(4);
  const Router router(graph, costs, one);
  CHECK(same(router.metric(), Router(graph, costs, two).metric()));
  CHECK(same(router.metric(), Router(graph, costs, four).metric()));
}

TEST_CASE("of ways that cost the same the same one is found, whatever was asked before") {
  for (std::uint32_t number = 0; number < 60; ++number) {
    CAPTURE(number);
    Case c("ties", 3 * number);  // small costs: many ties
    const Router router(c.network, c.costs, kCar, Turns::obeyed, c.u_turns);
    Router::Search used(router);
    for (int query = 0; query < 20; ++query) {
      const NodeId from = c.dice.node(c.network), to = c.dice.node(c.network);
      const auto path = used.find(from, to);
      const auto afresh = Router::Search(router).find(from, to);
      REQUIRE(path.has_value() == afresh.has_value());
      if (path) REQUIRE(path->links == afresh->links);
    }
  }
}

TEST_CASE("asking for many places at once gives what asking for each gives") {
  for (std::uint32_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    Case c("many", number);
    const Router router(c.network, c.costs, kCar, Turns::obeyed, c.u_turns);
    Router::Search search(router);
    std::vector<NodeId> nodes(c.dice.below(12));
    for (NodeId& node : nodes) node = c.dice.node(c.network);
    const Router::Targets targets = router.targets(nodes);
    const Router::Goals goals = router.goals(nodes);
    for (int query = 0; query < 5; ++query) {
      const NodeId from = c.dice.node(c.network);
      const std::vector<PathCost> costs = search.costs(from, targets);
      RankedGoal expected{kNoGoal, kUnreachable};
      for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        REQUIRE(costs[i] == search.cost(from, nodes[i]));
        if (costs[i] < expected.cost) expected = {i, costs[i]};
      }
      REQUIRE(search.nearest(from, goals) == expected);
    }
  }
}

TEST_CASE("the nearest shelter on foot is the one a search of the whole map names") {
  for (std::uint32_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    Case c("shelters", number);
    const Router router(c.network, c.costs, kFoot, Turns::ignored);
    Router::Search search(router);
    std::vector<NodeId> nodes(1 + c.dice.below(5));
    for (NodeId& node : nodes) node = c.dice.node(c.network);
    const Router::Goals goals = router.goals(nodes);
    const Nearest nearest = nearest_of(c.network, c.costs, nodes);
    for (std::uint32_t row = 0; row < c.network.node_count(); ++row) {
      REQUIRE(search.nearest(NodeId{row}, goals) == RankedGoal{nearest.goal.at(row), nearest.cost.at(row)});
    }
  }
}

TEST_CASE("goals prepared before the costs changed are not taken") {
  Case c("stale", 1);
  Router router(c.network, c.costs, kCar);
  const NodeId node{0u};
  const Router::Goals goals = router.goals(std::span(&node, 1));
  Arena arena(1);
  router.set_costs(c.costs, arena);
  CHECK_THROWS_AS((void)Router::Search(router).nearest(node, goals), std::logic_error);
}

TEST_CASE("ways of weeks are refused with a line that says what to do") {
  Case c("weeks", 1);
  for (Cost& cost : c.costs) cost = kClosed - 2;
  CHECK(contains(complaint([&] { Router(c.network, c.costs, kCar); }), "twelve days"));
}

TEST_CASE("a way of a month is exact where no single stage takes weeks") {
  NetworkBuilder builder;
  constexpr std::uint32_t kNodes = 30;
  for (std::uint32_t i = 0; i < kNodes; ++i) builder.add_node({i * 1000.0, 0});
  for (std::uint32_t i = 0; i + 1 < kNodes; ++i) {
    SegmentDraft draft;
    draft.from = NodeId{i}, draft.to = NodeId{i + 1};
    builder.add_segment(draft);
  }
  const Network road = builder.build();
  constexpr Cost kDay = 1000u * 3600u * 24u;
  LinkCosts costs(road.link_count(), kDay);
  const Router router(road, costs, kFoot, Turns::ignored);
  Router::Search search(router);
  CHECK(search.cost(NodeId{0u}, NodeId{kNodes - 1}) == PathCost{kDay} * (kNodes - 1));
}
