#include "chimata/verification/draw.hpp"

#include "chimata/network/builder.hpp"

namespace chimata::verification {

Network any_network(std::uint32_t nodes, std::uint32_t segments, Draw& draw) {
  NetworkBuilder builder;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    const double x = 1000 * draw.uniform();
    builder.add_node({x, 1000 * draw.uniform()});
  }
  for (std::uint32_t i = 0; i < segments; ++i) {
    const NodeId from{draw.below(nodes)}, to{draw.below(nodes)};
    builder.add_segment({.from = from, .to = to});
  }
  return builder.build();
}

std::shared_ptr<const Network> town_network(std::uint32_t side, double spacing, Draw& draw) {
  NetworkBuilder builder;
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      const double x = spacing * (column + 0.4 * draw.uniform());
      builder.add_node({x, spacing * (row + 0.4 * draw.uniform())});
    }
  }
  const auto street = [&](std::uint32_t from, std::uint32_t to, bool always) {
    const double width = 1 + 4 * draw.uniform(), missing = draw.uniform();
    if (!always && missing < 0.2) return;
    builder.add_segment({.from = NodeId{from}, .to = NodeId{to}, .width = width});
  };
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      const std::uint32_t here = row * side + column;
      // the first row and all columns hang together; the other rows may have gaps
      if (column + 1 < side) street(here, here + 1, row == 0);
      if (row + 1 < side) street(here, here + side, true);
    }
  }
  return std::make_shared<const Network>(builder.build());
}

}  // namespace chimata::verification
