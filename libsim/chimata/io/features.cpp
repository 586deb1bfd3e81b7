#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/io/crs.hpp"
#include "chimata/io/gdal_support.hpp"
#include "chimata/io/layer_reading.hpp"
#include "chimata/io/text_file.hpp"
#include "chimata/io/vector.hpp"

namespace chimata::io {

namespace {

struct Transformer {
  void operator()(OGRCoordinateTransformation* t) const { OGRCoordinateTransformation::DestroyCT(t); }
};

bool has_suffix(const std::string& path, std::string_view suffix) {
  std::string extension = std::filesystem::path(path).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return extension == suffix;
}

// Text of a shapefile without .cpg is read as raw bytes: UTF-8 if it is that, else Shift-JIS.
std::string decoded(const char* bytes, const std::string& file) {
  if (is_utf8(bytes)) return bytes;
  if (auto text = to_utf8(bytes, "CP932")) return *text;
  throw InputError(file, "has text that is neither UTF-8 nor Shift-JIS (CP932)",
                   "put a .cpg file that names the encoding beside it");
}

class LayerReader {
 public:
  LayerReader(const std::string& path, const LayerOptions& options)
      : file_(file_name(path)), options_(options) {
    const bool raw = has_suffix(path, ".shp") &&
                     !std::filesystem::exists(std::filesystem::path(path).replace_extension(".cpg"));
    if ((has_suffix(path, ".geojson") || has_suffix(path, ".json")) && std::filesystem::is_regular_file(path))
      check_encoding(path);
    char raw_text[] = "ENCODING=";
    char* open_options[] = {raw_text, nullptr};
    dataset_ = open_dataset(path, GDAL_OF_VECTOR, "map layer", raw ? open_options : nullptr);
    find_layer();
    find_transformation(path);
  }

  /// @param wanted  kind of features to take; none: that of the first one
  Features read(const std::string& name, std::vector<Problem>* notes, std::optional<Geometry> wanted = {});
  /// The layer's own system if it is metric, else the one that suits its middle; made with longitude and
  /// latitude as target.
  [[nodiscard]] std::string metric_crs() const;

 private:
  void check_encoding(const std::string& path) const {
    CPLErrorReset();
    if (!is_utf8(read_bytes(path)))
      throw InputError(file_, "is not UTF-8, as GeoJSON must be", "save it in UTF-8");
  }
  static std::string read_bytes(const std::string& path) {
    GByte* bytes = nullptr;
    vsi_l_offset size = 0;
    const QuietGdal quiet;
    if (!VSIIngestFile(nullptr, path.c_str(), &bytes, &size, -1)) return {};
    std::string text(reinterpret_cast<const char*>(bytes), size);
    CPLFree(bytes);
    return text;
  }
  void find_layer();
  void find_transformation(const std::string& path);
  [[nodiscard]] Point point(double x, double y) const;
  void add_line(const OGRSimpleCurve& line, Polygon& shape) const;
  void add_ring(const OGRLinearRing& ring, bool outer, Polygon& shape) const;
  bool add_shape(const OGRGeometry& geometry, Geometry kind, Polygon& shape) const;

  std::string file_;
  LayerOptions options_;
  DatasetPointer dataset_;
  OGRLayer* layer_ = nullptr;
  std::unique_ptr<OGRCoordinateTransformation, Transformer> to_city_;
  bool degrees_ = false;
  std::string crs_label_;
};

void LayerReader::find_layer() {
  std::string names;
  for (auto* layer : dataset_->GetLayers())
    names += (names.empty() ? "" : ", ") + std::string(layer->GetName());
  layer_ = options_.layer.empty() ? dataset_->GetLayer(0) : dataset_->GetLayerByName(options_.layer.c_str());
  if (!layer_)
    throw InputError(file_, options_.layer.empty() ? "has no layers" : "has no layer " + options_.layer,
                     names.empty() ? "" : "it has " + names);
}

void LayerReader::find_transformation(const std::string& path) {
  if (options_.crs.empty())
    throw InputError(file_, "the city's coordinate system is not known yet",
                     "read the streets first or give one");
  OGRSpatialReference source;
  if (const OGRSpatialReference* own = layer_->GetSpatialRef()) {
    source = *own;
  } else if (!options_.source_crs.empty()) {
    source = reference(options_.source_crs);
  } else {
    refuse_without_crs(file_, std::filesystem::path(path).stem().string() + ".prj");
  }
  degrees_ = source.IsGeographic();
  if (!source.GetAuthorityCode(nullptr)) {
    OGRSpatialReference identified = source;  // a .prj in ESRI's words
    if (identified.AutoIdentifyEPSG() == OGRERR_NONE) source = identified;
  }
  crs_label_ = label(source);
  const OGRSpatialReference target = reference(options_.crs);
  const QuietGdal quiet;
  to_city_.reset(OGRCreateCoordinateTransformation(&source, &target));
  if (!to_city_)
    throw InputError(file_, "cannot be brought from " + crs_label_ + " to " + options_.crs,
                     "is its coordinate system right?");
}

Point LayerReader::point(double x, double y) const {
  if (degrees_ && !(std::abs(y) <= 90 && std::abs(x) <= 180)) {
    char at[96];
    std::snprintf(at, sizeof at, "has coordinates %.6g, %.6g, which are no longitude and latitude", x, y);
    const bool swapped = std::abs(x) <= 90 && std::abs(y) <= 180;
    throw InputError(file_, at,
                     swapped ? "latitude and longitude look swapped: write longitude first"
                             : "say its coordinate system (" + crs_label_ + " was taken)");
  }
  const QuietGdal quiet;
  Point p{x, y};
  if (!to_city_->Transform(1, &p.x, &p.y) || !std::isfinite(p.x) || !std::isfinite(p.y)) {
    throw InputError(file_, "has coordinates that " + crs_label_ + " does not cover",
                     "is its coordinate system or axis order right?");
  }
  return p;
}

void LayerReader::add_line(const OGRSimpleCurve& line, Polygon& shape) const {
  auto& points = shape.rings.emplace_back();
  points.reserve(static_cast<std::size_t>(line.getNumPoints()));
  for (int i = 0; i < line.getNumPoints(); ++i) points.push_back(point(line.getX(i), line.getY(i)));
}

void LayerReader::add_ring(const OGRLinearRing& ring, bool outer, Polygon& shape) const {
  add_line(ring, shape);
  auto& points = shape.rings.back();
  if ((signed_area(points) > 0) != outer) std::reverse(points.begin(), points.end());
}

// Adds a geometry's parts if it is of the wanted kind.
bool LayerReader::add_shape(const OGRGeometry& geometry, Geometry kind, Polygon& shape) const {
  switch (wkbFlatten(geometry.getGeometryType())) {
    case wkbPoint: {
      if (kind != Geometry::point) return false;
      const auto& p = *geometry.toPoint();
      shape.rings.push_back({point(p.getX(), p.getY())});
      return true;
    }
    case wkbLineString:
      if (kind == Geometry::line) add_line(*geometry.toLineString(), shape);
      return kind == Geometry::line;
    case wkbPolygon:
      if (kind != Geometry::polygon) return false;
      for (int i = -1; i < geometry.toPolygon()->getNumInteriorRings(); ++i) {
        const auto* polygon = geometry.toPolygon();
        if (const auto* ring = i < 0 ? polygon->getExteriorRing() : polygon->getInteriorRing(i))
          add_ring(*ring, i < 0, shape);
      }
      return true;
    case wkbMultiPoint:
    case wkbMultiLineString:
    case wkbMultiPolygon: {
      bool any = false;
      for (const auto* part : *geometry.toGeometryCollection()) any |= add_shape(*part, kind, shape);
      if (kind == Geometry::point && any) shape.rings.resize(1);
      return any;
    }
    default:
      return false;
  }
}

std::string LayerReader::metric_crs() const {
  if (is_metric(crs_label_)) return crs_label_;
  OGREnvelope box;
  const QuietGdal quiet;
  if (layer_->GetExtent(&box) != OGRERR_NONE)
    throw InputError(file_, "holds no features", "export it again with its geometry");
  const Point middle = point((box.MinX + box.MaxX) / 2, (box.MinY + box.MaxY) / 2);
  return metric_crs_for(middle.x, middle.y);
}

std::optional<Geometry> kind_of(const OGRGeometry& geometry) {
  switch (wkbFlatten(geometry.getGeometryType())) {
    case wkbPoint:
    case wkbMultiPoint:
      return Geometry::point;
    case wkbLineString:
    case wkbMultiLineString:
      return Geometry::line;
    case wkbPolygon:
    case wkbMultiPolygon:
      return Geometry::polygon;
    default:
      return std::nullopt;
  }
}

int field_of(const OGRFeatureDefn& definition, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const int i = definition.GetFieldIndex(name); i >= 0) return i;  // ignores case
  }
  return -1;
}

Features LayerReader::read(const std::string& name, std::vector<Problem>* notes,
                           std::optional<Geometry> wanted) {
  Features result;
  result.layer = name;
  result.source = file_;
  const OGRFeatureDefn& definition = *layer_->GetLayerDefn();
  const int id_field = field_of(definition, {"id", "gml_id", "KEY_CODE"}),
            name_field = field_of(definition, {"name", "名称", "S_NAME"});
  for (int i = 0; i < definition.GetFieldCount(); ++i) {
    const auto type = definition.GetFieldDefn(i)->GetType();
    const bool number = type == OFTInteger || type == OFTInteger64 || type == OFTReal;
    Attribute& a = result.attributes.emplace_back(
        Attribute{decoded(definition.GetFieldDefn(i)->GetNameRef(), file_), std::vector<std::string>{}});
    if (number) a.values = std::vector<double>{};
  }

  std::optional<Geometry> kind = wanted;
  std::size_t left_out = 0;
  const QuietGdal quiet;
  layer_->ResetReading();
  while (const OGRFeatureUniquePtr feature{layer_->GetNextFeature()}) {
    OGRGeometry* geometry = feature->GetGeometryRef();
    if (geometry && geometry->hasCurveGeometry()) {
      feature->SetGeometryDirectly(geometry->getLinearGeometry());
      geometry = feature->GetGeometryRef();
    }
    if (geometry && !geometry->IsEmpty() && !kind) kind = kind_of(*geometry);
    Polygon shape;
    if (!geometry || geometry->IsEmpty() || !kind || !add_shape(*geometry, *kind, shape)) {
      ++left_out;
      continue;
    }
    for (int i = 0; i < definition.GetFieldCount(); ++i) {
      const bool there = feature->IsFieldSetAndNotNull(i);
      auto& values = result.attributes[static_cast<std::size_t>(i)].values;
      if (auto* numbers = std::get_if<std::vector<double>>(&values)) {
        numbers->push_back(there ? feature->GetFieldAsDouble(i) : std::numeric_limits<double>::quiet_NaN());
      } else {
        std::get<std::vector<std::string>>(values).push_back(
            there ? decoded(feature->GetFieldAsString(i), file_) : "");
      }
    }
    const bool has_id = id_field >= 0 && feature->IsFieldSetAndNotNull(id_field);
    result.id.push_back(has_id ? decoded(feature->GetFieldAsString(id_field), file_)
                               : std::to_string(result.id.size() + 1));
    result.name.push_back(name_field >= 0 && feature->IsFieldSetAndNotNull(name_field)
                              ? decoded(feature->GetFieldAsString(name_field), file_)
                              : "");
    result.shape.push_back(std::move(shape));
  }
  if (CPLGetLastErrorType() == CE_Failure)
    throw InputError(file_, "is damaged or cut off (" + QuietGdal::last() + ")", "export it again");
  if (result.size() == 0 && !wanted)
    throw InputError(file_, "holds no features", "export it again with its geometry");
  result.geometry = *kind;
  if (left_out && notes && !wanted) {
    notes->push_back({Problem::Severity::note, name, "",
                      file_ + ": " + std::to_string(left_out) +
                          " features without a geometry of the layer's kind were left out",
                      ""});
  }
  return result;
}

}  // namespace

std::string metric_crs_of_layer(const std::string& path, const std::string& layer,
                                const std::string& source_crs) {
  // longitude and latitude first: they tell where it is, and whether it is anywhere
  return LayerReader(path, {.crs = "EPSG:4326", .layer = layer, .source_crs = source_crs}).metric_crs();
}

Features read_features(const std::string& path, const std::string& name, const LayerOptions& options,
                       std::vector<Problem>* notes) {
  Features result = LayerReader(path, options).read(name, notes);
  std::map<std::string_view, std::size_t> rows;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (const auto [first, fresh] = rows.try_emplace(result.id[i], i); !fresh) {
      throw InputError(result.source,
                       "id " + result.id[i] + " is used by features " + std::to_string(first->second + 1) +
                           " and " + std::to_string(i + 1),
                       "give each its own id");
    }
  }
  return result;
}

}  // namespace chimata::io

namespace chimata::io::detail {

Features read_any_features(const std::string& path, const std::string& name, const LayerOptions& options,
                           std::vector<Problem>* notes) {
  return LayerReader(path, options).read(name, notes);
}

Features read_features_of_kind(const std::string& path, const std::string& name, const LayerOptions& options,
                               Geometry kind, std::vector<Problem>* notes) {
  return LayerReader(path, options).read(name, notes, kind);
}

std::vector<std::string> layer_names(const std::string& path) {
  const auto dataset = open_dataset(path, GDAL_OF_VECTOR, "map layer");
  std::vector<std::string> names;
  for (auto* layer : dataset->GetLayers()) names.emplace_back(layer->GetName());
  return names;
}

}  // namespace chimata::io::detail
