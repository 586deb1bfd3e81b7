#include "chimata/pedestrian/places.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"

namespace chimata::pedestrian {

namespace {

constexpr Purpose kDrawn{"pedestrian.place"}, kAside{"pedestrian.place_x"}, kAhead{"pedestrian.place_y"};

}  // namespace

std::vector<Point> spots_in(const Area& area, const Walls& walls, const Polygon& where, double pitch,
                            double from_walls) {
  const Box box = where.box();
  const double row_height = pitch * std::sqrt(0.75);
  std::vector<Point> points;
  bool odd = false;
  for (double y = box.min_y + pitch / 2; y < box.max_y; y += row_height, odd = !odd) {
    for (double x = box.min_x + pitch / 2 + (odd ? pitch / 2 : 0); x < box.max_x; x += pitch) {
      const Point at{x, y};
      if (where.contains(at) && area.contains(at) && walls.clearance(at) >= from_walls) points.push_back(at);
    }
  }
  return points;
}

std::vector<Point> places_in(const Area& area, const Walls& walls, const Polygon& where, std::size_t count,
                             double spacing, double from_walls, Random random) {
  if (!(spacing > 0))
    throw InputError("places", std::to_string(spacing) + " m between two of them", "give m above 0");
  if (count == 0) return {};
  const auto points_at = [&](double pitch) { return spots_in(area, walls, where, pitch, from_walls); };
  double pitch = spacing;
  auto points = points_at(pitch);
  if (points.size() < count) {
    throw InputError(
        "places", std::to_string(count) + " people, " + std::to_string(points.size()) + " have room",
        "make the place larger, or let people stand closer than " + std::to_string(spacing) + " m");
  }
  for (double wider = 2 * spacing; wider > 1.02 * pitch;) {  // halves the gap to the widest that will do
    const double between = (pitch + wider) / 2;
    auto fewer = points_at(between);
    if (fewer.size() >= count) {
      pitch = between, points = std::move(fewer);
    } else {
      wider = between;
    }
  }
  std::vector<std::uint32_t> order(points.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(random.bits(kDrawn, a), a) < std::pair(random.bits(kDrawn, b), b);
  });
  order.resize(count);
  std::sort(order.begin(), order.end());
  std::vector<Point> places;
  for (const std::uint32_t i : order) {
    // moved by less than half of what is left in each direction, so that two never come too near
    const double slack = (pitch - spacing) / 2 / std::sqrt(2.0);
    const Point moved{points[i].x + slack * (2 * random.uniform(kAside, i) - 1),
                      points[i].y + slack * (2 * random.uniform(kAhead, i) - 1)};
    const bool free = where.contains(moved) && area.contains(moved) && walls.clearance(moved) >= from_walls;
    places.push_back(free ? moved : points[i]);
  }
  return places;
}

}  // namespace chimata::pedestrian
