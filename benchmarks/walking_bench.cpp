/// Motivation: how many agent-ticks a second does walking on links make on one core?
///
/// The town is the 10 x 10 grid of CrowdWalk's own benchmark (streets of 100 m, 1 m wide, tick 1 s), enlarged
/// in proportion for more people, so that density stays the same; people walk from corner to random corner
/// and set out again at once, so that their number stays the same.
#include <benchmark/benchmark.h>

#include <random>

#include "chimata/network/builder.hpp"
#include "chimata/walking/walking.hpp"

namespace {

using namespace chimata;

std::shared_ptr<const World> grid_town(std::uint32_t side, std::uint32_t people, double width) {
  NetworkBuilder builder;
  const auto node = [&](std::uint32_t x, std::uint32_t y) { return NodeId{y * side + x}; };
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x) builder.add_node({100.0 * x, 100.0 * y});
  }
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x) {
      if (x + 1 < side) builder.add_segment({.from = node(x, y), .to = node(x + 1, y), .width = width});
      if (y + 1 < side) builder.add_segment({.from = node(x, y), .to = node(x, y + 1), .width = width});
    }
  }
  auto population = std::make_shared<Population>();
  std::mt19937 dice(3);
  for (std::uint32_t i = 0; i < people; ++i) {
    population->home.push_back({});
    population->person_class.push_back(PersonClass::adult);
    population->free_speed.push_back(1.0f + static_cast<float>(dice() % 600) / 1000);
  }
  auto world = std::make_shared<World>();
  world->network = std::make_shared<const Network>(builder.build());
  world->people = population;
  world->samples = std::make_shared<const SegmentSamples>(sample_segments(*world->network));
  return world;
}

/// Resident memory of this process, bytes.
double resident() {
  long pages = 0, unused = 0;
  if (FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%ld %ld", &unused, &pages) != 2) pages = 0;
    std::fclose(file);
  }
  return static_cast<double>(pages) * 4096;
}

void walk(benchmark::State& state, WalkingLaw law, double width, int threads) {
  const auto people = static_cast<std::uint32_t>(state.range(0));
  std::uint32_t side = 10;
  while (side * (side - 1) < people / 111) ++side;  // 10 x 10 for 10 000
  const auto world = grid_town(side, people, width);
  const double before = resident();
  WalkingModel model;
  model.law = law;
  model.record_entries = false;
  Fields fields;
  const auto process = make_walking(world, model, {}, fields, 0);
  Arena arena(threads);
  std::mt19937 dice(9);
  const auto goals = std::min<std::uint32_t>(100, side * side);
  const auto setting_out = [&](PersonId person, NodeId at, Time time) {
    Handover h{};
    h.time = time, h.person = person, h.at = at;
    h.goal = NodeId{(dice() % goals) * (side * side / goals)};
    h.to = 1;
    return h;
  };
  std::vector<Handover> arrivals;
  for (std::uint32_t i = 0; i < people; ++i) {
    arrivals.push_back(setting_out(PersonId{i}, NodeId{dice() % (side * side)}, kStart));
  }
  Time now{};
  Outbox outbox;
  std::int64_t moved = 0;
  const auto second = [&] {
    outbox.departures.clear(), outbox.events.clear();
    process->advance({now, now + Duration{1000}}, {arrivals, {}}, outbox, arena);
    now += Duration{1000};
    arrivals.clear();
    std::sort(outbox.departures.begin(), outbox.departures.end(), [](const Handover& a, const Handover& b) {
      return a.time < b.time || (a.time == b.time && a.person < b.person);
    });
    for (const Handover& h : outbox.departures) arrivals.push_back(setting_out(h.person, h.at, h.time));
    moved += people;
  };
  for (int i = 0; i < 120; ++i) second();  // until the streets have filled
  moved = 0;
  for (auto _ : state) second();
  state.SetItemsProcessed(moved);
  state.counters["bytes_per_agent"] = (resident() - before) / people;
  TableSet tables;
  process->record(now, tables);
  // people waiting at a kerb cost nothing, so their share has to be small for the figure to mean anything
  const Table& links = tables.at("links");
  const auto& link = links.get<std::uint32_t>("link");
  std::vector<double> people_on(world->network->segment_count(), 0.0);
  for (std::size_t row = 0; row < links.rows(); ++row) {
    people_on[link[row] / 2] = double{links.get<float>("mean_density")[row]} * 100 * width;
  }
  double on_streets = 0;
  for (const double n : people_on) on_streets += n;
  state.counters["share_on_streets"] = on_streets / people;
}

void arguments(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->MinTime(1);
}

BENCHMARK_CAPTURE(walk, weidmann_4m, WalkingLaw::weidmann, 4.0, 1)->Apply(arguments);
BENCHMARK_CAPTURE(walk, weidmann_1m, WalkingLaw::weidmann, 1.0, 1)->Apply(arguments);
BENCHMARK_CAPTURE(walk, crowdwalk_4m, WalkingLaw::crowdwalk, 4.0, 1)->Apply(arguments);
BENCHMARK_CAPTURE(walk, crowdwalk_1m, WalkingLaw::crowdwalk, 1.0, 1)->Apply(arguments);
BENCHMARK_CAPTURE(walk, weidmann_4m_2_threads, WalkingLaw::weidmann, 4.0, 2)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond)
    ->MinTime(1)
    ->UseRealTime();

}  // namespace
