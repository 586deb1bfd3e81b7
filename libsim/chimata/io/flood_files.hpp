/// Floods from files other than depth rasters: NetCDF, polygons with depth ranks, water levels.
///
/// All give a `DepthSeries` in the city's coordinates. What a file does not say (how a rank becomes a depth,
/// on which grid polygons lie) is a parameter of the flood model, so that it stands on the assumption sheet.
#pragma once

#include <string>
#include <vector>

#include "chimata/hazard/flood.hpp"
#include "chimata/hazard/water_level.hpp"
#include "chimata/io/raster.hpp"

namespace chimata::io {

/// What the times of a NetCDF file count from.
enum class NetcdfTime : std::uint8_t {
  elapsed,   ///< the moment behind "since" is the scenario's start
  calendar,  ///< dates, read as the city's local time
  first      ///< the first frame is at the scenario's start
};

/// A NetCDF file by the CF conventions with dimensions (time, y, x) on a regular grid.
struct NetcdfFile {
  std::string path;
  std::string variable;  ///< depth; "": depth, water_depth, waterdepth, h, inundation_depth are tried
  std::string velocity;  ///< speed, or two components "u,v"; "": unknown
  NetcdfTime time = NetcdfTime::elapsed;
  std::string start;                    ///< local date and time of the scenario's start, for `calendar`
  std::string crs;                      ///< used if the file does not say its own
  std::string what = "depth";           ///< for messages
  std::vector<std::string> usual = {};  ///< names tried in place of those of depth
};
/// @throws InputError for a file without such a variable, times without units, an irregular grid, no value at
/// all
[[nodiscard]] DepthSeries read_netcdf_depths(const NetcdfFile& file, const std::string& city_crs,
                                             const Box& city);

/// Polygons with a depth or a depth rank each.
struct DepthPolygons {
  DepthFiles files;                ///< one file, or one per moment
  bool timed = false;              ///< file names tell times; else there is one file
  std::string time_field;          ///< field with the moment, counted as `files.time` says; "": none
  std::string depth_field;         ///< m; "": depth, 浸水深 and the like are tried
  std::string rank_field;          ///< code or text; "": A31_001, A31a_205, rank and the like are tried
  std::string velocity_field;      ///< m/s; "": unknown
  std::string layer;               ///< of a file with several
  std::vector<double> rank_edges;  ///< m, of a scheme of its own (see `rank_of_code`)
  RankBound bound = RankBound::upper;
  double cell = 5;  ///< m
};
/// The deepest polygon that covers a cell's centre counts. One file without times floods from the start on.
/// A depth field goes before a rank field.
/// @throws InputError for layers without depth or rank, unknown ranks, moments that are no numbers
[[nodiscard]] DepthSeries read_polygon_depths(const DepthPolygons& polygons, const std::string& city_crs,
                                              const Box& city);

/// Water levels over time from a table. Columns: level (水位), and one of seconds, minutes, hours (after the
/// scenario's start) or time (時刻, HH:MM, the start within 12 hours); for several gauges lon and lat.
/// @throws InputError for rows without a figure, times that do not ascend, gauges that lack a moment
[[nodiscard]] Hydrograph read_hydrograph(const std::string& path, const std::string& city_crs,
                                         Duration start_of_day);

}  // namespace chimata::io
