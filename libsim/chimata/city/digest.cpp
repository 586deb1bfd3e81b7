#include "chimata/city/digest.hpp"

#include "chimata/core/digest.hpp"

namespace chimata {

namespace {

template <class... Columns>
void add_all(Digest& digest, const Columns&... columns) {
  (digest.add(columns), ...);
}

void add(Digest& digest, const std::vector<Polygon>& shapes) {
  for (const Polygon& shape : shapes) {
    digest.add(std::uint64_t{shape.rings.size()});
    for (const auto& ring : shape.rings) digest.add(ring);
  }
}

void add(Digest& digest, const SignalPlan& plan) {
  add_all(digest, plan.node, plan.cycle_s, plan.offset_s);
  for (const SignalPhase& phase : plan.phases) {
    add_all(digest, phase.duration_s, phase.intergreen_s, std::uint64_t{phase.green.size()});
    for (const auto& [in, out] : phase.green) add_all(digest, in, out);
  }
}

void add(Digest& digest, const Network& n) {
  add_all(digest, n.position, n.elevation, n.node_source, n.signal);
  add_all(digest, n.from, n.to, n.length, n.width, n.road_class, n.flags, n.imputed, n.segment_source, n.name,
          n.shape_offset, n.shape_points, n.names);
  add_all(digest, n.modes, n.lanes, n.speed, n.capacity, n.left_hand);
  for (const TurnRestriction& turn : n.restrictions) add_all(digest, turn.path, turn.only, turn.modes);
  for (const SignalPlan& plan : n.signal_plans) add(digest, plan);
}

void add(Digest& digest, const Features& layer) {
  add_all(digest, layer.layer, layer.geometry, layer.id, layer.name);
  add(digest, layer.shape);
  for (const Attribute& attribute : layer.attributes) {
    digest.add(attribute.name);
    std::visit([&](const auto& values) { digest.add(values); }, attribute.values);
  }
}

}  // namespace

std::uint64_t digest_of(const City& city) {
  Digest digest;
  add_all(digest, city.name, city.crs, city.time_zone);
  add(digest, city.network);
  const Shelters& s = city.shelters;
  add_all(digest, s.id, s.name, s.position, s.capacity, s.fit, s.floor, s.parking, s.toilets, s.water_l,
          s.meals, s.welfare);
  const Zones& z = city.zones;
  add_all(digest, z.id, z.name, z.population, z.share_under_15, z.share_65_to_74, z.share_75_up,
          z.share_impaired, z.in_warning_area);
  add(digest, z.shape);
  add_all(digest, city.residences.position, city.residences.residents, city.residences.zone);
  const RasterFrame& f = city.terrain.frame;
  add_all(digest, f.west, f.north, f.cell_x, f.cell_y, std::uint64_t{f.columns}, std::uint64_t{f.rows},
          city.terrain.values);
  for (const auto& [name, layer] : city.layers) add(digest, layer);
  return digest.value();
}

}  // namespace chimata
