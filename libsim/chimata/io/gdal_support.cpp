#include "chimata/io/gdal_support.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "chimata/core/error.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

std::string QuietGdal::last(const std::string& path) {
  std::string message = CPLGetLastErrorMsg();
  for (auto at = message.find(path); !path.empty() && at != std::string::npos;
       at = message.find(path, at + 1)) {
    message.replace(at, path.size(), file_name(path));
  }
  std::replace(message.begin(), message.end(), '\n', ' ');
  return message.empty() ? "unknown reason" : message;
}

DatasetPointer open_dataset(const std::string& path, unsigned flags, const char* kind, char** options) {
  static const bool registered = [] {
    GDALAllRegister();
    return true;
  }();
  (void)registered;
  std::error_code none;
  if (!std::filesystem::exists(path, none)) throw InputError(path, "there is no such file", "check the path");
  if (std::filesystem::is_regular_file(path, none) && std::filesystem::file_size(path, none) == 0) {
    throw InputError(file_name(path), "is empty", "export it again");
  }
  const QuietGdal quiet;
  DatasetPointer dataset{
      GDALDataset::Open(path.c_str(), flags | GDAL_OF_READONLY, nullptr, options, nullptr)};
  if (!dataset) {
    throw InputError(file_name(path),
                     std::string("is no readable ") + kind + " (" + QuietGdal::last(path) + ")",
                     "it may be damaged or cut off: export it again");
  }
  return dataset;
}

OGRSpatialReference reference(const std::string& crs) {
  const QuietGdal quiet;
  OGRSpatialReference system;
  if (system.SetFromUserInput(crs.c_str()) != OGRERR_NONE) {
    throw InputError("crs " + crs, "is not a known coordinate system", "give an EPSG code such as EPSG:6677");
  }
  system.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return system;
}

std::string label(const OGRSpatialReference& system) {
  const char* authority = system.GetAuthorityName(nullptr);
  const char* code = system.GetAuthorityCode(nullptr);
  if (authority && code) return std::string(authority) + ":" + code;
  const char* name = system.GetName();
  return name ? name : "unnamed";
}

void refuse_without_crs(const std::string& file, const std::string& sidecar) {
  throw InputError(file, "has no coordinate system",
                   "put its " + sidecar + " beside it, or give its crs, e.g. EPSG:6677");
}

std::string ranges(const std::string& what, const std::string& crs, const Box& its, const Box& city) {
  const auto span = [](double a, double b) {
    return std::to_string(std::llround(a)) + "–" + std::to_string(std::llround(b));
  };
  const bool apart_in_x = its.max_x < city.min_x || its.min_x > city.max_x;
  if (apart_in_x)
    return what + " " + crs + " x " + span(its.min_x, its.max_x) + ", city x " + span(city.min_x, city.max_x);
  return what + " " + crs + " y " + span(its.min_y, its.max_y) + ", city y " + span(city.min_y, city.max_y);
}

}  // namespace chimata::io
