#include "bind.hpp"

#include "chimata/analysis/causes.hpp"
#include "chimata/analysis/kpi.hpp"
#include "chimata/core/error.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/scenario/schema.hpp"
#include "chimata/scenario/simulation.hpp"
#include "chimata/scenario/yaml.hpp"

namespace chimata::python {

namespace {

py::list kpi_list() {
  static constexpr const char* better[] = {"lower", "higher", "neither"};
  py::list list;
  for (const auto& kpi : kpi_catalogue()) {
    list.append(py::dict(py::arg("id") = kpi.id, py::arg("unit") = kpi.unit,
                         py::arg("label_ja") = kpi.label_ja, py::arg("label_en") = kpi.label_en,
                         py::arg("formula_ja") = kpi.formula_ja, py::arg("formula_en") = kpi.formula_en,
                         py::arg("better") = better[static_cast<std::size_t>(kpi.better)],
                         py::arg("decimals") = kpi.decimals));
  }
  return list;
}

py::list cause_list() {
  py::list list;
  for (int c = 1; c < kLateCauses; ++c) {
    const CauseWords& words = words_of(static_cast<LateCause>(c));
    list.append(py::dict(py::arg("id") = words.id, py::arg("label_ja") = words.label_ja,
                         py::arg("label_en") = words.label_en, py::arg("remedy_ja") = words.remedy_ja,
                         py::arg("remedy_en") = words.remedy_en));
  }
  return list;
}

py::list state_names() {
  py::list names;
  for (int s = 0; s < kPersonStates; ++s)
    names.append(py::str(std::string(name_of(static_cast<PersonState>(s)))));
  return names;
}

}  // namespace

}  // namespace chimata::python

PYBIND11_MODULE(_core, module) {
  using namespace chimata;
  namespace py = pybind11;
  module.doc() = "The compiled engine of Chimata; use it through the package.";
  py::register_exception<InputError>(module, "InputError", PyExc_ValueError).doc() =
      "Something the user gave is wrong: one line that says where, what, and what to do about it.";
  py::register_exception<Cancelled>(module, "Cancelled", PyExc_RuntimeError).doc() =
      "The run was stopped by its observer; everything done so far is whole and kept.";
  python::bind_city(module);
  python::bind_people(module);
  python::bind_scenario(module);
  python::bind_simulation(module);
  python::bind_verification(module);
  python::bind_crowd(module);
  python::bind_safety(module);
  module.def("kpi_catalogue", &python::kpi_list,
             "Every key figure: id, unit, labels, formulas, which way is better, decimals.");
  module.def(
      "cause_catalogue", &python::cause_list,
      "Why people can be caught by the water: id, labels, and what would have to be true for none of them.");
  module.def("state_names", &python::state_names, "Names of the states a person can be in, by number.");
  module.def(
      "parameter_catalogue", [] { return py::module_::import("json").attr("loads")(parameter_catalogue()); },
      "Every model with its parameters: name, kind, unit, default, range, source, grade, labels, help.");
  module.def("schema", &scenario_schema, "JSON Schema of the scenario file.");
  module.def("read_scenario_file", &scenario_file_as_written, py::arg("path"),
             "The scenario in a YAML file as a JSON document, laid over its base file if it has one; paths "
             "as seen from "
             "the file's folder.");
  module.def(
      "version", [] { return std::string(version()); }, "Version of the engine.");
}
