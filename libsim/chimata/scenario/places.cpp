#include "chimata/scenario/places.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/text.hpp"

namespace chimata {

namespace {

constexpr double kFarthest = 50'000;  // m from the streets

}  // namespace

NamedThing named_thing(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return {"", text};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

NamedFeature feature_of(const std::string& text, const City& city, const std::string& where) {
  const NamedThing wanted = named_thing(text);
  std::vector<std::string> places;
  for (const auto& [layer, features] : city.layers) {
    const std::string kind = layer.ends_with('s') ? layer.substr(0, layer.size() - 1) : layer;
    if (wanted.kind == kind || wanted.kind == layer) {
      if (const auto row = features.find(wanted.id)) return {&features, *row};
    }
    for (std::size_t row = 0; row < std::min<std::size_t>(features.size(), 2000); ++row) {
      if (!features.name[row].empty()) places.push_back(kind + ":" + features.id[row]);
    }
  }
  const std::string hint = did_you_mean(text, places);
  throw InputError(where, text + " not found in the city's layers",
                   hint.empty() ? "there are " + listed(places) : hint);
}

Point place_of(const Json& to, const City& city,
               const std::function<Point(double longitude, double latitude)>& locate,
               const std::string& where) {
  if (to.is_array() && to.size() == 2 && to[0].is_number() && to[1].is_number()) {
    const double lon = to[0].get<double>(), lat = to[1].get<double>();
    if (std::fabs(lat) > 90 || std::fabs(lon) > 180)
      throw InputError(where, to.dump() + " is no longitude and latitude",
                       std::fabs(lon) <= 90 && std::fabs(lat) <= 180
                           ? "they look swapped: write longitude first"
                           : "give degrees, longitude first");
    if (!locate) throw InputError(where, "places by longitude and latitude cannot be resolved here");
    const Point at = locate(lon, lat);
    const Box near = city.network.box().widened(kFarthest);
    if (near.empty() || near.contains(at) || std::fabs(lon) > 90 || !near.contains(locate(lat, lon)))
      return at;
    throw InputError(where, to.dump() + " lies more than 50 km from the city's streets",
                     "they look swapped: write longitude first");
  }
  if (!to.is_string())
    throw InputError(where, to.dump() + " is no place",
                     "give [longitude, latitude] or a place such as area:hill");
  const NamedFeature feature = feature_of(to.get<std::string>(), city, where);
  return feature.layer->place(feature.row);
}

std::vector<double> numbers_in(const std::string& text) {
  std::vector<double> numbers;
  const char* rest = text.c_str();
  for (;;) {
    char* end = nullptr;
    const double value = std::strtod(rest, &end);
    if (end == rest || !std::isfinite(value)) return {};
    numbers.push_back(value);
    while (*end == ' ' || *end == ',') ++end;
    if (*end == '\0') return numbers;
    rest = end;
  }
}

Point place_written(const std::string& text, const City& city,
                    const std::function<Point(double longitude, double latitude)>& locate,
                    const std::string& where) {
  const std::vector<double> degrees = numbers_in(text);
  return place_of(degrees.size() == 2 ? Json(degrees) : Json(text), city, locate, where);
}

}  // namespace chimata
