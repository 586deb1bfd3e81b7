/// Who needs help, who drives, who has a car; private to this room.
#pragma once

#include "chimata/people/population.hpp"

namespace chimata {

/// Marks who cannot leave without help: the model's share of each age class to within one person, people who
/// walk with difficulty first. Raising a share keeps everybody marked before.
void share_out_needs(Population& people, const PopulationModel& model, const Random& random);

/// Marks who drives: the model's share of licence holders in each age class from 18 to within one person, but
/// nobody who is a child, walks with difficulty or needs help.
void share_out_licences(Population& people, const PopulationModel& model, const Random& random);

/// Gives cars to drivers, one each, until there are as many per household as the model says or every driver
/// has one. Needs the households.
void share_out_cars(Population& people, const PopulationModel& model, const Random& random);

}  // namespace chimata
