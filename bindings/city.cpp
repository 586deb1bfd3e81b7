#include "bind.hpp"

#include <cinttypes>

#include "chimata/city/digest.hpp"
#include "chimata/io/city_file.hpp"
#include "chimata/io/import.hpp"

namespace chimata::python {

py::list rings_of(const std::vector<Polygon>& shapes) {
  py::list all;
  for (const auto& shape : shapes) {
    py::list rings;
    for (const auto& ring : shape.rings) {
      py::array_t<double> points({static_cast<py::ssize_t>(ring.size()), py::ssize_t{2}});
      double* out = points.mutable_data();
      for (const Point p : ring) *out++ = p.x, *out++ = p.y;
      rings.append(points);
    }
    all.append(rings);
  }
  return all;
}

namespace {

template <class Points>
void put_xy(py::dict& columns, const Points& points) {
  columns["x"] = array_from<double>(points, [](Point p) { return p.x; });
  columns["y"] = array_from<double>(points, [](Point p) { return p.y; });
}

py::dict nodes(const CityHandle& self) {
  const Network& n = self.city->network;
  py::dict columns;
  put_xy(columns, n.position);
  columns["elevation_m"] = array_of<float>(n.elevation);
  columns["source"] = array_of<std::int64_t>(n.node_source);
  columns["signal"] = array_of<std::uint8_t>(n.signal);
  return columns;
}

/// Every second link, starting at `direction`.
template <class T>
py::array_t<T> of_direction(const std::vector<T>& links, std::size_t direction) {
  py::array_t<T> array(static_cast<py::ssize_t>(links.size() / 2));
  for (std::size_t s = 0; s < links.size() / 2; ++s) array.mutable_data()[s] = links[2 * s + direction];
  return array;
}

py::dict segments(const CityHandle& self) {
  const Network& n = self.city->network;
  py::dict columns;
  columns["from"] = array_of_ids<NodeId>(n.from);
  columns["to"] = array_of_ids<NodeId>(n.to);
  columns["length_m"] = array_of<double>(n.length);
  columns["width_m"] = array_of<float>(n.width);
  columns["road_class"] =
      array_from<std::uint8_t>(n.road_class, [](RoadClass c) { return static_cast<int>(c); });
  columns["flags"] = array_of<std::uint8_t>(n.flags);
  columns["imputed"] = array_of<std::uint8_t>(n.imputed);
  columns["source"] = array_of<std::int64_t>(n.segment_source);
  py::list names;
  for (const std::uint32_t row : n.name) names.append(py::str(n.names[row]));
  columns["name"] = names;
  columns["shape_offset"] = array_of<std::uint32_t>(n.shape_offset);
  columns["shape_x"] = array_from<double>(n.shape_points, [](Point p) { return p.x; });
  columns["shape_y"] = array_from<double>(n.shape_points, [](Point p) { return p.y; });
  columns["modes_forward"] = of_direction<ModeMask>(n.modes, 0);
  columns["modes_backward"] = of_direction<ModeMask>(n.modes, 1);
  columns["lanes_forward"] = of_direction<std::uint8_t>(n.lanes, 0);
  columns["lanes_backward"] = of_direction<std::uint8_t>(n.lanes, 1);
  columns["speed_m_s"] = of_direction<float>(n.speed, 0);
  return columns;
}

py::dict shelters(const CityHandle& self) {
  const Shelters& s = self.city->shelters;
  py::dict columns;
  columns["id"] = py::cast(static_cast<const std::vector<std::string>&>(s.id));
  columns["name"] = py::cast(static_cast<const std::vector<std::string>&>(s.name));
  put_xy(columns, s.position);
  columns["capacity"] = array_of<std::uint32_t>(s.capacity);
  columns["flood_safe"] = array_from<bool>(s.fit, [](HazardMask m) { return (m & kRiverFlood) != 0; });
  columns["fit"] = array_of<std::uint8_t>(s.fit);
  columns["floor_m"] = array_of<float>(s.floor);
  columns["parking"] = array_of<std::uint32_t>(s.parking);
  columns["toilets"] = array_of<std::uint32_t>(s.toilets);
  columns["water_l"] = array_of<float>(s.water_l);
  columns["meals"] = array_of<float>(s.meals);
  columns["welfare"] = array_from<bool>(s.welfare, [](std::uint8_t v) { return v != 0; });
  return columns;
}

py::dict zones(const CityHandle& self) {
  const Zones& z = self.city->zones;
  py::dict columns;
  columns["id"] = py::cast(static_cast<const std::vector<std::string>&>(z.id));
  columns["name"] = py::cast(static_cast<const std::vector<std::string>&>(z.name));
  columns["population"] = array_of<double>(z.population);
  columns["share_under_15"] = array_of<float>(z.share_under_15);
  columns["share_65_to_74"] = array_of<float>(z.share_65_to_74);
  columns["share_75_up"] = array_of<float>(z.share_75_up);
  columns["share_impaired"] = array_of<float>(z.share_impaired);
  columns["in_warning_area"] = array_from<bool>(z.in_warning_area, [](std::uint8_t v) { return v != 0; });
  columns["rings"] = rings_of(z.shape);
  return columns;
}

py::dict residences(const CityHandle& self) {
  const Residences& r = self.city->residences;
  py::dict columns;
  put_xy(columns, r.position);
  columns["residents"] = array_of<double>(r.residents);
  columns["zone"] = array_of_ids<ZoneId>(r.zone);
  return columns;
}

py::dict layer(const CityHandle& self, const std::string& name) {
  const auto it = self.city->layers.find(name);
  if (it == self.city->layers.end()) throw py::key_error("the city has no layer " + name);
  const Features& f = it->second;
  static constexpr const char* geometries[] = {"point", "line", "polygon"};
  py::dict attributes;
  for (const auto& a : f.attributes) {
    std::visit([&](const auto& values) { attributes[py::str(a.name)] = py::cast(values); }, a.values);
  }
  return py::dict(py::arg("id") = f.id, py::arg("name") = f.name,
                  py::arg("geometry") = geometries[static_cast<std::size_t>(f.geometry)],
                  py::arg("rings") = rings_of(f.shape), py::arg("attributes") = attributes,
                  py::arg("licence") = f.licence);
}

py::object terrain(const CityHandle& self) {
  const Raster& t = self.city->terrain;
  if (t.empty()) return py::none();
  py::array_t<float> values(
      {static_cast<py::ssize_t>(t.frame.rows), static_cast<py::ssize_t>(t.frame.columns)});
  std::copy(t.values.begin(), t.values.end(), values.mutable_data());
  return py::dict(py::arg("values") = values, py::arg("west") = t.frame.west,
                  py::arg("north") = t.frame.north, py::arg("cell_x") = t.frame.cell_x,
                  py::arg("cell_y") = t.frame.cell_y);
}

py::list validated(const CityHandle& self) {
  static constexpr const char* severities[] = {"note", "warning", "error"};
  py::list list;
  for (const auto& problem : validate(*self.city)) {
    list.append(py::dict(py::arg("severity") = severities[static_cast<std::size_t>(problem.severity)],
                         py::arg("layer") = problem.layer, py::arg("id") = problem.id,
                         py::arg("message") = problem.message, py::arg("fix") = problem.fix));
  }
  return list;
}

std::string digest(const CityHandle& self) {
  char text[20];
  std::snprintf(text, sizeof text, "%016" PRIx64, digest_of(*self.city));
  return text;
}

py::dict counts(const CityHandle& self) {
  const City& c = *self.city;
  double people = 0;
  for (const double n : c.residences.residents) people += n;
  py::dict all(py::arg("nodes") = c.network.node_count(), py::arg("segments") = c.network.segment_count(),
               py::arg("restrictions") = c.network.restrictions.size(),
               py::arg("shelters") = c.shelters.size(), py::arg("zones") = c.zones.size(),
               py::arg("residences") = c.residences.size(),
               py::arg("residents") = static_cast<std::int64_t>(people + 0.5));
  for (const auto& [name, features] : c.layers) all[py::str(name)] = features.size();
  return all;
}

CityHandle loaded(const std::string& path) {
  py::gil_scoped_release nogil;
  return {std::make_shared<const City>(io::load_city(path))};
}

}  // namespace

void bind_city(py::module_& module) {
  py::class_<CityHandle>(module, "City",
                         "Everything about a place that scenarios take for granted; immutable.")
      .def_static("load", &loaded, py::arg("path"), "Loads a city file (.h5).")
      .def_static(
          "import_plan",
          [](const std::string& plan) {
            py::gil_scoped_release nogil;
            return CityHandle{std::make_shared<const City>(io::import_city(io::parse_city_plan(plan)))};
          },
          py::arg("plan_json"), "Imports a city from the files that a plan names.")
      .def_static(
          "from_folder",
          [](const std::string& path) {
            py::gil_scoped_release nogil;
            return CityHandle{std::make_shared<const City>(io::import_city(io::read_city_plan(path)))};
          },
          py::arg("path"), "Imports the city that town.yaml or city.yaml in a folder describes.")
      .def(
          "save",
          [](const CityHandle& self, const std::string& path) {
            py::gil_scoped_release nogil;
            io::save_city(*self.city, path);
          },
          py::arg("path"), "Writes one city file; the file appears whole or not at all.")
      .def_property_readonly("name", [](const CityHandle& self) { return self.city->name; })
      .def_property_readonly("crs", [](const CityHandle& self) { return self.city->crs; })
      .def_property_readonly("time_zone", [](const CityHandle& self) { return self.city->time_zone; })
      .def_property_readonly("left_hand", [](const CityHandle& self) { return self.city->network.left_hand; })
      .def_property_readonly("bbox",
                             [](const CityHandle& self) {
                               const Box box = self.city->network.box();
                               return py::make_tuple(box.min_x, box.min_y, box.max_x, box.max_y);
                             })
      .def_property_readonly("licences", [](const CityHandle& self) { return self.city->licences; })
      .def("counts", &counts, "How many things of each kind there are.")
      .def("validate", &validated, "Every problem found: severity, layer, id, message, fix; worst first.")
      .def("nodes", &nodes, "Columns of the nodes; coordinates in metres in the city's CRS.")
      .def("segments", &segments,
           "Columns of the street segments; two links each, 2s forward and 2s + 1 backward.")
      .def("road_class_names",
           [](const CityHandle&) {
             std::vector<std::string> names;
             for (int c = 0; c <= static_cast<int>(RoadClass::steps); ++c)
               names.emplace_back(name_of(static_cast<RoadClass>(c)));
             return names;
           })
      .def("shelters", &shelters)
      .def("zones", &zones)
      .def("residences", &residences)
      .def("layer_names",
           [](const CityHandle& self) {
             std::vector<std::string> names;
             for (const auto& [name, features] : self.city->layers) names.push_back(name);
             return names;
           })
      .def("layer", &layer, py::arg("name"))
      .def("terrain", &terrain, "Heights (rows from north to south) and their frame, or None.")
      .def("digest", &digest, "Hash of everything in the city.");
}

}  // namespace chimata::python
