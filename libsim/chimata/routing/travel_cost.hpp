/// What it costs to use a link: whole milliseconds, so that sums are exact and ties are real.
#pragma once

#include <cstdint>
#include <limits>

#include "chimata/core/id.hpp"

namespace chimata {

using Cost = std::uint32_t;                                        ///< ms
inline constexpr Cost kClosed = std::numeric_limits<Cost>::max();  ///< the link may not be used
using PathCost = std::uint64_t;                                    ///< ms
inline constexpr PathCost kUnreachable = std::numeric_limits<PathCost>::max();
using LinkCosts = Column<LinkId, Cost>;

}  // namespace chimata
