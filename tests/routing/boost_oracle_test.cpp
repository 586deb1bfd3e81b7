// Our searches against Boost.Graph, in whole numbers, on networks with everything that is awkward.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <limits>

#include "chimata/routing/boost_view.hpp"
#include "chimata/routing/nearest.hpp"
#include "chimata/routing/path.hpp"
#include "chimata/routing/router.hpp"
#include "chimata/routing/tree.hpp"
#include "support/random_network.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

constexpr std::uint32_t kNetworks = 600;

Column<NodeId, PathCost> boost_costs(const BoostView& view, NodeId root) {
  Column<NodeId, PathCost> cost(num_vertices(view));
  std::vector<std::uint32_t> previous(num_vertices(view));
  const boost::typed_identity_property_map<std::uint32_t> index;
  boost::dijkstra_shortest_paths(
      view, root.value,
      boost::weight_map(weight_map(view))
          .vertex_index_map(index)
          .distance_map(boost::make_iterator_property_map(cost.begin(), index))
          .predecessor_map(boost::make_iterator_property_map(previous.begin(), index))
          .distance_combine(boost::closed_plus<PathCost>(kUnreachable))
          .distance_inf(kUnreachable)
          .distance_zero(PathCost{0}));
  return cost;
}

/// Cost of the least costly of several roots, root by root.
Column<NodeId, PathCost> boost_costs(const BoostView& view, const std::vector<NodeId>& roots) {
  Column<NodeId, PathCost> least(num_vertices(view), kUnreachable);
  for (const NodeId root : roots) {
    const auto cost = boost_costs(view, root);
    for (std::size_t i = 0; i < least.size(); ++i) least.at(i) = std::min(least.at(i), cost.at(i));
  }
  return least;
}

struct Case {
  Case(std::string_view name, std::uint32_t number) : dice(name, number) {
    network = make(RandomNetwork{.nodes = 2 + dice.below(40), .segments = 1 + dice.below(90)}, dice);
    costs = costs_of_kind(number, network, dice);
    roots.resize(1 + dice.below(4));
    for (NodeId& root : roots) root = dice.node(network);
  }
  Dice dice;
  Network network;
  LinkCosts costs;
  std::vector<NodeId> roots;
};

/// Cost of a chain of open links from `from` to `to`; kUnreachable if it is none.
PathCost cost_along(const Case& c, const std::vector<LinkId>& links, NodeId from, NodeId to) {
  PathCost sum = 0;
  for (const LinkId link : links) {
    if (c.network.tail(link) != from || c.costs[link] == kClosed) return kUnreachable;
    sum += c.costs[link];
    from = c.network.head(link);
  }
  return from == to ? sum : kUnreachable;
}

}  // namespace

TEST_CASE("trees cost what Boost says, on 600 random networks") {
  std::size_t unreachable = 0, zero = 0;
  for (std::uint32_t number = 0; number < kNetworks; ++number) {
    CAPTURE(number);
    const Case c("trees", number);
    const Tree to = tree_to(c.network, c.costs, c.roots);
    REQUIRE(to.cost == boost_costs(BoostView(c.network, c.costs, true), c.roots));
    REQUIRE(tree_from(c.network, c.costs, c.roots).cost ==
            boost_costs(BoostView(c.network, c.costs), c.roots));
    unreachable += std::count(to.cost.begin(), to.cost.end(), kUnreachable);
    zero += std::count(c.costs.begin(), c.costs.end(), 0u);
  }
  CHECK(unreachable > kNetworks);  // the awkward did occur
  CHECK(zero > kNetworks);
}

TEST_CASE("following a tree reaches a goal at the tree's cost") {
  for (std::uint32_t number = 0; number < kNetworks; ++number) {
    CAPTURE(number);
    const Case c("following", number);
    const Tree tree = tree_to(c.network, c.costs, c.roots);
    for (std::uint32_t row = 0; row < c.network.node_count(); ++row) {
      const NodeId start{row};
      if (tree.cost[start] == kUnreachable) {
        REQUIRE_FALSE(tree.next[start].valid());
        continue;
      }
      std::vector<LinkId> links;
      NodeId at = start;
      while (tree.next[at].valid() && links.size() <= c.network.node_count()) {
        links.push_back(tree.next[at]);
        at = c.network.head(links.back());
      }
      REQUIRE(std::find(c.roots.begin(), c.roots.end(), at) != c.roots.end());
      REQUIRE(cost_along(c, links, start, at) == tree.cost[start]);
    }
  }
}

TEST_CASE("A* finds a way that costs what Boost says, on 600 random networks") {
  for (std::uint32_t number = 0; number < kNetworks; ++number) {
    CAPTURE(number);
    Case c("astar", number);
    AStar search(c.network, c.costs);
    AStar with_turns =
        AStar::with_turns(c.network, c.costs, kCar, UTurns::allowed);  // there are no restrictions
    for (int query = 0; query < 5; ++query) {
      const NodeId from = c.dice.node(c.network), to = c.dice.node(c.network);
      const PathCost expected = boost_costs(BoostView(c.network, c.costs), from)[to];
      for (AStar* each : {&search, &with_turns}) {
        const auto path = each->find(from, to);
        REQUIRE(path.has_value() == (expected != kUnreachable));
        if (!path) continue;
        REQUIRE(path->cost == expected);
        REQUIRE(cost_along(c, path->links, from, to) == expected);
      }
    }
  }
}

TEST_CASE(
    "the nearest goal is the one Boost finds nearest, and of equals the first, on 600 random networks") {
  for (std::uint32_t number = 0; number < kNetworks; ++number) {
    CAPTURE(number);
    Case c("nearest", number);
    std::vector<Column<NodeId, PathCost>> cost;
    for (const NodeId goal : c.roots) cost.push_back(boost_costs(BoostView(c.network, c.costs, true), goal));
    const Nearest nearest = nearest_of(c.network, c.costs, c.roots);
    for (std::uint32_t row = 0; row < c.network.node_count(); ++row) {
      const NodeId node{row};
      std::vector<RankedGoal> ranked;
      for (std::uint32_t goal = 0; goal < c.roots.size(); ++goal) {
        if (cost[goal][node] != kUnreachable) ranked.push_back({goal, cost[goal][node]});
      }
      std::stable_sort(ranked.begin(), ranked.end(), [](auto a, auto b) { return a.cost < b.cost; });
      REQUIRE(nearest.goal[node] == (ranked.empty() ? kNoGoal : ranked.front().goal));
      REQUIRE(nearest.cost[node] == (ranked.empty() ? kUnreachable : ranked.front().cost));

      const std::size_t count = c.dice.below(6);
      if (ranked.size() > count) ranked.resize(count);
      REQUIRE(goals_by_cost(c.network, c.costs, c.roots, node, count) == ranked);
    }
  }
}

TEST_CASE("the router's costs to everywhere are those Boost says, on 600 random networks") {
  for (std::uint32_t number = 0; number < kNetworks; ++number) {
    if (number % 4 == 3) continue;  // costs of weeks a link, which a router refuses
    CAPTURE(number);
    Case c("router", number);
    const Router router(c.network, c.costs, kFoot, Turns::ignored);
    Router::Search search(router);
    std::vector<NodeId> everywhere(c.network.node_count());
    for (std::uint32_t row = 0; row < everywhere.size(); ++row) everywhere[row] = NodeId{row};
    const Router::Targets targets = router.targets(everywhere);
    for (const NodeId root : c.roots) {
      const auto expected = boost_costs(BoostView(c.network, c.costs), root);
      REQUIRE(search.costs(root, targets) == expected);
      const NodeId to = c.dice.node(c.network);
      const auto path = search.find(root, to);
      REQUIRE((path ? path->cost : kUnreachable) == expected[to]);
      if (path) REQUIRE(cost_along(c, path->links, root, to) == expected[to]);
    }
  }
}
