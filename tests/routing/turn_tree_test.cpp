#include "chimata/routing/turn_tree.hpp"

#include <doctest/doctest.h>

#include "routing/random_turns.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// A street A-B-C with a branch B-D, 10 ms each.
struct Branch {
  Branch() {
    NetworkBuilder builder;
    for (const Point at : {Point{0, 0}, Point{1, 0}, Point{2, 0}, Point{1, 1}}) builder.add_node(at);
    for (const std::uint32_t end : {0u, 2u, 3u}) {
      SegmentDraft draft;
      draft.from = NodeId{end}, draft.to = b;
      builder.add_segment(draft);
    }
    network = builder.build();
    costs.assign(network.link_count(), 10);
  }
  Network network;
  LinkCosts costs;
  NodeId a{0u}, b{1u}, c{2u}, d{3u};
  LinkId ab{0u}, ba{1u}, cb{2u}, bc{3u}, db{4u}, bd{5u};
};

}  // namespace

TEST_CASE("a car that may not turn left goes on to the dead end and comes back") {
  Branch street;
  street.network.restrictions.push_back({{street.ab, street.bd}});
  const TurnGraph graph(street.network, kCar);
  const TurnTree tree = tree_to(graph, street.costs, std::span(&street.d, 1));
  TurnState at = tree.start(graph, street.costs, street.a);
  std::vector<LinkId> links;
  for (; at != kNoState; at = tree.next[at]) links.push_back(graph.link_of(at));
  CHECK(links == std::vector{street.ab, street.bc, street.cb, street.bd});
  CHECK(tree.cost[graph.enter(street.ab)] == 30);
  CHECK(tree.cost[graph.enter(street.bd)] == 0);
}

TEST_CASE("whoever is on a street that closes finds the way out, and nobody finds the way in") {
  Branch street;
  street.costs[street.cb] = kClosed;
  const TurnGraph graph(street.network, kCar);
  const TurnTree tree = tree_to(graph, street.costs, std::span(&street.d, 1));
  CHECK(tree.cost[graph.enter(street.cb)] == 10);
  CHECK(tree.cost[graph.enter(street.bc)] == kUnreachable);
  CHECK(tree.start(graph, street.costs, street.c) == kNoState);
}

TEST_CASE("a penalty makes a turn dearer and may forbid it") {
  const Branch street;
  const auto left = [&](Cost penalty) {
    return TurnGraph(street.network, kCar, UTurns::at_dead_ends, [&street, penalty](LinkId from, LinkId to) {
      return from == street.ab && to == street.bd ? penalty : 0;
    });
  };
  const auto cost = [&](const TurnGraph& graph) {
    return tree_to(graph, street.costs, std::span(&street.d, 1)).cost[graph.enter(street.ab)];
  };
  CHECK(cost(left(0)) == 10);
  CHECK(cost(left(7)) == 17);
  CHECK(cost(left(25)) == 30);  // round the dead end
  CHECK(cost(left(kClosed)) == 30);
}

TEST_CASE("links a mode may not use are no part of its graph") {
  Branch street;
  street.network.modes[street.bd] = kFoot;
  const TurnGraph graph(street.network, kCar);
  CHECK(graph.enter(street.bd) == kNoState);
  CHECK(graph.state_count() == 5);
  CHECK(tree_to(graph, street.costs, std::span(&street.d, 1)).start(graph, street.costs, street.a) ==
        kNoState);
}

TEST_CASE("trees over turns cost what single searches do, and following them obeys the rules") {
  std::size_t found = 0, none = 0;
  for (std::uint32_t number = 0; number < 300; ++number) {
    CAPTURE(number);
    Dice dice("turn trees", number);
    Network network = make(RandomNetwork{.nodes = 2 + dice.below(20), .segments = 1 + dice.below(40)}, dice);
    restrict_turns(network, dice.below(30), 3, dice);
    const LinkCosts costs = costs_of_kind(number, network, dice);
    const UTurns u_turns = dice.chance(0.5) ? UTurns::allowed : UTurns::at_dead_ends;
    const TurnGraph graph(network, kCar, u_turns);
    AStar search = AStar::with_turns(network, costs, kCar, u_turns);
    TurnTreeSearch trees(graph);
    const NodeId goal = dice.node(network);
    const TurnTree& tree = trees.to(costs, std::span(&goal, 1));
    for (std::uint32_t row = 0; row < network.node_count(); ++row) {
      const NodeId from{row};
      if (from == goal) continue;
      const auto path = search.find(from, goal);
      TurnState at = tree.start(graph, costs, from);
      REQUIRE(path.has_value() == (at != kNoState));
      if (!path) {
        ++none;
        continue;
      }
      REQUIRE(costs[graph.link_of(at)] + tree.cost[at] == path->cost);
      std::vector<LinkId> links;
      for (; at != kNoState && links.size() <= graph.state_count(); at = tree.next[at]) {
        links.push_back(graph.link_of(at));
      }
      REQUIRE(driven(graph, costs, links, from, goal) == path->cost);
      ++found;
    }
  }
  CHECK(found > 500);
  CHECK(none > 500);
}

TEST_CASE(
    "of turns that lead equally fast the one into the state of smaller number is kept, at any price of "
    "turns") {
  std::size_t ties = 0;
  for (std::uint32_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    Dice dice("turn ties", number);
    Network network = make(RandomNetwork{.nodes = 2 + dice.below(20), .segments = 1 + dice.below(60)}, dice);
    restrict_turns(network, dice.below(10), 3, dice);
    LinkCosts costs(network.link_count(), 1000);  // so that many ways are equal
    for (std::uint32_t l = 0; l < costs.size(); ++l) {
      if (dice.chance(0.1)) costs[LinkId{l}] = kClosed;
    }
    const bool priced = number % 2 == 1;
    const TurnGraph graph(network, kCar, dice.chance(0.5) ? UTurns::allowed : UTurns::at_dead_ends,
                          priced ? TurnPenalty{[](LinkId from, LinkId to) {
                            return Cost{1000} * ((from.value + to.value) % 3);
                          }}
                                 : TurnPenalty{});
    const NodeId goal = dice.node(network);
    const TurnTree tree = tree_to(graph, costs, std::span(&goal, 1));
    for (TurnState state = 0; state < graph.state_count(); ++state) {
      if (graph.head(state) == goal) continue;
      PathCost least = kUnreachable;
      TurnState first = kNoState;
      std::size_t equal = 0;
      for (std::uint32_t arc = graph.first_arc(state); arc < graph.end_arc(state); ++arc) {
        const PathCost step = graph.cost(arc, costs), rest = tree.cost[graph.to(arc)];
        if (step == kUnreachable || rest == kUnreachable || step + rest > least) continue;
        equal = step + rest < least ? 1 : equal + 1;
        first = step + rest < least ? graph.to(arc) : std::min(first, graph.to(arc));
        least = step + rest;
      }
      REQUIRE(tree.cost[state] == least);
      REQUIRE(tree.next[state] == first);
      ties += equal > 1 ? 1 : 0;
    }
  }
  CHECK(ties > 500);
}
