// Moves a crowd read from a text file by the collision-free speed model, for benchmarks/peers/crowd_race.py:
//
//     crowd_driver FILE STEPS FAINTEST_PUSH
//
// FILE has lines `wall ax ay bx by` and `person x y speed radius time_gap aim_x aim_y`. Prints the processor
// seconds of the steps, then a line `x y` per person in the order of the file.
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>

#include "chimata/pedestrian/crowd.hpp"

int main(int count, char** words) {
  using namespace chimata;
  using namespace chimata::pedestrian;
  if (count != 4) return std::fputs("crowd_driver FILE STEPS FAINTEST_PUSH\n", stderr), 2;
  std::ifstream file(words[1]);
  std::vector<Wall> lines;
  std::vector<Newcomer> people;
  std::vector<Point> aims;
  for (std::string kind; file >> kind;) {
    if (kind == "wall") {
      Wall& w = lines.emplace_back();
      file >> w.a.x >> w.a.y >> w.b.x >> w.b.y;
    } else {
      Newcomer& p = people.emplace_back();
      Point& aim = aims.emplace_back();
      p.person = PersonId{people.size() - 1};
      file >> p.at.x >> p.at.y >> p.speed >> p.radius >> p.time_gap >> aim.x >> aim.y;
    }
  }
  const Walls walls(lines);
  Laws laws;
  laws.collision_free.faintest_push = std::stod(words[3]);
  Crowd crowd(walls, laws);
  crowd.insert(people);
  for (std::size_t row = 0; row < crowd.size(); ++row) crowd.aims()[row] = aims[row];
  Arena arena(1);
  const std::clock_t begin = std::clock();
  for (int i = 0; i < std::stoi(words[2]); ++i) crowd.step(0.01, arena);
  std::printf("%.6f\n", static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  std::vector<Point> at(crowd.size());
  for (std::size_t row = 0; row < crowd.size(); ++row) at[crowd.person()[row].value] = crowd.position()[row];
  for (const Point p : at) std::printf("%.15g %.15g\n", p.x, p.y);
}
