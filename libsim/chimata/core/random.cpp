#include "chimata/core/random.hpp"

#include "chimata/core/fast_math.hpp"

namespace chimata {

namespace {
constexpr std::uint32_t kMultiplier0 = 0xD2511F53u, kMultiplier1 = 0xCD9E8D57u;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9u, kWeyl1 = 0xBB67AE85u;
}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> c, std::array<std::uint32_t, 2> k) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = std::uint64_t{kMultiplier0} * c[0];
    const std::uint64_t p1 = std::uint64_t{kMultiplier1} * c[2];
    c = {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(p1),
         static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(p0)};
    k[0] += kWeyl0;
    k[1] += kWeyl1;
  }
  return c;
}

std::uint64_t Random::bits(Purpose purpose, std::uint32_t entity, std::uint32_t tick) const {
  const auto out =
      philox4x32({entity, tick, purpose.value, 0u},
                 {static_cast<std::uint32_t>(seed_.value), static_cast<std::uint32_t>(seed_.value >> 32)});
  return (std::uint64_t{out[1]} << 32) | out[0];
}

double Random::uniform(Purpose purpose, std::uint32_t entity, std::uint32_t tick) const {
  // 52 bits and a half, so that neither 0 nor 1 can come out
  return (static_cast<double>(bits(purpose, entity, tick) >> 12) + 0.5) * 0x1p-52;
}

double Random::normal(Purpose purpose, std::uint32_t entity, std::uint32_t tick) const {
  return fast::normal_quantile(uniform(purpose, entity, tick));
}

}  // namespace chimata
