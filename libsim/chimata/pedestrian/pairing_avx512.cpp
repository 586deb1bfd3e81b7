#include "chimata/pedestrian/pairing.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

namespace chimata::pedestrian::avx512 {

namespace {

/// Eight points, or those of them in `lanes`, as their coordinates.
[[gnu::target(CHIMATA_AVX512), gnu::always_inline]] inline void load(const Point* from, __mmask8 lanes,
                                                                     __m512d& x, __m512d& y) {
  const auto* values = reinterpret_cast<const double*>(from);
  // each bit of `lanes` is two doubles
  const auto both = static_cast<__mmask16>(_pdep_u32(lanes, 0x5555u) * 3u);
  const __m512d low = _mm512_maskz_loadu_pd(static_cast<__mmask8>(both), values);
  const __m512d high = _mm512_maskz_loadu_pd(static_cast<__mmask8>(both >> 8), values + 8);
  x = _mm512_permutex2var_pd(low, _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14), high);
  y = _mm512_permutex2var_pd(low, _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15), high);
}

[[gnu::target(CHIMATA_AVX512), gnu::always_inline]] inline void pack(double* to, __mmask8 lanes, __m512d v) {
  _mm512_storeu_pd(to, _mm512_maskz_compress_pd(lanes, v));
}

}  // namespace

[[gnu::target(CHIMATA_AVX512)]] void gather_rows(Neighbourhood& near, const Step& step, std::size_t from,
                                                 std::size_t to, const Box& box) {
  double *to_x = near.x.data(), *to_y = near.y.data(), *to_radius = near.radius.data();
  const __m512d west = _mm512_set1_pd(box.min_x), east = _mm512_set1_pd(box.max_x),
                south = _mm512_set1_pd(box.min_y), north = _mm512_set1_pd(box.max_y);
  std::size_t count = near.candidates;
  for (std::size_t i = from; i < to; i += kLanes) {
    const std::size_t left = to - i;
    const auto there = static_cast<__mmask8>(left < kLanes ? (1u << left) - 1 : 0xffu);
    __m512d x, y;
    load(step.position + i, there, x, y);
    const __m512d radius = _mm512_maskz_cvtps_pd(there, _mm256_maskz_loadu_ps(there, step.radius + i));
    __mmask8 in = _mm512_mask_cmp_pd_mask(there, x, west, _CMP_GE_OQ);
    in = _mm512_mask_cmp_pd_mask(in, x, east, _CMP_LE_OQ);
    in = _mm512_mask_cmp_pd_mask(in, y, south, _CMP_GE_OQ);
    in = _mm512_mask_cmp_pd_mask(in, y, north, _CMP_LE_OQ);
    pack(to_x + count, in, x), pack(to_y + count, in, y), pack(to_radius + count, in, radius);
    if (step.neighbours_aim) {
      __m512d aim_x, aim_y;
      load(step.aim + i, there, aim_x, aim_y);
      aim_x = _mm512_sub_pd(aim_x, x), aim_y = _mm512_sub_pd(aim_y, y);
      const __m512d far = _mm512_maskz_sqrt_pd(
          there, _mm512_add_pd(_mm512_mul_pd(aim_x, aim_x), _mm512_mul_pd(aim_y, aim_y)));
      const __mmask8 on = _mm512_mask_cmp_pd_mask(there, far, _mm512_setzero_pd(), _CMP_GT_OQ);
      const __m512d share = _mm512_maskz_div_pd(on, _mm512_set1_pd(1), far);
      pack(near.wx.data() + count, in, _mm512_mul_pd(share, aim_x));
      pack(near.wy.data() + count, in, _mm512_mul_pd(share, aim_y));
    }
    if (step.neighbours_move) {
      load(step.velocity + i, there, x, y);
      pack(near.vx.data() + count, in, x), pack(near.vy.data() + count, in, y);
    }
    count += static_cast<std::size_t>(__builtin_popcount(in));
  }
  near.candidates = count;
}

[[gnu::target(CHIMATA_AVX512)]] std::size_t pair_in_reach(Neighbourhood& near, const Walker& me, double gap,
                                                          std::size_t self) {
  const double *x = near.x.data(), *y = near.y.data(), *r = near.radius.data();
  double *off_x = near.off_x.data() + near.pairs, *off_y = near.off_y.data() + near.pairs,
         *touch = near.touch.data() + near.pairs;
  std::uint32_t* chosen = near.chosen.data() + near.pairs;
  const __m512d at_x = _mm512_set1_pd(me.at.x), at_y = _mm512_set1_pd(me.at.y),
                radius = _mm512_set1_pd(me.radius), reach = _mm512_set1_pd(gap + me.radius);
  std::size_t count = 0;
  __m256i number = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  for (std::size_t j = 0; j < near.candidates; j += kLanes) {
    const __m512d dx = _mm512_sub_pd(_mm512_loadu_pd(x + j), at_x),
                  dy = _mm512_sub_pd(_mm512_loadu_pd(y + j), at_y), other = _mm512_loadu_pd(r + j),
                  limit = _mm512_add_pd(reach, other),
                  square = _mm512_add_pd(_mm512_mul_pd(dx, dx), _mm512_mul_pd(dy, dy));
    const std::size_t left = near.candidates - j;
    unsigned there = left < kLanes ? (1u << left) - 1 : 0xffu;
    there &= ~(self - j < kLanes ? 1u << (self - j) : 0u);
    const __mmask8 in = _mm512_mask_cmp_pd_mask(static_cast<__mmask8>(there), square,
                                                _mm512_mul_pd(limit, limit), _CMP_LE_OQ);
    pack(off_x + count, in, dx), pack(off_y + count, in, dy);
    pack(touch + count, in, _mm512_add_pd(radius, other));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(chosen + count), _mm256_maskz_compress_epi32(in, number));
    number = _mm256_add_epi32(number, _mm256_set1_epi32(kLanes));
    count += static_cast<std::size_t>(__builtin_popcount(in));
  }
  return count;
}

}  // namespace chimata::pedestrian::avx512
#endif
