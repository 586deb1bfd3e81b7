#include "chimata/scenario/flood_source.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"

namespace chimata {

namespace {

using Kind = FloodSource::Kind;
const std::vector<std::string> kKinds = {"rasters", "netcdf", "polygons", "levels", "maximum"};

enum class Form : std::uint8_t { text, file, depths, places };

/// A key beside the source itself.
struct SourceKey {
  const char* name;
  std::vector<Kind> of;
  Form form;
  const char* help;
};

const std::vector<SourceKey>& source_keys() {
  static const std::vector<SourceKey> all = {
      {"time",
       {Kind::rasters, Kind::netcdf, Kind::polygons, Kind::levels, Kind::maximum},
       Form::text,
       "rasters, polygons, levels: what the number in a file's name is (filename: a time of day HHMM; "
       "seconds, "
       "minutes, hours after the start); polygons with time_field: its unit; netcdf: elapsed, calendar or "
       "first; "
       "maximum: the unit of arrivals"},
      {"crs",
       {Kind::rasters, Kind::netcdf, Kind::polygons, Kind::levels, Kind::maximum},
       Form::text,
       "coordinate system of files that do not say their own, e.g. EPSG:6673"},
      {"velocity_rasters",
       {Kind::rasters},
       Form::file,
       "rasters of the water's speed, m/s, one per depth raster"},
      {"variable", {Kind::netcdf, Kind::levels}, Form::text, "NetCDF variable of depth (or level)"},
      {"velocity", {Kind::netcdf}, Form::text, "NetCDF variable of speed, m/s, or two components: \"u,v\""},
      {"layer", {Kind::polygons}, Form::text, "layer of a file with several"},
      {"time_field", {Kind::polygons}, Form::text, "field with the time after the start"},
      {"depth_field", {Kind::polygons}, Form::text, "field with the depth, m"},
      {"rank_field",
       {Kind::polygons},
       Form::text,
       "field with the depth rank, a code or text such as 0.5m以上3m未満"},
      {"velocity_field", {Kind::polygons}, Form::text, "field with the water's speed, m/s"},
      {"rank_edges", {Kind::polygons}, Form::depths, "depths (m) at which ranks 1, 2, … begin"},
      {"sources", {Kind::levels}, Form::places, "[longitude, latitude] of places where the water comes from"},
      {"arrival", {Kind::maximum}, Form::file, "raster of arrival times after the start"},
  };
  return all;
}

const SourceKey* find_key(std::string_view name) {
  for (const SourceKey& key : source_keys()) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

std::vector<std::string> times_of(Kind kind) {
  if (kind == Kind::netcdf) return {"elapsed", "calendar", "first"};
  if (kind == Kind::maximum) return {"seconds", "minutes", "hours"};
  return {"filename", "seconds", "minutes", "hours"};
}

std::string text_of(const Json& value, const std::string& where, const char* example) {
  if (!value.is_string() || value.get<std::string>().empty())
    throw InputError(where, "is " + value.dump(), std::string("write a text such as ") + example);
  return value.get<std::string>();
}

std::vector<double> edges_of(const Json& value, const std::string& where) {
  std::vector<double> edges;
  for (const Json& depth : value.is_array() ? value : Json::array()) {
    if (!depth.is_number() || (!edges.empty() && depth.get<double>() <= edges.back())) edges = {-1};
    if (!edges.empty() && edges.front() < 0) break;
    edges.push_back(depth.get<double>());
  }
  if (edges.empty() || edges.front() < 0)
    throw InputError(where, "is " + value.dump(), "give ascending depths in metres, e.g. [0, 0.3, 1, 2, 5]");
  return edges;
}

std::vector<Point> places_of(const Json& value, const std::string& where) {
  std::vector<Point> places;
  bool sound = value.is_array() && !value.empty();
  for (const Json& place : sound ? value : Json::array()) {
    sound = sound && place.is_array() && place.size() == 2 && place[0].is_number() && place[1].is_number();
    if (sound) places.push_back({place[0].get<double>(), place[1].get<double>()});
  }
  if (!sound) throw InputError(where, "is " + value.dump(), "give a list of [longitude, latitude]");
  return places;
}

Kind kind_of(const Json& section, const std::string& where) {
  std::vector<std::string> found;
  for (const std::string& kind : kKinds) {
    if (section.is_object() && section.contains(kind)) found.push_back(kind);
  }
  if (found.empty()) {
    throw InputError(where, "names no source of water",
                     "write rasters: flood/depth_*.tif, or one of netcdf, polygons, levels, maximum");
  }
  if (found.size() > 1)
    throw InputError(where, "names several sources of water (" + listed(found) + ")", "keep one of them");
  return static_cast<Kind>(std::find(kKinds.begin(), kKinds.end(), found.front()) - kKinds.begin());
}

void check_time(const FloodSource& source, const std::string& where) {
  const std::string time = source["time"];
  const auto known = times_of(source.kind);
  if (!time.empty() && std::find(known.begin(), known.end(), time) == known.end())
    throw InputError(where + ".time", "is \"" + time + "\"", "use one of " + listed(known));
}

}  // namespace

FloodSource take_flood_source(Json& section, Json& taken, const std::string& document) {
  const std::string where = document + ": flood";
  FloodSource source;
  source.kind = kind_of(section, where);
  const std::string kind = kKinds[static_cast<std::size_t>(source.kind)];
  source.file = text_of(section[kind], where + "." + kind, "flood/depth_*.tif");
  taken[kind] = source.file;
  section.erase(kind);
  if (source.kind == Kind::rasters) taken["time"] = "filename";
  for (const SourceKey& key : source_keys()) {
    if (!section.contains(key.name)) continue;
    const std::string here = where + "." + key.name;
    if (std::find(key.of.begin(), key.of.end(), source.kind) == key.of.end())
      throw InputError(here, "does not go with " + kind, "leave it out");
    const Json value = section[key.name];
    section.erase(key.name);
    taken[key.name] = value;
    if (key.form == Form::depths) {
      source.rank_edges = edges_of(value, here);
    } else if (key.form == Form::places) {
      source.sources = places_of(value, here);
    } else {
      source.option[key.name] =
          text_of(value, here, key.form == Form::file ? "flood/velocity_*.tif" : "a name");
    }
  }
  check_time(source, where);
  return source;
}

bool names_flood_file(std::string_view key) {
  const SourceKey* beside = find_key(key);
  return std::find(kKinds.begin(), kKinds.end(), key) != kKinds.end() ||
         (beside && beside->form == Form::file);
}

void add_flood_source_schema(Json& section) {
  static const char* const help[] = {
      "depth rasters, e.g. flood/depth_*.tif", "NetCDF file with dimensions (time, y, x)",
      "layer of areas with a depth or depth rank", "water levels: rasters, a NetCDF file, or a table (.csv)",
      "raster of greatest depths"};
  section["oneOf"] = Json::array();
  for (std::size_t k = 0; k < kKinds.size(); ++k) {
    section["oneOf"].push_back({{"required", {kKinds[k]}}});
    section["properties"][kKinds[k]] = {{"type", "string"}, {"description", help[k]}};
  }
  for (const SourceKey& key : source_keys()) {
    Json about = {{"description", key.help}};
    if (key.form == Form::text || key.form == Form::file) about["type"] = "string";
    if (key.form == Form::depths) about.update({{"type", "array"}, {"items", {{"type", "number"}}}});
    if (key.form == Form::places)
      about.update({{"type", "array"}, {"items", {{"type", "array"}, {"items", {{"type", "number"}}}}}});
    section["properties"][key.name] = about;
  }
  section["properties"]["time"]["enum"] = {"filename", "seconds",  "minutes", "hours",
                                           "elapsed",  "calendar", "first"};
}

}  // namespace chimata
