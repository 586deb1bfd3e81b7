/// What is usual on a country's roads where a map is silent.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chimata/network/network.hpp"

namespace chimata::io {

/// Usual values of one class of road; what is missing is `defaults_of` the class.
struct RoadCustom {
  std::optional<double> speed;  ///< m/s
  std::optional<int> lanes;     ///< per direction
  std::optional<double> width;  ///< m usable on foot
};

/// Customs of Japan (JP), Germany (DE), the United States (US) and the United Kingdom (GB).
[[nodiscard]] RoadCustom road_custom(std::string_view country, RoadClass road_class);
/// Whether there are customs for a country: ISO 3166-1 code of two letters.
[[nodiscard]] bool knows_country(std::string_view country);
/// Whether vehicles keep to the left there.
[[nodiscard]] bool drives_left(std::string_view country);
/// The country at a place, as far as it is known without a map of borders: "JP", or "".
[[nodiscard]] std::string country_at(double lon, double lat);

}  // namespace chimata::io
