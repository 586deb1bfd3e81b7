/// Percentiles of what was measured.
#pragma once

#include <vector>

namespace chimata {

/// Nearest-rank percentile of `values` in any order (share in 0..1): the least value that at least this share
/// does not exceed. NaN values count as absent; NaN if there are none.
[[nodiscard]] double percentile(std::vector<double> values, double share);

}  // namespace chimata
