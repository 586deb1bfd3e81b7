/// CrowdWalk's law in its CrossingModel: one-dimensional forces of everybody near, ahead and oncoming, and
/// of those who have just crossed the next node. Yamashita et al. 2014; constants from WalkAgent.java and
/// MapLink.java of CrowdWalk (AIST, MIT licence, state of June 2026).
#include <algorithm>
#include <cmath>

#include "chimata/core/fast_math.hpp"
#include "chimata/walking/movement.hpp"

namespace chimata::walking {

namespace {

constexpr double kRelaxation = 0.962;             // A_0, 1/s
constexpr double kStrength = 0.8497467021796485;  // A_1 over its free speed of 1.02265769 m/s
constexpr double kDecay = 4.682;                  // A_2, 1/m
constexpr double kPersonalSpace = 2.0 * 0.522;    // m
constexpr double kLaneOffset = 0.9;               // m between lanes of people, same and other direction
constexpr double kLaneWidth = 1.0;                // m of street per lane
constexpr double kInsensitive =
    kPersonalSpace / 2;  // m, behind a row of oncoming people the next counts only from here
constexpr double kCrossingFactor = 10.0;
constexpr double kCrossingMemory = 1.5;  // s
constexpr double kTick = 1.0;            // s
constexpr std::size_t kLanesPerBlock = 16;

/// Repulsion at distance `d`, m/s²; proportional to the person's own free speed.
double repulsion(double free_speed, double d) {
  return -free_speed * kStrength * fast::exp(kDecay * (kPersonalSpace - d));
}

/// Its part along the way, for somebody `dx` ahead and `dy` aside.
double repulsion_along(double free_speed, double dx, double dy) {
  const double d = dy == 0 ? dx : std::sqrt(dx * dx + dy * dy);
  const double force = repulsion(free_speed, d);
  return d == 0 ? force : force * (dx / d);
}

std::uint32_t lanes_of(const State& state, LinkId link) {
  const double own = state.lanes.count[link.value];
  const double all = own + state.lanes.count[Network::twin_of(link).value];
  const double width = double{state.streets.network().width[Network::segment_of(link)]};
  return std::max(1u, all > 0 ? static_cast<std::uint32_t>(own * (width / kLaneWidth) / all) : 1u);
}

/// Offset in lanes of the n-th person ahead when people walk `lanes` abreast.
std::uint32_t lane_offset(std::uint32_t n, std::uint32_t lanes) {
  return lanes == 1 ? 0 : (lanes - n % lanes) % lanes;
}

/// Whether somebody from one link to another crosses the way of somebody else at the same node, by the order
/// of the links around it.
bool crosses(const Network& network, const Passage& other, LinkId from, LinkId to) {
  const auto around = network.leaving(network.tail(to));
  const auto place = [&](LinkId leaving) {
    return static_cast<int>(std::find(around.begin(), around.end(), leaving) - around.begin());
  };
  const int n = static_cast<int>(around.size()), origin = place(Network::twin_of(from));
  const auto turned = [&](LinkId leaving) { return (place(leaving) + n - origin) % n; };
  const int end = turned(to);
  return (turned(Network::twin_of(other.from)) - end) * (end - turned(other.to)) > 0;
}

class Forces {
 public:
  Forces(const State& state, const std::vector<Passage>& passages, Tick tick)
      : state_(state), passages_(passages), tick_(tick) {}

  /// Sum of all forces on the i-th walker of `link`; may stop early once it is below `floor`.
  double on(LinkId link, std::size_t i, double floor) const {
    const Walker& walker = state_.lanes.walkers[link.value][i];
    const double free_speed = double{walker.free_speed};
    double reach = walker.position + (kPersonalSpace + free_speed) * (kTick + 1);  // from the link's tail
    double position = walker.position;
    std::uint32_t oncoming = 0, same = 0;
    double total = 0;
    for (bool own_link = true;; own_link = false) {
      total += of_oncoming(link, free_speed, position, reach, oncoming);
      if (total < floor) return total;
      total += of_same(link, free_speed, position, reach, same, own_link, i);
      const double length = state_.streets[link].length;
      position -= length;
      reach -= length;
      if (reach <= 0 || total < floor) return total;
      const NodeId node = state_.streets.network().head(link);
      const Stay& stay = state_.stays[walker.person];
      if (node == stay.goal_node) return total;
      const LinkId next = state_.routes.next(stay.goal, stay.knowledge, node);
      if (!next.valid()) return total;
      total += of_crossing(link, next, free_speed, -position);
      link = next;
    }
  }

 private:
  double of_oncoming(LinkId link, double free_speed, double position, double reach, std::uint32_t& n) const {
    const LinkId twin = Network::twin_of(link);
    const auto& others = state_.lanes.walkers[twin.value];
    if (others.empty()) return 0;
    const std::uint32_t lanes = lanes_of(state_, twin);
    const double length = state_.streets[link].length;
    double total = 0, insensitive = 0;
    auto other = std::partition_point(others.begin(), others.end(),
                                      [&](const Walker& w) { return length - w.position <= position; });
    for (; other != others.end(); ++other) {
      const double at = length - other->position;
      if (at > reach) break;
      if (at <= insensitive) continue;
      ++n;
      total += repulsion_along(free_speed, at - position, kLaneOffset * (lane_offset(n, lanes) + 1));
      if (n % lanes == 0) insensitive = at + kInsensitive;
    }
    return total;
  }

  double of_same(LinkId link, double free_speed, double position, double reach, std::uint32_t& n,
                 bool own_link, std::size_t i) const {
    const auto& others = state_.lanes.walkers[link.value];
    const std::uint32_t lanes = others.empty() ? 1 : lanes_of(state_, link);
    double total = 0;
    for (std::size_t j = own_link ? i : others.size(); j-- > 0;) {
      const Walker& other = others[j];
      if (other.position > reach) break;
      ++n;
      total += repulsion_along(free_speed, std::max(0.0, other.position - position),
                               kLaneOffset * lane_offset(n, lanes));
    }
    return total;
  }

  double of_crossing(LinkId from, LinkId to, double free_speed, double distance) const {
    const Network& network = state_.streets.network();
    const NodeId node = network.head(from);
    auto passage = std::partition_point(passages_.begin(), passages_.end(),
                                        [&](const Passage& p) { return network.tail(p.to) < node; });
    double total = 0, narrowing = kLaneWidth;
    for (; passage != passages_.end() && network.tail(passage->to) == node; ++passage) {
      if (tick_.from - passage->moment > kCrossingMemory || !crosses(network, *passage, from, to)) continue;
      const double widths = double{network.width[Network::segment_of(passage->from)]} +
                            double{network.width[Network::segment_of(passage->to)]};
      total += repulsion(free_speed, distance + std::max(0.0, (widths / 2 - narrowing) / kCrossingFactor));
      narrowing += kLaneWidth;
    }
    return total;
  }

  const State& state_;
  const std::vector<Passage>& passages_;
  Tick tick_;
};

}  // namespace

void crowdwalk_speeds(State& state, const std::vector<Passage>& passages, Tick tick, Arena& arena) {
  const Network& network = state.streets.network();
  const auto& active = state.lanes.active;
  const Forces forces(state, passages, tick);
  arena.for_blocks(active.size(), kLanesPerBlock, [&](std::size_t begin, std::size_t end) {
    for (std::size_t a = begin; a < end; ++a) {
      if (!state.is_link(active[a])) continue;
      const LinkId link{active[a]};
      auto& walkers = state.lanes.walkers[link.value];
      const std::uint32_t abreast = lanes_of(state, link);
      const NodeId head = network.head(link);
      for (std::size_t i = 0; i < walkers.size(); ++i) {
        Walker& walker = walkers[i];
        if (walker.gait != Gait::walking) continue;
        const double base = double{walker.free_speed} * state.streets[link].factor;
        if (i < abreast && state.stays[walker.person].goal_node == head) {
          walker.speed = base;  // nobody holds back the front row before its goal
          continue;
        }
        const double relaxation = kRelaxation * (base - walker.speed);
        const double push = forces.on(link, i, -(base / kTick + relaxation));
        walker.speed = std::clamp(walker.speed + (relaxation + push) * kTick, 0.0, base);
      }
    }
  });
}

}  // namespace chimata::walking
