// Motivation: evacuees replan in thousands when a street floods, so a tree to the shelters has to cost
// less than the window it is wanted in, and our searches have to be worth having next to Boost's.
//
// The network is a town of 100 x 100 crossings, perturbed, walked at 1.34 m/s. `per_settled` is the
// time per node (or state) that leaves the queue for good; Boost settles what a tree does.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "chimata/routing/boost_view.hpp"
#include "chimata/routing/costs.hpp"
#include "chimata/routing/nearest.hpp"
#include "chimata/routing/path.hpp"
#include "chimata/routing/tree.hpp"
#include "support/random_network.hpp"

using namespace chimata;

namespace {

struct Town {
  Network network = test::perturbed_grid(100, test::Dice("bench.town", 0));
  LinkCosts costs = walking_costs(network, 1.34);
  std::vector<NodeId> places;  ///< taken in turn, so that no search repeats the last one
  Town() {
    test::Dice dice("bench.places", 0);
    for (int i = 0; i < 64; ++i) places.push_back(dice.node(network));
  }
  [[nodiscard]] NodeId place(std::size_t number) const { return places[number % places.size()]; }
  [[nodiscard]] NodeId other_place(std::size_t number) const { return place(number * 7 + 13); }
};

const Town& town() {
  static const Town built;
  return built;
}

void report(benchmark::State& state, std::size_t settled) {
  state.counters["settled"] =
      benchmark::Counter(static_cast<double>(settled), benchmark::Counter::kAvgIterations);
  state.counters["per_settled"] = benchmark::Counter(
      static_cast<double>(settled), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

std::size_t reached(const Column<NodeId, PathCost>& cost) {
  return cost.size() - static_cast<std::size_t>(std::count(cost.begin(), cost.end(), kUnreachable));
}

void tree_to_one_goal(benchmark::State& state) {
  TreeSearch search(town().network);
  const Tree* tree = nullptr;
  std::size_t number = 0;
  for (auto _ : state) {
    const NodeId goal = town().place(number++);
    tree = &search.to(town().costs, std::span(&goal, 1));
    benchmark::DoNotOptimize(tree->cost.data());
  }
  report(state, number * reached(tree->cost));
}
BENCHMARK(tree_to_one_goal);

void tree_to_32_goals(benchmark::State& state) {
  TreeSearch search(town().network);
  const Tree* tree = nullptr;
  std::size_t number = 0;
  for (auto _ : state) {
    tree = &search.to(town().costs, std::span(town().places).subspan(number++ % 32, 32));
    benchmark::DoNotOptimize(tree->cost.data());
  }
  report(state, number * reached(tree->cost));
}
BENCHMARK(tree_to_32_goals);

void nearest_of_32_goals(benchmark::State& state) {
  std::size_t settled = 0, number = 0;
  for (auto _ : state) {
    const Nearest nearest =
        nearest_of(town().network, town().costs, std::span(town().places).subspan(number++ % 32, 32));
    settled = reached(nearest.cost);
  }
  report(state, number * settled);
}
BENCHMARK(nearest_of_32_goals);

void a_star(benchmark::State& state, AStar search) {
  std::size_t settled = 0, number = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(search.find(town().place(number), town().other_place(number)));
    ++number;
    settled += search.settled();
  }
  report(state, settled);
}
void a_star_on_nodes(benchmark::State& state) {
  a_star(state, AStar(town().network, town().costs));
}
void a_star_with_turns(benchmark::State& state) {
  a_star(state, AStar::with_turns(town().network, town().costs, kCar));
}
BENCHMARK(a_star_on_nodes);
BENCHMARK(a_star_with_turns);

/// Boost with its own settings: an indexed heap of four children per parent, allocated per call.
void boost_dijkstra(benchmark::State& state) {
  const BoostView view(town().network, town().costs, true);
  const boost::typed_identity_property_map<std::uint32_t> index;
  Column<NodeId, PathCost> cost(num_vertices(view));
  std::vector<std::uint32_t> previous(num_vertices(view));
  std::size_t number = 0;
  for (auto _ : state) {
    boost::dijkstra_shortest_paths(
        view, town().place(number++).value,
        boost::weight_map(weight_map(view))
            .vertex_index_map(index)
            .distance_map(boost::make_iterator_property_map(cost.begin(), index))
            .predecessor_map(boost::make_iterator_property_map(previous.begin(), index))
            .distance_combine(boost::closed_plus<PathCost>(kUnreachable))
            .distance_inf(kUnreachable)
            .distance_zero(PathCost{0}));
    benchmark::DoNotOptimize(cost.data());
  }
  report(state, number * reached(cost));
}
BENCHMARK(boost_dijkstra);

}  // namespace
