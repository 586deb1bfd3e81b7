#include "chimata/verification/check.hpp"

#include "bind.hpp"

namespace chimata::python {

namespace {

py::dict dict_of(const Check& check) {
  py::list plots;
  for (const Series& series : check.plots) {
    plots.append(py::dict(py::arg("name") = series.name, py::arg("x_label") = series.x_label,
                          py::arg("y_label") = series.y_label, py::arg("x") = series.x,
                          py::arg("y") = series.y, py::arg("points") = series.points,
                          py::arg("low") = series.low));
  }
  return py::dict(py::arg("suite") = check.suite, py::arg("id") = check.id,
                  py::arg("title_ja") = check.title_ja, py::arg("title_en") = check.title_en,
                  py::arg("expected") = check.expected, py::arg("measured") = check.measured,
                  py::arg("tolerance") = check.tolerance, py::arg("passed") = check.passed,
                  py::arg("run") = check.run, py::arg("source") = check.source,
                  py::arg("grade") = std::string(1, check.grade), py::arg("plots") = plots);
}

py::list verified(const std::string& suite, const std::optional<py::function>& progress, bool thorough) {
  Verification models;
  models.thorough = thorough;
  const auto tell = [&](const Progress& now) {
    const py::gil_scoped_acquire gil;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (!progress) return true;
    const py::object answer = (*progress)(now.done, std::string(now.what));
    return answer.is_none() || answer.cast<bool>();
  };
  std::vector<Check> checks;
  {
    const py::gil_scoped_release nogil;
    checks = verify(suite, models, tell);
  }
  py::list list;
  for (const Check& check : checks) list.append(dict_of(check));
  return list;
}

}  // namespace

void bind_verification(py::module_& module) {
  module.def(
      "verify", &verified, py::arg("suite") = "", py::arg("progress") = py::none(), py::kw_only(),
      py::arg("thorough") = false,
      "Runs the checks of one suite, or of all: the engine against published and analytic answers.\n\n"
      "progress is called with the share done and the title of the next check; returning False stops.");
  module.def("verification_suites", &suites, "Names of the verification suites.");
}

}  // namespace chimata::python
