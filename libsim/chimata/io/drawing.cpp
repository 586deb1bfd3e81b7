#include "chimata/io/drawing.hpp"

#include "chimata/core/error.hpp"
#include "chimata/io/gdal_support.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

class Drawing {
 public:
  Drawing(const std::string& path, double unit) : unit_(unit) {
    const auto dataset = open_dataset(path, GDAL_OF_VECTOR, "drawing");
    OGRLayer* entities = dataset->GetLayer(0);
    if (!entities) throw InputError(file_name(path), "holds no entities", "export it again");
    const QuietGdal quiet;
    while (const OGRFeatureUniquePtr feature{entities->GetNextFeature()}) {
      const int field = feature->GetFieldIndex("Layer");
      OGRGeometry* geometry = feature->GetGeometryRef();
      if (!geometry) continue;
      DrawnLayer& drawn = on(field >= 0 ? feature->GetFieldAsString(field) : "");
      const std::unique_ptr<OGRGeometry> straight{geometry->getLinearGeometry()};
      add(*straight, drawn);
    }
  }
  [[nodiscard]] std::vector<DrawnLayer> layers() { return std::move(layers_); }

 private:
  DrawnLayer& on(const std::string& name) {
    for (DrawnLayer& drawn : layers_) {
      if (drawn.name == name) return drawn;
    }
    return layers_.emplace_back(DrawnLayer{name, {}, {}});
  }
  void add(const OGRGeometry& geometry, DrawnLayer& drawn) const {
    switch (wkbFlatten(geometry.getGeometryType())) {
      case wkbLineString:
        add_line(*geometry.toLineString(), drawn);
        break;
      case wkbPolygon:
        for (const auto* ring : *geometry.toPolygon()) add_line(*ring, drawn);
        break;
      case wkbMultiLineString:
      case wkbMultiPolygon:
      case wkbGeometryCollection:
        for (const auto* part : *geometry.toGeometryCollection()) add(*part, drawn);
        break;
      default:
        break;
    }
  }
  void add_line(const OGRSimpleCurve& line, DrawnLayer& drawn) const {
    constexpr double kMeets = 1e-3;  // m
    std::vector<Point> ring;
    for (int i = 0; i < line.getNumPoints(); ++i)
      ring.push_back({unit_ * line.getX(i), unit_ * line.getY(i)});
    if (ring.size() < 4 || distance(ring.front(), ring.back()) > kMeets ||
        Polygon{{ring}}.area() < kMeets * kMeets) {
      drawn.lines.push_back(std::move(ring));
      return;
    }
    ring.pop_back();
    drawn.rings.push_back(std::move(ring));
  }

  double unit_;
  std::vector<DrawnLayer> layers_;
};

}  // namespace

std::vector<DrawnLayer> read_drawing(const std::string& path, double unit) {
  return Drawing(path, unit).layers();
}

}  // namespace chimata::io
