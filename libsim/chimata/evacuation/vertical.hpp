/// Whether staying in one's own building is safe: the official conditions.
///
/// 内閣府「避難情報に関するガイドライン」 (2021): 屋内安全確保 needs all three, each here a predicate of its
/// own.
#pragma once

#include "chimata/evacuation/model.hpp"
#include "chimata/people/household.hpp"

namespace chimata {

/// What the hazard map says of people's homes, one row per person at `Population::home`; all empty without a
/// hazard map.
struct HomeHazard {
  Column<PersonId, float> depth_max;   ///< m, deepest
  Column<PersonId, float> duration_h;  ///< hours for which water stands at the home
  [[nodiscard]] bool empty() const { return depth_max.empty(); }
};

/// A building in its place.
struct HomeBuilding {
  bool in_collapse_zone = false;  ///< 家屋倒壊等氾濫想定区域
  double upper_floor = 0;         ///< m above ground; 0: one storey
  double supplies_h = 0;          ///< hours they can hold out
  double depth_max = 0;           ///< m, of the hazard map
  double duration_h = 0;          ///< hours under water
};

/// Condition 1: houses are not expected to be swept away here.
[[nodiscard]] constexpr bool stands_firm(const HomeBuilding& b) {
  return !b.in_collapse_zone;
}
/// Condition 2: the highest floor lies above the deepest water by the margin. On dry ground any floor does.
[[nodiscard]] constexpr bool floor_above_water(const HomeBuilding& b, double margin) {
  return b.depth_max <= 0 || (b.upper_floor > 0 && b.upper_floor > b.depth_max + margin);
}
/// Condition 3: supplies last until the water has gone.
[[nodiscard]] constexpr bool can_wait_it_out(const HomeBuilding& b) {
  return b.supplies_h >= b.duration_h;
}
[[nodiscard]] constexpr bool may_stay_indoors(const HomeBuilding& b, double margin) {
  return stands_firm(b) && floor_above_water(b, margin) && can_wait_it_out(b);
}

/// Whether people of this building who choose to go up do so there.
[[nodiscard]] constexpr bool goes_up_at_home(const HomeBuilding& b, const EvacuationModel& model) {
  switch (model.vertical) {
    case VerticalRule::official:
      return b.upper_floor > 0 && may_stay_indoors(b, model.floor_margin);
    case VerticalRule::any_floor:
      return b.upper_floor > 0;
    case VerticalRule::none:
      break;
  }
  return false;
}

/// Share of people who die in water `over_floor` m deep where they stand: none below `fatal_from`, all from
/// `fatal_at` on, evenly between. 中央防災会議 南海トラフ想定: deaths begin at 0.3 m and are certain at 1.0
/// m.
[[nodiscard]] constexpr double fatal_share(double over_floor, const EvacuationModel& model) {
  if (over_floor < model.fatal_from) return 0;
  if (over_floor >= model.fatal_at) return 1;
  return (over_floor - model.fatal_from) / (model.fatal_at - model.fatal_from);
}

}  // namespace chimata
