/// Small networks drawn at random. Private to this room.
#pragma once

#include <memory>

#include "chimata/core/random.hpp"
#include "chimata/network/network.hpp"

namespace chimata::verification {

/// Numbers for one case of one check, one after the other.
class Draw {
 public:
  Draw(std::string_view what, std::uint32_t number) : purpose_(what), number_(number) {}
  [[nodiscard]] double uniform() { return random_.uniform(purpose_, number_, tick_++); }
  [[nodiscard]] std::uint32_t below(std::uint32_t end) {
    return static_cast<std::uint32_t>(random_.bits(purpose_, number_, tick_++) % end);
  }

 private:
  Random random_{Seed{20260401}};
  Purpose purpose_;
  std::uint32_t number_, tick_ = 0;
};

/// Nodes anywhere, segments between any two of them: parallel streets and parts without connection too.
[[nodiscard]] Network any_network(std::uint32_t nodes, std::uint32_t segments, Draw& draw);

/// `side` x `side` crossings about `spacing` metres apart, all columns whole, one street in five of the
/// rows missing but for the first row: everywhere can be reached. Widths 1 to 5 m.
[[nodiscard]] std::shared_ptr<const Network> town_network(std::uint32_t side, double spacing, Draw& draw);

}  // namespace chimata::verification
