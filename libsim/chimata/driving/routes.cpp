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
      row_(network.node_count(), NodeId::none_value) {}

std::uint32_t Routes::add_route(std::span<const LinkId> links) {
  const auto begin = static_cast<std::uint32_t>(fixed_.size());
  for (std::size_t i = 0; i < links.size(); ++i) {
    const auto ways = network_.leaving(network_.tail(links[i]));
    if (i > 0 && network_.head(links[i - 1]) != network_.tail(links[i])) {
      throw std::logic_error("a fixed route has a gap");
    }
    const auto way = std::find(ways.begin(), ways.end(), links[i]) - ways.begin();
    fixed_.push_back(byte_of(static_cast<std::size_t>(way)));
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
  guide.turn.resize(graph_.state_count(), kEnd);
  for (TurnState state = 0; state < graph_.state_count(); ++state) {
    if (tree.next[state] == kNoState) continue;
    std::uint32_t arc = graph_.first_arc(state);
    while (graph_.to(arc) != tree.next[state]) ++arc;
    guide.turn[state] = byte_of(arc - graph_.first_arc(state));
  }
  guide.beginning.resize(network_.node_count(), kEnd);
  for (std::uint32_t n = 0; n < network_.node_count(); ++n) {
    const TurnState begin = tree.start(graph_, costs, NodeId{n});
    if (begin == kNoState) continue;
    const auto ways = network_.leaving(NodeId{n});
    const auto way = std::find(ways.begin(), ways.end(), graph_.link_of(begin));
    guide.beginning[n] = byte_of(static_cast<std::size_t>(way - ways.begin()));
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
    if (usual_[goal].turn.empty()) missing.push_back(goal);
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

template <class Follow>
LinkId Routes::decide(Vehicle& vehicle, Follow&& follow) const {
  const Goal goal = vehicle.guide;
  if (vehicle.knowledge == Knowledge::map_only) {
    const LinkId link = follow(usual_[goal]);
    if (!link.valid()) return kNoWay;  // on the usual map there is no way at all
    if ((barred_[link] & kBarred) == 0) return link;
    vehicle.knowledge = Knowledge::informed;
  }
  const Tree tree = tree_of(vehicle);
  const std::uint32_t version = informed_version_[tree];
  if (version == 0) return kLearns;
  const LinkId link = follow(informed_[tree]);
  if (link.valid() && barred_[link] == 0) return link;
  return version == version_ ? kNoWay : kLearns;
}

LinkId Routes::wish(Vehicle& vehicle, LinkId at) const {
  if (vehicle.fixed != 0) return fixed_wish(vehicle, network_.head(at));
  if (network_.head(at) == goals_[vehicle.guide]) return kArrives;
  return decide(vehicle, [&](const Guide& guide) {
    const std::uint8_t turn = guide.turn[vehicle.state];
    return turn == kEnd ? LinkId::none() : graph_.link_of(graph_.to(graph_.first_arc(vehicle.state) + turn));
  });
}

LinkId Routes::first_wish(Vehicle& vehicle, NodeId node) const {
  if (vehicle.fixed != 0) return fixed_wish(vehicle, node);
  if (node == goals_[vehicle.guide]) return kArrives;
  return decide(vehicle, [&](const Guide& guide) {
    const std::uint8_t way = guide.beginning[node.value];
    return way == kEnd ? LinkId::none() : network_.leaving(node)[way];
  });
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
  out.put("goal_version", informed_version_);
  out.put_value("news_version", version_);
  out.put("news_costs", costs_.values());
  out.put("barred", barred_.values());
  std::vector<std::uint8_t> turns, beginnings;
  for (const Guide& guide : informed_) {
    turns.insert(turns.end(), guide.turn.begin(), guide.turn.end());
    beginnings.insert(beginnings.end(), guide.beginning.begin(), guide.beginning.end());
  }
  out.put("goal_turns", turns);
  out.put("goal_beginnings", beginnings);
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
  std::vector<std::uint8_t> turns, beginnings;
  in.get("goal_turns", turns);
  in.get("goal_beginnings", beginnings);
  auto turn = turns.cbegin();
  auto beginning = beginnings.cbegin();
  const auto nodes = static_cast<std::ptrdiff_t>(network_.node_count());
  for (Tree tree = 0; tree < informed_.size(); ++tree) {
    if (informed_version_[tree] == 0) continue;
    informed_[tree].turn.assign(turn, turn + graph_.state_count());
    informed_[tree].beginning.assign(beginning, beginning + nodes);
    turn += graph_.state_count();
    beginning += nodes;
  }
}

}  // namespace chimata::driving
