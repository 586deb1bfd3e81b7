#include "chimata/io/osm_source.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <osmium/builder/osm_object_builder.hpp>
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/visitor.hpp>

#include "chimata/core/error.hpp"
#include "chimata/io/osm_conditional.hpp"

namespace chimata::io {

namespace {

bool starts_with(const char* text, const char* prefix) {
  return text && std::strncmp(text, prefix, std::strlen(prefix)) == 0;
}

// Vehicles named in "except=bicycle;psv" are not bound.
ModeMask without_exceptions(ModeMask modes, const char* except) {
  std::string_view rest = except ? except : "";
  while (!rest.empty()) {
    const auto end = rest.find(';');
    std::string_view word = rest.substr(0, end);
    while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
    if (word == "bicycle") modes &= static_cast<ModeMask>(~kBicycle);
    if (word == "motorcar" || word == "motor_vehicle") modes &= static_cast<ModeMask>(~kCar);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return modes;
}

constexpr std::string_view kConditional = ":conditional";

// Whether a key, without ":conditional", binds those whom we know: "maxspeed:hgv" does not.
bool concerns_us(std::string_view key) {
  for (const std::string_view end : {":forward", ":backward"}) {
    if (key.ends_with(end)) key.remove_suffix(end.size());
  }
  if (key.starts_with("oneway:")) key.remove_prefix(7);
  for (const std::string_view ours :
       {"access", "vehicle", "motor_vehicle", "motorcar", "bicycle", "foot", "oneway", "maxspeed", "lanes"}) {
    if (key == ours) return true;
  }
  return false;
}

// Tags as they are at a moment: conditional ones that hold take the place of their unconditional ones.
class TagsAt {
 public:
  TagsAt(const OsmOptions& options, OsmCounts& counts) : options_(options), counts_(counts) {}

  // The given tags, or a copy that lives until the next call. `counted`: whether they say something to us.
  const osmium::TagList& operator()(const osmium::TagList& tags, bool counted) {
    bool any = false;
    for (const auto& tag : tags) any |= std::string_view(tag.key()).ends_with(kConditional);
    if (!any) return tags;
    std::map<std::string, std::string> now;
    for (const auto& tag : tags) now.emplace(tag.key(), tag.value());
    for (const auto& tag : tags) {
      std::string_view key = tag.key();
      if (!key.ends_with(kConditional)) continue;
      key.remove_suffix(kConditional.size());
      const bool ours = counted && concerns_us(key);
      counts_.conditional_tags += ours;
      if (!options_.at) continue;
      const ConditionalValue said = conditional_value(tag.value(), *options_.at);
      counts_.judged_tags += ours && !said.unknown;
      if (said.value) now[std::string(key)] = *said.value;
    }
    if (!options_.at) return tags;
    buffer_.clear();
    {
      osmium::builder::TagListBuilder builder{buffer_};
      for (const auto& [key, value] : now) {
        if (key.size() <= osmium::max_osm_string_length && value.size() <= osmium::max_osm_string_length)
          builder.add_tag(key, value);
      }
    }
    buffer_.commit();
    return buffer_.get<osmium::TagList>(0);
  }

 private:
  const OsmOptions& options_;
  OsmCounts& counts_;
  osmium::memory::Buffer buffer_{4096, osmium::memory::Buffer::auto_grow::yes};
};

class Collector : public osmium::handler::Handler {
 public:
  Collector(OsmSource& source, const OsmOptions& options)
      : source_(source), options_(options), tags_at_(options, source.counts) {}

  void node(const osmium::Node& node) {
    if (!node.location().valid()) return;
    source_.nodes.push_back({node.id(), {node.location().lon(), node.location().lat()}});
    if (node.tags().empty()) return;
    const char* highway = node.tags().get_value_by_key("highway");
    const bool signal = highway && std::strcmp(highway, "traffic_signals") == 0;
    const ModeMask stops = stopped_by(tags_at_(node.tags(), node.tags().has_key("barrier")));
    if (signal || stops) source_.roles.push_back({node.id(), signal, stops});
  }

  void way(const osmium::Way& way) {
    const bool street = way.tags().has_key("highway");
    const bool ferry = !street && way.tags().has_tag("route", "ferry");
    source_.counts.ferries += ferry;
    if (!street && !(ferry && options_.ferries)) return;
    const osmium::TagList& tags = tags_at_(way.tags(), true);
    OsmWay& copy = source_.ways.emplace_back(OsmWay{
        way.id(), way.version(), street ? street_tags(tags, options_) : ferry_tags(tags, options_), {}});
    copy.refs.reserve(way.nodes().size());
    for (const auto& ref : way.nodes()) copy.refs.push_back(ref.ref());
  }

  void relation(const osmium::Relation& relation) {
    const char* type = relation.tags().get_value_by_key("type");
    if (!type) return;
    if (std::strcmp(type, "multipolygon") == 0)
      source_.counts.area_relations += relation.tags().has_key("highway");
    if (starts_with(type, "restriction")) restriction(relation);
  }

 private:
  void restriction(const osmium::Relation& relation) {
    const auto& tags = tags_at_(relation.tags(), false);
    ++source_.counts.restriction_relations;
    OsmRestriction result;
    result.id = relation.id();
    const char* rule = tags.get_value_by_key("restriction");
    result.modes = kBicycle | kCar;
    const std::pair<const char*, ModeMask> narrower[] = {{"restriction:motorcar", kCar},
                                                         {"restriction:motor_vehicle", kCar},
                                                         {"restriction:bicycle", kBicycle}};
    for (const auto& [key, modes] : narrower) {
      if (!rule && tags.has_key(key)) rule = tags.get_value_by_key(key), result.modes = modes;
    }
    if (!rule) {
      const char* conditional = relation.tags().get_value_by_key("restriction:conditional");
      const bool inactive =
          conditional && options_.at && !conditional_value(conditional, *options_.at).unknown;
      ++(inactive ? source_.counts.inactive_restrictions : source_.counts.conditional_restrictions);
      return;
    }
    result.only = starts_with(rule, "only_");
    if (!result.only && !starts_with(rule, "no_")) return;
    result.u_turn = std::strcmp(rule, "no_u_turn") == 0;
    result.modes = without_exceptions(result.modes, tags.get_value_by_key("except"));
    for (const auto& member : relation.members()) {
      const bool is_way = member.type() == osmium::item_type::way;
      if (is_way && std::strcmp(member.role(), "from") == 0) result.from.push_back(member.ref());
      if (is_way && std::strcmp(member.role(), "to") == 0) result.to.push_back(member.ref());
      if (std::strcmp(member.role(), "via") != 0) continue;
      if (is_way) result.via_ways.push_back(member.ref());
      if (member.type() == osmium::item_type::node) result.via_node = member.ref();
    }
    if (result.modes) source_.restrictions.push_back(std::move(result));
  }

  OsmSource& source_;
  const OsmOptions& options_;
  TagsAt tags_at_;
};

// Of several versions of one object the last is true.
void sort_out(OsmSource& source) {
  const auto by_id = [](const auto& a, const auto& b) { return a.id < b.id; };
  if (!std::is_sorted(source.nodes.begin(), source.nodes.end(), by_id))
    std::stable_sort(source.nodes.begin(), source.nodes.end(), by_id);
  std::stable_sort(source.roles.begin(), source.roles.end(), by_id);
  std::stable_sort(source.restrictions.begin(), source.restrictions.end(), by_id);
  std::stable_sort(source.ways.begin(), source.ways.end(), [](const OsmWay& a, const OsmWay& b) {
    return a.id != b.id ? a.id < b.id : a.version > b.version;
  });
  const auto last = std::unique(source.ways.begin(), source.ways.end(),
                                [](const OsmWay& a, const OsmWay& b) { return a.id == b.id; });
  source.counts.duplicate_streets += static_cast<std::size_t>(source.ways.end() - last);
  source.ways.erase(last, source.ways.end());
}

template <class Row>
const Row* find(const std::vector<Row>& rows, std::int64_t id) {
  const auto it = std::lower_bound(rows.begin(), rows.end(), id,
                                   [](const Row& row, std::int64_t wanted) { return row.id < wanted; });
  return it != rows.end() && it->id == id ? &*it : nullptr;
}

}  // namespace

const OsmNode* OsmSource::node(std::int64_t id) const {
  return find(nodes, id);
}
const OsmNodeRole* OsmSource::role(std::int64_t id) const {
  return find(roles, id);
}

void check_osm_file(const std::string& path) {
  const std::string file = std::filesystem::path(path).filename().string();
  if (!std::filesystem::is_regular_file(path))
    throw InputError(path, "there is no such file", "give a .osm, .osm.gz or .osm.pbf file");
  if (std::filesystem::file_size(path) == 0)
    throw InputError(file, "is empty", "download or export it again");
  if (osmium::io::File{path}.format() == osmium::io::file_format::unknown)
    throw InputError(file, "is not an OpenStreetMap file", "give a .osm, .osm.gz or .osm.pbf file");
}

OsmSource read_osm_source(const std::string& path, const OsmOptions& options) {
  check_osm_file(path);
  const std::string file = std::filesystem::path(path).filename().string();
  const osmium::io::File input{path};
  OsmSource source;
  try {
    osmium::io::Reader reader{input};
    const auto box = reader.header().box();
    if (box.valid()) {
      source.box =
          Box{box.bottom_left().lon(), box.bottom_left().lat(), box.top_right().lon(), box.top_right().lat()};
    }
    Collector collector{source, options};
    osmium::apply(reader, collector);
    reader.close();
  } catch (const std::exception& error) {
    throw InputError(file, "is damaged or cut off (" + std::string(error.what()) + ")",
                     "download or export it again");
  }
  sort_out(source);
  return source;
}

}  // namespace chimata::io
