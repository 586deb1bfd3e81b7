/// The declarations of the evacuation's parameters, in parts. Private to this room.
#pragma once

#include "chimata/evacuation/model.hpp"

namespace chimata {

using Parameters = std::vector<BoundParameter<EvacuationModel>>;

[[nodiscard]] Parameters warning_parameters();    ///< orders, shares, departure, gathering
[[nodiscard]] Parameters reception_parameters();  ///< channels
[[nodiscard]] Parameters behaviour_parameters();  ///< cars, going up, help
[[nodiscard]] Parameters shelter_parameters();    ///< destinations, information, supplies

}  // namespace chimata
