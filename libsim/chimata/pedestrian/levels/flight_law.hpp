/// How fast people are on stairs, ramps and escalators.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "chimata/core/id.hpp"
#include "chimata/core/random.hpp"

namespace chimata::pedestrian {

/// As far as stairs matter.
enum class Mobility : std::uint32_t { under_30, adult, over_50, impaired, wheelchair };
inline constexpr std::size_t kMobilities = 5;

/// Published speeds on stairs. People keep their own share: somebody twice as fast on the level as their kind
/// is so on stairs (C).
enum class StairTable : std::uint8_t {
  /// Fruin (1971), stairs inside a building, horizontal speed as RiMEA 13 lists it: down 0.76, 0.65, 0.55,
  /// impaired 0.42 m/s; up 0.55, 0.50, 0.42, 0.32. On the level 1.60, 1.48, 1.27 (Weidmann's curve at 20, 40
  /// and 60 years, RiMEA 7), impaired 0.61 (middle of RiMEA's range). Grade B
  fruin_indoor,
  /// Fruin (1971), stairs outside: down 0.81, 0.78, 0.59, 0.42; up 0.58, 0.58, 0.42, 0.32. Grade B
  fruin_outdoor,
  /// IMO MSC.1/Circ.1533, tables 3.4 and 3.5, middle of the ranges and mean of women and men, along the
  /// slope: down 0.88, 0.75, 0.635, 0.48; up 0.65, 0.61, 0.50, 0.39; level 1.36, 1.12, 0.935, 0.71. Grade B
  imo,
  /// Weidmann (1993): horizontal 0.694 m/s down and 0.610 m/s up for 1.34 m/s on the level, whoever it is.
  /// Grade B
  weidmann,
  /// `up` and `down` of the model, m/s along the slope, whatever the speed on the level
  fixed,
  /// `up` and `down` of the model as shares of the own speed, along the horizontal
  shares
};

enum class FlightKind : std::uint8_t { stairs, ramp, escalator };

/// Who may go where on a flight.
enum class Use : std::uint32_t { both, onward, back, closed };  ///< onward: from foot to head

struct FlightModel {
  FlightKind kind = FlightKind::stairs;
  StairTable table = StairTable::fruin_indoor;  ///< stairs, and who walks on an escalator
  double up = 0, down = 0;                      ///< for `fixed` and `shares`
  double rate = -1;       ///< persons/s let on at each end; 0: as many as can; below 0: usual for its kind
  double belt = 0.5;      ///< m/s along the slope: EN 115-1 allows 0.5 to 0.75
  double walking = 0.25;  ///< share of people who walk on an escalator (C)
  Use use = Use::both;    ///< escalators: onward or back
};

/// Speeds on one flight.
///
/// Ramps: Tobler (1993), 6 exp(-3.5 |slope + 0.05|) km/h over that on the level, along the horizontal; not
/// for wheelchairs above 1 : 12 (ISO 21542). Stairs and escalators are not for wheelchairs. Escalators carry
/// everybody at `belt`; some walk as on stairs besides. Their usual rate is the capacity of EN 115-1 annex H:
/// 3600, 4800 and 6000 persons/h for steps of 0.6, 0.8 and 1.0 m at 0.5 m/s (B), in proportion to width
/// between and beyond, and to speed up to 0.65 m/s.
class FlightLaw {
 public:
  /// @param where      for what is wrong with the model
  /// @param steepness  m along the slope for a metre seen from above
  /// @param rise       m from foot to head, negative if the head is lower
  /// @throws InputError for a speed, share or rate that is none, an escalator that leads both ways
  FlightLaw(const std::string& where, const FlightModel& model, double steepness, double rise, double width);

  /// m/s seen from above; 0 for who cannot.
  [[nodiscard]] double speed(Mobility who, bool onward, double on_level, bool walks = false) const;
  /// The same where no belt runs.
  [[nodiscard]] double speed_on_foot(Mobility who, bool onward, double on_level) const;
  [[nodiscard]] bool has_belt() const { return belt_ > 0; }
  [[nodiscard]] double rate() const { return rate_; }  ///< persons/s; 0: as many as can
  [[nodiscard]] Use first_use() const { return use_; }
  /// Whether somebody walks on escalators like this one (drawn for the person and the flight).
  [[nodiscard]] bool walks(PersonId person, std::uint32_t flight, Random random) const;

 private:
  struct Pace {
    double share = 0, fixed = 0;  ///< of the own speed, and m/s besides
  };
  std::array<std::array<Pace, kMobilities>, 2> walk_ = {};  ///< back, onward
  double belt_ = 0, walking_ = 0, rate_ = 0;
  Use use_;
};

}  // namespace chimata::pedestrian
