#include <doctest/doctest.h>

#include <cinttypes>
#include <fstream>

#include "support/small_scenario.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

std::string hash_of_run(const char* law) {
  const Scenario scenario = small_scenario(std::string(R"("walking": {"law": ")") + law +
                                           R"("}, "evacuation": {"order_at": "02:20", "compliance": 0.9})");
  Simulation simulation(scenario, Seed{11});
  simulation.run_until(scenario.end());
  char text[20];
  std::snprintf(text, sizeof text, "%016" PRIx64, simulation.hash());
  return text;
}

}  // namespace

// The recorded hashes hold for every compiler and every level of optimisation. A change of results is
// allowed, but never by accident: record the new hashes and say so in the CHANGELOG under "Results".
TEST_CASE("a run gives the recorded bits, whatever compiled it") {
  std::ifstream file(CHIMATA_SOURCE_DIR "/tests/golden/small_scenario.txt");
  std::string law, recorded;
  int compared = 0;
  while (file >> law >> recorded) {
    CAPTURE(law);
    CHECK(hash_of_run(law.c_str()) == recorded);
    ++compared;
  }
  CHECK(compared == 2);
}
