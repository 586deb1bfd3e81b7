#include "chimata/space/levels.hpp"

#include "chimata/io/levels_file.hpp"
#include "venue.hpp"

namespace chimata::python {

using namespace pedestrian;

namespace {

Wall line_of(const py::handle& ends, const std::string& what) {
  const auto points = points_of(ends.cast<Numbers>(), what);
  if (points.size() != 2)
    throw InputError(what, "has " + std::to_string(points.size()) + " points", "give its two ends");
  return {points[0], points[1]};
}

/// From tuples of (id, parts, height, gates, zones).
std::vector<Level> levels_of(const py::list& rows) {
  std::vector<Level> levels;
  for (const auto& entry : rows) {
    const auto row = entry.cast<py::tuple>();
    const auto id = row[0].cast<std::string>();
    const std::string where = "level " + id;
    levels.push_back({id, polygons_of(row[1].cast<py::list>(), where), row[2].cast<double>(),
                      gates_of(row[3].cast<py::dict>()), zones_of(row[4].cast<py::list>())});
  }
  return levels;
}

/// From tuples of (id, from, to, foot, head, shape, length).
std::vector<Flight> flights_of(const py::list& rows) {
  std::vector<Flight> flights;
  for (const auto& entry : rows) {
    const auto row = entry.cast<py::tuple>();
    const auto id = row[0].cast<std::string>();
    const std::string where = "flight " + id;
    flights.push_back({id, row[1].cast<std::string>(), row[2].cast<std::string>(),
                       line_of(row[3], where + ", foot"), line_of(row[4], where + ", head"),
                       polygons_of(row[5].cast<py::list>(), where), row[6].cast<double>()});
  }
  return flights;
}

/// From tuples of (id, [(level, door)]).
std::vector<Shaft> shafts_of(const py::list& rows) {
  std::vector<Shaft> shafts;
  for (const auto& entry : rows) {
    const auto row = entry.cast<py::tuple>();
    Shaft shaft{row[0].cast<std::string>(), {}};
    for (const auto& stop : row[1].cast<py::list>()) {
      const auto landing = stop.cast<py::tuple>();
      const auto level = landing[0].cast<std::string>();
      shaft.landings.push_back({level, line_of(landing[1], "elevator " + shaft.id + ", door on " + level)});
    }
    shafts.push_back(std::move(shaft));
  }
  return shafts;
}

/// Of people somewhere in the plane: where in the building, on which sheet, and how high.
py::tuple from_plane(const Levels& self, const Numbers& xy) {
  const auto points = points_of(xy, "position");
  const auto count = static_cast<py::ssize_t>(points.size());
  py::array_t<double> at({count, py::ssize_t{2}}), height(count);
  py::array_t<std::uint32_t> sheet(count);
  auto* place = reinterpret_cast<Point*>(at.mutable_data());
  for (py::ssize_t i = 0; i < count; ++i) {
    const Point point = points[static_cast<std::size_t>(i)];
    place[i] = self.from_plane(point);
    sheet.mutable_at(i) = self.sheet_of(point);
    height.mutable_at(i) = self.height_at(point);
  }
  return py::make_tuple(at, sheet, height);
}

/// One sheet after the other: id, whether it is a flight, rings in the building's coordinates, offset to the
/// plane.
py::list sheets(const Levels& self) {
  py::list all;
  for (std::size_t row = 0; row < self.sheets().size(); ++row) {
    const Sheet& sheet = self.sheets()[row];
    const bool is_level = row < self.levels().size();
    const auto& parts = is_level ? self.levels()[row].parts : self.flights()[sheet.flight].shape;
    all.append(
        py::make_tuple(sheet.id, !is_level, rings_of(parts), py::make_tuple(sheet.offset.x, sheet.offset.y)));
  }
  return all;
}

FlightModel flight_model_of(const std::string& where, const py::dict& values) {
  const Settings settings{values, where};
  FlightModel model;
  model.kind = named<FlightKind>("kind of flight", settings.get<std::string>("kind", "stairs"),
                                 {"stairs", "ramp", "escalator"});
  model.table = named<StairTable>("table", settings.get<std::string>("table", "fruin_indoor"),
                                  {"fruin_indoor", "fruin_outdoor", "imo", "weidmann", "fixed", "shares"});
  model.up = settings.get("up", model.up), model.down = settings.get("down", model.down);
  model.rate = settings.get("rate", model.rate), model.belt = settings.get("belt", model.belt);
  model.walking = settings.get("walking", model.walking);
  model.use = use_of(settings.get<std::string>("use", "both"));
  return model;
}

ElevatorModel elevator_model_of(const std::string& where, const py::dict& values) {
  const Settings settings{values, where};
  ElevatorModel model;
  model.cabins = settings.get("cabins", model.cabins);
  model.capacity = settings.get("capacity", model.capacity);
  model.speed = settings.get("speed", model.speed);
  model.start_s = settings.get("start_s", model.start_s);
  model.door_s = settings.get("door_s", model.door_s);
  model.board_s = settings.get("board_s", model.board_s);
  return model;
}

/// Levels, flights and elevators of files as Python makes its own from: levels (id, parts, height, gates,
/// zones), flights (id, kind, from, to, foot, head, length, settings), elevators (id, [(level, door)],
/// settings); and what was noted.
py::tuple read_levels(const std::vector<std::string>& paths, const std::string& crs,
                      const std::map<std::string, double>& heights, double unit) {
  io::LevelsDrawing drawing;
  std::vector<Problem> notes;
  {
    const py::gil_scoped_release nogil;
    drawing = io::read_levels(paths, {.crs = crs, .heights = heights, .unit = unit}, &notes);
  }
  py::list levels, flights, shafts, said;
  for (const Level& level : drawing.levels) {
    py::dict gates;
    for (const Gate& gate : level.gates)
      gates[py::str(gate.id)] = py::make_tuple(ends_of(gate.line), gate.closed);
    py::list zones;
    for (const SpeedZone& zone : level.zones)
      zones.append(py::make_tuple(zone.id, rings_of({zone.shape})[0], zone.factor));
    levels.append(py::make_tuple(level.id, rings_of(level.parts), level.height, gates, zones));
  }
  for (const auto& [flight, kind, settings] : drawing.flights)
    flights.append(py::make_tuple(flight.id, kind, flight.from, flight.to, ends_of(flight.foot),
                                  ends_of(flight.head), flight.length, settings));
  for (const auto& [shaft, settings] : drawing.shafts) {
    py::list doors;
    for (const Landing& landing : shaft.landings)
      doors.append(py::make_tuple(landing.level, ends_of(landing.door)));
    shafts.append(py::make_tuple(shaft.id, doors, settings));
  }
  for (const Problem& note : notes) said.append(note.message);
  return py::make_tuple(levels, flights, shafts, drawing.crs, said);
}

std::shared_ptr<VenueHandle> venue_of(const std::shared_ptr<Levels>& levels, const py::list& flights,
                                      const py::list& elevators, double dt, double clearance,
                                      double look_every, std::uint64_t seed, int threads, bool quickest,
                                      bool step_aside, bool make_way) {
  std::vector<FlightModel> flight_models;
  for (const auto& values : flights)
    flight_models.push_back(
        flight_model_of("flight " + levels->flights()[flight_models.size()].id, values.cast<py::dict>()));
  std::vector<ElevatorModel> elevator_models;
  for (const auto& values : elevators)
    elevator_models.push_back(elevator_model_of("elevator " + levels->shafts()[elevator_models.size()].id,
                                                values.cast<py::dict>()));
  const auto model = venue_model_of(dt, clearance, look_every, seed, quickest, step_aside, make_way);
  return std::make_shared<VenueHandle>(levels, flight_models, elevator_models, model, threads);
}

const Storeys& storeys_of(const VenueHandle& self) {
  if (self.venue.storeys() == nullptr) throw InputError("venue", "has one level", "give it Levels");
  return *self.venue.storeys();
}

}  // namespace

Use use_of(const std::string& word) {
  return named<Use>("use", word, {"both", "onward", "back", "closed"});
}

void bind_levels(py::module_& module) {
  py::class_<Levels, std::shared_ptr<Levels>>(module, "Levels", "Levels joined by flights and elevators.")
      .def(py::init([](const py::list& levels, const py::list& flights, const py::list& shafts) {
             return std::make_shared<Levels>(levels_of(levels), flights_of(flights), shafts_of(shafts));
           }),
           py::arg("levels"), py::arg("flights"), py::arg("shafts"),
           "From tuples: levels (id, parts, height, gates, zones), flights (id, from, to, foot, head, shape, "
           "length), shafts (id, [(level, door)]).")
      .def_property_readonly("area",
                             [](const Levels& self) { return std::const_pointer_cast<Area>(self.area()); })
      .def_static("read", &read_levels, py::arg("paths"), py::arg("crs"), py::arg("heights"), py::arg("unit"),
                  "What files hold: levels, flights, elevators, coordinate system, notes.")
      .def("sheets", &sheets, "(id, whether a flight, rings, offset) of the levels, then of the flights.")
      .def("from_plane", &from_plane, py::arg("xy"), "Places (n, 2) in the building, sheets, heights in m.");
}

void bind_storeys(VenueClass& venue) {
  venue
      .def_static("of_levels", &venue_of, py::arg("levels"), py::arg("flights"), py::arg("elevators"),
                  py::arg("dt"), py::arg("clearance"), py::arg("look_every"), py::arg("seed"),
                  py::arg("threads"), py::arg("quickest") = false, py::arg("step_aside") = false,
                  py::arg("make_way") = false)
      .def(
          "set_use",
          [](VenueHandle& self, const std::string& id, const std::string& use, double at_s) {
            self.venue.set_use(id, use_of(use), at_s);
          },
          py::arg("id"), py::arg("use"), py::arg("at_s"))
      .def(
          "waiting_before",
          [](const VenueHandle& self, const std::string& id) { return storeys_of(self).waiting(id); },
          py::arg("id"), "How many stand before a flight that lets on so many a second, or an elevator.")
      .def("riding", [](const VenueHandle& self) { return array_of_ids(storeys_of(self).riding()); });
}

}  // namespace chimata::python
