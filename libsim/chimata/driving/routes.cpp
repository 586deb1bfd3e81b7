#include "chimata/driving/routes.hpp"

#include <algorithm>
#include <stdexcept>

namespace chimata::driving {

namespace {
constexpr Purpose kPerception{"driving.perception"}, kPerceivedTime{"driving.perceived_time"};
}  // namespace

std::uint8_t Perceptions::of(std::uint32_t somebody) const {
  return count == 1 ? std::uint8_t{0}
                    : static_cast<std::uint8_t>(random.uniform(kPerception, somebody) * count);
}

void Perceptions::see(const LinkCosts& costs, std::uint32_t tree, LinkCosts& seen) const {
  seen = costs;
  for (std::uint32_t l = 0; l < costs.size() && spread > 0; ++l) {
    Cost& cost = seen[LinkId{l}];
    if (cost == kClosed) continue;
    const double factor = 1 + spread * (2 * random.uniform(kPerceivedTime, l, tree) - 1);
    cost = static_cast<Cost>(std::clamp(cost * factor + 0.5, 1.0, double{kClosed} - 1));
  }
}

Routes::Routes(const Network& network, LinkCosts usual, Perceptions perceptions)
    : network_(network),
      perceptions_(perceptions),
      graph_(network, kCar),
      usual_costs_(std::move(usual)),
      costs_(usual_costs_),
      barred_(network.link_count(), 0),
      row_(network.node_count(), NodeId::none_value) {}

std::uint32_t Routes::add_route(std::span<const LinkId> links) {
  const auto begin = static_cast<std::uint32_t>(fixed_.size());
  for (std::size_t i = 0; i < links.size(); ++i) {
    const auto ways = network_.leaving(network_.tail(links[i]));
    const auto way = std::find(ways.begin(), ways.end(), links[i]) - ways.begin();
    if ((i > 0 && network_.head(links[i - 1]) != network_.tail(links[i])) || way >= kEnd) {
      throw std::logic_error("a fixed route has a gap, or a node more than 255 ways");
    }
    fixed_.push_back(static_cast<std::uint8_t>(way));
  }
  fixed_.push_back(kEnd);
  return begin;
}

Routes::Goal Routes::goal_of(NodeId node) {
  if (row_[node] == NodeId::none_value) {
    row_[node] = static_cast<Goal>(goals_.size());
    goals_.push_back(node);
    usual_.emplace_back();
    informed_.resize(informed_.size() + perceptions_.count);
    informed_version_.resize(informed_.size(), 0);
  }
  return row_[node];
}

void Routes::tell(LinkCosts costs, Column<LinkId, std::uint8_t> barred) {
  costs_ = std::move(costs);
  barred_ = std::move(barred);
  ++version_;
}

Routes::Guide Routes::guide_to(TurnTreeSearch& search, const LinkCosts& costs, NodeId goal) const {
  const TurnTree& tree = search.to(costs, {&goal, 1});
  Guide guide;
  guide.beginning.resize(network_.node_count());
  for (std::uint32_t n = 0; n < network_.node_count(); ++n) {
    guide.beginning[NodeId{n}] = tree.start(graph_, costs, NodeId{n});
  }
  guide.next = search.take().next;
  return guide;
}

template <class Build>
void Routes::build(std::size_t trees, Arena& arena, Build&& build) const {
  constexpr std::size_t kTreesPerBlock = 8;
  arena.for_blocks(trees, kTreesPerBlock, [&](std::size_t begin, std::size_t end) {
    TurnTreeSearch search(graph_);
    LinkCosts seen;
    for (std::size_t i = begin; i < end; ++i) build(i, search, seen);
  });
}

void Routes::prepare(Arena& arena) {
  std::vector<Goal> missing;
  for (Goal goal = 0; goal < goals_.size(); ++goal) {
    if (usual_[goal].next.empty()) missing.push_back(goal);
  }
  build(missing.size(), arena, [&](std::size_t i, TurnTreeSearch& search, LinkCosts&) {
    usual_[missing[i]] = guide_to(search, usual_costs_, goals_[missing[i]]);
  });
}

void Routes::learn(std::vector<Tree> trees, Arena& arena) {
  std::sort(trees.begin(), trees.end());
  trees.erase(std::unique(trees.begin(), trees.end()), trees.end());
  std::erase_if(trees, [&](Tree tree) { return informed_version_[tree] == version_; });
  build(trees.size(), arena, [&](std::size_t i, TurnTreeSearch& search, LinkCosts& seen) {
    perceptions_.see(costs_, trees[i], seen);
    informed_[trees[i]] = guide_to(search, seen, goals_[trees[i] / perceptions_.count]);
  });
  for (const Tree tree : trees) informed_version_[tree] = version_;
}

void Routes::renew(std::uint32_t perception, const std::vector<std::uint8_t>& followed, Arena& arena) {
  std::vector<Tree> known;
  for (Tree tree = perception; tree < informed_.size(); tree += perceptions_.count) {
    if (informed_version_[tree] == 0) continue;
    if (followed[tree] != 0) {
      known.push_back(tree);
    } else {
      informed_version_[tree] = 0;
      informed_[tree] = {};
    }
  }
  learn(std::move(known), arena);
}

LinkId Routes::decide(Vehicle& vehicle, TurnState (*follow)(const Guide&, std::uint32_t),
                      std::uint32_t place) const {
  const Goal goal = vehicle.guide;
  if (vehicle.knowledge == Knowledge::map_only) {
    const TurnState next = follow(usual_[goal], place);
    if (next == kNoState) return kNoWay;  // on the usual map there is no way at all
    const LinkId link = graph_.link_of(next);
    if ((barred_[link] & kBarred) == 0) return link;
    vehicle.knowledge = Knowledge::informed;
  }
  const Tree tree = tree_of(vehicle);
  const bool fresh = informed_version_[tree] == version_;
  if (informed_version_[tree] == 0) return kLearns;
  const TurnState next = follow(informed_[tree], place);
  if (next != kNoState && barred_[graph_.link_of(next)] == 0) return graph_.link_of(next);
  return fresh ? kNoWay : kLearns;
}

LinkId Routes::wish(Vehicle& vehicle, LinkId at) const {
  if (vehicle.fixed != 0) return fixed_wish(vehicle, network_.head(at));
  if (network_.head(at) == goals_[vehicle.guide]) return kArrives;
  return decide(
      vehicle, [](const Guide& guide, std::uint32_t state) { return guide.next[state]; }, vehicle.state);
}

LinkId Routes::first_wish(Vehicle& vehicle, NodeId node) const {
  if (vehicle.fixed != 0) return fixed_wish(vehicle, node);
  if (node == goals_[vehicle.guide]) return kArrives;
  return decide(
      vehicle, [](const Guide& guide, std::uint32_t n) { return guide.beginning[NodeId{n}]; }, node.value);
}

void Routes::enter(Vehicle& vehicle, LinkId from, LinkId link) const {
  if (vehicle.fixed != 0) {
    ++vehicle.guide;
    return;
  }
  vehicle.state = from.valid() ? graph_.turn(vehicle.state, link) : graph_.enter(link);
}

LinkId Routes::way_round(const Vehicle& vehicle, LinkId at, std::span<const LinkId> closed) const {
  if (vehicle.fixed != 0 || network_.head(at) == goals_[vehicle.guide]) return kUndecided;
  LinkCosts costs = costs_;
  for (const LinkId link : closed) costs[link] = kClosed;
  const TurnTree tree = tree_to(graph_, costs, {&goals_[vehicle.guide], 1});
  const TurnState next = tree.next[vehicle.state];
  return next == kNoState ? kUndecided : graph_.link_of(next);
}

void Routes::save(SnapshotWriter& out) const {
  out.put("fixed_routes", fixed_);
  out.put("goals", goals_);
  out.put("goal_version", informed_version_);
  out.put_value("news_version", version_);
  out.put("news_costs", costs_.values());
  out.put("barred", barred_.values());
  std::vector<TurnState> next, beginning;
  for (const Guide& guide : informed_) {
    next.insert(next.end(), guide.next.begin(), guide.next.end());
    beginning.insert(beginning.end(), guide.beginning.begin(), guide.beginning.end());
  }
  out.put("goal_next", next);
  out.put("goal_beginning", beginning);
}

void Routes::load(const SnapshotReader& in) {
  std::vector<NodeId> goals;
  in.get("fixed_routes", fixed_);
  in.get("goals", goals);
  row_.assign(row_.size(), NodeId::none_value);
  goals_.clear(), usual_.clear(), informed_.clear(), informed_version_.clear();
  for (const NodeId node : goals) (void)goal_of(node);
  in.get("goal_version", informed_version_);
  in.get_value("news_version", version_);
  in.get("news_costs", costs_);
  in.get("barred", barred_);
  std::vector<TurnState> next, beginning;
  in.get("goal_next", next);
  in.get("goal_beginning", beginning);
  auto state = next.cbegin();
  auto node = beginning.cbegin();
  for (Tree tree = 0; tree < informed_.size(); ++tree) {
    if (informed_version_[tree] == 0) continue;
    informed_[tree].next.assign(state, state + graph_.state_count());
    informed_[tree].beginning.assign(node, node + static_cast<std::ptrdiff_t>(network_.node_count()));
    state += graph_.state_count();
    node += static_cast<std::ptrdiff_t>(network_.node_count());
  }
}

}  // namespace chimata::driving
