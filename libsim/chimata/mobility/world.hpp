/// What every process of a run may read and none may change.
#pragma once

#include <cstdint>
#include <memory>
#include <tuple>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/core/random.hpp"
#include "chimata/core/time.hpp"
#include "chimata/mobility/focus_area.hpp"
#include "chimata/network/network.hpp"
#include "chimata/people/population.hpp"

namespace chimata {

/// A link that may not be entered for a while, by order (not by water). Sorted by (link, from).
struct Closure {
  LinkId link;
  Window when;
  ModeMask modes = kFoot | kBicycle | kCar;
  bool wait = false;  ///< a gate: people on foot wait before it and look for no other way
};

/// A link that carries vehicles differently for a while: road works, an accident, lanes turned round
/// (contraflow), a gate. Changes of one link that overlap in time multiply and add up. Sorted by (link,
/// from).
struct LinkChange {
  LinkId link;
  Window when;
  float capacity_factor = 1;  ///< of the flow through the link's end; 0 lets nobody out
  float speed_factor = 1;     ///< of the free speed, above 0
  int lanes = 0;  ///< lanes added, or taken away where negative; a link without lanes takes nobody in
};

/// The order of closures, and of changes of links.
inline constexpr auto kByLinkAndTime = [](const auto& a, const auto& b) {
  return std::tie(a.link, a.when.from) < std::tie(b.link, b.when.from);
};

/// What an area closes while people fill it: streets inside it to everybody else, and those that lead through
/// its gates to vehicles. Sorted as above.
[[nodiscard]] std::vector<Closure> closures_of(const FocusArea& area, Window when);

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
  std::vector<LinkChange> link_changes;
  std::vector<FocusArea> areas;  ///< where people move in the plane
  Random random{Seed{0}};
  Time end;  ///< the scenario's last moment
};

}  // namespace chimata
