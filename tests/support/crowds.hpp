/// Crowds to test and measure with: corridors and rooms full of people who want out.
#pragma once

#include <cmath>
#include <vector>

#include "chimata/core/random.hpp"
#include "chimata/pedestrian/crowd.hpp"

namespace chimata::pedestrian {

/// People and walls, and where everybody wants to go.
struct Gathering {
  std::vector<Wall> walls;
  std::vector<Newcomer> people;
  Point aim;           ///< of all, or
  bool along = false;  ///< everybody straight along x
};

/// `count` people in a rectangle, each in an own square with some play, so that nobody overlaps at the
/// beginning.
inline std::vector<Newcomer> crowd_in(Box box, std::size_t count, double play, std::uint64_t seed = 1) {
  const Random random{Seed{seed}};
  const double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
  double side = std::sqrt(width * height / static_cast<double>(count));
  while (std::floor(width / side) * std::floor(height / side) < static_cast<double>(count)) side *= 0.999;
  const auto columns = static_cast<std::size_t>(width / side);
  std::vector<Newcomer> people(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const double x = static_cast<double>(i % columns) + 0.5, y = static_cast<double>(i / columns) + 0.5;
    people[i].person = PersonId{i};
    people[i].at = {box.min_x + side * (x + play * (random.uniform(Purpose{"x"}, i) - 0.5)),
                    box.min_y + side * (y + play * (random.uniform(Purpose{"y"}, i) - 0.5))};
    people[i].speed = 1.34 + 0.26 * std::clamp(random.normal(Purpose{"v"}, i), -3.0, 3.0);
    people[i].radius = 0.15;
  }
  return people;
}

/// A corridor 10 m wide with `density` people per m², all on their way along it.
inline Gathering corridor(std::size_t count, double density = 1, bool walls = true) {
  const double length = static_cast<double>(count) / (10 * density);
  Gathering g;
  if (walls) g.walls = {{{-50, 0}, {length + 200, 0}}, {{-50, 10}, {length + 200, 10}}};
  g.people = crowd_in({0, 0.3, length, 9.7}, count, 0.5);
  g.along = true;
  return g;
}

/// A square room with 2 people per m² and a door in the middle of its right side.
inline Gathering bottleneck(std::size_t count, double door, double density = 2) {
  const double side = std::sqrt(static_cast<double>(count) / density) + 1;
  const double low = (side - door) / 2, high = (side + door) / 2;
  Gathering g;
  g.walls = {{{0, 0}, {side, 0}},
             {{side, 0}, {side, low}},
             {{side, low}, {side + 9, low}},
             {{side + 9, high}, {side, high}},
             {{side, high}, {side, side}},
             {{side, side}, {0, side}},
             {{0, side}, {0, 0}}};
  g.people = crowd_in({0.5, 0.5, side - 0.5, side - 0.5}, count, 0.4);
  g.aim = {side + 9, side / 2};
  return g;
}

/// A hall with pillars of 1 m x 1 m every 6 m and 1 person per m² between them, all on their way along it.
inline Gathering pillars(std::size_t count) {
  const double side = 6 * std::ceil(std::sqrt(static_cast<double>(count) / 0.9) / 6);
  Gathering g;
  for (double x = 2.5; x < side; x += 6) {
    for (double y = 2.5; y < side; y += 6) {
      const Point c[] = {{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}};
      for (int i = 0; i < 4; ++i) g.walls.push_back({c[i], c[(i + 1) % 4]});
    }
  }
  g.people = crowd_in({0, 0, side, side}, count, 0.5);
  std::erase_if(g.people, [](const Newcomer& p) {
    return std::fabs(std::fmod(p.at.x, 6) - 3) < 0.7 && std::fabs(std::fmod(p.at.y, 6) - 3) < 0.7;
  });
  g.along = true;
  return g;
}

/// Sets everybody's aim.
inline void point_the_way(Crowd& crowd, const Gathering& g) {
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const Point at = crowd.position()[row];
    crowd.aims()[row] = g.along ? Point{at.x + 100, at.y} : g.aim;
  }
}

}  // namespace chimata::pedestrian
