/// Small sound cities for tests: a straight street, two zones beside it, homes and a shelter.
#pragma once

#include <cmath>
#include <limits>
#include <string>

#include "chimata/city/city.hpp"
#include "chimata/network/builder.hpp"

namespace chimata::testing {

/// Axis-parallel rectangle.
inline Polygon rectangle(double west, double south, double east, double north) {
  return Polygon{{{{west, south}, {east, south}, {east, north}, {west, north}}}};
}

/// A street of `nodes` nodes from west to east, `spacing` metres apart, open to people both ways.
inline Network straight_street(int nodes, double spacing, double width = 4) {
  NetworkBuilder builder;
  for (int i = 0; i < nodes; ++i) builder.add_node({i * spacing, 0});
  for (int i = 0; i + 1 < nodes; ++i) {
    SegmentDraft draft;
    draft.from = NodeId{static_cast<std::uint32_t>(i)};
    draft.to = NodeId{static_cast<std::uint32_t>(i + 1)};
    draft.width = width;
    builder.add_segment(draft);
  }
  return builder.build();
}

inline void add_zone(Zones& zones, std::string id, Polygon shape, double population, bool in_warning_area,
                     float young = 0.12f, float old = 0.14f, float very_old = 0.15f, float impaired = 0.05f) {
  zones.id.push_back(id);
  zones.name.push_back(id);
  zones.shape.push_back(std::move(shape));
  zones.population.push_back(population);
  zones.share_under_15.push_back(young);
  zones.share_65_to_74.push_back(old);
  zones.share_75_up.push_back(very_old);
  zones.share_impaired.push_back(impaired);
  zones.in_warning_area.push_back(in_warning_area ? 1 : 0);
}

inline void add_shelter(Shelters& shelters, std::string id, Point position, std::uint32_t capacity,
                        bool flood_safe = true) {
  shelters.add(id, id, position, capacity, "shelters.csv:" + std::to_string(shelters.size() + 2));
  if (!flood_safe) shelters.fit.back() = kAnyHazard & ~kAnyWater;
}

inline void add_residence(City& city, Point position, double residents) {
  city.residences.position.push_back(position);
  city.residences.residents.push_back(residents);
  city.residences.zone.push_back(city.zones.zone_at(position));
}

/// A city without a fault: 2 km of street, zone "west" in the warning area, zone "east" not, one shelter
/// at the eastern end with room for all.
inline City small_city() {
  City city;
  city.name = "small";
  city.crs = "EPSG:6671";
  city.network = straight_street(21, 100);
  add_zone(city.zones, "west", rectangle(-100, -100, 1000, 100), 600, true);
  add_zone(city.zones, "east", rectangle(1000, -100, 2100, 100), 400, false, 0.2f, 0.1f, 0.05f, 0.02f);
  add_shelter(city.shelters, "S1", {2000, 30}, 2000);
  for (int i = 0; i < 10; ++i) add_residence(city, {50.0 + 100 * i, 20}, 60);
  for (int i = 10; i < 20; ++i) add_residence(city, {50.0 + 100 * i, -20}, 40);
  city.terrain.frame = RasterFrame{-200, 200, 50, 50, 48, 8};
  city.terrain.values.assign(city.terrain.frame.size(), 3.0f);
  drape(city.network, city.terrain);
  return city;
}

}  // namespace chimata::testing
