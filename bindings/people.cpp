#include "bind.hpp"

#include "chimata/core/error.hpp"
#include "chimata/scenario/catalogue.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata::python {

PopulationModel population_model_of(const std::string& json) {
  const Json document = Json::parse(json);
  const ModelEntry& model = find_model("people", "people");
  const LocalClock clock;
  Settings settings;
  for (const auto& [key, value] : document.items()) {
    const Parameter& parameter = find_parameter(model, key, "people");
    settings[key] = read_value(parameter, value, clock, parameter.default_value, "people." + key);
  }
  return population_model(settings);
}

namespace {

template <class T>
std::optional<std::vector<T>> optional_column(const py::dict& table, const char* name) {
  if (!table.contains(name)) return std::nullopt;
  return table[name].cast<std::vector<T>>();
}

PopulationHandle from_table(const CityHandle& city, const py::dict& table, std::uint64_t seed,
                            const std::string& parameters) {
  PeopleTable people;
  const auto x = optional_column<double>(table, "x"), y = optional_column<double>(table, "y");
  if (!x || !y || x->size() != y->size()) {
    throw InputError("people", "columns x and y are missing or differ in length", "give every person a home");
  }
  for (std::size_t i = 0; i < x->size(); ++i) people.home.push_back({(*x)[i], (*y)[i]});
  people.age = optional_column<int>(table, "age");
  people.free_speed = optional_column<double>(table, "free_speed_m_s");
  people.count = optional_column<double>(table, "count");
  people.zone = optional_column<std::string>(table, "zone");
  people.household = optional_column<std::string>(table, "household");
  people.cars = optional_column<int>(table, "cars");
  people.can_drive = optional_column<std::uint8_t>(table, "can_drive");
  people.needs_help = optional_column<std::uint8_t>(table, "needs_help");
  people.upper_floor = optional_column<double>(table, "upper_floor_m");
  people.supplies_h = optional_column<double>(table, "supplies_h");
  if (const auto classes = optional_column<int>(table, "person_class")) {
    people.person_class.emplace();
    for (const int c : *classes) {
      if (c < 0 || c >= kPersonClasses)
        throw InputError("people", "person_class " + std::to_string(c), "use 0 to 3");
      people.person_class->push_back(static_cast<PersonClass>(c));
    }
  }
  const auto with = [city = city.city, people = std::move(people), seed](const PopulationModel& model) {
    return std::make_shared<const Population>(people_from(*city, people, Seed{seed}, model));
  };
  return {with(population_model_of(parameters)), with};
}

py::dict columns(const PopulationHandle& self) {
  const Population& p = *self.people;
  py::dict all;
  all["home_x"] = array_from<double>(p.home, [](Point q) { return q.x; });
  all["home_y"] = array_from<double>(p.home, [](Point q) { return q.y; });
  all["home_node"] = array_of_ids<NodeId>(p.home_node);
  all["access_distance_m"] = array_of<float>(p.access_distance);
  all["zone"] = array_of_ids<ZoneId>(p.zone);
  all["age"] = array_of<std::uint8_t>(p.age);
  all["person_class"] =
      array_from<std::uint8_t>(p.person_class, [](PersonClass c) { return static_cast<int>(c); });
  all["free_speed_m_s"] = array_of<float>(p.free_speed);
  all["household"] = array_of_ids<HouseholdId>(p.household);
  all["can_drive"] = array_from<bool>(p.can_drive, [](std::uint8_t v) { return v != 0; });
  all["needs_help"] = array_from<bool>(p.needs_help, [](std::uint8_t v) { return v != 0; });
  return all;
}

py::dict households(const PopulationHandle& self) {
  const Households& h = self.people->households;
  std::vector<std::uint32_t> size;
  for (std::uint32_t row = 0; row < h.size(); ++row)
    size.push_back(static_cast<std::uint32_t>(h.of(HouseholdId{row}).size()));
  py::dict all;
  all["x"] = array_from<double>(h.dwelling, [](Point q) { return q.x; });
  all["y"] = array_from<double>(h.dwelling, [](Point q) { return q.y; });
  all["size"] = array_of<std::uint32_t>(size);
  all["cars"] = array_of<std::uint8_t>(h.cars);
  all["upper_floor_m"] = array_of<float>(h.upper_floor);
  all["in_collapse_zone"] = array_from<bool>(h.in_collapse_zone, [](std::uint8_t v) { return v != 0; });
  all["supplies_h"] = array_of<float>(h.supplies_h);
  return all;
}

}  // namespace

void bind_people(py::module_& module) {
  py::class_<PopulationHandle>(module, "Population", "The people of a scenario, as columns; immutable.")
      .def_static(
          "synthesise",
          [](const CityHandle& city, std::size_t total, std::uint64_t seed, const std::string& parameters) {
            const PopulationModel model = population_model_of(parameters);
            const auto with = [city = city.city, total, seed](const PopulationModel& other) {
              return std::make_shared<const Population>(synthesise(*city, total, Seed{seed}, other));
            };
            py::gil_scoped_release nogil;
            return PopulationHandle{with(model), with};
          },
          py::arg("city"), py::arg("total"), py::arg("seed"), py::arg("params_json") = "{}",
          "`total` people at the city's residences, ages and impairments from their zones.")
      .def_static("from_table", &from_table, py::arg("city"), py::arg("table"), py::arg("seed"),
                  py::arg("params_json") = "{}",
                  "People from columns x, y (metres, city CRS) and optionally count, age, person_class, "
                  "free_speed_m_s, "
                  "zone, household, cars, can_drive, needs_help, upper_floor_m, supplies_h.")
      .def_property_readonly("size", [](const PopulationHandle& self) { return self.people->size(); })
      .def("columns", &columns)
      .def("households", &households, "Columns of the households, whose rows the people's `household` names.")
      .def_static("class_names", [] {
        std::vector<std::string> names;
        for (int c = 0; c < kPersonClasses; ++c) names.emplace_back(name_of(static_cast<PersonClass>(c)));
        return names;
      });
}

}  // namespace chimata::python
