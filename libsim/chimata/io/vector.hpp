/// Map layers: shapefile, GeoPackage, GeoJSON and whatever else GDAL reads.
///
/// Every layer must say its coordinate system (GeoJSON without one is WGS 84, RFC 7946) and is brought into
/// the city's. Axes are x = east or longitude first, whatever order an authority such as EPSG:6697
/// prescribes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chimata/city/city.hpp"
#include "chimata/io/places.hpp"
#include "chimata/network/network.hpp"

namespace chimata::io {

/// Which layer of a file, and where it lies.
struct LayerOptions {
  std::string crs;         ///< the city's coordinate system; required
  std::string layer;       ///< name of the layer in a file with several; "": the first
  std::string source_crs;  ///< used if the file does not say its own
};

/// Features with all attributes. Ids come from a field id (ID, gml_id, KEY_CODE), else count from 1. Features
/// of another geometry than the first one's, and those without any, are left out and noted.
/// @param name  what the layer is called in the city: "buildings", "ports", …
/// @throws InputError if the file is unreadable, has no coordinate system, or ids occur twice
[[nodiscard]] Features read_features(const std::string& path, const std::string& name,
                                     const LayerOptions& options, std::vector<Problem>* notes = nullptr);

/// The metric system that suits a layer: its own if that is one, else `metric_crs_for` its middle.
/// @throws InputError as `read_features`
[[nodiscard]] std::string metric_crs_of_layer(const std::string& path, const std::string& layer = "",
                                              const std::string& source_crs = "");

/// How to understand a layer of street lines. Field names "": the usual ones are tried.
struct StreetLineOptions {
  LayerOptions layer;
  double snap = 0.05;  ///< m, ends closer than this meet (C: half a decimetre is below any survey's width)
  std::string class_field;      ///< highway, class, fclass: values as in OSM
  std::string width_field;      ///< width, in metres
  std::string oneway_field;     ///< oneway: yes, no, -1, F, T, B; binds vehicles
  std::string direction_field;  ///< direction: two-way, north, east, south, west; binds everyone
  std::string name_field;       ///< name
  std::string id_field;         ///< id, osm_id
  // The following are read only where they are named.
  std::string speed_field;     ///< in `speed_unit`
  std::string lanes_field;     ///< of both directions together, or of the open one
  std::string capacity_field;  ///< vehicles/h in each open direction
  std::string modes_field;     ///< who may pass: foot, bicycle, car, separated by , ; or spaces
  std::string speed_unit = "km/h", width_unit = "m";
  /// What the source's values mean: {"1": "primary"} for classes as in OSM; yes, no, -1 for one-way streets;
  /// lists of foot, bicycle, car for modes. Values that are not in a map mean themselves.
  std::map<std::string, std::string> class_values, oneway_values, modes_values;
  RoadClass default_class = RoadClass::residential;
  std::optional<double> default_width;  ///< m; none: by class
};

/// A network from lines that meet at their ends, or where an end lies on another line's vertex. Lines that
/// merely cross do not meet.
[[nodiscard]] Network read_street_lines(const std::string& path, const StreetLineOptions& options,
                                        std::vector<Problem>* notes = nullptr);

/// Shelters from points or polygons; attributes as in `read_shelters_csv`, and those of 国土数値情報 P20.
[[nodiscard]] Shelters read_shelters_layer(const std::string& path, const PlaceOptions& options,
                                           const LayerOptions& layer, std::vector<Problem>* notes = nullptr);

/// Zones from polygons. Attributes: id, name, population, share_0_14, share_65_74, share_75_plus,
/// impaired_share, warning_area; of the census' small areas (e-Stat) KEY_CODE, S_NAME, JINKO. Shares that are
/// missing are the nation's (2020 census: 0.119, 0.139, 0.147; grade B) and 0.05 impaired (C), and noted.
[[nodiscard]] Zones read_zones(const std::string& path, const LayerOptions& layer,
                               std::vector<Problem>* notes = nullptr);

/// Where people live: points or polygons (at their centroid), with a head count or one person each.
/// @param areas  if given, filled with the polygon of every row of a hectare or more (a census cell, no
/// house),
///               without rings for the others
[[nodiscard]] Residences read_residences_layer(const std::string& path, const PlaceOptions& options,
                                               const LayerOptions& layer,
                                               std::vector<Problem>* notes = nullptr,
                                               std::vector<Polygon>* areas = nullptr);

/// The same from features already read; features without a positive count are left out.
[[nodiscard]] Residences residences_of(const Features& features, const std::string& count_column);

}  // namespace chimata::io
