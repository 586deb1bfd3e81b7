/// Shortest ways against methods too simple to be wrong.
#include <algorithm>
#include <vector>

#include "chimata/routing/time_dependent.hpp"
#include "chimata/routing/tree.hpp"
#include "chimata/verification/draw.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

LinkCosts any_costs(const Network& network, Draw& draw, std::uint32_t greatest, double closed) {
  LinkCosts costs(network.link_count());
  for (Cost& cost : costs) {
    cost = 1 + draw.below(greatest);
    if (draw.uniform() < closed) cost = kClosed;
  }
  return costs;
}

/// Bellman and Ford: relax every link as often as there are nodes.
Column<NodeId, PathCost> bellman_ford(const Network& network, const LinkCosts& costs, NodeId goal) {
  Column<NodeId, PathCost> cost(network.node_count(), kUnreachable);
  cost[goal] = 0;
  for (std::size_t round = 0; round < network.node_count(); ++round) {
    for (std::uint32_t l = 0; l < network.link_count(); ++l) {
      const LinkId link{l};
      const PathCost onward = cost[network.head(link)];
      if (costs[link] == kClosed || onward == kUnreachable) continue;
      cost[network.tail(link)] = std::min<PathCost>(cost[network.tail(link)], onward + costs[link]);
    }
  }
  return cost;
}

void trees(Check& check, const Verification&) {
  std::size_t wrong = 0, nodes = 0;
  for (std::uint32_t number = 0; number < 200; ++number) {
    Draw draw("verification.tree", number);
    const Network network = any_network(5 + draw.below(60), 10 + draw.below(150), draw);
    const LinkCosts costs = any_costs(network, draw, number % 2 ? 10 : 100'000, 0.1);
    const NodeId goal{draw.below(static_cast<std::uint32_t>(network.node_count()))};
    const Tree tree = tree_to(network, costs, {&goal, 1});
    const auto expected = bellman_ford(network, costs, goal);
    for (std::uint32_t n = 0; n < network.node_count(); ++n) {
      const NodeId node{n};
      ++nodes;
      bool right = tree.cost[node] == expected[node];
      const LinkId next = tree.next[node];
      // the first link of the way leads there at this cost
      if (right && next.valid())
        right = network.tail(next) == node && expected[node] == expected[network.head(next)] + costs[next];
      right = right && next.valid() == (node != goal && expected[node] != kUnreachable);
      wrong += !right;
    }
  }
  expect_none_wrong(check, wrong, nodes, "nodes of 200 networks");
}

struct TimedCase {
  Network network;
  LinkCosts costs;
  std::vector<Closing> closures;
  NodeId from, to;
};

TimedCase timed_case(std::uint32_t number) {
  Draw draw("verification.closing", number);
  TimedCase c;
  c.network = any_network(3 + draw.below(6), 4 + draw.below(12), draw);
  c.costs = any_costs(c.network, draw, 9, 0.05);
  for (std::uint32_t l = 0; l < c.network.link_count(); ++l) {
    std::int64_t time = draw.below(12);
    for (std::uint32_t windows = draw.below(4); windows > 0; --windows) {
      const std::int64_t end = time + 1 + draw.below(20);
      c.closures.push_back({LinkId{l}, {Time{Duration{time}}, Time{Duration{end}}}});
      time = end + 1 + draw.below(8);
    }
  }
  const auto nodes = static_cast<std::uint32_t>(c.network.node_count());
  c.from = NodeId{draw.below(nodes)}, c.to = NodeId{draw.below(nodes)};
  return c;
}

/// Where one can be at every millisecond; the arrival, or kNever.
Time everywhere_at_once(const TimedCase& c, Waiting waiting) {
  constexpr int horizon = 300;  // ms; every closure has ended by 130, and no way is longer than 8 links of 9
  std::vector<std::vector<char>> there(horizon + 10, std::vector<char>(c.network.node_count(), 0));
  there[0][c.from.value] = 1;
  for (int now = 0; now < horizon; ++now) {
    if (there[now][c.to.value]) return Time{Duration{now}};
    for (std::uint32_t l = 0; l < c.network.link_count(); ++l) {
      const LinkId link{l};
      if (!there[now][c.network.tail(link).value] || c.costs[link] == kClosed) continue;
      const bool shut = std::any_of(c.closures.begin(), c.closures.end(), [&](const Closing& closure) {
        return closure.link == link && closure.window.contains(Time{Duration{now}});
      });
      if (!shut) there[now + static_cast<int>(c.costs[link])][c.network.head(link).value] = 1;
    }
    if (waiting == Waiting::forbidden) continue;
    for (std::size_t n = 0; n < c.network.node_count(); ++n) there[now + 1][n] |= there[now][n];
  }
  return kNever;
}

void closing_links(Check& check, const Verification&) {
  std::size_t wrong = 0, cases = 0, differ = 0;
  for (std::uint32_t number = 0; number < 200; ++number) {
    const TimedCase c = timed_case(number);
    const Closures closures(c.network.link_count(), c.closures);
    Time arrival[2];
    for (const Waiting waiting : {Waiting::allowed, Waiting::forbidden}) {
      const auto path = earliest_arrival(c.network, c.costs, closures, c.from, c.to, kStart, waiting);
      const Time found = path ? path->arrival : kNever;
      arrival[static_cast<int>(waiting)] = found;
      wrong += found != everywhere_at_once(c, waiting);
      ++cases;
    }
    differ += arrival[0] != arrival[1];
  }
  expect_none_wrong(check, wrong, cases, "arrivals");
  check.measured += "; waiting mattered in " + std::to_string(differ) + " of 200 networks";
  check.passed = check.passed && differ > 0;
}

}  // namespace

std::vector<Question> path_checks() {
  return {
      {"trees", "最短経路木=Bellman-Ford(200網)", "Shortest path trees equal Bellman-Ford on 200 networks",
       "Bellman 1958, Ford 1956; exhaustive relaxation", 'A', trees},
      {"closing_links", "通行止め・再開のある経路=総当たり(200網)",
       "Earliest arrival over closing and reopening links equals exhaustion on 200 networks",
       "Exhaustion of all moments and nodes", 'A', closing_links}};
}

}  // namespace chimata::verification
