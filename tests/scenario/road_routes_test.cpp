#include <doctest/doctest.h>

#include <set>

#include "chimata/io/roads.hpp"
#include "chimata/routing/costs.hpp"
#include "chimata/routing/path.hpp"
#include "support/real_data.hpp"

using namespace chimata;
using namespace chimata::test;

TEST_CASE("routes through real SUMO networks keep to their connections, and most places stay within reach") {
  for (const char* name :
       {"network/sumo/bologna_acosta/acosta_buslanes.net.xml", "network/bench/grid11.net.xml.gz",
        "network/sumo/bad_hersfeld/osm_edited.net.xml.gz"}) {
    const auto path = real_data(name);
    if (!path) continue;
    CAPTURE(name);
    const auto roads = io::read_roads(*path, io::road_format_of(*path));
    const Network& n = roads.network;
    std::set<std::pair<LinkId, LinkId>> forbidden;
    for (const auto& r : n.restrictions) {
      if (r.modes & kCar) forbidden.insert({r.path[0], r.path[1]});
    }
    REQUIRE_FALSE(forbidden.empty());
    const LinkCosts costs = driving_costs(n);
    AStar bound = AStar::with_turns(n, costs, kCar);
    AStar free{n, costs};
    std::size_t found = 0, reachable = 0, broken = 0;
    const auto nodes = static_cast<std::uint32_t>(n.node_count());
    for (std::uint32_t i = 0; i < 400; ++i) {
      // pairs spread over the network, the same every time
      const NodeId from{i * 7919u % nodes}, to{i * 104'729u % nodes};
      const auto shortest = free.find(from, to);
      const auto route = bound.find(from, to);
      reachable += shortest.has_value();
      if (!route) continue;
      ++found;
      REQUIRE(shortest);
      CHECK(route->cost >= shortest->cost);
      for (std::size_t k = 1; k < route->links.size(); ++k)
        broken += forbidden.contains({route->links[k - 1], route->links[k]});
    }
    CHECK(broken == 0);
    CHECK(found > 0);
    CHECK(10 * found >= 7 * reachable);
  }
}
