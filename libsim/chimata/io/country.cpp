#include "chimata/io/country.hpp"

#include <algorithm>
#include <array>

#include "chimata/io/crs.hpp"

namespace chimata::io {

namespace {

constexpr double kKmh = 1 / 3.6, kMph = 0.44704;

// Speeds: Road Traffic Act Enforcement Order, art. 11 (60 km/h; 30 km/h on roads without centre line or
// lanes since 1 September 2026) and art. 27 (100 km/h on motorways). Lanes: most national and prefectural
// roads have one per direction (Road Statistics Annual Report; C). Widths on foot: Road Structure Ordinance,
// art. 11 (pavements of 2 m, both sides), art. 5 (carriageway 4 m on the smallest class, lanes of 2.75 m on
// rural class 3-4), used where people share the carriageway.
RoadCustom japan(RoadClass c) {
  switch (c) {
    case RoadClass::motorway:
      return {100 * kKmh, 2, {}};
    case RoadClass::trunk:
      return {60 * kKmh, 2, 4.0};
    case RoadClass::primary:
    case RoadClass::secondary:
      return {60 * kKmh, 1, 4.0};
    case RoadClass::tertiary:
      return {60 * kKmh, 1, 4.0};
    case RoadClass::unclassified:
      return {30 * kKmh, 1, 5.5};
    case RoadClass::residential:
    case RoadClass::living_street:
      return {30 * kKmh, 1, 4.0};
    case RoadClass::service:
      return {30 * kKmh, 1, {}};
    default:
      return {};
  }
}

// StVO § 3 (50 km/h in towns, 100 km/h outside), the recommended 130 km/h of the
// Autobahn-Richtgeschwindigkeits-Verordnung, and walking speed in living streets (sign 325.1; 7 km/h).
RoadCustom germany(RoadClass c) {
  switch (c) {
    case RoadClass::motorway:
      return {130 * kKmh, 2, {}};
    case RoadClass::trunk:
      return {100 * kKmh, 2, {}};
    case RoadClass::primary:
    case RoadClass::secondary:
    case RoadClass::tertiary:
    case RoadClass::unclassified:
    case RoadClass::residential:
      return {50 * kKmh, 1, {}};
    case RoadClass::living_street:
      return {7 * kKmh, 1, {}};
    default:
      return {};
  }
}

// Uniform Vehicle Code § 11-802: 30 mph in urban districts, 55 mph elsewhere; 25 mph in residential districts
// (California Vehicle Code § 22352, and most other states); 65 mph as the commonest limit of urban freeways
// (C).
RoadCustom united_states(RoadClass c) {
  switch (c) {
    case RoadClass::motorway:
      return {65 * kMph, 2, {}};
    case RoadClass::trunk:
      return {55 * kMph, 2, {}};
    case RoadClass::primary:
      return {30 * kMph, 2, {}};
    case RoadClass::secondary:
    case RoadClass::tertiary:
    case RoadClass::unclassified:
      return {30 * kMph, 1, {}};
    case RoadClass::residential:
      return {25 * kMph, 1, {}};
    default:
      return {};
  }
}

// Highway Code, rule 124: 30 mph in built-up areas, 60 on single carriageways, 70 on motorways.
RoadCustom united_kingdom(RoadClass c) {
  switch (c) {
    case RoadClass::motorway:
      return {70 * kMph, 3, {}};
    case RoadClass::trunk:
      return {60 * kMph, 1, {}};
    case RoadClass::primary:
    case RoadClass::secondary:
    case RoadClass::tertiary:
    case RoadClass::unclassified:
    case RoadClass::residential:
      return {30 * kMph, 1, {}};
    default:
      return {};
  }
}

}  // namespace

RoadCustom road_custom(std::string_view country, RoadClass road_class) {
  if (country == "JP") return japan(road_class);
  if (country == "DE") return germany(road_class);
  if (country == "US") return united_states(road_class);
  if (country == "GB") return united_kingdom(road_class);
  return {};
}

bool knows_country(std::string_view country) {
  return country == "JP" || country == "DE" || country == "US" || country == "GB";
}

bool drives_left(std::string_view country) {
  static constexpr std::array<std::string_view, 14> left = {"JP", "GB", "IE", "AU", "NZ", "IN", "TH",
                                                            "SG", "HK", "ID", "MY", "ZA", "KE", "LK"};
  return std::find(left.begin(), left.end(), country) != left.end();
}

std::string country_at(double lon, double lat) {
  return japanese_zone(lon, lat) ? "JP" : "";
}

}  // namespace chimata::io
