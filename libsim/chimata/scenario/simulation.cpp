#include "chimata/scenario/simulation.hpp"

#include <cinttypes>

#include "chimata/core/error.hpp"
#include "chimata/evacuation/evacuation.hpp"
#include "chimata/scenario/recording.hpp"
#include "chimata/scenario/resolved.hpp"
#include "chimata/scenario/shared_past.hpp"

namespace chimata {

namespace {

std::string hex(std::uint64_t value) {
  char text[20];
  std::snprintf(text, sizeof text, "%016" PRIx64, value);
  return text;
}

/// Makes every process of the scenario, writers of fields first, in the order of their index.
/// @throws InputError that names the scenario's file
std::vector<std::unique_ptr<Process>> assemble(Assembly& assembly, const std::string& where) try {
  std::vector<const ModelEntry*> sectors;
  for (const auto& model : catalogue()) {
    if (model.make && assembly.settings.contains(model.name)) {
      assembly.index[model.name] = static_cast<ProcessIndex>(sectors.size());
      sectors.push_back(&model);
    }
  }
  std::vector<std::unique_ptr<Process>> processes(sectors.size());
  for (const bool writers : {true, false}) {
    for (std::size_t i = 0; i < sectors.size(); ++i) {
      if (sectors[i]->writes_fields == writers) processes[i] = sectors[i]->make(assembly);
    }
  }
  return processes;
} catch (const InputError& error) {
  throw error.in(where);
}

}  // namespace

std::string_view version() {
  return CHIMATA_VERSION;
}

Simulation::Simulation(Scenario scenario, Seed seed, KernelOptions options)
    : scenario_(std::move(scenario)), seed_(seed) {
  const auto& r = *scenario_.resolved_;
  const auto world = r.world(seed);
  Assembly assembly{.world = world,
                    .city = r.city,
                    .shelters = r.shelters,
                    .depths = r.depths,
                    .smoke = r.smoke,
                    .hazard = r.home_hazard(),
                    .settings = r.settings,
                    .fields = std::make_shared<Fields>(),
                    .visitors = r.visitors,
                    .trips = r.trips,
                    .index = {}};
  auto processes = assemble(assembly, r.where);
  kernel_ = std::make_unique<Kernel>(world, assembly.fields, std::move(processes), options);
  for (const auto& shelter : r.shelters) capacity_.push_back(shelter.capacity);
}

std::string Simulation::manifest() const {
  Json manifest;
  manifest["engine"] = "chimata";
  manifest["version"] = version();
  manifest["scenario"] = Json::parse(scenario_.document());
  manifest["seed"] = seed_.value;
  manifest["inputs_digest"] = hex(scenario_.digest());
  manifest["people"] = scenario_.people()->size();
  manifest["crs"] = scenario_.city()->crs;
  manifest["licences"] = scenario_.city()->licences;
  if (scenario_.depths()) manifest["depths"] = scenario_.depths()->source;
  if (scenario_.smoke()) manifest["smoke"] = scenario_.smoke()->source;
  return manifest.dump();
}

Simulation::~Simulation() = default;
Simulation::Simulation(Simulation&&) noexcept = default;
Simulation& Simulation::operator=(Simulation&&) noexcept = default;

KpiContext Simulation::context() const {
  const auto evacuation = filled(evacuation_parameters(), scenario_.resolved_->settings);
  return {.shelter_capacity = capacity_,
          .people = scenario_.people().get(),
          .latest_departure = scenario_.safe_departures().latest.values(),
          .water_per_day = evacuation.water_per_day,
          .meals_per_day = evacuation.meals_per_day};
}

Results Simulation::results() const {
  Results results{kernel_->finish(), {}, manifest()};
  Outcome outcome(context());
  outcome.add(results.tables);
  results.kpis = kpis(outcome);
  add_analysis(outcome, scenario_, results.tables);
  return results;
}

void Simulation::record_to(const std::string& path) {
  recording_ = std::make_unique<Recording>(context(), path);
  kernel_->send_tables_to(recording_.get());
  recorded_ = true;
}

void Simulation::keep_figures_only() {
  recording_ = std::make_unique<Recording>(context());
  kernel_->send_tables_to(recording_.get());
  recorded_ = true;
}

Results Simulation::finish_recording() {
  if (!recording_) return results();
  kernel_->send_tables_to(nullptr);
  Results results = recording_->finish(kernel_->finish(), scenario_, manifest());
  recording_.reset();
  return results;
}

Snapshot Simulation::snapshot() const {
  Snapshot snapshot = kernel_->snapshot();
  SnapshotWriter own(snapshot, "simulation");
  own.put_value("inputs", scenario_.digest());
  own.put_value("seed", seed_.value);
  return snapshot;
}

Simulation Simulation::fork(Scenario plan, KernelOptions options) const {
  if (recorded_) {
    throw InputError("fork", "this simulation is recorded while it runs, so part of its tables is gone",
                     "fork one that is run without recording");
  }
  check_shared_past(*scenario_.resolved_, *plan.resolved_, now());
  Simulation other{std::move(plan), seed_, options};
  other.kernel_->restore(kernel_->snapshot());
  return other;
}

void Simulation::restore(const Snapshot& snapshot) {
  const SnapshotReader own(snapshot, "simulation");
  std::uint64_t inputs = 0, seed = 0;
  own.get_value("inputs", inputs);
  own.get_value("seed", seed);
  if (inputs != scenario_.digest() || seed != seed_.value) {
    throw InputError("checkpoint",
                     "was taken from another scenario, city or seed (inputs " + hex(inputs) + ", seed " +
                         std::to_string(seed) + ")",
                     "restore it with the scenario " + hex(scenario_.digest()) + " it came from");
  }
  kernel_->restore(snapshot);
}

}  // namespace chimata
