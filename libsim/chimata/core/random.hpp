/// Random numbers that are addressed, not drawn.
///
/// A number is a pure function of (seed, purpose, entity, tick). There is no stream and no state, so
/// nothing depends on the order of threads, nothing needs a checkpoint, and two scenarios that share a
/// seed share every number they both ask for (common random numbers).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace chimata {

struct Seed {
  std::uint64_t value = 0;
};

/// Philox4x32-10, Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
[[nodiscard]] std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                      std::array<std::uint32_t, 2> key);

/// What a number is for, e.g. `constexpr Purpose kCompliance{"evacuation.compliance"}`. Distinct names
/// give independent numbers.
struct Purpose {
  std::uint32_t value;
  constexpr explicit Purpose(std::string_view name) : value(2166136261u) {
    for (const char c : name) value = (value ^ static_cast<unsigned char>(c)) * 16777619u;  // FNV-1a
  }
};

/// All the randomness of one run.
class Random {
 public:
  explicit Random(Seed seed) : seed_(seed) {}

  [[nodiscard]] Seed seed() const { return seed_; }
  /// 64 random bits for `entity` at `tick`.
  [[nodiscard]] std::uint64_t bits(Purpose purpose, std::uint32_t entity, std::uint32_t tick = 0) const;
  /// Uniform in the open interval (0, 1).
  [[nodiscard]] double uniform(Purpose purpose, std::uint32_t entity, std::uint32_t tick = 0) const;
  /// Standard normal, by inversion.
  [[nodiscard]] double normal(Purpose purpose, std::uint32_t entity, std::uint32_t tick = 0) const;

 private:
  Seed seed_;
};

}  // namespace chimata
