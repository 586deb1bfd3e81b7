#include "chimata/scenario/recording.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "chimata/io/table_file.hpp"
#include "chimata/scenario/value.hpp"
#include "support/small_scenario.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

/// Equal, what is unknown in both included.
template <class Number>
bool same(const std::vector<Number>& a, const std::vector<Number>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](Number x, Number y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

bool same(const TableColumn& a, const TableColumn& b) {
  if (const auto* x = std::get_if<std::vector<double>>(&a.values))
    return same(*x, std::get<std::vector<double>>(b.values));
  if (const auto* x = std::get_if<std::vector<float>>(&a.values))
    return same(*x, std::get<std::vector<float>>(b.values));
  return a.values == b.values;
}

Scenario late_order() {
  return small_scenario(R"("evacuation": {"order_at": "02:40", "compliance": 0.8})");
}

}  // namespace

TEST_CASE("a run recorded to a file while it goes on leaves what a run in memory leaves") {
  const Scenario scenario = late_order();
  Simulation in_memory(scenario, Seed{4});
  in_memory.run_until(scenario.end());
  const Results whole = in_memory.results();

  const test::TemporaryDirectory folder;
  Simulation recorded(scenario, Seed{4});
  recorded.record_to(folder / "run.h5");
  recorded.run_until(scenario.end());
  const Results results = recorded.finish_recording();
  CHECK(same(results.kpis, whole.kpis));

  const auto file = io::load_tables(folder / "run.h5");
  REQUIRE(file.tables.size() == whole.tables.size());
  for (const auto& [name, table] : whole.tables) {
    CAPTURE(name);
    REQUIRE(file.tables.contains(name));
    const Table& read = file.tables.at(name);
    CHECK(read.rows() == table.rows());
    REQUIRE(read.columns().size() == table.columns().size());
    for (const auto& column : table.columns()) {
      CAPTURE(column.name);
      bool found = false;
      for (const auto& other : read.columns()) found |= other.name == column.name && same(other, column);
      CHECK(found);
    }
  }
  const Json manifest = Json::parse(file.manifest);
  CHECK(manifest["recording"]["rows"] > 0);
  CHECK(manifest["recording"].contains("waits"));
  CHECK(manifest["kpis"]["caught_total"] == results.kpis[8]);
  CHECK(kpi_catalogue()[8].id == "caught_total");
}

TEST_CASE("a run of which only the figures are wanted gives the same figures") {
  const Scenario scenario = late_order();
  Simulation in_memory(scenario, Seed{5}), figures(scenario, Seed{5});
  in_memory.run_until(scenario.end());
  figures.keep_figures_only();
  figures.run_until(scenario.end());
  const Results results = figures.finish_recording();
  CHECK(same(results.kpis, in_memory.results().kpis));
  CHECK_FALSE(results.tables.contains("entries"));
  CHECK(results.tables.at("districts").rows() == 3);  // west, east, and outside
}

TEST_CASE("the kernel's memory of tables does not grow while a sink takes them") {
  struct Counting final : TableSink {
    std::size_t pieces = 0, census_rows = 0;
    void take(TableSet&& rows) override {
      ++pieces;
      if (const auto it = rows.find("census"); it != rows.end()) census_rows += it->second.rows();
    }
  };
  Counting sink;
  struct Nobody final : Process {
    std::string_view name() const override { return "nobody"; }
    Time next_event() const override { return kNever; }
    void advance(Window, const Inbox&, Outbox&, Arena&) override {}
    void save(SnapshotWriter&) const override {}
    void load(const SnapshotReader&) override {}
  };
  auto world = std::make_shared<World>();
  world->people = std::make_shared<const Population>();
  world->network = std::make_shared<const Network>();
  std::vector<std::unique_ptr<Process>> processes;
  processes.push_back(std::make_unique<Nobody>());
  Kernel kernel(world, std::make_shared<Fields>(), std::move(processes));
  kernel.send_tables_to(&sink, 10);
  kernel.run_until(time_of(100 * 60));
  CHECK(sink.pieces == 10);
  CHECK(sink.census_rows == 100);
  CHECK(kernel.tables().at("census").rows() == 1);  // 101 recordings
}
