// The recorded bits hold for every compiler, level of optimisation and processor: tests/same_bits.sh builds
// this file with all of them. A change of results is allowed, but never by accident: record the new hashes
// and say so in the CHANGELOG under "Results".
#include <doctest/doctest.h>

#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>

#include "chimata/core/archive.hpp"
#include "support/crowds.hpp"

using namespace chimata;
using namespace chimata::pedestrian;

namespace {

const std::map<std::string, Law> kLaws{{"collision_free", Law::collision_free},
                                       {"anticipating", Law::anticipating},
                                       {"social_force", Law::social_force},
                                       {"orca", Law::orca},
                                       {"gap_seeking", Law::gap_seeking}};

/// A room with a door, a pillar, a screen that people see round and some who stand.
Gathering lively_room(const std::string& law) {
  Gathering g = bottleneck(1200, 4);
  const double middle = g.walls[0].b.x / 2;
  g.walls.push_back({{middle - 3, middle - 2}, {middle + 2, middle + 3}});
  for (const Wall& side :
       {Wall{{3, 3}, {4, 3}}, Wall{{4, 3}, {4, 4}}, Wall{{4, 4}, {3, 4}}, Wall{{3, 4}, {3, 3}}})
    g.walls.push_back(side);
  const Walls walls(g.walls);
  std::erase_if(g.people, [&](const Newcomer& p) {
    const bool in_pillar = p.at.x > 3 && p.at.x < 4 && p.at.y > 3 && p.at.y < 4;
    return in_pillar || walls.clearance(p.at) < 0.05;
  });
  for (Newcomer& p : g.people) {
    const std::uint32_t id = p.person.value;
    p.radius = 0.12 + 0.01 * (id % 7), p.time_gap = 0.5 + 0.25 * (id % 4);
    p.law = law == "mixed" ? static_cast<Law>(id / 7 % 4) : kLaws.at(law);
  }
  return g;
}

std::string bits_of(const std::string& law, int threads, Instructions with) {
  const Gathering g = lively_room(law);
  const Walls walls(g.walls);
  Crowd crowd(walls);
  crowd.use(with);
  crowd.insert(g.people);
  Arena arena(threads);
  for (int i = 0; i < 60; ++i) {
    point_the_way(crowd, g);
    for (std::size_t row = 0; row < crowd.size(); ++row) {
      if (crowd.person()[row].value % 31 == 0) crowd.aims()[row] = crowd.position()[row];
    }
    crowd.step(0.01, arena);
  }
  std::uint64_t hash = hash_bytes(std::as_bytes(crowd.position()));
  hash = 31 * hash ^ hash_bytes(std::as_bytes(crowd.velocity()));
  hash = 31 * hash ^ hash_bytes(std::as_bytes(crowd.person()));
  char text[20];
  std::snprintf(text, sizeof text, "%016" PRIx64, hash);
  return text;
}

}  // namespace

TEST_CASE("crowds give the recorded bits, whatever compiled them and whatever moves them") {
  std::ifstream file(CHIMATA_SOURCE_DIR "/tests/golden/crowds.txt");
  std::string law, recorded;
  int compared = 0;
  for (; file >> law >> recorded; ++compared) {
    CAPTURE(law);
    for (const auto with : {Instructions::baseline, Instructions::avx2, Instructions::avx512}) {
      if (with <= best_instructions()) CHECK(bits_of(law, 1, with) == recorded);
    }
    CHECK(bits_of(law, 2, best_instructions()) == recorded);
  }
  CHECK(compared == 6);
}
