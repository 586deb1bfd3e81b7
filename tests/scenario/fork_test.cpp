#include <doctest/doctest.h>

#include "support/input_error.hpp"
#include "support/small_scenario.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;
using namespace chimata::testing;

namespace {

const std::string kOrder = R"("evacuation": {"order_at": "02:10", "compliance": 1})";
const Time kFork = time_of(1800);

Scenario plan(const std::string& edits = "") {
  return small_scenario(kOrder + (edits.empty() ? "" : R"(, "edits": [)" + edits + "]"));
}

Simulation running() {
  Simulation sim{plan(), Seed{5}};
  sim.run_until(kFork);
  return sim;
}

std::string refusal(const Simulation& sim, const Scenario& other) {
  return complaint([&] { (void)sim.fork(other); });
}

}  // namespace

TEST_CASE("a fork under the same plan gives the same bits as going on") {
  Simulation sim = running();
  Simulation fork = sim.fork(plan());
  sim.run_until(sim.scenario().end());
  fork.run_until(fork.scenario().end());
  CHECK(sim.hash() == fork.hash());
}

TEST_CASE("a bridge closed from now on changes the future of the fork and leaves the original alone") {
  Simulation sim = running();
  Simulation untouched = running();
  const std::string close = R"({"op": "close", "target": "link:3", "start": "02:30"})";
  Simulation fork = sim.fork(plan(close));
  fork.run_until(fork.scenario().end());
  sim.run_until(sim.scenario().end());
  untouched.run_until(untouched.scenario().end());
  CHECK(sim.hash() == untouched.hash());
  CHECK(fork.hash() != sim.hash());

  // what the fork shows is what a run of that plan from the start shows
  Simulation whole{plan(close), Seed{5}};
  whole.run_until(whole.scenario().end());
  CHECK(whole.hash() == fork.hash());
}

TEST_CASE("a fork cannot rewrite the past") {
  const Simulation sim = running();
  CHECK(refusal(sim, plan(R"({"op": "close", "target": "link:3", "start": "02:20"})"))
            .find("closes other streets") != std::string::npos);
  CHECK(
      refusal(sim, plan(R"({"op": "move", "target": "shelter:S1", "to": [136.5, 35.0]})")).find("shelters") !=
      std::string::npos);
  CHECK(refusal(sim, small_scenario(R"("evacuation": {"order_at": "02:12", "compliance": 1})"))
            .find("evacuation.order_at differs") != std::string::npos);
}

TEST_CASE(
    "a simulation that is or was recorded while it ran is not forked: part of its tables is in the file") {
  const TemporaryDirectory folder;
  Simulation sim{plan(), Seed{5}};
  sim.record_to(folder / "run.h5");
  sim.run_until(kFork);
  const std::string line =
      "fork: this simulation is recorded while it runs, so part of its tables is gone; "
      "fork one that is run without recording";
  CHECK(refusal(sim, plan()) == line);
  sim.finish_recording();
  CHECK(refusal(sim, plan()) == line);
}

TEST_CASE("a fork changes no shelter in what the past was decided by") {
  const std::string shelter =
      R"({"op": "add", "target": "shelter:S9", "to": [135.2, 35.0], "set": {"capacity": 50)";
  Simulation sim{plan(shelter + R"(, "opens_at": "02:40"}})"), Seed{5}};
  sim.run_until(kFork);
  const auto with = [&](const std::string& more, const char* opens_at = "02:40") {
    return refusal(sim, plan(shelter + R"(, "opens_at": ")" + opens_at + "\"" + more + "}}"));
  };
  CHECK(with("") == "");
  CHECK(with(R"(, "water_l": 500)") == "");
  CHECK(with("", "02:50") == "");
  CHECK(with("", "02:20") ==
        "洪水: shelter:S9.opens_at differs before the moment of the fork; a fork may change streets and "
        "shelters' room from now on, and nothing else");
  for (const std::string set : {R"("floor_m": 5)", R"("flood_safe": false)", R"("welfare": true)",
                                R"("exit": true)", R"("parking": 20)"}) {
    const std::string field = set.substr(1, set.find('"', 1) - 1);
    CHECK(with(", " + set).find("shelter:S9." + field + " differs") != std::string::npos);
  }
}

TEST_CASE("a gate shut in the past is not the same as a street closed") {
  const auto shut = [](const char* wait) {
    return plan(
        std::string(R"({"op": "close", "target": "link:3", "start": "02:20", "modes": ["foot"], "wait": )") +
        wait + "}");
  };
  Simulation sim{shut("true"), Seed{5}};
  sim.run_until(kFork);
  CHECK(refusal(sim, shut("true")) == "");
  CHECK(refusal(sim, shut("false")).find("closes other streets") != std::string::npos);
}
