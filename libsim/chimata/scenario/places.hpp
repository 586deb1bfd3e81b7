/// Places that a scenario names.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "chimata/city/city.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata {

/// "shelter:S01" in its two parts; a word without colon is an id without kind.
struct NamedThing {
  std::string kind, id;
};
[[nodiscard]] NamedThing named_thing(const std::string& text);

/// A feature of the city's layers, by the layer's name or its singular.
struct NamedFeature {
  const Features* layer;
  std::size_t row;
};
/// "area:hill" or "building:city_hall". @throws InputError at `where` with the nearest name
[[nodiscard]] NamedFeature feature_of(const std::string& text, const City& city, const std::string& where);

/// [longitude, latitude] or a feature's place, in the city's coordinates.
/// @throws InputError at `where` if it is neither, or degrees cannot be resolved
[[nodiscard]] Point place_of(const Json& to, const City& city,
                             const std::function<Point(double longitude, double latitude)>& locate,
                             const std::string& where);

/// The numbers of "134.84, 34.76, 4"; empty if it holds anything else.
[[nodiscard]] std::vector<double> numbers_in(const std::string& text);

/// A place in one text: "longitude, latitude", "area:hill" or "building:city_hall".
/// @throws InputError as `place_of`
[[nodiscard]] Point place_written(const std::string& text, const City& city,
                                  const std::function<Point(double longitude, double latitude)>& locate,
                                  const std::string& where);

}  // namespace chimata
