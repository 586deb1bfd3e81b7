#include "chimata/city/city.hpp"

#include <doctest/doctest.h>

#include "support/small_city.hpp"

using namespace chimata;
using namespace chimata::testing;

TEST_CASE("shelters and zones are found by id, and only by their whole id") {
  const City city = small_city();
  CHECK(city.zones.find("east") == ZoneId{1u});
  CHECK(city.shelters.find("S1") == ShelterId{0u});
  CHECK_FALSE(city.shelters.find("S"));
  CHECK_FALSE(city.zones.find("south"));
}

TEST_CASE("a point belongs to the first zone around it, or to none, however it is looked up") {
  City city = small_city();
  add_zone(city.zones, "whole", rectangle(-100, -100, 2100, 150), 1, false);
  const ZoneLocator locator{city.zones};
  for (double x = -150; x < 2200; x += 37) {
    for (double y = -130; y < 200; y += 19) CHECK(locator.at({x, y}) == city.zones.zone_at({x, y}));
  }
  CHECK(city.zones.zone_at({500, 0}) == ZoneId{0u});
  CHECK(city.zones.zone_at({500, 120}) == ZoneId{2u});
  CHECK_FALSE(city.zones.zone_at({500, 151}).valid());
}

TEST_CASE("people enter the network at the nearest node of the main walking part") {
  NetworkBuilder builder;
  const NodeId a = builder.add_node({0, 0}), b = builder.add_node({500, 0});
  const NodeId island = builder.add_node({100, 100}), shore = builder.add_node({120, 100});
  const NodeId motorway_end = builder.add_node({90, 80});
  SegmentDraft street, path, motorway;
  street.from = a, street.to = b;
  path.from = island, path.to = shore;
  motorway.from = motorway_end, motorway.to = a, motorway.road_class = RoadClass::motorway;
  builder.add_segment(street);
  builder.add_segment(path);
  builder.add_segment(motorway);
  const Network network = builder.build();

  const std::vector<Point> places{{100, 90}, {400, 30}};
  const auto access = walking_access(network, places);
  CHECK(access[0].node == a);  // neither the island nor the motorway's end beside it
  CHECK(access[0].distance == doctest::Approx(std::sqrt(100.0 * 100 + 90 * 90)));
  CHECK(access[1].node == b);
}

TEST_CASE("without streets for walkers there is no access") {
  const std::vector<Point> places{{0, 0}};
  const auto access = walking_access(Network{}, places);
  CHECK_FALSE(access[0].node.valid());
  CHECK(std::isinf(access[0].distance));
}

TEST_CASE("terrain gives nodes their height, and missing terrain none") {
  City city = small_city();
  CHECK(city.network.elevation[NodeId{5u}] == 3.0f);
  for (std::size_t i = 0; i < city.terrain.values.size(); ++i) {
    city.terrain.values[i] = static_cast<float>(i % city.terrain.frame.columns);  // rises 1 m every 50 m
  }
  drape(city.network, city.terrain);
  CHECK(city.network.grade(LinkId{10u}) == doctest::Approx(0.02));
  CHECK(city.network.grade(LinkId{11u}) == doctest::Approx(-0.02));
  drape(city.network, Raster{});
  CHECK(std::isnan(city.network.elevation[NodeId{5u}]));
}
