/// The laws of crowds, with their default constants, against experiments: speed by density, flow by width.
#include <algorithm>
#include <cmath>

#include "chimata/verification/experiments.hpp"
#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/loops.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

using pedestrian::Law;

const char* name_of(Law law) {
  return law == Law::collision_free ? "collision-free" : "anticipating";
}

double speed_in(const Experiment& experiment, double density, Law law) {
  const bool file = experiment.width == 0;
  const double length = file ? 26 : 24, area = file ? length : length * experiment.width;
  LoopPeople people;
  people.law = law, people.speed = experiment.speed, people.spread = experiment.spread;
  people.against = experiment.against;
  Loop loop(length, file ? 0.6 : experiment.width, static_cast<std::size_t>(std::lround(density * area)),
            people);
  return loop_speed(loop, file ? 60 : 30, 30);
}

/// Mean over the densities of |speed - median of the experiment|, at most 0.10 m/s.
void diagram(Check& check, const Experiment& experiment, Law law) {
  const std::string unit = experiment.width == 0 ? "1/m" : "1/m²";
  Series run{std::string("chimata, ") + name_of(law),
             "密度 / density [" + unit + "]",
             "速度 / speed [m/s]",
             {},
             {},
             true};
  Series data{"実験の中央値 / median of experiments", run.x_label, run.y_label, {}, {}};
  double sum = 0, worst = 0;
  for (const Median& median : experiment.medians) {
    const double speed = speed_in(experiment, median.density, law);
    run.x.push_back(median.density), run.y.push_back(speed);
    data.x.push_back(median.density), data.y.push_back(median.speed);
    sum += std::fabs(speed - median.speed), worst = std::max(worst, std::fabs(speed - median.speed));
  }
  const double mean = sum / static_cast<double>(experiment.medians.size());
  check.expected = "mean difference from the medians at " + std::to_string(experiment.medians.size()) +
                   " densities at most 0.10 m/s";
  check.measured = text(mean, 3) + " m/s, worst " + text(worst, 2) + " m/s";
  check.tolerance = "≤ 0.10 m/s";
  check.passed = mean <= 0.10;
  check.plots = {data, run};
}

/// Flow through a passage of `width` m and 2 m length while 20 to 80 % of 150 leave.
double bottleneck(double width, Law law, double radius, double time_gap) {
  pedestrian::VenueModel model;
  model.dt = 0.02;
  Hall hall(
      {rectangle(0, 0, 10, 10), rectangle(10, 5 - width / 2, 12, 5 + width / 2), rectangle(12, 0, 16, 10)},
      {}, {}, model);
  hall.move_by(law);
  hall.crowd(rectangle(1, 1, 8, 9), 150, hall.exit({16, 0}, {16, 10}), 1.34, radius);
  for (auto& person : hall.people()) person.body.time_gap = time_gap;
  hall.run(400);
  return hall.flow(0.2, 0.8);
}

void bottlenecks(Check& check, Law law, double radius, double time_gap) {
  Series run{
      std::string("chimata, ") + name_of(law), "幅 / width [m]", "流量 / flow [persons/s]", {}, {}, true};
  Series fit{"実験の回帰 / fit to experiments", run.x_label, run.y_label, {}, {}};
  double worst = 0;
  for (const double width : {0.8, 1.0, 1.2, 1.6, 2.0, 2.4}) {
    const double flow = bottleneck(width, law, radius, time_gap), right = -0.173 + 2.261 * width;
    worst = std::max(worst, std::fabs(flow / right - 1));
    run.x.push_back(width), run.y.push_back(flow);
    fit.x.push_back(width), fit.y.push_back(right);
    check.measured += text(flow, 2) + ", ";
  }
  check.expected =
      "-0.173 + 2.261 w: 1.64, 2.09, 2.54, 3.44, 4.35, 5.25 persons/s at 0.8, 1.0, 1.2, 1.6, 2.0, 2.4 m";
  check.measured += "worst " + text(100 * worst) + " %";
  check.tolerance = "± 15 %";
  check.passed = worst <= 0.15;
  check.plots = {fit, run};
}

constexpr const char* kFit =
    "Regression over 79 flows of Kretz 2006, Seyfried 2009, Müller 1981, Nagai 2006, Daamen 2010 and others";
constexpr const char* kMedians =
    "Medians computed from the Jülich and Wuppertal experiments (Seyfried et al.; Zhang et al. 2011, 2012)";

template <const Experiment& kExperiment, Law kLaw>
void diagram_of(Check& check, const Verification&) {
  diagram(check, kExperiment, kLaw);
}

template <Law kLaw>
void default_bottlenecks(Check& check, const Verification& models) {
  if (kLaw == Law::anticipating && !models.thorough) {  // half a minute, and known to stand still
    check.run = false;
    check.expected = "as for collision-free speed";
    check.measured = "run with --thorough";
    return;
  }
  bottlenecks(check, kLaw, 0.2, 1);
}

void fitted_bottlenecks(Check& check, const Verification&) {
  bottlenecks(check, Law::collision_free, 0.15, 0.65);
}

}  // namespace

std::vector<Question> empirical_checks() {
  constexpr Law kFree = Law::collision_free, kAhead = Law::anticipating;
  return {
      {"diagram_file_free", "実験との比較: 一列歩行、衝突回避速度モデル",
       "Experiments: single file, collision-free speed", kMedians, 'A', diagram_of<kSingleFile, kFree>},
      {"diagram_file_ahead", "実験との比較: 一列歩行、予測モデル", "Experiments: single file, anticipating",
       kMedians, 'A', diagram_of<kSingleFile, kAhead>},
      {"diagram_closed_free", "実験との比較: 幅1.8 mの環状の廊下、衝突回避速度モデル",
       "Experiments: closed corridor of 1.8 m, collision-free speed", kMedians, 'A',
       diagram_of<kClosedCorridor, kFree>},
      {"diagram_closed_ahead", "実験との比較: 幅1.8 mの環状の廊下、予測モデル",
       "Experiments: closed corridor of 1.8 m, anticipating", kMedians, 'A',
       diagram_of<kClosedCorridor, kAhead>},
      {"diagram_open_free", "実験との比較: 幅3 mの廊下、衝突回避速度モデル",
       "Experiments: open corridor of 3 m, collision-free speed", kMedians, 'A',
       diagram_of<kOpenCorridor, kFree>},
      {"diagram_open_ahead", "実験との比較: 幅3 mの廊下、予測モデル",
       "Experiments: open corridor of 3 m, anticipating", kMedians, 'A', diagram_of<kOpenCorridor, kAhead>},
      {"diagram_both_free", "実験との比較: 対向流、幅3.6 m、衝突回避速度モデル",
       "Experiments: both ways in 3.6 m, collision-free speed", kMedians, 'B', diagram_of<kBothWays, kFree>},
      {"diagram_both_ahead", "実験との比較: 対向流、幅3.6 m、予測モデル",
       "Experiments: both ways in 3.6 m, anticipating", kMedians, 'B', diagram_of<kBothWays, kAhead>},
      {"bottleneck_free", "実験との比較: ボトルネック、衝突回避速度モデル",
       "Experiments: bottleneck, collision-free speed", kFit, 'B', default_bottlenecks<kFree>},
      {"bottleneck_ahead", "実験との比較: ボトルネック、予測モデル", "Experiments: bottleneck, anticipating",
       kFit, 'B', default_bottlenecks<kAhead>},
      {"bottleneck_fitted", "実験との比較: ボトルネック、半径0.15 m・時間間隔0.65 sに合わせた場合",
       "Experiments: bottleneck, radius 0.15 m and time gap 0.65 s fitted to these same data", kFit, 'C',
       fitted_bottlenecks},
  };
}

}  // namespace chimata::verification
