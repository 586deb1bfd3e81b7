/// Many people on one street: speed and flow by density.
#include <algorithm>
#include <array>
#include <cmath>

#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"
#include "chimata/verification/walkers.hpp"

namespace chimata::verification {

namespace {

constexpr double kFree = 1.34;  // m/s

/// Weidmann's curve with its published constants, whatever the model under examination has, m/s.
double weidmann(double density) {
  return kFree * (1 - std::exp(-1.913 * (1 / density - 1 / 5.4)));
}

void published_speeds(Check& check, const Verification& models) {
  constexpr std::array density{0.5, 1.0, 2.0, 3.0, 4.0, 5.0};
  constexpr std::array speed{1.298, 1.058, 0.606, 0.331, 0.156, 0.037};
  double worst = 0;
  for (std::size_t i = 0; i < density.size(); ++i) {
    const double measured =
        kFree * weidmann_factor(density[i], models.walking.weidmann_gamma, models.walking.jam_density);
    worst = std::max(worst, std::fabs(measured - speed[i]));
    check.expected += (i ? ", " : "") + text(speed[i], 3);
    check.measured += (i ? ", " : "") + text(measured, 3);
  }
  check.expected += " m/s at 0.5, 1, 2, 3, 4, 5 persons/m²";
  check.tolerance = "± 0.0006 m/s (rounding)";
  check.passed = worst <= 0.0006;
}

void greatest_flow(Check& check, const Verification& models) {
  double flow = 0, at = 0;
  for (int i = 1; i < 540; ++i) {
    const double density = i / 100.0;
    const double here =
        density * kFree * weidmann_factor(density, models.walking.weidmann_gamma, models.walking.jam_density);
    if (here > flow) flow = here, at = density;
  }
  check.expected = "1.225 persons/(m s) at 1.75 persons/m²; links pass at most 1.22";
  check.measured =
      text(flow, 4) + " at " + text(at, 2) + "; links pass " + text(models.walking.specific_flow, 3);
  check.tolerance = "± 0.001, ± 0.01 persons/m², ± 0.006";
  check.passed = std::fabs(flow - 1.225) <= 0.001 && std::fabs(at - 1.75) <= 0.011 &&
                 std::fabs(models.walking.specific_flow - 1.225) <= 0.006;
}

struct State {
  double density, speed;
};

// people this slow let the street fill past its densest flow: 1.22 persons/(m s) may come in, 0.73 get
// through. At 1.34 m/s the entrance holds the street on the free side of the curve, and the rest queues
// before it.
constexpr double kSlow = 0.8;  // m/s

/// An endless street with so many people per m², once it has settled; its speed as a share of free speed.
State settled(double density, const Verification& models) {
  const double length = 100, width = 2, filling = (1.22 - 0.74) * width;
  Walkers walkers(chain({{length, width}}), models);
  walkers.periodic = true;
  walkers.record_every = Duration{30'000};
  const auto people = static_cast<std::size_t>(std::lround(density * length * width));
  for (std::size_t i = 0; i < people; ++i) walkers.add(0, 1, 0, kSlow);
  const double once = length / (kSlow / kFree * weidmann(density));
  const double settle = static_cast<double>(people) / filling + 1.2 * once;
  const double end = settle + std::max(240.0, 1.3 * once);
  walkers.run(end);
  const TableSet tables = walkers.tables();
  const Table &legs = tables.at("legs"), &links = tables.at("links");
  double time = 0, rounds = 0, sum = 0, intervals = 0;
  for (std::size_t row = 0; row < legs.rows(); ++row) {
    if (legs.get<std::uint8_t>("outcome")[row] != 0 || legs.get<double>("start_s")[row] < settle) continue;
    time += legs.get<double>("end_s")[row] - legs.get<double>("start_s")[row];
    ++rounds;
  }
  for (std::size_t row = 0; row < links.rows(); ++row) {
    const double moment = links.get<double>("t_s")[row];
    if (moment < settle + 30 || std::fmod(moment, 30) != 0) continue;
    sum += double{links.get<float>("mean_density")[row]};
    ++intervals;
  }
  return {sum / intervals, length * rounds / time * kFree / kSlow};
}

void fundamental_diagram(Check& check, const Verification& models) {
  Series law{"Weidmann 1993", "密度 / density [1/m²]", "速度 / speed [m/s]", {}, {}};
  Series run{"chimata", law.x_label, law.y_label, {}, {}, true};
  Series flow_law{"Weidmann 1993", law.x_label, "流率 / flow [1/(m s)]", {}, {}};
  Series flow_run{"chimata", law.x_label, flow_law.y_label, {}, {}, true};
  for (int i = 1; i <= 52; ++i) {
    const double density = 0.1 * i, speed = weidmann(density);
    law.x.push_back(density), law.y.push_back(speed);
    flow_law.x.push_back(density), flow_law.y.push_back(density * speed);
  }
  double squares = 0, worst = 0;
  for (const double density : {0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5}) {
    const State state = settled(density, models);
    const double error = state.speed - weidmann(state.density);
    squares += error * error;
    worst = std::max(worst, std::fabs(error));
    run.x.push_back(state.density), run.y.push_back(state.speed);
    flow_run.x.push_back(state.density), flow_run.y.push_back(state.density * state.speed);
  }
  const double rmse = std::sqrt(squares / static_cast<double>(run.x.size()));
  check.expected =
      "root mean square difference from Weidmann's curve 0 m/s at 10 densities, 0.25 to 4.5 persons/m²";
  check.measured = text(rmse, 4) + " m/s, worst " + text(worst, 4) + " m/s";
  check.tolerance = "≤ 0.02 m/s";
  check.passed = rmse <= 0.02;
  check.plots = {law, run, flow_law, flow_run};
}

/// Seconds until the last of 100 people has crossed a corridor of 10 x 2 m against so many.
double crossing(int oncoming, const Verification& models) {
  Walkers walkers(chain({{10, 10}, {10, 2}, {10, 10}}), models);
  const auto speed = [](int i, int of) { return 0.97 + (1.62 - 0.97) * ((i * 37) % of + 0.5) / of; };
  std::vector<PersonId> first;
  for (int i = 0; i < 100; ++i) first.push_back(walkers.add(0, 3, 0, speed(i, 100)));
  for (int i = 0; i < oncoming; ++i) walkers.add(3, 0, 0, speed(i, oncoming));
  walkers.run(3600);
  double last = 0;
  for (const PersonId person : first) last = std::max(last, walkers.arrival(person));
  return last;
}

void counterflow(Check& check, const Verification& models) {
  Series run{"chimata", "対向人数 / oncoming persons", "時間 / time [s]", {}, {}, true};
  Series context{"FDS+Evac", run.x_label, run.y_label, {0, 10, 50, 100}, {50.0, 75.0, 106.9, 136.1}, true};
  bool grows = true;
  for (const int oncoming : {0, 10, 50, 100}) {
    run.x.push_back(oncoming), run.y.push_back(crossing(oncoming, models));
    grows = grows && (run.y.size() < 2 || run.y.back() > run.y[run.y.size() - 2]);
    check.measured += (oncoming ? ", " : "") + text(run.y.back(), 1);
  }
  check.measured += " s";
  check.expected =
      "all arrive; longer against 0, 10, 50, 100 (for comparison FDS+Evac in two dimensions: 50.0, 75.0, "
      "106.9, 136.1 s)";
  check.tolerance = "strictly ascending";
  check.passed = grows;
  check.plots = {run, context};
}

}  // namespace

std::vector<Question> density_checks() {
  return {{"weidmann_speeds", "Weidmannの密度–速度値", "Weidmann's speeds by density",
           "Weidmann 1993, Kladek's form: 1.34 (1 - exp(-1.913 (1/rho - 1/5.4)))", 'A', published_speeds},
          {"weidmann_flow", "Weidmann曲線の最大流率", "Greatest flow of Weidmann's curve",
           "Weidmann 1993: greatest flow of the curve", 'A', greatest_flow},
          {"fundamental_diagram", "基本図:周期道路の密度–速度", "Fundamental diagram of an endless street",
           "Weidmann 1993; street of 100 x 2 m, people start over at its end; free speed 0.8 m/s, shown "
           "scaled to 1.34",
           'A', fundamental_diagram},
          {"counterflow", "対向流(IMO試験8の道路版)", "Counterflow, IMO test 8 on links",
           "IMO MSC.1/Circ.1533, test 8: time grows with the number of oncoming people; FDS+Evac guide for "
           "comparison",
           'B', counterflow}};
}

}  // namespace chimata::verification
