#include "chimata/evacuation/destinations.hpp"

#include <algorithm>
#include <limits>

#include "chimata/core/error.hpp"
#include "chimata/evacuation/places.hpp"
#include "chimata/routing/costs.hpp"

namespace chimata {

namespace {
constexpr double kSpeed = 1.34;  // m/s; any speed gives the same order
}

std::vector<std::uint8_t> usable_shelters(const std::vector<ShelterPlan>& shelters,
                                          const EvacuationModel& model) {
  std::vector<std::uint8_t> may_be_used;
  bool any = false;
  for (const ShelterPlan& s : shelters) {
    may_be_used.push_back(usable(s, model));
    any = any || (may_be_used.back() && meant_for(s, false));
  }
  if (any) return may_be_used;
  const std::string disaster = model.hazard == HazardKind::river_flood ? "floods" : "the hazard";
  throw InputError("shelters",
                   "none of " + std::to_string(shelters.size()) +
                       " can be used (room above 0, beside a street" +
                       (model.flood_safe_only ? ", fit for " + disaster + ")" : ")"),
                   model.flood_safe_only ? "give capacities, or set evacuation.flood_safe_only to false"
                                         : "give capacities");
}

Destinations::Destinations(std::shared_ptr<const Network> network, const std::vector<ShelterPlan>& shelters,
                           const EvacuationModel& model)
    : network_(std::move(network)),
      shelters_(shelters),
      usable_(usable_shelters(shelters, model)),
      costs_(walking_costs(*network_, kSpeed)) {
  for (std::uint32_t row = 0; row < shelters_.size(); ++row) {
    const ShelterPlan& s = shelters_[row];
    if (!usable_[row]) continue;
    all_.shelter.push_back(row);
    all_.node.push_back(s.access.node);
    if (s.welfare) continue;
    general_.shelter.push_back(row);
    general_.node.push_back(s.access.node);
    if (s.floor <= 0) continue;
    refuges_.shelter.push_back(row);
    refuges_.node.push_back(s.access.node);
  }
  ranked_.emplace(*network_, costs_, all_.node);
  if (!refuges_.node.empty()) to_refuge_ = nearest_of(*network_, costs_, refuges_.node);
}

Column<NodeId, std::uint32_t> Destinations::nearest_of_all(bool needs_help) const {
  const Goals& goals = needs_help ? all_ : general_;
  auto goal = nearest_of(*network_, costs_, goals.node).goal;
  for (std::uint32_t& g : goal) g = g == kNoGoal ? kNoShelter : goals.shelter[g];
  return goal;
}

std::vector<std::uint32_t> Destinations::choose(DestinationLaw law, const Population& people,
                                                std::size_t zones,
                                                const std::vector<Chooser>& parties) const {
  switch (law) {
    case DestinationLaw::assigned:
      return assigned(people, zones, parties);
    case DestinationLaw::capacity_aware:
      return with_room(parties);
    case DestinationLaw::nearest:
      break;
  }
  return nearest(parties);
}

std::vector<std::uint32_t> Destinations::nearest(const std::vector<Chooser>& parties) const {
  const auto general = nearest_of_all(false);
  const bool same = all_.shelter.size() == general_.shelter.size();
  const auto all = same ? general : nearest_of_all(true);
  std::vector<std::uint32_t> choice;
  choice.reserve(parties.size());
  for (const Chooser& party : parties) choice.push_back((party.needs_help ? all : general)[party.node]);
  return choice;
}

std::vector<std::uint32_t> Destinations::assigned(const Population& people, std::size_t zones,
                                                  const std::vector<Chooser>& parties) const {
  std::vector<Point> centre(zones);
  std::vector<double> members(zones, 0);
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const ZoneId zone = people.zone[PersonId{row}];
    if (!zone.valid()) continue;
    centre[zone.value].x += people.home[PersonId{row}].x;
    centre[zone.value].y += people.home[PersonId{row}].y;
    members[zone.value] += 1;
  }
  for (std::size_t z = 0; z < zones; ++z) {
    if (members[z] > 0) centre[z] = {centre[z].x / members[z], centre[z].y / members[z]};
  }
  const auto door = walking_access(*network_, centre);
  const auto of_node = nearest_of_all(false);
  auto choice = nearest(parties);
  for (std::size_t i = 0; i < parties.size(); ++i) {
    if (!parties[i].zone.valid()) continue;
    const std::uint32_t shelter = of_node[door[parties[i].zone.value].node];
    if (shelter != kNoShelter) choice[i] = shelter;
  }
  return choice;
}

std::vector<std::uint32_t> Destinations::with_room(const std::vector<Chooser>& parties) const {
  auto choice = nearest(parties);  // stays for whoever gets no place, and for those who stay at home
  std::vector<PlaceSeeker> seekers;
  for (std::uint32_t i = 0; i < parties.size(); ++i) {
    if (parties[i].takes_places) seekers.push_back({i, parties[i].node, parties[i].size});
  }
  std::vector<std::uint32_t> room;
  for (const std::uint32_t s : general_.shelter) {
    room.push_back(shelters_[s].exit ? std::numeric_limits<std::uint32_t>::max() : shelters_[s].capacity);
  }
  for (const GivenPlace& given : give_out_places(*network_, costs_, general_.node, room, seekers)) {
    choice[given.party] = general_.shelter[given.goal];
  }
  return choice;
}

std::optional<std::uint32_t> Destinations::ranked(NodeId from, std::size_t place) {
  const auto goal = ranked_->at(from, place);
  return goal ? std::optional(all_.shelter[goal->goal]) : std::nullopt;
}

std::uint32_t Destinations::refuge_from(NodeId node, double metres) const {
  if (refuges_.node.empty() || to_refuge_.goal[node] == kNoGoal) return kNoShelter;
  const bool near = static_cast<double>(to_refuge_.cost[node]) <= metres / kSpeed * 1000;
  return near ? refuges_.shelter[to_refuge_.goal[node]] : kNoShelter;
}

std::vector<double> Destinations::distances() const {
  std::vector<double> metres;
  for (const PathCost cost : nearest_of(*network_, costs_, general_.node).cost) {
    metres.push_back(cost == kUnreachable ? std::numeric_limits<double>::infinity()
                                          : static_cast<double>(cost) * 1e-3 * kSpeed);
  }
  return metres;
}

}  // namespace chimata
