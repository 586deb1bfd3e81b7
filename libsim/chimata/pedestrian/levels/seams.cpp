/// Where the levels meet the flights: seeing each other over a seam, and stepping over it.
#include <algorithm>
#include <limits>

#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/levels/storeys.hpp"

namespace chimata::pedestrian {

namespace {

constexpr std::uint32_t kMirrored = 0xfffffffeu;  // note of who is not there but seen
constexpr double kOn = 1e-6;                      // m; who stands on a seam may be a little beyond it

bool in_skirt(const Seam& seam, Point at) {
  return std::any_of(seam.skirt.begin(), seam.skirt.end(),
                     [&](const Polygon& piece) { return piece.contains(at); });
}

/// m beyond a seam, negative before it; infinite for who is not near it.
double beyond(const Seam& seam, Point at) {
  const Point along = seam.line.b - seam.line.a, off = at - seam.line.a;
  const double width = length(along), past = cross(along, off) / width, share = dot(along, off) / width;
  constexpr double kReach = Levels::kSkirt;
  const bool near = past >= -kReach && past <= kReach && share >= -kReach && share <= width + kReach;
  return near ? past : std::numeric_limits<double>::infinity();
}

}  // namespace

void Storeys::mirror(Crowd& crowd) {
  mirrored_.clear();
  const auto& seams = building_->seams();
  const auto position = crowd.position();
  for (std::size_t row = 0; row < position.size(); ++row) {
    for (const std::uint32_t i : seams_[building_->sheet_of(position[row])]) {
      const Seam& seam = seams[i];
      // the two sides of a seam follow each other
      if (!(beyond(seam, position[row]) <= kOn) || !in_skirt(seams[i ^ 1u], position[row] + seam.shift))
        continue;
      mirrored_.push_back({crowd.person()[row], position[row] + seam.shift, crowd.velocity()[row],
                           double{crowd.speed()[row]}, double{crowd.radius()[row]},
                           double{crowd.time_gap()[row]}, crowd.law()[row]});
    }
  }
  const std::size_t there = crowd.size();
  crowd.insert(mirrored_);
  for (std::size_t row = there; row < crowd.size(); ++row)
    crowd.note()[row] = kMirrored, crowd.speed_factor()[row] = 0;
}

void Storeys::unmirror(Crowd& crowd) {
  if (mirrored_.empty()) return;
  gone_.assign(crowd.size(), 0);
  for (std::size_t row = 0; row < crowd.size(); ++row) gone_[row] = crowd.note()[row] == kMirrored ? 1 : 0;
  crowd.remove(gone_);
}

void Storeys::cross(Crowd& crowd, Column<PersonId, Plan>& plans) {
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const Point at = crowd.position()[row];
    for (const std::uint32_t i : seams_[building_->sheet_of(at)]) {
      const Seam& seam = building_->seams()[i];
      const double past = beyond(seam, at);
      if (!(past > 0 && past <= Levels::kSkirt) || !in_skirt(seam, at)) continue;
      Plan& plan = plans[crowd.person()[row]];
      crowd.shift(row, seam.shift);
      for (Point* point : {&plan.spot, &plan.aside, &plan.place}) *point = *point + seam.shift;
      plan.lost = 1, plan.via = plan.admitted = kNoRow, plan.held = 0;
      break;
    }
  }
}

}  // namespace chimata::pedestrian
