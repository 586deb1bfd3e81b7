/// Private to io: rasters that GDAL holds, wherever they came from.
#pragma once

#include <string>
#include <vector>

#include "chimata/io/gdal_support.hpp"
#include "chimata/io/raster.hpp"

namespace chimata::io {

/// First band of an open raster in the city's coordinates; see `read_raster`.
/// @param path  for messages
[[nodiscard]] Raster placed_raster(GDALDataset& dataset, const std::string& path, const std::string& city_crs,
                                   const std::string& fallback_crs, const Box& city);

/// What to say of values that are all missing.
[[nodiscard]] inline std::string nothing_is_zero(const std::string& what) {
  return what == "depth" ? "dry ground is 0" : "clean air has a value too";
}

/// One file of a series and its moment after the scenario's start.
struct FrameFile {
  std::string path;
  Duration time;
};
/// All files of the patterns in the order of their moments.
/// @throws InputError as `read_depth_series`
[[nodiscard]] std::vector<FrameFile> frame_files(const DepthFiles& files);

}  // namespace chimata::io
