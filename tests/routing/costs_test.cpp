#include "chimata/routing/costs.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "chimata/core/error.hpp"
#include "chimata/network/builder.hpp"

using namespace chimata;

namespace {

/// One street of 100 m for everyone, one of 50 m for cars only, forward only at 10 m/s.
Network two_streets() {
  NetworkBuilder builder;
  SegmentDraft draft;
  draft.from = builder.add_node({0, 0}), draft.to = builder.add_node({100, 0});
  draft.modes_forward = draft.modes_backward = kFoot | kBicycle | kCar;
  draft.speed = 5;
  builder.add_segment(draft);
  draft.length = 50, draft.speed = 10;
  draft.modes_forward = kCar, draft.modes_backward = ModeMask{0};
  builder.add_segment(draft);
  return builder.build();
}

}  // namespace

TEST_CASE("a link costs its length over the speed, and is closed to whoever may not use it") {
  const Network network = two_streets();
  CHECK(walking_costs(network, 1.5) == LinkCosts{66667, 66667, kClosed, kClosed});
  CHECK(cycling_costs(network, 4) == LinkCosts{25000, 25000, kClosed, kClosed});
  CHECK(driving_costs(network) == LinkCosts{20000, 20000, 5000, kClosed});
}

TEST_CASE("a factor slows a link or closes it, but never makes it free") {
  const auto factor = [](LinkId link) {
    return link.value == 0 ? 2.0 : std::numeric_limits<double>::infinity();
  };
  CHECK(walking_costs(two_streets(), 1, factor) == LinkCosts{200000, kClosed, kClosed, kClosed});
  CHECK(walking_costs(two_streets(), 1, [](LinkId) { return 0.0; })[LinkId{0u}] == 1);
}

TEST_CASE("a speed or a factor that makes no sense is refused") {
  const Network network = two_streets();
  CHECK_THROWS_AS((void)walking_costs(network, 0), InputError);
  CHECK_THROWS_AS((void)walking_costs(network, std::nan("")), InputError);
  CHECK_THROWS_WITH_AS(
      (void)walking_costs(network, 1, [](LinkId) { return -1.0; }),
      "link 0: factor of travel time is -1.000000; give 1 for no change, infinity for a closed link",
      InputError);
}
