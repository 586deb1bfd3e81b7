/// Terrain and water depth from rasters: GeoTIFF, ESRI ASCII grid and whatever else GDAL reads.
#pragma once

#include <string>
#include <vector>

#include "chimata/core/time.hpp"
#include "chimata/geo/raster.hpp"
#include "chimata/hazard/flood.hpp"

namespace chimata::io {

/// First band of a raster in the city's coordinates; missing values are NaN. A raster in another coordinate
/// system, or not north up, is resampled (bilinear). Without a system of its own (.prj for ASCII) it takes
/// `fallback_crs`.
/// @param city  if not empty, a raster that does not meet this box is refused
[[nodiscard]] Raster read_raster(const std::string& path, const std::string& city_crs,
                                 const std::string& fallback_crs = "", const Box& city = {});

/// How a file's name tells its time: the last number in it.
enum class FrameTime : std::uint8_t {
  clock,    ///< HHMM, time of day: depth_0230.tif
  seconds,  ///< after the scenario's start: 120.asc
  minutes,
  hours
};

/// Which rasters make a series of depths.
struct DepthFiles {
  std::vector<std::string> patterns;  ///< paths, or patterns with * ? [ ]
  FrameTime time = FrameTime::clock;
  Duration start_of_day{0};  ///< time of day at which the scenario starts, for `clock`
  std::string crs;           ///< of rasters that do not say their own
  std::vector<std::string> velocity =
      {};                      ///< patterns of rasters of speed (m/s), one per depth raster; none: unknown
  std::string what = "depth";  ///< for messages
};

/// Depths in metres at the times the names tell. Clock times form one series that may cross midnight: it is
/// cut at its longest pause, and begins within 12 hours of the scenario's start. ASCII grids without a .prj
/// of their own take any.prj or the only .prj in their folder. Missing depths are dry.
/// @throws InputError for frames that have no time, the same time, another grid, no value at all, or do not
/// meet the city
[[nodiscard]] DepthSeries read_depth_series(const DepthFiles& files, const std::string& city_crs,
                                            const Box& city);

/// Paths that match a pattern, in the order of their names.
[[nodiscard]] std::vector<std::string> matching_files(const std::string& pattern);

/// What a file name's last number means. @throws InputError if it has none, or no time of day for `clock`
[[nodiscard]] Duration frame_time(const std::string& path, FrameTime rule);

}  // namespace chimata::io
