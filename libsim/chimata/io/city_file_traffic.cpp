#include "chimata/io/city_file_parts.hpp"

namespace chimata::io {

void put_traffic(Hdf5Writer& file, const Network& n) {
  file.put("network/link/capacity", n.capacity);
  file.put("network/left_hand", std::vector<std::uint8_t>{n.left_hand});
  std::vector<NodeId> node;
  std::vector<double> cycle, offset, duration, intergreen;
  std::vector<std::uint32_t> phase_offset{0};
  Ragged<LinkId> green;  // in and out by turns
  for (const SignalPlan& plan : n.signal_plans) {
    node.push_back(plan.node), cycle.push_back(plan.cycle_s), offset.push_back(plan.offset_s);
    for (const SignalPhase& phase : plan.phases) {
      duration.push_back(phase.duration_s), intergreen.push_back(phase.intergreen_s);
      std::vector<LinkId> movements;
      for (const auto& [in, out] : phase.green) movements.push_back(in), movements.push_back(out);
      green.add(movements);
    }
    phase_offset.push_back(static_cast<std::uint32_t>(duration.size()));
  }
  file.put("network/signal_plan/node", node);
  file.put("network/signal_plan/cycle", cycle);
  file.put("network/signal_plan/offset", offset);
  file.put("network/signal_plan/phase_offset", phase_offset);
  file.put("network/signal_plan/duration", duration);
  file.put("network/signal_plan/intergreen", intergreen);
  file.put("network/signal_plan/green_offset", green.offset);
  file.put("network/signal_plan/green", green.values);
}

namespace {

void get_signal_plans(const Hdf5Reader& file, std::vector<SignalPlan>& plans) {
  std::vector<NodeId> node;
  std::vector<double> cycle, offset, duration, intergreen;
  std::vector<std::uint32_t> phase_offset;
  Ragged<LinkId> green;
  file.get("network/signal_plan/node", node);
  file.get("network/signal_plan/cycle", cycle);
  file.get("network/signal_plan/offset", offset);
  file.get("network/signal_plan/phase_offset", phase_offset);
  file.get("network/signal_plan/duration", duration);
  file.get("network/signal_plan/intergreen", intergreen);
  file.get("network/signal_plan/green_offset", green.offset);
  file.get("network/signal_plan/green", green.values);
  check_offsets(file, phase_offset, duration.size(), "signal plans");
  check_offsets(file, green.offset, green.values.size(), "signal plans");
  file.check(cycle.size() == node.size() && offset.size() == node.size() &&
                 phase_offset.size() == node.size() + 1 && intergreen.size() == duration.size() &&
                 green.size() == duration.size(),
             "signal plans");
  for (std::size_t i = 0; i < node.size(); ++i) {
    SignalPlan& plan = plans.emplace_back(SignalPlan{node[i], cycle[i], offset[i], {}});
    for (std::size_t p = phase_offset[i]; p < phase_offset[i + 1]; ++p) {
      SignalPhase& phase = plan.phases.emplace_back(SignalPhase{duration[p], intergreen[p], {}});
      const std::vector<LinkId> links = green.list(p);
      file.check(links.size() % 2 == 0, "signal plans");
      for (std::size_t k = 0; k < links.size(); k += 2) phase.green.emplace_back(links[k], links[k + 1]);
    }
  }
}

}  // namespace

void get_traffic(const Hdf5Reader& file, Network& n) {
  if (!file.has("network/link/capacity")) {
    n.capacity.assign(n.link_count(), 0);
    return;
  }
  file.get("network/link/capacity", n.capacity);
  std::vector<std::uint8_t> left_hand;
  file.get("network/left_hand", left_hand);
  file.check(left_hand.size() == 1, "left_hand");
  n.left_hand = left_hand[0] != 0;
  get_signal_plans(file, n.signal_plans);
}

}  // namespace chimata::io
