#include "chimata/people/population.hpp"

#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/people/apportion.hpp"
#include "chimata/people/demography.hpp"

namespace chimata {

namespace {

AccessPoint require_way(const AccessPoint& access) {
  if (access.node.valid()) return access;
  throw InputError("network", "no street is open to people on foot",
                   "check how access is read from the source");
}

void set_classes_and_speeds(Population& people, const Zones& zones, const PopulationModel& model,
                            const Random& random) {
  const auto impaired = share_out_impairments(people, zones, model, random);
  people.person_class.resize(people.size());
  people.free_speed.resize(people.size());
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    people.person_class[p] = class_of(people.age[p], impaired[row] != 0);
    people.free_speed[p] = static_cast<float>(free_speed_of(model, people.person_class[p], p, random));
  }
}

void check(const PeopleTable& table) {
  const auto where = [](std::size_t row) { return "people, row " + std::to_string(row + 1); };
  const auto same_length = [&](const auto& column, const char* name) {
    if (column && column->size() != table.home.size()) {
      throw InputError("people",
                       std::string(name) + " has " + std::to_string(column->size()) + " values for " +
                           std::to_string(table.home.size()) + " people",
                       "give one per person, or leave the column out");
    }
  };
  if (table.home.empty()) throw InputError("people", "the table is empty", "give at least one person");
  same_length(table.age, "age");
  same_length(table.person_class, "person_class");
  same_length(table.free_speed, "free_speed");
  for (std::size_t row = 0; row < table.home.size(); ++row) {
    if (!std::isfinite(table.home[row].x) || !std::isfinite(table.home[row].y)) {
      throw InputError(where(row), "the home has no coordinates", "give x and y in metres");
    }
    if (table.age && ((*table.age)[row] < 0 || (*table.age)[row] > 120)) {
      throw InputError(where(row), "age is " + std::to_string((*table.age)[row]), "give 0 to 120 years");
    }
    if (table.free_speed && !((*table.free_speed)[row] > 0 && (*table.free_speed)[row] <= 10)) {
      throw InputError(where(row), "free_speed is " + std::to_string((*table.free_speed)[row]),
                       "give metres per second, above 0 and at most 10");
    }
  }
}

}  // namespace

std::string_view name_of(PersonClass person_class) {
  static constexpr std::string_view names[] = {"adult", "child", "elderly", "impaired"};
  return names[static_cast<std::size_t>(person_class)];
}

Population synthesise(const City& city, std::size_t total, Seed seed, const PopulationModel& model) {
  const Residences& residences = city.residences;
  if (total == 0) throw InputError("population", "0 people were asked for", "ask for 1 or more");
  const auto count = apportion(residences.residents, total);
  const auto access = walking_access(city.network, residences.position);

  Population people;
  for (std::size_t row = 0; row < residences.size(); ++row) {
    if (count[row] == 0) continue;
    const AccessPoint door = require_way(access[row]);
    people.home.insert(people.home.end(), count[row], residences.position[row]);
    people.home_node.insert(people.home_node.end(), count[row], door.node);
    people.access_distance.insert(people.access_distance.end(), count[row],
                                  static_cast<float>(door.distance));
    people.zone.insert(people.zone.end(), count[row], residences.zone[row]);
  }
  if (people.size() == 0) {
    throw InputError("residences", "nobody lives anywhere in this city", "load head counts above 0");
  }
  const Random random{seed};
  share_out_ages(people, city.zones, random);
  set_classes_and_speeds(people, city.zones, model, random);
  live_alone(people);
  return people;
}

Population people_from(const City& city, const PeopleTable& table, Seed seed, const PopulationModel& model) {
  check(table);
  const auto access = walking_access(city.network, table.home);
  const ZoneLocator locator{city.zones};
  Population people;
  for (std::size_t row = 0; row < table.home.size(); ++row) {
    const AccessPoint door = require_way(access[row]);
    people.home.push_back(table.home[row]);
    people.home_node.push_back(door.node);
    people.access_distance.push_back(static_cast<float>(door.distance));
    people.zone.push_back(locator.at(table.home[row]));
  }
  const Random random{seed};
  share_out_ages(people, city.zones, random);
  if (table.age) people.age.assign(table.age->begin(), table.age->end());
  set_classes_and_speeds(people, city.zones, model, random);
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    if (table.person_class) {
      people.person_class[p] = (*table.person_class)[row];
      people.free_speed[p] = static_cast<float>(free_speed_of(model, people.person_class[p], p, random));
    }
    if (table.free_speed) people.free_speed[p] = static_cast<float>((*table.free_speed)[row]);
  }
  live_alone(people);
  return people;
}

}  // namespace chimata
