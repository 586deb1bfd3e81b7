// Steps of a crowd by the collision-free speed model, 10 ms each: agent-steps per second of processor time,
// and bytes per agent. Corridor 10 m wide with 1 person per m² (with and without walls), rooms with 2 per m²
// and a door.
#include <benchmark/benchmark.h>

#include "support/crowds.hpp"

namespace {

using namespace chimata;
using namespace chimata::pedestrian;

enum class Place { corridor, open, door, pillars };

void steps(benchmark::State& state, Place place, double door, int threads, Instructions with) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const Gathering g = place == Place::door      ? bottleneck(count, door)
                      : place == Place::pillars ? pillars(count)
                                                : corridor(count, 1, place == Place::corridor);
  const Walls walls(g.walls);
  Crowd crowd(walls);
  crowd.use(with);
  crowd.insert(g.people);
  Arena arena(threads);
  point_the_way(crowd, g);
  const int warm = count > 200'000 ? 5 : 100;
  for (int i = 0; i < warm; ++i) crowd.step(0.01, arena);
  point_the_way(crowd, g);
  for (auto _ : state) crowd.step(0.01, arena);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(crowd.size()));
  state.counters["bytes_per_agent"] = static_cast<double>(crowd.bytes()) / static_cast<double>(count);
  state.counters["worst_overlap_m"] = crowd.worst_overlap();
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  for (const int count : {1'000, 10'000, 100'000, 1'000'000}) benchmark->Arg(count);
  benchmark->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
}

BENCHMARK_CAPTURE(steps, corridor, Place::corridor, 0, 1, best_instructions())->Apply(sizes);
BENCHMARK_CAPTURE(steps, open, Place::open, 0, 1, best_instructions())->Apply(sizes);
BENCHMARK_CAPTURE(steps, door_1m2, Place::door, 1.2, 1, best_instructions())->Apply(sizes);
BENCHMARK_CAPTURE(steps, door_4m, Place::door, 4.0, 1, best_instructions())->Apply(sizes);
BENCHMARK_CAPTURE(steps, pillars, Place::pillars, 0, 1, best_instructions())->Apply(sizes);
BENCHMARK_CAPTURE(steps, corridor_2_threads, Place::corridor, 0, 2, best_instructions())->Apply(sizes);
BENCHMARK_CAPTURE(steps, corridor_avx2, Place::corridor, 0, 1, Instructions::avx2)->Arg(10'000);
BENCHMARK_CAPTURE(steps, corridor_baseline, Place::corridor, 0, 1, Instructions::baseline)->Arg(10'000);

}  // namespace
