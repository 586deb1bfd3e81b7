/// The people of a scenario, as columns. Immutable during a run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "chimata/city/city.hpp"
#include "chimata/core/id.hpp"
#include "chimata/core/parameter.hpp"
#include "chimata/core/random.hpp"
#include "chimata/people/household.hpp"

namespace chimata {

/// How someone gets about; decides speed, the depth that stops them, and whether stairs are possible.
enum class PersonClass : std::uint8_t { adult, child, elderly, impaired };
inline constexpr int kPersonClasses = 4;
[[nodiscard]] std::string_view name_of(PersonClass person_class);

struct Population {
  Column<PersonId, Point> home;             ///< where they are at the start; at night their dwelling
  Column<PersonId, NodeId> home_node;       ///< where they enter the street network
  Column<PersonId, float> access_distance;  ///< m from home to that node
  Column<PersonId, ZoneId> zone;            ///< none outside all zones
  Column<PersonId, std::uint8_t> age;       ///< years
  Column<PersonId, PersonClass> person_class;
  Column<PersonId, float> free_speed;  ///< m/s on a level, empty, dry street
  Column<PersonId, HouseholdId> household;
  Column<PersonId, std::uint8_t> can_drive;  ///< 1 with a licence and fit to drive
  Column<PersonId, std::uint8_t>
      needs_help;  ///< 1 if they cannot leave without somebody's help (避難行動要支援者)
  Households households;
  [[nodiscard]] std::size_t size() const { return home.size(); }
};

/// Walking speeds by class, and how people are made from zone statistics.
struct PopulationModel {
  double adult_speed = 1.34;     ///< m/s, mean
  double adult_speed_sd = 0.26;  ///< m/s
  double child_factor = 0.8;     ///< of an adult's speed
  double elderly_speed = 1.07;   ///< m/s, mean
  double impaired_speed = 0.5;   ///< m/s, mean
  double night_factor = 1.0;     ///< multiplies every speed
  double slowest = 0.2;          ///< m/s, nobody who leaves is slower
  double impaired_weight_65 =
      5.0;  ///< how much likelier someone of 65 to 74 is impaired than someone younger
  double impaired_weight_75 = 9.0;  ///< the same from 75 on
};
[[nodiscard]] const Declarations<PopulationModel>& population_parameters();

/// What is known of each person beforehand (a user's own table); missing columns are drawn.
struct PeopleTable {
  std::vector<Point> home;  ///< required, city coordinates
  std::optional<std::vector<int>> age;
  std::optional<std::vector<PersonClass>> person_class;
  std::optional<std::vector<double>> free_speed;
};

/// `total` people at the city's residences, in proportion to their head counts (largest remainders), in the
/// order of the residences. Ages and impairments are shared out in each zone so that the zone's shares hold
/// to within one person; people outside all zones follow the mean of the zones, and without zones all are
/// adults. Deterministic: the same city, total and seed give the same people, person by person.
/// @throws InputError if nobody is asked for, nobody lives anywhere, or no street is open to people on foot
[[nodiscard]] Population synthesise(const City& city, std::size_t total, Seed seed,
                                    const PopulationModel& model = {});

/// People from a table of homes. Missing ages and classes are shared out by zone as in `synthesise`.
/// @throws InputError naming the row that is wrong
[[nodiscard]] Population people_from(const City& city, const PeopleTable& table, Seed seed,
                                     const PopulationModel& model = {});

/// Makes everybody a household of one at the place where they are, without a car, on the ground floor: what
/// holds where nothing is known of households.
void live_alone(Population& people);

}  // namespace chimata
