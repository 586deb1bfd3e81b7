#include "chimata/people/population.hpp"

#include "chimata/core/error.hpp"
#include "chimata/people/abilities.hpp"
#include "chimata/people/apportion.hpp"
#include "chimata/people/demography.hpp"
#include "chimata/people/dwelling.hpp"
#include "chimata/people/household_synthesis.hpp"

namespace chimata {

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
  if (model.households) {
    assemble_households(people, group_into_households(people, model, random));
    share_out_needs(people, model, random);
    share_out_licences(people, model, random);
    share_out_cars(people, model, random);
    furnish_dwellings(people.households, city, model, random);
  } else {
    live_alone(people);
  }
  return people;
}

}  // namespace chimata
