/// One step of a crowd that stands in the order of cells. Inside this room only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "chimata/core/id.hpp"
#include "chimata/core/random.hpp"
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
  double anticipating, social_force, orca, gap_seeking, own;
  double look_ahead;  ///< s, gap_seeking

  /// Free distance beyond which nobody counts for somebody, m.
  [[nodiscard]] double of(Law law, double speed, double time_gap) const {
    switch (law) {
      case Law::collision_free:
        return std::max(collision_free, speed * time_gap);
      case Law::anticipating:
        return std::max(anticipating, speed * time_gap);
      case Law::social_force:
        return social_force;
      case Law::gap_seeking:
        return std::max(gap_seeking, speed * (time_gap + look_ahead));
      case Law::own:
        return own;
      default:
        return orca;
    }
  }
};

struct OwnLaw;

/// Old state in, new state out.
struct Step {
  double dt;  ///< s
  Random random;
  std::uint32_t moment;  ///< s since the start, whole: for what is drawn
  const PersonId* person;
  double reach;   ///< nobody sees anybody farther away, m
  double widest;  ///< radius of all, m
  const Laws* laws;
  Sights sights;
  const Walls* walls;
  const CellOrder* cells;
  bool neighbours_move;  ///< somebody's law looks at the velocities of others
  bool neighbours_aim;   ///< somebody's law looks at where others want to go
  const Point *position, *velocity, *aim;
  const float *speed, *radius, *time_gap, *factor;
  const Law* law;
  const OwnLaw* own;                   ///< null: there is none
  const Point* own_velocity;           ///< by row; null: `own` is asked for one at a time
  Point *new_position, *new_velocity;  ///< new_velocity may be velocity unless `neighbours_move`
};

/// Moves rows [begin, end). Returns the least gap between two bodies that it met, m; negative where they
/// overlap.
[[nodiscard]] double move_rows(const Step& step, std::size_t begin, std::size_t end, Instructions with);

}  // namespace chimata::pedestrian
