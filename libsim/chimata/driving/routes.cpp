#include "chimata/driving/routes.hpp"

#include <algorithm>

namespace chimata::driving {

Routes::Routes(const Network& network, LinkCosts usual)
    : network_(network),
      graph_(network, kCar),
      usual_costs_(std::move(usual)),
      costs_(usual_costs_),
      barred_(network.link_count(), 0),
      row_(network.node_count(), NodeId::none_value) {}

std::uint32_t Routes::add_route(std::span<const LinkId> links) {
  const auto begin = static_cast<std::uint32_t>(fixed_.size());
  fixed_.insert(fixed_.end(), links.begin(), links.end());
  fixed_.push_back(kArrives);
  return begin;
}

Routes::Goal Routes::goal_of(NodeId node) {
  if (row_[node] == NodeId::none_value) {
    row_[node] = static_cast<Goal>(goals_.size());
    goals_.push_back(node);
    usual_.emplace_back(), informed_.emplace_back();
    informed_version_.push_back(0);
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

void Routes::build(const std::vector<Goal>& goals, const LinkCosts& costs, std::vector<Guide>& guides,
                   Arena& arena) {
  constexpr std::size_t kTreesPerBlock = 8;
  arena.for_blocks(goals.size(), kTreesPerBlock, [&](std::size_t begin, std::size_t end) {
    TurnTreeSearch search(graph_);
    for (std::size_t i = begin; i < end; ++i) {
      guides[goals[i]] = guide_to(search, costs, goals_[goals[i]]);
    }
  });
}

void Routes::prepare(Arena& arena) {
  std::vector<Goal> missing;
  for (Goal goal = 0; goal < goals_.size(); ++goal) {
    if (usual_[goal].next.empty()) missing.push_back(goal);
  }
  build(missing, usual_costs_, usual_, arena);
}

void Routes::learn(std::vector<Goal> goals, Arena& arena) {
  std::sort(goals.begin(), goals.end());
  goals.erase(std::unique(goals.begin(), goals.end()), goals.end());
  std::erase_if(goals, [&](Goal goal) { return informed_version_[goal] == version_; });
  build(goals, costs_, informed_, arena);
  for (const Goal goal : goals) informed_version_[goal] = version_;
}

void Routes::renew(Arena& arena) {
  std::vector<Goal> known;
  for (Goal goal = 0; goal < goals_.size(); ++goal) {
    if (informed_version_[goal] != 0) known.push_back(goal);
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
  const bool fresh = informed_version_[goal] == version_;
  if (informed_version_[goal] == 0) return kLearns;
  const TurnState next = follow(informed_[goal], place);
  if (next != kNoState && barred_[graph_.link_of(next)] == 0) return graph_.link_of(next);
  return fresh ? kNoWay : kLearns;
}

LinkId Routes::wish(Vehicle& vehicle, LinkId at) const {
  if (vehicle.fixed != 0) return fixed_[vehicle.guide];
  if (network_.head(at) == goals_[vehicle.guide]) return kArrives;
  return decide(
      vehicle, [](const Guide& guide, std::uint32_t state) { return guide.next[state]; }, vehicle.state);
}

LinkId Routes::first_wish(Vehicle& vehicle, NodeId node) const {
  if (vehicle.fixed != 0) return fixed_[vehicle.guide];
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
  for (Goal goal = 0; goal < goals_.size(); ++goal) {
    next.insert(next.end(), informed_[goal].next.begin(), informed_[goal].next.end());
    beginning.insert(beginning.end(), informed_[goal].beginning.begin(), informed_[goal].beginning.end());
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
  for (Goal goal = 0; goal < goals_.size(); ++goal) {
    if (informed_version_[goal] == 0) continue;
    informed_[goal].next.assign(state, state + graph_.state_count());
    informed_[goal].beginning.assign(node, node + static_cast<std::ptrdiff_t>(network_.node_count()));
    state += graph_.state_count();
    node += static_cast<std::ptrdiff_t>(network_.node_count());
  }
}

}  // namespace chimata::driving
