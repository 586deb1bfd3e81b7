/// People in water: how depth slows and stops them, by class.
#pragma once

#include "chimata/core/parameter.hpp"
#include "chimata/people/population.hpp"

namespace chimata {

/// How speed falls with depth.
enum class WadingLaw : std::uint8_t {
  linear,  ///< v = v0 (1 - h / reference), CrowdWalk's Flood rule
  none     ///< full speed up to the limit
};

/// Walking in still or slow water. Beyond a class's limit a person cannot move at all.
struct WadingModel {
  WadingLaw law = WadingLaw::linear;
  double reference_depth = 1.0;  ///< m, depth of no motion in the linear law
  double adult_limit = 0.7;      ///< m
  double child_limit = 0.3;      ///< m
  double elderly_limit = 0.5;    ///< m
  double impaired_limit = 0.3;   ///< m
  double avoid_depth = 0.3;      ///< m, those who know do not enter a street deeper than this
};
[[nodiscard]] const Declarations<WadingModel>& wading_parameters();

/// Depth in metres at and above which the class cannot walk.
[[nodiscard]] double wading_limit(const WadingModel& model, PersonClass person_class);

/// Fraction of free speed left at `depth` metres, 0 at and above the class's limit; 1 on dry ground.
[[nodiscard]] double wading_factor(const WadingModel& model, PersonClass person_class, double depth);

}  // namespace chimata
