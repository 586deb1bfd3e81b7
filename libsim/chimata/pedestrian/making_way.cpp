#include "chimata/pedestrian/making_way.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kAhead = 2;                     // m before somebody who is stuck (C)
constexpr double kAir = 0.4, kLittleAir = 0.05;  // m between the bodies as one passes the other (C)
constexpr std::uint32_t kPatience = 2;           // looks until somebody asks (C)
constexpr std::uint16_t kGoesOn = 10;            // looks for which they ask on, once stuck (C)
constexpr std::uint8_t kStaysAside = 8;          // looks after nobody has asked (C)
constexpr double kFarthest = 2;      // m from their place, lest they are driven before somebody (C)
constexpr std::uint32_t kChain = 8;  // so many ask each other at most, or a crowd never comes to rest (C)
constexpr double kOnTheSpot = 0.1;   // m, as near as people get to where they stand
constexpr std::size_t kRowsPerBlock = 1024;

/// Whether a body gets there straight from where it is, and no wall is nearer than here.
bool is_free(const Walls& walls, Point from, Point to, double radius) {
  return walls.clearance(to) >= std::min(radius, walls.clearance(from)) && walls.sees(from, to);
}

}  // namespace

bool MakingWay::is_stuck(const Plan& plan, double now) {
  if (plan.target != kToSpot) return plan.stood >= kPatience;
  // nor does anybody ask on the way back to their place
  return plan.thereabouts != 0 && plan.chain == 0 && now - plan.since_s > kPatience * 0.5;
}

void MakingWay::find_askers(const Crowd& crowd, double now, Column<PersonId, Plan>& plans) {
  askers_.clear();
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const PersonId person = crowd.person()[row];
    Plan& plan = plans[person];
    const Point way = crowd.aims()[row] - crowd.position()[row];
    const bool walks = length(way) >= kOnTheSpot && crowd.speed_factor()[row] > 0;
    if (!walks) plan.asks = 0;
    if (plan.asks > 0) --plan.asks;
    if (!walks) continue;
    const bool steps_aside = plan.target == kToSpot && plan.makes_way != 0;
    if (!steps_aside && is_stuck(plan, now)) plan.asks = kGoesOn;
    const std::uint32_t chain = steps_aside ? plan.chain : 0;
    if (chain >= kChain || (!steps_aside && plan.asks == 0)) continue;
    askers_.push_back({crowd.position()[row], unit(way), double{crowd.radius()[row]},
                       steps_aside ? kLittleAir : kAir, person, chain});
  }
  std::sort(askers_.begin(), askers_.end(), [](const Asker& a, const Asker& b) {
    return a.at.x < b.at.x || (a.at.x == b.at.x && a.person < b.person);
  });
}

MakingWay::Request MakingWay::nearest_request(Point at, double radius, PersonId person) const {
  Request nearest;
  const auto from = std::lower_bound(askers_.begin(), askers_.end(), at.x - kAhead,
                                     [](const Asker& asker, double x) { return asker.at.x < x; });
  for (auto asker = from; asker != askers_.end() && asker->at.x < at.x + kAhead; ++asker) {
    const Point off = at - asker->at;
    const double ahead = dot(asker->towards, off), left = cross(asker->towards, off);
    const double room = asker->radius + radius + asker->air;
    if (ahead <= 0 || ahead >= kAhead || std::fabs(left) >= room || asker->person == person) continue;
    const auto before = [](const Request& a, const Request& b) {
      return std::tuple(a.asker->chain, a.ahead, a.asker->person) <
             std::tuple(b.asker->chain, b.ahead, b.asker->person);
    };
    const Request request{&*asker, ahead, left};
    if (nearest.asker == nullptr || before(request, nearest)) nearest = request;
  }
  return nearest;
}

void MakingWay::look(const Crowd& crowd, const std::vector<std::uint8_t>& stands, double now,
                     const Walls& walls, Column<PersonId, Plan>& plans, Arena& arena) {
  find_askers(crowd, now, plans);
  arena.for_blocks(crowd.size(), kRowsPerBlock, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      Plan& plan = plans[crowd.person()[row]];
      if (plan.makes_way != 0 && --plan.makes_way == 0) plan.closest = INFINITY;
      if (stands[row] == 0 || askers_.empty()) continue;
      const Point at = crowd.position()[row];
      const double radius = double{crowd.radius()[row]};
      const Request request = nearest_request(at, radius, crowd.person()[row]);
      if (request.asker == nullptr) continue;
      const Point to_left = left_of(request.asker->towards);
      const double room = request.asker->radius + radius + request.asker->air;
      const Point left = at + (room - request.left) * to_left;
      const Point right = at - (room + request.left) * to_left;
      const Point nearer = request.left >= 0 ? left : right, farther = request.left >= 0 ? right : left;
      const auto goes = [&](Point to) {
        return distance(to, plan.spot) <= kFarthest && is_free(walls, at, to, radius);
      };
      if (!goes(nearer) && !goes(farther)) continue;
      plan.aside = goes(nearer) ? nearer : farther;
      plan.thereabouts = 1;
      plan.makes_way = kStaysAside;
      plan.chain = static_cast<std::uint8_t>(request.asker->chain + 1);
    }
  });
}

}  // namespace chimata::pedestrian
