/// Who brings along people who cannot leave by themselves. Private to this room.
#pragma once

#include "chimata/evacuation/plan.hpp"

namespace chimata {

/// Gives every party that leaves on foot with somebody who needs help, and has nobody fit of its own, the
/// nearest free helper within `helper_distance`: a fit adult under 65 of another household who is willing
/// (one draw per person against `helper_share`), has been told, does not drive, and leaves no dependant
/// behind alone. Parties are served by the row of their first member; each helper helps one. The helper
/// leaves the own household, walks to the other home when ready, and goes with its people. Parties without
/// anybody stay at home unless the municipality fetches them.
void assign_helpers(const Population& people, const Random& random, const EvacuationModel& model, Plan& plan);

}  // namespace chimata
