/// A law of motion of one's own, in C++ or Python: docs/howto/add_a_law.md.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/pedestrian/neighbourhood.hpp"

namespace chimata::pedestrian {

/// Everybody in a crowd before a step, column by column; a row is good for this step only. The order of rows
/// depends on where people stand and on their numbers, not on threads.
struct CrowdView {
  double dt;  ///< s
  std::span<const PersonId> person;
  std::span<const Point> position, velocity, aim;          ///< m, m/s, m
  std::span<const float> radius, speed, factor, time_gap;  ///< m, m/s, share of the speed here and now, s
  std::span<const std::uint8_t> mine;                      ///< 1: moves by the own law
  /// Whom row i sees: `neighbour[first[i]]` up to `neighbour[first[i + 1]]`, rising rows; nobody behind a
  /// wall, nobody for rows that are not `mine`.
  std::span<const std::uint32_t> first, neighbour;
};

/// Velocities by a rule that the engine does not know. Walls hold everybody back all the same.
///
/// Give one of the two. `person` is asked for one at a time, from several threads: it may read only what it
/// is given. `everybody` is asked once a step, on the thread that steps, and writes the velocities of the
/// rows that are `mine`.
struct OwnLaw {
  double range = 3;  ///< m, free distance beyond which nobody is seen
  std::function<Point(const Walker&, const Seen&, std::span<const Contact>, double dt)> person = {};
  std::function<void(const CrowdView&, std::span<Point> velocity)> everybody = {};
};

/// @throws InputError naming the person whose velocity is no number
void check_own_velocity(PersonId person, Point velocity);

struct Step;

/// Asks `OwnLaw::everybody` once a step. Keeps its room.
class OwnStep {
 public:
  /// Velocities by row, of rows that are not `mine` 0.
  /// @throws InputError naming the person whose velocity is no number
  const Point* velocities(const OwnLaw& law, const Step& step, std::span<const PersonId> person);

 private:
  void see(const Step& step, double range, std::size_t row);

  std::vector<std::uint8_t> mine_;
  std::vector<std::uint32_t> first_, neighbour_;
  std::vector<WallRow> walls_;
  std::vector<Point> velocity_;
};

}  // namespace chimata::pedestrian
