// How the cost of a whole evacuation grows with the people and with the streets: kernel, service, walking,
// cars and records together. Streets of 100 m on a square grid of 4 m width, 30 people per node, a shelter
// with room enough per 400 nodes, order at once, departures over the first hour, two simulated hours.
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

void measure(benchmark::State& state, std::size_t people, std::uint32_t side, int threads, double car_share) {
  KernelOptions options;
  options.threads = threads;
  double used = 0, arrived = 0;
  for (auto unused : state) {
    state.PauseTiming();
    const auto world = bench::grid_world(people, side, car_share > 0);
    const double before = resident();
    state.ResumeTiming();
    Kernel kernel = bench::grid_evacuation(world, options, car_share);
    kernel.run_until(world->end);
    arrived = static_cast<double>(kernel.census()[static_cast<std::size_t>(PersonState::sheltered)]);
    used = resident() - before;
  }
  state.counters["arrived"] = arrived / static_cast<double>(people);
  state.counters["us_per_person"] =
      benchmark::Counter(static_cast<double>(people) * 1e-6,
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["bytes_per_person"] = used / static_cast<double>(people);
}

void evacuation_run(benchmark::State& state) {
  const auto people = static_cast<std::size_t>(state.range(0));
  measure(state, people, bench::side_for(people), static_cast<int>(state.range(1)), 0);
}

/// As above, half of the households by car.
void evacuation_with_cars(benchmark::State& state) {
  const auto people = static_cast<std::size_t>(state.range(0));
  measure(state, people, bench::side_for(people), static_cast<int>(state.range(1)), 0.5);
}

/// 20,000 people in ever larger towns; a square of n x n nodes has 4 n (n - 1) links.
void evacuation_by_links(benchmark::State& state) {
  const auto side = static_cast<std::uint32_t>(state.range(0));
  measure(state, 20'000, side, 1, 0);
  state.counters["links"] = 4.0 * side * (side - 1);
}

void one_run(benchmark::internal::Benchmark* benchmark) {
  benchmark->Iterations(1)->MeasureProcessCPUTime()->UseRealTime()->Unit(benchmark::kSecond);
}

void by_people_and_threads(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"people", "threads"});
  for (const std::int64_t people : {10'000, 100'000, 1'000'000}) benchmark->Args({people, 1});
  benchmark->Args({1'000'000, 2})->Apply(one_run);
}

}  // namespace

BENCHMARK(evacuation_run)->Apply(by_people_and_threads);
BENCHMARK(evacuation_with_cars)->Apply(by_people_and_threads);
BENCHMARK(evacuation_by_links)->ArgName("side")->Arg(17)->Arg(51)->Arg(159)->Arg(354)->Apply(one_run);
