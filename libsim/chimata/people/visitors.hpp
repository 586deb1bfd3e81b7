/// People from elsewhere.
#pragma once

#include "chimata/people/population.hpp"

namespace chimata {

/// The same people and, after them, `count` adults who live nowhere in the city and come and go by one node
/// of its streets (a station). Speeds are drawn as those of the residents.
[[nodiscard]] Population with_visitors(const Population& people, std::size_t count, Point at, NodeId node,
                                       Seed seed, const PopulationModel& model = {});

}  // namespace chimata
