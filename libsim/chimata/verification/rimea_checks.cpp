/// The crowd engine against the first ten tests of RiMEA, with their own populations.
#include <algorithm>
#include <cmath>

#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

using pedestrian::Stage;
using pedestrian::VenueModel;

void rimea_1(Check& check, const Verification&) {
  expect_between(check, time_alone(40, 1.33, 1), 26, 34, "s", 2);
}

void premovement(Check& check, const Verification&) {
  std::vector<double> starts;
  for (int i = 1; i <= 10; ++i) starts.push_back(10.0 * i);
  double worst = 0;
  const auto set_out = setting_out(starts);
  for (std::size_t i = 0; i < starts.size(); ++i) worst = std::max(worst, std::fabs(set_out[i] - starts[i]));
  expect_between(check, worst, 0, 0.5, "s", 2);
}

void corner(Check& check, const Verification&) {
  // two arms of 10 m and the corner of 2 m x 2 m between them
  Hall hall({{{{{0, 0}, {12, 0}, {12, 12}, {10, 12}, {10, 2}, {0, 2}}}}});
  hall.crowd(rectangle(0, 0, 6, 2), 20, hall.exit({10, 12}, {12, 12}));
  std::size_t outside = 0, looked = 0;
  for (double t = 0.1; t < 120 && !hall.empty(); t += 0.1) {
    hall.run(t);
    for (const Point at : hall.venue().crowd().position()) {
      ++looked;
      // more than 1 mm beyond a wall
      outside += !hall.venue().area().contains(at) && hall.venue().walls().clearance(at) > 1e-3 ? 1 : 0;
    }
  }
  expect_none_wrong(check, outside + hall.venue().present(), looked, "positions outside, or people not out");
}

/// Means by age of Weidmann's curve as RiMEA shows it, m/s, and how far people of that age differ.
struct Age {
  int years;
  double low, high;
};
constexpr Age kAges[] = {{20, 1.60, 1.64}, {30, 1.52, 1.56}, {40, 1.46, 1.50},
                         {50, 1.39, 1.43}, {60, 1.26, 1.28}, {70, 1.06, 1.08}};

void ages(Check& check, const Verification&) {
  constexpr Purpose purpose{"verification.ages"};
  const Random random{Seed{7}};
  std::vector<double> given;
  std::vector<const Age*> age;
  for (std::uint32_t i = 0; i < 50; ++i) {
    age.push_back(&kAges[i % std::size(kAges)]);
    given.push_back(age.back()->low + random.uniform(purpose, i) * (age.back()->high - age.back()->low));
  }
  const auto walked = free_speeds(given);
  std::size_t wrong = 0;
  Series run{"50 persons", "年齢 / age [years]", "速度 / speed [m/s]", {}, {}, true};
  for (std::size_t i = 0; i < 50; ++i) {
    wrong += walked[i] < age[i]->low - 0.005 || walked[i] > age[i]->high + 0.005 ? 1 : 0;
    run.x.push_back(age[i]->years), run.y.push_back(walked[i]);
  }
  Series curve{"Weidmann (RiMEA)", run.x_label, run.y_label, {}, {}};
  for (const Age& one : kAges) curve.x.push_back(one.years), curve.y.push_back((one.low + one.high) / 2);
  expect_none_wrong(check, wrong, 50, "speeds off the range of their age by more than 0.005 m/s");
  check.plots = {curve, run};
}

/// 1000 people in 30 x 20 m, standing 2 m from the walls, doors of 1 m.
double public_room(bool two_doors) {
  VenueModel model;
  model.dt = 0.02;
  Hall hall({rectangle(0, 0, 30, 20)}, {}, {}, model);
  Stage doors;
  doors.id = "doors";
  const double y[] = {0, 20};
  for (int side = 0; side < (two_doors ? 1 : 2); ++side)
    for (const double x : {4.0, 25.0}) doors.lines.push_back({{x, y[side]}, {x + 1, y[side]}});
  const auto journey = hall.venue().add_journey({hall.venue().add_stage(std::move(doors))});
  hall.crowd(rectangle(2, 2, 28, 18), 1000, journey, 1.3, 0.2);
  hall.run(1500);
  return hall.cleared_at();
}

void public_room_doors(Check& check, const Verification&) {
  const double four = public_room(false), two = public_room(true);
  check.expected = "time with 2 doors / time with 4 doors 1.6 to 2.4 (FDS+Evac 412.9 / 220.7 = 1.87)";
  check.tolerance = "1.6 to 2.4";
  check.measured = text(two, 1) + " s / " + text(four, 1) + " s = " + text(two / four, 3);
  check.passed = two / four >= 1.6 && two / four <= 2.4;
}

/// 12 cabins along a corridor of 1 m: in each two people, in the third one. The main exit is at the left end,
/// the secondary one at the right end.
void cabins(Check& check, const Verification&) {
  std::vector<Polygon> parts{rectangle(0, 5, 20.2, 6)};
  for (int cabin = 0; cabin < 6; ++cabin) {
    const double x = 0.2 + 3.3 * cabin, wide = cabin == 2 ? 1.8 : 3;
    parts.push_back(rectangle(x, 0, x + wide, 4.8));
    parts.push_back(rectangle(x + 0.5, 4.8, x + 1.4, 5));
    parts.push_back(rectangle(x, 6.2, x + 3, 11));
    parts.push_back(rectangle(x + 0.5, 6, x + 1.4, 6.2));
  }
  VenueModel model;
  model.clearance = 0.2;
  Hall hall(parts, {}, {}, model);
  const auto main_exit = hall.exit({0, 5}, {0, 6}), second = hall.exit({20.2, 5}, {20.2, 6});
  std::vector<std::uint32_t> journeys;
  for (int cabin = 0; cabin < 6; ++cabin) {
    const double x = 0.2 + 3.3 * cabin, wide = cabin == 2 ? 1.8 : 3;
    const auto journey = cabin < 4 ? main_exit : second;  // cabins 1-4 and 7-10, the others
    hall.crowd(rectangle(x, 0, x + wide, 4.8), cabin == 2 ? 1 : 2, journey, 1.2);
    hall.crowd(rectangle(x, 6.2, x + 3, 11), 2, journey, 1.2);
  }
  for (const auto& person : hall.people()) journeys.push_back(person.journey);
  hall.run(300);
  std::size_t by_main = 0, astray = 0;
  for (const auto& passing : hall.venue().passings()) {
    by_main += passing.stage == 0 ? 1 : 0;
    astray += passing.stage != journeys[passing.person.value] ? 1 : 0;
  }
  check.expected = "23 persons: 15 by the main exit, 8 by the secondary one, each by the exit assigned";
  check.measured = std::to_string(by_main) + " and " + std::to_string(hall.venue().left() - by_main) + ", " +
                   std::to_string(astray) + " astray";
  check.tolerance = "exact";
  check.passed = by_main == 15 && hall.venue().left() == 23 && astray == 0;
}

}  // namespace

std::vector<Question> rimea_checks() {
  return {
      {"rimea_1_corridor", "直線廊下40 mの歩行時間 (RiMEA 1)", "Time along a corridor of 40 m (RiMEA 1)",
       kRimea, 'B', rimea_1},
      {"rimea_5_premovement", "反応時間 (RiMEA 5, IMO 5)", "Pre-movement times (RiMEA 5, IMO 5)", kRimea, 'B',
       premovement},
      {"rimea_6_corner", "曲がり角で壁を抜けない (RiMEA 6, IMO 6, NIST 2.3, ISO 4)",
       "Nobody through the wall of a corner (RiMEA 6, IMO 6, NIST 2.3, ISO 4)", kRimea, 'B', corner},
      {"rimea_7_ages", "年齢別の歩行速度、50人 (RiMEA 7)", "Speeds by age of 50 persons (RiMEA 7)", kRimea,
       'B', ages},
      {"rimea_9_public_room", "4つの出口と2つの出口 (RiMEA 9, IMO 9)", "Four doors and two (RiMEA 9, IMO 9)",
       kImo, 'B', public_room_doors},
      {"rimea_10_cabins", "客室ごとに割り当てた出口 (RiMEA 10, IMO 10, NIST 3.1, ISO 8)",
       "Cabins with assigned exits (RiMEA 10, IMO 10, NIST 3.1, ISO 8)", kRimea, 'B', cabins},
  };
}

}  // namespace chimata::verification
