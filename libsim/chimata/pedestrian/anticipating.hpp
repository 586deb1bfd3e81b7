/// The anticipation velocity model; its equations stand at `Anticipating` in laws.hpp.
#pragma once

#include <span>

#include "chimata/pedestrian/laws.hpp"
#include "chimata/pedestrian/neighbourhood.hpp"

namespace chimata::pedestrian {

/// @param wall_law  how walls push
[[nodiscard]] Point anticipating_velocity(const Anticipating& law, const CollisionFree& wall_law,
                                          const Walker& me, const Seen& seen, std::span<const Contact> walls,
                                          double dt);

}  // namespace chimata::pedestrian
