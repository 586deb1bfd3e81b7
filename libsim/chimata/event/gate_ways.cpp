// Ways on foot between the streets and the gates.
#include <algorithm>
#include <limits>

#include "chimata/event/plan.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/routing/costs.hpp"
#include "chimata/routing/tree.hpp"

namespace chimata {

namespace {

constexpr double kNoWay = std::numeric_limits<double>::infinity();

bool closes(const Closure& closure, ModeMask mode) {
  return (closure.modes & mode) != 0 && !(closure.wait && mode == kFoot);
}

/// The longest time about `when` in which no closure to people on foot begins or ends.
Window unchanged_about(Time when, const std::vector<Closure>& closures) {
  Window good{kStart, kNever};
  for (const Closure& closure : closures) {
    if (!closes(closure, kFoot)) continue;
    for (const Time change : {closure.when.from, closure.when.to}) {
      if (change <= when) good.from = std::max(good.from, change);
      if (change > when) good.to = std::min(good.to, change);
    }
  }
  return good;
}

}  // namespace

void close_by_order(LinkCosts& costs, const std::vector<Closure>& closures, ModeMask mode, Time when) {
  for (const Closure& closure : closures) {
    if (closes(closure, mode) && closure.when.contains(when)) costs[closure.link] = kClosed;
  }
}

GateWays::GateWays(const World& world, Time when)
    : site_(&world.areas.front()), good_(unchanged_about(when, world.closures)) {
  const Network& network = *world.network;
  LinkCosts costs = walking_costs(network, 1.0);
  for (const LinkId link : site_->inside) costs[link] = kClosed;
  close_by_order(costs, world.closures, kFoot, when);
  TreeSearch search(network);
  for (const AreaGate& gate : site_->gates) {
    const Tree& tree = search.to(costs, std::span(&gate.node, 1));
    Column<NodeId, double> metres;
    for (std::uint32_t n = 0; n < network.node_count(); ++n) {
      const PathCost cost = tree.cost[NodeId{n}];
      metres.push_back(cost == kUnreachable ? kNoWay : static_cast<double>(cost) / 1000 + gate.to_node);
    }
    metres_.push_back(std::move(metres));
  }
  for (const AreaSpot& spot : site_->spots) middle_.push_back(spot.shape.centroid());
}

double GateWays::to_spot(GateRow gate, std::uint32_t spot) const {
  if (!site_->leads(gate, spot)) return kNoWay;
  return distance(site_->gates[gate].middle(), middle_[spot]);
}

double GateWays::nearest_way_in(NodeId node) const {
  double least = kNoWay;
  for (GateRow gate = 0; gate < size(); ++gate) {
    if (site_->gates[gate].way_in) least = std::min(least, metres(gate, node));
  }
  return least;
}

GateRow GateWays::way_in(NodeId from, std::uint32_t spot, std::span<const GateRow> but) const {
  GateRow best = static_cast<GateRow>(size());
  double least = kNoWay;
  for (GateRow gate = 0; gate < size(); ++gate) {
    if (!site_->gates[gate].way_in || std::find(but.begin(), but.end(), gate) != but.end()) continue;
    const double way = metres(gate, from) + to_spot(gate, spot);
    if (way < least) least = way, best = gate;
  }
  return best;
}

}  // namespace chimata
