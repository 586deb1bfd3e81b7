#include "chimata/people/visitors.hpp"

#include "chimata/people/demography.hpp"

namespace chimata {

namespace {

constexpr std::uint8_t kAge = 35;  // years; nothing asks for more than "adult"

}  // namespace

Population with_visitors(const Population& residents, std::size_t count, Point at, NodeId node, Seed seed,
                         const PopulationModel& model) {
  Population people = residents;
  const bool households = people.household.size() == people.size();
  const Random random{seed};
  for (std::size_t i = 0; i < count; ++i) {
    const PersonId person{static_cast<std::uint32_t>(people.size())};
    people.home.push_back(at);
    people.home_node.push_back(node);
    people.access_distance.push_back(0);
    people.zone.push_back(ZoneId::none());
    people.age.push_back(kAge);
    people.person_class.push_back(PersonClass::adult);
    people.free_speed.push_back(static_cast<float>(free_speed_of(model, PersonClass::adult, person, random)));
    people.can_drive.push_back(0);
    people.needs_help.push_back(0);
    if (!households) continue;
    Households& all = people.households;
    people.household.push_back(HouseholdId{static_cast<std::uint32_t>(all.size())});
    all.members.push_back(person);
    all.first.push_back(static_cast<std::uint32_t>(all.members.size()));
    all.dwelling.push_back(at);
    all.dwelling_node.push_back(node);
    all.access_distance.push_back(0);
    all.cars.push_back(0);
    all.upper_floor.push_back(0);
    all.in_collapse_zone.push_back(0);
    all.supplies_h.push_back(0);
  }
  return people;
}

}  // namespace chimata
