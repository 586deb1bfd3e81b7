#include "chimata/mobility/area_obstacles.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/mobility/area_barriers.hpp"
#include "chimata/mobility/area_spots.hpp"
#include "chimata/space/cutting.hpp"

namespace chimata {

namespace {

constexpr double kBehindGate = 2;  // m that stay free
constexpr double kLeastPart = 9;   // m², as of a spot
constexpr double kSliver = 0.01;   // m, what is thinner is an edge drawn twice

/// As wide as a gate, to both sides of its line.
Polygon apron(const AreaGate& gate) {
  const Point aside = kBehindGate * left_of(unit(gate.line.b - gate.line.a));
  return {{{gate.line.a - aside, gate.line.b - aside, gate.line.b + aside, gate.line.a + aside}}};
}

/// The outlines of those that meet the area, without their courtyards.
std::vector<Polygon> outlines_near(const Box& box, const std::vector<Polygon>& obstacles,
                                   ObstaclesCut& told) {
  std::vector<Polygon> outlines;
  for (const Polygon& obstacle : obstacles) {
    if (obstacle.rings.empty() || !obstacle.box().intersects(box)) continue;
    try {
      outlines.push_back(Area({Polygon{{obstacle.rings.front()}}}).parts().front());
    } catch (const InputError&) {
      ++told.wrong;
    }
  }
  return outlines;
}

double perimeter(const Polygon& part) {
  double sum = 0;
  for (const auto& ring : part.rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) sum += distance(ring[i], ring[(i + 1) % ring.size()]);
  }
  return sum;
}

bool leads_in(const AreaGate& gate, const Polygon& part) {
  const Point aside = 0.1 * left_of(unit(gate.line.b - gate.line.a));
  return part.contains(gate.middle() + aside) || part.contains(gate.middle() - aside);
}

/// The parts to which a gate leads; the others are yards.
std::vector<Polygon> reached(std::vector<Polygon> parts, const FocusArea& site, ObstaclesCut& told) {
  std::erase_if(parts, [&](const Polygon& part) {
    const double size = part.area();
    if (size < kSliver * perimeter(part)) return true;
    const bool led = std::any_of(site.gates.begin(), site.gates.end(),
                                 [&](const AreaGate& gate) { return leads_in(gate, part); });
    if (led) return false;
    if (size >= 1) ++told.yards, told.yards_m2 += size;
    return true;
  });
  return parts;
}

/// Lines across the gaps between walls through which no body fits, at their narrowest.
std::vector<AreaBarrier> gaps_in(const Area& area) {
  const Walls walls = area.walls();
  std::vector<AreaBarrier> gaps;
  std::vector<WallRow> near;
  for (WallRow row = 0; row < walls.size(); ++row) {
    near.clear();
    walls.collect(box_of(walls[row]).widened(kBodyBreadth), near);
    for (const WallRow other : near) {
      if (other <= row) continue;
      Wall across{};
      double least = kBodyBreadth;
      const auto look = [&](Point from, const Wall& to) {
        const Point on = nearest_on(to, from);
        if (const double off = distance(from, on); off < least) least = off, across = {from, on};
      };
      look(walls[row].a, walls[other]), look(walls[row].b, walls[other]);
      look(walls[other].a, walls[row]), look(walls[other].b, walls[row]);
      const bool gap = least < kBodyBreadth && least > kSliver;
      if (!gap || !area.contains(between(across.a, across.b, 0.5))) continue;
      gaps.push_back({"gap/" + std::to_string(gaps.size() + 1), {across.a, across.b}});
    }
  }
  return gaps;
}

}  // namespace

ObstaclesCut cut_out_obstacles(FocusArea& site, const Network& network, const FocusPlan& plan,
                               const std::string& where) {
  ObstaclesCut told;
  const auto outlines = outlines_near(site.area->box(), plan.obstacles, told);
  told.obstacles = outlines.size();
  std::vector<Polygon> aprons;
  for (const AreaGate& gate : site.gates) aprons.push_back(apron(gate));
  auto parts = reached(cut_out_apart(site.area->parts(), cut_out(set_apart(outlines), aprons)), site, told);
  if (parts.empty()) throw InputError(where, "nothing of " + site.id + " is left", "set it to false");
  site.area = std::make_shared<const Area>(std::move(parts));
  site.spots.clear();
  put_up(site, gaps_in(*site.area), where);
  site.spots = spots_of(network, site, plan);
  if (site.spots.empty())
    throw InputError(where, "nobody has room between the buildings of " + site.id,
                     "set it to false, or draw a larger area");
  return told;
}

}  // namespace chimata
