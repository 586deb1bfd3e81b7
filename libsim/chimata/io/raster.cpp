#include "chimata/io/raster.hpp"

#include <gdal_utils.h>
#include <glob.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <limits>

#include "chimata/core/error.hpp"
#include "chimata/io/raster_reading.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

using Affine = std::array<double, 6>;

bool north_up(const Affine& a) {
  return a[1] > 0 && a[5] < 0 && a[2] == 0 && a[4] == 0;
}

// First band as it is.
std::vector<float> read_band(GDALDataset& dataset, const std::string& path) {
  GDALRasterBand& band = *dataset.GetRasterBand(1);
  const int columns = band.GetXSize(), rows = band.GetYSize();
  std::vector<float> values(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  const QuietGdal quiet;
  if (band.RasterIO(GF_Read, 0, 0, columns, rows, values.data(), columns, rows, GDT_Float32, 0, 0, nullptr) !=
      CE_None) {
    throw InputError(file_name(path), "is damaged or cut off (" + QuietGdal::last(path) + ")",
                     "export it again");
  }
  return values;
}

// Resampled into the city's system, in memory.
DatasetPointer warped(GDALDataset& source, const OGRSpatialReference& from, const std::string& city_crs,
                      const std::string& path) {
  char* wkt = nullptr;
  from.exportToWkt(&wkt);
  const std::string source_wkt = wkt ? wkt : "";
  CPLFree(wkt);
  CPLStringList arguments;
  for (const std::string& argument :
       {std::string("-of"), std::string("MEM"), std::string("-s_srs"), source_wkt, std::string("-t_srs"),
        city_crs, std::string("-r"), std::string("bilinear"), std::string("-ot"), std::string("Float32"),
        std::string("-dstnodata"), std::string("nan")}) {
    arguments.AddString(argument.c_str());
  }
  const QuietGdal quiet;
  GDALWarpAppOptions* options = GDALWarpAppOptionsNew(arguments.List(), nullptr);
  GDALDatasetH handle = GDALDataset::ToHandle(&source);
  int failed = 0;
  DatasetPointer result{GDALDataset::FromHandle(GDALWarp("", nullptr, 1, &handle, options, &failed))};
  GDALWarpAppOptionsFree(options);
  if (!result) {
    const std::string reason = QuietGdal::last(path);
    (void)read_band(source, path);  // a damaged file is the likelier cause
    throw InputError(file_name(path),
                     "cannot be brought from " + label(from) + " to " + city_crs + " (" + reason + ")",
                     "is its coordinate system or axis order right?");
  }
  return result;
}

Raster values_of(GDALDataset& dataset, const Affine& affine, const std::string& path) {
  GDALRasterBand& band = *dataset.GetRasterBand(1);
  Raster raster;
  raster.frame = {affine[0],
                  affine[3],
                  affine[1],
                  -affine[5],
                  static_cast<std::size_t>(band.GetXSize()),
                  static_cast<std::size_t>(band.GetYSize())};
  raster.values = read_band(dataset, path);
  int has_missing = 0;
  const auto missing = static_cast<float>(band.GetNoDataValue(&has_missing));
  for (float& value : raster.values) {
    if (!std::isfinite(value) || (has_missing && value == missing))
      value = std::numeric_limits<float>::quiet_NaN();
  }
  return raster;
}

}  // namespace

Raster read_raster(const std::string& path, const std::string& city_crs, const std::string& fallback_crs,
                   const Box& city) {
  return placed_raster(*open_dataset(path, GDAL_OF_RASTER, "raster"), path, city_crs, fallback_crs, city);
}

Raster placed_raster(GDALDataset& dataset, const std::string& path, const std::string& city_crs,
                     const std::string& fallback_crs, const Box& city) {
  const std::string file = file_name(path);
  if (dataset.GetRasterCount() < 1) throw InputError(file, "has no bands", "export it again");
  Affine affine{};
  if (dataset.GetGeoTransform(affine.data()) != CE_None)
    throw InputError(file, "says nothing of its place", "export it as a GeoTIFF with its georeference");

  OGRSpatialReference source;
  if (const OGRSpatialReference* own = dataset.GetSpatialRef()) {
    source = *own;
  } else if (!fallback_crs.empty()) {
    source = reference(fallback_crs);
  } else {
    refuse_without_crs(file, std::filesystem::path(path).stem().string() + ".prj");
  }
  source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const OGRSpatialReference target = reference(city_crs);
  // a .prj in ESRI's words differs in names only
  const char* same[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES",
                        "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS", nullptr};
  OGRSpatialReference identified = source;
  if (identified.AutoIdentifyEPSG() != OGRERR_NONE) identified = source;
  const bool aligned =
      (source.IsSame(&target, same) || label(identified) == label(target)) && north_up(affine);

  Raster raster;
  if (aligned) {
    raster = values_of(dataset, affine, path);
  } else {
    const DatasetPointer there = warped(dataset, source, city_crs, path);
    Affine new_affine{};
    there->GetGeoTransform(new_affine.data());
    raster = values_of(*there, new_affine, path);
  }
  if (!city.empty() && !raster.frame.box().intersects(city)) {
    throw InputError(file, "covers none of the city (" +
                               ranges("raster", label(source), raster.frame.box(), city) +
                               "): is the axis order or the zone right?");
  }
  return raster;
}

std::vector<std::string> matching_files(const std::string& pattern) {
  glob_t found{};
  std::vector<std::string> paths;
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0)
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  return paths;
}

}  // namespace chimata::io
