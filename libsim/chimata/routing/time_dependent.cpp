#include "chimata/routing/time_dependent.hpp"

#include <algorithm>
#include <cassert>
#include <unordered_set>

#include "chimata/routing/label_heap.hpp"
#include "chimata/routing/tree.hpp"

namespace chimata {
namespace {

/// Being at `node` at `time`, having come from label `previous` by `link`, entered at `entry`.
struct Arrival {
  NodeId node;
  Time time;
  std::uint32_t previous;
  LinkId link;
  Time entry;
};

TimedPath path_to(const std::vector<Arrival>& arrivals, std::uint32_t last) {
  TimedPath path{{}, {}, arrivals[last].time};
  for (; arrivals[last].link.valid(); last = arrivals[last].previous) {
    path.links.push_back(arrivals[last].link);
    path.entries.push_back(arrivals[last].entry);
  }
  std::reverse(path.links.begin(), path.links.end());
  std::reverse(path.entries.begin(), path.entries.end());
  return path;
}

/// From when on nothing changes any more on any link that can lead to the goal.
Time last_change(const Network& network, const LinkCosts& costs, const Closures& closures,
                 const Tree& bound) {
  Time last = Time::min();
  for (std::uint32_t row = 0; row < network.link_count(); ++row) {
    const LinkId link{row};
    if (costs[link] == kClosed || bound.cost[network.head(link)] == kUnreachable) continue;
    const auto windows = closures.of(link);
    if (windows.empty()) continue;
    last = std::max(last, windows.back().to == kNever ? windows.back().from : windows.back().to);
  }
  return last;
}

struct NodeAtTime {
  NodeId node;
  Time time;
  friend bool operator==(NodeAtTime, NodeAtTime) = default;
};
struct HashNodeAtTime {
  std::size_t operator()(NodeAtTime key) const noexcept {
    return static_cast<std::size_t>(key.time.time_since_epoch().count()) * 0x9e3779b97f4a7c15u ^
           key.node.value * 0xff51afd7ed558ccdu;
  }
};

/// Which arrivals are worth following.
class Known {
 public:
  Known(std::size_t nodes, Waiting waiting, Time quiet)
      : earliest_(nodes, kNever), waiting_(waiting), quiet_(quiet) {}

  /// True if nothing known makes this arrival superfluous; it is known from now on.
  bool improves(NodeId node, Time time) {
    if (waiting_ == Waiting::forbidden && time < quiet_) return seen_.insert({node, time}).second;
    // from here on the future of an earlier arrival contains that of a later one
    if (time >= earliest_[node]) return false;
    earliest_[node] = time;
    return true;
  }
  /// True if a better arrival became known since.
  [[nodiscard]] bool outdated(NodeId node, Time time) const {
    return (waiting_ == Waiting::allowed || time >= quiet_) && time > earliest_[node];
  }

 private:
  Column<NodeId, Time> earliest_;  ///< among arrivals of which the earliest is best
  std::unordered_set<NodeAtTime, HashNodeAtTime> seen_;
  Waiting waiting_;
  Time quiet_;
};

}  // namespace

std::optional<TimedPath> earliest_arrival(const Network& network, const LinkCosts& costs,
                                          const Closures& closures, NodeId from, NodeId to, Time depart,
                                          Waiting waiting) {
  assert(costs.size() == network.link_count());
  const Tree bound = tree_to(network, costs, std::span(&to, 1));  // ms still to go at least
  Known known(network.node_count(), waiting, last_change(network, costs, closures, bound));
  std::vector<Arrival> arrivals;
  LabelHeap heap;
  const auto offer = [&](const Arrival& arrival) {
    if (bound.cost[arrival.node] == kUnreachable || !known.improves(arrival.node, arrival.time)) return;
    const auto row = static_cast<std::uint32_t>(arrivals.size());
    arrivals.push_back(arrival);
    const auto since = static_cast<PathCost>((arrival.time - depart).count());
    heap.push(
        {since + bound.cost[arrival.node], row, ~row});  // of equals the latest found: it is farthest on
  };

  offer({from, depart, 0, LinkId::none(), depart});
  while (!heap.empty()) {
    const std::uint32_t row = heap.pop().node();
    const Arrival here = arrivals[row];
    if (here.node == to) return path_to(arrivals, row);
    if (known.outdated(here.node, here.time)) continue;
    for (const LinkId link : network.leaving(here.node)) {
      if (costs[link] == kClosed) continue;
      const Time entry = closures.open_from(link, here.time);
      if (entry == kNever || (waiting == Waiting::forbidden && entry != here.time)) continue;
      offer({network.head(link), entry + Duration{costs[link]}, row, link, entry});
    }
  }
  return std::nullopt;
}

}  // namespace chimata
