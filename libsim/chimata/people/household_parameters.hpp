/// The household part of the population's parameters; private to this room.
#pragma once

#include <vector>

#include "chimata/people/population.hpp"

namespace chimata {

[[nodiscard]] std::vector<BoundParameter<PopulationModel>> household_parameters();

}  // namespace chimata
