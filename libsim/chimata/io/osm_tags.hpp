/// Private to io: what the tags of OpenStreetMap mean for us.
#pragma once

#include <osmium/osm/tag.hpp>

#include <optional>
#include <string>

#include "chimata/io/osm.hpp"

namespace chimata::io {

/// A street as its tags describe it.
struct StreetTags {
  RoadClass road_class = RoadClass::residential;
  std::uint8_t flags = 0;
  bool area = false;
  std::string name;
  std::optional<double> width, speed;                     // m on foot, m/s
  std::optional<ModeMask> modes_forward, modes_backward;  // none: as usual for the class
  std::optional<int> lanes_forward, lanes_backward;
  std::optional<double> duration;  // s, of a ferry from end to end
};

/// A crossing by boat, from route=ferry; none if this is none, or closed to everyone.
[[nodiscard]] std::optional<StreetTags> ferry_tags(const osmium::TagList& tags, const OsmOptions& options);

/// Seconds from "01:30", "00:05:30", "PT1H30M", "45" (minutes); none if it is no duration.
[[nodiscard]] std::optional<double> duration_seconds(std::string_view text);

/// None if this is no street, or closed to everyone.
[[nodiscard]] std::optional<StreetTags> street_tags(const osmium::TagList& tags, const OsmOptions& options);

/// Whom a node stops: bollards cars, walls everyone, as its own access tags have it.
[[nodiscard]] ModeMask stopped_by(const osmium::TagList& node);

/// Metres from "3.5", "3,5 m", "350 cm", "12'6\"", "5.5m〜13.0m" (the lower bound); none if there is no
/// number.
[[nodiscard]] std::optional<double> metres(const char* text);

/// m/s from "50", "30 mph", "walk", "none", "DE:urban", "JP:zone30"; none if it says nothing usable.
[[nodiscard]] std::optional<double> speed_limit(const char* text);

}  // namespace chimata::io
