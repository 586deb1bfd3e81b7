#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <limits>
#include <set>
#include <sstream>

#include "chimata/io/environment.hpp"
#include "chimata/io/import.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

namespace fs = std::filesystem;

std::string plan_path(const std::string& path) {
  if (!fs::is_directory(path)) return path;
  for (const char* name : {"town.yaml", "city.yaml"}) {
    if (fs::exists(fs::path(path) / name)) return (fs::path(path) / name).string();
  }
  throw InputError(path, "has neither town.yaml nor city.yaml", "describe the city's files in one of them");
}

class PlanReader {
 public:
  explicit PlanReader(const std::string& path) : path_(path), file_(file_name(path)) {}

  CityPlan read(const std::string& written) {
    YAML::Node root;
    try {
      root = YAML::Load(written);
    } catch (const YAML::Exception& error) {
      throw InputError(file_ + ":" + std::to_string(error.mark.line + 1),
                       "is no valid YAML (" + error.msg + ")", "check indentation, colons and quotes");
    }
    if (!root.IsMap())
      throw InputError(file_, "names no files", "write streets: town.osm.pbf, shelters: shelters.csv, …");
    for (const auto& entry : root) top(text(entry.first, "a key"), entry.second);
    if (plan_.osm.empty() && plan_.street_lines.empty() && plan_.roads.empty()) {
      throw InputError(file_, "names no streets",
                       "add streets: with an OpenStreetMap file or a layer of lines");
    }
    return std::move(plan_);
  }

 private:
  void top(const std::string& key, const YAML::Node& value) {
    // for people and other tools
    static const std::set<std::string> ignored = {"name_en",    "description", "description_en", "synthetic",
                                                  "population", "breach",      "version",        "$schema"};
    if (ignored.contains(key)) return;
    if (key == "name") {
      plan_.name = text(value, key);
    } else if (key == "crs") {
      plan_.crs = text(value, key);
    } else if (key == "source_crs") {
      plan_.source_crs = text(value, key);
    } else if (key == "time_zone" || key == "timezone") {
      plan_.time_zone = text(value, key);
    } else if (key == "licence" || key == "licences") {
      for (const auto& line : value.IsSequence() ? value : YAML::Load("[]"))
        plan_.licences.push_back(text(line, key));
      if (!value.IsSequence()) plan_.licences.push_back(text(value, key));
    } else if (key == "files" || key == "layers") {
      if (!value.IsMap())
        throw InputError(where(value), key + " is no list of names and files",
                         "write e.g. streets: town.osm.gz below it");
      for (const auto& entry : value) {
        const std::string name = text(entry.first, "a name");
        if (!part(name, entry.second)) plan_.layers[name] = file(entry.second);
      }
    } else if (!part(key, value)) {
      throw InputError(where(value), "has an unknown key " + key,
                       "use name, crs, time_zone, licence, streets, terrain, shelters, zones, buildings, "
                       "residences, flood or layers");
    }
  }

  // The parts that we know; false if this is none of them.
  bool part(const std::string& key, const YAML::Node& value) {
    if (key == "streets") {
      streets(value);
    } else if (key == "terrain" || key == "dem") {
      plan_.terrain = file(value);
    } else if (key == "shelters") {
      plan_.shelters = file(value);
      if (const auto capacity = option(value, "default_capacity"))
        plan_.default_capacity = number(*capacity, "default_capacity");
    } else if (key == "zones") {
      plan_.zones = file(value);
    } else if (key == "buildings") {
      plan_.buildings = file(value);
      if (const auto column = option(value, "residents_column"))
        plan_.residents_column = text(*column, "residents_column");
    } else if (key == "residences") {
      plan_.residences = file(value);
      if (const auto law = option(value, "spread")) plan_.spread = spread_law(*law);
      if (const auto column = option(value, "residents_column"))
        plan_.residents_column = text(*column, "residents_column");
    } else if (key == "flood") {
      plan_.flood = written_path(value.IsMap() ? value["file"] : value).string();
    } else {
      return false;
    }
    return true;
  }

  [[nodiscard]] SpreadLaw spread_law(const YAML::Node& value) const {
    static constexpr const char* names[] = {"automatic", "buildings", "streets", "scattered", "centre"};
    const std::string written = text(value, "spread");
    for (std::uint8_t law = 0; law < std::size(names); ++law) {
      if (written == names[law]) return static_cast<SpreadLaw>(law);
    }
    throw InputError(where(value), "spread is '" + written + "'",
                     "use automatic, buildings, streets, scattered or centre");
  }

  void streets(const YAML::Node& value) {
    const std::string path = file(value);
    RoadFormat format = road_format_of(path);
    if (const auto given = option(value, "format")) {
      const auto named = road_format_named(text(*given, "format"));
      if (!named)
        throw InputError(where(*given), "format is '" + text(*given, "format") + "'",
                         "use osm, lines, gmns, matsim, tntp or sumo");
      format = *named;
    }
    if (format == RoadFormat::osm) {
      osm(path, value);
    } else if (format == RoadFormat::lines) {
      lines(path, value);
    } else {
      roads(path, format, value);
    }
  }

  // "true" in JSON's quotes counts too: options of the command line are text.
  bool truth(const YAML::Node& value, const char* key) const {
    const std::string word = text(value, key);
    if (word == "true" || word == "yes") return true;
    if (word == "false" || word == "no") return false;
    throw InputError(where(value), std::string(key) + " is '" + word + "'", "write true or false");
  }

  void osm(const std::string& path, const YAML::Node& value) {
    plan_.osm = path;
    OsmOptions& o = plan_.osm_options;
    if (const auto given = option(value, "walk_private")) o.walk_private = truth(*given, "walk_private");
    if (const auto given = option(value, "ferries")) o.ferries = truth(*given, "ferries");
    if (const auto given = option(value, "country")) o.country = text(*given, "country");
    if (const auto given = option(value, "at")) {
      try {
        o.at = local_moment(text(*given, "at"));
      } catch (const InputError& error) {
        throw InputError(where(*given), "at " + error.problem(), error.fix());
      }
    }
  }

  void roads(const std::string& path, RoadFormat format, const YAML::Node& value) {
    plan_.roads = path;
    plan_.roads_format = format;
    RoadOptions& o = plan_.road_options;
    const std::pair<const char*, std::string*> words[] = {{"crs", &o.source_crs},
                                                          {"source_crs", &o.source_crs},
                                                          {"length_unit", &o.length_unit},
                                                          {"speed_unit", &o.speed_unit},
                                                          {"time_unit", &o.time_unit}};
    for (const auto& [key, target] : words) {
      if (const auto given = option(value, key)) *target = text(*given, key);
    }
    if (const auto given = option(value, "nodes")) o.nodes = file(*given);
    if (const auto given = option(value, "walk_along")) o.walk_along = truth(*given, "walk_along");
  }

  // {1: primary, 2: secondary}, or as one text "1:primary, 2:secondary"
  void values(const YAML::Node& value, const char* key, std::map<std::string, std::string>& target) const {
    if (value.IsMap()) {
      for (const auto& entry : value) target[text(entry.first, key)] = text(entry.second, key);
      return;
    }
    std::istringstream list(text(value, key));
    for (std::string entry; std::getline(list, entry, ',');) {
      const auto colon = entry.find(':');
      if (colon == std::string::npos)
        throw InputError(where(value), std::string(key) + " holds '" + entry + "'",
                         "write e.g. {1: primary, 2: secondary}");
      entry.erase(0, entry.find_first_not_of(' '));
      const auto split = entry.find(':');
      std::string meaning = entry.substr(split + 1);
      meaning.erase(0, meaning.find_first_not_of(' '));
      target[entry.substr(0, split)] = meaning;
    }
  }

  void lines(const std::string& path, const YAML::Node& value) {
    plan_.street_lines = path;
    StreetLineOptions& o = plan_.line_options;
    const std::pair<const char*, std::string*> fields[] = {{"layer", &o.layer.layer},
                                                           {"class_field", &o.class_field},
                                                           {"width_field", &o.width_field},
                                                           {"oneway_field", &o.oneway_field},
                                                           {"direction_field", &o.direction_field},
                                                           {"name_field", &o.name_field},
                                                           {"id_field", &o.id_field},
                                                           {"speed_field", &o.speed_field},
                                                           {"lanes_field", &o.lanes_field},
                                                           {"capacity_field", &o.capacity_field},
                                                           {"modes_field", &o.modes_field},
                                                           {"speed_unit", &o.speed_unit},
                                                           {"width_unit", &o.width_unit}};
    for (const auto& [key, target] : fields) {
      if (const auto given = option(value, key)) *target = text(*given, key);
    }
    const std::pair<const char*, std::map<std::string, std::string>*> maps[] = {
        {"class_values", &o.class_values},
        {"oneway_values", &o.oneway_values},
        {"modes_values", &o.modes_values}};
    for (const auto& [key, target] : maps) {
      if (const auto given = option(value, key)) values(*given, key, *target);
    }
    if (const auto snap = option(value, "snap")) o.snap = metres(*snap, "snap");
    if (const auto width = option(value, "default_width")) o.default_width = metres(*width, "default_width");
  }

  [[nodiscard]] static std::optional<YAML::Node> option(const YAML::Node& value, const char* key) {
    if (!value.IsMap() || !value[key]) return std::nullopt;
    return value[key];
  }
  [[nodiscard]] std::string file(const YAML::Node& value) const {
    const YAML::Node& name = value.IsMap() ? value["file"] : value;
    const fs::path path = written_path(name);
    std::error_code no_path;  // too long a name, say
    if (!fs::exists(path, no_path))
      throw InputError(where(value), "there is no file " + text(name, "file"), "correct the name");
    return path.string();
  }
  [[nodiscard]] fs::path written_path(const YAML::Node& name) const {
    return folder() / expanded_path(text(name, "file"), name ? where(name) : file_);
  }
  [[nodiscard]] std::string text(const YAML::Node& value, const std::string& key) const {
    if (!value || !value.IsScalar())
      throw InputError(value ? where(value) : file_, key + " is no text", "write one value after the colon");
    return value.as<std::string>();
  }
  [[nodiscard]] double metres(const YAML::Node& value, const std::string& key) const {
    const auto m = value.as<double>(-1);
    if (!(m >= 0 && m < 1e6))
      throw InputError(where(value), key + " is '" + value.as<std::string>("") + "'",
                       "give metres, 0 or more");
    return m;
  }
  [[nodiscard]] std::uint32_t number(const YAML::Node& value, const std::string& key) const {
    const auto n = value.as<std::int64_t>(-1);
    if (n < 0 || n > std::numeric_limits<std::uint32_t>::max())
      throw InputError(where(value), key + " is '" + value.as<std::string>("") + "'",
                       "give a whole number, 0 or more");
    return static_cast<std::uint32_t>(n);
  }
  [[nodiscard]] std::string where(const YAML::Node& value) const {
    return file_ + ":" + std::to_string(value.Mark().line + 1);
  }
  [[nodiscard]] fs::path folder() const { return fs::path(path_).parent_path(); }

  std::string path_, file_;
  CityPlan plan_;
};

}  // namespace

CityPlan read_city_plan(const std::string& path) {
  const std::string file = plan_path(path);
  return PlanReader(file).read(read_text_file(file));
}

CityPlan parse_city_plan(const std::string& text) {
  return PlanReader("city plan").read(text);
}

}  // namespace chimata::io
