/// Who lives together, in which building, with how many cars.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/geo/point.hpp"

namespace chimata {

/// Households as columns. Everybody belongs to exactly one; people who live alone are a household of one.
struct Households {
  Column<HouseholdId, std::uint32_t> first;  ///< size households + 1; rows of `members`
  std::vector<PersonId> members;             ///< household by household, ascending within each
  Column<HouseholdId, Point> dwelling;
  Column<HouseholdId, NodeId> dwelling_node;   ///< where it meets the streets
  Column<HouseholdId, float> access_distance;  ///< m from the dwelling to that node
  Column<HouseholdId, std::uint8_t> cars;      ///< cars at hand
  Column<HouseholdId, float>
      upper_floor;  ///< m above ground of the highest floor they can go to; 0 for one storey
  Column<HouseholdId, std::uint8_t>
      in_collapse_zone;  ///< 1 where houses are expected to be swept away (家屋倒壊等氾濫想定区域)
  Column<HouseholdId, float> supplies_h;  ///< hours they can hold out in the building on their own supplies

  [[nodiscard]] std::size_t size() const { return dwelling.size(); }
  [[nodiscard]] std::span<const PersonId> of(HouseholdId h) const {
    return {members.data() + first[h], members.data() + first[HouseholdId{h.value + 1}]};
  }
};

}  // namespace chimata
