/// Traffic against kinematic wave theory: figures derived by hand from the triangular diagram.
#include <algorithm>
#include <cmath>

#include "driving/flow_run.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

double flow_between(const std::vector<double>& moments, double from, double until) {
  return static_cast<double>(std::count_if(moments.begin(), moments.end(),
                                           [&](double t) { return from <= t && t < until; })) /
         (until - from);
}

LinkChange narrows(LinkId link, double factor) {
  LinkChange change;
  change.link = link, change.when = {kStart, kNever}, change.capacity_factor = static_cast<float>(factor);
  return change;
}

}  // namespace

TEST_CASE("on an empty street of 1 km at 20 m/s every car takes exactly 50 s") {
  FlowRun run(Streets{{"A", "B"}});
  run.stream(0, 500, 0.5, {"A", "B"});
  run.run_until(700);
  REQUIRE(run.arrival.size() == 250);
  for (std::size_t v = 0; v < 250; ++v) CHECK(run.arrival[v] == 2.0 * static_cast<double>(v) + 50);
  CHECK(run.total_time() == 12500);
}

TEST_CASE(
    "a bottleneck of 2/3 behind a demand of 0.8 costs 105,000 vehicle seconds, waits at the start included") {
  FlowRun run(Streets{{"A", "B"}, {"B", "C"}});
  run.start();
  set_road(run.traffic->roads[run.link("AB")], *run.network, run.model, run.link("AB"),
           {.capacity_factor = 2.0 / 3 / 0.8});
  run.stream(0, 500, 0.8, {"A", "B", "C"});
  run.stream(500, 1500, 0.4, {"A", "B", "C"});
  run.run_until(2000);
  CHECK(run.arrival.size() == 800);
  CHECK(run.total_time() == doctest::Approx(105000).epsilon(0.002));
  double last_late = 0, on_links = 0;
  for (const Passage& passage : run.passages) {
    if (passage.from == run.link("BC")) on_links += passage.time;
    if (passage.to == run.link("AB")) on_links -= passage.time;
    if (passage.from == run.link("AB") && passage.time - 50 > run.traffic->departed[passage.vehicle] + 1.6)
      last_late = passage.time;
  }
  CHECK(on_links == doctest::Approx(98750).epsilon(0.003));
  CHECK(last_late == doctest::Approx(800).epsilon(0.01));
}

TEST_CASE("a queue spills back when the waves of kinematic theory say") {
  const auto times = [](double demand) {
    FlowRun run(Streets{{"A", "B"}, {"B", "C", 500}, {"C", "D"}});
    run.start();
    set_road(run.traffic->roads[run.link("BC")], *run.network, run.model, run.link("BC"),
             {.capacity_factor = 0.5});
    run.stream(0, 1500, demand, {"A", "B", "C", "D"});
    double full = -1, blocked = -1;
    for (double t = 0; t < 1500 && blocked < 0; t += 1) {
      run.run_until(t + 1);
      // the wave has come through when entries keep to the bottleneck's flow, 0.4
      const auto of = [&](const char* link) { return run.entries(run.link(link)); };
      const auto slow = [](const std::vector<double>& e) {
        return e.size() > 2 && e[e.size() - 1] - e[e.size() - 3] > 4.5;
      };
      if (full < 0 && slow(of("BC"))) full = of("BC")[of("BC").size() - 3];
      if (blocked < 0 && slow(of("AB"))) blocked = of("AB")[of("AB").size() - 3];
    }
    return std::pair(full, blocked);
  };
  const auto [full6, blocked6] = times(0.6);
  CHECK(std::fabs(full6 - 300) <= 2.5);  // a headway
  CHECK(std::fabs(blocked6 - 750) <= 2.5);
  const auto [full8, blocked8] = times(0.8);
  CHECK(std::fabs(full8 - 175) <= 2.5);
  CHECK(std::fabs(blocked8 - 375) <= 2.5);
}

TEST_CASE("on a ring the flow follows the triangular diagram at every density") {
  for (const int cars : {10, 20, 40, 60, 100, 150, 190}) {
    FlowRun run(Streets{{"A", "B", 250}, {"B", "C", 250}, {"C", "D", 250}, {"D", "A", 250}});
    const std::vector<std::string> round{"A", "B", "C", "D"};
    for (int v = 0; v < cars; ++v) {
      std::vector<std::string> stops;
      for (int i = 0; i < 300; ++i) stops.push_back(round[static_cast<std::size_t>(i + v) % 4]);
      run.drive(0, stops);
    }
    run.run_until(2000);
    const double density = cars / 1000.0, theory = std::min(20 * density, 5 * (0.2 - density));
    CHECK(flow_between(run.exits(run.link("AB")), 1000, 2000) == doctest::Approx(theory).epsilon(0.01));
  }
}

TEST_CASE("two streams that merge share the room by their lanes, and who needs less gets all of it") {
  const auto shares = [](int lanes, double major, double minor) {
    FlowRun run(Streets{{"A", "C", 1000, lanes}, {"B", "C"}, {"C", "D"}});
    run.stream(0, 2000, major, {"A", "C", "D"});
    run.stream(0, 2000, minor, {"B", "C", "D"});
    run.run_until(2000);
    return std::pair(flow_between(run.exits(run.link("AC")), 500, 2000),
                     flow_between(run.exits(run.link("BC")), 500, 2000));
  };
  const auto equal = shares(1, 0.8, 0.8);
  CHECK(equal.first == doctest::Approx(0.4).epsilon(0.01));
  CHECK(equal.second == doctest::Approx(0.4).epsilon(0.01));
  const auto major = shares(2, 0.8, 0.8);
  CHECK(major.first == doctest::Approx(0.5333).epsilon(0.01));
  CHECK(major.second == doctest::Approx(0.2667).epsilon(0.01));
  const auto minor = shares(1, 0.8, 0.1);
  CHECK(minor.first == doctest::Approx(0.7).epsilon(0.01));
  CHECK(minor.second == doctest::Approx(0.1).epsilon(0.01));
}

TEST_CASE("where ways part on one lane, the full way holds back the free one") {
  FlowRun run(Streets{{"A", "B"}, {"B", "C"}, {"B", "D"}, {"C", "E"}});
  run.start();
  set_road(run.traffic->roads[run.link("BC")], *run.network, run.model, run.link("BC"),
           {.capacity_factor = 0.25});
  for (int v = 0; v < 1600; ++v) {
    if (v % 2 == 0)
      run.drive(v / 0.8, {"A", "B", "C", "E"});
    else
      run.drive(v / 0.8, {"A", "B", "D"});
  }
  run.run_until(3000);
  CHECK(flow_between(run.exits(run.link("AB")), 2000, 3000) == doctest::Approx(0.4).epsilon(0.01));
  CHECK(flow_between(run.entries(run.link("BD")), 2000, 3000) == doctest::Approx(0.2).epsilon(0.01));
}

TEST_CASE(
    "at a signal of 60 s with 30 s green, arrivals of 0.2 a lane wait 10 s, the last goes 10 s into green") {
  // twenty lanes: many cars are nearer to the fluid of theory than few
  FlowRun run(Streets{{"A", "B", 1000, 20}, {"B", "C", 1000, 20}});
  run.builder.set_signal(run.nodes["B"]);
  run.builder.add_signal_plan({run.nodes["B"], 60, 30, {{30, 30, {{run.link("AB"), run.link("BC")}}}}});
  run.stream(0, 1200, 4, {"A", "B", "C"});
  run.run_until(1500);
  double delay = 0, last_late = 0;
  for (const Passage& passage : run.passages) {
    const double departed = run.traffic->departed[passage.vehicle];
    if (passage.from != run.link("AB") || departed < 600 || departed >= 1140) continue;
    delay += passage.time - departed - 50;
    if (passage.time - departed > 50.1) last_late = std::max(last_late, std::fmod(passage.time, 60.0));
  }
  CHECK(delay / (540 * 4) == doctest::Approx(10).epsilon(0.01));
  // the shock of -1.0526 m/s meets the start wave 40 m from the line, 8 s into green
  CHECK(last_late == doctest::Approx(30 + 8 + 40.0 / 20).epsilon(0.01));
}

TEST_CASE("a car due while the way out is shut leaves at the moment it opens") {
  FlowRun run(Streets{{"A", "B"}, {"B", "C"}});
  LinkChange shut = narrows(run.link("AB"), 0);
  shut.when = {time_of(40), time_of(123.5)};
  run.world.link_changes.push_back(shut);
  run.drive(0, {"A", "B", "C"});
  run.drive(5, {"A", "B", "C"});
  run.run_until(300);
  CHECK(run.exits(run.link("AB")) == std::vector<double>{123.5, 124.75});
}
