#include "chimata/pedestrian/neighbourhood.hpp"

#include <algorithm>

namespace chimata::pedestrian {

Point held_back(Point move, std::span<const Contact> contacts) {
  constexpr int kSweeps = 4;  // two walls that form a corner need two
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    bool free = true;
    for (const Contact& c : contacts) {
      const double over = beyond(move, c);
      if (over <= 0) continue;
      move.x += over * c.away.x, move.y += over * c.away.y;
      free = false;
    }
    if (free) return move;
  }
  double share = 1;  // wedged in: as far as all of them allow
  for (const Contact& c : contacts) {
    const double towards = -(move.x * c.away.x + move.y * c.away.y);
    if (towards > 0) share = std::min(share, std::max(0.0, c.distance - kWallDistance) / towards);
  }
  return {share * move.x, share * move.y};
}

}  // namespace chimata::pedestrian
