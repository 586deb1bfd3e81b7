#include "safety.hpp"

#include "chimata/core/error.hpp"
#include "chimata/pedestrian/guard_posts.hpp"

namespace chimata::python {

using namespace pedestrian;

namespace {

std::span<const Point> points_in(const Places& xy) {
  if (xy.ndim() != 2 || xy.shape(1) != 2)
    throw InputError("position", "is no table of x and y", "give an array of shape (n, 2)");
  return {reinterpret_cast<const Point*>(xy.data()), static_cast<std::size_t>(xy.shape(0))};
}

Polygon polygon_in(const py::list& rings) {
  Polygon polygon;
  for (const auto& ring : rings) {
    const auto array = ring.cast<Places>();
    const auto points = points_in(array);
    polygon.rings.emplace_back(points.begin(), points.end());
  }
  return polygon;
}

}  // namespace

void SafetyHandle::look(const People& person, const Places& position, const Places& velocity, double now) {
  const std::span<const std::uint32_t> numbers(person.data(), static_cast<std::size_t>(person.size()));
  std::vector<PersonId> people;
  for (const std::uint32_t number : numbers) people.emplace_back(number);
  const auto at = points_in(position), v = points_in(velocity);
  if (at.size() != people.size() || v.size() != people.size())
    throw InputError("position", "people, positions and velocities are not equally many");
  const py::gil_scoped_release nogil;
  record.look(people, at, v, now, arena_);
}

namespace {

/// Columns of everything a place has seen, in the order of cells.
py::dict places(const SafetyHandle& self) {
  const auto& all = self.record.fields().places();
  const auto column = [&](float PlaceRecord::*member) {
    return array_from<float>(all, [member](const PlaceRecord& place) { return place.*member; });
  };
  py::dict table;
  table["density_m2"] = column(&PlaceRecord::density);
  table["speed_m_s"] = column(&PlaceRecord::speed);
  table["velocity_x_m_s"] = column(&PlaceRecord::vx);
  table["velocity_y_m_s"] = column(&PlaceRecord::vy);
  table["pressure_s2"] = column(&PlaceRecord::pressure);
  table["density_max_m2"] = column(&PlaceRecord::density_max);
  table["flow_max_m_s"] = column(&PlaceRecord::flow_max);
  table["pressure_max_s2"] = column(&PlaceRecord::pressure_max);
  table["density_sum_s_m2"] = column(&PlaceRecord::density_s);
  table["flow_x_sum_m"] = column(&PlaceRecord::flow_x);
  table["flow_y_sum_m"] = column(&PlaceRecord::flow_y);
  table["alert_s"] = column(&PlaceRecord::alert_s);
  table["crush_s"] = column(&PlaceRecord::crush_s);
  table["turbulent_s"] = column(&PlaceRecord::turbulent_s);
  table["first_alarm_s"] = column(&PlaceRecord::first_alarm);
  table["first_crush_s"] = column(&PlaceRecord::first_crush);
  table["person_s"] = column(&PlaceRecord::person_s);
  table["alert_person_s"] = column(&PlaceRecord::alert_person_s);
  table["crush_person_s"] = column(&PlaceRecord::crush_person_s);
  table["counterflow_person_s"] = column(&PlaceRecord::counter_person_s);
  return table;
}

py::dict moments(const SafetyHandle& self) {
  const auto& all = self.record.moments();
  const auto count = [&](std::size_t Safety::Now::*member) {
    return array_from<std::int64_t>(all, [member](const SafetyMoment& moment) { return moment.now.*member; });
  };
  py::dict table;
  table["time_s"] = array_from<double>(all, [](const SafetyMoment& m) { return m.time_s; });
  table["people"] = count(&Safety::Now::people);
  table["standing"] = count(&Safety::Now::standing);
  table["alert_people"] = count(&Safety::Now::alert);
  table["crush_people"] = count(&Safety::Now::crush);
  table["counterflow_people"] = count(&Safety::Now::counterflow);
  table["density_max_m2"] = array_from<double>(all, [](const SafetyMoment& m) { return m.now.density_max; });
  table["pressure_max_s2"] =
      array_from<double>(all, [](const SafetyMoment& m) { return m.now.pressure_max; });
  return table;
}

py::dict crossings(const SafetyHandle& self) {
  const auto& all = self.record.lines().crossings();
  py::dict table;
  table["time_s"] = array_from<double>(all, [](const Crossing& c) { return c.time_s; });
  table["person"] = array_from<std::uint32_t>(all, [](const Crossing& c) { return c.person.value; });
  table["line"] = array_from<std::uint32_t>(all, [](const Crossing& c) { return c.line; });
  table["forward"] = array_from<bool>(all, [](const Crossing& c) { return c.forward; });
  table["speed_m_s"] = array_from<float>(all, [](const Crossing& c) { return c.speed; });
  return table;
}

py::dict zones(const SafetyHandle& self) {
  const auto& all = self.record.zone_moments();
  py::dict table;
  table["time_s"] = array_from<double>(all, [](const ZoneMoment& m) { return m.time_s; });
  table["zone"] = array_from<std::uint32_t>(all, [](const ZoneMoment& m) { return m.zone; });
  table["density_m2"] = array_from<double>(all, [](const ZoneMoment& m) { return m.measure.density; });
  table["counted_m2"] = array_from<double>(all, [](const ZoneMoment& m) { return m.measure.counted; });
  table["speed_m_s"] = array_from<double>(all, [](const ZoneMoment& m) { return m.measure.speed; });
  return table;
}

py::dict posts(const SafetyHandle& self, std::size_t count, double reach) {
  const auto all = guard_posts(self.record.fields(), count, reach);
  const auto column = [&](auto member) {
    return array_from<double>(all, [member](const GuardPost& post) { return post.*member; });
  };
  py::list dangers;
  for (const GuardPost& post : all) dangers.append(name_of(post.danger));
  py::dict table;
  table["x_m"] = array_from<double>(all, [](const GuardPost& post) { return post.at.x; });
  table["y_m"] = array_from<double>(all, [](const GuardPost& post) { return post.at.y; });
  table["danger"] = dangers;
  table["alert_person_min"] = column(&GuardPost::alert_person_min);
  table["crush_person_min"] = column(&GuardPost::crush_person_min);
  table["counterflow_person_min"] = column(&GuardPost::counter_person_min);
  table["turbulent_s"] = column(&GuardPost::turbulent_s);
  table["alert_s"] = column(&GuardPost::alert_s);
  table["density_max_m2"] = column(&GuardPost::density_max);
  table["pressure_max_s2"] = column(&GuardPost::pressure_max);
  table["first_alarm_s"] = column(&GuardPost::first_alarm);
  table["first_crush_s"] = column(&GuardPost::first_crush);
  return table;
}

py::dict totals(const SafetyHandle& self) {
  const Safety& fields = self.record.fields();
  py::dict table;
  table["alert_person_min"] = fields.alert_person_min();
  table["crush_person_min"] = fields.crush_person_min();
  table["counterflow_person_min"] = fields.counterflow_person_min();
  table["density_max_m2"] = fields.greatest_density();
  table["pressure_max_s2"] = fields.greatest_pressure();
  table["first_alarm_s"] = fields.first_alarm();
  table["first_crush_s"] = fields.first_crush();
  return table;
}

}  // namespace

void bind_safety(py::module_& module) {
  py::class_<SafetyHandle, std::shared_ptr<SafetyHandle>>(module, "Safety",
                                                          "Measures how dangerous it gets where in a crowd.")
      .def(py::init([](const std::shared_ptr<Area>& area, double every, double lines_every, double cell,
                       double range, double alert_density, double crush_density, double alarm_after,
                       double oncoming_share, double cut_off, int threads,
                       const std::shared_ptr<Levels>& building) {
             SafetyRecordModel model;
             model.every = every, model.lines_every = lines_every;
             model.fields.cell = cell, model.fields.range = range;
             model.fields.alert_density = alert_density, model.fields.crush_density = crush_density;
             model.fields.alarm_after = alarm_after, model.fields.oncoming_share = oncoming_share;
             model.voronoi.cut_off = cut_off;
             return std::make_shared<SafetyHandle>(area, building, model, threads);
           }),
           py::arg("area"), py::arg("every"), py::arg("lines_every"), py::arg("cell"), py::arg("range"),
           py::arg("alert_density"), py::arg("crush_density"), py::arg("alarm_after"),
           py::arg("oncoming_share"), py::arg("cut_off"), py::arg("threads"), py::arg("building") = nullptr)
      .def(
          "add_line",
          [](SafetyHandle& self, const std::string& id, const Places& ends) {
            const auto points = points_in(ends);
            if (points.size() != 2) throw InputError("line " + id, "has not two ends", "give two points");
            self.record.add_line({id, {points[0], points[1]}});
          },
          py::arg("id"), py::arg("ends"))
      .def(
          "add_zone",
          [](SafetyHandle& self, const std::string& id, const py::list& rings) {
            self.record.add_zone(id, polygon_in(rings));
          },
          py::arg("id"), py::arg("rings"))
      .def("look", &SafetyHandle::look, py::arg("person"), py::arg("position"), py::arg("velocity"),
           py::arg("now_s"))
      .def_property_readonly("due_s", [](const SafetyHandle& self) { return self.record.due(); })
      .def_property_readonly("shape",
                             [](const SafetyHandle& self) {
                               const Safety& fields = self.record.fields();
                               return std::pair(fields.rows(), fields.columns());
                             })
      .def_property_readonly("origin",
                             [](const SafetyHandle& self) {
                               const Point origin = self.record.fields().origin();
                               return std::pair(origin.x, origin.y);
                             })
      .def("line_ids",
           [](const SafetyHandle& self) {
             std::vector<std::string> ids;
             for (const auto& line : self.record.lines().lines()) ids.push_back(line.id);
             return ids;
           })
      .def("zone_ids", [](const SafetyHandle& self) { return self.record.zone_ids(); })
      .def("level_person_s", [](const SafetyHandle& self) { return self.record.fields().level_person_s(); })
      .def("queue_person_s", [](const SafetyHandle& self) { return self.record.fields().queue_person_s(); })
      .def("places", &places, "Columns by cell, row by row from the south-west.")
      .def("moments", &moments, "Columns by measurement.")
      .def("crossings", &crossings, "Columns by crossing of a line.")
      .def("zones", &zones, "Columns by measurement and zone.")
      .def("posts", &posts, py::arg("count"), py::arg("reach"), "Columns by post, in order of need.")
      .def("totals", &totals, "Figures of the whole run.");
  module.def(
      "densities",
      [](const Places& position, const py::tuple& box, double cell, double range) {
        Box all;
        all.add({box[0].cast<double>(), box[1].cast<double>()});
        all.add({box[2].cast<double>(), box[3].cast<double>()});
        SafetyModel model;
        model.cell = cell, model.range = range;
        Safety fields(all, model);
        const auto at = points_in(position);
        fields.observe(at, std::vector<Point>(at.size()), 0, 0);
        py::array_t<float> grid({fields.rows(), fields.columns()});
        const auto& places = fields.places();
        std::transform(places.begin(), places.end(), grid.mutable_data(),
                       [](const PlaceRecord& place) { return place.density; });
        return grid;
      },
      py::arg("position"), py::arg("box"), py::arg("cell"), py::arg("range") = 1.0,
      "Gaussian densities, persons/m², of people at places (n, 2) m, over a grid from the south-west of box "
      "(west, south, east, north).");
}

}  // namespace chimata::python
