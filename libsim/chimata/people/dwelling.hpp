/// What buildings mean for staying in them (垂直避難); private to this room.
#pragma once

#include "chimata/people/population.hpp"

namespace chimata {

/// Fills upper floor, collapse zone and supplies of every household.
///
/// Floors: from the building of layer "buildings" that contains the dwelling, or lies within 25 m of it: its
/// storeys (storeys, storeysAboveGround, building:levels, 階数 …), else its height (measuredHeight, height …)
/// less a metre of roof. Without either the model's share of households lives on one storey, the others on
/// two. Storey n lies (n - 1) storey heights above ground.
/// Collapse zone: inside a polygon of layer "collapse_zones". Where that says 氾濫流 (flow), only wooden
/// houses are carried away; where 河岸侵食 (bank erosion) or nothing, all are. Supplies: three days for the
/// model's share, for the others evenly between nothing and that.
void furnish_dwellings(Households& households, const City& city, const PopulationModel& model,
                       const Random& random);

}  // namespace chimata
