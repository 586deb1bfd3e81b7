/// Places given out by travel time before anyone leaves. Private to this room.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/network/network.hpp"
#include "chimata/routing/travel_cost.hpp"

namespace chimata {

struct PlaceSeeker {
  std::uint32_t party;
  NodeId node;
  std::uint32_t size;  ///< places they need together
};
struct GivenPlace {
  std::uint32_t party, goal;
};

/// Gives every seeker the nearest of `goals` with room for all of them, in the order of (time, party); those
/// for whom there is none are left out.
[[nodiscard]] std::vector<GivenPlace> give_out_places(const Network& network, const LinkCosts& costs,
                                                      std::span<const NodeId> goals,
                                                      std::vector<std::uint32_t> room,
                                                      std::span<const PlaceSeeker> seekers);

}  // namespace chimata
