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

  bool households = true;  ///< form households; false: everybody lives alone, without car and upper floor
  double household_1 = 0.380, household_2 = 0.281, household_3 = 0.166,
         household_4 = 0.119;    ///< share of households of 1 to 4 people; the rest are larger
  double elderly_alone = 0.19;   ///< share of people from 65 on who live alone, where there is room for it
  double elderly_couple = 0.37;  ///< share of them who live in a household of two elderly people
  double help_under_65 = 0.006, help_65 = 0.013,
         help_75 = 0.11;  ///< share who cannot leave without help: below 65, to 74, from 75
  double licence_18 = 0.90, licence_65 = 0.75,
         licence_75 = 0.34;  ///< share with a driving licence: 18 to 64, to 74, from 75
  double cars_per_household = 1.025;
  double one_storey_share = 0.10;  ///< of dwellings whose building is unknown
  double storey_height = 3.0;      ///< m from floor to floor; the second floor lies this high above ground
  double stocked_share = 0.597;    ///< share of households with food and water for three days
};
[[nodiscard]] const Declarations<PopulationModel>& population_parameters();

/// What is known of people beforehand (a user's own table): persons, groups or weighted points, a row each;
/// missing columns are drawn. What a row says holds for all people it stands for.
struct PeopleTable {
  std::vector<Point> home;                   ///< required, city coordinates
  std::optional<std::vector<double>> count;  ///< people of the row; may be fractional (expansion factors)
  std::optional<std::vector<int>> age;
  std::optional<std::vector<PersonClass>> person_class;
  std::optional<std::vector<double>> free_speed;
  std::optional<std::vector<std::string>> zone;       ///< id; "": by place
  std::optional<std::vector<std::string>> household;  ///< rows of one name live together; "": the row does
  std::optional<std::vector<int>> cars;               ///< of the household; the most that a row says
  std::optional<std::vector<std::uint8_t>> can_drive, needs_help;  ///< 0 or 1
  std::optional<std::vector<double>> upper_floor, supplies_h;      ///< of the household: m, h
};

/// `total` people at the city's residences, in proportion to their head counts (largest remainders), in the
/// order of the residences. Ages and impairments are shared out in each zone so that the zone's shares hold
/// to within one person; people outside all zones follow the mean of the zones, and without zones all are
/// adults. They are grouped into households with cars, floors and supplies as the model says (`households`).
/// Deterministic: the same city, total and seed give the same people, person by person.
/// @throws InputError if nobody is asked for, nobody lives anywhere, or no street is open to people on foot
[[nodiscard]] Population synthesise(const City& city, std::size_t total, Seed seed,
                                    const PopulationModel& model = {});

/// People from a table of homes. Missing ages and classes are shared out by zone as in `synthesise`, missing
/// households formed at each home. Fractional counts become whole people by systematic sampling: the total is
/// the rounded sum, every row within one of its share.
/// @throws InputError naming the row that is wrong: a count below 0, a household at two places, …
[[nodiscard]] Population people_from(const City& city, const PeopleTable& table, Seed seed,
                                     const PopulationModel& model = {});

/// Makes everybody a household of one at the place where they are, without a car, on the ground floor: what
/// holds where nothing is known of households.
void live_alone(Population& people);

}  // namespace chimata
