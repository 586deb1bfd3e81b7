// How long does it take to get a city? Streets from every OpenStreetMap extract at hand (target: 2 core
// seconds each), the bundled town from its files, and again from its city file (target: 0.5 s).
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>

#include "chimata/io/city_file.hpp"
#include "chimata/io/import.hpp"
#include "support/real_data.hpp"
#include "support/temporary_directory.hpp"

namespace {

using namespace chimata;
namespace fs = std::filesystem;

void read_extract(benchmark::State& state, const std::string& path) {
  for (auto _ : state) {
    const auto town = io::read_osm(path);
    state.counters["segments"] = static_cast<double>(town.network.segment_count());
  }
}

fs::path bundled_town() {
  return fs::path(CHIMATA_SOURCE_DIR) / "data" / "riverside";
}

void import_town(benchmark::State& state) {
  const io::CityPlan plan = io::read_city_plan(bundled_town().string());
  for (auto _ : state) benchmark::DoNotOptimize(io::import_city(plan));
}

void save_town(benchmark::State& state) {
  const test::TemporaryDirectory folder;
  const City city = io::import_city(io::read_city_plan(bundled_town().string()));
  for (auto _ : state) io::save_city(city, folder / "town.h5");
  state.counters["bytes"] = static_cast<double>(fs::file_size(folder / "town.h5"));
}

void reload_town(benchmark::State& state) {
  const test::TemporaryDirectory folder;
  io::save_city(io::import_city(io::read_city_plan(bundled_town().string())), folder / "town.h5");
  for (auto _ : state) benchmark::DoNotOptimize(io::load_city(folder / "town.h5"));
}

// Extracts are found when the program starts: one row each.
const bool registered = [] {
  if (const auto folder = test::real_data("network/osm")) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(*folder)) {
      if (!entry.path().filename().string().starts_with("testdata")) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
      benchmark::RegisterBenchmark(("read_osm/" + file.filename().string()).c_str(), read_extract,
                                   file.string())
          ->MeasureProcessCPUTime()
          ->Unit(benchmark::kMillisecond);
    }
  }
  if (fs::exists(bundled_town() / "town.yaml")) {
    const std::pair<const char*, void (*)(benchmark::State&)> rows[] = {
        {"import_town", import_town}, {"save_town", save_town}, {"reload_town", reload_town}};
    for (const auto& [name, function] : rows)
      benchmark::RegisterBenchmark(name, function)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
