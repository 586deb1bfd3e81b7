/// A scenario in motion: the facade most users need.
#pragma once

#include <memory>

#include "chimata/analysis/kpi.hpp"
#include "chimata/core/random.hpp"
#include "chimata/scenario/scenario.hpp"
#include "chimata/simulation/kernel.hpp"

namespace chimata {

/// What a run leaves behind. Tables are documented column by column.
struct Results {
  TableSet tables;
  std::vector<double> kpis;  ///< in the order of kpi_catalogue()
  std::string manifest;      ///< JSON: version, scenario, seed, digest
};

/// One run of a scenario with one seed.
///
///     Simulation sim{scenario, Seed{7}};
///     sim.run_until(scenario.end());
///     const Results results = sim.results();
///
/// The outcome is the same bits for any number of threads.
class Simulation {
 public:
  Simulation(Scenario scenario, Seed seed, KernelOptions options = {});

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] Time now() const { return kernel_->now(); }
  /// @throws Cancelled when the observer says stop; the simulation is whole and can go on
  void run_until(Time until, const Observer& observer = {}) { kernel_->run_until(until, observer); }
  [[nodiscard]] Census census() const { return kernel_->census(); }
  [[nodiscard]] Results results() const;

  [[nodiscard]] Snapshot snapshot() const;
  /// Continues from a snapshot of the same scenario and seed, bit for bit.
  /// @throws InputError if it was taken from another scenario, seed or version
  void restore(const Snapshot& snapshot);
  /// A second simulation that stands where this one does and goes on under another plan: a street closed or
  /// opened from now on, a shelter enlarged. Both may be run on, each by itself.
  /// @throws InputError naming what of the plan would have made the past another one
  [[nodiscard]] Simulation fork(Scenario plan, KernelOptions options = {}) const;
  /// Hash of everything that determines the future, and of the tables so far.
  [[nodiscard]] std::uint64_t hash() const { return kernel_->hash(); }
  [[nodiscard]] std::string manifest() const;

 private:
  Scenario scenario_;
  Seed seed_;
  std::unique_ptr<Kernel> kernel_;
};

/// Version of the engine, e.g. "0.1.0".
[[nodiscard]] std::string_view version();

}  // namespace chimata
