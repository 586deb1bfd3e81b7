/// A city from its files.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chimata/city/city.hpp"
#include "chimata/city/spread.hpp"
#include "chimata/core/error.hpp"
#include "chimata/io/osm.hpp"
#include "chimata/io/roads.hpp"
#include "chimata/io/vector.hpp"

namespace chimata::io {

/// Which files make a city. Everything but the streets may be missing ("").
struct CityPlan {
  std::string name;
  std::string crs;        ///< metric; "": chosen from where the streets are
  std::string time_zone;  ///< IANA name; "": Asia/Tokyo where the plane rectangular zones apply, else unknown
  std::vector<std::string> licences;

  std::string osm;                 ///< streets from OpenStreetMap, or
  std::string street_lines;        ///< streets from a line layer,
  StreetLineOptions line_options;  ///< and how to understand it (its coordinate system is filled in)
  OsmOptions osm_options;
  std::string roads;                           ///< or streets from a file of a transport model,
  RoadFormat roads_format = RoadFormat::sumo;  ///< one of gmns, matsim, tntp, sumo
  RoadOptions road_options;

  std::string terrain;                      ///< raster of heights, m
  std::string shelters;                     ///< CSV or layer
  std::string zones;                        ///< polygon layer
  std::string residences;                   ///< CSV or layer of homes with head counts
  SpreadLaw spread = SpreadLaw::automatic;  ///< where the people of census cells are put
  std::string residents_column;  ///< head count of `residences`, or of `buildings` if there are no residences
  std::string buildings;         ///< polygon layer; becomes the layer "buildings"
  std::map<std::string, std::string> layers;  ///< other layers: name, file
  std::string flood;                          ///< pattern of depth rasters, for scenarios; not read here

  std::optional<std::uint32_t> default_capacity;  ///< of shelters without a figure
  std::string source_crs;                         ///< of files that do not say their own
};

/// Reads a city's plan from a YAML file, or from town.yaml or city.yaml in a folder. Keys: name, crs,
/// time_zone, licence(s), population, and, at the top or below `files`, streets, terrain, shelters, zones,
/// buildings, residences, flood; every other key below `files` or `layers` names a layer. Paths are relative
/// to the file; ${NAME} in one is the environment variable NAME. Of an entry the long form is a map: {file:
/// …, default_capacity: …, residents_column: …, spread: …, crs: …, width_field: …}. Streets may say their
/// format (osm, lines, gmns, matsim, tntp, sumo), which is otherwise recognised by extension and content, and
/// their options; docs/howto/streets.md lists them.
/// @throws InputError for anything missing or unknown
[[nodiscard]] CityPlan read_city_plan(const std::string& path);

/// The same from YAML or JSON text; paths are relative to the working directory.
[[nodiscard]] CityPlan parse_city_plan(const std::string& text);

/// Told before each step with the share that is done; returns false to stop.
using ImportProgress = std::function<bool(const Progress&)>;

/// Reads all files of a plan, chooses the coordinate system, lays the streets on the terrain, and finds each
/// home's zone. What the readers had to decide is in `import_notes`.
/// @throws InputError for the first file that is wrong; Cancelled
[[nodiscard]] City import_city(const CityPlan& plan, const ImportProgress& progress = {});

}  // namespace chimata::io
