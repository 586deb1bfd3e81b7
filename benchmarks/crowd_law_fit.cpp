// How well people who look for gaps meet the experiments, for other constants than the defaults:
//
//     crowd_law_fit [file] [closed] [open] [both] [corner] [neck] [counter] [cost] [suite] [quick]
//     [NAME=VALUE ...]
//
// Names: radius, time_gap and the members of `GapSeeking`. Prints simulated and
// measured values; `quick`: of fewer densities and widths; `suite`: the pedestrian suite, with the defaults.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include "chimata/verification/check.hpp"
#include "chimata/verification/experiments.hpp"

namespace {

using namespace chimata;
using namespace chimata::verification;

/// Processor time per person and step on a loop of 24 x 3 m, ns.
double cost(pedestrian::Law law, double density) {
  LoopPeople people;
  people.law = law;
  Loop loop(24, 3, static_cast<std::size_t>(density * 72), people);
  loop.run(10, 0.02);
  const std::clock_t begin = std::clock();
  loop.run(20, 0.02);
  return 1e9 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / (1000 * density * 72);
}

}  // namespace

int main(int count, char** words) {
  Walking by;
  by.law = pedestrian::Law::gap_seeking;
  auto& law = by.laws.gap_seeking;
  std::map<std::string, double*> names{{"radius", &by.radius},
                                       {"time_gap", &by.time_gap},
                                       {"narrow", &law.narrow},
                                       {"shyness", &law.shyness},
                                       {"beware", &law.beware},
                                       {"deep", &law.deep},
                                       {"shuffle", &law.shuffle},
                                       {"met", &law.met},
                                       {"caution", &law.caution},
                                       {"ease", &law.ease},
                                       {"turned", &law.turned},
                                       {"wall_room", &law.wall_room},
                                       {"look_ahead", &law.look_ahead},
                                       {"persistence", &law.persistence},
                                       {"side", &law.side},
                                       {"wall_time", &law.wall_time}};
  std::vector<std::string> parts;
  bool quick = false;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto equals = word.find('=');
    if (word == "quick") {
      quick = true;
    } else if (equals == std::string::npos) {
      parts.push_back(word);
    } else if (names.count(word.substr(0, equals)) == 0) {
      return std::fprintf(stderr, "crowd_law_fit: no constant %s\n", word.c_str()), 2;
    } else {
      *names[word.substr(0, equals)] = std::stod(word.substr(equals + 1));
    }
  }
  const std::map<std::string, const Experiment*> experiments{{"file", &kSingleFile},
                                                             {"closed", &kClosedCorridor},
                                                             {"open", &kOpenCorridor},
                                                             {"both", &kBothWays},
                                                             {"corner", &kCorner}};
  for (const std::string& part : parts) {
    if (part == "cost") {
      for (const double density : {0.5, 1.5, 3.0})
        std::printf("%g persons/m²: %.0f ns a step, collision-free speed %.0f ns\n", density,
                    cost(pedestrian::Law::gap_seeking, density),
                    cost(pedestrian::Law::collision_free, density));
      continue;
    }
    if (part == "suite") {
      for (const Check& check : verify("pedestrian"))
        std::printf("%s %s: %s\n", check.run ? check.passed ? "passed" : "FAILED" : "not run",
                    check.id.c_str(), check.measured.c_str());
      continue;
    }
    std::printf("%s:", part.c_str());
    double sum = 0;
    std::size_t looked = 0;
    const auto row = [&](double at, double measured, double right, double off) {
      std::printf(" %g:%.2f/%.2f", at, measured, right), std::fflush(stdout);
      sum += std::fabs(off), ++looked;
    };
    if (part == "neck") {
      for (const double width : {0.8, 1.0, 1.2, 1.6, 2.0, 2.4}) {
        if (quick && width != 0.8 && width != 1.2 && width != 2.0) continue;
        const double flow = bottleneck_flow(width, by), right = -0.173 + 2.261 * width;
        row(width, flow, right, flow / right - 1);
      }
    } else if (part == "counter") {
      const double evac[] = {50.0, 75.0, 106.9, 136.1};
      const std::size_t against[] = {0, 10, 50, 100};
      for (std::size_t i = quick ? 3 : 0; i < 4; ++i) {
        double time_s = 0, overlap = 0;
        const std::uint32_t draws = quick ? 1 : 4;
        for (std::uint32_t draw = 0; draw < draws; ++draw) {
          const Met met = counterflow(against[i], draw, by);
          time_s += met.time_s / draws, overlap = std::max(overlap, met.overlap);
        }
        row(static_cast<double>(against[i]), time_s, evac[i], time_s / evac[i] - 1);
        std::printf("(%.2f)", overlap);
      }
    } else if (experiments.count(part) == 1) {
      const Experiment& experiment = *experiments.at(part);
      std::vector<double> speeds;
      if (experiment.corner) speeds = speeds_in(experiment, by);
      for (std::size_t i = quick ? 1 : 0; i < experiment.medians.size(); i += quick ? 2 : 1) {
        const Median& median = experiment.medians[i];
        const double speed = experiment.corner ? speeds[i] : speed_in(experiment, median.density, by);
        row(median.density, speed, median.speed, speed - median.speed);
      }
    } else {
      return std::fprintf(stderr, "crowd_law_fit: no experiment %s\n", part.c_str()), 2;
    }
    std::printf(" mean %.3f\n", sum / static_cast<double>(looked));
  }
}
