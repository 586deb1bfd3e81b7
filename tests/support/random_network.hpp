/// Small networks nobody would draw: parallel streets, loops, lone nodes, streets that cost nothing.
#pragma once

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "chimata/core/random.hpp"
#include "chimata/network/builder.hpp"
#include "chimata/routing/travel_cost.hpp"

namespace chimata::test {

/// A sequence of numbers for one test case, from addressed random numbers.
class Dice {
 public:
  Dice(std::string_view what, std::uint32_t number)
      : random_(Seed{20260101}), purpose_(what), number_(number) {}
  /// Whole number in [0, end).
  std::uint32_t below(std::uint32_t end) {
    return static_cast<std::uint32_t>(random_.bits(purpose_, number_, tick_++) % end);
  }
  double uniform() { return random_.uniform(purpose_, number_, tick_++); }
  bool chance(double probability) { return uniform() < probability; }
  NodeId node(const Network& network) {
    return NodeId{below(static_cast<std::uint32_t>(network.node_count()))};
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::uint32_t i = static_cast<std::uint32_t>(items.size()); i > 1; --i) {
      std::swap(items[i - 1], items[below(i)]);
    }
  }

 private:
  Random random_;
  Purpose purpose_;
  std::uint32_t number_, tick_ = 0;
};

struct RandomNetwork {
  std::uint32_t nodes = 30;
  std::uint32_t segments = 60;
  double same_again = 0.1;  ///< chance that a segment repeats the ends of the one before
  double loop = 0.03;       ///< chance that a segment ends where it begins
};

inline Network make(const RandomNetwork& wanted, Dice& dice) {
  NetworkBuilder builder;
  for (std::uint32_t i = 0; i < wanted.nodes; ++i) {
    builder.add_node({1000 * dice.uniform(), 1000 * dice.uniform()});
  }
  NodeId from, to;
  for (std::uint32_t i = 0; i < wanted.segments; ++i) {
    if (i == 0 || !dice.chance(wanted.same_again)) {
      from = dice.node(builder.so_far());
      to = dice.chance(wanted.loop) ? from : dice.node(builder.so_far());
    }
    SegmentDraft draft;
    draft.from = from, draft.to = to;
    builder.add_segment(draft);
  }
  return builder.build();
}

/// What the costs of a test network look like.
struct RandomCosts {
  std::uint32_t below = 10;  ///< small whole numbers: many ties
  double zero = 0.15;
  double closed = 0.15;
  bool by_length = false;  ///< about proportional to the straight line, so that a bound can guide
};

inline LinkCosts make(const RandomCosts& wanted, const Network& network, Dice& dice) {
  LinkCosts costs(network.link_count());
  for (std::uint32_t row = 0; row < costs.size(); ++row) {
    Cost& cost = costs[LinkId{row}];
    cost = wanted.by_length
               ? static_cast<Cost>(network.length_of(LinkId{row}) * (1 + dice.uniform()) * 700) + 1
               : dice.below(wanted.below);
    if (dice.chance(wanted.zero)) cost = 0;
    if (dice.chance(wanted.closed)) cost = kClosed;
  }
  return costs;
}

/// Costs of the kind that suits test case `number`: in turn small with zeros, by length, by length with
/// zeros, and as large as a cost can be.
inline LinkCosts costs_of_kind(std::uint32_t number, const Network& network, Dice& dice) {
  switch (number % 4) {
    case 0:
      return make(RandomCosts{}, network, dice);
    case 1:
      return make({.zero = 0, .closed = 0.1, .by_length = true}, network, dice);
    case 2:
      return make({.zero = 0.1, .closed = 0.3, .by_length = true}, network, dice);
    default: {
      LinkCosts costs = make({.below = 3, .zero = 0, .closed = 0.1}, network, dice);
      for (Cost& cost : costs) {
        if (cost != kClosed) cost = kClosed - 1 - cost;
      }
      return costs;
    }
  }
}

/// A town of side x side crossings, each a little off its place, one street in ten missing, lengths up
/// to a third longer than the straight line.
inline Network perturbed_grid(std::uint32_t side, Dice dice) {
  NetworkBuilder builder;
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      builder.add_node({column * 80 + 50 * dice.uniform(), row * 80 + 50 * dice.uniform()});
    }
  }
  const auto street = [&](std::uint32_t from, std::uint32_t to) {
    if (dice.chance(0.1)) return;
    SegmentDraft draft;
    draft.from = NodeId{from}, draft.to = NodeId{to};
    const auto& position = builder.so_far().position;
    draft.length = distance(position[draft.from], position[draft.to]) * (1 + dice.uniform() / 3);
    builder.add_segment(draft);
  };
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      const std::uint32_t here = row * side + column;
      if (column + 1 < side) street(here, here + 1);
      if (row + 1 < side) street(here, here + side);
    }
  }
  return builder.build();
}

}  // namespace chimata::test
