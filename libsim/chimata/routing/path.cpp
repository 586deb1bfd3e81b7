#include "chimata/routing/path.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace chimata {
namespace {

/// The most the bound may promise: the least cost per metre of straight line of any open link, a
/// billionth less so that rounding never lifts it over the truth.
double least_cost_per_metre(const Network& network, const LinkCosts& costs) {
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t row = 0; row < network.link_count(); ++row) {
    const LinkId link{row};
    if (costs[link] == kClosed) continue;
    const double metres =
        distance(network.position[network.tail(link)], network.position[network.head(link)]);
    if (metres > 0) least = std::min(least, costs[link] / metres);
  }
  return least < std::numeric_limits<double>::infinity() ? least * (1 - 1e-9) : 0;
}

}  // namespace

AStar::AStar(const Network& network, const LinkCosts& costs)
    : AStar(network, costs, std::nullopt, UTurns::allowed) {}

AStar AStar::with_turns(const Network& network, const LinkCosts& costs, ModeMask mode, UTurns u_turns) {
  return AStar(network, costs, TurnRules(network, mode), u_turns);
}

AStar::AStar(const Network& network, const LinkCosts& costs, std::optional<TurnRules> rules, UTurns u_turns)
    : network_(&network),
      costs_(&costs),
      rules_(std::move(rules)),
      u_turns_(u_turns),
      least_per_metre_(least_cost_per_metre(network, costs)),
      visits_(rules_ ? rules_->state_count() : network.node_count()) {
  assert(costs.size() == network.link_count());
}

void AStar::offer(std::uint32_t state, PathCost cost, std::uint32_t previous, LinkId link, NodeId node) {
  Visit& visit = visits_[state];
  if (visit.search != search_) {
    const double metres = distance(network_->position[node], network_->position[destination_]);
    visit = {kUnreachable, static_cast<PathCost>(metres * least_per_metre_), kNoState, LinkId::none(),
             search_};
  }
  if (cost >= visit.cost) return;
  visit.cost = cost;
  visit.previous = previous;
  visit.link = link;
  heap_.push({cost + visit.bound, state});
}

void AStar::expand(std::uint32_t state) {
  const PathCost cost = visits_[state].cost;
  for (const LinkId link : network_->leaving(NodeId{state})) {
    const Cost step = (*costs_)[link];
    if (step == kClosed) continue;
    const NodeId head = network_->head(link);
    offer(head.value, cost + step, state, link, head);
  }
}

void AStar::expand_turns(std::uint32_t state) {
  const PathCost cost = visits_[state].cost;
  const LinkId arrived_by = rules_->link_of(state);
  const LinkId back = Network::twin_of(arrived_by);
  const auto take = [&](LinkId link) {
    if ((*costs_)[link] == kClosed) return false;
    const std::optional<TurnRules::State> next = rules_->turn(state, link);
    if (next) offer(*next, cost + (*costs_)[link], state, link, network_->head(link));
    return next.has_value();
  };
  bool goes_on = false;
  for (const LinkId link : network_->leaving(network_->head(arrived_by))) {
    if (link != back && take(link)) goes_on = true;
  }
  if (!goes_on || u_turns_ == UTurns::allowed) take(back);
}

std::optional<Path> AStar::find(NodeId from, NodeId to) {
  settled_ = 0;
  if (from == to) return Path{};
  if (++search_ == 0) {  // the numbers have run out: forget all marks
    for (Visit& visit : visits_) visit.search = 0;
    search_ = 1;
  }
  heap_.clear();
  destination_ = to;
  if (!rules_) {
    offer(from.value, 0, kNoState, LinkId::none(), from);
  } else {
    for (const LinkId link : network_->leaving(from)) {
      if ((*costs_)[link] == kClosed) continue;
      offer(rules_->enter(link), (*costs_)[link], kNoState, link, network_->head(link));
    }
  }

  while (!heap_.empty()) {
    const Label label = heap_.pop();
    const std::uint32_t state = label.node();
    if (label.cost != visits_[state].cost + visits_[state].bound) continue;  // improved meanwhile
    ++settled_;
    if ((rules_ ? network_->head(rules_->link_of(state)) : NodeId{state}) == to) return path_to(state);
    if (rules_) {
      expand_turns(state);
    } else {
      expand(state);
    }
  }
  return std::nullopt;
}

Path AStar::path_to(std::uint32_t state) const {
  Path path{{}, visits_[state].cost};
  for (; state != kNoState && visits_[state].link.valid(); state = visits_[state].previous) {
    path.links.push_back(visits_[state].link);
  }
  std::reverse(path.links.begin(), path.links.end());
  return path;
}

std::optional<Path> shortest_path(const Network& network, const LinkCosts& costs, NodeId from, NodeId to) {
  return AStar(network, costs).find(from, to);
}

}  // namespace chimata
