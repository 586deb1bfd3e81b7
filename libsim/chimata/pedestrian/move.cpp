#include "chimata/pedestrian/move.hpp"

#include <cmath>

#include "chimata/core/random.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/anticipating.hpp"
#include "chimata/pedestrian/collision_free.hpp"
#include "chimata/pedestrian/gap_seeking.hpp"
#include "chimata/pedestrian/neighbourhood.hpp"
#include "chimata/pedestrian/orca.hpp"
#include "chimata/pedestrian/own_law.hpp"
#include "chimata/pedestrian/social_force.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kNowhere = 1e9;  // m, out of everybody's sight

// whoever compiles for a machine with AVX2 has chosen already
#if defined(__x86_64__) && !defined(__AVX2__)
#define CHIMATA_CHOOSES 1
#else
#define CHIMATA_CHOOSES 0
#endif
#define CHIMATA_INLINE [[gnu::always_inline]] inline

/// Copies everybody in the nine cells around a cell to one place.
CHIMATA_INLINE void gather(Neighbourhood& near, const Step& step, std::uint32_t cell) {
  const std::uint32_t* first = step.cells->first().data();
  const std::uint32_t columns = step.cells->grid().columns;
  const std::uint32_t from[] = {first[cell - columns - 1], first[cell - 1], first[cell + columns - 1]};
  const std::uint32_t to[] = {first[cell - columns + 2], first[cell + 2], first[cell + columns + 2]};
  near.make_room(to[0] - from[0] + to[1] - from[1] + to[2] - from[2]);
  std::size_t count = 0;
  for (int row = 0; row < 3; ++row) {
    for (std::uint32_t i = from[row]; i < to[row]; ++i, ++count) {
      near.x[count] = step.position[i].x, near.y[count] = step.position[i].y;
      near.radius[count] = step.radius[i];
    }
  }
  if (step.neighbours_move) {
    count = 0;
    for (int row = 0; row < 3; ++row) {
      for (std::uint32_t i = from[row]; i < to[row]; ++i, ++count)
        near.vx[count] = step.velocity[i].x, near.vy[count] = step.velocity[i].y;
    }
  }
  if (step.neighbours_aim) {
    count = 0;
    for (int row = 0; row < 3; ++row) {
      for (std::uint32_t i = from[row]; i < to[row]; ++i, ++count) {
        const double x = step.aim[i].x - step.position[i].x, y = step.aim[i].y - step.position[i].y;
        const double far = std::sqrt(x * x + y * y), share = far > 0 ? 1 / far : 0.0;
        near.wx[count] = share * x, near.wy[count] = share * y;
      }
    }
  }
  near.candidates = count;
  for (; count < whole_groups(near.candidates); ++count)  // the last one again
    near.x[count] = near.x[count - 1], near.y[count] = near.y[count - 1], near.radius[count] = 0;
}

/// Whether people around a cell stand on both sides of a wall's line.
CHIMATA_INLINE bool divides(const Neighbourhood& near, const Wall& wall) {
  const double *x = near.x.data(), *y = near.y.data();
  const double along_x = wall.b.x - wall.a.x, along_y = wall.b.y - wall.a.y, a_x = wall.a.x, a_y = wall.a.y;
  double least[kLanes], least_negated[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) least[lane] = least_negated[lane] = kNowhere;
  for (std::size_t group = 0; group < whole_groups(near.candidates); group += kLanes) {
#pragma omp simd
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double side = along_x * (y[group + lane] - a_y) - along_y * (x[group + lane] - a_x);
      least[lane] = side < least[lane] ? side : least[lane];
      least_negated[lane] = -side < least_negated[lane] ? -side : least_negated[lane];
    }
  }
  return least_of(least) <= 0 && least_of(least_negated) <= 0;
}

/// Keeps the standing walls within reach of a cell.
CHIMATA_INLINE void gather_walls(Neighbourhood& near, const Step& step, std::uint32_t cell) {
  Box box = step.cells->grid().box_of(cell);
  box.min_x -= step.reach, box.min_y -= step.reach, box.max_x += step.reach, box.max_y += step.reach;
  near.walls.clear();
  near.wall_rows.clear();
  near.divided = false;
  step.walls->collect(box, near.wall_rows);
  for (const WallRow row : near.wall_rows) {
    if (!step.walls->stands(row)) continue;
    const Wall& wall = (*step.walls)[row];
    const double x = wall.b.x - wall.a.x, y = wall.b.y - wall.a.y, square = x * x + y * y;
    near.walls.push_back({wall, square > 0 ? 1 / square : 0, divides(near, wall)});
    near.divided = near.divided || near.walls.back().divides;
  }
}

/// Adds the walls that somebody may push or run against; how many.
CHIMATA_INLINE std::size_t meet_walls(Neighbourhood& near, const Step& step, const Walker& me, Law law) {
  const double felt =
      law == Law::collision_free ? step.sights.walls : step.sights.of(law, me.speed, me.time_gap);
  const double reach = std::max(me.radius + felt, 2 * me.speed * step.dt + kWallDistance);
  const std::size_t before = near.contacts.size();
  for (const NearWall& wall : near.walls) {
    const Point off = off_wall(wall, me.at);
    if (off.x * off.x + off.y * off.y < reach * reach) near.contacts.push_back(contact_with(wall, off));
  }
  return near.contacts.size() - before;
}

/// Drops those behind a wall; how many are left. Nobody is seen farther away than `reach`.
std::size_t leave_out_hidden(Neighbourhood& near, Point at, double reach, Pairs pairs) {
  std::uint32_t* chosen = near.chosen.data() + pairs.first;
  for (const NearWall& near_wall : near.walls) {
    if (!near_wall.divides) continue;
    const Wall& wall = near_wall.wall;
    const Point off = off_wall(near_wall, at), along = wall.b - wall.a;
    if (dot(off, off) > reach * reach) continue;
    const double mine = cross(along, at - wall.a);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < pairs.count; ++i) {
      const std::uint32_t j = chosen[i];
      const Point other{near.x[j], near.y[j]};
      chosen[kept] = j;
      // on my side of the line most are; the others may see past the wall's ends
      kept += mine * cross(along, other - wall.a) > 0 || !hides(wall, at, other) ? 1 : 0;
    }
    pairs.count = kept;
  }
  return pairs.count;
}

/// Pairs somebody with the candidates whose bodies are at most `gap` away and behind no wall.
CHIMATA_INLINE Pairs pair(Neighbourhood& near, const Step& step, const Walker& me, double gap,
                          std::size_t self) {
  const double *x = near.x.data(), *y = near.y.data(), *r = near.radius.data();
  double* margin = near.margin.data();
  const double reach = gap + me.radius, at_x = me.at.x, at_y = me.at.y, radius = me.radius;
  const std::size_t groups = whole_groups(near.candidates), first = near.pairs;
  for (std::size_t group = 0; group < groups; group += kLanes) {
#pragma omp simd
    for (std::size_t j = group; j < group + kLanes; ++j) {
      const double dx = x[j] - at_x, dy = y[j] - at_y, limit = reach + r[j];
      margin[j] = limit * limit - (dx * dx + dy * dy);
    }
  }
  margin[self] = -1;
  std::uint32_t* chosen = near.chosen.data() + first;
  std::size_t count = 0;
  for (std::size_t j = 0; j < near.candidates; ++j) {
    chosen[count] = static_cast<std::uint32_t>(j);
    count += 1 - (std::bit_cast<std::uint64_t>(margin[j]) >> 63);  // no branch: many are out of sight
  }
  if (near.divided) count = leave_out_hidden(near, me.at, step.reach, {first, count});
  double *off_x = near.off_x.data() + first, *off_y = near.off_y.data() + first,
         *touch = near.touch.data() + first;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t j = chosen[i];
    off_x[i] = x[j] - at_x, off_y[i] = y[j] - at_y, touch[i] = radius + r[j];
  }
  if (step.neighbours_move) {
    for (std::size_t i = 0; i < count; ++i)
      near.other_vx[first + i] = near.vx[chosen[i]], near.other_vy[first + i] = near.vy[chosen[i]];
  }
  if (step.neighbours_aim) {
    for (std::size_t i = 0; i < count; ++i)
      near.other_wx[first + i] = near.wx[chosen[i]], near.other_wy[first + i] = near.wy[chosen[i]];
  }
  for (std::size_t i = count; i < whole_groups(count); ++i) {
    off_x[i] = kNowhere, off_y[i] = touch[i] = 0;
    near.other_wx[first + i] = near.other_wy[first + i] = 0;  // nobody wants to go anywhere there
  }
  near.pairs = first + whole_groups(count);
  return {first, count};
}

/// People whose pairs are complete, in hand to be moved together.
struct Hand {
  static constexpr std::size_t kPeople = 32;
  std::size_t count = 0;
  std::size_t row[kPeople];
  Walker who[kPeople];
  Pairs pairs[kPeople];
  std::size_t walls[kPeople];  ///< how many contacts
};

/// Velocity by one of the laws that go through people one by one.
Point velocity_by(const Step& step, std::size_t row, const Walker& me, Pairs pairs, const Neighbourhood& near,
                  std::span<const Contact> walls, double& closest) {
  const std::size_t i = pairs.first;
  const Seen seen{pairs.count,  &near.off_x[i],    &near.off_y[i],   &near.touch[i],
                  &near.gap[i], &near.other_vx[i], &near.other_vy[i]};
  for (std::size_t j = 0; j < seen.count; ++j) closest = std::min(closest, seen.gap[j]);
  switch (step.law[row]) {
    case Law::anticipating:
      return anticipating_velocity(step.laws->anticipating, step.laws->collision_free, me, seen, walls,
                                   step.dt);
    case Law::social_force:
      return social_force_velocity(step.laws->social_force, me, seen, walls, step.dt);
    case Law::own:
      return step.own_velocity != nullptr ? step.own_velocity[row]
                                          : step.own->person(me, seen, walls, step.dt);
    default:
      return orca_velocity(step.laws->orca, me, seen, walls, step.dt);
  }
}

/// Moves those in hand.
CHIMATA_INLINE void move_hand(const Step& step, Neighbourhood& near, Hand& hand, double& closest) {
  collision_free_pushes(step.laws->collision_free, near);
  const Contact* contact = near.contacts.data();
  for (std::size_t k = 0; k < hand.count; ++k) {
    const Walker& me = hand.who[k];
    const std::size_t row = hand.row[k];
    const std::span<const Contact> walls(contact, hand.walls[k]);
    contact += walls.size();
    const Law law = step.law[row];
    Point velocity =
        law == Law::collision_free
            ? collision_free_velocity(step.laws->collision_free, me, hand.pairs[k], near, walls, closest)
        : law == Law::gap_seeking ? gap_seeking_velocity(step.laws->gap_seeking, step.laws->collision_free,
                                                         me, hand.pairs[k], near, walls, closest)
                                  : velocity_by(step, row, me, hand.pairs[k], near, walls, closest);
    Point move{velocity.x * step.dt, velocity.y * step.dt};
    if (!walls.empty() && runs_against(move, walls)) {
      move = held_back(move, walls);
      velocity = {move.x / step.dt, move.y / step.dt};
    }
    step.new_position[row] = {me.at.x + move.x, me.at.y + move.y};
    step.new_velocity[row] = velocity;
  }
  near.pairs = 0, near.contacts.clear(), hand.count = 0;
}

/// Drawn for a person and a second: -1 to 1.
double mood(PersonId person, std::uint32_t moment) {
  constexpr Purpose kMood{"pedestrian.shuffle"};
  return 2 * Random{Seed{0}}.uniform(kMood, person.value, moment) - 1;
}

CHIMATA_INLINE Walker walker(const Step& step, std::size_t row) {
  Walker me{step.position[row], step.velocity[row], {}, 0, step.radius[row], step.time_gap[row]};
  me.speed = double{step.speed[row]} * double{step.factor[row]};
  const double x = step.aim[row].x - me.at.x, y = step.aim[row].y - me.at.y;
  const double far = std::sqrt(x * x + y * y);
  if (far > 0) me.direction = {x / far, y / far};
  if (far < me.speed * step.dt) me.speed = far / step.dt;  // nobody walks past the aim
  if (step.law[row] == Law::gap_seeking && shuffles(me)) me.mood = mood(step.person[row], step.moment);
  return me;
}

/// Whoever does not want to move and whose law pushes nobody who stands: a crowd that watches costs little.
CHIMATA_INLINE bool stands(const Walker& me, Law law) {
  return me.speed == 0 && (law == Law::collision_free || law == Law::anticipating || law == Law::gap_seeking);
}

CHIMATA_INLINE double move_everybody(const Step& step, std::size_t begin, std::size_t end) {
  thread_local Neighbourhood near;
  Hand hand;
  const CellGrid& grid = step.cells->grid();
  const std::uint32_t* first = step.cells->first().data();
  double closest = std::numeric_limits<double>::infinity();
  for (std::size_t row = begin; row < end;) {
    const std::uint32_t cell = grid.cell_of(step.position[row]);
    const std::size_t stop = first[cell + 1] < end ? first[cell + 1] : end;
    bool gathered = false;
    // oneself among the candidates: behind those of the cells below and of the cell to the left
    const std::size_t own =
        first[cell - grid.columns + 2] - first[cell - grid.columns - 1] + first[cell] - first[cell - 1];
    for (; row < stop; ++row) {
      const Walker me = walker(step, row);
      if (stands(me, step.law[row])) {
        step.new_position[row] = me.at, step.new_velocity[row] = {};
        continue;
      }
      if (!gathered) gather(near, step, cell), gather_walls(near, step, cell), gathered = true;
      const double gap = step.sights.of(step.law[row], me.speed, me.time_gap);
      hand.who[hand.count] = me;
      hand.row[hand.count] = row;
      hand.pairs[hand.count] = pair(near, step, me, gap, own + (row - first[cell]));
      hand.walls[hand.count++] = near.walls.empty() ? 0 : meet_walls(near, step, me, step.law[row]);
      if (hand.count == Hand::kPeople || near.pairs >= Neighbourhood::kPairs)
        move_hand(step, near, hand, closest);
    }
  }
  if (hand.count > 0) move_hand(step, near, hand, closest);
  return closest;
}

double move_baseline(const Step& step, std::size_t begin, std::size_t end) {
  return move_everybody(step, begin, end);
}

#if CHIMATA_CHOOSES
#if defined(__clang__)
#define CHIMATA_AVX512 "arch=x86-64-v4"
#else
#define CHIMATA_AVX512 "arch=x86-64-v4,prefer-vector-width=512"
#endif
[[gnu::target("arch=x86-64-v3")]] double move_avx2(const Step& step, std::size_t begin, std::size_t end) {
  return move_everybody(step, begin, end);
}
[[gnu::target(CHIMATA_AVX512)]] double move_avx512(const Step& step, std::size_t begin, std::size_t end) {
  return move_everybody(step, begin, end);
}
#endif

}  // namespace

Instructions best_instructions() {
#if CHIMATA_CHOOSES
  static const Instructions best =
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
              __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
          ? Instructions::avx512
      : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma")
          ? Instructions::avx2
          : Instructions::baseline;
  return best;
#else
  return Instructions::baseline;
#endif
}

Sights::Sights(const Laws& laws)
    : collision_free(felt_push(laws.collision_free)),
      walls(felt_wall(laws.collision_free)),
      anticipating(laws.anticipating.range),
      social_force(felt_force(laws.social_force)),
      orca(laws.orca.range),
      gap_seeking(1.5),  // m: pushes of those farther away are 1e-6
      own(laws.own_range),
      look_ahead(laws.gap_seeking.look_ahead) {}

double move_rows(const Step& step, std::size_t begin, std::size_t end, Instructions with) {
#if CHIMATA_CHOOSES
  if (with == Instructions::avx512) return move_avx512(step, begin, end);
  if (with == Instructions::avx2) return move_avx2(step, begin, end);
#endif
  (void)with;
  return move_baseline(step, begin, end);
}

}  // namespace chimata::pedestrian
