/// Private to io: GDAL held by its owners, its complaints as ours.
#pragma once

#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <string>

#include "chimata/geo/point.hpp"

namespace chimata::io {

struct DatasetCloser {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using DatasetPointer = std::unique_ptr<GDALDataset, DatasetCloser>;

/// Keeps GDAL from printing while it lives; `last` is what it wanted to say.
class QuietGdal {
 public:
  QuietGdal() {
    CPLErrorReset();
    CPLPushErrorHandler(CPLQuietErrorHandler);
  }
  ~QuietGdal() { CPLPopErrorHandler(); }
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;
  /// One line, or "unknown reason"; `path` is shortened to the file's name.
  [[nodiscard]] static std::string last(const std::string& path = {});
};

/// @param flags GDAL_OF_VECTOR or GDAL_OF_RASTER
/// @param kind  "map layer", "raster": for messages
/// @throws InputError if the file is missing, empty, or nothing GDAL can read
[[nodiscard]] DatasetPointer open_dataset(const std::string& path, unsigned flags, const char* kind,
                                          char** options = nullptr);

/// Coordinate system with x = east or longitude first. @throws InputError if `crs` is unknown
[[nodiscard]] OGRSpatialReference reference(const std::string& crs);

/// "EPSG:6677", or the system's name.
[[nodiscard]] std::string label(const OGRSpatialReference& system);

/// One line for a file without coordinate system, with its two remedies.
[[noreturn]] void refuse_without_crs(const std::string& file, const std::string& sidecar);

/// "raster EPSG:6671 x 12000–15200, city x -33000–-28000" for messages on things that do not meet.
[[nodiscard]] std::string ranges(const std::string& what, const std::string& crs, const Box& its,
                                 const Box& city);

}  // namespace chimata::io
