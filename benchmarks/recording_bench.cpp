// What recording costs a run: the same evacuation (two simulated hours on the grid) without any record, with
// tables every minute kept in memory, and with tables every minute written to a file behind the run.
// `step_cpu_s` is the processor time of the run's own thread, which other programs on the machine do not
// disturb; `waited_s` the time it stood still for the disk. Compare both with the first row.
#include <benchmark/benchmark.h>
#include <time.h>
#include <unistd.h>

#include <filesystem>

#include "chimata/io/table_recorder.hpp"
#include "grid_town.hpp"

namespace {

using namespace chimata;

enum Recording : int { kNothing, kMemory, kFile };

double thread_cpu() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void recorded_run(benchmark::State& state) {
  const auto people = static_cast<std::size_t>(state.range(0));
  const auto how = static_cast<Recording>(state.range(1));
  const auto path =
      std::filesystem::temp_directory_path() / ("chimata-bench-" + std::to_string(::getpid()) + ".h5");
  const auto world = bench::grid_world(people);
  KernelOptions options;
  options.record_every = Duration{how == kNothing ? 0 : 60'000};
  options.keep_events = how != kNothing;
  io::TableRecorder::Cost cost;
  double used = 0;
  for (auto unused : state) {
    Kernel kernel = bench::grid_evacuation(world, options);
    std::unique_ptr<io::TableRecorder> recorder;
    if (how == kFile) recorder = std::make_unique<io::TableRecorder>(path.string());
    kernel.send_tables_to(recorder.get());
    const double before = thread_cpu();
    kernel.run_until(world->end);
    used = thread_cpu() - before;
    benchmark::DoNotOptimize(kernel.census());
    if (!recorder) continue;
    cost = recorder->cost();
    state.PauseTiming();
    recorder->finish(kernel.finish(), [] { return io::TableRecorder::Ending{{}, "{}"}; });
    state.counters["file_MB"] = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
    state.ResumeTiming();
  }
  std::filesystem::remove(path);
  state.counters["step_cpu_s"] = used;
  state.counters["waited_s"] = cost.waited_s;
  state.counters["waits"] = static_cast<double>(cost.waits);
}

}  // namespace

BENCHMARK(recorded_run)
    ->ArgNames({"people", "record"})
    ->ArgsProduct({{30'000, 100'000}, {kNothing, kMemory, kFile}})
    ->Iterations(1)
    ->Repetitions(3)
    ->UseRealTime()
    ->Unit(benchmark::kSecond);
