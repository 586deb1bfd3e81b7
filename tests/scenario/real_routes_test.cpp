// The router on real streets against A* link by link. With CHIMATA_THOROUGH set, 10,000 pairs a map.
#include <doctest/doctest.h>

#include <cstdlib>
#include <deque>

#include "chimata/io/osm.hpp"
#include "chimata/routing/costs.hpp"
#include "chimata/routing/router.hpp"
#include "routing/random_turns.hpp"
#include "support/real_data.hpp"
#include "support/road_network.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

struct Outcome {
  int pairs = 0, found = 0, mismatches = 0;
};

/// Random pairs; after every ten some streets close and others reopen.
Outcome race(const Network& network, Dice dice) {
  const LinkCosts open = driving_costs(network);
  LinkCosts costs = open;
  Arena arena(1);
  Router router(network, costs, kCar);
  Router::Search search(router);
  const std::vector<NodeId> nodes = nodes_for_cars(network);
  const auto any = [&] { return nodes[dice.below(static_cast<std::uint32_t>(nodes.size()))]; };
  std::deque<std::vector<LinkId>> closed;
  Outcome outcome;
  const int rounds = std::getenv("CHIMATA_THOROUGH") != nullptr ? 1000 : 30;
  for (int round = 0; round < rounds; ++round) {
    // twenty streets close; those that closed five rounds ago open again
    std::vector<LinkId> changed;
    for (int i = 0; i < 20; ++i) {
      changed.push_back(LinkId{dice.below(static_cast<std::uint32_t>(network.link_count()))});
      costs[changed.back()] = kClosed;
    }
    closed.push_back(changed);
    if (closed.size() > 5) {
      for (const LinkId link : closed.front()) {
        costs[link] = open[link];
        changed.push_back(link);
      }
      closed.pop_front();
    }
    router.update(costs, changed, arena);
    AStar oracle = AStar::with_turns(network, costs, kCar);
    for (int pair = 0; pair < 10; ++pair) {
      const NodeId from = any(), to = any();
      const auto expected = oracle.find(from, to);
      const auto path = search.find(from, to);
      bool right = path.has_value() == expected.has_value();
      if (path && expected) {
        right = path->cost == expected->cost &&
                driven(*router.graph().turn_graph(), costs, path->links, from, to) == path->cost;
        ++outcome.found;
      }
      ++outcome.pairs;
      outcome.mismatches += !right;
    }
  }
  return outcome;
}

}  // namespace

TEST_CASE("on real streets with restrictions and closures every way is a shortest one") {
  for (const std::string name : {"de_bad_hersfeld.osm.gz", "de_niedersachsen_main_roads.osm.gz"}) {
    CAPTURE(name);
    const auto path = real_data("network/osm/" + name);
    if (!path) continue;
    Network network = io::read_osm(*path).network;
    Dice dice("real routes", 0);
    restrict_crossings(network, dice);  // besides those of the map: the second has none
    const Outcome outcome = race(network, dice);
    MESSAGE(name << ": " << outcome.pairs << " pairs, " << outcome.found << " with a way");
    CHECK(outcome.found > outcome.pairs / 2);
    CHECK(outcome.mismatches == 0);
  }
}
