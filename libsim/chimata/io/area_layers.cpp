#include "chimata/io/area_layers.hpp"

#include "chimata/core/error.hpp"
#include "chimata/io/area_pieces.hpp"

namespace chimata::io {

namespace {

Features read(const std::string& path, const std::string& name, const LayerOptions& options, Geometry kind,
              const std::string& fix, std::vector<Problem>* notes) {
  Features features = read_features(path, name, options, notes);
  const char* wanted = kind == Geometry::line ? "lines" : "polygons";
  if (features.geometry != kind) throw InputError(features.source, std::string("holds no ") + wanted, fix);
  return features;
}

}  // namespace

std::vector<Polygon> read_area_layer(const std::string& path, const LayerOptions& options,
                                     std::vector<Problem>* notes) {
  const Features features = read(path, "area", options, Geometry::polygon,
                                 "give the area where people can walk as polygons", notes);
  std::vector<Polygon> pieces;
  for (const Polygon& shape : features.shape) {
    const auto more = detail::pieces_of(shape);
    pieces.insert(pieces.end(), more.begin(), more.end());
  }
  return detail::joined_pieces(pieces, features.source);
}

std::vector<Gate> read_gates(const std::string& path, const LayerOptions& options,
                             std::vector<Problem>* notes) {
  const Features features =
      read(path, "gates", options, Geometry::line, "draw each gate as a straight line", notes);
  std::vector<Gate> gates;
  for (std::size_t i = 0; i < features.size(); ++i) {
    const auto& parts = features.shape[i].rings;
    if (parts.size() != 1 || parts.front().size() != 2)
      throw InputError(features.source + ", gate " + features.id[i], "is no straight line between two points",
                       "draw it straight across the passage, or as several gates");
    const std::string closed = features.text("closed", i);
    gates.push_back({features.id[i],
                     {parts.front()[0], parts.front()[1]},
                     closed == "1" || closed == "yes" || closed == "true"});
  }
  return gates;
}

std::vector<SpeedZone> read_speed_zones(const std::string& path, const LayerOptions& options,
                                        std::vector<Problem>* notes) {
  const Features features = read(path, "speed zones", options, Geometry::polygon,
                                 "draw the zones where people are slower as polygons", notes);
  std::vector<SpeedZone> zones;
  for (std::size_t i = 0; i < features.size(); ++i) {
    const auto factor = features.number("speed_factor", i);
    const std::string where = features.source + ", zone " + features.id[i];
    if (!factor)
      throw InputError(where, "has no speed_factor",
                       "give the share of the free speed that is left, like 0.6");
    if (!(*factor > 0))
      throw InputError(where, "has the speed_factor " + features.text("speed_factor", i), "give one above 0");
    zones.push_back({features.id[i], features.shape[i], *factor});
  }
  return zones;
}

}  // namespace chimata::io
