// Who shares a car, and where it is left.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "chimata/core/error.hpp"
#include "chimata/event/plan.hpp"
#include "chimata/routing/costs.hpp"
#include "chimata/routing/tree.hpp"

namespace chimata {

namespace {

/// Driving times between where cars enter the town and one car park, on empty roads.
class Drives {
 public:
  Drives(const World& world, const LinkCosts& costs, const CarPark& park)
      : there_(tree_to(*world.network, costs, std::span(&park.by_car, 1))),
        back_(tree_from(*world.network, costs, std::span(&park.by_car, 1))) {}
  /// ms; kUnreachable if there is no way there or none back.
  [[nodiscard]] PathCost from(NodeId entry) const {
    return back_.cost[entry] == kUnreachable ? kUnreachable : there_.cost[entry];
  }

 private:
  Tree there_, back_;
};

std::vector<Drives> drives_to(const World& world, Time when, const std::vector<CarPark>& parks) {
  LinkCosts costs = driving_costs(*world.network);
  close_by_order(costs, world.closures, kCar, when);
  std::vector<Drives> drives;
  for (const CarPark& park : parks) drives.emplace_back(world, costs, park);
  return drives;
}

/// s that a party needs to the nearest gate by way of a car park, but for what all ways have in common.
double time_by(const CarPark& park, PathCost drive, const GateWays& ways, double speed) {
  return static_cast<double>(drive) / 1000 + (ways.nearest_way_in(park.on_foot) + park.metres) / speed;
}

}  // namespace

void form_parties(const World& world, double persons_per_car, VisitPlan& plan) {
  const auto& home = world.people->home_node;
  const auto whole = [&](std::size_t parties) {
    return static_cast<std::uint32_t>(std::floor(static_cast<double>(parties) * persons_per_car));
  };
  std::uint32_t wanted = 0;
  for (std::uint32_t row = 0; row < plan.visits.size(); ++row) {
    Visit& visit = plan.visits[row];
    if (visit.by != ComesBy::car) continue;
    const bool with_last = !plan.parties.empty() && plan.parties.back().people < wanted &&
                           home[plan.visits[plan.parties.back().first].person] == home[visit.person];
    if (!with_last) {
      wanted = whole(plan.parties.size() + 1) - whole(plan.parties.size());
      plan.parties.push_back({.first = row});
    }
    visit.party = static_cast<PartyRow>(plan.parties.size() - 1);
    ++plan.parties.back().people;
  }
}

void choose_car_parks(const World& world, const EventSetting& setting, const GateWays& ways,
                      const std::vector<Time>& due, Time start, VisitPlan& plan) {
  const auto& parks = setting.visitors.car_parks;
  if (plan.parties.empty()) return;
  const std::vector<Drives> drives = drives_to(world, start, parks);
  std::vector<std::uint32_t> left;
  for (const CarPark& park : parks) left.push_back(park.spaces);
  std::vector<PartyRow> order(plan.parties.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](PartyRow a, PartyRow b) {
    return due[plan.parties[a].first] < due[plan.parties[b].first];
  });
  for (const PartyRow row : order) {
    Party& party = plan.parties[row];
    const PersonId driver = plan.visits[party.first].person;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint32_t p = 0; p < parks.size(); ++p) {
      const PathCost drive = drives[p].from(world.people->home_node[driver]);
      if (left[p] == 0 || drive == kUnreachable) continue;
      const double time = time_by(parks[p], drive, ways, walking_speed(world, plan.visits[party.first]));
      if (time >= least) continue;
      least = time, party.park = p, party.drive = Duration{drive};
    }
    if (std::isinf(least))
      throw InputError("event.car_from",
                       "no road leads from it to a car park with room and a way to a gate, and back",
                       "name a place on a road that leads to the car parks");
    --left[party.park];
  }
}

}  // namespace chimata
