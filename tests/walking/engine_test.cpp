#include <doctest/doctest.h>

#include "chimata/walking/walking.hpp"
#include "mobility/engine_conformance.hpp"

using namespace chimata;

TEST_CASE("people on foot keep the process contract, whichever law moves them") {
  for (const WalkingLaw law : {WalkingLaw::weidmann, WalkingLaw::crowdwalk}) {
    CAPTURE(static_cast<int>(law));
    test::check_engine_contract([&](auto world, Fields& fields, ProcessIndex keeper) {
      WalkingModel model;
      model.law = law;
      return make_walking(std::move(world), model, WadingModel{}, fields, keeper);
    });
  }
}
