/// A series from the two maps that hazard studies publish: greatest depth, and when the water arrives.
#pragma once

#include "chimata/hazard/flood.hpp"

namespace chimata {

/// Depth 0 until the arrival, then rising evenly to the greatest depth within `rise`, and staying there.
/// Frames come every `step`; between them the flood is linear as always.
///
/// This is a stand-in where no series exists: the real rise is neither even nor as long everywhere, and the
/// water never falls. Cells with a depth but no arrival (missing, negative) count as dry, and so do those
/// with an arrival but no depth.
/// @param arrival  s after the scenario's start, on the grid of `greatest`; empty: everything at the start
/// @throws InputError if the grids differ, or nothing is ever wet
[[nodiscard]] DepthSeries ramped_series(const Raster& greatest, const Raster& arrival, Duration rise,
                                        Duration step = Duration{300'000});

}  // namespace chimata
