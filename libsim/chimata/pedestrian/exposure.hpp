/// What smoke and gases do to somebody.
#pragma once

#include <cstdint>
#include <limits>

#include "chimata/core/parameter.hpp"
#include "chimata/people/population.hpp"

namespace chimata::pedestrian {

/// How speed falls with the extinction coefficient K of smoke, 1/m.
enum class SmokeLaw : std::uint8_t {
  jin,               ///< 1 - 0.5 K, and never slower than `least_speed`: NIST TN 1822 test 2.5, after Jin (B)
  frantzich_nilsson  ///< 1 - 0.057 K / 0.706, at least a tenth: Frantzich and Nilsson (2003) as FDS+Evac has
                     ///< it (B)
};

struct SmokeModel {
  SmokeLaw law = SmokeLaw::jin;
  double least_speed = 0.3;  ///< m/s, jin: feeling one's way along a wall (NIST TN 1822; B)
  double sign_contrast =
      3;  ///< distance x K at which a sign fades: 3 if it reflects, 8 if it shines (Jin; B)
  double incapacitated_at = 1;  ///< dose at which half of all people can go no further (Purser; B)
  double counts_from = 0.1;     ///< 1/m, from which somebody counts as in smoke: signs fade at 30 m (C)
};
/// The section "smoke_effects" of a scenario.
[[nodiscard]] const Declarations<SmokeModel>& smoke_effect_parameters();

/// Of the desired speed, 0 to 1.
[[nodiscard]] double smoke_factor(const SmokeModel& model, double extinction, double speed);

/// What somebody breathes, looks through and stands in.
struct Air {
  double smoke = 0;  ///< extinction coefficient, 1/m
  double co = 0;     ///< ppm
  double co2 = 0;    ///< % of volume
  double o2 = 20.9;  ///< % of volume
  double water = 0;  ///< m, depth
};

/// Fractional effective dose per second: carbon monoxide, breathed faster the more carbon dioxide there is,
/// and lack of oxygen. Purser's equations as NIST TN 1822 test 2.6 has them (B). Air with 20 % of oxygen or
/// more does no harm, where the equation has a dose of 1 in two days (C).
[[nodiscard]] double dose_rate(const Air& air);

/// What has been done to somebody so far. A cabin keeps smoke and gases out: who rides in an elevator
/// breathes in nothing, and of the landing no more than up to their last look before they got in (C).
struct Exposure {
  double dose = 0;      ///< fractional effective dose
  double since_s = -1;  ///< breathed in up to then; below 0: not here, or in a cabin
  double down_s = std::numeric_limits<double>::infinity();  ///< could go no further from then on
  float factor = 1;                                         ///< of speed, by smoke and water
  std::uint32_t person_class = static_cast<std::uint32_t>(PersonClass::adult);
};

}  // namespace chimata::pedestrian
