#include "bind.hpp"

#include <cinttypes>

#include "chimata/geo/vector.hpp"
#include "chimata/scenario/inputs.hpp"
#include "chimata/scenario/safe_departure.hpp"
#include "chimata/scenario/scenario.hpp"

namespace chimata::python {

namespace {

Scenario make(const std::string& document, const CityHandle& city, const PopulationHandle* people,
              const std::string& where) {
  py::gil_scoped_release nogil;
  ScenarioInputs inputs = inputs_from_files(city.city, where);
  if (people) inputs.people = people->people, inputs.people_with = people->with;
  return Scenario(document, std::move(inputs));
}

py::list edits(const Scenario& self) {
  py::list list;
  for (const auto& edit : self.edits()) {
    list.append(py::dict(py::arg("seq") = edit.number, py::arg("op") = edit.op,
                         py::arg("target") = edit.target, py::arg("field") = edit.field,
                         py::arg("old") = edit.old_value, py::arg("new") = edit.new_value,
                         py::arg("why") = edit.why));
  }
  return list;
}

py::list assumptions(const Scenario& self) {
  py::list list;
  for (const auto& a : self.assumptions()) {
    list.append(py::dict(py::arg("model") = a.model, py::arg("name") = a.about.name,
                         py::arg("value") = a.value, py::arg("default") = a.default_value,
                         py::arg("unit") = a.about.unit, py::arg("source") = a.about.source,
                         py::arg("grade") = std::string(1, a.about.grade),
                         py::arg("label_ja") = a.about.label_ja, py::arg("label_en") = a.about.label_en,
                         py::arg("changed") = a.changed, py::arg("help") = a.about.help));
  }
  return list;
}

py::dict shelters(const Scenario& self) {
  const auto& plans = self.shelters();
  std::vector<std::string> ids, names;
  for (const auto& plan : plans) ids.push_back(plan.id), names.push_back(plan.name);
  py::dict columns;
  columns["id"] = ids;
  columns["name"] = names;
  columns["x"] = array_from<double>(plans, [](const ShelterPlan& p) { return p.position.x; });
  columns["y"] = array_from<double>(plans, [](const ShelterPlan& p) { return p.position.y; });
  columns["capacity"] = array_from<std::uint32_t>(plans, [](const ShelterPlan& p) { return p.capacity; });
  columns["flood_safe"] =
      array_from<bool>(plans, [](const ShelterPlan& p) { return (p.fit & kRiverFlood) != 0; });
  return columns;
}

py::object depth_frames(const Scenario& self) {
  const auto& series = self.depths();
  if (!series) return py::none();
  const auto frames = static_cast<py::ssize_t>(series->time.size());
  py::array_t<float> depth({frames, static_cast<py::ssize_t>(series->frame.rows),
                            static_cast<py::ssize_t>(series->frame.columns)});
  float* out = depth.mutable_data();
  for (const auto& grid : series->depth) out = std::copy(grid.begin(), grid.end(), out);
  return py::dict(py::arg("times_s") = array_from<double>(series->time, [](Time t) { return seconds(t); }),
                  py::arg("depth") = depth, py::arg("west") = series->frame.west,
                  py::arg("north") = series->frame.north, py::arg("cell_x") = series->frame.cell_x,
                  py::arg("cell_y") = series->frame.cell_y);
}

py::dict safe_departures(const Scenario& self) {
  const SafeDepartures* safe = nullptr;
  {
    py::gil_scoped_release nogil;
    safe = &self.safe_departures();
  }
  return py::dict(py::arg("latest_s") = array_of<double>(safe->latest),
                  py::arg("distance_m") = array_of<double>(safe->distance),
                  py::arg("shelter") = array_of<std::uint32_t>(safe->shelter),
                  py::arg("class_speed_m_s") = array_of<double>(safe->class_speed));
}

py::list closures(const Scenario& self) {
  py::list list;
  for (const auto& c : self.closures()) {
    list.append(
        py::make_tuple(c.link.value, seconds(c.when.from), seconds(c.when.to), static_cast<int>(c.modes)));
  }
  return list;
}

/// Gates of the event's area, where they stand in the city's metres.
py::dict gates(const Scenario& self) {
  std::vector<AreaGate> all;
  for (const FocusArea& area : self.areas()) all.insert(all.end(), area.gates.begin(), area.gates.end());
  std::vector<std::string> ids;
  for (const AreaGate& gate : all) ids.push_back(gate.id);
  const auto middle = [](const AreaGate& gate) { return between(gate.line.a, gate.line.b, 0.5); };
  py::dict columns;
  columns["id"] = ids;
  columns["x"] = array_from<double>(all, [&](const AreaGate& g) { return middle(g).x; });
  columns["y"] = array_from<double>(all, [&](const AreaGate& g) { return middle(g).y; });
  columns["width_m"] = array_from<double>(all, [](const AreaGate& g) { return g.width(); });
  columns["way_in"] = array_from<bool>(all, [](const AreaGate& g) { return g.way_in; });
  columns["way_out"] = array_from<bool>(all, [](const AreaGate& g) { return g.way_out; });
  columns["lanes"] = array_from<std::uint32_t>(all, [](const AreaGate& g) { return g.check.lanes; });
  columns["check_s"] = array_from<double>(all, [](const AreaGate& g) { return g.check.mean; });
  return columns;
}

/// Where people move in the plane, without buildings that were cut out.
py::list area_parts(const Scenario& self) {
  std::vector<Polygon> all;
  for (const FocusArea& area : self.areas())
    all.insert(all.end(), area.area->parts().begin(), area.area->parts().end());
  return rings_of(all);
}

/// Ropes and fences of the event's area, without the lines that shut gaps between buildings.
py::list barriers(const Scenario& self) {
  py::list list;
  for (const FocusArea& area : self.areas()) {
    for (const AreaBarrier& barrier : area.barriers) {
      if (!barrier.id.starts_with("barrier/")) continue;
      py::array_t<double> line({barrier.line.size(), std::size_t{2}});
      for (std::size_t i = 0; i < barrier.line.size(); ++i)
        line.mutable_at(i, 0) = barrier.line[i].x, line.mutable_at(i, 1) = barrier.line[i].y;
      const double until = barrier.stands.to == kNever ? INFINITY : seconds(barrier.stands.to);
      list.append(py::make_tuple(barrier.id, line, seconds(barrier.stands.from), until));
    }
  }
  return list;
}

}  // namespace

void bind_scenario(py::module_& module) {
  py::class_<Scenario>(module, "Scenario", "A checked what-if, ready to run with any seed; immutable.")
      .def(py::init(&make), py::arg("document_json"), py::arg("city"), py::arg("population") = nullptr,
           py::arg("where") = "scenario",
           "Checks and resolves a scenario document.\n\nRaises\n------\nInputError : one line that names the "
           "key and what to do")
      .def_property_readonly("name", &Scenario::name)
      .def_property_readonly("document", &Scenario::document)
      .def_property_readonly("duration_s", [](const Scenario& self) { return seconds(self.end()); })
      .def_property_readonly("start", &Scenario::start_iso,
                             "Local date and time of the start, ISO 8601 without zone.")
      .def_property_readonly("population",
                             [](const Scenario& self) {
                               return PopulationHandle{self.people(), {}};
                             })
      .def("edits", &edits, "Edits as applied: seq, op, target, field, old, new, why.")
      .def("gates", &gates,
           "Gates of the area of an event: id, x, y, width_m, way_in, way_out, lanes, check_s.")
      .def("area_parts", &area_parts, "The area of an event: per polygon its rings, (n, 2) in m.")
      .def("barriers", &barriers, "Ropes and fences of an event: (id, line in m, from_s, to_s).")
      .def("notes", &Scenario::notes, "What is odd and does not keep it from running, one line each.")
      .def("shelters", &shelters, "Shelters with all edits applied.")
      .def("safe_departures", &safe_departures,
           "Per person by distance / speed against the arrival of the water: latest_s, distance_m, shelter; "
           "and "
           "class_speed_m_s by class.")
      .def("closures", &closures, "Closed links: (link, from_s, to_s, modes).")
      .def("assumptions", &assumptions, "Every parameter with value, default, unit, source and grade.")
      .def("depth_frames", &depth_frames,
           "Depth rasters of the flood (k, rows, columns) in metres with their times, or None.")
      .def("digest", [](const Scenario& self) {
        char text[20];
        std::snprintf(text, sizeof text, "%016" PRIx64, self.digest());
        return std::string(text);
      });
}

}  // namespace chimata::python
