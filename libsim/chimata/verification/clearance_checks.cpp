/// How long it takes to empty a network into one shelter, against the least that flow theory allows.
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <vector>

#include "chimata/verification/draw.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"
#include "chimata/verification/walkers.hpp"

namespace chimata::verification {

namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using FlowGraph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<boost::edge_capacity_t, long long,
                    boost::property<boost::edge_residual_capacity_t, long long,
                                    boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;

void add_edge_pair(FlowGraph& graph, std::size_t from, std::size_t to, long long capacity) {
  const auto forward = boost::add_edge(from, to, graph).first, back = boost::add_edge(to, from, graph).first;
  boost::put(boost::edge_capacity, graph, forward, capacity);
  boost::put(boost::edge_capacity, graph, back, 0);
  boost::put(boost::edge_reverse, graph, forward, back);
  boost::put(boost::edge_reverse, graph, back, forward);
}

/// Most persons/s from all homes together to the shelter.
double min_cut(const Network& network, const std::vector<std::uint32_t>& homes, NodeId shelter) {
  constexpr double scale = 1e6;
  const std::size_t source = network.node_count();
  FlowGraph graph(source + 1);
  for (std::uint32_t l = 0; l < network.link_count(); ++l) {
    const double capacity = 1.22 * double{network.width[Network::segment_of(LinkId{l})]};
    add_edge_pair(graph, network.tail(LinkId{l}).value, network.head(LinkId{l}).value,
                  static_cast<long long>(capacity * scale));
  }
  for (const std::uint32_t home : homes) add_edge_pair(graph, source, home, 1'000'000'000'000LL);
  return static_cast<double>(boost::push_relabel_max_flow(graph, source, std::size_t{shelter.value})) / scale;
}

void clearance(Check& check, const Verification& models) {
  const std::uint32_t people = models.thorough ? 5000 : 1500;
  std::vector<double> ratios;
  for (std::uint32_t number = 0; number < 30; ++number) {
    Draw draw("verification.clearance", number);
    const auto network = town_network(3 + number % 3, 60, draw);
    const auto nodes = static_cast<std::uint32_t>(network->node_count());
    const NodeId shelter{draw.below(nodes)};
    std::vector<std::uint32_t> homes;
    for (int i = 0; i < 3; ++i) {
      const std::uint32_t home = draw.below(nodes);
      if (home != shelter.value) homes.push_back(home);
    }
    if (homes.empty()) homes.push_back((shelter.value + 1) % nodes);
    Walkers walkers(network, models);
    for (std::uint32_t i = 0; i < people; ++i) walkers.add(homes[i % homes.size()], shelter.value);
    walkers.run();
    ratios.push_back(walkers.last_arrival() * min_cut(*network, homes, shelter) / people);
  }
  std::sort(ratios.begin(), ratios.end());
  check.expected = "time / (N / minimum cut) ≥ 1 on 30 networks, N = " + std::to_string(people);
  check.measured = "least " + text(ratios.front(), 3) + ", median " + text(ratios[15], 3) + ", greatest " +
                   text(ratios.back(), 3);
  check.tolerance = "≥ 1";
  check.passed = ratios.front() >= 1;
  Series run{"chimata", "網(順位) / network, ranked", "比 / ratio", {}, ratios, true};
  for (std::size_t i = 0; i < ratios.size(); ++i) run.x.push_back(static_cast<double>(i + 1));
  check.plots = {run};
}

}  // namespace

std::vector<Question> clearance_checks() {
  return {{"min_cut", "避難完了時間≧人数÷最小カット(30網)",
           "Clearance is never below N over the minimum cut, 30 networks",
           "Ford and Fulkerson 1956: no flow exceeds the minimum cut (Boost push-relabel)", 'A', clearance}};
}

}  // namespace chimata::verification
