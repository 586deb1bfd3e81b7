/// The two loops over many people that keep some of them, for any machine and for AVX-512, which packs eight
/// at a time. Both keep the same people in the same order. Inside this room only.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "chimata/pedestrian/move.hpp"
#include "chimata/pedestrian/neighbourhood.hpp"

#if defined(__x86_64__)
#define CHIMATA_AVX512 "arch=x86-64-v4"
#endif

namespace chimata::pedestrian {

/// Adds those of the rows [from, to) who stand in `box` to the candidates.
[[gnu::always_inline]] inline void gather_rows(Neighbourhood& near, const Step& step, std::size_t from,
                                               std::size_t to, const Box& box) {
  double *x = near.x.data(), *y = near.y.data(), *radius = near.radius.data();
  std::size_t count = near.candidates;
  for (std::size_t i = from; i < to; ++i) {
    const Point at = step.position[i];
    x[count] = at.x, y[count] = at.y, radius[count] = step.radius[i];
    if (step.neighbours_move) near.vx[count] = step.velocity[i].x, near.vy[count] = step.velocity[i].y;
    if (step.neighbours_aim) {
      const double to_x = step.aim[i].x - at.x, to_y = step.aim[i].y - at.y;
      const double far = std::sqrt(to_x * to_x + to_y * to_y), share = far > 0 ? 1 / far : 0.0;
      near.wx[count] = share * to_x, near.wy[count] = share * to_y;
    }
    const bool in = (at.x >= box.min_x) & (at.x <= box.max_x) & (at.y >= box.min_y) & (at.y <= box.max_y);
    count += in ? 1 : 0;  // no branch: whoever is not in is overwritten
  }
  near.candidates = count;
}

/// Pairs somebody with the candidates but for `self` whose bodies are at most `gap` away: chosen, off_x,
/// off_y and touch from near.pairs on. How many.
[[gnu::always_inline]] inline std::size_t pair_in_reach(Neighbourhood& near, const Walker& me, double gap,
                                                        std::size_t self) {
  const double *x = near.x.data(), *y = near.y.data(), *r = near.radius.data();
  double* margin = near.margin.data();
  const double reach = gap + me.radius, at_x = me.at.x, at_y = me.at.y, radius = me.radius;
  for (std::size_t group = 0; group < near.candidates; group += kLanes) {
#pragma omp simd
    for (std::size_t j = group; j < group + kLanes; ++j) {
      const double dx = x[j] - at_x, dy = y[j] - at_y, limit = reach + r[j];
      margin[j] = limit * limit - (dx * dx + dy * dy);
    }
  }
  margin[self] = -1;
  std::uint32_t* chosen = near.chosen.data() + near.pairs;
  std::size_t count = 0;
  for (std::size_t j = 0; j < near.candidates; ++j) {
    chosen[count] = static_cast<std::uint32_t>(j);
    count += 1 - (std::bit_cast<std::uint64_t>(margin[j]) >> 63);  // no branch: many are out of sight
  }
  double *off_x = near.off_x.data() + near.pairs, *off_y = near.off_y.data() + near.pairs,
         *touch = near.touch.data() + near.pairs;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t j = chosen[i];
    off_x[i] = x[j] - at_x, off_y[i] = y[j] - at_y, touch[i] = radius + r[j];
  }
  return count;
}

#if defined(__x86_64__)
/// The same as above, eight at a time.
namespace avx512 {
void gather_rows(Neighbourhood& near, const Step& step, std::size_t from, std::size_t to, const Box& box);
std::size_t pair_in_reach(Neighbourhood& near, const Walker& me, double gap, std::size_t self);
}  // namespace avx512
#endif

}  // namespace chimata::pedestrian
