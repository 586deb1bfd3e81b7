#include "bind.hpp"

#include <filesystem>

#include "chimata/core/error.hpp"
#include "chimata/io/area_layers.hpp"
#include "chimata/io/area_wkt.hpp"
#include "chimata/pedestrian/places.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata::python {

using namespace pedestrian;

namespace {

using Numbers = py::array_t<double, py::array::c_style | py::array::forcecast>;

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

std::shared_ptr<const Area> area_of(const py::list& parts, const py::dict& gates, const py::list& zones) {
  std::vector<Gate> all_gates;
  for (const auto& [id, spec] : gates) {
    const auto name = id.cast<std::string>();
    const auto pair = spec.cast<py::tuple>();
    const auto ends = points_of(pair[0].cast<Numbers>(), "gate " + name);
    if (ends.size() != 2)
      throw InputError("gate " + name, "has " + std::to_string(ends.size()) + " points", "give its two ends");
    all_gates.push_back({name, {ends[0], ends[1]}, pair[1].cast<bool>()});
  }
  std::vector<SpeedZone> all_zones;
  for (const auto& entry : zones) {
    const auto zone = entry.cast<py::tuple>();
    const auto id = zone[0].cast<std::string>();
    all_zones.push_back({id, polygon_of(zone[1].cast<py::list>(), "zone " + id), zone[2].cast<double>()});
  }
  return std::make_shared<const Area>(polygons_of(parts, "area"), std::move(all_gates), std::move(all_zones));
}

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

/// A venue with what Python needs besides: threads, and frames that stay as they were.
class VenueHandle {
 public:
  VenueHandle(std::shared_ptr<const Area> area, const VenueModel& model, int threads)
      : venue(std::move(area), model), arena_(threads) {}

  void run_until(double time_s) {
    py::gil_scoped_release nogil;
    venue.run_until(time_s, arena_);
  }

  Venue venue;

 private:
  Arena arena_;
};

/// A copy of a column that never changes, as an array of shape (n, 2).
py::array frozen(std::span<const Point> points) {
  auto* kept = new std::vector<Point>(points.begin(), points.end());
  const py::capsule owner(kept, [](void* p) { delete static_cast<std::vector<Point>*>(p); });
  py::array_t<double> array({static_cast<py::ssize_t>(kept->size()), py::ssize_t{2}},
                            reinterpret_cast<const double*>(kept->data()), owner);
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

Door door_of(const std::string& flow, double rate, double width) {
  const std::vector<std::string> names = {"emergent", "capped", "service"};
  const auto it = std::find(names.begin(), names.end(), flow);
  if (it == names.end())
    throw InputError("flow", "there is no door flow \"" + flow + "\"", "use emergent, capped or service");
  return {static_cast<DoorFlow>(it - names.begin()), rate, width};
}

StageRow add_stage(VenueHandle& self, const std::string& kind, const std::string& id, const py::list& shapes,
                   const py::list& lines, double, const std::string& flow, double rate,
                   double width) {
  Stage stage;
  stage.id = id;
  if (kind == "pass") stage.does = Pass{};
  if (kind == "wait") stage.does = Waiting{};
  stage.shapes = polygons_of(shapes, "stage " + id);
  stage.lines = lines_of(lines, "stage " + id);
  if (kind == "leave") stage.does = Exit{door_of(flow, rate, width)};
  return self.venue.add_stage(std::move(stage));
}

Law law_of(const std::string& name) {
  const std::vector<std::string> names = {"collision_free", "anticipating", "social_force", "orca"};
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end())
    throw InputError("law", "there is no law \"" + name + "\"",
                     "use collision_free, anticipating, social_force or orca");
  return static_cast<Law>(it - names.begin());
}

void let_in(VenueHandle& self, const Numbers& position, const std::vector<std::uint32_t>& person,
            const std::vector<std::uint32_t>& journey, const std::vector<double>& speed,
            const std::vector<double>& radius, const std::vector<double>& time_gap,
            const std::vector<double>& enters_s, const std::vector<double>& starts_s,
            const std::string& law) {
  const auto places = points_of(position, "position");
  std::vector<Visitor> visitors(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    Visitor& visitor = visitors[i];
    visitor.body.person = PersonId{person.at(i)};
    visitor.body.at = places[i];
    visitor.body.speed = speed.at(i);
    visitor.body.radius = radius.at(i);
    visitor.body.time_gap = time_gap.at(i);
    visitor.body.law = law_of(law);
    visitor.journey = journey.at(i);
    visitor.enters_s = enters_s.at(i);
    visitor.starts_s = starts_s.at(i);
  }
  self.venue.let_in(std::move(visitors));
}

py::dict passings(const VenueHandle& self) {
  const auto& all = self.venue.passings();
  return py::dict(
      py::arg("time_s") = array_from<double>(all, [](const Passing& p) { return p.time_s; }),
      py::arg("person") = array_from<std::uint32_t>(all, [](const Passing& p) { return p.person.value; }),
      py::arg("stage") = array_from<std::uint32_t>(all, [](const Passing& p) { return p.stage; }));
}

}  // namespace

void bind_crowd(py::module_& module) {
  py::class_<Area, std::shared_ptr<Area>>(module, "Area",
                                          "Where people can walk: polygons with holes, gates, zones.")
      .def(py::init([](const py::list& parts, const py::dict& gates, const py::list& zones) {
             return std::const_pointer_cast<Area>(area_of(parts, gates, zones));
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

  py::class_<VenueHandle, std::shared_ptr<VenueHandle>>(module, "Venue", "People in an area, step by step.")
      .def(py::init([](const std::shared_ptr<Area>& area, double dt, double clearance, double look_every,
                       int threads) {
             VenueModel model;
             model.dt = dt, model.clearance = clearance, model.look_every = look_every;
             return std::make_shared<VenueHandle>(area, model, threads);
           }),
           py::arg("area"), py::arg("dt"), py::arg("clearance"), py::arg("look_every"), py::arg("threads"))
      .def("add_stage", &add_stage, py::arg("kind"), py::arg("id"), py::arg("shapes"), py::arg("lines"),
           py::arg("until_s"), py::arg("flow"), py::arg("rate"), py::arg("width"))
      .def("add_journey",
           [](VenueHandle& self, std::vector<StageRow> stages) {
             return self.venue.add_journey(std::move(stages));
           })
      .def("let_in", &let_in, py::arg("position"), py::arg("person"), py::arg("journey"), py::arg("speed"),
           py::arg("radius"), py::arg("time_gap"), py::arg("enters_s"), py::arg("starts_s"), py::arg("law"))
      .def(
          "places_in",
          [](const VenueHandle& self, const py::list& rings, std::size_t count, double spacing,
             double from_walls, std::uint64_t seed) {
            return frozen(places_in(self.venue.area(), self.venue.walls(), polygon_of(rings, "place"), count,
                                    spacing, from_walls, Random{Seed{seed}}));
          },
          py::arg("rings"), py::arg("count"), py::arg("spacing"), py::arg("from_walls"), py::arg("seed"))
      .def("set_gate", [](VenueHandle& self, const std::string& id, bool closed,
                          double at_s) { self.venue.set_gate(id, closed, at_s); })
      .def("run_until", &VenueHandle::run_until, py::arg("time_s"))
      .def_property_readonly("now_s", [](const VenueHandle& self) { return self.venue.now(); })
      .def_property_readonly("present", [](const VenueHandle& self) { return self.venue.present(); })
      .def_property_readonly("to_come", [](const VenueHandle& self) { return self.venue.to_come(); })
      .def_property_readonly("left", [](const VenueHandle& self) { return self.venue.left(); })
      .def("position", [](const VenueHandle& self) { return frozen(self.venue.crowd().position()); })
      .def("velocity", [](const VenueHandle& self) { return frozen(self.venue.crowd().velocity()); })
      .def("person",
           [](const VenueHandle& self) {
             return array_from<std::uint32_t>(self.venue.crowd().person(),
                                              [](PersonId p) { return p.value; });
           })
      .def("passings", &passings)
      .def("stage_ids", [](const VenueHandle& self) {
        std::vector<std::string> ids;
        for (const Stage& stage : self.venue.stages()) ids.push_back(stage.id);
        return ids;
      });
}

}  // namespace chimata::python
