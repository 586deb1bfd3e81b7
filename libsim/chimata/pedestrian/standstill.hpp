/// Who wants to walk and gets no nearer.
#pragma once

#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/plan.hpp"

namespace chimata::pedestrian {

/// Every so many s, for all: for how long they have come no nearer to their goal, from one time to the next,
/// by a tenth of the way that they want to make (C).
/// @param left  m to the goal, by row; as of `Groups`
void count_standstill(const Crowd& crowd, const std::vector<double>& left, double every_s,
                      Column<PersonId, Plan>& plans, Arena& arena);

}  // namespace chimata::pedestrian
