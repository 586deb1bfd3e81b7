#include "chimata/driving/signals.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/driving/vehicle.hpp"

namespace chimata::driving {

namespace {

constexpr std::size_t kMostPhases = 32;
constexpr double kSameMoment = 1e-9;  // s, what rounding does to a moment that was set to the start of green

/// Unit vector of the direction in which a link comes to its end.
Point heading_at_end(const Network& network, LinkId link) {
  const auto shape = network.shape(Network::segment_of(link));
  const bool backward = Network::runs_backward(link);
  const Point end = backward ? shape.front() : shape.back();
  for (std::size_t i = 1; i < shape.size(); ++i) {
    const Point before = backward ? shape[i] : shape[shape.size() - 1 - i];
    const double length = distance(before, end);
    if (length > 0) return {(end.x - before.x) / length, (end.y - before.y) / length};
  }
  return {1, 0};
}

}  // namespace

Signals::Signals(const Network& network, const DrivingModel& model)
    : plan_(network.node_count(), 0), plans_(1) {
  for (const SignalPlan& given : network.signal_plans) add(given);
  std::vector<std::vector<LinkId>> approaches(network.node_count());
  for (std::uint32_t l = 0; l < network.link_count(); ++l) {
    const NodeId node = network.head(LinkId{l});
    if (network.signal[node] != 0 && plan_[node] == 0 && network.allows(LinkId{l}, kCar)) {
      approaches[node.value].push_back(LinkId{l});
    }
  }
  for (std::uint32_t n = 0; n < approaches.size(); ++n) {
    if (!approaches[n].empty()) make_plan(network, model, NodeId{n}, approaches[n]);
  }
}

void Signals::add(const SignalPlan& given) {
  Plan plan;
  plan.cycle = given.cycle_s;
  plan.offset = given.offset_s;
  double from = 0;
  for (const SignalPhase& phase : given.phases) {
    if (plan.phases.size() == kMostPhases) break;
    plan.phases.push_back({from, from + phase.duration_s, phase.green, {}});
    from += phase.duration_s + phase.intergreen_s;
  }
  finish(given.node, std::move(plan));
}

void Signals::make_plan(const Network& network, const DrivingModel& model, NodeId node,
                        const std::vector<LinkId>& approaches) {
  const auto by_lanes = [&](LinkId a, LinkId b) { return network.lanes[a] < network.lanes[b]; };
  const LinkId main = *std::max_element(approaches.begin(), approaches.end(), by_lanes);
  const Point axis = heading_at_end(network, main);
  Phase along{0, 0, {}, {}}, across{0, 0, {}, {}};
  double lanes[] = {1, 1};
  for (const LinkId link : approaches) {
    const Point heading = heading_at_end(network, link);
    const bool same = std::fabs(axis.x * heading.x + axis.y * heading.y) >= std::sqrt(0.5);
    (same ? along : across).approaches.push_back(link);
    lanes[same ? 0 : 1] = std::max(lanes[same ? 0 : 1], static_cast<double>(network.lanes[link]));
  }
  Plan plan;
  plan.cycle = model.signal_cycle;
  const double green = std::max(2.0, model.signal_cycle - 2 * model.signal_intergreen);
  const double share = across.approaches.empty() ? std::max(0.5, 1 - model.walkers_green / green)
                                                 : lanes[0] / (lanes[0] + lanes[1]);
  along.to = green * share;
  across.from = along.to + model.signal_intergreen;
  across.to = across.from + green * (1 - share);
  plan.phases = {std::move(along), std::move(across)};
  finish(node, std::move(plan));
}

void Signals::finish(NodeId node, Plan plan) {
  // somebody on foot crosses an approach while it is red: uniform arrivals wait red²/(2 cycle), HCM
  double longest = 0;
  for (const Phase& phase : plan.phases) longest = std::max(longest, phase.to - phase.from);
  const double red = plan.phases.size() > 1 ? longest : 0;
  plan.walkers_delay = red * red / (2 * plan.cycle);
  plan_[node] = static_cast<std::uint32_t>(plans_.size());
  plans_.push_back(std::move(plan));
}

Signals::Phases Signals::phases(std::uint32_t plan, LinkId in, LinkId out) const {
  Phases bits = 0;
  const auto& phases = plans_[plan].phases;
  for (std::size_t p = 0; p < phases.size(); ++p) {
    const auto& [from, to, green, approaches] = phases[p];
    if (std::find(approaches.begin(), approaches.end(), in) != approaches.end() ||
        std::find(green.begin(), green.end(), std::pair{in, out}) != green.end()) {
      bits |= Phases{1} << p;
    }
  }
  return bits;
}

double Signals::green_from(std::uint32_t row, Phases phases, double moment) const {
  const Plan& plan = plans_[row];
  double place = std::fmod(moment - plan.offset, plan.cycle);
  if (place < 0) place += plan.cycle;
  double wait = kForever;
  for (std::size_t p = 0; p < plan.phases.size(); ++p) {
    if ((phases >> p & 1u) == 0) continue;
    const Phase& phase = plan.phases[p];
    if (place >= phase.from - kSameMoment && place < phase.to) return moment;
    double until = phase.from - place;
    if (until < -kSameMoment) until += plan.cycle;
    wait = std::min(wait, std::max(0.0, until));
  }
  // a hair before the cycle's turn belongs to the phase that begins with it
  return moment + wait;
}

}  // namespace chimata::driving
