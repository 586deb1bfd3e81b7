#include "chimata/verification/check.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

using namespace chimata;

namespace {

Verification sizes() {
  Verification models;
  models.thorough = std::getenv("CHIMATA_THOROUGH") != nullptr;
  return models;
}

std::set<std::string> failed(const std::vector<Check>& checks) {
  std::set<std::string> ids;
  for (const Check& check : checks) {
    if (check.run && !check.passed) ids.insert(check.id);
  }
  return ids;
}

}  // namespace

TEST_CASE("the engine gives the published and analytic answers") {
  for (const std::string& suite : suites()) {
    if (suite == "pedestrian") continue;  // pedestrian_suite_test.cpp
    for (const Check& check : verify(suite, sizes())) {
      CAPTURE(check.suite);
      CAPTURE(check.id);
      CAPTURE(check.expected);
      CAPTURE(check.measured);
      CHECK((check.passed || !check.run));
      MESSAGE(check.id, ": expected ", check.expected, "; measured ", check.measured, "; ", check.tolerance);
    }
  }
}

TEST_CASE("every check says what it is, what was expected, and where that comes from") {
  std::set<std::string> ids;
  for (const Check& check : verify("routing")) {
    CHECK(ids.insert(check.id).second);
    CHECK(!check.title_ja.empty());
    CHECK(!check.title_en.empty());
    CHECK(!check.expected.empty());
    CHECK(!check.measured.empty());
    CHECK(!check.tolerance.empty());
    CHECK(!check.source.empty());
    CHECK((check.grade == 'A' || check.grade == 'B' || check.grade == 'C'));
    for (const Series& plot : check.plots) CHECK(plot.x.size() == plot.y.size());
  }
}

TEST_CASE("wrong parameters are found out") {
  Verification wrong;
  wrong.walking.weidmann_gamma = 1.5;
  wrong.walking.specific_flow = 1.6;
  wrong.walking.stairs_up = 0.7;
  wrong.walking.slope = false;
  wrong.walking.storage_density = 4;
  wrong.wading.reference_depth = 1.5;
  wrong.wading.elderly_limit = 0.7;
  const auto ids = failed(verify("walking", wrong));
  for (const char* id :
       {"weidmann_speeds", "weidmann_flow", "fundamental_diagram", "rimea_2", "reachable_distance", "tobler",
        "bottleneck", "specific_flow", "spill_back", "wading", "wading_limits"}) {
    CAPTURE(id);
    CHECK(ids.count(id) == 1);
  }
  CHECK(ids.count("imo_1") == 0);
}

TEST_CASE("a wrong law of departure is found out") {
  Verification wrong;
  wrong.evacuation.departure = DepartureLaw::uniform;
  CHECK(failed(verify("evacuation", wrong)).count("departure_rayleigh") == 1);
}

TEST_CASE("an unknown suite is named with the nearest one, and the observer can stop") {
  CHECK_THROWS_WITH_AS((void)verify("walkin"), doctest::Contains("walking"), InputError);
  CHECK_THROWS_AS((void)verify("", {}, [](const Progress&) { return false; }), Cancelled);
}
