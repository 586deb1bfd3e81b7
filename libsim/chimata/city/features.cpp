#include "chimata/city/features.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace chimata {

std::optional<std::size_t> Features::find(std::string_view wanted) const {
  const auto it = std::find(id.begin(), id.end(), wanted);
  if (it == id.end()) return std::nullopt;
  return static_cast<std::size_t>(it - id.begin());
}

Point Features::place(std::size_t row) const {
  const Polygon& s = shape[row];
  if (s.rings.empty() || s.rings.front().empty()) return {};
  switch (geometry) {
    case Geometry::point:
      return s.rings.front().front();
    case Geometry::line:
      return point_along(s.rings.front(), 0.5);
    case Geometry::polygon:
      return s.centroid();
  }
  return {};
}

namespace {
const Attribute* attribute(const Features& features, std::string_view key) {
  for (const auto& a : features.attributes) {
    if (a.name == key) return &a;
  }
  return nullptr;
}
}  // namespace

std::optional<double> Features::number(std::string_view key, std::size_t row) const {
  const Attribute* a = attribute(*this, key);
  if (!a) return std::nullopt;
  const auto* numbers = std::get_if<std::vector<double>>(&a->values);
  if (!numbers || std::isnan((*numbers)[row])) return std::nullopt;
  return (*numbers)[row];
}

std::string Features::text(std::string_view key, std::size_t row) const {
  const Attribute* a = attribute(*this, key);
  if (!a) return {};
  if (const auto* texts = std::get_if<std::vector<std::string>>(&a->values)) return (*texts)[row];
  const double value = std::get<std::vector<double>>(a->values)[row];
  if (std::isnan(value)) return {};
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.15g", value);
  return buffer;
}

}  // namespace chimata
