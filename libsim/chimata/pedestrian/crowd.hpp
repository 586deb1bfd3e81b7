/// People in the plane, step by step: the part of the engine "pedestrian" that must be fast.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/core/parallel.hpp"
#include "chimata/space/walls.hpp"

namespace chimata::pedestrian {

/// By which law somebody moves.
enum class Law : std::uint8_t { collision_free, anticipating, social_force, orca };

/// Somebody who comes in.
struct Newcomer {
  PersonId person;
  Point at;
  Point velocity = {};    ///< m/s
  double speed = 1.2;     ///< desired, m/s
  double radius = 0.2;    ///< m
  double time_gap = 1.0;  ///< s, collision_free and anticipating
  Law law = Law::collision_free;
};

/// All people of one area. Columns are kept sorted by cell of the neighbour grid, within a cell by person: a
/// row is not an identity and changes with every step.
class Crowd {
 public:
  explicit Crowd(const Walls& walls /*, the laws' constants */);

  /// Lets people in, in any order.
  void insert(std::span<const Newcomer> people);
  /// Takes out all rows with `gone[row] != 0`.
  void remove(std::span<const std::uint8_t> gone);
  /// One step of `dt` s towards `aims()`: old state read, new state written, columns sorted anew.
  void step(double dt, Arena& arena);

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::span<const PersonId> person() const;
  [[nodiscard]] std::span<const Point> position() const;  ///< m
  [[nodiscard]] std::span<const Point> velocity() const;  ///< m/s
  /// Where everybody wants to go next, to be kept up by whoever finds the way; moves with the rows.
  [[nodiscard]] std::span<Point> aims();
  [[nodiscard]] std::span<double>
  speed_factor();  ///< of the desired speed here and now (zones, water, smoke)
  /// A number per person that the way-finder wants kept; moves with the rows.
  [[nodiscard]] std::span<std::uint32_t> note();
};

}  // namespace chimata::pedestrian
