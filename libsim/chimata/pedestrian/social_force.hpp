/// The social force model; its equations stand at `SocialForce` in laws.hpp.
#pragma once

#include <span>

#include "chimata/pedestrian/laws.hpp"
#include "chimata/pedestrian/neighbourhood.hpp"

namespace chimata::pedestrian {

/// Free distance beyond which a force is not felt, m.
[[nodiscard]] double felt_force(const SocialForce& law);

[[nodiscard]] Point social_force_velocity(const SocialForce& law, const Walker& me, const Seen& seen,
                                          std::span<const Contact> walls, double dt);

}  // namespace chimata::pedestrian
