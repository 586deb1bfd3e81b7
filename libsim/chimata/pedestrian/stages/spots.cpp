#include "chimata/pedestrian/stages/spots.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "chimata/pedestrian/places.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kBody = 0.45;   // m between two bodies that pass each other
constexpr double kFinest = 0.3;  // m

}  // namespace

void Spots::lay_out(const Site& site, const std::vector<Polygon>& shapes, double spacing) {
  site.check(spacing >= 0.3 && spacing <= 10, "people stand " + std::to_string(spacing) + " m apart",
             "give 0.3 to 10 m");
  for (const Polygon& shape : shapes) {
    auto inside = spots_in(site.area, site.walls, shape, spacing, spacing / 3);
    for (double pitch = spacing / 2; inside.empty() && pitch >= kFinest; pitch /= 2) {
      inside = spots_in(site.area, site.walls, shape, pitch, pitch / 3);
      if (!inside.empty()) inside.resize(1);
    }
    spots_.insert(spots_.end(), inside.begin(), inside.end());
  }
  site.check(!spots_.empty(), "nobody has room there", "make it larger, or let people stand closer");
  of_.assign(spots_.size(), PersonId::none());
}

bool Spots::take(PersonId person, Point from, const Walls& walls, Point& spot, std::size_t most,
                 PersonId beside) {
  if (in_use_ >= std::min(most, spots_.size())) return false;
  const auto companion = std::find(of_.begin(), of_.end(), beside);
  const bool joins = beside.valid() && companion != of_.end();
  const Point at = joins ? spots_[static_cast<std::size_t>(companion - of_.begin())] : from;
  std::size_t best = spots_.size();
  double most_wanted = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < spots_.size(); ++i) {
    const double wanted = joins ? -distance(at, spots_[i]) : distance(at, spots_[i]);
    if (of_[i].valid() || wanted <= most_wanted || !walls.sees(from, spots_[i]) || barred({from, spots_[i]}))
      continue;
    best = i, most_wanted = wanted;
  }
  if (best == spots_.size()) return false;
  give(best, person);
  spot = spots_[best];
  return true;
}

bool Spots::take_nearest(PersonId person, Point from, const Walls& walls, Point& spot, std::size_t most) {
  if (in_use_ >= std::min(most, spots_.size())) return false;
  using Rank = std::pair<bool, double>;  // out of sight, m
  std::size_t best = spots_.size();
  Rank least;
  for (std::size_t i = 0; i < spots_.size(); ++i) {
    if (of_[i].valid()) continue;
    const double off = distance(from, spots_[i]);
    if (best != spots_.size() && Rank(false, off) >= least) continue;
    const Rank rank{!walls.sees(from, spots_[i]), off};
    if (best == spots_.size() || rank < least) best = i, least = rank;
  }
  give(best, person);
  spot = spots_[best];
  return true;
}

void Spots::give(std::size_t spot, PersonId person) {
  of_[spot] = person;
  ++in_use_;
}

bool Spots::barred(const Wall& way) const {
  for (std::size_t i = 0; i < spots_.size(); ++i) {
    if (of_[i].valid() && distance(nearest_on(way, spots_[i]), spots_[i]) < kBody) return true;
  }
  return false;
}

void Spots::give_back(PersonId person) {
  const auto it = std::find(of_.begin(), of_.end(), person);
  if (it == of_.end()) return;
  *it = PersonId::none();
  --in_use_;
}

void Spots::save(SnapshotWriter& out, const std::string& name) const {
  out.put(name + "spots", of_);
}

void Spots::load(const SnapshotReader& in, const std::string& name) {
  in.get(name + "spots", of_);
  in_use_ = static_cast<std::size_t>(
      std::count_if(of_.begin(), of_.end(), [](PersonId person) { return person.valid(); }));
}

}  // namespace chimata::pedestrian
