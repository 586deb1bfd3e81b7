/// What follows from the laws of crowds themselves.
#include <algorithm>
#include <cmath>

#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

using pedestrian::DoorFlow;

void turnstile(Check& check, const Verification&) {
  expect_near(check, room_flow({DoorFlow::service, 0.5, 0}), 0.5, 0.005, "persons/s", 3);
}

void headway(Check& check, const Verification&) {
  // behind somebody who walks at 0.5 m/s: v = (s - l) / T, so s = l + 0.5 T = 0.4 + 0.5
  Hall hall({rectangle(0, 0, 60, 0.6)});
  const auto journey = hall.exit({60, 0}, {60, 0.6});
  hall.add({6, 0.3}, journey, 0.5);
  for (int i = 0; i < 8; ++i) hall.add({5.2 - 0.6 * i, 0.3}, journey, 1.3);
  hall.run(70);
  std::vector<double> x;
  for (const Point at : hall.venue().crowd().position()) x.push_back(at.x);
  std::sort(x.begin(), x.end());
  double worst = 0;
  for (std::size_t i = 1; i < x.size(); ++i) worst = std::max(worst, std::fabs(x[i] - x[i - 1] - 0.9));
  expect_between(check, worst, 0, 0.01, "m", 5);
}

void rotation(Check& check, const Verification&) {
  // before chaos can tell: the positions after 3 s, turned back
  double worst = 0;
  std::vector<Point> plain;
  for (const double degrees : {0.0, 45.0, 90.0}) {
    Hall hall({turned({{{{0, 0}, {12, 0}, {12, 12}, {10, 12}, {10, 2}, {0, 2}}}}, degrees)});
    const Polygon ends = turned({{{{10, 12}, {12, 12}}}}, degrees);
    const auto journey = hall.exit(ends.rings[0][0], ends.rings[0][1]);
    for (int i = 0; i < 20; ++i) {
      const Polygon at = turned({{{{0.5 + 0.55 * (i / 2), 0.5 + 0.9 * (i % 2) + 0.03 * (i % 5)}}}}, degrees);
      hall.add(at.rings[0][0], journey, 1.0 + 0.02 * i);
    }
    hall.run(3);
    std::vector<Point> back(20);
    for (std::size_t row = 0; row < hall.venue().present(); ++row) {
      const Polygon at = turned({{{hall.venue().crowd().position()[row]}}}, -degrees);
      back[hall.venue().crowd().person()[row].value] = at.rings[0][0];
    }
    if (degrees == 0) plain = back;
    for (std::size_t i = 0; i < 20; ++i) worst = std::max(worst, distance(plain[i], back[i]));
  }
  expect_between(check, worst, 0, 1e-6, "m", 10);
}

}  // namespace

std::vector<Question> crowd_law_checks() {
  return {
      {"service_door", "改札の処理速度", "A turnstile's rate", "By definition: 0.5 persons/s", 'A',
       turnstile},
      {"csm_headway", "一列歩行の間隔", "Headway in single file",
       "Tordeux, Chraibi, Seyfried 2016: v = (s - l) / T", 'A', headway},
      {"rotation", "図形を回しても結果が同じ", "Turning the area changes nothing (Jülich)", "By construction",
       'A', rotation},
  };
}

}  // namespace chimata::verification
