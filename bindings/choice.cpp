#include "venue.hpp"

namespace chimata::python {

using namespace pedestrian;

namespace {

std::vector<PersonId> persons_of(const std::vector<std::uint32_t>& numbers) {
  std::vector<PersonId> people;
  for (const std::uint32_t number : numbers) people.push_back(PersonId{number});
  return people;
}

/// One more layer, everywhere, in shapes, or on a grid (west, north, cell, columns, rows).
void add_layer(VenueHandle& self, const std::string& quantity, const py::list& shapes, const py::tuple& grid,
               const std::vector<double>& times_s, const std::vector<double>& values) {
  Layer layer;
  layer.quantity = named<Quantity>("quantity", quantity, {"smoke", "co", "co2", "o2", "water"});
  layer.shapes = polygons_of(shapes, quantity);
  if (!grid.empty()) {
    const auto cell = grid[2].cast<double>();
    layer.frame = {grid[0].cast<double>(),      grid[1].cast<double>(),     cell, cell,
                   grid[3].cast<std::size_t>(), grid[4].cast<std::size_t>()};
  }
  layer.times_s = times_s, layer.values = values;
  Surroundings all = self.venue.surroundings();
  all.add(std::move(layer));
  self.venue.set_surroundings(std::move(all));
}

void set_smoke(VenueHandle& self, const std::string& law, double sign_contrast) {
  Surroundings all = self.venue.surroundings();
  all.smoke.law = named<SmokeLaw>("law of smoke", law, {"jin", "frantzich_nilsson"});
  all.smoke.sign_contrast = sign_contrast;
  self.venue.set_surroundings(std::move(all));
}

py::dict exposures(const VenueHandle& self, const std::vector<std::uint32_t>& people) {
  std::vector<Exposure> all;
  for (const PersonId person : persons_of(people)) all.push_back(self.venue.exposure(person));
  py::dict table;
  table["dose"] = array_from<double>(all, [](const Exposure& e) { return e.dose; });
  table["down_s"] = array_from<double>(all, [](const Exposure& e) { return e.down_s; });
  return table;
}

void set_choice(VenueHandle& self, const py::dict& values) {
  const Settings given{values, "choice"};
  ChoiceModel model = self.venue.choices().model();
  const auto take = [&](const char* name, double& member) { member = given.get(name, member); };
  take("look_every", model.look_every), take("gain_s", model.gain_s), take("gain_share", model.gain_share);
  take("door_flow", model.door_flow), take("sight", model.sight), take("follow", model.follow);
  take("follow_within", model.follow_within), take("follow_least", model.follow_least);
  take("stay_s", model.stay_s);
  self.venue.choices().set_model(model);
}

void add_sign(VenueHandle& self, const py::list& lines, const std::vector<StageRow>& shows,
              const py::dict& values) {
  const Settings given{values, "sign"};
  Sign sign;
  sign.lines = lines_of(lines, "sign"), sign.shows = shows;
  sign.reach = given.get("reach", sign.reach), sign.noticed = given.get("noticed", sign.noticed);
  sign.from_s = given.get("from_s", sign.from_s), sign.until_s = given.get("until_s", sign.until_s);
  self.venue.choices().add(std::move(sign));
}

void announce(VenueHandle& self, const py::list& lines, const std::vector<StageRow>& recommends,
              const std::vector<StageRow>& shut, const py::dict& values) {
  const Settings given{values, "announcement"};
  Announcement call;
  call.lines = lines_of(lines, "announcement"), call.recommends = recommends, call.shut = shut;
  call.reach = given.get("reach", call.reach), call.share = given.get("share", call.share);
  call.in_sight = given.get("in_sight", call.in_sight);
  call.from_s = given.get("from_s", call.from_s), call.until_s = given.get("until_s", call.until_s);
  self.venue.choices().add(std::move(call));
}

py::dict changes_of_mind(const VenueHandle& self) {
  const auto& all = self.venue.changes_of_mind();
  py::dict table;
  table["time_s"] = array_from<double>(all, [](const ChangeOfMind& c) { return c.time_s; });
  table["person"] = array_from<std::uint32_t>(all, [](const ChangeOfMind& c) { return c.person.value; });
  table["from"] = array_from<std::uint32_t>(all, [](const ChangeOfMind& c) { return c.from; });
  table["to"] = array_from<std::uint32_t>(all, [](const ChangeOfMind& c) { return c.to; });
  table["why"] =
      array_from<std::uint32_t>(all, [](const ChangeOfMind& c) { return static_cast<std::uint32_t>(c.why); });
  return table;
}

}  // namespace

void bind_choice(VenueClass& venue) {
  venue
      .def("add_layer", &add_layer, py::arg("quantity"), py::arg("shapes"), py::arg("grid"),
           py::arg("times_s"), py::arg("values"))
      .def("set_smoke", &set_smoke, py::arg("law"), py::arg("sign_contrast"))
      .def(
          "set_class",
          [](VenueHandle& self, const std::vector<std::uint32_t>& people, const std::string& name) {
            self.venue.set_class(
                persons_of(people),
                named<PersonClass>("class of person", name, {"adult", "child", "elderly", "impaired"}));
          },
          py::arg("people"), py::arg("name"))
      .def("exposures", &exposures, py::arg("people"))
      .def_property_readonly("incapacitated",
                             [](const VenueHandle& self) { return self.venue.incapacitated(); })
      .def("set_choice", &set_choice, py::arg("values"))
      .def(
          "familiarise",
          [](VenueHandle& self, const std::vector<std::uint32_t>& people, const std::vector<StageRow>& stages,
             double share) { self.venue.familiarise(persons_of(people), stages, share); },
          py::arg("people"), py::arg("stages"), py::arg("share"))
      .def("add_sign", &add_sign, py::arg("lines"), py::arg("shows"), py::arg("values"))
      .def("announce", &announce, py::arg("lines"), py::arg("recommends"), py::arg("shut"), py::arg("values"))
      .def(
          "set_door",
          [](VenueHandle& self, StageRow stage, bool shut, double at_s) {
            self.venue.set_door(stage, shut, at_s);
          },
          py::arg("stage"), py::arg("shut"), py::arg("at_s"))
      .def("changes_of_mind", &changes_of_mind);
}

}  // namespace chimata::python
