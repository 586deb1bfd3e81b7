/// Where the people of every district lose time on the streets.
#pragma once

#include <cstdint>

#include "chimata/core/table.hpp"
#include "chimata/network/network.hpp"
#include "chimata/people/population.hpp"

namespace chimata {

/// The `most` segments on which each zone's people lost most time, worst first: zone, segment, persons,
/// delay_s (all together, longer than at their own free speed on a dry and empty street). Segments that cost
/// less than `least` s are no jams. People outside all zones are left out.
/// @param tables  of a run, with "entries" and "legs"; without them the result is empty
[[nodiscard]] Table jams_by_zone(const TableSet& tables, const Network& network, const Population& people,
                                 std::size_t zones, std::size_t most = 3, double least = 60);

}  // namespace chimata
