#include "chimata/driving/routes.hpp"

#include <algorithm>
#include <stdexcept>

namespace chimata::driving {

namespace {
constexpr Purpose kPerception{"driving.perception"}, kPerceivedTime{"driving.perceived_time"};

std::uint8_t byte_of(std::size_t way) {
  if (way >= 255) throw std::logic_error("a node has more than 255 ways");
  return static_cast<std::uint8_t>(way);
}
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
      way_(network.link_count(), 0),
      row_(network.node_count(), NodeId::none_value) {
  for (std::uint32_t n = 0; n < network.node_count(); ++n) {
    const auto ways = network.leaving(NodeId{n});
    for (std::size_t way = 0; way < ways.size(); ++way) way_[ways[way]] = byte_of(way);
  }
}

std::uint32_t Routes::add_route(std::span<const LinkId> links) {
  const auto begin = static_cast<std::uint32_t>(fixed_.size());
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (i > 0 && network_.head(links[i - 1]) != network_.tail(links[i])) {
      throw std::logic_error("a fixed route has a gap");
    }
    fixed_.push_back(way_[links[i]]);
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
  const auto way_into = [&](TurnState next) { return next == kNoState ? kEnd : way_[graph_.link_of(next)]; };
  Guide guide;
  guide.ways.reserve(graph_.state_count() + network_.node_count());
  for (const TurnState next : tree.next) guide.ways.push_back(way_into(next));
  for (std::uint32_t n = 0; n < network_.node_count(); ++n) {
    const NodeId node{n};
    guide.ways.push_back(node == goal ? kEnd : way_into(tree.start(graph_, costs, node)));
  }
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
    if (usual_[goal].ways.empty()) missing.push_back(goal);
  }
  build(missing.size(), arena, [&](std::size_t i, TurnTreeSearch& search, LinkCosts&) {
    usual_[missing[i]] = guide_to(search, usual_costs_, goals_[missing[i]]);
  });
}

void Routes::learn(std::vector<Tree> trees, Arena& arena) {
  std::sort(trees.begin(), trees.end());
  trees.erase(std::unique(trees.begin(), trees.end()), trees.end());
  std::erase_if(trees, [&](Tree tree) { return informed_[tree].version == version_; });
  build(trees.size(), arena, [&](std::size_t i, TurnTreeSearch& search, LinkCosts& seen) {
    perceptions_.see(costs_, trees[i], seen);
    informed_[trees[i]] = guide_to(search, seen, goals_[trees[i] / perceptions_.count]);
    informed_[trees[i]].version = version_;
  });
}

void Routes::renew(std::uint32_t perception, const std::vector<std::uint8_t>& followed, Arena& arena) {
  std::vector<Tree> known;
  for (Tree tree = perception; tree < informed_.size(); tree += perceptions_.count) {
    if (informed_[tree].version == 0) continue;
    if (followed[tree] != 0) {
      known.push_back(tree);
    } else {
      informed_[tree] = {};
    }
  }
  learn(std::move(known), arena);
}

inline LinkId Routes::decide(Vehicle& vehicle, NodeId node, std::size_t row) const {
  const auto follow = [&](const Guide& guide) {
    const std::uint8_t way = guide.ways[row];
    return way == kEnd ? LinkId::none() : network_.leaving(node)[way];
  };
  if (vehicle.knowledge == Knowledge::map_only) {
    const LinkId link = follow(usual_[vehicle.guide]);
    if (!link.valid())
      return node == goals_[vehicle.guide] ? kArrives : kNoWay;  // none even on the usual map
    if ((barred_[link] & kBarred) == 0) return link;
    vehicle.knowledge = Knowledge::informed;
  }
  const Guide& guide = informed_[tree_of(vehicle)];
  if (guide.version != 0) {
    const LinkId link = follow(guide);
    if (link.valid() && barred_[link] == 0) return link;
  }
  if (node == goals_[vehicle.guide]) return kArrives;
  return guide.version == version_ ? kNoWay : kLearns;
}

LinkId Routes::wish(Vehicle& vehicle, LinkId at) const {
  const NodeId node = network_.head(at);
  return vehicle.fixed != 0 ? fixed_wish(vehicle, node) : decide(vehicle, node, vehicle.state);
}

LinkId Routes::first_wish(Vehicle& vehicle, NodeId node) const {
  if (vehicle.fixed != 0) return fixed_wish(vehicle, node);
  if (node == goals_[vehicle.guide]) return kArrives;  // the tree has ways round and back even there
  return decide(vehicle, node, graph_.state_count() + node.value);
}

void Routes::enter(Vehicle& vehicle, LinkId from, LinkId link) const {
  if (vehicle.fixed != 0) {
    ++vehicle.guide;
    return;
  }
  const bool one_state = graph_.first_of(link) + 1 == graph_.end_of(link);  // whichever way one came
  vehicle.state = from.valid() && !one_state ? graph_.turn(vehicle.state, link) : graph_.enter(link);
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
  out.put_value("news_version", version_);
  out.put("news_costs", costs_.values());
  out.put("barred", barred_.values());
  std::vector<std::uint32_t> versions;
  std::vector<std::uint8_t> ways;
  for (const Guide& guide : informed_) {
    versions.push_back(guide.version);
    ways.insert(ways.end(), guide.ways.begin(), guide.ways.end());
  }
  out.put("goal_version", versions);
  out.put("goal_ways", ways);
}

void Routes::load(const SnapshotReader& in) {
  std::vector<NodeId> goals;
  in.get("fixed_routes", fixed_);
  in.get("goals", goals);
  row_.assign(row_.size(), NodeId::none_value);
  goals_.clear(), usual_.clear(), informed_.clear();
  for (const NodeId node : goals) (void)goal_of(node);
  in.get_value("news_version", version_);
  in.get("news_costs", costs_);
  in.get("barred", barred_);
  std::vector<std::uint32_t> versions;
  std::vector<std::uint8_t> ways;
  in.get("goal_version", versions);
  in.get("goal_ways", ways);
  auto next = ways.cbegin();
  const auto size = static_cast<std::ptrdiff_t>(graph_.state_count() + network_.node_count());
  for (Tree tree = 0; tree < informed_.size(); ++tree) {
    informed_[tree].version = versions.at(tree);
    if (versions[tree] == 0) continue;
    informed_[tree].ways.assign(next, next + size);
    next += size;
  }
}

}  // namespace chimata::driving
