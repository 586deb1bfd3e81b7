/// Queues: what a narrow street lets through, and how far the queue reaches.
#include <algorithm>
#include <cmath>

#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"
#include "chimata/verification/walkers.hpp"

namespace chimata::verification {

namespace {

constexpr double kFlow = 1.22;  // persons/(m s)

/// Time in s that so many people need through 1.5 m of width, everybody at its mouth at the start.
double clearance(int people, const Verification& models) {
  Walkers walkers(chain({{20, 60}, {20, 1.5}}), models);
  for (int i = 0; i < people; ++i) walkers.add(0, 2);
  walkers.run();
  return walkers.last_arrival();
}

void bottleneck(Check& check, const Verification& models) {
  Series bound{"人数÷容量 / persons over capacity", "人数 / persons", "時間 / time [s]", {}, {}};
  Series run{"chimata", bound.x_label, bound.y_label, {}, {}, true};
  bool above = true, falls = true;
  double last = 1e9;
  for (const int people : {500, 2000, 5000}) {
    const double least = people / (kFlow * 1.5), taken = clearance(people, models), ratio = taken / least;
    above = above && ratio >= 1;
    falls = falls && ratio < last;
    last = ratio;
    bound.x.push_back(people), bound.y.push_back(least);
    run.x.push_back(people), run.y.push_back(taken);
    check.measured += (check.measured.empty() ? "" : ", ") + text(ratio, 4);
  }
  check.expected = "time / (N / capacity) ≥ 1 for N = 500, 2000, 5000, falling, at most 1.02 at 5000";
  check.tolerance = "≤ 1.02 at 5000";
  check.passed = above && falls && last <= 1.02;
  check.plots = {bound, run};
}

/// People per s over 10 minutes in the middle of a long queue.
void specific_flow(Check& check, const Verification& models) {
  Walkers walkers(chain({{20, 60}, {20, 1.5}, {20, 3}}), models);
  for (int i = 0; i < 3000; ++i) walkers.add(0, 3);
  walkers.run();
  const std::vector<double> entries = entries_of(walkers.tables(), LinkId{4u});
  const auto between =
      std::count_if(entries.begin(), entries.end(), [](double t) { return t >= 300 && t < 900; });
  expect_near(check, static_cast<double>(between) / 600 / 1.5, kFlow, 0.0025, "persons/(m s)", 4);
}

void spill_back(Check& check, const Verification& models) {
  // 1 person/s comes; 40 m² hold 200 people at 5 persons/m²; 0.5 m let 0.61 persons/s out
  constexpr double inflow = 1.0, storage = 200, outflow = kFlow * 0.5;
  Walkers walkers(chain({{50, 2}, {20, 2}, {20, 0.5}}), models);
  for (int i = 0; i < 900; ++i) walkers.add(0, 3, i / inflow);
  walkers.run();
  const TableSet tables = walkers.tables();
  const auto first = entries_of(tables, LinkId{0u}), in = entries_of(tables, LinkId{2u}),
             out = entries_of(tables, LinkId{4u});
  // people on a street at a moment: those who had entered less those who had left
  const auto until = [](const std::vector<double>& moments, double t) {
    return static_cast<double>(std::upper_bound(moments.begin(), moments.end(), t) - moments.begin());
  };
  double full = -1, most = 0, upstream_before = 0, upstream_after = 0;
  Series queue{"chimata", "時間 / time [s]", "道路上の人数 / people on the street", {}, {}};
  Series upstream = queue;
  queue.name = "下流 / downstream", upstream.name = "上流 / upstream";
  for (double t = 0; t <= 1000; t += 1) {
    const double here = until(in, t) - until(out, t), behind = until(first, t) - until(in, t);
    if (full < 0 && here >= storage) full = t;
    most = std::max(most, here);
    if (full < 0) upstream_before = std::max(upstream_before, behind);
    if (full >= 0 && t <= full + 200) upstream_after = std::max(upstream_after, behind);
    queue.x.push_back(t), queue.y.push_back(here);
    upstream.x.push_back(t), upstream.y.push_back(behind);
  }
  const double free = 20 / 1.34;  // s from the first entry to the first exit
  const double predicted = in.front() + (storage - outflow * free) / (inflow - outflow);
  const double backlog = 200 * (inflow - outflow);  // on the upstream street 200 s later, besides the walkers
  check.expected = "street of 200 places full at " + text(predicted) + " s, never above 200; 200 s later " +
                   text(backlog) + " more upstream";
  check.measured = "full at " + text(full) + " s, at most " + text(most) + "; " +
                   text(upstream_after - upstream_before) + " more upstream";
  check.tolerance = "± 2 %, exact, ± 10 %";
  check.passed = std::fabs(full - predicted) <= 0.02 * predicted && most == storage &&
                 std::fabs(upstream_after - upstream_before - backlog) <= 0.1 * backlog;
  check.plots = {queue, upstream};
}

}  // namespace

std::vector<Question> flow_checks() {
  return {{"bottleneck", "狭い道:所要時間≧人数÷容量、比→1",
           "One bottleneck: clearance over N / capacity tends to 1",
           "Queueing theory: N people need at least N / (1.22 x width) s", 'A', bottleneck},
          {"specific_flow", "狭い道の流動係数", "Flow through a bottleneck per metre",
           "Weidmann 1993: greatest flow of the curve, 1.22 persons/(m s) in use", 'A', specific_flow},
          {"spill_back", "待ち行列の上流への延伸", "The queue spills back upstream",
           "Balance of people: inflow 1.0, outflow 0.61 persons/s, 200 places", 'A', spill_back}};
}

}  // namespace chimata::verification
