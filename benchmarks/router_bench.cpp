// Motivation: every driver asks for a way when a street closes or fills up, so a way has to cost
// microseconds, new costs milliseconds. How much is that worth next to Dijkstra, ours and Boost's?
//
// Maps: made-up regions of 40,000 and 300,000 crossings with turn restrictions (support/road_network.hpp; no
// lattice, which no hierarchy can cut), and extracts from CHIMATA_DATA if they are there. Turns are obeyed,
// u-turns made at dead ends only, unless a name says `nodes`. Pairs are random in
// the largest part that cars may use. The Dijkstra searches stop at
// the goal. `speedup` of `check` is the time that searching turn by turn took over that of the router, path
// included, on the same pairs; `mismatches` counts ways that do not cost the same.
#include <benchmark/benchmark.h>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <chrono>
#include <map>
#include <memory>

#include "chimata/io/osm.hpp"
#include "chimata/routing/alternatives.hpp"
#include "chimata/routing/costs.hpp"
#include "chimata/routing/router.hpp"
#include "chimata/routing/time_router.hpp"
#include "chimata/routing/turn_tree.hpp"
#include "support/real_data.hpp"
#include "support/road_network.hpp"

using namespace chimata;

namespace {

constexpr std::size_t kPairs = 10000;

/// A map, prepared.
struct Region {
  explicit Region(Network streets, Turns turns = Turns::obeyed)
      : network(std::move(streets)),
        costs(driving_costs(network)),
        graph(std::make_shared<const RouteGraph>(network, kCar, turns)),
        router(graph, costs, arena) {
    test::Dice dice("bench.pairs", 0);
    const std::vector<NodeId> nodes = test::nodes_for_cars(network);
    const auto any = [&] { return nodes[dice.below(static_cast<std::uint32_t>(nodes.size()))]; };
    while (pairs.size() < kPairs) pairs.emplace_back(any(), any());
  }
  [[nodiscard]] std::pair<NodeId, NodeId> pair(std::size_t number) const { return pairs[number % kPairs]; }
  Network network;
  LinkCosts costs;
  Arena arena{1};
  std::shared_ptr<const RouteGraph> graph;
  Router router;
  std::vector<std::pair<NodeId, NodeId>> pairs;
};

Network streets_of(const std::string& name) {
  if (name == "town_40k") return test::road_network(200, test::Dice("bench", 0));
  if (name == "region_300k") return test::road_network(548, test::Dice("bench", 0));
  Network network = io::read_osm(*test::real_data("network/osm/" + name)).network;
  test::Dice dice("bench.turns", 0);
  test::restrict_crossings(network, dice);
  return network;
}

/// Made when first asked for and kept.
Region& region(const std::string& name, Turns turns = Turns::obeyed) {
  static std::map<std::pair<std::string, Turns>, std::unique_ptr<Region>> made;
  auto& place = made[{name, turns}];
  if (!place) place = std::make_unique<Region>(streets_of(name), turns);
  return *place;
}

void preparation(benchmark::State& state, const std::string& name) {
  const Network network = streets_of(name);
  for (auto _ : state) {
    const RouteGraph graph(network, kCar);
    state.counters["states"] = graph.hierarchy().vertex_count();
    state.counters["turns"] = graph.hierarchy().input_count();
    state.counters["arcs"] = graph.hierarchy().arc_count();
  }
}

void customization(benchmark::State& state, const std::string& name, int threads) {
  Region& r = region(name);
  Arena arena(threads);
  HierarchyMetric metric(r.graph->hierarchy());
  const std::vector<Cost> costs = r.graph->arc_costs(r.costs);
  for (auto _ : state) metric.customize(costs, arena);
}

/// One street closes, and opens again: two updates.
void closure(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  LinkCosts costs = r.costs;
  test::Dice dice("bench.closures", 0);
  for (auto _ : state) {
    const LinkId link{dice.below(static_cast<std::uint32_t>(costs.size()))};
    costs[link] = kClosed;
    r.router.update(costs, std::span(&link, 1), r.arena);
    costs[link] = r.costs[link];
    r.router.update(costs, std::span(&link, 1), r.arena);
  }
}

void distance_query(benchmark::State& state, const std::string& name, Turns turns) {
  Region& r = region(name, turns);
  Router::Search search(r.router);
  std::size_t number = 0;
  for (auto _ : state) {
    const auto [from, to] = r.pair(number++);
    benchmark::DoNotOptimize(search.cost(from, to));
  }
}

void path_query(benchmark::State& state, const std::string& name, Turns turns) {
  Region& r = region(name, turns);
  Router::Search search(r.router);
  std::size_t number = 0;
  for (auto _ : state) {
    const auto [from, to] = r.pair(number++);
    benchmark::DoNotOptimize(search.find(from, to));
  }
}

void one_to_1000(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < 1000; ++i) nodes.push_back(r.pair(i).second);
  const Router::Targets targets = r.router.targets(nodes);
  Router::Search search(r.router);
  std::size_t number = 0;
  for (auto _ : state) benchmark::DoNotOptimize(search.costs(r.pair(number++).first, targets).data());
}

void nearest_of_32(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < 32; ++i) nodes.push_back(r.pair(i).second);
  const Router::Goals goals = r.router.goals(nodes);
  Router::Search search(r.router);
  std::size_t number = 0;
  for (auto _ : state) benchmark::DoNotOptimize(search.nearest(r.pair(number++).first, goals));
}

void three_alternatives(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  AlternativeSearch search(r.router);
  std::size_t number = 0, more = 0;
  for (auto _ : state) {
    const auto [from, to] = r.pair(number++);
    more += search.find(from, to, 3).size() > 1;
  }
  state.counters["with_one"] = static_cast<double>(more) / static_cast<double>(number);
}

void turn_tree(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  TurnTreeSearch search(*r.graph->turn_graph());
  std::size_t number = 0;
  for (auto _ : state) {
    const NodeId goal = r.pair(number++).second;
    benchmark::DoNotOptimize(search.to(r.costs, std::span(&goal, 1)).cost.data());
  }
}

void a_star_turns(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  AStar search = AStar::with_turns(r.network, r.costs, kCar);
  std::size_t number = 0;
  for (auto _ : state) {
    const auto [from, to] = r.pair(number++);
    benchmark::DoNotOptimize(search.find(from, to));
  }
}

/// A plain search over turn states that stops at the goal, the best simple one we know how to write.
class Dijkstra {
 public:
  Dijkstra(const TurnGraph& graph, const LinkCosts& costs) : graph_(graph) {
    for (std::uint32_t arc = 0; arc < graph.arc_count(); ++arc) cost_.push_back(graph.cost(arc, costs));
    label_.assign(graph.state_count(), kUnreachable);
    previous_.assign(graph.state_count(), kNoState);
  }
  PathCost find(const LinkCosts& costs, NodeId from, NodeId to, std::vector<LinkId>& path) {
    for (const TurnState state : touched_) label_[state] = kUnreachable;
    touched_.clear();
    heap_.clear();
    path.clear();
    if (from == to) return 0;
    const auto offer = [&](TurnState state, PathCost cost, TurnState previous) {
      if (cost >= label_[state]) return;
      if (label_[state] == kUnreachable) touched_.push_back(state);
      label_[state] = cost;
      previous_[state] = previous;
      heap_.push({cost, state});
    };
    for (const LinkId link : graph_.network().leaving(from)) {
      if (graph_.enter(link) != kNoState && costs[link] != kClosed) {
        offer(graph_.enter(link), costs[link], kNoState);
      }
    }
    while (!heap_.empty()) {
      const Label label = heap_.pop();
      TurnState state = label.node();
      if (label.cost != label_[state]) continue;
      if (graph_.head(state) == to) {
        for (; state != kNoState; state = previous_[state]) path.push_back(graph_.link_of(state));
        return label.cost;
      }
      for (std::uint32_t arc = graph_.first_arc(state); arc < graph_.end_arc(state); ++arc) {
        if (cost_[arc] != kUnreachable) offer(graph_.to(arc), label.cost + cost_[arc], state);
      }
    }
    return kUnreachable;
  }

 private:
  const TurnGraph& graph_;
  std::vector<PathCost> cost_, label_;
  std::vector<TurnState> previous_, touched_;
  LabelHeap heap_;
};

void dijkstra_turns(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  Dijkstra search(*r.graph->turn_graph(), r.costs);
  std::vector<LinkId> path;
  std::size_t number = 0;
  for (auto _ : state) {
    const auto [from, to] = r.pair(number++);
    benchmark::DoNotOptimize(search.find(r.costs, from, to, path));
  }
}

/// Boost.Graph over the same turns: compressed rows, its own queue, stopped at the first state at the goal.
void boost_turns(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  const TurnGraph& turns = *r.graph->turn_graph();
  struct Weight {
    PathCost ms;
  };
  using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Weight>;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs;
  std::vector<Weight> weights;
  for (std::uint32_t arc = 0; arc < turns.arc_count(); ++arc) {
    const PathCost cost = turns.cost(arc, r.costs);
    if (cost == kUnreachable) continue;
    arcs.emplace_back(turns.from(arc), turns.to(arc));
    weights.push_back({cost});
  }
  const Graph graph(boost::edges_are_sorted, arcs.begin(), arcs.end(), weights.begin(), turns.state_count());
  struct Arrived {};
  struct Stop : boost::default_dijkstra_visitor {
    const TurnGraph* turns;
    NodeId to;
    void examine_vertex(std::size_t vertex, const Graph&) const {
      if (turns->head(static_cast<TurnState>(vertex)) == to) throw Arrived{};
    }
  };
  const boost::typed_identity_property_map<std::size_t> index;
  std::vector<PathCost> label(turns.state_count());
  std::vector<std::size_t> previous(turns.state_count());
  std::size_t number = 0;
  for (auto _ : state) {
    const auto [from, to] = r.pair(number++);
    std::vector<std::size_t> starts;
    for (const LinkId link : r.network.leaving(from)) {
      if (turns.enter(link) != kNoState && r.costs[link] != kClosed) starts.push_back(turns.enter(link));
    }
    if (starts.empty()) continue;
    Stop stop;
    stop.turns = &turns, stop.to = to;
    try {
      boost::dijkstra_shortest_paths(
          graph, starts.front(),
          boost::weight_map(boost::get(&Weight::ms, graph))
              .vertex_index_map(index)
              .distance_map(boost::make_iterator_property_map(label.begin(), index))
              .predecessor_map(boost::make_iterator_property_map(previous.begin(), index))
              .distance_inf(kUnreachable)
              .visitor(stop));
    } catch (const Arrived&) {
    }
    benchmark::DoNotOptimize(label.data());
  }
}

/// Every pair by both, link by link, a street in a thousand closed.
void check(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  LinkCosts costs = r.costs;
  test::Dice dice("bench.check", 0);
  std::vector<LinkId> closed;
  for (std::size_t i = 0; i < costs.size() / 1000; ++i) {
    closed.push_back(LinkId{dice.below(static_cast<std::uint32_t>(costs.size()))});
    costs[closed.back()] = kClosed;
  }
  Router router = r.router;
  router.update(costs, closed, r.arena);
  Router::Search search(router);
  Dijkstra dijkstra(*r.graph->turn_graph(), costs);
  using Clock = std::chrono::steady_clock;
  std::chrono::duration<double> slow{}, quick{};
  std::size_t mismatches = 0;
  std::vector<LinkId> path;
  for (auto _ : state) {
    for (const auto& [from, to] : r.pairs) {
      const auto begin = Clock::now();
      const PathCost expected = dijkstra.find(costs, from, to, path);
      const auto middle = Clock::now();
      const auto found = search.find(from, to);
      quick += Clock::now() - middle;
      slow += middle - begin;
      mismatches += (found ? found->cost : kUnreachable) != expected;
    }
  }
  state.counters["mismatches"] = static_cast<double>(mismatches);
  state.counters["pairs"] = static_cast<double>(kPairs);
  state.counters["speedup"] = slow / quick;
}

/// Costs that double and fall again in the course of two hours, at moments a quarter of an hour apart.
const TimeBinnedCosts& rush_hour(const std::string& name) {
  static std::map<std::string, std::unique_ptr<TimeBinnedCosts>> made;
  auto& place = made[name];
  if (!place) {
    const Region& r = region(name);
    test::Dice dice("bench.rush", 0);
    std::vector<double> much(r.costs.size());
    for (double& share : much) share = 2 * dice.uniform();
    std::vector<LinkCosts> at;
    for (const double peak : {0.0, 0.15, 0.5, 0.85, 1.0, 0.7, 0.3, 0.05, 0.0}) {
      at.push_back(r.costs);
      for (std::uint32_t row = 0; row < r.costs.size(); ++row) {
        if (r.costs.at(row) != kClosed) at.back().at(row) = Cost(r.costs.at(row) * (1 + peak * much[row]));
      }
    }
    place = std::make_unique<TimeBinnedCosts>(kStart, Duration{15 * 60 * 1000}, std::move(at));
  }
  return *place;
}

Time departure(std::size_t number) {
  return kStart + Duration{static_cast<std::int64_t>(number * 7919 % 7200) * 1000};
}

void by_time_exact(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  TimeSearch search(*r.graph->turn_graph(), rush_hour(name));
  std::size_t number = 0;
  for (auto _ : state) {
    const auto [from, to] = r.pair(number);
    benchmark::DoNotOptimize(search.find(from, to, departure(number++)));
  }
}

void by_time_router(benchmark::State& state, const std::string& name) {
  Region& r = region(name);
  const TimeRouter router(r.graph, rush_hour(name), r.arena);
  TimeRouter::Search search(router);
  TimeSearch exact(*r.graph->turn_graph(), rush_hour(name));
  std::size_t number = 0;
  for (auto _ : state) {
    const auto [from, to] = r.pair(number);
    benchmark::DoNotOptimize(search.find(from, to, departure(number++)));
  }
  double sum = 0, worst = 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i < 500; ++i) {
    const auto [from, to] = r.pair(i);
    const auto first = exact.find(from, to, departure(i));
    if (!first || from == to) continue;
    const auto path = search.find(from, to, departure(i));
    const double late = seconds(path->arrival - first->arrival) / seconds(first->arrival - departure(i));
    sum += late, worst = std::max(worst, late);
    ++found;
  }
  state.counters["mean_error"] = sum / static_cast<double>(found);
  state.counters["worst_error"] = worst;
}

void enlist(const std::string& name) {
  const auto add = [&](const char* what, auto&&... body) {
    return benchmark::RegisterBenchmark((std::string(what) + "/" + name).c_str(), body...)
        ->Unit(benchmark::kMicrosecond);
  };
  add("preparation", preparation, name)->Unit(benchmark::kMillisecond);
  add("customization", customization, name, 1)->Unit(benchmark::kMillisecond);
  add("customization_2_threads", customization, name, 2)->Unit(benchmark::kMillisecond)->UseRealTime();
  add("closing_and_opening", closure, name);
  add("cost", distance_query, name, Turns::obeyed);
  add("path", path_query, name, Turns::obeyed);
  add("cost_nodes", distance_query, name, Turns::ignored);
  add("path_nodes", path_query, name, Turns::ignored);
  add("one_to_1000", one_to_1000, name);
  add("nearest_of_32", nearest_of_32, name);
  add("alternatives", three_alternatives, name);
  add("turn_tree", turn_tree, name);
  add("dijkstra", dijkstra_turns, name);
  add("a_star", a_star_turns, name);
  add("boost_dijkstra", boost_turns, name);
  add("by_time_exact", by_time_exact, name);
  add("by_time_router", by_time_router, name);
  add("check", check, name)->Unit(benchmark::kSecond)->Iterations(1);
}

const bool enlisted = [] {
  enlist("town_40k");
  for (const char* name : {"de_bad_hersfeld.osm.gz", "de_niedersachsen_main_roads.osm.gz"}) {
    if (test::real_data(std::string("network/osm/") + name)) enlist(name);
  }
  enlist("region_300k");
  return true;
}();

}  // namespace
