#include "chimata/routing/hierarchy.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "chimata/routing/contraction_order.hpp"
#include "chimata/routing/minimum_cut.hpp"
#include "support/road_network.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

struct Streets {
  explicit Streets(const Network& network) : position(network.position) {
    for (std::uint32_t s = 0; s < network.segment_count(); ++s) {
      tail.push_back(network.from.at(s).value);
      head.push_back(network.to.at(s).value);
    }
  }
  [[nodiscard]] StreetMap map() const { return {position, tail, head}; }
  std::vector<Point> position;
  std::vector<std::uint32_t> tail, head;
};

bool names_each_once(std::vector<std::uint32_t> order, std::size_t count) {
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> all(count);
  std::iota(all.begin(), all.end(), 0u);
  return order == all;
}

}  // namespace

TEST_CASE("two towns joined by two bridges are parted at the bridges") {
  // towns 0-1-2 and 3-4-5, all streets inside; bridges 2-3 and 1-4
  const std::vector<MinimumCut::Edge> streets{{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {2, 3}, {1, 4}};
  MinimumCut cut(6, streets);
  const std::vector<std::uint32_t> line{0, 1, 2, 3, 4, 5};
  REQUIRE(cut.part(line, 1, 100));
  CHECK(cut.size() == 2);
  CHECK_FALSE(cut.part(line, 1, 1));
  CHECK(cut.part(line, 3, 100));
  for (std::uint32_t place = 0; place < 6; ++place) CHECK(cut.on_first_side(place) == (place < 3));
}

TEST_CASE("every place and every street has one rank, whatever the map looks like") {
  for (std::uint32_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    Dice dice("orders", number);
    const Network network =
        make(RandomNetwork{.nodes = 1 + dice.below(60), .segments = dice.below(120), .loop = 0.1}, dice);
    const Streets streets(network);
    CHECK(names_each_once(order_of_places(streets.map()), network.node_count()));
    CHECK(names_each_once(order_of_streets(streets.map()), network.segment_count()));
  }
}

TEST_CASE("places on one spot can be put in order too") {
  const std::vector<Point> spot(20);
  std::vector<std::uint32_t> tail, head;
  for (std::uint32_t a = 0; a < 20; ++a) {
    for (std::uint32_t b = 0; b < a; ++b) tail.push_back(a), head.push_back(b);
  }
  CHECK(names_each_once(order_of_places({spot, tail, head}), 20));
  CHECK(names_each_once(order_of_streets({spot, tail, head}), tail.size()));
}

TEST_CASE("higher neighbours of a vertex are neighbours of each other, and its ancestors") {
  for (std::uint32_t number = 0; number < 100; ++number) {
    CAPTURE(number);
    Dice dice("chordal", number);
    const Network network =
        make(RandomNetwork{.nodes = 1 + dice.below(40), .segments = dice.below(80)}, dice);
    const Streets streets(network);
    const Hierarchy h(order_of_places(streets.map()), streets.tail, streets.head);
    for (Hierarchy::Rank v = 0; v < h.vertex_count(); ++v) {
      for (std::uint32_t a = h.first_up(v); a < h.end_up(v); ++a) {
        REQUIRE(h.head(a) > v);
        for (std::uint32_t b = a + 1; b < h.end_up(v); ++b) {
          REQUIRE(h.head(a) < h.head(b));
          REQUIRE(h.arc_between(h.head(a), h.head(b)) != Hierarchy::kNone);
        }
      }
      REQUIRE(h.parent(v) == (h.first_up(v) == h.end_up(v) ? Hierarchy::kNone : h.head(h.first_up(v))));
    }
  }
}

TEST_CASE("groups of one layer can be worked on at the same time") {
  const Network town = road_network(40, Dice("groups", 0));
  const Streets streets(town);
  const Hierarchy h(order_of_places(streets.map()), streets.tail, streets.head);
  std::vector<std::uint32_t> layer_of(h.vertex_count(), Hierarchy::kNone), group_of(h.vertex_count());
  for (std::uint32_t layer = 0; layer + 1 < h.layers().size(); ++layer) {
    for (std::uint32_t g = h.layers()[layer]; g < h.layers()[layer + 1]; ++g) {
      for (std::uint32_t row = h.groups()[g].row; row < h.groups()[g].end; ++row) {
        REQUIRE(layer_of[h.members()[row]] == Hierarchy::kNone);
        layer_of[h.members()[row]] = layer;
        group_of[h.members()[row]] = g;
      }
    }
  }
  CHECK(h.groups().size() > 20);
  for (std::uint32_t arc = 0; arc < h.arc_count(); ++arc) {  // what a vertex reads is done by then
    const auto low = h.tail(arc), high = h.head(arc);
    REQUIRE((layer_of[low] < layer_of[high] || group_of[low] == group_of[high]));
  }
}

TEST_CASE("a town's hierarchy has few arcs for its streets") {
  const Network town = road_network(100, Dice("few arcs", 0));
  const Streets streets(town);
  const Hierarchy h(order_of_places(streets.map()), streets.tail, streets.head);
  CHECK(h.arc_count() < 4 * town.segment_count());
}
