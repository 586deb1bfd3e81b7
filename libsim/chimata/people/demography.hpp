/// Ages, classes and speeds of people, shared out by zone; private to this room.
#pragma once

#include <vector>

#include "chimata/people/population.hpp"

namespace chimata {

/// Gives everyone an age so that each zone's shares by age hold to within one person.
void share_out_ages(Population& people, const Zones& zones, const Random& random);

/// Marks who walks with difficulty: each zone's share to within one person, the old first by the model's
/// weights.
[[nodiscard]] std::vector<std::uint8_t> share_out_impairments(const Population& people, const Zones& zones,
                                                              const PopulationModel& model,
                                                              const Random& random);

/// The class that follows from age and impairment: impaired, else child below 15, elderly from 65, else
/// adult.
[[nodiscard]] PersonClass class_of(int age, bool impaired);

/// Free speed of one person in m/s: normal with the class's mean and the adults' coefficient of variation,
/// cut at three standard deviations, never below `slowest`.
[[nodiscard]] double free_speed_of(const PopulationModel& model, PersonClass person_class, PersonId person,
                                   const Random& random);

/// Classes and speeds of people whose ages are known.
void set_classes_and_speeds(Population& people, const Zones& zones, const PopulationModel& model,
                            const Random& random);

/// The way from a home to the streets. @throws InputError if no street is open to people on foot
[[nodiscard]] AccessPoint require_way(const AccessPoint& access);

}  // namespace chimata
