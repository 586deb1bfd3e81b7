/// Who walks in a crowd: people of different speed, size and readiness.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/core/random.hpp"
#include "chimata/pedestrian/levels/flight_law.hpp"
#include "chimata/people/population.hpp"

namespace chimata::pedestrian {

/// Normal, but never beyond `low` and `high`: whoever is drawn there is drawn again (at the limit after 16
/// draws).
struct Bounded {
  double mean, deviation, low, high;
};

/// A kind of people. Everything is drawn person by person.
struct Profile {
  std::string_view id, label_ja, label_en;
  Bounded speed;   ///< m/s on the level
  Bounded radius;  ///< m, of the circle as large as the body, or as wide as what is pushed
  /// s until somebody sets out after an alarm: median, deviation of its logarithm, limits
  double reaction, reaction_spread, reaction_low, reaction_high;
  Mobility mobility;         ///< on stairs, ramps and escalators
  PersonClass person_class;  ///< in water
  std::string_view source;
  char grade;
};

/// All profiles there are. Speeds of people with aids, mean and standard deviation: Boyce, Shields and
/// Silcock (1999), "Toward the characterization of building occupancies for fire safety engineering:
/// capabilities of disabled people moving horizontally and on an incline", Fire Technology 35 (B). Bodies:
/// the areas of Simulex, 0.130 m² men, 0.101 women, 0.070 children, 0.113 elderly, as NIST Technical Note
/// 1680 lists them (B). Reaction: the log-normal law that IMO MSC.1/Circ.1533 sets for the day, median
/// exp(3.44) = 31.2 s, at most 300 s (B), for lack of better also for those for whom it was not made (C).
[[nodiscard]] std::span<const Profile> profiles();
/// @throws InputError naming those there are
[[nodiscard]] const Profile& profile(std::string_view id);

/// What was drawn for somebody.
struct Person {
  double speed, radius, reaction_s;
};
[[nodiscard]] Person draw(const Profile& profile, Random random, PersonId person);

struct Share {
  std::string profile;
  double share;
};
/// For everybody the row in `profiles()`, drawn by shares.
/// @throws InputError for no share, a negative one, or a profile that is not there
[[nodiscard]] std::vector<std::uint32_t> mix(const std::vector<Share>& shares, Random random,
                                             std::span<const PersonId> people);

}  // namespace chimata::pedestrian
