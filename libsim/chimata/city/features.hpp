/// A layer of named things on the map: buildings, ports, stops, areas, water.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata {

enum class Geometry : std::uint8_t { point, line, polygon };

/// One attribute of every feature; NaN or "" where it is missing.
struct Attribute {
  std::string name;
  std::variant<std::vector<double>, std::vector<std::string>> values;
};

/// Features of one kind with their attributes, as read from one file. Coordinates are the city's.
struct Features {
  std::string layer;   ///< "buildings", "ports", …
  std::string source;  ///< the file it came from
  std::string licence;
  Geometry geometry = Geometry::point;
  std::vector<std::string> id;    ///< unique within the layer
  std::vector<std::string> name;  ///< for people; may be empty
  std::vector<Polygon> shape;     ///< a point: one ring of one point; a line: its parts as rings
  std::vector<Attribute> attributes;

  [[nodiscard]] std::size_t size() const { return id.size(); }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view wanted) const;
  /// Representative point: the point itself, a line's middle, a polygon's centroid.
  [[nodiscard]] Point place(std::size_t row) const;
  /// Numeric attribute `key` of a row; none if the layer lacks it or the value is missing.
  [[nodiscard]] std::optional<double> number(std::string_view key, std::size_t row) const;
  /// Text attribute, or the number written out; "" if there is none.
  [[nodiscard]] std::string text(std::string_view key, std::size_t row) const;
};

}  // namespace chimata
