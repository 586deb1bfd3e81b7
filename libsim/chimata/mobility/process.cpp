#include "chimata/mobility/process.hpp"

#include <cmath>

#include "chimata/mobility/world.hpp"

namespace chimata {

std::string_view name_of(PersonState state) {
  static constexpr std::string_view names[] = {"home",      "preparing", "travelling", "waiting",
                                               "sheltered", "stranded",  "cut_off",    "caught_at_home",
                                               "upstairs",  "casualty",  "visiting"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(Event::Kind kind) {
  static constexpr std::array<std::string_view, Event::kKinds> names = {
      "state change", "warned",     "redirected", "turned back", "squeezed into a full street",
      "told",         "chose mode", "left car",   "helped",      "gridlocked"};
  return names[static_cast<std::size_t>(kind)];
}

SegmentSamples sample_segments(const Network& network, double spacing) {
  SegmentSamples samples;
  samples.offset.push_back(0);
  for (std::uint32_t s = 0; s < network.segment_count(); ++s) {
    const auto n =
        static_cast<std::uint32_t>(std::max(1.0, std::ceil(network.length[SegmentId{s}] / spacing)));
    for (std::uint32_t i = 0; i < n; ++i) {
      samples.point.push_back(point_along(network.shape(SegmentId{s}), (i + 0.5) / n));
    }
    samples.offset.push_back(static_cast<std::uint32_t>(samples.point.size()));
  }
  return samples;
}

}  // namespace chimata
