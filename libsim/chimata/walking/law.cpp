#include <algorithm>
#include <cmath>

#include "chimata/core/fast_math.hpp"
#include "chimata/walking/walking.hpp"

namespace chimata {

const Declarations<WalkingModel>& walking_parameters() {
  using M = WalkingModel;
  static const Declarations<M> all{
      "walking",
      "歩行",
      "Walking",
      {choice("law", &M::law, {"weidmann", "crowdwalk"})
           .source("Weidmann 1993; CrowdWalk WalkAgent.java (AIST, 2026)", 'A')
           .label("速度則", "Law of speed")
           .help("What slows people among others: the density of the street, or the forces of those near."),
       number("jam_density_per_m2", &M::jam_density, "1/m²")
           .range(1, 15)
           .source("Weidmann 1993 in Kladek's form, as used by Vadere", 'A')
           .label("停止密度", "Jam density")
           .help("Density at which Weidmann's speed is zero."),
       number("weidmann_gamma_per_m2", &M::weidmann_gamma, "1/m²")
           .range(0.1, 10)
           .source("Weidmann 1993 in Kladek's form, as used by Vadere", 'A')
           .label("ワイドマンのγ", "Weidmann's gamma")
           .help("Shape of Weidmann's curve."),
       number("storage_density_per_m2", &M::storage_density, "1/m²")
           .range(0.5, 10)
           .source("just below Weidmann's jam density", 'C')
           .label("収容密度", "Storage density")
           .help("A street holding more than this takes nobody in."),
       number("slowest_speed_m_s", &M::slowest_speed, "m/s")
           .range(0.01, 0.5)
           .source("Helbing and Johansson 2007: nobody stands quite still even at 10 persons/m²; the value "
                   "is ours",
                   'C')
           .label("最低歩行速度", "Slowest speed")
           .help("Speed of shuffling in a jam."),
       number("specific_flow_per_m_s", &M::specific_flow, "1/(m·s)")
           .range(0.3, 4)
           .source("greatest flow of Weidmann's curve, 1.225 at 1.75 persons/m²", 'A')
           .label("流動係数", "Specific flow")
           .help("Most people that pass one metre of width in a second."),
       fraction("stairs_up", &M::stairs_up)
           .source("Fruin's stair speeds over level speed, as in RiMEA test 13", 'B')
           .label("階段上りの速度比", "Stairs up")
           .help("Speed up stairs as a share of level speed."),
       fraction("stairs_down", &M::stairs_down)
           .source("Fruin's stair speeds over level speed, as in RiMEA test 13", 'B')
           .label("階段下りの速度比", "Stairs down")
           .help("Speed down stairs as a share of level speed."),
       flag("slope", &M::slope)
           .source("Tobler 1993", 'B')
           .label("勾配の考慮", "Slope")
           .help("Whether slope changes speed where there is terrain."),
       duration("squeeze_after_s", &M::squeeze_after)
           .range(1, 86400)
           .source("chosen so that a gridlock ends within the hour", 'C')
           .label("割り込みまでの待ち時間", "Wait before squeezing")
           .help("Blocked that long, a person squeezes into a full street; each case is counted."),
       flag("record_entries", &M::record_entries)
           .source("for maps and animation", 'C')
           .label("進入記録", "Record entries")
           .help("Whether to keep who entered which street when.")}};
  return all;
}

double weidmann_factor(double density, double gamma, double jam_density) {
  if (density <= 0) return 1;
  if (density >= jam_density) return 0;
  return 1 - fast::exp(-gamma * (1 / density - 1 / jam_density));
}

double tobler_factor(double grade) {
  return fast::exp(-3.5 * (std::fabs(grade + 0.05) - 0.05));
}

}  // namespace chimata
