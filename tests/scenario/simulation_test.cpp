#include "chimata/scenario/simulation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "chimata/core/error.hpp"
#include "support/small_scenario.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

Results run(const Scenario& scenario, std::uint64_t seed = 1, int threads = 1) {
  KernelOptions options;
  options.threads = threads;
  Simulation simulation(scenario, Seed{seed}, options);
  simulation.run_until(scenario.end());
  return simulation.results();
}

double kpi(const Results& results, std::string_view id) {
  for (std::size_t i = 0; i < kpi_catalogue().size(); ++i) {
    if (kpi_catalogue()[i].id == id) return results.kpis[i];
  }
  FAIL("no such figure: " << id);
  return 0;
}

}  // namespace

TEST_CASE("with an early order and full compliance everyone warned gets out") {
  const Results results = run(
      small_scenario(R"("evacuation": {"order_at": "02:00", "compliance": 1, "departure": "immediate"})"));
  CHECK(kpi(results, "decided") == 600);
  CHECK(kpi(results, "sheltered") == 600);
  CHECK(kpi(results, "caught_total") == 0);
  CHECK(kpi(results, "evacuated_share") == 1);
}

TEST_CASE("without an order the western half is caught at home") {
  const Results results = run(small_scenario(R"("evacuation": {"order_at": "never"})"));
  CHECK(kpi(results, "decided") == 0);
  CHECK(kpi(results, "caught_at_home") == 600);
  CHECK(std::isnan(kpi(results, "evacuated_share")));
}

TEST_CASE("an earlier order never means more people caught") {
  double later = -1;
  for (const char* order : {"02:00", "02:15", "02:30", "02:40", "02:50", "03:00", "03:10"}) {
    CAPTURE(order);
    const Results results = run(
        small_scenario(std::string(R"("evacuation": {"compliance": 0.9, "order_at": ")") + order + "\"}"));
    CHECK(kpi(results, "caught_total") >= later);
    later = kpi(results, "caught_total");
  }
  CHECK(later > 0);
}

TEST_CASE("more capacity never means more people turned away") {
  double smaller = 1e9;
  for (const int capacity : {50, 100, 200, 400, 600, 1000}) {
    CAPTURE(capacity);
    const Results results = run(small_scenario(
        R"("evacuation": {"order_at": "02:00", "compliance": 1, "departure": "immediate"}, "edits": [{"op": "change", "target": "shelter:S1", "set": {"capacity": )" +
        std::to_string(capacity) + "}}]"));
    CHECK(kpi(results, "turned_away") <= smaller);
    CHECK(kpi(results, "sheltered") == std::min(capacity, 600));
    smaller = kpi(results, "turned_away");
  }
}

TEST_CASE("occupancy never exceeds capacity and everyone is in exactly one state") {
  const Results results = run(small_scenario(
      R"("evacuation": {"order_at": "02:00", "compliance": 1}, "edits": [{"op": "change", "target": "shelter:S1", "set": {"capacity": 123}}])"));
  for (const std::uint32_t occupancy : results.tables.at("shelters").get<std::uint32_t>("occupancy"))
    CHECK(occupancy <= 123);
  const Table& census = results.tables.at("census");
  for (std::size_t row = 0; row < census.rows(); ++row) {
    std::int64_t sum = 0;
    for (int s = 0; s < kPersonStates; ++s)
      sum += census.get<std::int64_t>(name_of(static_cast<PersonState>(s)))[row];
    CHECK(sum == 1000);
  }
}

TEST_CASE("nobody arrives sooner than the dry and empty street allows") {
  const Results results = run(small_scenario(R"("evacuation": {"order_at": "02:00", "compliance": 1})"));
  const Table& legs = results.tables.at("legs");
  REQUIRE(legs.rows() >= 600);
  for (std::size_t row = 0; row < legs.rows(); ++row) {
    if (legs.get<std::uint8_t>("outcome")[row] != 0) continue;
    CHECK(legs.get<double>("end_s")[row] - legs.get<double>("start_s")[row] >=
          doctest::Approx(legs.get<float>("free_flow_s")[row]).epsilon(1e-6));
  }
}

TEST_CASE("the same bits for any number of threads, and across a restore") {
  const Scenario scenario = small_scenario(R"("evacuation": {"order_at": "02:20", "compliance": 0.9})");
  const auto hash_after = [&](int threads, double restore_at) {
    KernelOptions options;
    options.threads = threads;
    Simulation simulation(scenario, Seed{5}, options);
    if (restore_at <= 0) {
      simulation.run_until(scenario.end());
      return simulation.hash();
    }
    simulation.run_until(time_of(restore_at));
    const Snapshot snapshot = simulation.snapshot();
    Simulation other(scenario, Seed{5}, options);
    other.restore(snapshot);
    other.run_until(scenario.end());
    return other.hash();
  };
  const std::uint64_t expected = hash_after(1, 0);
  CHECK(hash_after(2, 0) == expected);
  CHECK(hash_after(4, 0) == expected);
  for (const double t : {1.0, 1500.0, 2101.0, 3333.0, 4500.0, 7000.0}) {
    CAPTURE(t);
    CHECK(hash_after(1, t) == expected);
  }
  CHECK(hash_after(4, 3000) == expected);
}

TEST_CASE("a snapshot of another scenario or seed is refused") {
  const Scenario a = small_scenario(), b = small_scenario(R"("evacuation": {"compliance": 0.1})");
  const Snapshot snapshot = Simulation(a, Seed{1}).snapshot();
  Simulation other_scenario(b, Seed{1}), other_seed(a, Seed{2});
  CHECK_THROWS_AS(other_scenario.restore(snapshot), InputError);
  CHECK_THROWS_AS(other_seed.restore(snapshot), InputError);
}

TEST_CASE("a variant shares its random draws with its base") {
  const Scenario base = small_scenario(R"("evacuation": {"order_at": "02:10", "compliance": 0.5})");
  const Scenario more = small_scenario(R"("evacuation": {"order_at": "02:10", "compliance": 0.6})");
  const Results a = run(base), b = run(more);
  const auto& left_a = a.tables.at("persons").get<double>("departed_s");
  const auto& left_b = b.tables.at("persons").get<double>("departed_s");
  int both = 0;
  for (std::size_t i = 0; i < left_a.size(); ++i) {
    if (std::isnan(left_a[i])) continue;
    CHECK(left_b[i] == left_a[i]);  // whoever complied before still does, at the same moment
    ++both;
  }
  CHECK(both > 200);
}

TEST_CASE("the observer can stop a run, which then goes on as if nothing had happened") {
  const Scenario scenario = small_scenario(R"("evacuation": {"order_at": "02:00"})");
  Simulation whole(scenario, Seed{1}), stopped(scenario, Seed{1});
  whole.run_until(scenario.end());
  try {
    stopped.run_until(scenario.end(), [](Time, Time, std::int64_t) { return false; });
  } catch (const Cancelled&) {
  }
  stopped.run_until(scenario.end());
  CHECK(stopped.hash() == whole.hash());
}
