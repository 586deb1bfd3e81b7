/// A scenario in motion: the facade most users need.
#pragma once

#include <memory>
#include <string>

#include "chimata/analysis/kpi.hpp"
#include "chimata/core/random.hpp"
#include "chimata/scenario/scenario.hpp"
#include "chimata/simulation/kernel.hpp"

namespace chimata {

class Recording;

/// What a run leaves behind. Tables are documented column by column; beside those of the processes there are
/// "districts", "causes" and "curve" (see the room analysis).
struct Results {
  TableSet tables;           ///< without the rows that went to a file
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
  ~Simulation();
  Simulation(Simulation&&) noexcept;
  Simulation& operator=(Simulation&&) noexcept;

  /// Writes the tables to a file while the run goes on, on a thread of its own: memory does not grow with the
  /// run's length, and no step waits for the disk. Call before the first run_until, and finish_recording at
  /// the end.
  /// @throws InputError if the file cannot be made
  void record_to(const std::string& path);
  /// Keeps nothing but what the key figures need.
  void keep_figures_only();
  /// Ends a recording: the file is in place when this returns. May be called on any thread.
  /// @throws InputError if the file could not be written
  Results finish_recording();

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
  /// @throws InputError naming what of the plan would have made the past another one; also if this one is or
  ///         was recorded while it ran, for part of its tables is in the file
  [[nodiscard]] Simulation fork(Scenario plan, KernelOptions options = {}) const;
  /// Hash of everything that determines the future, and of the tables so far.
  [[nodiscard]] std::uint64_t hash() const { return kernel_->hash(); }
  [[nodiscard]] std::string manifest() const;

 private:
  [[nodiscard]] KpiContext context() const;
  Scenario scenario_;
  Seed seed_;
  std::unique_ptr<Kernel> kernel_;
  std::vector<std::uint32_t> capacity_;
  std::unique_ptr<Recording> recording_;
  bool recorded_ = false;  ///< a recording has taken, or takes, rows of the tables
};

/// Version of the engine, e.g. "0.1.0".
[[nodiscard]] std::string_view version();

}  // namespace chimata
