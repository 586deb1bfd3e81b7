/// Where a scenario's water comes from: the keys of `flood` that name files.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "chimata/geo/point.hpp"
#include "chimata/hazard/flood.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata {

/// A source as the document writes it; how it is read follows from its kind.
struct FloodSource {
  enum class Kind : std::uint8_t {
    rasters,   ///< depth rasters, one per moment
    netcdf,    ///< a NetCDF file by the CF conventions
    polygons,  ///< areas with a depth or a depth rank
    levels,    ///< water levels, less the city's terrain
    maximum    ///< a map of greatest depths, with or without a map of arrivals
  };
  Kind kind = Kind::rasters;
  std::string file;                                        ///< file or pattern, e.g. "flood/depth_*.tif"
  std::map<std::string, std::string, std::less<>> option;  ///< the other keys, by name
  std::vector<double> rank_edges;                          ///< m
  std::vector<Point> sources;                              ///< x = longitude, y = latitude
  std::string start;                                       ///< local date and time of the scenario's start
  FloodModel model;                                        ///< how the files become depths

  /// The value of a key; "" if it was not given.
  [[nodiscard]] std::string operator[](std::string_view key) const {
    const auto it = option.find(key);
    return it == option.end() ? std::string{} : it->second;
  }
};

/// Takes the source's keys out of the section `flood`, which keeps its parameters; `taken` gets them as they
/// are kept in the document.
/// @throws InputError if there is no source or more than one, or a key does not belong to it
[[nodiscard]] FloodSource take_flood_source(Json& section, Json& taken, const std::string& where);

/// Whether a key of `flood` names a file of this machine.
[[nodiscard]] bool names_flood_file(std::string_view key);

/// Adds the source's keys to the JSON Schema of the section `flood`.
void add_flood_source_schema(Json& section);

}  // namespace chimata
