/// Who lives together; private to this room.
#pragma once

#include <vector>

#include "chimata/people/population.hpp"

namespace chimata {

/// Age from which someone can live alone, head a household and drive: full age (成年, 18 since April 2022).
inline constexpr int kFullAge = 18;

/// Puts the people of every residence (consecutive people with one home) into households and returns each
/// person's household, numbered by its first member.
///
/// The number of households follows the mean size, their sizes the model's shares by systematic sampling,
/// adjusted so that they add up to the people there. Of the elderly the model's shares live alone and as
/// couples as far as there are such households; minors fill the larger households, which a grown person
/// heads. Where only minors were drawn they join a household of the nearest residence of the list.
[[nodiscard]] std::vector<HouseholdId> group_into_households(const Population& people,
                                                             const PopulationModel& model,
                                                             const Random& random);

/// Makes the table of households from each person's household (numbers without gaps). Its dwelling is the
/// home of its first grown member; cars, floors and supplies are 0.
void assemble_households(Population& people, const std::vector<HouseholdId>& household);

}  // namespace chimata
