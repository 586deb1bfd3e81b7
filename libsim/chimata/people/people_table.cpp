#include <algorithm>
#include <cmath>
#include <map>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/people/abilities.hpp"
#include "chimata/people/demography.hpp"
#include "chimata/people/dwelling.hpp"
#include "chimata/people/expansion.hpp"
#include "chimata/people/household_synthesis.hpp"

namespace chimata {

namespace {

constexpr double kOnePlace = 1;  // m within which the rows of a household must lie

std::string where(std::size_t row) {
  return "people, row " + std::to_string(row + 1);
}

template <class T>
void check_column(const std::optional<std::vector<T>>& column, const PeopleTable& table, const char* name,
                  double low, double high, const char* fix) {
  if (!column) return;
  if (column->size() != table.home.size()) {
    throw InputError("people",
                     std::string(name) + " has " + std::to_string(column->size()) + " values for " +
                         std::to_string(table.home.size()) + " people",
                     "give one per person, or leave the column out");
  }
  if constexpr (std::is_arithmetic_v<T>) {
    for (std::size_t row = 0; row < column->size(); ++row) {
      const auto value = static_cast<double>((*column)[row]);
      if (!(value >= low && value <= high))
        throw InputError(where(row), std::string(name) + " is " + std::to_string((*column)[row]), fix);
    }
  }
}

void check(const PeopleTable& table) {
  if (table.home.empty()) throw InputError("people", "the table is empty", "give at least one person");
  for (std::size_t row = 0; row < table.home.size(); ++row) {
    if (!std::isfinite(table.home[row].x) || !std::isfinite(table.home[row].y))
      throw InputError(where(row), "the home has no coordinates", "give x and y in metres");
  }
  constexpr double above_zero = 1e-300;
  check_column(table.count, table, "count", 0, 1e7, "give the number of people, 0 to 10 million");
  check_column(table.age, table, "age", 0, 120, "give 0 to 120 years");
  check_column(table.person_class, table, "person_class", 0, 0, "");
  check_column(table.free_speed, table, "free_speed", above_zero, 10,
               "give metres per second, above 0 and at most 10");
  check_column(table.zone, table, "zone", 0, 0, "");
  check_column(table.household, table, "household", 0, 0, "");
  check_column(table.cars, table, "cars", 0, 255, "give the household's cars, 0 to 255");
  check_column(table.can_drive, table, "can_drive", 0, 1, "give 1 or 0");
  check_column(table.needs_help, table, "needs_help", 0, 1, "give 1 or 0");
  check_column(table.upper_floor, table, "upper_floor_m", 0, 1000, "give metres above ground, 0 or more");
  check_column(table.supplies_h, table, "supplies_h", 0, 1e5, "give hours, 0 or more");
}

/// The row of the table that each person comes from.
std::vector<std::uint32_t> rows_of_people(const PeopleTable& table, const Random& random) {
  std::vector<std::uint32_t> rows;
  if (!table.count) {
    for (std::uint32_t row = 0; row < table.home.size(); ++row) rows.push_back(row);
    return rows;
  }
  double total = 0;
  for (const double c : *table.count) total += c;
  if (total > 20e6)
    throw InputError("people", "the counts add up to " + std::to_string(static_cast<long>(total)),
                     "the limit is 20 million");
  const auto count = expand(*table.count, random);
  for (std::uint32_t row = 0; row < count.size(); ++row) rows.insert(rows.end(), count[row], row);
  if (rows.empty())
    throw InputError("people", "the counts add up to less than one person", "give counts above 0");
  return rows;
}

ZoneId zone_of(const City& city, const PeopleTable& table, std::size_t row, const ZoneLocator& locator) {
  if (!table.zone || (*table.zone)[row].empty()) return locator.at(table.home[row]);
  if (const auto zone = city.zones.find((*table.zone)[row])) return *zone;
  const auto& ids = static_cast<const std::vector<std::string>&>(city.zones.id);
  const std::string hint = did_you_mean((*table.zone)[row], ids);
  throw InputError(where(row), "there is no zone " + (*table.zone)[row],
                   hint.empty() ? "leave the zone empty to take it from the place" : hint);
}

/// Households as the table names them, numbered by their first person.
std::vector<HouseholdId> named_households(const PeopleTable& table, const std::vector<std::uint32_t>& rows) {
  std::map<std::string, std::uint32_t> first_row;
  std::vector<std::uint32_t> key(table.home.size());
  for (std::uint32_t row = 0; row < table.home.size(); ++row) {
    const std::string& name = (*table.household)[row];
    key[row] = name.empty() ? row : first_row.try_emplace(name, row).first->second;
    const double apart = distance(table.home[row], table.home[key[row]]);
    if (apart > kOnePlace) {
      throw InputError(where(row),
                       "household " + name + " lives at two places, " +
                           std::to_string(static_cast<long>(apart + 0.5)) + " m apart (see row " +
                           std::to_string(key[row] + 1) + ")",
                       "give all its rows one home, or the households different names");
    }
  }
  std::vector<HouseholdId> number(table.home.size()), household;
  std::uint32_t next = 0;
  for (const std::uint32_t row : rows) {
    HouseholdId& h = number[key[row]];
    if (!h.valid()) h = HouseholdId{next++};
    household.push_back(h);
  }
  return household;
}

/// What the table says of persons takes the place of what was drawn.
template <class T>
void put(Column<PersonId, std::uint8_t>& column, const std::optional<std::vector<T>>& given,
         const std::vector<std::uint32_t>& rows) {
  for (std::uint32_t p = 0; given && p < rows.size(); ++p)
    column[PersonId{p}] = static_cast<std::uint8_t>((*given)[rows[p]]);
}

/// The same of households: the largest that one of their rows says.
template <class T, class G>
void put(Column<HouseholdId, T>& column, const Population& people, const std::optional<std::vector<G>>& given,
         const std::vector<std::uint32_t>& rows) {
  if (!given) return;
  column.assign(column.size(), 0);
  for (std::uint32_t p = 0; p < rows.size(); ++p) {
    T& value = column[people.household[PersonId{p}]];
    value = std::max(value, static_cast<T>((*given)[rows[p]]));
  }
}

void give_households(Population& people, const City& city, const PeopleTable& table,
                     const std::vector<std::uint32_t>& rows, const PopulationModel& model,
                     const Random& random) {
  assemble_households(
      people, table.household ? named_households(table, rows) : group_into_households(people, model, random));
  share_out_needs(people, model, random);
  put(people.needs_help, table.needs_help, rows);
  share_out_licences(people, model, random);
  put(people.can_drive, table.can_drive, rows);
  if (!table.cars) share_out_cars(people, model, random);
  put(people.households.cars, people, table.cars, rows);
  furnish_dwellings(people.households, city, model, random);
  put(people.households.upper_floor, people, table.upper_floor, rows);
  put(people.households.supplies_h, people, table.supplies_h, rows);
}

}  // namespace

Population people_from(const City& city, const PeopleTable& table, Seed seed, const PopulationModel& model) {
  check(table);
  const Random random{seed};
  const auto rows = rows_of_people(table, random);
  const auto access = walking_access(city.network, table.home);
  const ZoneLocator locator{city.zones};
  std::vector<ZoneId> zone;
  for (std::size_t row = 0; row < table.home.size(); ++row)
    zone.push_back(zone_of(city, table, row, locator));

  Population people;
  for (const std::uint32_t row : rows) {
    const AccessPoint door = require_way(access[row]);
    people.home.push_back(table.home[row]);
    people.home_node.push_back(door.node);
    people.access_distance.push_back(static_cast<float>(door.distance));
    people.zone.push_back(zone[row]);
  }
  share_out_ages(people, city.zones, random);
  put(people.age, table.age, rows);
  set_classes_and_speeds(people, city.zones, model, random);
  for (std::uint32_t i = 0; i < people.size(); ++i) {
    const PersonId p{i};
    const std::uint32_t row = rows[i];
    if (table.person_class) {
      people.person_class[p] = (*table.person_class)[row];
      people.free_speed[p] = static_cast<float>(free_speed_of(model, people.person_class[p], p, random));
    }
    if (table.free_speed) people.free_speed[p] = static_cast<float>((*table.free_speed)[row]);
  }
  if (model.households || table.household) {
    give_households(people, city, table, rows, model, random);
  } else {
    live_alone(people);
  }
  return people;
}

}  // namespace chimata
