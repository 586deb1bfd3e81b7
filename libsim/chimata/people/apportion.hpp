/// Whole numbers in proportion to weights.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chimata {

/// Shares `total` out in proportion to `weights` by largest remainders (Hamilton's method): the parts add up
/// to `total`, each within one of its exact share; equal remainders go to the first. Weights that are not
/// positive get nothing; if none is positive, all parts are 0.
[[nodiscard]] std::vector<std::size_t> apportion(std::span<const double> weights, std::size_t total);

}  // namespace chimata
