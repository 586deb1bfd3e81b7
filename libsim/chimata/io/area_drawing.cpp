#include <algorithm>
#include <array>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/io/area_layers.hpp"
#include "chimata/io/area_pieces.hpp"
#include "chimata/io/gdal_support.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

using Ring = std::vector<Point>;

/// What a drawing holds on one of its layers.
struct Drawn {
  std::string layer;
  std::vector<Ring> rings;
  std::size_t open = 0;  ///< lines that enclose nothing
};

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
      Drawn& drawn = on(field >= 0 ? feature->GetFieldAsString(field) : "");
      const std::unique_ptr<OGRGeometry> straight{geometry->getLinearGeometry()};
      add(*straight, drawn);
    }
  }
  [[nodiscard]] const std::vector<Drawn>& layers() const { return layers_; }

 private:
  Drawn& on(const std::string& layer) {
    for (Drawn& drawn : layers_) {
      if (drawn.layer == layer) return drawn;
    }
    return layers_.emplace_back(Drawn{layer, {}, 0});
  }
  void add(const OGRGeometry& geometry, Drawn& drawn) const {
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
  void add_line(const OGRSimpleCurve& line, Drawn& drawn) const {
    constexpr double kMeets = 1e-3;  // m
    Ring ring;
    for (int i = 0; i < line.getNumPoints(); ++i)
      ring.push_back({unit_ * line.getX(i), unit_ * line.getY(i)});
    if (ring.size() < 4 || distance(ring.front(), ring.back()) > kMeets ||
        Polygon{{ring}}.area() < kMeets * kMeets) {
      ++drawn.open;
      return;
    }
    ring.pop_back();
    drawn.rings.push_back(std::move(ring));
  }

  double unit_;
  std::vector<Drawn> layers_;
};

/// Rings of the layers that are named, or whose name holds `word`.
std::vector<Ring> rings_of(const Drawing& drawing, const std::vector<std::string>& names,
                           const std::string& word, const std::string& file, std::vector<Problem>* notes) {
  std::vector<std::string> there;
  for (const Drawn& drawn : drawing.layers()) there.push_back(drawn.layer);
  for (const std::string& name : names) {
    if (std::find(there.begin(), there.end(), name) == there.end())
      throw InputError(file, "has no layer " + name, "its layers are " + listed(there));
  }
  std::vector<Ring> rings;
  for (const Drawn& drawn : drawing.layers()) {
    const bool taken = names.empty() ? drawn.layer.find(word) != std::string::npos
                                     : std::find(names.begin(), names.end(), drawn.layer) != names.end();
    if (!taken) continue;
    rings.insert(rings.end(), drawn.rings.begin(), drawn.rings.end());
    if (drawn.open > 0 && notes)
      notes->push_back({Problem::Severity::note, "area", "",
                        file + ", layer " + drawn.layer + ": " + std::to_string(drawn.open) +
                            " lines that enclose nothing were left out",
                        "close them if they bound the area"});
  }
  return rings;
}

}  // namespace

std::vector<Polygon> read_area_drawing(const std::string& path, const DrawingOptions& options,
                                       std::vector<Problem>* notes) {
  const std::string file = file_name(path);
  const Drawing drawing(path, options.unit);
  auto walkable = rings_of(drawing, options.walkable, "walkable", file, notes);
  if (walkable.empty() && options.walkable.empty()) walkable = rings_of(drawing, {}, "", file, notes);
  if (walkable.empty())
    throw InputError(file, "has no closed lines", "draw the area where people can walk as closed lines");
  const auto obstacles = rings_of(drawing, options.obstacles, "obstacle", file, notes);
  auto parts = detail::joined_pieces(detail::nested(std::move(walkable)), file);
  if (obstacles.empty()) return parts;
  parts = cut_out(parts, detail::joined_pieces(detail::nested(obstacles), file + ", obstacles"));
  if (parts.empty()) throw InputError(file, "is all obstacle", "are the layers named right?");
  return parts;
}

}  // namespace chimata::io
