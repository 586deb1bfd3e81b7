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
#include "chimata/pedestrian/pairing.hpp"
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
#if defined(__clang__)
#define CHIMATA_MOVE_AVX512 "arch=x86-64-v4"
#else
#define CHIMATA_MOVE_AVX512 "arch=x86-64-v4,prefer-vector-width=512"
#endif
#define CHIMATA_INLINE [[gnu::always_inline]] inline

/// Everybody of a block as the step begins, column by column.
struct Walkers {
  std::size_t first = 0;
  std::vector<double> direction_x, direction_y, speed;

  CHIMATA_INLINE void take(const Step& step, std::size_t begin, std::size_t end) {
    first = begin;
    if (speed.size() < end - begin) {
      for (auto* column : {&direction_x, &direction_y, &speed}) column->resize(end - begin);
    }
    const Point *at = step.position + begin, *aim = step.aim + begin;
    const float *own = step.speed + begin, *factor = step.factor + begin;
    double *to_x = direction_x.data(), *to_y = direction_y.data(), *fast = speed.data();
    const double dt = step.dt;
#pragma omp simd
    for (std::size_t i = 0; i < end - begin; ++i) {
      const double x = aim[i].x - at[i].x, y = aim[i].y - at[i].y, far = std::sqrt(x * x + y * y);
      const double wanted = double{own[i]} * double{factor[i]}, there = far / dt;
      to_x[i] = far > 0 ? x / far : 0.0, to_y[i] = far > 0 ? y / far : 0.0;
      fast[i] = far < wanted * dt ? there : wanted;  // nobody walks past the aim
    }
  }
  [[nodiscard]] CHIMATA_INLINE Walker walker(const Step& step, std::size_t row) const {
    const std::size_t i = row - first;
    return {step.position[row], step.velocity[row], {direction_x[i], direction_y[i]},
            speed[i],           step.radius[row],   step.time_gap[row]};
  }
};

template <Instructions with>
CHIMATA_INLINE void gather_those(Neighbourhood& near, const Step& step, std::size_t from, std::size_t to,
                                 const Box& box) {
#if defined(__x86_64__)
  if constexpr (with == Instructions::avx512)
    avx512::gather_rows(near, step, from, to, box);
  else
#endif
    gather_rows(near, step, from, to, box);
}

/// Around everybody in a cell, with a margin of `sight`.
CHIMATA_INLINE Box around_cell(const Step& step, std::uint32_t cell, double sight) {
  Box box;
  const auto first = step.cells->first();
  for (std::uint32_t i = first[cell]; i < first[cell + 1]; ++i) box.add(step.position[i]);
  return box.widened(sight);
}

/// Copies those in the nine cells around a cell who stand in `box` to one place. Returns where the first of
/// its own people is among them.
template <Instructions with>
CHIMATA_INLINE std::size_t gather(Neighbourhood& near, const Step& step, std::uint32_t cell, const Box& box) {
  const std::uint32_t* first = step.cells->first().data();
  const std::uint32_t line = step.cells->grid().line(), below = cell - line, above = cell + line;
  near.make_room(first[below + 2] - first[below - 1] + first[cell + 2] - first[cell - 1] + first[above + 2] -
                 first[above - 1]);
  near.candidates = 0;
  gather_those<with>(near, step, first[below - 1], first[below + 2], box);
  gather_those<with>(near, step, first[cell - 1], first[cell], box);
  const std::size_t own = near.candidates;
  gather_those<with>(near, step, first[cell], first[cell + 2], box);
  gather_those<with>(near, step, first[above - 1], first[above + 2], box);
  for (std::size_t i = near.candidates; i < whole_groups(near.candidates); ++i)  // the last one again
    near.x[i] = near.x[i - 1], near.y[i] = near.y[i - 1];
  return own;
}

/// Whether people around a cell stand on both sides of a wall's line.
CHIMATA_INLINE bool divides(const Neighbourhood& near, const Wall& wall) {
  const double *x = near.x.data(), *y = near.y.data();
  const double along_x = wall.b.x - wall.a.x, along_y = wall.b.y - wall.a.y, a_x = wall.a.x, a_y = wall.a.y;
  double least[kLanes], least_negated[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) least[lane] = least_negated[lane] = kNowhere;
  for (std::size_t group = 0; group < near.candidates; group += kLanes) {
#pragma omp simd
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double side = along_x * (y[group + lane] - a_y) - along_y * (x[group + lane] - a_x);
      least[lane] = side < least[lane] ? side : least[lane];
      least_negated[lane] = -side < least_negated[lane] ? -side : least_negated[lane];
    }
  }
  return least_of(least) <= 0 && least_of(least_negated) <= 0;
}

/// Keeps the standing walls that come into `box`.
CHIMATA_INLINE void gather_walls(Neighbourhood& near, const Step& step, const Box& box) {
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

/// How far somebody may push or run against a wall, m.
CHIMATA_INLINE double reach_to_walls(const Step& step, const Walker& me, Law law) {
  const double felt =
      law == Law::collision_free ? step.sights.walls : step.sights.of(law, me.speed, me.time_gap);
  return std::max(me.radius + felt, 2 * me.speed * step.dt + kWallDistance);
}

/// Whatever their law says, people move no farther in a step than they know the walls.
Point cut_to_reach(Point velocity, const Step& step, const Walker& me, Law law) {
  const double most = (reach_to_walls(step, me, law) - 2 * kWallDistance) / step.dt;
  const double wanted = length(velocity);
  return wanted > most ? most / wanted * velocity : velocity;
}

/// Adds the walls that somebody may push or run against; how many.
CHIMATA_INLINE std::size_t meet_walls(Neighbourhood& near, const Step& step, const Walker& me, Law law) {
  const double reach = reach_to_walls(step, me, law);
  const std::size_t before = near.contacts.size();
  for (const NearWall& wall : near.walls) {
    const Point off = off_wall(wall, me.at);
    if (off.x * off.x + off.y * off.y < reach * reach) near.contacts.push_back(contact_with(wall, off));
  }
  return near.contacts.size() - before;
}

/// Drops those behind a wall; how many are left. Nobody is seen farther away than `reach`.
std::size_t leave_out_hidden(Neighbourhood& near, const Walker& me, double reach, Pairs pairs) {
  const Point at = me.at;
  std::uint32_t* chosen = near.chosen.data() + pairs.first;
  double *off_x = near.off_x.data() + pairs.first, *off_y = near.off_y.data() + pairs.first,
         *touch = near.touch.data() + pairs.first;
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
      chosen[kept] = j, off_x[kept] = off_x[i], off_y[kept] = off_y[i], touch[kept] = touch[i];
      // on my side of the line most are; the others may see past the wall's ends
      kept += mine * cross(along, other - wall.a) > 0 || !hides(wall, at, other) ? 1 : 0;
    }
    pairs.count = kept;
  }
  return pairs.count;
}

/// Pairs somebody with the candidates whose bodies are at most `gap` away and behind no wall.
template <Instructions with>
CHIMATA_INLINE Pairs pair(Neighbourhood& near, const Step& step, const Walker& me, double gap,
                          std::size_t self) {
  const std::size_t first = near.pairs;
  std::size_t count;
#if defined(__x86_64__)
  if constexpr (with == Instructions::avx512)
    count = avx512::pair_in_reach(near, me, gap, self);
  else
#endif
    count = pair_in_reach(near, me, gap, self);
  if (near.divided) count = leave_out_hidden(near, me, step.reach, {first, count});
  if (step.neighbours_move) {
    for (std::size_t i = first; i < first + count; ++i)
      near.other_vx[i] = near.vx[near.chosen[i]], near.other_vy[i] = near.vy[near.chosen[i]];
  }
  if (step.neighbours_aim) {
    for (std::size_t i = first; i < first + count; ++i)
      near.other_wx[i] = near.wx[near.chosen[i]], near.other_wy[i] = near.wy[near.chosen[i]];
    // that law reads whole groups
    for (std::size_t i = first + count; i < first + whole_groups(count); ++i) {
      near.off_x[i] = kNowhere, near.off_y[i] = near.touch[i] = 0;
      near.other_wx[i] = near.other_wy[i] = 0;  // nobody wants to go anywhere there
    }
  }
  near.pairs = first + (step.neighbours_aim ? whole_groups(count) : count);
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
  // collision_free: the wished and then the taken direction, later the velocity; free way ahead
  double e_x[kPeople] = {}, e_y[kPeople] = {}, room[kPeople] = {}, speed[kPeople] = {};
  double time_gap[kPeople] = {};
};

/// Velocity by the law that somebody brought along.
/// @throws InputError naming the person for whom it is no number, and who would be nowhere then
Point own_velocity(const Step& step, std::size_t row, const Walker& me, const Seen& seen,
                   std::span<const Contact> walls) {
  if (step.own_velocity != nullptr) return step.own_velocity[row];
  const Point velocity = step.own->person(me, seen, walls, step.dt);
  check_own_velocity(step.person[row], velocity);
  return velocity;
}

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
      return own_velocity(step, row, me, seen, walls);
    default:
      return orca_velocity(step.laws->orca, me, seen, walls, step.dt);
  }
}

/// Moves those in hand, stage by stage, so that none waits for the roots and divisions of another.
CHIMATA_INLINE void move_hand(const Step& step, Neighbourhood& near, Hand& hand, double& closest) {
  for (std::size_t i = near.pairs; i < near.pairs + kLanes; ++i)  // the last group is read as a whole
    near.off_x[i] = kNowhere, near.off_y[i] = near.touch[i] = 0;
  collision_free_pushes(step.laws->collision_free, near);
  const Contact* contact = near.contacts.data();
  for (std::size_t k = 0; k < hand.count; ++k) {
    const std::span<const Contact> walls(contact, hand.walls[k]);
    contact += walls.size();
    Point e{};
    if (step.law[hand.row[k]] == Law::collision_free)
      e = collision_free_wish(step.laws->collision_free, hand.who[k], hand.pairs[k], near, walls, closest);
    hand.e_x[k] = e.x, hand.e_y[k] = e.y;
  }
#pragma omp simd
  for (std::size_t k = 0; k < Hand::kPeople; ++k) {
    const double x = hand.e_x[k], y = hand.e_y[k], length = std::sqrt(x * x + y * y);
    hand.e_x[k] = length > 0 ? x / length : 0.0, hand.e_y[k] = length > 0 ? y / length : 0.0;
  }
  for (std::size_t k = 0; k < hand.count; ++k) {
    hand.room[k] = collision_free_room({hand.e_x[k], hand.e_y[k]}, hand.pairs[k], near);
    hand.speed[k] = hand.who[k].speed, hand.time_gap[k] = hand.who[k].time_gap;
  }
#pragma omp simd
  for (std::size_t k = 0; k < Hand::kPeople; ++k) {
    const double free = hand.room[k] / hand.time_gap[k], safe = free > 0 ? free : 0;
    const double speed = safe < hand.speed[k] ? safe : hand.speed[k];
    hand.e_x[k] = speed * hand.e_x[k], hand.e_y[k] = speed * hand.e_y[k];
  }
  contact = near.contacts.data();
  for (std::size_t k = 0; k < hand.count; ++k) {
    const Walker& me = hand.who[k];
    const std::size_t row = hand.row[k];
    const std::span<const Contact> walls(contact, hand.walls[k]);
    contact += walls.size();
    const Law law = step.law[row];
    Point velocity{hand.e_x[k], hand.e_y[k]};
    if (law == Law::gap_seeking)
      velocity = gap_seeking_velocity(step.laws->gap_seeking, step.laws->collision_free, me, hand.pairs[k],
                                      near, walls, closest);
    else if (law != Law::collision_free)
      velocity = velocity_by(step, row, me, hand.pairs[k], near, walls, closest);
    if (law == Law::own || law == Law::social_force) velocity = cut_to_reach(velocity, step, me, law);
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
double mood(Random random, PersonId person, std::uint32_t moment) {
  constexpr Purpose kMood{"pedestrian.shuffle"};
  return 2 * random.uniform(kMood, person.value, moment) - 1;
}

/// Whoever does not want to move and whose law pushes nobody who stands: a crowd that watches costs little.
CHIMATA_INLINE bool stands(const Walker& me, Law law) {
  return me.speed == 0 && (law == Law::collision_free || law == Law::anticipating || law == Law::gap_seeking);
}

template <Instructions with>
CHIMATA_INLINE double move_everybody(const Step& step, std::size_t begin, std::size_t end) {
  thread_local Neighbourhood near;
  thread_local Walkers walkers;
  near.pairs = 0, near.contacts.clear();  // a law that threw has left some
  walkers.take(step, begin, end);
  Hand hand;
  const CellGrid& grid = step.cells->grid();
  const std::uint32_t* first = step.cells->first().data();
  double closest = std::numeric_limits<double>::infinity();
  for (std::size_t row = begin; row < end;) {
    const std::uint32_t cell = grid.cell_of(step.position[row]);
    const std::size_t start = row, stop = first[cell + 1] < end ? first[cell + 1] : end;
    double sight = -1, walls = 0;  // the farthest of those who walk
    for (; row < stop; ++row) {
      const Walker me = walkers.walker(step, row);
      if (stands(me, step.law[row])) continue;
      sight = std::max(sight, me.radius + step.sights.of(step.law[row], me.speed, me.time_gap));
      walls = std::max(walls, reach_to_walls(step, me, step.law[row]));
    }
    std::size_t own = 0;
    if (sight >= 0) {
      sight = (sight + step.widest) * (1 + 1e-9);
      own = gather<with>(near, step, cell, around_cell(step, cell, sight));
      gather_walls(near, step, around_cell(step, cell, std::max(sight, walls)));
    }
    for (row = start; row < stop; ++row) {
      Walker me = walkers.walker(step, row);
      if (step.law[row] == Law::gap_seeking && shuffles(me))
        me.mood = mood(step.random, step.person[row], step.moment);
      if (stands(me, step.law[row])) {
        step.new_position[row] = me.at, step.new_velocity[row] = {};
        continue;
      }
      const double gap = step.sights.of(step.law[row], me.speed, me.time_gap);
      hand.who[hand.count] = me;
      hand.row[hand.count] = row;
      hand.pairs[hand.count] = pair<with>(near, step, me, gap, own + (row - first[cell]));
      hand.walls[hand.count++] = near.walls.empty() ? 0 : meet_walls(near, step, me, step.law[row]);
      if (hand.count == Hand::kPeople || near.pairs >= Neighbourhood::kPairs)
        move_hand(step, near, hand, closest);
    }
  }
  if (hand.count > 0) move_hand(step, near, hand, closest);
  return closest;
}

double move_baseline(const Step& step, std::size_t begin, std::size_t end) {
#if defined(__AVX512VL__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__BMI2__)
  return move_everybody<Instructions::avx512>(step, begin, end);  // compiled for such a machine
#else
  return move_everybody<Instructions::baseline>(step, begin, end);
#endif
}

#if CHIMATA_CHOOSES
[[gnu::target("arch=x86-64-v3")]] double move_avx2(const Step& step, std::size_t begin, std::size_t end) {
  return move_everybody<Instructions::avx2>(step, begin, end);
}
[[gnu::target(CHIMATA_MOVE_AVX512)]] double move_avx512(const Step& step, std::size_t begin,
                                                        std::size_t end) {
  return move_everybody<Instructions::avx512>(step, begin, end);
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
