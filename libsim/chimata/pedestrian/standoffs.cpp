#include "chimata/pedestrian/standoffs.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kNear = 1;         // m between two who stand against each other (C)
constexpr double kPatience = 1.99;  // s: 2, and rounding (C)
constexpr double kAgainst = -0.5;   // cosine between the ways of two who want to pass each other (C)
constexpr double kInFront = 0.7;    // cosine between a way and whoever stands in it (C)
constexpr double kCosine = 0.5, kSine = 0.8660254;  // of the 60 degrees by which they turn (C)

}  // namespace

Point Standoffs::aside(Point at, Point aim) {
  const Point way = aim - at;
  return at + kCosine * way + kSine * left_of(way);
}

void Standoffs::look(const Crowd& crowd, Column<PersonId, Plan>& plans) {
  standers_.clear();
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const PersonId person = crowd.person()[row];
    Plan& plan = plans[person];
    plan.steps_aside = 0;
    if (plan.stood_s < kPatience || crowd.law()[row] != Law::collision_free) continue;
    const Point at = crowd.position()[row];
    standers_.push_back({at, unit(crowd.aims()[row] - at), person});
  }
  std::sort(standers_.begin(), standers_.end(), [](const Stander& a, const Stander& b) {
    return a.at.x < b.at.x || (a.at.x == b.at.x && a.person < b.person);
  });
  for (const Stander& one : standers_) plans[one.person].steps_aside = faces_somebody(one) ? 1 : 0;
}

bool Standoffs::faces_somebody(const Stander& one) const {
  const auto from = std::lower_bound(standers_.begin(), standers_.end(), one.at.x - kNear,
                                     [](const Stander& other, double x) { return other.at.x < x; });
  for (auto other = from; other != standers_.end() && other->at.x < one.at.x + kNear; ++other) {
    const Point off = other->at - one.at;
    const double apart = length(off);
    if (apart > 0 && apart < kNear && dot(one.towards, other->towards) < kAgainst &&
        dot(one.towards, off) > kInFront * apart)
      return true;
  }
  return false;
}

}  // namespace chimata::pedestrian
