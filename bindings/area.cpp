#include <filesystem>

#include "chimata/core/error.hpp"
#include "chimata/io/area_layers.hpp"
#include "chimata/io/area_wkt.hpp"
#include "shapes.hpp"

namespace chimata::python {

std::vector<Point> points_of(const Numbers& xy, const std::string& what) {
  if (xy.ndim() != 2 || xy.shape(1) != 2)
    throw InputError(what, "is no table of x and y", "give an array of shape (n, 2)");
  std::vector<Point> points;
  const auto at = xy.unchecked<2>();
  for (py::ssize_t i = 0; i < at.shape(0); ++i) points.push_back({at(i, 0), at(i, 1)});
  return points;
}

Polygon polygon_of(const py::list& rings, const std::string& what) {
  Polygon polygon;
  for (const auto& ring : rings) polygon.rings.push_back(points_of(ring.cast<Numbers>(), what));
  return polygon;
}

std::vector<Polygon> polygons_of(const py::list& parts, const std::string& what) {
  std::vector<Polygon> polygons;
  for (const auto& part : parts) polygons.push_back(polygon_of(part.cast<py::list>(), what));
  return polygons;
}

std::vector<Wall> lines_of(const py::list& lines, const std::string& what) {
  std::vector<Wall> walls;
  for (const auto& line : lines) {
    const auto points = points_of(line.cast<Numbers>(), what);
    if (points.size() < 2) throw InputError(what, "has a line of fewer than two points");
    for (std::size_t i = 1; i < points.size(); ++i) walls.push_back({points[i - 1], points[i]});
  }
  return walls;
}

std::vector<Gate> gates_of(const py::dict& gates) {
  std::vector<Gate> all_gates;
  for (const auto& [id, spec] : gates) {
    const auto name = id.cast<std::string>();
    const auto pair = spec.cast<py::tuple>();
    const auto ends = points_of(pair[0].cast<Numbers>(), "gate " + name);
    if (ends.size() != 2)
      throw InputError("gate " + name, "has " + std::to_string(ends.size()) + " points", "give its two ends");
    all_gates.push_back({name, {ends[0], ends[1]}, pair[1].cast<bool>()});
  }
  return all_gates;
}

std::vector<SpeedZone> zones_of(const py::list& zones) {
  std::vector<SpeedZone> all_zones;
  for (const auto& entry : zones) {
    const auto zone = entry.cast<py::tuple>();
    const auto id = zone[0].cast<std::string>();
    all_zones.push_back({id, polygon_of(zone[1].cast<py::list>(), "zone " + id), zone[2].cast<double>()});
  }
  return all_zones;
}

py::array ends_of(const Wall& line) {
  py::array_t<double> ends({py::ssize_t{2}, py::ssize_t{2}});
  auto* at = reinterpret_cast<Point*>(ends.mutable_data());
  at[0] = line.a, at[1] = line.b;
  return ends;
}

namespace {

/// Pieces that overlap or touch are one. A layer's coordinates become metres of `crs`.
std::shared_ptr<Area> area_in_file(const std::string& path, const std::string& crs) {
  const py::gil_scoped_release nogil;
  const std::string kind = std::filesystem::path(path).extension().string();
  if (kind == ".wkt" || kind == ".WKT") return std::make_shared<Area>(io::read_area_wkt(path));
  if (kind == ".dxf" || kind == ".DXF") return std::make_shared<Area>(io::read_area_drawing(path));
  io::LayerOptions options;
  options.crs = crs.empty() ? io::metric_crs_of_layer(path) : crs;
  return std::make_shared<Area>(io::read_area_layer(path, options));
}

}  // namespace

void bind_area(py::module_& module) {
  py::class_<Area, std::shared_ptr<Area>>(module, "Area",
                                          "Where people can walk: polygons with holes, gates, zones.")
      .def(py::init([](const py::list& parts, const py::dict& gates, const py::list& zones) {
             return std::make_shared<Area>(polygons_of(parts, "area"), gates_of(gates), zones_of(zones));
           }),
           py::arg("parts"), py::arg("gates"), py::arg("zones"),
           "From lists of rings, arrays of shape (n, 2) in m; gates {id: (ends, closed)}; zones [(id, rings, "
           "factor)].")
      .def_static(
          "from_wkt",
          [](const std::string& text, const std::string& name) {
            return std::make_shared<Area>(io::polygons_of_wkt(text, name));
          },
          py::arg("text"), py::arg("name"), "From well-known text: polygons and collections of them.")
      .def_static("from_file", &area_in_file, py::arg("path"), py::arg("crs") = "",
                  "From a .wkt file, a .dxf drawing or any map layer of polygons.")
      .def_property_readonly("size_m2", &Area::size)
      .def("contains",
           [](const Area& self, double x, double y) {
             return self.contains({x, y});
           })
      .def(
          "rings", [](const Area& self) { return rings_of(self.parts()); },
          "Rings of all parts, arrays of shape (n, 2).");
}

}  // namespace chimata::python
