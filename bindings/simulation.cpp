#include "bind.hpp"

#include "chimata/analysis/jams.hpp"
#include "chimata/analysis/kpi.hpp"
#include "chimata/core/error.hpp"
#include "chimata/io/checkpoint_file.hpp"
#include "chimata/io/table_file.hpp"
#include "chimata/scenario/recording.hpp"
#include "chimata/scenario/simulation.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata::python {

namespace {

using ResultsHandle = std::shared_ptr<Results>;

/// Asks Python, at most ten times a second, whether somebody pressed Ctrl-C, and reports progress.
class PythonObserver {
 public:
  explicit PythonObserver(const std::optional<py::function>& progress) : progress_(progress) {}
  bool operator()(Time now, Time end, std::int64_t travelling) const {
    py::gil_scoped_acquire gil;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (progress_) (*progress_)(seconds(now), seconds(end), travelling);
    return true;
  }

 private:
  const std::optional<py::function>& progress_;
};

void run_until(Simulation& self, double t_s, const std::optional<py::function>& progress) {
  const PythonObserver observer(progress);
  py::gil_scoped_release nogil;
  self.run_until(time_of(t_s), std::cref(observer));
}

py::dict census(const Simulation& self) {
  const Census counts = self.census();
  py::dict all;
  for (int s = 0; s < kPersonStates; ++s) {
    all[py::str(std::string(name_of(static_cast<PersonState>(s))))] = counts[static_cast<std::size_t>(s)];
  }
  return all;
}

/// Read-only view of a column; the results stay alive as long as the view.
py::object view_of(const TableColumn& column, const py::object& owner) {
  return std::visit(
      [&](const auto& values) -> py::object {
        using T = typename std::decay_t<decltype(values)>::value_type;
        if constexpr (std::is_same_v<T, std::string>) {
          return py::cast(values);
        } else {
          py::array_t<T> view(static_cast<py::ssize_t>(values.size()), values.data(), owner);
          view.attr("setflags")(py::arg("write") = false);
          return view;
        }
      },
      column.values);
}

const Table& table_named(const Results& results, const std::string& name) {
  const auto it = results.tables.find(name);
  if (it == results.tables.end()) throw py::key_error("the run has no table " + name);
  return it->second;
}

py::dict columns_of(const Table& table, const py::object& owner) {
  py::dict columns;
  for (const auto& column : table.columns()) columns[py::str(column.name)] = view_of(column, owner);
  return columns;
}

py::dict table(const py::object& self, const std::string& name) {
  return columns_of(table_named(*self.cast<ResultsHandle>(), name), self);
}

py::dict jams(const Results& self, const Scenario& scenario, std::size_t most) {
  auto found = std::make_unique<Table>();
  {
    py::gil_scoped_release nogil;
    *found = jams_by_zone(self.tables, scenario.city()->network, *scenario.people(),
                          scenario.city()->zones.size(), most);
  }
  Table* kept = found.release();
  return columns_of(*kept, py::capsule(kept, [](void* table) { delete static_cast<Table*>(table); }));
}

py::dict kpi_values(const Results& results) {
  py::dict all;
  const auto& definitions = kpi_catalogue();
  for (std::size_t i = 0; i < definitions.size(); ++i) all[py::str(definitions[i].id)] = results.kpis[i];
  return all;
}

void save_results(const Results& results, const std::string& path) {
  py::gil_scoped_release nogil;
  io::save_tables(results.tables, with_figures(results.manifest, results.kpis), path);
}

ResultsHandle load_results(const std::string& path) {
  py::gil_scoped_release nogil;
  auto file = io::load_tables(path);
  auto results = std::make_shared<Results>();
  const Json manifest = Json::parse(file.manifest);
  for (const auto& definition : kpi_catalogue()) {
    const Json value = manifest.value("kpis", Json::object()).value(definition.id, Json());
    results->kpis.push_back(value.is_number() ? value.get<double>()
                                              : std::numeric_limits<double>::quiet_NaN());
  }
  results->tables = std::move(file.tables);
  results->manifest = file.manifest;
  return results;
}

}  // namespace

void bind_simulation(py::module_& module) {
  py::class_<Results, std::shared_ptr<Results>>(
      module, "Results", "What a run leaves behind: documented tables and key figures.")
      .def("table_names",
           [](const Results& self) {
             std::vector<std::string> names;
             for (const auto& [name, t] : self.tables) names.push_back(name);
             return names;
           })
      .def(
          "table", [](const py::object& self, const std::string& name) { return table(self, name); },
          py::arg("name"), "Columns of a table as read-only arrays that share the results' memory.")
      .def(
          "describe",
          [](const Results& self, const std::string& name) {
            std::vector<std::pair<std::string, std::string>> columns;
            for (const auto& c : table_named(self, name).columns())
              columns.emplace_back(c.name, c.description);
            return columns;
          },
          py::arg("name"))
      .def("jams", &jams, py::arg("scenario"), py::arg("most") = 3,
           "Where the people of every zone lose most time: zone, segment, persons, delay_s; worst first.")
      .def("kpis", &kpi_values, "Key figures by id; NaN where a figure is undefined.")
      .def("save", &save_results, py::arg("path"), "Writes run.h5; the file appears whole or not at all.")
      .def_static("load", &load_results, py::arg("path"))
      .def_readonly("manifest", &Results::manifest,
                    "JSON: version, scenario, seed, digest of all inputs, licences.");

  py::class_<Simulation>(module, "Simulation", "A scenario in motion.")
      .def(py::init([](const Scenario& scenario, std::uint64_t seed, int threads) {
             KernelOptions options;
             options.threads = threads;
             py::gil_scoped_release nogil;
             return std::make_unique<Simulation>(scenario, Seed{seed}, options);
           }),
           py::arg("scenario"), py::arg("seed"), py::arg("threads") = 1)
      .def(
          "run",
          [](Simulation& self, const std::optional<py::function>& progress) {
            run_until(self, seconds(self.scenario().end()), progress);
          },
          py::arg("progress") = py::none(),
          "Runs to the scenario's end. Ctrl-C stops between windows; nothing is lost.")
      .def("run_until", &run_until, py::arg("t_s"), py::arg("progress") = py::none(),
           "Runs until `t_s` seconds after the start; `progress` is called with now_s, end_s and the people "
           "on their way.")
      .def_property_readonly("now_s", [](const Simulation& self) { return seconds(self.now()); })
      .def("hash", &Simulation::hash,
           "Hash of everything that determines the future, and of the tables so far.")
      .def("census", &census, "People per state, counted twice.")
      .def(
          "save_checkpoint",
          [](const Simulation& self, const std::string& path) {
            const Snapshot snapshot = self.snapshot();
            io::save_snapshot(snapshot, self.manifest(), path);
          },
          py::arg("path"))
      .def(
          "load_checkpoint",
          [](Simulation& self, const std::string& path) { self.restore(io::load_snapshot(path).snapshot); },
          py::arg("path"), "Continues from a checkpoint of the same scenario and seed, bit for bit.")
      .def(
          "record_to",
          [](Simulation& self, const std::string& path) {
            py::gil_scoped_release nogil;
            self.record_to(path);
          },
          py::arg("path"),
          "Writes all tables to a file while the run goes on, without holding it up; call before `run`.")
      .def("keep_figures_only", &Simulation::keep_figures_only, "Keeps nothing but what key figures need.")
      .def(
          "finish_recording",
          [](Simulation& self) {
            py::gil_scoped_release nogil;
            return std::make_shared<Results>(self.finish_recording());
          },
          "Ends a recording; the file is in place when this returns. Any thread may call it.")
      .def("results", [](const Simulation& self) {
        py::gil_scoped_release nogil;
        return std::make_shared<Results>(self.results());
      });
}

}  // namespace chimata::python
