/// People in water: how depth slows and stops them, by class.
#pragma once

#include "chimata/core/parameter.hpp"
#include "chimata/people/population.hpp"

namespace chimata {

/// How speed falls with depth.
enum class WadingLaw : std::uint8_t {
  linear,       ///< v = v0 (1 - h / reference), CrowdWalk's Flood rule
  none,         ///< full speed up to the limit
  exponential,  ///< v = v0 exp(-decay h), decay by class, through the experiment of Li et al. 2026
};

/// From when on flowing water sweeps somebody away.
enum class StabilityLaw : std::uint8_t {
  product,   ///< depth × velocity at the class's limit, Australian Rainfall & Runoff, Project 10 (Cox et al.
             ///< 2010)
  logistic,  ///< 22.036 h + 11.517 u > 27.85 or h > 0.85 m, for everyone, TUNAMI-EVAC1 after Koshimura et al.
             ///< 2006
  none       ///< nobody is swept away
};

/// Walking in water. Beyond a class's limit of depth a person cannot move at all; where the velocity of the
/// water is known, it may sweep them away.
struct WadingModel {
  WadingLaw law = WadingLaw::linear;
  double reference_depth = 1.0;  ///< m, depth of no motion in the linear law
  double adult_limit = 0.7;      ///< m
  double child_limit = 0.3;      ///< m
  double elderly_limit = 0.5;    ///< m
  double impaired_limit = 0.3;   ///< m
  double avoid_depth = 0.3;      ///< m, those who know do not enter a street deeper than this

  double adult_decay = 1.54;         ///< 1/m, exponential law
  double child_decay = 1.70;         ///< 1/m
  double elderly_decay = 1.70;       ///< 1/m
  double impaired_decay = 1.70;      ///< 1/m
  double surroundings_factor = 1.0;  ///< on every speed in water: shoes, turbid water, darkness

  StabilityLaw stability = StabilityLaw::product;
  double adult_product = 0.8;     ///< m²/s, depth × velocity that sweeps an adult away
  double child_product = 0.4;     ///< m²/s
  double elderly_product = 0.6;   ///< m²/s
  double impaired_product = 0.4;  ///< m²/s
  double fastest_water = 3.0;     ///< m/s, nobody stands in water as fast as this, product law
  bool record_exposure =
      false;  ///< greatest depth and depth × velocity per stay, even if velocity is unknown
};
[[nodiscard]] const Declarations<WadingModel>& wading_parameters();

/// Depth in metres at and above which the class cannot walk.
[[nodiscard]] double wading_limit(const WadingModel& model, PersonClass person_class);

/// In water shallower than this nobody is swept away, and time does not count as time in water.
inline constexpr double kWetDepth = 0.1;  ///< m

/// Whether water of `depth` metres that flows at `velocity` m/s sweeps the class off their feet.
[[nodiscard]] bool swept_away(const WadingModel& model, PersonClass person_class, double depth,
                              double velocity);

/// Fraction of free speed left at `depth` metres, 0 at and above the class's limit; 1 on dry ground.
[[nodiscard]] double wading_factor(const WadingModel& model, PersonClass person_class, double depth);

}  // namespace chimata
