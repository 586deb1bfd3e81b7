/// The crowd engine against the tests of RiMEA on density, queues and the choice of ways, with their own
/// populations.
#include <algorithm>
#include <cmath>

#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/loops.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

using pedestrian::Law;
using pedestrian::Stage;
using pedestrian::VenueModel;

VenueModel steps_of(double dt) {
  VenueModel model;
  model.dt = dt;
  return model;
}

/// m/s and persons/m² in three areas of 2 x 2 m, mean of 60 s after 10 s.
struct Flowing {
  double speed, density;
};
Flowing flowing(double length, double density) {
  LoopPeople people;
  people.speed = 1.3, people.spread = 0.05;  // 1.2 to 1.4 m/s
  Loop loop(length, 10, static_cast<std::size_t>(density * length * 10), people);
  double inside = 0, speeds = 0;
  loop.run(10, 0.02);
  loop.run(60, 0.02, [&] {
    const auto& crowd = loop.crowd();
    for (std::size_t row = 0; row < crowd.size(); ++row) {
      const Point at = crowd.position()[row];
      const double along = std::fmod(at.x, length / 3) - length / 6;  // three areas in the middle
      if (std::fabs(along) < 1 && std::fabs(at.y - 5) < 1) ++inside, speeds += crowd.velocity()[row].x;
    }
  });
  return {speeds / inside, inside / (3 * 4 * 60)};
}

void fundamental_diagram(Check& check, const Verification& models) {
  const double length = models.thorough ? 1000 : 48;
  std::vector<double> speeds, flows;
  Series run{"chimata", "密度 / density [1/m²]", "速度 / speed [m/s]", {}, {}, true};
  Series flow{"chimata", run.x_label, "流率 / specific flow [1/(m s)]", {}, {}, true};
  for (const double density : {0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0}) {
    const Flowing at = flowing(length, density);
    speeds.push_back(at.speed), flows.push_back(at.speed * at.density);
    run.x.push_back(at.density), run.y.push_back(at.speed);
    flow.x.push_back(at.density), flow.y.push_back(flows.back());
  }
  Series weidmann{"Weidmann", run.x_label, run.y_label, {}, {}},
      its_flow{"Weidmann", run.x_label, flow.y_label, {}, {}};
  for (double density = 0.1; density < 5.4; density += 0.1) {
    const double speed = 1.34 * (1 - std::exp(-1.913 * (1 / density - 1 / 5.4)));
    weidmann.x.push_back(density), weidmann.y.push_back(speed);
    its_flow.x.push_back(density), its_flow.y.push_back(density * speed);
  }
  const auto best = static_cast<std::size_t>(std::max_element(flows.begin(), flows.end()) - flows.begin());
  bool one_summit = true;
  for (std::size_t i = 1; i < flows.size(); ++i)
    one_summit = one_summit && (i <= best ? flows[i] > flows[i - 1] : flows[i] < flows[i - 1]);
  expect_each(check, {trend("m/s at 0.5, 1, 2, 3, 4, 5, 6 persons/m²", speeds, Trend::falling, 3),
                      {"flow with one summit (Weidmann 1.22 at 1.75 persons/m²)",
                       text(flows[best], 2) + " persons/(m s) at " + text(run.x[best], 2), one_summit}});
  check.plots = {weidmann, run, its_flow, flow};
}

void two_exits(Check& check, const Verification&) {
  Hall hall({rectangle(0, 0, 30, 20)}, {}, {}, steps_of(0.02));
  Stage exits;
  exits.id = "exits";
  exits.lines = {{{21, 20}, {22, 20}}, {{27, 20}, {28, 20}}};
  const auto journey = hall.venue().add_journey({hall.venue().add_stage(std::move(exits))});
  hall.crowd(rectangle(2, 2, 15.5, 18), 1000, journey, 1.3, 0.2);
  std::size_t near = 0, far = 0, present = 1000, queue = 0;
  for (double t = 0.5; t < 1500 && !hall.empty(); t += 0.5) {  // who leaves is counted by the last look
    std::vector<Point> before(1000, Point{-1, -1});
    const auto& crowd = hall.venue().crowd();
    for (std::size_t row = 0; row < crowd.size(); ++row)
      before[crowd.person()[row].value] = crowd.position()[row];
    const std::size_t gone = hall.venue().passings().size();
    hall.run(t);
    for (std::size_t i = gone; i < hall.venue().passings().size(); ++i) {
      const Point at = before[hall.venue().passings()[i].person.value];
      (at.x < 24.5 ? near : far) += 1;
    }
    present = hall.venue().present();
    std::size_t waiting = 0;
    for (const Point at : crowd.position()) waiting += distance(at, {21.5, 20}) < 3 ? 1 : 0;
    queue = std::max(queue, waiting);
  }
  expect_each(check, {{"1000 persons: more by the nearer exit than by the farther, some by that",
                       std::to_string(near) + " and " + std::to_string(far) + ", " + std::to_string(present) +
                           " still there",
                       near > far && far > 0 && present == 0},
                      {"a jam within 3 m of the nearer exit (over 2 persons/m²)",
                       std::to_string(queue) + " persons on 14.1 m²", queue > 28}});
}

/// Two rooms of 10 x 10 m, a bottleneck between them, 150 persons in the left half of the first.
struct Rooms {
  double width = 1, length = 5;  ///< m, of the bottleneck
  double goal = 10;              ///< m from the bottleneck to the line that all cross
};
struct Passed {
  double cleared_s, flow;
  double first, second;  ///< most persons in either room's last 2 m before the way out
};
Passed passed(const Rooms& rooms, std::uint32_t draw = 0) {
  const double out = 10 + rooms.length, low = 5 - rooms.width / 2, high = 5 + rooms.width / 2;
  std::vector<Polygon> parts{rectangle(0, 0, 10, 10), rectangle(10, low, out, high)};
  if (rooms.goal > 0) parts.push_back(rectangle(out, 0, out + rooms.goal, 10));
  Hall hall(parts, {}, {}, steps_of(0.02));
  const double line = out + rooms.goal;
  const auto journey = rooms.goal == 0   ? hall.exit({line, low}, {line, high})
                       : rooms.goal < 10 ? hall.exit({line, 0}, {line, 10})
                                         : hall.exit({line, 4.5}, {line, 5.5});
  // two bodies of the usual 0.4 m wedge in a passage of 0.8 m; JuPedSim's tests have 0.3 m too
  hall.move_by(Law::gap_seeking);  // who does not look for gaps bars others' way at the edge of a bottleneck
  hall.draw_anew(draw);
  hall.crowd(rectangle(0, 0, 5, 10), 150, journey, 1.34, 0.15);
  Passed result{};
  for (double t = 5; t < 900 && !hall.empty(); t += 5) {
    hall.run(t);
    double first = 0, second = 0;
    for (const Point at : hall.venue().crowd().position()) {
      first += distance(at, {10, 5}) < 2 && at.x < 10 ? 1 : 0;
      second += distance(at, {line, 5}) < 2 && at.x > out ? 1 : 0;
    }
    result.first = std::max(result.first, first), result.second = std::max(result.second, second);
  }
  result.cleared_s = hall.cleared_at(), result.flow = hall.flow(0.2, 0.8);
  return result;
}

void bottlenecks(Check& check, const Verification&) {
  constexpr std::uint32_t kDraws = 4;
  double first = 0, second = 0;
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    const Passed two = passed({}, draw);
    first += two.first / kDraws, second += two.second / kDraws;
  }
  std::vector<double> goals, flows;
  for (const double goal : {0.0, 5.0, 10.0}) goals.push_back(passed({1, 5, goal}).cleared_s);
  for (const double width : {0.8, 1.0, 1.2}) flows.push_back(passed({width, 5, 9}).flow);
  expect_each(check, {{"jam in room 1 only, mean of 4 draws: most people within 2 m of its way out (6.3 m²) "
                       "over 12, of room "
                       "2's under 6",
                       text(first, 1) + " and " + text(second, 1), first > 12 && second < 6},
                      trend("a: s with the goal 0, 5, 10 m behind", goals, Trend::rising, 1),
                      trend("d: persons/s for 0.8, 1.0, 1.2 m", flows, Trend::rising, 2)});
}

void longer_bottlenecks(Check& check, const Verification&) {
  constexpr std::uint32_t kDraws = 8;  // one spreads by 4 s: short ones jam now and then
  std::vector<double> lengths;
  for (const double length : {0.5, 2.5, 5.0, 10.0}) {
    double sum = 0;
    for (std::uint32_t draw = 0; draw < kDraws; ++draw) sum += passed({1, length, 9}, draw).cleared_s;
    lengths.push_back(sum / kDraws);
  }
  expect_each(check,
              {trend("mean s of 8 draws for bottlenecks of 0.5, 2.5, 5, 10 m", lengths, Trend::rising, 1)});
}

void two_bottlenecks(Check& check, const Verification&) {
  Hall hall({rectangle(0, 0, 10, 10), rectangle(10, 4.5, 11, 5.5), rectangle(11, 0, 21, 10),
             rectangle(21, 4.5, 22, 5.5), rectangle(22, 0, 32, 10)},
            {}, {}, steps_of(0.02));
  hall.crowd(rectangle(0, 0, 5, 10), 150, hall.exit({32, 0}, {32, 10}), 1.34);
  double first = 0, second = 0;
  for (double t = 2; t < 900 && !hall.empty(); t += 2) {
    hall.run(t);
    for (const Point at : hall.venue().crowd().position()) {
      first += distance(at, {10, 5}) < 2 && at.x < 10 ? 2 : 0;
      second += distance(at, {21, 5}) < 2 && at.x > 11 && at.x < 21 ? 2 : 0;
    }
  }
  check.expected =
      "three rooms, two bottlenecks of 1 m: more waiting before the first than before the second";
  check.measured = text(first) + " and " + text(second) + " person s within 2 m";
  check.tolerance = "strictly";
  check.passed = first > second && hall.empty();
}

/// RiMEA 15: 500 people, 20 m wide: 44 m straight, with a corner, 75.4 m straight. Along its inner side the
/// corner is 34 + 10 m long, along an arc round it 34 + 20 pi / 2 + 10 m.
double through(const Polygon& area, Point a, Point b) {
  Hall hall({area}, {}, {}, steps_of(0.01));
  hall.move_by(Law::social_force);
  hall.crowd(rectangle(0, 0, 6, 20), 500, hall.exit(a, b), 1.34);
  hall.run(600);
  return hall.cleared_at();
}

void corner_costs(Check& check, const Verification&) {
  const Polygon corner{{{{0, 0}, {54, 0}, {54, 30}, {34, 30}, {34, 20}, {0, 20}}}};
  const double near = through(rectangle(0, 0, 44, 20), {44, 0}, {44, 20});
  const double round = through(corner, {34, 30}, {54, 30});
  const double far = through(rectangle(0, 0, 75.4, 20), {75.4, 0}, {75.4, 20});
  check.expected = "straight 44 m < round the corner < straight 75.4 m";
  check.tolerance = "strictly";
  check.measured = text(near, 1) + " < " + text(round, 1) + " < " + text(far, 1) + " s";
  check.passed = near < round && round < far;
}

void single_file(Check& check, const Verification&) {
  struct Band {
    double density, low, middle, high;  // persons/m, m/s: 10, 50 and 90 % of experiments
  };
  constexpr Band kBands[] = {{1.0989, 0.316, 0.520, 0.840}, {1.8989, 0.048, 0.158, 0.314}};
  Series run{"chimata", "密度 / density [1/m]", "速度 / speed [m/s]", {}, {}};
  for (double density = 0.4; density < 2.5; density += 0.2)
    run.x.push_back(density), run.y.push_back(single_file_speed(density));
  Series low{"10 %", run.x_label, run.y_label, {}, {}, true},
      middle{"50 %", run.x_label, run.y_label, {}, {}, true},
      high{"90 %", run.x_label, run.y_label, {}, {}, true};
  std::vector<Criterion> criteria;
  for (const Band& band : kBands) {
    const double speed = single_file_speed(band.density);
    criteria.push_back(
        {text(band.low, 3) + " – " + text(band.high, 3) + " m/s at " + text(band.density, 4) + " persons/m",
         text(speed, 3) + " m/s", speed >= band.low && speed <= band.high});
    low.x.push_back(band.density), low.y.push_back(band.low);
    middle.x.push_back(band.density), middle.y.push_back(band.middle);
    high.x.push_back(band.density), high.y.push_back(band.high);
  }
  expect_each(check, criteria);
  check.plots = {run, low, middle, high};
}

}  // namespace

std::vector<Question> rimea_queue_checks() {
  return {
      {"rimea_4_diagram", "両端のつながる廊下の密度と速度 (RiMEA 4。--thorough では1000 m)",
       "Speed by density in a corridor whose ends are one (RiMEA 4; 1000 m long with --thorough, else 48 m)",
       kRimea, 'B', fundamental_diagram},
      {"rimea_11_exits", "近い出口と遠い出口、1000人 (RiMEA 11)",
       "The nearer and the farther exit, 1000 persons (RiMEA 11)", kRimea, 'B', two_exits},
      {"rimea_12_rooms",
       "2つの部屋とボトルネック、直径0.3 mの隙間を探す150人 (RiMEA 12, RiMEA 12a, RiMEA 12d)",
       "Two rooms and a bottleneck, 150 persons 0.3 m wide who look for gaps (RiMEA 12, RiMEA 12a, RiMEA "
       "12d)",
       kRimea, 'B', bottlenecks},
      {"rimea_12b_length", "ボトルネックの長さ、隙間を探す人 (RiMEA 12b)",
       "Length of a bottleneck, people who look for gaps (RiMEA 12b)", kRimea, 'B', longer_bottlenecks},
      {"rimea_12c_rooms", "3つの部屋と2つのボトルネック (RiMEA 12c)",
       "Three rooms and two bottlenecks (RiMEA 12c)", kRimea, 'B', two_bottlenecks},
      {"rimea_15_corner_time", "曲がり角の所要時間・社会力モデル (RiMEA 15)",
       "What a corner costs, social force (RiMEA 15)", kRimea, 'B', corner_costs},
      {"rimea_16_single_file", "一列歩行の密度と速度 (RiMEA 16)",
       "Speed by density in single file (RiMEA 16)", kRimea, 'B', single_file},
  };
}

}  // namespace chimata::verification
