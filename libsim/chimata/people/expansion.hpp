/// Whole people from fractional counts; private to this room.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/core/random.hpp"

namespace chimata {

/// Whole numbers for the rows of an expanded survey by systematic sampling: they add up to the rounded sum of
/// `counts`, each is within one of its count, and rows of equal fractions win in turn, evenly along the
/// table, not the first ones. Whole counts come back unchanged. One draw decides for the table.
[[nodiscard]] std::vector<std::size_t> expand(std::span<const double> counts, const Random& random);

}  // namespace chimata
