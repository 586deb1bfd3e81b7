#include "chimata/people/abilities.hpp"

#include <algorithm>
#include <array>

#include "chimata/people/household_synthesis.hpp"

namespace chimata {

namespace {

constexpr Purpose kHelp{"people.needs_help"}, kLicence{"people.licence"}, kCarOfDriver{"people.car"};

struct Ranked {
  double key;
  PersonId person;
  friend bool operator<(const Ranked& a, const Ranked& b) {
    return a.key != b.key ? a.key < b.key : a.person < b.person;
  }
};

std::size_t share_of(double share, std::size_t n) {
  return std::min(n, static_cast<std::size_t>(share * static_cast<double>(n) + 0.5));
}

/// The age classes of the shares: below 65, to 74, from 75.
using AgeClasses = std::array<std::vector<Ranked>, 3>;

// A table may say elderly without an age; the age drawn for the zone then says less.
std::vector<Ranked>& class_of_age(AgeClasses& classes, const Population& people, PersonId p) {
  const int age = people.age[p];
  if (age < 65) return classes[people.person_class[p] == PersonClass::elderly ? 1 : 0];
  return classes[age < 75 ? 1 : 2];
}

}  // namespace

void share_out_needs(Population& people, const PopulationModel& model, const Random& random) {
  people.needs_help.assign(people.size(), 0);
  AgeClasses classes;
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    const double later = people.person_class[p] == PersonClass::impaired ? 0 : 1;
    class_of_age(classes, people, p).push_back({later + random.uniform(kHelp, row), p});
  }
  const double share[] = {model.help_under_65, model.help_65, model.help_75};
  for (std::size_t c = 0; c < 3; ++c) {
    std::sort(classes[c].begin(), classes[c].end());
    const std::size_t count = share_of(share[c], classes[c].size());
    for (std::size_t i = 0; i < count; ++i) people.needs_help[classes[c][i].person] = 1;
  }
}

void share_out_licences(Population& people, const PopulationModel& model, const Random& random) {
  people.can_drive.assign(people.size(), 0);
  AgeClasses classes;
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    if (people.age[p] < kFullAge) continue;
    class_of_age(classes, people, p).push_back({random.uniform(kLicence, row), p});
  }
  const double share[] = {model.licence_18, model.licence_65, model.licence_75};
  const auto unfit = [&](const Ranked& r) {
    const PersonClass c = people.person_class[r.person];
    return people.needs_help[r.person] != 0 || c == PersonClass::impaired || c == PersonClass::child;
  };
  for (std::size_t c = 0; c < 3; ++c) {
    // holders are a share of all of that age; who is unfit to drive is taken as not holding one
    const std::size_t count = share_of(share[c], classes[c].size());
    std::erase_if(classes[c], unfit);
    std::sort(classes[c].begin(), classes[c].end());
    for (std::size_t i = 0; i < std::min(count, classes[c].size()); ++i)
      people.can_drive[classes[c][i].person] = 1;
  }
}

void share_out_cars(Population& people, const PopulationModel& model, const Random& random) {
  std::vector<Ranked> drivers;
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    if (people.can_drive[PersonId{row}])
      drivers.push_back({random.uniform(kCarOfDriver, row), PersonId{row}});
  }
  std::sort(drivers.begin(), drivers.end());
  const double wanted = model.cars_per_household * static_cast<double>(people.households.size());
  const auto cars = std::min(drivers.size(), static_cast<std::size_t>(wanted + 0.5));
  for (std::size_t i = 0; i < cars; ++i) {
    std::uint8_t& at_home = people.households.cars[people.household[drivers[i].person]];
    if (at_home < 255) ++at_home;
  }
}

}  // namespace chimata
