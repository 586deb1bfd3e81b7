// Runs a venue read from a text file, ways included, for benchmarks/peers/crowd_race.py:
//
//     venue_driver FILE STEPS
//
// FILE has lines `ring x y x y ...` (the outline, then its holes), `exit x y x y ...` (an outline within) and
// `person x y speed radius time_gap exit`. Prints the processor seconds of letting people in, of the first
// step (in which everybody looks for the way) and of all others, then a line `x y` per person in the order of
// the file.
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>

#include "chimata/pedestrian/venue.hpp"

namespace {

using namespace chimata;
using namespace chimata::pedestrian;

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::vector<Point> read_ring(std::istream& words) {
  std::vector<Point> ring;
  for (Point p; words >> p.x >> p.y;) ring.push_back(p);
  return ring;
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return std::fputs("venue_driver FILE STEPS\n", stderr), 2;
  std::ifstream file(words[1]);
  Polygon outline;
  std::vector<Stage> exits;
  std::vector<Visitor> people;
  for (std::string line, kind; std::getline(file, line);) {
    std::istringstream rest(line);
    rest >> kind;
    if (kind == "ring") {
      outline.rings.push_back(read_ring(rest));
    } else if (kind == "exit") {
      exits.push_back({"exit " + std::to_string(exits.size()), {Polygon{{read_ring(rest)}}}});
    } else {
      Visitor& who = people.emplace_back();
      Newcomer& body = who.body;
      body.person = PersonId{people.size() - 1};
      rest >> body.at.x >> body.at.y >> body.speed >> body.radius >> body.time_gap >> who.journey;
    }
  }
  Venue venue(std::make_shared<Area>(std::vector<Polygon>{outline}));
  for (Stage& exit : exits) venue.add_journey({venue.add_stage(std::move(exit))});
  const std::size_t everybody = people.size();
  Arena arena(1);
  const double begin = processor_seconds();
  venue.let_in(std::move(people));
  const double in = processor_seconds();
  venue.run_until(0.01, arena);
  const double looked = processor_seconds();
  venue.run_until(0.01 * std::stoi(words[2]), arena);
  std::printf("%.6f %.6f %.6f\n", in - begin, looked - in, processor_seconds() - looked);
  std::vector<Point> at(everybody);
  const Crowd& crowd = venue.crowd();
  for (std::size_t row = 0; row < crowd.size(); ++row) at[crowd.person()[row].value] = crowd.position()[row];
  for (const Point p : at) std::printf("%.15g %.15g\n", p.x, p.y);
}
