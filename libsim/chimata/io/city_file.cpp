#include "chimata/io/city_file.hpp"

#include <algorithm>

#include "chimata/io/city_file_parts.hpp"
#include "chimata/io/hdf5_file.hpp"

namespace chimata::io {

namespace {

constexpr const char* kFormat = "chimata-city";
constexpr std::int64_t kVersion = 2;  // 2: what shelters are fit for and have

// One list of columns serves writing and reading, so that the two cannot differ.
template <class File, class NetworkT>
void network_columns(File&& file, NetworkT& n) {
  file("network/node/position", n.position);
  file("network/node/elevation", n.elevation);
  file("network/node/source", n.node_source);
  file("network/node/signal", n.signal);
  file("network/segment/from", n.from);
  file("network/segment/to", n.to);
  file("network/segment/length", n.length);
  file("network/segment/width", n.width);
  file("network/segment/road_class", n.road_class);
  file("network/segment/flags", n.flags);
  file("network/segment/imputed", n.imputed);
  file("network/segment/source", n.segment_source);
  file("network/segment/name", n.name);
  file("network/segment/shape_offset", n.shape_offset);
  file("network/shape_points", n.shape_points);
  file("network/names", n.names);
  file("network/link/modes", n.modes);
  file("network/link/lanes", n.lanes);
  file("network/link/speed", n.speed);
  file("network/out_offset", n.out_offset);
  file("network/out_links", n.out_links);
}

template <class File, class CityT>
void place_columns(File&& file, CityT& city) {
  file("city/name", city.name);
  file("city/crs", city.crs);
  file("city/time_zone", city.time_zone);
  file("city/licences", city.licences);
  auto& s = city.shelters;
  file("shelters/id", s.id);
  file("shelters/name", s.name);
  file("shelters/position", s.position);
  file("shelters/capacity", s.capacity);
  file("shelters/source_row", s.source_row);
  auto& z = city.zones;
  file("zones/id", z.id);
  file("zones/name", z.name);
  file("zones/population", z.population);
  file("zones/share_under_15", z.share_under_15);
  file("zones/share_65_to_74", z.share_65_to_74);
  file("zones/share_75_up", z.share_75_up);
  file("zones/share_impaired", z.share_impaired);
  file("zones/in_warning_area", z.in_warning_area);
  auto& r = city.residences;
  file("residences/position", r.position);
  file("residences/residents", r.residents);
  file("residences/zone", r.zone);
  file("terrain/values", city.terrain.values);
}

template <class File, class SheltersT>
void shelter_columns(File&& file, SheltersT& s) {
  file("shelters/fit", s.fit);
  file("shelters/floor", s.floor);
  file("shelters/parking", s.parking);
  file("shelters/toilets", s.toilets);
  file("shelters/water_l", s.water_l);
  file("shelters/meals", s.meals);
  file("shelters/welfare", s.welfare);
}

// Files of version 1 know of shelters only whether they are fit for floods.
void get_old_shelters(const Hdf5Reader& file, Shelters& s) {
  std::vector<std::uint8_t> flood_safe;
  file.get("shelters/flood_safe", flood_safe);
  for (const std::uint8_t safe : flood_safe) s.fit.push_back(safe ? kAnyHazard : kAnyHazard & ~kAnyWater);
  const auto none = [&](auto& column) { column.assign(s.size(), 0); };
  none(s.floor), none(s.parking), none(s.toilets), none(s.water_l), none(s.meals), none(s.welfare);
}

void put_polygons(Hdf5Writer& file, const std::string& name, const std::vector<Polygon>& polygons) {
  Ragged<Point> rings;
  std::vector<std::uint32_t> ring_offset{0};
  for (const Polygon& polygon : polygons) {
    for (const auto& ring : polygon.rings) rings.add(ring);
    ring_offset.push_back(static_cast<std::uint32_t>(rings.size()));
  }
  file.put(name + "/ring_offset", ring_offset);
  file.put(name + "/point_offset", rings.offset);
  file.put(name + "/points", rings.values);
}

void get_polygons(const Hdf5Reader& file, const std::string& name, std::vector<Polygon>& polygons) {
  Ragged<Point> rings;
  std::vector<std::uint32_t> ring_offset;
  file.get(name + "/ring_offset", ring_offset);
  file.get(name + "/point_offset", rings.offset);
  file.get(name + "/points", rings.values);
  check_offsets(file, rings.offset, rings.values.size(), name);
  check_offsets(file, ring_offset, rings.size(), name);
  polygons.resize(ring_offset.size() - 1);
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    for (std::size_t ring = ring_offset[i]; ring < ring_offset[i + 1]; ++ring)
      polygons[i].rings.push_back(rings.list(ring));
  }
}

void put_restrictions(Hdf5Writer& file, const std::vector<TurnRestriction>& restrictions) {
  Ragged<LinkId> paths;
  std::vector<std::uint8_t> only, modes;
  for (const auto& r : restrictions) {
    paths.add(r.path);
    only.push_back(r.only);
    modes.push_back(r.modes);
  }
  file.put("network/restriction/path_offset", paths.offset);
  file.put("network/restriction/path", paths.values);
  file.put("network/restriction/only", only);
  file.put("network/restriction/modes", modes);
}

void get_restrictions(const Hdf5Reader& file, std::vector<TurnRestriction>& restrictions) {
  Ragged<LinkId> paths;
  std::vector<std::uint8_t> only, modes;
  file.get("network/restriction/path_offset", paths.offset);
  file.get("network/restriction/path", paths.values);
  file.get("network/restriction/only", only);
  file.get("network/restriction/modes", modes);
  check_offsets(file, paths.offset, paths.values.size(), "restrictions");
  file.check(only.size() == paths.size() && modes.size() == paths.size(), "restrictions");
  for (std::size_t i = 0; i < only.size(); ++i)
    restrictions.push_back({paths.list(i), only[i] != 0, modes[i]});
}

void put_layer(Hdf5Writer& file, const std::string& group, const Features& layer) {
  file.put(group + "/texts", std::vector<std::string>{layer.layer, layer.source, layer.licence});
  file.put(group + "/geometry", std::vector<Geometry>{layer.geometry});
  file.put(group + "/id", layer.id);
  file.put(group + "/name", layer.name);
  put_polygons(file, group + "/shape", layer.shape);
  // attribute names come from outside and may hold anything: they are values, not paths
  std::vector<std::string> names;
  for (std::size_t i = 0; i < layer.attributes.size(); ++i) {
    names.push_back(layer.attributes[i].name);
    std::visit([&](const auto& values) { file.put(group + "/attribute/" + std::to_string(i), values); },
               layer.attributes[i].values);
  }
  file.put(group + "/attribute_names", names);
}

Features get_layer(const Hdf5Reader& file, const std::string& group) {
  Features layer;
  std::vector<std::string> texts, names;
  std::vector<Geometry> geometry;
  file.get(group + "/texts", texts);
  file.get(group + "/geometry", geometry);
  file.check(texts.size() == 3 && geometry.size() == 1 && geometry.front() <= Geometry::polygon, group);
  layer.layer = texts[0], layer.source = texts[1], layer.licence = texts[2];
  layer.geometry = geometry.front();
  file.get(group + "/id", layer.id);
  file.get(group + "/name", layer.name);
  get_polygons(file, group + "/shape", layer.shape);
  file.check(layer.name.size() == layer.size() && layer.shape.size() == layer.size(), group);
  file.get(group + "/attribute_names", names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string column = group + "/attribute/" + std::to_string(i);
    Attribute& a = layer.attributes.emplace_back(Attribute{names[i], std::vector<double>{}});
    if (file.type(column).first == H5T_STRING) a.values = std::vector<std::string>{};
    std::visit(
        [&](auto& values) { file.get(column, values), file.check(values.size() == layer.size(), column); },
        a.values);
  }
  return layer;
}

void put_notes(Hdf5Writer& file, const std::vector<Problem>& notes) {
  std::vector<Problem::Severity> severity;
  std::vector<std::string> layer, id, message, fix;
  for (const Problem& p : notes) {
    severity.push_back(p.severity), layer.push_back(p.layer), id.push_back(p.id),
        message.push_back(p.message), fix.push_back(p.fix);
  }
  file.put("notes/severity", severity);
  file.put("notes/layer", layer);
  file.put("notes/id", id);
  file.put("notes/message", message);
  file.put("notes/fix", fix);
}

void get_notes(const Hdf5Reader& file, std::vector<Problem>& notes) {
  std::vector<Problem::Severity> severity;
  std::vector<std::string> layer, id, message, fix;
  file.get("notes/severity", severity);
  file.get("notes/layer", layer);
  file.get("notes/id", id);
  file.get("notes/message", message);
  file.get("notes/fix", fix);
  const std::size_t n = severity.size();
  file.check(layer.size() == n && id.size() == n && message.size() == n && fix.size() == n, "notes");
  for (std::size_t i = 0; i < n; ++i) notes.push_back({severity[i], layer[i], id[i], message[i], fix[i]});
}

// What the rest of the program relies on without looking again.
void check_network(const Hdf5Reader& file, const Network& n) {
  const std::size_t nodes = n.node_count(), segments = n.segment_count(), links = n.link_count();
  file.check(n.elevation.size() == nodes && n.node_source.size() == nodes && n.signal.size() == nodes,
             "nodes");
  file.check(n.from.size() == segments && n.to.size() == segments && n.width.size() == segments &&
                 n.road_class.size() == segments && n.flags.size() == segments &&
                 n.imputed.size() == segments && n.segment_source.size() == segments &&
                 n.name.size() == segments && links == 2 * segments && n.lanes.size() == links &&
                 n.speed.size() == links && n.capacity.size() == links,
             "segments");
  check_offsets(file, n.shape_offset, n.shape_points.size(), "shapes");
  check_offsets(file, n.out_offset, n.out_links.size(), "links");
  file.check(n.shape_offset.size() == segments + 1 && n.out_offset.size() == nodes + 1, "offsets");
  const auto below = [](const auto& column, std::size_t end) {
    return std::all_of(column.begin(), column.end(), [&](auto id) { return id.value < end; });
  };
  file.check(below(n.from, nodes) && below(n.to, nodes) && below(n.out_links, links), "ids");
  file.check(
      std::all_of(n.name.begin(), n.name.end(), [&](std::uint32_t row) { return row < n.names.size(); }),
      "names");
  file.check(std::all_of(n.road_class.begin(), n.road_class.end(),
                         [](RoadClass c) { return c <= RoadClass::steps; }),
             "classes");
  for (const auto& r : n.restrictions) file.check(below(r.path, links), "restrictions");
  for (const auto& plan : n.signal_plans) {
    file.check(plan.node.value < nodes, "signal plans");
    for (const auto& phase : plan.phases) {
      for (const auto& [in, out] : phase.green)
        file.check(in.value < links && out.value < links, "signal plans");
    }
  }
}

void check_places(const Hdf5Reader& file, const City& city) {
  const auto& s = city.shelters;
  const auto& z = city.zones;
  file.check(s.name.size() == s.size() && s.position.size() == s.size() && s.capacity.size() == s.size() &&
                 s.fit.size() == s.size() && s.source_row.size() == s.size() && s.floor.size() == s.size() &&
                 s.parking.size() == s.size() && s.toilets.size() == s.size() &&
                 s.water_l.size() == s.size() && s.meals.size() == s.size() && s.welfare.size() == s.size(),
             "shelters");
  file.check(z.name.size() == z.size() && z.shape.size() == z.size() && z.population.size() == z.size() &&
                 z.share_under_15.size() == z.size() && z.share_65_to_74.size() == z.size() &&
                 z.share_75_up.size() == z.size() && z.share_impaired.size() == z.size() &&
                 z.in_warning_area.size() == z.size(),
             "zones");
  const auto& r = city.residences;
  file.check(r.residents.size() == r.size() && r.zone.size() == r.size(), "residences");
  for (const ZoneId zone : r.zone) file.check(!zone.valid() || zone.value < z.size(), "residences");
  file.check(city.terrain.values.size() == city.terrain.frame.size(), "terrain");
}

}  // namespace

void save_city(const City& city, const std::string& path) {
  Hdf5Writer file{path, kFormat, kVersion};
  const auto put = [&](const char* name, const auto& column) { file.put(name, column); };
  place_columns(put, city);
  shelter_columns(put, city.shelters);
  network_columns(put, city.network);
  put_restrictions(file, city.network.restrictions);
  put_traffic(file, city.network);
  put_polygons(file, "zones/shape", city.zones.shape);
  const RasterFrame& f = city.terrain.frame;
  file.put("terrain/frame", std::vector<double>{f.west, f.north, f.cell_x, f.cell_y,
                                                static_cast<double>(f.columns), static_cast<double>(f.rows)});
  std::vector<std::string> layers;
  for (const auto& [name, layer] : city.layers) {
    put_layer(file, "layers/" + std::to_string(layers.size()), layer);
    layers.push_back(name);
  }
  file.put("layer_names", layers);
  put_notes(file, city.import_notes);
  file.finish();
}

City load_city(const std::string& path) {
  const Hdf5Reader file{path, kFormat, kVersion, "a city file"};
  City city;
  const auto get = [&](const char* name, auto& column) { file.get(name, column); };
  place_columns(get, city);
  file.has("shelters/fit") ? shelter_columns(get, city.shelters) : get_old_shelters(file, city.shelters);
  network_columns(get, city.network);
  get_restrictions(file, city.network.restrictions);
  get_traffic(file, city.network);
  check_network(file, city.network);
  get_polygons(file, "zones/shape", city.zones.shape);
  std::vector<double> f;
  file.get("terrain/frame", f);
  file.check(f.size() == 6, "terrain");
  city.terrain.frame = {
      f[0], f[1], f[2], f[3], static_cast<std::size_t>(f[4]), static_cast<std::size_t>(f[5])};
  check_places(file, city);
  std::vector<std::string> layers;
  file.get("layer_names", layers);
  for (std::size_t i = 0; i < layers.size(); ++i)
    city.layers.emplace(layers[i], get_layer(file, "layers/" + std::to_string(i)));
  get_notes(file, city.import_notes);
  return city;
}

}  // namespace chimata::io
