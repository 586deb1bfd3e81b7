/// The crowd engine against RiMEA, IMO MSC.1/Circ.1533, NIST TN 1822 and ISO 20414, with their own
/// populations.
#include <algorithm>
#include <cmath>

#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

using pedestrian::Door;
using pedestrian::DoorFlow;
using pedestrian::Law;
using pedestrian::VenueModel;

/// s for `metres` along the middle of a corridor, alone.
double alone(double metres, double speed, double starts_s, double width = 2) {
  Hall hall({rectangle(0, 0, metres, width)});
  hall.add({0.5, width / 2}, hall.exit({metres, 0}, {metres, width}), speed, starts_s);
  hall.run(1000);
  return hall.left_at(0) + 0.5 / speed;  // the half metre that the body needs behind it
}

void rimea_1(Check& check, const Verification&) {
  expect_between(check, alone(40, 1.33, 1), 26, 34, "s", 2);
}

void walking_speed(Check& check, const Verification&) {
  const double speed = 40 / alone(40, 1.0, 0);
  expect_near(check, speed, 1.0, 0.05, "m/s", 3);
}

void stairs(Check& check, const Verification&) {
  // 10 m along the slope, at 0.63 m/s instead of 1.0 m/s on the level
  const double factor = 0.63;
  Hall hall({rectangle(-2, 0, 12, 2)}, {{"stairs", rectangle(0, 0, 10, 2), factor}});
  const auto journey = hall.exit({12, 0}, {12, 2});
  hall.add({-1.5, 1}, journey, 1.0);
  hall.run(100);
  const double level = 1.5 + 2.0 - hall.venue().stages().size() * 0.0;  // m before and behind the stairs
  expect_near(check, hall.left_at(0) - level, 10 / factor, 0.05 * 10 / factor, "s", 2);
}

void premovement(Check& check, const Verification&) {
  Hall hall({rectangle(0, 0, 8, 5)});
  const auto journey = hall.exit({8, 2}, {8, 3});
  for (int i = 0; i < 10; ++i) hall.add({1.0 + 0.6 * i, 1.0 + 3.0 * (i % 2)}, journey, 1.2, 10.0 * (i + 1));
  std::vector<Point> from(10);
  double worst = 0;
  std::vector<double> set_out(10, -1);
  for (double t = 0; t <= 101; t += 0.1) {
    hall.run(t == 0 ? 0.02 : t);
    const auto& crowd = hall.venue().crowd();
    for (std::size_t row = 0; row < crowd.size(); ++row) {
      const std::uint32_t person = crowd.person()[row].value;
      if (t == 0) from[person] = crowd.position()[row];
      if (set_out[person] < 0 && t > 0 && distance(from[person], crowd.position()[row]) > 0.01)
        set_out[person] = t;
    }
  }
  for (int i = 0; i < 10; ++i)
    worst = std::max(worst, set_out[static_cast<std::size_t>(i)] < 0
                                ? 1e9
                                : std::fabs(set_out[static_cast<std::size_t>(i)] - 10.0 * (i + 1)));
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

/// 1000 people in 30 x 20 m, standing 2 m from the walls, doors of 1 m. IMO test 9 and RiMEA test 9.
double public_room(bool two_doors) {
  VenueModel model;
  model.dt = 0.02;
  Hall hall({rectangle(0, 0, 30, 20)}, {}, {}, model);
  pedestrian::Stage doors;
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

/// 100 people in 8 x 5 m, an exit of 1 m in the middle of the short wall.
double room_flow(Door door) {
  Hall hall({rectangle(0, 0, 8, 5), rectangle(8, 2, 9, 3)});
  hall.crowd(rectangle(0, 0, 8, 5), 100, hall.exit({9, 2}, {9, 3}, door), 1.3);
  hall.run(600);
  return hall.flow(0.1, 0.9);
}

void capped_flow(Check& check, const Verification&) {
  const double flow = room_flow({DoorFlow::capped, 1.33, 1.0});
  expect_between(check, flow, 1.2, 1.34, "persons/s", 3);
}

void turnstile(Check& check, const Verification&) {
  const double flow = room_flow({DoorFlow::service, 0.5, 0});
  expect_near(check, flow, 0.5, 0.005, "persons/s", 3);
}

/// Flow through a passage of `width` m and 2 m length, from the time when 40 to 90 % of 150 have gone.
double bottleneck(double width) {
  Hall hall(
      {rectangle(0, 0, 10, 10), rectangle(10, 5 - width / 2, 12, 5 + width / 2), rectangle(12, 0, 16, 10)});
  hall.crowd(rectangle(1, 1, 8, 9), 150, hall.exit({16, 0}, {16, 10}), 1.34);
  hall.run(600);
  return hall.flow(0.2, 0.8);
}

void width_of_bottleneck(Check& check, const Verification&) {
  Series run{"chimata", "幅 / width [m]", "流量 / flow [persons/s]", {}, {}, true};
  Series fit{"実験の回帰 / fit to experiments", run.x_label, run.y_label, {}, {}};
  double last = 0;
  bool rises = true;
  for (const double width : {0.8, 1.0, 1.2, 1.6, 2.0}) {
    const double flow = bottleneck(width);
    rises = rises && flow > last;
    last = flow;
    run.x.push_back(width), run.y.push_back(flow);
    fit.x.push_back(width), fit.y.push_back(-0.173 + 2.261 * width);
    check.measured += (check.measured.empty() ? "" : ", ") + text(flow, 2);
  }
  check.expected = "flow rises with the width: 0.8, 1.0, 1.2, 1.6, 2.0 m";
  check.tolerance = "strictly";
  check.passed = rises;
  check.plots = {fit, run};
}

/// RiMEA 15: 500 people, 20 m wide: 44 m straight, with a corner, 75.4 m straight. Along its inner side the
/// corner is 34 + 10 m long, along an arc round it 34 + 20 pi / 2 + 10 m.
double straight(double length) {
  VenueModel model;
  model.dt = 0.01;
  Hall hall({rectangle(0, 0, length, 20)}, {}, {}, model);
  hall.move_by(Law::social_force);
  hall.crowd(rectangle(0, 0, 6, 20), 500, hall.exit({length, 0}, {length, 20}), 1.34);
  hall.run(600);
  return hall.cleared_at();
}

void corner_costs(Check& check, const Verification&) {
  VenueModel model;
  model.dt = 0.01;
  Hall hall({{{{{0, 0}, {54, 0}, {54, 30}, {34, 30}, {34, 20}, {0, 20}}}}}, {}, {}, model);
  hall.move_by(Law::social_force);
  hall.crowd(rectangle(0, 0, 6, 20), 500, hall.exit({34, 30}, {54, 30}), 1.34);
  hall.run(600);
  const double round = hall.cleared_at(), near = straight(44), far = straight(75.4);
  check.expected = "straight 44 m < round the corner < straight 75.4 m";
  check.tolerance = "strictly";
  check.measured = text(near, 1) + " < " + text(round, 1) + " < " + text(far, 1) + " s";
  check.passed = near < round && round < far;
}

/// IMO 8: two rooms of 10 x 10 m and a corridor of 10 x 2 m, 100 people one way, `against` the other.
double counterflow(std::size_t against) {
  VenueModel model;
  model.dt = 0.05;
  Hall hall({rectangle(0, 0, 10, 10), rectangle(10, 4, 20, 6), rectangle(20, 0, 30, 10)}, {}, {}, model);
  hall.move_by(Law::orca);
  const auto right = hall.exit({30, 0}, {30, 10}), left = hall.exit({0, 0}, {0, 10});
  const auto first = hall.crowd(rectangle(0.2, 0.2, 9, 9.8), 100, right, 1.3);
  if (against > 0) hall.crowd(rectangle(21, 0.2, 29.8, 9.8), against, left, 1.3);
  hall.run(600);
  double last = 0;
  for (std::uint32_t i = first; i < first + 100; ++i) last = std::max(last, hall.left_at(i));
  return last;
}

void counterflows(Check& check, const Verification&) {
  double last = 0;
  bool rises = true;
  for (const std::size_t against : {0u, 10u, 50u}) {
    const double time = counterflow(against);
    rises = rises && std::isfinite(time) && time > last;
    last = time;
    check.measured +=
        (check.measured.empty() ? "" : ", ") + (std::isfinite(time) ? text(time, 1) : "∞") + " s";
  }
  check.expected =
      "100 against 0, 10, 50: everybody gets through, later each time (FDS+Evac 50.0, 75.0, 106.9 s)";
  check.tolerance = "strictly";
  check.passed = rises;
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

constexpr const char* kRimea = "RiMEA 4.1.1 (2022), Richtlinie für mikroskopische Entfluchtungsanalysen";
constexpr const char* kImo =
    "IMO MSC.1/Circ.1533 (2016); reference times: FDS+Evac Technical Reference ch. 4";

}  // namespace

std::vector<Question> pedestrian_checks() {
  return {
      {"rimea_1_corridor", "直線廊下40 mの歩行時間 (RiMEA 1)", "Time along a corridor of 40 m (RiMEA 1)",
       kRimea, 'B', rimea_1},
      {"imo_1_speed", "指定した歩行速度 (IMO 1, NIST 2.1, ISO 2)",
       "Walking speed as set (IMO 1, NIST 2.1, ISO 2)", kImo, 'B', walking_speed},
      {"rimea_2_3_stairs", "階段の歩行時間 (RiMEA 2・3, IMO 2・3)",
       "Time on stairs (RiMEA 2 and 3, IMO 2 and 3)", kRimea, 'B', stairs},
      {"rimea_5_premovement", "反応時間 (RiMEA 5, IMO 5)", "Pre-movement times (RiMEA 5, IMO 5)", kRimea, 'B',
       premovement},
      {"rimea_6_corner", "曲がり角で壁を抜けない (RiMEA 6, IMO 6)",
       "Nobody through the wall of a corner (RiMEA 6, IMO 6)", kRimea, 'B', corner},
      {"rimea_9_public_room", "4つの出口と2つの出口 (RiMEA 9, IMO 9)", "Four doors and two (RiMEA 9, IMO 9)",
       kImo, 'B', public_room_doors},
      {"rimea_12_bottleneck", "ボトルネックの幅と流量 (RiMEA 12, ISO 12)",
       "Flow by width of a bottleneck (RiMEA 12, ISO 12)",
       "Fit to the experiments pooled in Seyfried et al. 2009, Kretz et al. 2006 and others", 'B',
       width_of_bottleneck},
      {"rimea_15_corner_time", "曲がり角の所要時間・社会力モデル (RiMEA 15)",
       "What a corner costs, social force (RiMEA 15)", kRimea, 'B', corner_costs},
      {"imo_4_capped_door", "出口の流量上限 (IMO 4, NIST 5.2, ISO 11)",
       "Door with a bounded flow (IMO 4, NIST 5.2, ISO 11)", kImo, 'B', capped_flow},
      {"service_door", "改札の処理速度", "A turnstile's rate", "By definition: 0.5 persons/s", 'A',
       turnstile},
      {"counterflow_up_to_half", "対向流（半数まで）・ORCA（IMO 8の一部。100人対100人は未達）",
       "Counterflow of up to half as many, ORCA (part of IMO 8; not with 100)", kImo, 'B', counterflows},
      {"csm_headway", "一列歩行の間隔", "Headway in single file",
       "Tordeux, Chraibi, Seyfried 2016: v = (s - l) / T", 'A', headway},
      {"rotation", "図形を回しても結果が同じ", "Turning the area changes nothing", "By construction", 'A',
       rotation},
  };
}

}  // namespace chimata::verification
