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

/// Those of a household in which somebody needs help may go to a welfare shelter together.
bool with_help(const Population& people, PersonId person) {
  if (people.household.empty()) return false;
  const auto members = people.households.of(people.household[person]);
  return std::any_of(members.begin(), members.end(), [&](PersonId p) { return people.needs_help[p] != 0; });
}

/// From when on nobody finds the shelter open any more, s; minus infinity if it opens after that.
double closes(const ShelterPlan& shelter, const EvacuationModel& model, const Rise& rise) {
  const double water = rise.reaches(shelter.position, closing_depth(shelter, model));
  const double opens = shelter.opens_at == kNever ? kForEver : seconds(shelter.opens_at);
  return opens < water ? water : -kForEver;
}

/// Rows of the shelters for people with, or without, somebody who needs help.
std::vector<std::uint32_t> shelters_for(bool needs_help, const std::vector<ShelterPlan>& shelters,
                                        const EvacuationModel& model) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t s = 0; s < shelters.size(); ++s) {
    if (usable(shelters[s], model) && meant_for(shelters[s], needs_help)) rows.push_back(s);
  }
  return rows;
}

/// Ways to a choice of shelters: the shortest, and by class the last moment.
struct Ways {
  std::vector<std::uint32_t> shelters;
  Column<NodeId, Reached> nearest;
  std::vector<Column<NodeId, Reached>> latest = std::vector<Column<NodeId, Reached>>(kPersonClasses);
};

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
  std::vector<Ways> choices(1);  // the second, if it is another one, for those with somebody who needs help
  choices[0].shelters = shelters_for(false, shelters, evacuation);
  if (auto all = shelters_for(true, shelters, evacuation); all != choices[0].shelters)
    choices.emplace_back().shelters = std::move(all);

  SafeDepartures result;
  result.class_speed = mean_speeds(*people);
  for (Ways& ways : choices) {
    std::vector<Harbour> doors;
    for (const std::uint32_t s : ways.shelters)
      doors.push_back({shelters[s].access.node, -shelters[s].access.distance, s});
    ways.nearest =
        grow(network, doors, [&](LinkId link, double at_head) { return at_head - network.length_of(link); });
  }

  for (std::size_t c = 0; c < kPersonClasses; ++c) {
    const double speed = result.class_speed[c];
    if (std::isnan(speed)) continue;
    const double limit = wading_limit(wading, static_cast<PersonClass>(c));
    Column<SegmentId, double> under_water;
    for (std::uint32_t s = 0; s < network.segment_count(); ++s) {
      double first = kForEver;
      for (std::uint32_t i = samples->offset[SegmentId{s}]; i < samples->offset[SegmentId{s + 1}]; ++i)
        first = std::min(first, rise.reaches(samples->point[i], limit));
      under_water.push_back(first);
    }
    for (Ways& ways : choices) {
      std::vector<Harbour> harbours;
      for (const std::uint32_t s : ways.shelters) {
        const double open_until = closes(shelters[s], evacuation, rise);
        harbours.push_back({shelters[s].access.node, open_until - shelters[s].access.distance / speed, s});
      }
      ways.latest[c] = grow(network, harbours, [&](LinkId link, double at_head) {
        const double dry_until = under_water[Network::segment_of(link)];
        return std::min({at_head, dry_until, ordered_closed[link]}) - network.length_of(link) / speed;
      });
    }
  }
  for (std::uint32_t i = 0; i < people->size(); ++i) {
    const PersonId person{i};
    const auto c = static_cast<std::size_t>(people->person_class[person]);
    const NodeId node = people->home_node[person];
    const double access = double{people->access_distance[person]};
    const auto& [rows, nearest, latest] = with_help(*people, person) ? choices.back() : choices.front();
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
