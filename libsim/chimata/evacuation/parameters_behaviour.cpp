#include "chimata/evacuation/parameters.hpp"

namespace chimata {

Parameters behaviour_parameters() {
  using Model = EvacuationModel;
  return {
      choice("mode", &Model::mode, {"share", "distance"})
          .source("a share is what plans state", 'C')
          .label("交通手段の選び方", "How the means of travel is chosen")
          .help("share: car_share of the households that could drive; distance: a logit on the way to the "
                "nearest shelter."),
      fraction("car_share", &Model::car_share)
          .source("on foot is the rule of 避難情報に関するガイドライン; in the tsunami of 2011, 51 % of "
                  "survivors went by car",
                  'B')
          .label("自動車避難率", "Share who leave by car")
          .help("Of the households that leave for a shelter with a car and a driver, the share that drive; "
                "mode share only."),
      number("car_constant", &Model::car_constant, "")
          .range(-20, 20)
          .source("judgement, with car_per_km: half drive at 1.2 km; in 2011 the mean way was 438 m on foot "
                  "and 2,431 m by car",
                  'C')
          .label("自動車選択の定数", "Constant of the car")
          .help("Utility of the car over walking at distance 0; mode distance only."),
      number("car_per_km", &Model::car_per_km, "1/km")
          .range(0, 20)
          .source("judgement, see car_constant", 'C')
          .label("自動車選択の距離係数", "Utility of the car per kilometre")
          .help("Utility of the car over walking per kilometre to the nearest shelter on foot; mode distance "
                "only."),
      flag("car_ban", &Model::car_ban)
          .source("no ban unless the scenario says so", 'C')
          .label("自動車避難の禁止", "Ban on cars")
          .help("Nobody leaves by car."),
      integer("car_occupancy", &Model::car_occupancy, "persons")
          .range(1, 10)
          .source("seats of a passenger car", 'B')
          .label("1台の乗車人数の上限", "Most people in one car")
          .help("A larger household takes more cars if it has them and the drivers, else it walks."),
      duration("car_boarding", &Model::car_boarding)
          .range(0, 7'200)
          .source("judgement", 'C')
          .label("乗車に要する時間", "Time to board")
          .help("From the door to driving off."),
      fraction("vertical_share", &Model::vertical_share)
          .source("nobody unless asked; 三原 2018: 8.3 % citywide, 15.2 % in 本郷", 'B')
          .label("垂直避難率", "Share who go up")
          .help("Of those told, the share who go up in a building instead of leaving, next to those who "
                "leave."),
      choice("vertical", &Model::vertical, {"official", "any_floor", "none"})
          .source("内閣府 避難情報に関するガイドライン 2021: the three conditions of 屋内安全確保", 'A')
          .label("垂直避難の条件", "Who may stay in their own building")
          .help("official: only where the three conditions hold; any_floor: wherever there is an upper "
                "floor; none: nobody."),
      number("floor_margin_m", &Model::floor_margin, "m")
          .range(0, 10)
          .source("the floor must lie above the depth; more is for the planner to ask", 'C')
          .label("床の余裕高", "Margin of the floor over the water")
          .help("A floor counts as safe if it lies higher than the hazard map's depth by more than this."),
      number("refuge_distance_m", &Model::refuge_distance, "m")
          .range(0, 10000)
          .source("宮城県 津波避難計画 guideline: 500 m as the limit of walking", 'B')
          .label("近隣の避難ビルまでの距離", "Distance to a refuge nearby")
          .help("Whoever wants to go up and cannot at home goes to a building with a floor within this "
                "walking distance, else to a shelter."),
      flag("late_upstairs", &Model::late_upstairs)
          .source("緊急安全確保: what is left when leaving has become dangerous", 'B')
          .label("逃げ遅れ時の垂直避難", "Going up when trapped")
          .help("Whoever is trapped at home by water goes up if there is a floor above it."),
      flag("return_home", &Model::return_home)
          .source("judgement", 'C')
          .label("経路がないとき自宅へ戻る", "Return home when there is no way")
          .help(
              "Whoever finds no way to any shelter goes home if that is safe under the rule for staying in."),
      number("stair_speed_m_s", &Model::stair_speed, "m/s")
          .range(0.01, 2)
          .source("津波避難ビル等に係るガイドライン 2005: 0.21 m of height a second", 'B')
          .label("階段を上る鉛直速度", "Climbing speed")
          .help("Height an able adult climbs in a second; elderly half, with a cane 0.3, with help 0.1 of it "
                "(火災学会 1996)."),
      choice("casualties", &Model::casualties, {"none", "depth"})
          .source("none: counted as caught, unless the scenario asks", 'C')
          .label("人的被害の判定", "Casualties indoors")
          .help("depth: whoever stands in water over the floor dies with a probability that rises from "
                "fatal_from_m to fatal_at_m."),
      number("fatal_from_m", &Model::fatal_from, "m")
          .range(0, 20)
          .source("中央防災会議 南海トラフ巨大地震 被害想定 2012: deaths from 0.3 m", 'B')
          .label("死者が出はじめる浸水深", "Depth at which people begin to die")
          .help("Over the floor they stand on."),
      number("fatal_at_m", &Model::fatal_at, "m")
          .range(0, 20)
          .source("中央防災会議 南海トラフ巨大地震 被害想定 2012: all from 1.0 m", 'B')
          .label("全員が死亡する浸水深", "Depth at which all die")
          .help("Over the floor they stand on; the share rises evenly in between."),
      fraction("helper_share", &Model::helper_share)
          .source("judgement: registered supporters of 個別避難計画 are few", 'C')
          .label("支援者の割合", "Share of helpers")
          .help("Of fit adults under 65, the share who help somebody outside their household."),
      number("helper_distance_m", &Model::helper_distance, "m")
          .range(0, 10000)
          .source("judgement: the same block", 'C')
          .label("支援者の範囲", "Range of helpers")
          .help("Straight distance between the two homes."),
      integer("crews", &Model::crews, "vehicles")
          .range(0, 10000)
          .source("none unless the scenario says so", 'C')
          .label("市の搬送車両", "Vehicles of the municipality")
          .help("Vehicles with crew that fetch people who need help and have nobody, one household a trip."),
      text("crew_base", &Model::crew_base)
          .source("the first usable shelter", 'C')
          .label("搬送車両の拠点", "Base of the crews")
          .help("Id of the shelter where they start; empty: the first usable one."),
      duration("crew_loading", &Model::crew_loading)
          .range(0, 7'200)
          .source("広島 drill: seven people with two vehicles in about an hour, boarding included", 'B')
          .label("乗降に要する時間", "Loading time of the crews")
          .help("Time at the home, and again at the shelter.")};
}

}  // namespace chimata
