#include "chimata/network/network.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "chimata/network/builder.hpp"

using namespace chimata;

namespace {

/// A—B—C in a row, 100 m each, and D—E apart from them.
Network two_parts() {
  NetworkBuilder builder;
  const NodeId a = builder.add_node({0, 0}, 11), b = builder.add_node({100, 0}),
               c = builder.add_node({200, 0});
  const NodeId d = builder.add_node({0, 500}), e = builder.add_node({50, 500});
  builder.add_segment({.from = a, .to = b, .road_class = RoadClass::primary, .name = "本通り"});
  builder.add_segment(
      {.from = b, .to = c, .shape = {{100, 0}, {150, 50}, {200, 0}}, .name = "本通り", .width = 3.5});
  builder.add_segment({.from = d, .to = e, .road_class = RoadClass::footway});
  return builder.build();
}

}  // namespace

TEST_CASE("every segment has two links that share its ends") {
  const Network n = two_parts();
  CHECK(n.node_count() == 5);
  CHECK(n.segment_count() == 3);
  CHECK(n.link_count() == 6);
  for (std::uint32_t l = 0; l < n.link_count(); ++l) {
    const LinkId link{l}, twin = Network::twin_of(link);
    CHECK(n.tail(link) == n.head(twin));
    CHECK(n.head(link) == n.tail(twin));
    CHECK(Network::segment_of(link) == Network::segment_of(twin));
  }
}

TEST_CASE("links leave the node they start from, in ascending order") {
  const Network n = two_parts();
  std::size_t total = 0;
  for (std::uint32_t i = 0; i < n.node_count(); ++i) {
    LinkId last{0u};
    for (const LinkId link : n.leaving(NodeId{i})) {
      CHECK(n.tail(link) == NodeId{i});
      CHECK(link >= last);
      last = link;
      ++total;
    }
  }
  CHECK(total == n.link_count());
  CHECK(n.leaving(NodeId{1u}).size() == 2);
}

TEST_CASE("what the source leaves open is filled in by class and marked") {
  const Network n = two_parts();
  CHECK((n.imputed[SegmentId{0u}] & kImputedWidth) != 0);
  CHECK(n.width[SegmentId{0u}] == defaults_of(RoadClass::primary).walking_width);
  CHECK((n.imputed[SegmentId{1u}] & kImputedWidth) == 0);
  CHECK(n.width[SegmentId{1u}] == doctest::Approx(3.5));
  CHECK_FALSE(n.allows(Network::forward(SegmentId{2u}), kCar));  // a footway
  CHECK(n.names[n.name[SegmentId{0u}]] == "本通り");
  CHECK(n.name[SegmentId{0u}] == n.name[SegmentId{1u}]);
  CHECK(n.names[n.name[SegmentId{2u}]].empty());
}

TEST_CASE("length follows the shape and grade the direction") {
  NetworkBuilder builder;
  const NodeId low = builder.add_node({0, 0}), high = builder.add_node({100, 0});
  builder.set_elevation(low, 2);
  builder.set_elevation(high, 7);
  const SegmentId hill = builder.add_segment({.from = low, .to = high});
  const SegmentId dot = builder.add_segment({.from = low, .to = low});
  const Network n = builder.build();
  CHECK(n.grade(Network::forward(hill)) == doctest::Approx(0.05));
  CHECK(n.grade(Network::twin_of(Network::forward(hill))) == doctest::Approx(-0.05));
  CHECK(n.length[dot] > 0);
  CHECK(two_parts().length[SegmentId{1u}] == doctest::Approx(2 * std::sqrt(5000.0)));
  CHECK(two_parts().grade(LinkId{0u}) == 0);  // no terrain
}

TEST_CASE("components are found per mode, the longest first") {
  const Network n = two_parts();
  const Components on_foot = components(n, kFoot);
  REQUIRE(on_foot.length.size() == 2);
  CHECK(on_foot.length[0] > on_foot.length[1]);
  CHECK(on_foot.of_node[NodeId{0u}] == 0);
  CHECK(on_foot.of_node[NodeId{4u}] == 1);
  const Components by_car = components(n, kCar);
  CHECK(by_car.length.size() == 1);
  CHECK(by_car.of_node[NodeId{4u}] == NodeId::none_value);
}

TEST_CASE("an empty network is a network") {
  const Network n = NetworkBuilder().build();
  CHECK(n.node_count() == 0);
  CHECK(n.box().empty());
  CHECK(components(n, kFoot).length.empty());
}
