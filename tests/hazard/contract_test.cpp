#include <doctest/doctest.h>

#include "chimata/hazard/flood.hpp"
#include "mobility/engine_conformance.hpp"

using namespace chimata;

TEST_CASE("a flood keeps the process contract") {
  auto series = std::make_shared<DepthSeries>();
  series->frame = RasterFrame{-50, 350, 100, 100, 4, 4};
  series->time = {time_of(60), time_of(1200)};
  series->depth = {std::vector<float>(16, 0.0f), std::vector<float>(16, 1.5f)};
  test::check_field_contract([&](auto world, Fields& fields, ProcessIndex) {
    return make_flood(world, series, FloodModel{}, {{"depth.streets", world->samples->point}}, fields);
  });
}
