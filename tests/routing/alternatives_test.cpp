#include "chimata/routing/alternatives.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

#include "chimata/routing/costs.hpp"
#include "routing/random_turns.hpp"
#include "support/road_network.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// Two towns joined by three roads of 100, 110 and 200 s, each over a village.
struct ThreeRoads {
  ThreeRoads() {
    NetworkBuilder builder;
    for (const Point at : {Point{0, 0}, Point{2, 0}, Point{1, 0}, Point{1, 1}, Point{1, 2}}) {
      builder.add_node(at);
    }
    for (std::uint32_t village = 2; village < 5; ++village) {
      for (const std::uint32_t town : {0u, 1u}) {
        SegmentDraft draft;
        draft.from = NodeId{town}, draft.to = NodeId{village};
        builder.add_segment(draft);
      }
    }
    network = builder.build();
    for (const Cost half : {50000u, 55000u, 100000u}) costs.insert(costs.end(), 4, half);
  }
  Network network;
  LinkCosts costs;
};

}  // namespace

TEST_CASE("of three roads between towns the one that takes twice as long is no alternative") {
  const ThreeRoads map;
  const Router router(map.network, map.costs, kCar);
  const auto ways = AlternativeSearch(router).find(NodeId{0u}, NodeId{1u}, 5);
  REQUIRE(ways.size() == 2);
  CHECK(ways[0].cost == 100000);
  CHECK(ways[1].cost == 110000);
  const auto all = AlternativeSearch(router, {.stretch = 1.5}).find(NodeId{0u}, NodeId{1u}, 5);
  REQUIRE(all.size() == 3);
  CHECK(all[2].cost == 200000);
  CHECK(AlternativeSearch(router).find(NodeId{0u}, NodeId{1u}, 1).size() == 1);
  CHECK(AlternativeSearch(router).find(NodeId{0u}, NodeId{0u}, 3).front().links.empty());
}

TEST_CASE("leaving a road for a short stretch is no alternative, bypassing a quarter of the way is") {
  // 0 -30- 1 -40- 2 -30- 3, and 1 -22- 4 -22- 2 beside it; slow lanes in the towns at both ends, so that the
  // map is cut between 1 and 2
  NetworkBuilder builder;
  for (const Point at : {Point{0, 0}, Point{30, 0}, Point{70, 0}, Point{100, 0}, Point{50, 5}, Point{10, 5},
                         Point{20, 5}, Point{80, 5}, Point{90, 5}}) {
    builder.add_node(at);
  }
  LinkCosts costs;
  const auto road = [&](std::uint32_t from, std::uint32_t to, Cost seconds) {
    SegmentDraft draft;
    draft.from = NodeId{from}, draft.to = NodeId{to};
    builder.add_segment(draft);
    costs.insert(costs.end(), 2, seconds * 1000);
  };
  road(0, 1, 30), road(1, 2, 40), road(2, 3, 30), road(1, 4, 22), road(4, 2, 22);
  for (const auto& [a, b, c, d] : {std::array{0u, 1u, 5u, 6u}, std::array{3u, 2u, 7u, 8u}}) {
    road(a, c, 900), road(a, d, 900), road(b, c, 900), road(b, d, 900), road(c, d, 900);
  }
  const Network network = builder.build();
  const Router router(network, costs, kCar);
  CHECK(AlternativeSearch(router).find(NodeId{0u}, NodeId{3u}, 3).size() == 1);
  const auto ways = AlternativeSearch(router, {.local = 0.1}).find(NodeId{0u}, NodeId{3u}, 3);
  REQUIRE(ways.size() == 2);
  CHECK(ways[1].cost == 104000);
}

TEST_CASE("alternatives through a town are ways a driver may take, little longer and really different") {
  const Network town = road_network(70, Dice("alternatives", 0));
  const LinkCosts costs = driving_costs(town);
  const Router router(town, costs, kCar);
  const TurnGraph& graph = *router.graph().turn_graph();
  AlternativeSearch alternatives(router);
  Router::Search search(router);
  Dice dice("alternatives", 1);
  std::size_t pairs = 0, more = 0;
  for (int query = 0; query < 300; ++query) {
    const NodeId from = dice.node(town), to = dice.node(town);
    const auto best = search.find(from, to);
    const auto ways = alternatives.find(from, to, 3);
    REQUIRE(ways.empty() == !best.has_value());
    if (!best || from == to) continue;
    ++pairs;
    more += ways.size() > 1;
    REQUIRE(ways.front().cost == best->cost);
    std::set<LinkId> before;
    for (const Path& way : ways) {
      REQUIRE(driven(graph, costs, way.links, from, to) == way.cost);
      REQUIRE(static_cast<double>(way.cost) <= 1.25 * static_cast<double>(best->cost));
      PathCost shared = 0;
      for (const LinkId link : way.links) shared += before.contains(link) ? costs[link] : 0;
      REQUIRE(static_cast<double>(shared) <= 0.8 * static_cast<double>(best->cost));
      before.insert(way.links.begin(), way.links.end());
    }
    for (std::size_t i = 2; i < ways.size(); ++i) REQUIRE(ways[i - 1].cost <= ways[i].cost);
  }
  CHECK(pairs > 150);
  CHECK(more > pairs / 4);
}
