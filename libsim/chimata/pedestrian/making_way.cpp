#include "chimata/pedestrian/making_way.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kAhead = 2;                     // m before somebody who is stuck (C)
constexpr double kAir = 0.4, kLittleAir = 0.05;  // m between the bodies as one passes the other (C)
constexpr double kPatience = 0.99;               // s until somebody asks: 1, and rounding (C)
constexpr double kGoesOn = 5;                    // s for which they ask on (C)
constexpr double kStaysAside = 4;                // s after nobody has asked (C)
constexpr double kFarthest = 3;      // m from their place, lest they are driven before somebody (C)
constexpr std::uint32_t kChain = 8;  // so many ask each other at most, or a crowd never comes to rest (C)
constexpr std::size_t kRowsPerBlock = 1024;

double strip_of(Point at) {
  return std::floor(at.y / kAhead);
}

/// Whether a body gets there straight from where it is, and no wall is nearer than here.
bool is_free(const Walls& walls, Point from, Point to, double radius) {
  return walls.clearance(to) >= std::min(radius, walls.clearance(from)) && walls.sees(from, to);
}

}  // namespace

bool MakingWay::is_stuck(const Plan& plan, double now) {
  if (plan.target != kToSpot) return plan.stood_s >= kPatience;
  // nor does anybody ask on the way back to their place
  return plan.thereabouts != 0 && plan.chain == 0 && now - plan.since_s >= kPatience;
}

void MakingWay::find_askers(const Crowd& crowd, double now, Column<PersonId, Plan>& plans) {
  askers_.clear();
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const PersonId person = crowd.person()[row];
    Plan& plan = plans[person];
    const Point at = crowd.position()[row], way = crowd.aims()[row] - at;
    if (length(way) < kOnSpot || crowd.speed_factor()[row] == 0) continue;
    const bool aside = plan.makes_way(now);
    if (!aside && is_stuck(plan, now)) plan.asks_until_s = now + kGoesOn;
    if (aside ? plan.chain >= kChain : now >= plan.asks_until_s) continue;
    const double radius = double{crowd.radius()[row]};
    askers_.push_back({at, unit(way), radius, aside ? kLittleAir : kAir, person, aside ? plan.chain : 0u});
  }
  std::sort(askers_.begin(), askers_.end(), [](const Asker& a, const Asker& b) {
    return std::tuple(strip_of(a.at), a.at.x, a.person) < std::tuple(strip_of(b.at), b.at.x, b.person);
  });
}

MakingWay::Request MakingWay::nearest_request(Point at, double radius, PersonId person,
                                              const Walls& walls) const {
  const auto before = [](const Request& a, const Request& b) {
    return std::tuple(a.asker->chain, a.ahead, a.asker->person) <
           std::tuple(b.asker->chain, b.ahead, b.asker->person);
  };
  Request nearest;
  const double strip = strip_of(at);
  for (const double s : {strip - 1, strip, strip + 1}) {
    auto asker = std::lower_bound(askers_.begin(), askers_.end(), std::pair(s, at.x - kAhead),
                                  [](const Asker& one, const std::pair<double, double>& from) {
                                    return std::pair(strip_of(one.at), one.at.x) < from;
                                  });
    for (; asker != askers_.end() && strip_of(asker->at) == s && asker->at.x < at.x + kAhead; ++asker) {
      const Point off = at - asker->at;
      const Request request{&*asker, dot(asker->towards, off), cross(asker->towards, off)};
      const bool in_the_way = length(off) < kAhead && request.ahead > 0 &&
                              std::fabs(request.left) < request.room(radius) && asker->person != person;
      if (!in_the_way || (nearest.asker != nullptr && !before(request, nearest))) continue;
      if (walls.sees(asker->at, at)) nearest = request;
    }
  }
  return nearest;
}

void MakingWay::step_aside(const Request& request, Point at, double radius, double now, const Walls& walls,
                           Plan& plan) {
  const Point to_left = left_of(request.asker->towards);
  const Point left = at + (request.room(radius) - request.left) * to_left;
  const Point right = at - (request.room(radius) + request.left) * to_left;
  for (const Point to : {request.left >= 0 ? left : right, request.left >= 0 ? right : left}) {
    if (distance(to, plan.place) > kFarthest || !is_free(walls, at, to, radius)) continue;
    plan.chain = static_cast<std::uint16_t>(request.asker->chain + 1);
    plan.aside = to, plan.aside_until_s = now + kStaysAside;
    plan.closest = INFINITY;  // on the way back they have as long as on the way there
    return;
  }
}

void MakingWay::look(const Crowd& crowd, const std::vector<std::uint8_t>& stands, double now,
                     const Walls& walls, Column<PersonId, Plan>& plans, Arena& arena) {
  find_askers(crowd, now, plans);
  if (askers_.empty()) return;
  arena.for_blocks(crowd.size(), kRowsPerBlock, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      if (stands[row] == 0) continue;
      const PersonId person = crowd.person()[row];
      const Point at = crowd.position()[row];
      const double radius = double{crowd.radius()[row]};
      const Request request = nearest_request(at, radius, person, walls);
      if (request.asker != nullptr) step_aside(request, at, radius, now, walls, plans[person]);
    }
  });
}

}  // namespace chimata::pedestrian
