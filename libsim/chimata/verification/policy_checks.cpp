/// What must hold of any evacuation, whatever the figures.
#include <algorithm>
#include <numeric>

#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"
#include "chimata/verification/town.hpp"

namespace chimata::verification {

namespace {

void occupancy(Check& check, const Verification& models) {
  std::size_t wrong = 0, rows = 0, full = 0;
  for (const auto law : {DestinationLaw::nearest, DestinationLaw::assigned, DestinationLaw::capacity_aware}) {
    TownPlan plan;
    plan.destination = law, plan.capacity_factor = 0.5, plan.compliance = 1;
    Town town(plan, models);
    town.run();
    const TableSet tables = town.tables();
    const Table& shelters = tables.at("shelters");
    const auto& inside = shelters.get<std::uint32_t>("occupancy");
    const auto& shelter = shelters.get<std::uint32_t>("shelter");
    for (std::size_t row = 0; row < inside.size(); ++row, ++rows) {
      wrong += inside[row] > town.capacity()[shelter[row]];
      full += inside[row] == town.capacity()[shelter[row]];
    }
  }
  expect_none_wrong(check, wrong, rows, "counts above capacity:");
  check.expected = "0 counts above capacity";
  check.measured += " above, " + std::to_string(full) + " exactly full";
  check.passed = check.passed && full > 0;
}

/// One figure for ascending values of a policy.
template <class Value, class Set>
std::vector<double> figures(const std::vector<Value>& values, const char* kpi, const Verification& models,
                            Set set) {
  std::vector<double> all;
  for (const Value value : values) {
    TownPlan plan;
    set(plan, value);
    Town town(plan, models);
    town.run();
    all.push_back(town.kpi(kpi));
  }
  return all;
}

std::string listed_figures(const std::vector<double>& values) {
  std::string line;
  for (const double value : values) line += (line.empty() ? "" : ", ") + text(value);
  return line;
}

void earlier_order(Check& check, const Verification& models) {
  const std::vector<double> minutes{0, 10, 20, 30, 40, 50, 60};
  const auto caught = figures(minutes, "caught_total", models, [](TownPlan& plan, double minute) {
    plan.order_at = 60 * minute;
    plan.capacity_factor = 4;
  });
  check.expected = "caught people never fewer for orders at 0, 10, 20, 30, 40, 50, 60 min";
  check.measured = listed_figures(caught);
  check.tolerance = "never descending, and not all equal";
  check.passed = std::is_sorted(caught.begin(), caught.end()) && caught.front() < caught.back();
  check.plots = {
      {"chimata", "指示の時刻 / order [min]", "逃げ遅れ / caught [persons]", minutes, caught, true}};
}

void more_capacity(Check& check, const Verification& models) {
  const std::vector<double> factors{0.2, 0.4, 0.6, 0.8, 1.0, 1.5, 3.0};
  const auto away = figures(factors, "turned_away", models, [](TownPlan& plan, double factor) {
    plan.capacity_factor = factor;
    plan.compliance = 1;
  });
  check.expected = "overflow never more for capacities x 0.2, 0.4, 0.6, 0.8, 1, 1.5, 3";
  check.measured = listed_figures(away);
  check.tolerance = "never ascending, and not all equal";
  check.passed = std::is_sorted(away.rbegin(), away.rend()) && away.front() > away.back();
  check.plots = {
      {"chimata", "収容力の倍率 / capacity factor", "満員で断られた / turned away", factors, away, true}};
}

void conservation(Check& check, const Verification& models) {
  TownPlan plan;
  plan.people = 5000, plan.order_at = 300, plan.capacity_factor = 0.8;
  Town town(plan, models);
  std::size_t windows = 0, wrong = 0;
  std::int64_t most = 0;
  for (Time now{}; now < Town::end(); now += Duration{1000}) {
    town.kernel().run_until(now + Duration{1000});
    const Census census = town.kernel().census();  // throws if processes and event log disagree
    wrong += std::accumulate(census.begin(), census.end(), std::int64_t{0}) != 5000;
    most = std::max(most, census[static_cast<std::size_t>(PersonState::travelling)]);
    ++windows;
  }
  expect_none_wrong(check, wrong, windows, "windows");
  check.expected = "5000 people in every window, the same by two counts";
  check.measured += " windows differ; at most " + std::to_string(most) + " on the way";
  check.passed = check.passed && most > 500;
}

}  // namespace

std::vector<Question> policy_checks() {
  return {{"occupancy", "収容人数≦定員", "Occupancy never exceeds capacity", "Conservation", 'A', occupancy},
          {"earlier_order", "指示が早いほど逃げ遅れは増えない", "An earlier order never means more caught",
           "Monotony under common random numbers", 'A', earlier_order},
          {"more_capacity", "定員が多いほど溢れは増えない", "More capacity never means more overflow",
           "Monotony under common random numbers", 'A', more_capacity},
          {"conservation", "人の保存(二重計数、毎秒)", "Everyone counted twice in every window",
           "Conservation", 'A', conservation}};
}

}  // namespace chimata::verification
