#include "chimata/walking/routes.hpp"

#include "chimata/routing/tree.hpp"

namespace chimata::walking {

Routes::Routes(const Streets& streets)
    : streets_(streets),
      usual_costs_(streets.usual_costs()),
      row_(streets.network().node_count(), NodeId::none_value) {}

void Routes::add(NodeId node) {
  row_[node] = static_cast<Goal>(goals_.size());
  goals_.push_back(node);
  usual_.emplace_back();
  informed_.emplace_back();
  wanted_.push_back(0);
  informed_version_.push_back(kNeverBuilt);
  informed_at_.push_back(kStart);
}

Routes::Goal Routes::goal_of(NodeId node) {
  if (row_[node] == NodeId::none_value) add(node);
  return row_[node];
}

void Routes::prepare(Time now, Arena& arena) {
  std::vector<Goal> unmapped, outdated;
  for (Goal g = 0; g < goals_.size(); ++g) {
    if (usual_[g].empty()) unmapped.push_back(g);
    if (wanted_[g] == 0 || fresh(g)) continue;
    if (informed_version_[g] == kNeverBuilt || now - informed_at_[g] >= kNewsEvery) outdated.push_back(g);
  }
  arena.for_blocks(unmapped.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      usual_[unmapped[i]] = tree_to(streets_.network(), usual_costs_, {&goals_[unmapped[i]], 1}).next;
    }
  });
  learn(outdated, now, arena);
}

void Routes::learn(const std::vector<Goal>& goals, Time now, Arena& arena) {
  if (goals.empty()) return;
  const LinkCosts careful = streets_.costs_now(Streets::Avoid::avoid_depth);
  const LinkCosts daring = streets_.costs_now(Streets::Avoid::adult_limit);
  const bool differ = careful != daring;
  arena.for_blocks(goals.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Goal g = goals[i];
      NextLinks next = tree_to(streets_.network(), careful, {&goals_[g], 1}).next;
      if (differ) {
        // where no careful way exists the daring one leads on, until a careful one begins: never in a circle
        const NextLinks other = tree_to(streets_.network(), daring, {&goals_[g], 1}).next;
        for (std::size_t n = 0; n < next.size(); ++n) {
          if (!next[NodeId{n}].valid()) next[NodeId{n}] = other[NodeId{n}];
        }
      }
      informed_[g] = std::move(next);
      informed_version_[g] = streets_.version();
      informed_at_[g] = now;
    }
  });
}

void Routes::save(SnapshotWriter& out) const {
  out.put("goals", goals_);
  out.put("goal_wanted", wanted_);
  out.put("goal_version", informed_version_);
  out.put("goal_informed_at", informed_at_);
  std::vector<LinkId> trees;
  for (const auto& tree : informed_) trees.insert(trees.end(), tree.begin(), tree.end());
  out.put("goal_trees", trees);
}

void Routes::load(const SnapshotReader& in) {
  std::vector<NodeId> goals;
  in.get("goals", goals);
  row_.assign(row_.size(), NodeId::none_value);
  goals_.clear(), usual_.clear(), informed_.clear(), wanted_.clear();
  informed_version_.clear(), informed_at_.clear();
  for (const NodeId node : goals) add(node);
  in.get("goal_wanted", wanted_);
  in.get("goal_version", informed_version_);
  in.get("goal_informed_at", informed_at_);
  std::vector<LinkId> trees;
  in.get("goal_trees", trees);
  auto row = trees.begin();
  const auto nodes = static_cast<std::ptrdiff_t>(row_.size());
  for (Goal g = 0; g < goals_.size(); ++g) {
    if (informed_version_[g] == kNeverBuilt) continue;
    informed_[g].assign(row, row + nodes);
    row += nodes;
  }
}

}  // namespace chimata::walking
