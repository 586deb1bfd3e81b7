/// What every process of a run may read and none may change.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/core/random.hpp"
#include "chimata/core/time.hpp"
#include "chimata/network/network.hpp"
#include "chimata/people/population.hpp"

namespace chimata {

/// A link that may not be entered for a while, by order (not by water). Sorted by (link, from).
struct Closure {
  LinkId link;
  Window when;
  ModeMask modes = kFoot | kBicycle | kCar;
};

/// Equidistant points along segments where fields are sampled: sample i of n covers [i/n, (i+1)/n) of the
/// length.
struct SegmentSamples {
  Column<SegmentId, std::uint32_t> offset;  ///< size segments + 1; rows of `point`
  std::vector<Point> point;                 ///< the middle of each sample's stretch
  [[nodiscard]] std::uint32_t count(SegmentId s) const { return offset[SegmentId{s.value + 1}] - offset[s]; }
};
/// Samples at most `spacing` metres apart, at least one per segment.
[[nodiscard]] SegmentSamples sample_segments(const Network& network, double spacing = 10.0);

/// The world of one run; shared by all runs of a scenario but for the seed.
struct World {
  std::shared_ptr<const Network> network;
  std::shared_ptr<const Population> people;
  std::shared_ptr<const SegmentSamples> samples;
  std::vector<Closure> closures;
  Random random{Seed{0}};
  Time end;  ///< the scenario's last moment
};

}  // namespace chimata
