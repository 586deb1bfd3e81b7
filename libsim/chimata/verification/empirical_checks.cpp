/// Crowds against experiments: speed by density, flow by width. The law is the one recommended, its constants
/// the defaults; of each experiment's people only the published free speeds are taken.
///
/// The constants of people who look for gaps were set by hand with all of these but the corner in view
/// (benchmarks/crowd_law_fit.cpp): this is calibration; only the corner is a blind test.
#include <algorithm>
#include <cmath>

#include "chimata/verification/experiments.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

using pedestrian::Law;

Walking by(Law law) {
  Walking walking;
  walking.law = law;
  return walking;
}

struct Named {
  Law law;
  const char* name;
};
constexpr Named kOthers[] = {{Law::collision_free, "collision-free speed"},
                             {Law::anticipating, "anticipating"}};

/// Speeds by a law at the densities of the experiment, and how far they are off in the mean and at worst.
struct Found {
  std::vector<double> speeds;
  double mean = 0, worst = 0;
};
Found found(const Experiment& experiment, Law law) {
  Found result{speeds_in(experiment, by(law))};
  for (std::size_t i = 0; i < result.speeds.size(); ++i) {
    const double off = std::fabs(result.speeds[i] - experiment.medians[i].speed);
    result.mean += off / static_cast<double>(result.speeds.size());
    result.worst = std::max(result.worst, off);
  }
  return result;
}

/// Mean over the densities of |speed - median of the experiment|, at most 0.10 m/s.
void diagram(Check& check, const Experiment& experiment) {
  const std::string unit = experiment.width == 0 ? "1/m" : "1/m²";
  Series band{"10 – 90 %", "密度 / density [" + unit + "]", "速度 / speed [m/s]", {}, {}};
  Series data{"実験の中央値 / medians", band.x_label, band.y_label, {}, {}};
  for (const Median& median : experiment.medians) {
    data.x.push_back(median.density), data.y.push_back(median.speed);
    if (median.high > 0) {
      band.x.push_back(median.density), band.y.push_back(median.high), band.low.push_back(median.low);
    }
  }
  const Found best = found(experiment, pedestrian::kRecommendedLaw);
  Series run{"chimata", band.x_label, band.y_label, data.x, best.speeds, true};
  if (!band.x.empty()) check.plots.push_back(band);
  check.plots.push_back(data), check.plots.push_back(run);
  check.expected = "mean difference from the medians at " + std::to_string(experiment.medians.size()) +
                   " densities at most 0.10 m/s";
  check.measured = text(best.mean, 3) + " m/s, worst " + text(best.worst, 2) + " m/s (for comparison";
  for (const auto& [law, name] : kOthers) {
    const Found other = found(experiment, law);
    check.measured += std::string(&name == &kOthers[0].name ? " " : ", ") + name + " " + text(other.mean, 3);
    check.plots.push_back({name, band.x_label, band.y_label, data.x, other.speeds});
  }
  check.measured += ")";
  check.tolerance = "≤ 0.10 m/s";
  check.passed = best.mean <= 0.10;
}

void bottlenecks(Check& check, const Verification&) {
  Series data{"実験 / experiments", "幅 / width [m]", "流量 / flow [persons/s]", {}, {}, true};
  for (const Flow& one : kBottleneckFlows) data.x.push_back(one.width), data.y.push_back(one.flow);
  Series run{"chimata", data.x_label, data.y_label, {}, {}, true};
  Series fit{"回帰 / fit", data.x_label, data.y_label, {}, {}};
  Series other{kOthers[0].name, data.x_label, data.y_label, {}, {}};
  double worst = 0;
  for (const double width : {0.8, 1.0, 1.2, 1.6, 2.0, 2.4}) {
    const double flow = bottleneck_flow(width, by(pedestrian::kRecommendedLaw)),
                 right = -0.173 + 2.261 * width;
    worst = std::max(worst, std::fabs(flow / right - 1));
    run.x.push_back(width), run.y.push_back(flow);
    fit.x.push_back(width), fit.y.push_back(right);
    other.x.push_back(width), other.y.push_back(bottleneck_flow(width, by(kOthers[0].law)));
    check.measured += text(flow, 2) + ", ";
  }
  check.expected =
      "-0.173 + 2.261 w: 1.64, 2.09, 2.54, 3.44, 4.35, 5.25 persons/s at 0.8, 1.0, 1.2, 1.6, 2.0, 2.4 m";
  check.measured += "worst " + text(100 * worst) + " % (for comparison collision-free speed";
  for (std::size_t i = 0; i < other.y.size(); ++i)
    check.measured += (i == 0 ? " " : ", ") + text(other.y[i], 2);
  check.measured += ")";
  check.tolerance = "± 15 %";
  check.passed = worst <= 0.15;
  check.plots = {data, fit, run, other};
}

constexpr const char* kFit =
    "Regression over 79 flows of Kretz 2006, Seyfried 2009, Müller 1981, Nagai 2006, Daamen 2010 and others";
constexpr const char* kMedians =
    "Medians computed from the Jülich and Wuppertal experiments (Seyfried et al.; Zhang et al. 2011, 2012)";

template <const Experiment& kExperiment>
void diagram_of(Check& check, const Verification&) {
  diagram(check, kExperiment);
}

}  // namespace

std::vector<Question> empirical_checks() {
  return {
      {"diagram_file", "実験との比較: 一列歩行", "Experiments: single file", kMedians, 'A',
       diagram_of<kSingleFile>},
      {"diagram_closed", "実験との比較: 幅1.8 mの環状の廊下", "Experiments: closed corridor of 1.8 m",
       kMedians, 'A', diagram_of<kClosedCorridor>},
      {"diagram_open", "実験との比較: 幅3 mの廊下", "Experiments: open corridor of 3 m", kMedians, 'A',
       diagram_of<kOpenCorridor>},
      {"diagram_corner", "実験との比較: 幅2.4 mの廊下の曲がり角",
       "Experiments: corner of a corridor of 2.4 m", kMedians, 'A', diagram_of<kCorner>},
      {"diagram_both", "実験との比較: 対向流、幅3.6 m", "Experiments: both ways in 3.6 m", kMedians, 'B',
       diagram_of<kBothWays>},
      {"bottleneck", "実験との比較: ボトルネック", "Experiments: bottleneck", kFit, 'B', bottlenecks},
  };
}

}  // namespace chimata::verification
