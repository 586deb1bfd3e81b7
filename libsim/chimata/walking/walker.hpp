/// One person on the way, and the lanes on which people stand one behind the other.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/people/population.hpp"

namespace chimata::walking {

enum class Gait : std::uint8_t {
  walking,  ///< moves freely
  queued,   ///< stands packed behind the end of the street and leaves in turn
  stranded  ///< stopped by water, keeps its place
};

inline constexpr double kNotBlocked = std::numeric_limits<double>::infinity();

/// What changes every second, 48 bytes without padding. A link's walkers lie one after the other in
/// memory and are visited in order, so records beat columns: somebody who changes link moves one cache
/// line instead of seven.
struct Walker {
  double position;       ///< m from the link's tail
  double clock;          ///< s, moved up to this moment; when queued, the moment from which they can leave
  double speed;          ///< m/s, at the last move; the forces of CrowdWalk's law change it
  double blocked_since;  ///< s, first refused by a full link; kNotBlocked if not
  float free_speed;      ///< m/s
  PersonId person;
  float entered_at;  ///< m, where on the link they came onto it
  PersonClass person_class;
  Gait gait;
  std::uint8_t unused[2] = {0, 0};
};
static_assert(sizeof(Walker) == 48);

/// A row of walkers: lane l < links is link l, lane links + n is the kerb at node n, where people wait to
/// step onto the street.
using Lane = std::uint32_t;

/// All lanes. In each lane first the queue, in order of leaving, then everybody else by (position
/// descending, person).
struct Lanes {
  std::vector<std::vector<Walker>> walkers;
  std::vector<std::uint32_t> queued;    ///< length of the queue
  std::vector<std::uint32_t> count;     ///< people as of the last exchange: what other lanes may read
  std::vector<std::uint32_t> stranded;  ///< of these, stopped by water
  std::vector<double> next_exit;        ///< s, the earliest moment at which somebody may leave again
  std::vector<double> next_entry;       ///< s, the earliest moment at which somebody may enter again
  std::vector<double> full_until;       ///< s, when the link last ceased to be full
  std::vector<Lane> active;             ///< lanes with anybody on them, ascending

  explicit Lanes(std::size_t lanes)
      : walkers(lanes),
        queued(lanes, 0),
        count(lanes, 0),
        stranded(lanes, 0),
        next_exit(lanes, 0),
        next_entry(lanes, 0),
        full_until(lanes, 0) {}

  /// Gives back the memory of lanes that everybody has left.
  void release_empty() {
    for (auto& lane : walkers) {
      if (lane.empty() && lane.capacity() > 0) lane = std::vector<Walker>();
    }
  }
};

}  // namespace chimata::walking
