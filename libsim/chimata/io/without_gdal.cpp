// What the room answers when it was built without GDAL (CHIMATA_GDAL=OFF).
#include "chimata/core/error.hpp"
#include "chimata/io/area_layers.hpp"
#include "chimata/io/flood_files.hpp"
#include "chimata/io/levels_file.hpp"
#include "chimata/io/raster.hpp"
#include "chimata/io/text_file.hpp"
#include "chimata/io/vector.hpp"

namespace chimata::io {

namespace {
[[noreturn]] void refuse(const std::string& path) {
  throw InputError(file_name(path), "cannot be read: this chimata was built without GDAL",
                   "build it with CHIMATA_GDAL=ON");
}
}  // namespace

Features read_features(const std::string& path, const std::string&, const LayerOptions&,
                       std::vector<Problem>*) {
  refuse(path);
}
std::string metric_crs_of_layer(const std::string& path, const std::string&, const std::string&) {
  refuse(path);
}
Network read_street_lines(const std::string& path, const StreetLineOptions&, std::vector<Problem>*) {
  refuse(path);
}
Shelters read_shelters_layer(const std::string& path, const PlaceOptions&, const LayerOptions&,
                             std::vector<Problem>*) {
  refuse(path);
}
Zones read_zones(const std::string& path, const LayerOptions&, std::vector<Problem>*) {
  refuse(path);
}
Residences read_residences_layer(const std::string& path, const PlaceOptions&, const LayerOptions&,
                                 std::vector<Problem>*, std::vector<Polygon>*) {
  refuse(path);
}
Residences residences_of(const Features& features, const std::string&) {
  refuse(features.source);
}
std::vector<Polygon> read_area_layer(const std::string& path, const LayerOptions&, std::vector<Problem>*) {
  refuse(path);
}
std::vector<Polygon> read_area_drawing(const std::string& path, const DrawingOptions&,
                                       std::vector<Problem>*) {
  refuse(path);
}
LevelsDrawing read_levels(const std::vector<std::string>& paths, const LevelsOptions&,
                          std::vector<Problem>*) {
  refuse(paths.empty() ? "levels" : paths.front());
}
std::vector<Gate> read_gates(const std::string& path, const LayerOptions&, std::vector<Problem>*) {
  refuse(path);
}
std::vector<SpeedZone> read_speed_zones(const std::string& path, const LayerOptions&, std::vector<Problem>*) {
  refuse(path);
}
Raster read_raster(const std::string& path, const std::string&, const std::string&, const Box&) {
  refuse(path);
}
DepthSeries read_depth_series(const DepthFiles& files, const std::string&, const Box&) {
  refuse(files.patterns.empty() ? "depth series" : files.patterns.front());
}
DepthSeries read_netcdf_depths(const NetcdfFile& file, const std::string&, const Box&) {
  refuse(file.path);
}
DepthSeries read_polygon_depths(const DepthPolygons& polygons, const std::string&, const Box&) {
  refuse(polygons.files.patterns.empty() ? "flood polygons" : polygons.files.patterns.front());
}
Duration frame_time(const std::string& path, FrameTime) {
  refuse(path);
}
std::vector<std::string> matching_files(const std::string& pattern) {
  refuse(pattern);
}

}  // namespace chimata::io
