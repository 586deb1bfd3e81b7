// How the cost of a whole evacuation grows with the people: kernel, service, walking and records together.
// Streets of 100 m on a square grid of 4 m width, 30 people per node, a shelter with room enough per 400
// nodes, order at once, departures over the first hour, two simulated hours.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <fstream>

#include "grid_town.hpp"

namespace {

using namespace chimata;

/// Resident memory of this process, bytes.
double resident() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  statm >> pages >> pages;
  return pages * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

void evacuation_run(benchmark::State& state) {
  const auto people = static_cast<std::size_t>(state.range(0));
  KernelOptions options;
  options.threads = static_cast<int>(state.range(1));
  double used = 0;
  for (auto unused : state) {
    state.PauseTiming();
    const auto world = bench::grid_world(people);
    const double before = resident();
    state.ResumeTiming();
    Kernel kernel = bench::grid_evacuation(world, options);
    kernel.run_until(world->end);
    benchmark::DoNotOptimize(kernel.census());
    used = resident() - before;
  }
  state.counters["us_per_person"] =
      benchmark::Counter(static_cast<double>(people) * 1e-6,
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["bytes_per_person"] = used / static_cast<double>(people);
}

}  // namespace

BENCHMARK(evacuation_run)
    ->ArgNames({"people", "threads"})
    ->Args({10'000, 1})
    ->Args({100'000, 1})
    ->Args({1'000'000, 1})
    ->Args({1'000'000, 2})
    ->Iterations(1)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kSecond);
