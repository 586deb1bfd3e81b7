#include "chimata/io/osm_area.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/io/area_pieces.hpp"
#include "chimata/io/osm_area_source.hpp"
#include "chimata/io/text_file.hpp"
#include "chimata/space/strips.hpp"

namespace chimata::io {

namespace {

using Role = OsmShape::Role;

constexpr double kInside = 0.5;   // m that gates lie inside the border
constexpr double kOpening = 1.5;  // m, radius of an opening in a barrier (C)
constexpr double kSlit = 0.1;     // m; slits between what should touch (C)
constexpr double kNarrow = 0.5;   // m; what is narrower needs no gate
constexpr double kDisc = 0.7071;  // of a radius: half the side of a square in it

/// A ring in metres that turns left. @throws InputError if it is none
std::vector<Point> border_of(const std::string& file, const OsmAreaOptions& options,
                             const OsmAreaSource& source, const Projection& projection) {
  std::vector<LonLat> ring = options.border;
  if (ring.empty()) {
    if (!source.box) throw InputError(file, "holds no nodes", "download or export it again");
    const Box& box = *source.box;
    ring = {{box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}};
  }
  std::vector<Point> points;
  for (const LonLat at : ring) points.push_back(projection.to_city(at));
  if (points.size() > 1 && points.front() == points.back()) points.pop_back();
  if (signed_area(points) < 0) std::reverse(points.begin(), points.end());
  const Area checked(std::vector<Polygon>{Polygon{{points}}});
  return checked.parts().front().rings.front();
}

LonLat middle_of(const OsmAreaOptions& options, const OsmAreaSource& source, const std::string& file) {
  Box box;
  for (const LonLat at : options.border) {
    if (!(std::fabs(at.lat) <= 90 && std::fabs(at.lon) <= 180))
      throw InputError(file, "cannot be cut out along a border in metres or with latitude first",
                       "give longitudes and latitudes, in degrees");
    box.add({at.lon, at.lat});
  }
  if (box.empty() && source.box) box = *source.box;
  if (box.empty()) throw InputError(file, "holds no nodes", "download or export it again");
  return {(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
}

class Builder {
 public:
  Builder(const OsmAreaSource& source, const OsmAreaOptions& options, const Projection& projection,
          std::vector<Point> border)
      : source_(source), options_(options), projection_(projection), border_(std::move(border)) {
    border_box_ = Polygon{{border_}}.box();
  }

  OsmAreaResult build(const std::string& file) {
    result_.crs = projection_.crs();
    for (const OsmShape& shape : source_.shapes) add(shape);
    std::size_t broken = 0;
    auto space = united(walkable_, &broken);
    auto blocked = obstacles();
    if (!blocked.empty()) space = cut_out(space, united(blocked, &broken));
    if (!passages_.empty()) {
      space.insert(space.end(), passages_.begin(), passages_.end());
      space = united(space, &broken);
    }
    space = opened(bridged(clipped(space, {{border_}}), kSlit), options_.least);
    keep_valid(std::move(space));
    if (result_.parts.empty())
      throw InputError(file, "holds nothing to walk on inside the border",
                       "are border and layers right? longitude comes before latitude");
    note(broken, "areas that are no polygons");
    note(source_.missing, "areas and streets with nodes that the file lacks");
    note(source_.other_layers, "streets and areas on other layers (tunnels, bridges)");
    note(dropped_, "pieces that no body fits into or that are no polygons");
    gates();
    return std::move(result_);
  }

 private:
  std::vector<std::vector<Point>> in_metres(const OsmShape& shape, Box& box) const {
    std::vector<std::vector<Point>> lines;
    for (const auto& line : shape.lines) {
      auto& points = lines.emplace_back();
      for (const LonLat at : line) {
        points.push_back(projection_.to_city(at));
        box.add(points.back());
      }
    }
    return lines;
  }

  void add(const OsmShape& shape) {
    Box box;
    auto lines = in_metres(shape, box);
    if (!box.widened(shape.width).intersects(border_box_)) return;
    if (shape.role == Role::street || shape.role == Role::barrier) {
      const auto strip = strip_along(lines.front(), shape.width);
      if (shape.role == Role::barrier) {
        ++result_.barriers;
        barriers_.insert(barriers_.end(), strip.begin(), strip.end());
        return;
      }
      auto& into = shape.passage ? passages_ : walkable_;
      into.insert(into.end(), strip.begin(), strip.end());
      centres_.push_back({&shape, std::move(lines.front())});
    } else {
      for (auto& ring : lines) {
        if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
      }
      std::erase_if(lines, [](const auto& ring) { return ring.size() < 3; });
      const auto pieces = detail::nested(std::move(lines));
      auto& into = shape.role == Role::area ? walkable_ : solid_;
      into.insert(into.end(), pieces.begin(), pieces.end());
      result_.buildings += shape.role == Role::building;
    }
    if (shape.role == Role::street || shape.role == Role::area)
      result_.pieces.push_back({shape.id, shape.kind, shape.name, shape.width, shape.from, shape.grade});
  }

  /// Buildings and water, and barriers but for their gates.
  std::vector<Polygon> obstacles() const {
    std::vector<Polygon> blocked = solid_;
    if (barriers_.empty()) return blocked;
    std::vector<Polygon> openings;
    for (const LonLat place : source_.openings) {
      const Point at = projection_.to_city(place);
      if (!border_box_.contains(at)) continue;
      const double r = kDisc * kOpening;
      openings.push_back({{{at + Point{-r, -r}, at + Point{r, -r}, at + Point{r, r}, at + Point{-r, r}}}});
    }
    auto walls = united(barriers_);
    if (!openings.empty()) walls = cut_out(walls, united(openings));
    blocked.insert(blocked.end(), walls.begin(), walls.end());
    return blocked;
  }

  void keep_valid(std::vector<Polygon> space) {
    for (Polygon& part : space) {
      try {
        const Area checked({part});
        if (checked.size() < 1) throw InputError("part", "is below 1 m²");
        result_.parts.push_back(checked.parts().front());
      } catch (const InputError&) {
        ++dropped_;
      }
    }
    // from large to small, the order in which people look at them
    std::stable_sort(result_.parts.begin(), result_.parts.end(),
                     [](const Polygon& a, const Polygon& b) { return a.area() > b.area(); });
  }

  /// Where the space goes on beyond the border.
  void gates() {
    std::set<std::string> used;
    for (std::size_t i = 0; i < border_.size(); ++i) {
      const Point a = border_[i], b = border_[(i + 1) % border_.size()];
      const Point in = kInside * left_of(unit(b - a));
      for (const auto& [from, to] : shares_within(result_.parts, a + in, b + in)) {
        const Wall line{between(a + in, b + in, from), between(a + in, b + in, to)};
        if (distance(line.a, line.b) < kNarrow) continue;
        result_.gates.push_back({unused(name_across(line), used), line, false});
      }
    }
  }

  /// Of the widest street across a line.
  [[nodiscard]] std::string name_across(const Wall& line) const {
    const OsmShape* widest = nullptr;
    for (const auto& [shape, points] : centres_) {
      bool crosses = false;
      for (std::size_t i = 1; i < points.size() && !crosses; ++i)
        crosses = meets({points[i - 1], points[i]}, line) <= 1;
      if (crosses && (!widest || shape->width > widest->width)) widest = shape;
    }
    if (!widest) return "border";
    return widest->name.empty()
               ? widest->kind.substr(widest->kind.find('=') + 1) + " " + std::to_string(widest->id)
               : widest->name;
  }

  static std::string unused(const std::string& name, std::set<std::string>& used) {
    std::string id = name;
    for (int i = 2; !used.insert(id).second; ++i) id = name + " " + std::to_string(i);
    return id;
  }

  void note(std::size_t count, const std::string& what) {
    if (count > 0) result_.notes.push_back(std::to_string(count) + " " + what + " were left out");
  }

  struct Centre {
    const OsmShape* shape;
    std::vector<Point> points;
  };
  const OsmAreaSource& source_;
  const OsmAreaOptions& options_;
  const Projection& projection_;
  std::vector<Point> border_;
  Box border_box_;
  std::vector<Polygon> walkable_, passages_, solid_, barriers_;
  std::vector<Centre> centres_;
  std::size_t dropped_ = 0;
  OsmAreaResult result_;
};

}  // namespace

OsmAreaResult read_osm_area(const std::string& path, const OsmAreaOptions& options) {
  const std::string file = file_name(path);
  const OsmAreaSource source = read_osm_area_source(path, options);
  const LonLat middle = middle_of(options, source, file);
  const Projection projection(options.crs.empty() ? metric_crs_for(middle.lon, middle.lat) : options.crs);
  std::vector<Point> border;
  try {
    border = border_of(file, options, source, projection);
  } catch (const InputError& error) {
    if (error.where() == file) throw;
    throw InputError(file + ", border", error.problem(), "give three or more points round the place");
  }
  return Builder(source, options, projection, std::move(border)).build(file);
}

}  // namespace chimata::io
