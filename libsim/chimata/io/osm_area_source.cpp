#include "chimata/io/osm_area_source.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/visitor.hpp>
#include <set>
#include <unordered_map>

#include "chimata/core/error.hpp"
#include "chimata/io/osm_source.hpp"
#include "chimata/io/osm_tags.hpp"

namespace chimata::io {

namespace {

using Role = OsmShape::Role;

// Sources: [B] Road Structure Ordinance (Japan) as quoted second hand: sidewalks 2 m or more (art. 11), 3 m
// where bicycles share them (art. 10-2), lanes of 3 m in towns (art. 5), shoulders of 0.5 m (art. 8); [B]
// Building Standards Act (Japan), art. 42: a road has 4 m or more.
constexpr const char* kOrdinance = "Road Structure Ordinance (Japan), least width";
constexpr const char* kBuildingAct = "Building Standards Act (Japan) art. 42, least width";
constexpr const char* kJudged = "judgement";
constexpr OsmWidth kWidths[] = {
    {"trunk", 20, true, 'C', "four lanes and two sidewalks of 3.5 m by the Road Structure Ordinance"},
    {"primary", 20, true, 'C', "four lanes and two sidewalks of 3.5 m by the Road Structure Ordinance"},
    {"secondary", 14, true, 'C', "two lanes and two sidewalks of 3.5 m by the Road Structure Ordinance"},
    {"tertiary", 11, true, 'C', "two lanes and two sidewalks of 2 m by the Road Structure Ordinance"},
    {"unclassified", 6, true, 'C', "two lanes by the Road Structure Ordinance"},
    {"residential", 4, true, 'C', kBuildingAct},
    {"living_street", 4, false, 'C', kBuildingAct},
    {"service", 4, true, 'C', kJudged},
    {"road", 4, true, 'C', kJudged},
    {"track", 3, false, 'C', kJudged},
    {"pedestrian", 5, false, 'C', kJudged},
    {"footway", 2, false, 'B', kOrdinance},
    {"cycleway", 3, false, 'B', kOrdinance},
    {"bridleway", 3, false, 'C', kJudged},
    {"path", 1.5, false, 'C', kJudged},
    {"corridor", 3, false, 'C', kJudged},
    {"steps", 2, false, 'C', kJudged},
};
constexpr double kCrossing = 4;     // m, a zebra crossing (C)
constexpr double kLane = 3.0;       // m, Road Structure Ordinance art. 5 (B)
constexpr double kShoulders = 1.0;  // m, both (B)
constexpr double kSidewalk = 2.0;   // m (B)
constexpr double kWall = 0.2;       // m, of a wall or fence (C)

bool is_any(const char* value, std::initializer_list<std::string_view> words) {
  return value && std::find(words.begin(), words.end(), std::string_view(value)) != words.end();
}

const OsmWidth* width_of(std::string_view highway) {
  if (highway.ends_with("_link")) highway.remove_suffix(5);
  for (const OsmWidth& width : kWidths) {
    if (highway == width.highway) return &width;
  }
  return nullptr;
}

bool may_walk(const osmium::TagList& tags) {
  if (const char* foot = tags.get_value_by_key("foot"))
    return !is_any(foot, {"no", "private", "use_sidepath"});
  return !is_any(tags.get_value_by_key("access"), {"no", "private"});
}

/// On which of the layers that lie over each other.
int layer_of(const osmium::TagList& tags) {
  for (const char* key : {"layer", "level"}) {
    const char* text = tags.get_value_by_key(key);
    char* end = nullptr;
    if (!text) continue;
    const long layer = std::strtol(text, &end, 10);
    if (end != text && *end == '\0') return static_cast<int>(std::clamp(layer, -99l, 99l));
  }
  const char* tunnel = tags.get_value_by_key("tunnel");
  if (tunnel && !is_any(tunnel, {"no", "building_passage"})) return -1;
  const char* bridge = tags.get_value_by_key("bridge");
  return bridge && !is_any(bridge, {"no"}) ? 1 : 0;
}

void set_width(const osmium::TagList& tags, const OsmWidth& usual, OsmShape& street) {
  for (const char* key : {"width", "est_width"}) {
    const auto width = metres(tags.get_value_by_key(key));
    if (!width || !(*width >= 0.3 && *width <= 100)) continue;
    street.width = *width, street.from = "tagged", street.grade = *key == 'w' ? 'A' : 'C';
    return;
  }
  const char* lanes = tags.get_value_by_key("lanes");
  const double count = lanes ? std::atof(lanes) : 0;
  if (usual.roads && count >= 1 && count <= 20) {
    const char* sidewalk = tags.get_value_by_key("sidewalk");
    const double sides = is_any(sidewalk, {"both"}) ? 2 : is_any(sidewalk, {"left", "right"}) ? 1 : 0;
    street.width = kLane * count + kShoulders + kSidewalk * sides;
    street.from = "lanes", street.grade = 'C';
    return;
  }
  const bool crossing = tags.has_tag("footway", "crossing");
  street.width = crossing ? kCrossing : usual.width;
  street.from = "imputed", street.grade = crossing ? 'C' : usual.grade;
}

/// What a closed way or a multipolygon is; none: nothing for us.
std::optional<OsmShape> area_of(const osmium::TagList& tags) {
  OsmShape shape;
  const auto is = [&](Role role, const char* key) {
    shape.role = role, shape.kind = std::string(key) + "=" + tags.get_value_by_key(key);
    return shape;
  };
  if (const char* building = tags.get_value_by_key("building");
      building && !is_any(building, {"no", "roof", "canopy", "carport"}))
    return is(Role::building, "building");
  if (tags.has_tag("natural", "water")) return is(Role::water, "natural");
  if (is_any(tags.get_value_by_key("waterway"), {"riverbank", "dock"})) return is(Role::water, "waterway");
  if (!may_walk(tags)) return std::nullopt;
  if (tags.has_tag("place", "square")) return is(Role::area, "place");
  if (is_any(tags.get_value_by_key("area:highway"), {"pedestrian", "footway", "living_street", "crossing"}))
    return is(Role::area, "area:highway");
  if (is_any(tags.get_value_by_key("highway"),
             {"pedestrian", "footway", "path", "living_street", "platform", "corridor"}))
    return is(Role::area, "highway");
  return std::nullopt;
}

std::optional<OsmShape> line_of(const osmium::TagList& tags, bool roads) {
  OsmShape shape;
  if (const char* barrier = tags.get_value_by_key("barrier");
      is_any(barrier, {"wall", "fence", "hedge", "retaining_wall", "city_wall", "guard_rail"})) {
    shape.role = Role::barrier, shape.width = kWall, shape.kind = std::string("barrier=") + barrier;
    return shape;
  }
  const char* highway = tags.get_value_by_key("highway");
  const OsmWidth* usual = highway ? width_of(highway) : nullptr;
  if (!usual || !may_walk(tags) || (usual->roads && !roads)) return std::nullopt;
  shape.kind = std::string("highway=") + highway;
  shape.passage = tags.has_tag("tunnel", "building_passage");
  set_width(tags, *usual, shape);
  return shape;
}

const char* name_of(const osmium::TagList& tags) {
  return tags.get_value_by_key("name", "");
}

/// A multipolygon and the ways it is made of.
struct Outline {
  OsmShape shape;
  std::vector<std::int64_t> ways;
};

class Relations : public osmium::handler::Handler {
 public:
  explicit Relations(const OsmAreaOptions& options) : options_(options) {}
  void relation(const osmium::Relation& relation) {
    if (!relation.tags().has_tag("type", "multipolygon")) return;
    auto shape = area_of(relation.tags());
    if (!shape || !on_layer(relation.tags())) return;
    shape->id = -relation.id();
    shape->name = name_of(relation.tags());
    Outline outline{std::move(*shape), {}};
    for (const auto& member : relation.members()) {
      if (member.type() == osmium::item_type::way) outline.ways.push_back(member.ref());
    }
    for (const std::int64_t way : outline.ways) members.insert(way);
    outlines.push_back(std::move(outline));
  }
  [[nodiscard]] bool on_layer(const osmium::TagList& tags) const {
    const auto& layers = options_.layers;
    return std::find(layers.begin(), layers.end(), layer_of(tags)) != layers.end();
  }
  std::vector<Outline> outlines;
  std::set<std::int64_t> members;

 private:
  const OsmAreaOptions& options_;
};

class Collector : public osmium::handler::Handler {
 public:
  Collector(OsmAreaSource& source, const OsmAreaOptions& options, const Relations& relations)
      : source_(source), options_(options), relations_(relations) {}

  void node(const osmium::Node& node) {
    if (!node.location().valid()) return;
    const LonLat at{node.location().lon(), node.location().lat()};
    nodes_.insert_or_assign(node.id(), at);
    if (is_any(node.tags().get_value_by_key("barrier"),
               {"gate", "entrance", "lift_gate", "swing_gate", "kissing_gate", "turnstile"}))
      source_.openings.push_back(at);
  }

  void way(const osmium::Way& way) {
    const bool member = relations_.members.count(way.id()) != 0;
    const bool closed = way.nodes().size() > 3 && way.nodes().front().ref() == way.nodes().back().ref();
    auto shape = closed && drawn_as_area(way.tags()) ? area_of(way.tags()) : std::nullopt;
    if (!shape) shape = line_of(way.tags(), options_.roads);
    if (!shape && !member) return;
    std::vector<LonLat> line;
    bool complete = true;
    for (const auto& ref : way.nodes()) {
      const auto found = nodes_.find(ref.ref());
      if (found != nodes_.end()) {
        line.push_back(found->second);
      } else {
        complete = false;
      }
    }
    if (member) {
      std::vector<std::int64_t> refs;
      for (const auto& ref : way.nodes()) refs.push_back(ref.ref());
      ways_.insert_or_assign(way.id(), std::move(refs));
    }
    if (!shape) return;
    if (!relations_.on_layer(way.tags())) {
      source_.other_layers += shape->role == Role::street || shape->role == Role::area;
      return;
    }
    const bool is_line = shape->role == Role::street || shape->role == Role::barrier;
    if ((!complete && !is_line) || line.size() < 2) {
      ++source_.missing;
      return;
    }
    shape->id = way.id();
    shape->name = name_of(way.tags());
    shape->lines.push_back(std::move(line));
    source_.shapes.push_back(std::move(*shape));
  }

  void finish() {
    for (const Outline& outline : relations_.outlines) {
      OsmShape shape = outline.shape;
      if (ring(outline.ways, shape.lines)) {
        source_.shapes.push_back(std::move(shape));
      } else {
        ++source_.missing;
      }
    }
    std::stable_sort(source_.shapes.begin(), source_.shapes.end(),
                     [](const OsmShape& a, const OsmShape& b) { return a.id < b.id; });
    if (source_.box) return;
    Box box;
    for (const auto& [id, at] : nodes_) box.add({at.lon, at.lat});
    if (!box.empty()) source_.box = box;
  }

 private:
  static bool drawn_as_area(const osmium::TagList& tags) {
    return !tags.has_key("highway") || tags.has_tag("area", "yes") || tags.has_key("building");
  }

  /// Rings out of ways that follow each other in any order and direction. False if they do not close, or the
  /// file lacks some of them.
  bool ring(const std::vector<std::int64_t>& ids, std::vector<std::vector<LonLat>>& rings) const {
    std::vector<std::vector<std::int64_t>> open;
    for (const std::int64_t id : ids) {
      const auto found = ways_.find(id);
      if (found == ways_.end() || found->second.size() < 2) return false;
      open.push_back(found->second);
    }
    while (!open.empty()) {
      auto line = std::move(open.back());
      open.pop_back();
      while (line.front() != line.back()) {
        const auto next = std::find_if(open.begin(), open.end(), [&](const auto& other) {
          return other.front() == line.back() || other.back() == line.back();
        });
        if (next == open.end()) return false;
        if (next->front() != line.back()) std::reverse(next->begin(), next->end());
        line.insert(line.end(), next->begin() + 1, next->end());
        open.erase(next);
      }
      auto& points = rings.emplace_back();
      for (const std::int64_t ref : line) {
        const auto at = nodes_.find(ref);
        if (at == nodes_.end()) return false;
        points.push_back(at->second);
      }
    }
    return !rings.empty();
  }

  OsmAreaSource& source_;
  const OsmAreaOptions& options_;
  const Relations& relations_;
  std::unordered_map<std::int64_t, LonLat> nodes_;
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> ways_;
};

}  // namespace

std::span<const OsmWidth> osm_widths() {
  return kWidths;
}

OsmAreaSource read_osm_area_source(const std::string& path, const OsmAreaOptions& options) {
  check_osm_file(path);
  const osmium::io::File input{path};
  OsmAreaSource source;
  try {
    // relations come last in a file, and say which ways matter
    Relations relations{options};
    osmium::io::Reader first{input, osmium::osm_entity_bits::relation};
    osmium::apply(first, relations);
    first.close();
    osmium::io::Reader second{input};
    if (const auto box = second.header().box(); box.valid())
      source.box =
          Box{box.bottom_left().lon(), box.bottom_left().lat(), box.top_right().lon(), box.top_right().lat()};
    Collector collector{source, options, relations};
    osmium::apply(second, collector);
    second.close();
    collector.finish();
  } catch (const std::exception& error) {
    throw InputError(std::filesystem::path(path).filename().string(),
                     "is damaged or cut off (" + std::string(error.what()) + ")",
                     "download or export it again");
  }
  return source;
}

}  // namespace chimata::io
