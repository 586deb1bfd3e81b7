#include <cmath>

#include "chimata/city/checks.hpp"

namespace chimata {

namespace {

// What is wrong with a plan; "" if nothing is.
std::string fault(const Network& network, const SignalPlan& plan) {
  constexpr double kRounding = 0.01;  // s
  double sum = 0;
  for (const SignalPhase& phase : plan.phases) {
    sum += phase.duration_s + phase.intergreen_s;
    if (!(phase.duration_s >= 0 && phase.intergreen_s >= 0)) return "has a phase of negative length";
    for (const auto& [in, out] : phase.green) {
      if (network.head(in) != plan.node || network.tail(out) != plan.node)
        return "gives green to a movement elsewhere";
    }
  }
  if (!(plan.cycle_s > 0)) return "has no cycle";
  if (!(std::fabs(sum - plan.cycle_s) <= kRounding))
    return "has phases of " + written(sum) + " s in a cycle of " + written(plan.cycle_s) + " s";
  return {};
}

}  // namespace

void check_traffic(const Network& network, Findings& findings) {
  std::vector<std::size_t> capacities, plans;
  for (std::size_t l = 0; l < network.link_count(); ++l) {
    const float capacity = network.capacity[LinkId{l}];
    if (!(capacity >= 0 && std::isfinite(capacity))) capacities.push_back(l);
  }
  findings.add_rows(
      Problem::Severity::error, "network", capacities,
      [&](std::size_t l) {
        return Findings::Row{"link " + std::to_string(l), "its capacity is negative or no number"};
      },
      "give vehicles/s, or 0 if it is not known");
  for (std::size_t i = 0; i < network.signal_plans.size(); ++i) {
    if (!fault(network, network.signal_plans[i]).empty()) plans.push_back(i);
  }
  findings.add_rows(
      Problem::Severity::error, "network", plans,
      [&](std::size_t i) {
        const SignalPlan& plan = network.signal_plans[i];
        return Findings::Row{"node " + std::to_string(plan.node.value),
                             "its signal plan " + fault(network, plan)};
      },
      "correct the signal plan in the source");
}

}  // namespace chimata
