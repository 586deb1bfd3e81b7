#include <doctest/doctest.h>

#include "chimata/routing/nearest.hpp"
#include "chimata/routing/path.hpp"
#include "chimata/routing/tree.hpp"
#include "support/random_network.hpp"

using namespace chimata;
using namespace chimata::test;

TEST_CASE("among equally fast ways a tree takes the link with the smallest id") {
  for (std::uint32_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    Dice dice("ties", number);
    const Network network = make(RandomNetwork{.nodes = 15, .segments = 60}, dice);
    const LinkCosts costs = make(RandomCosts{.below = 4, .zero = 0.1}, network, dice);
    const std::vector<NodeId> goals{dice.node(network), dice.node(network)};
    const Tree to = tree_to(network, costs, goals), from = tree_from(network, costs, goals);

    for (std::uint32_t row = 0; row < network.node_count(); ++row) {
      const NodeId node{row};
      LinkId first, last;  // the smallest of positive cost that keeps up with the tree
      for (const LinkId link : network.leaving(node)) {
        const LinkId twin = Network::twin_of(link);
        const NodeId other = network.head(link);
        const auto keeps_up = [&](const Tree& tree, LinkId l) {
          return costs[l] != kClosed && costs[l] > 0 && tree.cost[other] != kUnreachable &&
                 tree.cost[other] + costs[l] == tree.cost[node];
        };
        if (keeps_up(to, link)) first = std::min(first, link);
        if (keeps_up(from, twin)) last = std::min(last, twin);
      }
      if (first.valid()) REQUIRE(to.next[node] == first);
      if (last.valid()) REQUIRE(from.next[node] == last);
    }
  }
}

TEST_CASE("the order in which goals and restrictions are given changes nothing, nor does a used workspace") {
  for (std::uint32_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    Dice dice("permutation", number);
    Network network = make(RandomNetwork{.nodes = 12, .segments = 40}, dice);
    const LinkCosts costs = make(RandomCosts{.below = 3, .zero = 0.3}, network, dice);
    std::vector<NodeId> goals;
    for (int i = 0; i < 5; ++i) goals.push_back(dice.node(network));
    for (int i = 0; i < 20; ++i) {
      const LinkId link{dice.below(static_cast<std::uint32_t>(network.link_count()))};
      for (const LinkId next : network.leaving(network.head(link))) {
        if (dice.chance(0.3)) network.restrictions.push_back({{link, next}});
      }
    }
    const NodeId from = dice.node(network), to = dice.node(network);
    const Tree tree = tree_to(network, costs, goals);
    const Nearest nearest = nearest_of(network, costs, goals);
    const auto path = AStar::with_turns(network, costs, kCar).find(from, to);

    TreeSearch used(network);
    used.from(costs, std::span(&from, 1));
    dice.shuffle(goals);
    dice.shuffle(network.restrictions);
    const Tree& again = used.to(costs, goals);
    REQUIRE(again.cost == tree.cost);
    REQUIRE(again.next == tree.next);
    REQUIRE(nearest_of(network, costs, goals).cost == nearest.cost);
    AStar search = AStar::with_turns(network, costs, kCar);
    (void)search.find(to, from);
    const auto path_again = search.find(from, to);
    REQUIRE(path_again.has_value() == path.has_value());
    if (path) REQUIRE(path_again->cost == path->cost);
    if (path) REQUIRE(path_again->links == path->links);
  }
}
