/// The crowd engine against those tests of ISO 20414 that no older guideline has.
#include <algorithm>
#include <cmath>

#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/loops.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

void corridor_and_stairs(Check& check, const Verification&) {
  // on the stairs everybody is at half speed: the same corridor with half the desired speed
  std::vector<Criterion> criteria;
  for (const double speed : {1.0, 0.5}) {
    LoopPeople people;
    people.speed = speed, people.spread = 0;
    std::vector<double> speeds;
    for (const double density : {0.5, 1.0, 2.0, 3.0, 4.0}) {
      Loop loop(24, 2, static_cast<std::size_t>(density * 48), people);
      speeds.push_back(loop_speed(loop, 20, 20));
    }
    const char* where = speed == 1.0 ? "corridor" : "stairs";
    Criterion falls =
        trend(std::string(where) + ", m/s at 0.5, 1, 2, 3, 4 persons/m²", speeds, Trend::falling, 3);
    falls.expected += " or as desired";
    // people who differ in nothing but chance: within a millimetre per second
    falls.met =
        std::is_sorted(speeds.rbegin(), speeds.rend(), [](double a, double b) { return a < b - 1e-3; }) &&
        speeds.back() < 0.5 * speeds.front();
    criteria.push_back(falls);
    criteria.push_back(
        {"at most " + text(speed, 1) + " m/s", text(speeds.front(), 3), speeds.front() <= speed + 1e-9});
  }
  expect_each(check, criteria);
}

}  // namespace

std::vector<Question> iso_checks() {
  return {
      {"iso_13_diagram", "廊下と階段の密度と速度 (ISO 13)",
       "Speed by density in a corridor and on stairs (ISO 13)", kIso, 'B', corridor_and_stairs},
  };
}

}  // namespace chimata::verification
