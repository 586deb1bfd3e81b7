#include "chimata/routing/time_dependent.hpp"

#include <doctest/doctest.h>

#include "support/random_network.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

Time at(std::int64_t ms) {
  return Time{Duration{ms}};
}

/// Where one can be at each millisecond, as one bit per node and moment: no labels, no pruning.
Time brute_force(const Network& network, const LinkCosts& costs, const std::vector<LinkClosure>& closures,
                 NodeId from, NodeId to, Time depart, Waiting waiting, int horizon) {
  std::vector<std::vector<char>> there(horizon + 1, std::vector<char>(network.node_count()));
  there[0][from.value] = 1;
  for (int now = 0; now <= horizon; ++now) {
    const Time moment = depart + Duration{now};
    for (bool changed = true; changed;) {  // links of no cost lead on within the moment
      changed = false;
      for (std::uint32_t row = 0; row < network.link_count(); ++row) {
        const LinkId link{row};
        if (!there[now][network.tail(link).value] || costs[link] == kClosed) continue;
        bool shut = false;
        for (const LinkClosure& c : closures) shut = shut || (c.link == link && c.window.contains(moment));
        const std::int64_t then = now + std::int64_t{costs[link]};
        if (shut || then > horizon || there[then][network.head(link).value]) continue;
        there[then][network.head(link).value] = 1;
        changed = changed || then == now;
      }
    }
    if (there[now][to.value]) return moment;
    if (waiting == Waiting::allowed && now < horizon) {
      for (std::size_t i = 0; i < network.node_count(); ++i) there[now + 1][i] |= there[now][i];
    }
  }
  return kNever;
}

std::vector<LinkClosure> random_closures(const Network& network, Dice& dice) {
  std::vector<LinkClosure> closures;
  for (std::uint32_t row = 0; row < network.link_count(); ++row) {
    // disjoint windows, one after the other: the link closes and reopens
    std::int64_t time = 5 + dice.below(15);
    for (std::uint32_t window = dice.below(4); window > 0; --window) {
      const std::int64_t end = time + 1 + dice.below(25);
      closures.push_back({LinkId{row}, {at(time), dice.chance(0.2) ? kNever : at(end)}});
      if (closures.back().window.to == kNever) break;
      time = end + 1 + dice.below(6);
    }
  }
  dice.shuffle(closures);
  return closures;
}

void check_walkable(const TimedPath& path, const Network& network, const LinkCosts& costs,
                    const Closures& closures, NodeId from, NodeId to, Time depart, Waiting waiting) {
  REQUIRE(path.links.size() == path.entries.size());
  Time now = depart;
  for (std::size_t i = 0; i < path.links.size(); ++i) {
    const LinkId link = path.links[i];
    REQUIRE(network.tail(link) == from);
    REQUIRE((waiting == Waiting::allowed ? path.entries[i] >= now : path.entries[i] == now));
    for (const Window& window : closures.of(link)) REQUIRE_FALSE(window.contains(path.entries[i]));
    now = path.entries[i] + Duration{costs[link]};
    from = network.head(link);
  }
  REQUIRE(from == to);
  REQUIRE(now == path.arrival);
}

}  // namespace

TEST_CASE(
    "time-dependent paths equal brute force on 200 random small graphs with closing and reopening links") {
  int waiting_helps = 0, delayed = 0, never = 0;
  for (std::uint32_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    Dice dice("closures", number);
    const Network network =
        make(RandomNetwork{.nodes = 3 + dice.below(7), .segments = 4 + dice.below(12)}, dice);
    const LinkCosts costs = make(RandomCosts{.below = 9, .zero = 0.08, .closed = 0.05}, network, dice);
    const std::vector<LinkClosure> list = random_closures(network, dice);
    const Closures closures(network.link_count(), list);
    const Time depart = at(dice.below(10));
    // every window that ends has ended by 120 ms; then no way is longer than 9 links of 8 ms
    const int horizon = 250;
    for (int query = 0; query < 4; ++query) {
      const NodeId from = dice.node(network), to = dice.node(network);
      Time arrival[2];
      for (const Waiting waiting : {Waiting::allowed, Waiting::forbidden}) {
        const auto path = earliest_arrival(network, costs, closures, from, to, depart, waiting);
        const Time expected = brute_force(network, costs, list, from, to, depart, waiting, horizon);
        REQUIRE((path ? path->arrival : kNever) == expected);
        if (path) check_walkable(*path, network, costs, closures, from, to, depart, waiting);
        arrival[waiting == Waiting::forbidden] = expected;
      }
      const auto free = earliest_arrival(network, costs, Closures(network.link_count(), {}), from, to, depart,
                                         Waiting::forbidden);
      waiting_helps += arrival[0] < arrival[1];
      delayed += free && free->arrival < arrival[0];
      never += free && arrival[0] == kNever;
    }
  }
  CHECK(waiting_helps > 20);  // the cases are not trivial
  CHECK(delayed > 20);
  CHECK(never > 5);
}

TEST_CASE("who may not wait walks a detour until the gate opens") {
  // A ---10--- B ---10--- C, the gate B-C shut until 35 ms; from B a dead end D, 10 ms away
  NetworkBuilder builder;
  const NodeId a = builder.add_node({0, 0}), b = builder.add_node({10, 0}), c = builder.add_node({20, 0}),
               d = builder.add_node({10, 10});
  const auto street = [&](NodeId from, NodeId to) {
    SegmentDraft draft;
    draft.from = from, draft.to = to;
    return Network::forward(builder.add_segment(draft));
  };
  street(a, b);
  const LinkId gate = street(b, c);
  const LinkId detour = street(b, d);
  const Network network = builder.build();
  LinkCosts costs(network.link_count(), 10);
  costs[Network::forward(SegmentId{0u})] = 5, costs[LinkId{1u}] = kClosed;
  const Closures closures(network.link_count(), {{gate, {at(0), at(35)}}});

  CHECK(earliest_arrival(network, costs, closures, a, c, at(0), Waiting::allowed)->arrival == at(45));
  const auto path = earliest_arrival(network, costs, closures, a, c, at(0), Waiting::forbidden);
  REQUIRE(path);
  CHECK(path->arrival == at(55));  // B at 5, twice to D and back, B at 45
  CHECK(path->links ==
        std::vector{LinkId{0u}, detour, Network::twin_of(detour), detour, Network::twin_of(detour), gate});
  // whoever entered before a link closed walks on
  const Closures later(network.link_count(), {{gate, {at(6), kNever}}});
  CHECK(earliest_arrival(network, costs, later, a, c, at(0), Waiting::forbidden)->arrival == at(15));
  CHECK_FALSE(earliest_arrival(network, costs, later, a, c, at(2), Waiting::allowed));
}

TEST_CASE("closures are merged whatever their order") {
  const LinkId link{1u};
  const Closures closures(3, {{link, {at(20), at(30)}},
                              {link, {at(5), at(5)}},
                              {link, {at(40), kNever}},
                              {link, {at(10), at(20)}},
                              {link, {at(12), at(15)}}});
  REQUIRE(closures.of(link).size() == 2);
  CHECK(closures.open_from(link, at(9)) == at(9));
  CHECK(closures.open_from(link, at(10)) == at(30));
  CHECK(closures.open_from(link, at(30)) == at(30));
  CHECK(closures.open_from(link, at(40)) == kNever);
  CHECK_FALSE(closures.closed(LinkId{0u}, at(10)));
  CHECK(closures.closed(link, at(29)));
}
