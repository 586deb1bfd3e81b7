/// One step of a crowd that stands in the order of cells. Inside this room only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "chimata/core/id.hpp"
#include "chimata/pedestrian/cell_order.hpp"
#include "chimata/pedestrian/laws.hpp"
#include "chimata/space/walls.hpp"

namespace chimata::pedestrian {

/// Instructions that the step may use. All give the same bits.
enum class Instructions : std::uint8_t { baseline, avx2, avx512 };
[[nodiscard]] Instructions best_instructions();

/// How far people see, of the laws' constants.
struct Sights {
  explicit Sights(const Laws& laws);
  double collision_free;  ///< m, free distance to others
  double walls;           ///< m, free distance to walls, collision_free
  double anticipating, social_force, orca;

  /// Free distance beyond which nobody counts for somebody, m.
  [[nodiscard]] double of(Law law, double speed, double time_gap) const {
    switch (law) {
      case Law::collision_free:
        return std::max(collision_free, speed * time_gap);
      case Law::anticipating:
        return std::max(anticipating, speed * time_gap);
      case Law::social_force:
        return social_force;
      default:
        return orca;
    }
  }
};

/// Old state in, new state out.
struct Step {
  double dt;      ///< s
  double reach;   ///< nobody sees anybody farther away, m
  double widest;  ///< radius of all, m
  const Laws* laws;
  Sights sights;
  const Walls* walls;
  const CellOrder* cells;
  bool neighbours_move;  ///< somebody's law looks at the velocities of others
  const Point *position, *velocity, *aim;
  const float *speed, *radius, *time_gap, *factor;
  const Law* law;
  Point *new_position, *new_velocity;  ///< new_velocity may be velocity unless `neighbours_move`
};

/// Moves rows [begin, end). Returns the least gap between two bodies that it met, m; negative where they
/// overlap.
[[nodiscard]] double move_rows(const Step& step, std::size_t begin, std::size_t end, Instructions with);

}  // namespace chimata::pedestrian
