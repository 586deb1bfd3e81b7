#include "support/ascii_city.hpp"
#include "support/walk.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// Three streets of 100 m, the middle one narrow.
std::shared_ptr<const Network> bottleneck() {
  NetworkBuilder builder;
  for (int i = 0; i < 4; ++i) builder.add_node({100.0 * i, 0});
  for (std::uint32_t i = 0; i < 3; ++i) {
    builder.add_segment({.from = NodeId{i},
                         .to = NodeId{i + 1},
                         .road_class = RoadClass::residential,
                         .width = i == 1 ? 1.0 : 6.0});
  }
  return std::make_shared<const Network>(builder.build());
}

}  // namespace

TEST_CASE("companions walk no faster than the pace that was agreed, and nobody faster than they can") {
  Walk walk(bottleneck());
  const PersonId fast = walk.add(NodeId{0u}, NodeId{3u}, 0, 1.5),
                 slow = walk.add(NodeId{0u}, NodeId{3u}, 300, 0.5);
  walk.keep_pace(fast, 750);
  walk.keep_pace(slow, 750);
  walk.run_out();
  CHECK(walk.arrival(fast) == doctest::Approx(400).epsilon(1e-5));
  CHECK(walk.arrival(slow) == doctest::Approx(900).epsilon(1e-5));
}

TEST_CASE("the more of the same people leave at once, the longer the worst delay") {
  double before = 1e9;
  for (const double spread : {0.0, 60.0, 240.0, 900.0, 3600.0}) {  // s over which 300 people leave
    Walk walk(bottleneck());
    std::vector<std::pair<PersonId, double>> all;
    for (int i = 0; i < 300; ++i) {
      const double depart = spread * i / 300;
      all.emplace_back(walk.add(NodeId{0u}, NodeId{3u}, depart, 1.25), depart);
    }
    walk.run_out();
    double worst = 0;
    for (const auto& [person, depart] : all)
      worst = std::max(worst, walk.arrival(person) - depart - 300 / 1.25);
    CHECK(worst <= before + 1e-9);
    before = worst;
  }
  CHECK(before < 1);  // one every 12 s is no crowd
}
