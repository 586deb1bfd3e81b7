#include "chimata/scenario/safe_departure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <queue>

#include "chimata/hazard/hazard_map.hpp"
#include "chimata/people/wading.hpp"
#include "chimata/scenario/resolved.hpp"

namespace chimata {

namespace {

constexpr double kForEver = std::numeric_limits<double>::infinity();
constexpr std::uint32_t kNoShelter = 0xffffffffu;

/// First moment (s) at which the water at a point reaches `limit` m; infinite if it never does.
class Rise {
 public:
  Rise(const DepthSeries* series, const FloodModel& model) {
    if (series) arrivals_.emplace(*series, model);
  }
  [[nodiscard]] double reaches(Point p, double limit) const {
    const Time first = arrivals_ ? arrivals_->at(p, limit) : kNever;
    return first == kNever ? kForEver : std::max(0.0, seconds(first));
  }

 private:
  std::optional<Arrivals> arrivals_;
};

/// A node and the value by which it leaves the queue: greatest first, equal ones by their number.
struct Reached {
  double value;
  std::uint32_t node;
  std::uint32_t shelter;
  friend bool operator<(const Reached& a, const Reached& b) {
    return a.value < b.value || (a.value == b.value && a.node > b.node);
  }
};

struct Harbour {
  NodeId node;
  double value;
  std::uint32_t shelter;
};

/// Grows from the harbours against the links. `before(link, value at its head)` is the value at its tail.
template <class Before>
Column<NodeId, Reached> grow(const Network& network, const std::vector<Harbour>& harbours, Before before) {
  Column<NodeId, Reached> best;
  for (std::uint32_t n = 0; n < network.node_count(); ++n) best.push_back({-kForEver, n, kNoShelter});
  std::priority_queue<Reached> queue;
  const auto offer = [&](NodeId node, double value, std::uint32_t shelter) {
    if (!(value > best[node].value)) return;
    best[node] = {value, node.value, shelter};
    queue.push(best[node]);
  };
  for (const Harbour& h : harbours) offer(h.node, h.value, h.shelter);
  while (!queue.empty()) {
    const Reached top = queue.top();
    queue.pop();
    const NodeId node{top.node};
    if (top.value < best[node].value) continue;
    for (const LinkId out : network.leaving(node)) {
      const LinkId in = Network::twin_of(out);
      if (network.allows(in, kFoot)) offer(network.tail(in), before(in, top.value), top.shelter);
    }
  }
  return best;
}

std::vector<double> mean_speeds(const Population& people) {
  std::vector<double> sum(kPersonClasses, 0), count(kPersonClasses, 0);
  for (std::uint32_t i = 0; i < people.size(); ++i) {
    const auto c = static_cast<std::size_t>(people.person_class[PersonId{i}]);
    sum[c] += double{people.free_speed[PersonId{i}]};
    ++count[c];
  }
  for (std::size_t c = 0; c < sum.size(); ++c) sum[c] /= count[c];
  return sum;
}

}  // namespace

SafeDepartures Scenario::Resolved::compute_safe_departures() const {
  const Network& network = city->network;
  const auto wading = filled(wading_parameters(), settings);
  const auto evacuation = filled(evacuation_parameters(), settings);
  const bool floods = depths && settings.contains(flood_parameters().name);
  const Rise rise(floods ? depths.get() : nullptr, filled(flood_parameters(), settings));

  Column<LinkId, double> ordered_closed;  // when people on foot may no longer enter, s
  ordered_closed.resize(network.link_count(), kForEver);
  for (const Closure& c : closures) {
    if ((c.modes & kFoot) != 0)
      ordered_closed[c.link] = std::min(ordered_closed[c.link], seconds(c.when.from));
  }
  std::vector<std::uint32_t> used;
  for (std::uint32_t s = 0; s < shelters.size(); ++s) {
    const bool open = shelters[s].capacity > 0 || shelters[s].exit;
    if (open && fit_for(shelters[s], evacuation) && shelters[s].access.node.valid()) used.push_back(s);
  }

  SafeDepartures result;
  result.class_speed = mean_speeds(*people);
  std::vector<Harbour> doors;
  for (const std::uint32_t s : used)
    doors.push_back({shelters[s].access.node, -shelters[s].access.distance, s});
  const auto nearest =
      grow(network, doors, [&](LinkId link, double at_head) { return at_head - network.length_of(link); });

  std::vector<Column<NodeId, Reached>> latest(kPersonClasses);
  for (std::size_t c = 0; c < latest.size(); ++c) {
    const double speed = result.class_speed[c];
    if (std::isnan(speed)) continue;
    const double limit = wading_limit(wading, static_cast<PersonClass>(c));
    Column<SegmentId, double> closes;
    for (std::uint32_t s = 0; s < network.segment_count(); ++s) {
      double first = kForEver;
      for (std::uint32_t i = samples->offset[SegmentId{s}]; i < samples->offset[SegmentId{s + 1}]; ++i)
        first = std::min(first, rise.reaches(samples->point[i], limit));
      closes.push_back(first);
    }
    std::vector<Harbour> harbours;
    for (const std::uint32_t s : used) {
      const double open_until = rise.reaches(shelters[s].position, evacuation.shelter_closes_at);
      harbours.push_back({shelters[s].access.node, open_until - shelters[s].access.distance / speed, s});
    }
    latest[c] = grow(network, harbours, [&](LinkId link, double at_head) {
      const double left_by = std::min({at_head, closes[Network::segment_of(link)], ordered_closed[link]});
      return left_by - network.length_of(link) / speed;
    });
  }
  for (std::uint32_t i = 0; i < people->size(); ++i) {
    const PersonId person{i};
    const auto c = static_cast<std::size_t>(people->person_class[person]);
    const NodeId node = people->home_node[person];
    const double access = double{people->access_distance[person]};
    if (!node.valid() || nearest[node].shelter == kNoShelter) {
      result.latest.push_back(-kForEver), result.distance.push_back(kForEver),
          result.shelter.push_back(kNoShelter);
      continue;
    }
    const double out_by =
        rise.reaches(people->home[person], wading_limit(wading, people->person_class[person]));
    const double safe = std::min(out_by, latest[c][node].value - access / result.class_speed[c]);
    result.latest.push_back(safe < 0 ? -kForEver : safe);
    result.distance.push_back(access - nearest[node].value);
    result.shelter.push_back(nearest[node].shelter);
  }
  return result;
}

const SafeDepartures& Scenario::safe_departures() const {
  std::call_once(resolved_->departures_computed,
                 [&] { resolved_->departures = resolved_->compute_safe_departures(); });
  return resolved_->departures;
}

}  // namespace chimata
