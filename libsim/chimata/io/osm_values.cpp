#include <cctype>
#include <cstdlib>
#include <cstring>
#include <string>

#include "chimata/io/osm_tags.hpp"

namespace chimata::io {

namespace {

constexpr double kKmh = 1 / 3.6;
constexpr double kMph = 0.44704;
constexpr double kFeet = 0.3048;

// Reads the first number of a text, with point or comma, and moves behind it.
std::optional<double> take_number(const char*& at) {
  while (*at && !std::isdigit(static_cast<unsigned char>(*at))) ++at;
  if (!*at) return std::nullopt;
  std::string digits;
  for (; std::isdigit(static_cast<unsigned char>(*at)) ||
         ((*at == '.' || *at == ',') && std::isdigit(static_cast<unsigned char>(at[1])));
       ++at) {
    digits += *at == ',' ? '.' : *at;
  }
  while (*at == ' ') ++at;
  return std::atof(digits.c_str());
}

// Statutory limits behind "COUNTRY:place", in km/h. OSM wiki, Default speed limits (grade B); Japan: Road
// Traffic Act Enforcement Order, art. 11 and 27 (60 on ordinary roads, 100 on motorways).
std::optional<double> statutory(std::string_view country, std::string_view place) {
  const bool japan = country == "JP", germany = country == "DE", britain = country == "GB" || country == "UK";
  if (place.starts_with("zone")) place.remove_prefix(place.starts_with("zone:") ? 5 : 4);
  if (!place.empty() && std::isdigit(static_cast<unsigned char>(place.front())))
    return std::atof(std::string(place).c_str());
  if (place == "urban") return japan ? 60 : 50;
  if (place == "rural" || place == "trunk") return japan ? 60 : germany ? 100 : 90;
  if (place == "motorway") return japan ? 100 : 130;
  if (place == "living_street" || place == "walk") return germany ? 7 : 20;
  if (place == "bicycle_road") return 30;
  if (britain && place == "nsl_restricted") return 30 * kMph / kKmh;
  if (britain && place == "nsl_single") return 60 * kMph / kKmh;
  if (britain && place == "nsl_dual") return 70 * kMph / kKmh;
  return std::nullopt;
}

}  // namespace

std::optional<double> metres(const char* text) {
  if (!text) return std::nullopt;
  const auto number = take_number(text);
  if (!number) return std::nullopt;
  if (std::strncmp(text, "cm", 2) == 0) return *number / 100;
  if (std::strncmp(text, "mm", 2) == 0) return *number / 1000;
  if (std::strncmp(text, "km", 2) == 0) return *number * 1000;
  if (*text == '\'' || std::strncmp(text, "ft", 2) == 0 || std::strncmp(text, "feet", 4) == 0) {
    const double inches = *text == '\'' ? take_number(text).value_or(0) : 0;
    return *number * kFeet + inches * kFeet / 12;
  }
  if (*text == '"') return *number * kFeet / 12;
  return number;
}

std::optional<double> duration_seconds(std::string_view text) {
  double parts[3] = {};
  int count = 0;
  const bool iso = text.starts_with("PT");
  if (iso) text.remove_prefix(2);
  double total = 0;
  while (!text.empty()) {
    double number = 0;
    std::size_t digits = 0;
    while (digits < text.size() && digits < 6 && std::isdigit(static_cast<unsigned char>(text[digits])))
      number = number * 10 + (text[digits++] - '0');
    if (digits == 0) return std::nullopt;
    text.remove_prefix(digits);
    const char unit = text.empty() ? '\0' : text.front();
    if (!text.empty()) text.remove_prefix(1);
    if (iso) {
      if (unit != 'H' && unit != 'M' && unit != 'S') return std::nullopt;
      total += number * (unit == 'H' ? 3600 : unit == 'M' ? 60 : 1);
    } else {
      if ((unit != ':' && unit != '\0') || count == 3) return std::nullopt;
      parts[count++] = number;
    }
  }
  if (!iso) total = count == 1 ? parts[0] * 60 : parts[0] * 3600 + parts[1] * 60 + parts[2];
  return total > 0 ? std::optional(total) : std::nullopt;
}

std::optional<double> speed_limit(const char* text) {
  if (!text) return std::nullopt;
  const std::string_view all = text;
  if (all == "walk") return 7 * kKmh;    // Schrittgeschwindigkeit, upper bound of German case law (B)
  if (all == "none") return 130 * kKmh;  // German recommended speed (B)
  if (const auto colon = all.find(':');
      colon != std::string_view::npos && !std::isdigit(static_cast<unsigned char>(all.front()))) {
    const auto kmh = statutory(all.substr(0, colon), all.substr(colon + 1));
    return kmh ? std::optional(*kmh * kKmh) : std::nullopt;
  }
  if (!std::isdigit(static_cast<unsigned char>(all.front()))) return std::nullopt;  // "signals", "variable"
  const auto number = take_number(text);
  if (!number || *number <= 0) return std::nullopt;
  if (std::strncmp(text, "mph", 3) == 0) return *number * kMph;
  if (std::strncmp(text, "knots", 5) == 0) return *number * 0.514444;
  return *number * kKmh;
}

}  // namespace chimata::io
