#include "chimata/io/gmns.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>

#include "chimata/core/error.hpp"
#include "chimata/io/gmns_reading.hpp"
#include "chimata/io/text_file.hpp"
#include "chimata/io/xml_reading.hpp"

namespace chimata::io {

namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool said(const std::string& text) {
  return !text.empty() && lower(text) != "none" && lower(text) != "no";
}

// "LINESTRING (x y, x y z, …)"
std::vector<Point> line_of(const std::string& wkt, const std::string& where) {
  const auto refuse = [&](const std::string& what) {
    throw InputError(where, "geometry " + what, "write it as LINESTRING (x y, x y, …)");
  };
  const auto open = wkt.find('('), close = wkt.rfind(')');
  if (!lower(wkt).starts_with("linestring") || open == std::string::npos || close == std::string::npos ||
      close < open)
    refuse("is '" + wkt.substr(0, 40) + "'");
  std::vector<Point> line;
  std::string_view rest = std::string_view(wkt).substr(open + 1, close - open - 1);
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    const auto space = pair.find(' ');
    if (space == std::string_view::npos) refuse("holds '" + std::string(pair) + "'");
    std::string_view second = pair.substr(space + 1);
    while (!second.empty() && second.front() == ' ') second.remove_prefix(1);
    const auto x = number_of(pair.substr(0, space)), y = number_of(second.substr(0, second.find(' ')));
    if (!x || !y) refuse("holds '" + std::string(pair) + "'");
    line.push_back({*x, *y});
  }
  if (line.size() < 2) refuse("has fewer than two points");
  return line;
}

class Reader {
 public:
  Reader(const std::map<std::string, std::string>& texts, const RoadOptions& options)
      : tables_(texts), options_(options), draft_("link.csv", options) {}

  RoadResult read() {
    config();
    nodes();
    const CsvTable& table = tables_.required("link");
    (void)table.required("link's id", {"link_id"});
    (void)table.required("first node", {"from_node_id"});
    (void)table.required("second node", {"to_node_id"});
    if (!table.column({"allowed_uses"}))
      draft_.note("has no allowed_uses; its links are for cars", "add allowed_uses if others may use them");
    for (std::size_t row = 0; row < table.rows(); ++row) link(table, row);
    if (draft_.links.empty()) throw InputError("link.csv", "holds no links", "give one row per link");
    draft_.assemble(crs_, true);
    const auto movements = read_gmns_movements(tables_, draft_);
    read_gmns_signals(tables_, movements, draft_);
    return std::move(draft_).result();
  }

 private:
  void config() {
    std::string length = options_.length_unit, speed = options_.speed_unit, short_length;
    const CsvTable* table = tables_.find("config");
    if (table && table->rows() > 0) {
      if (const auto unit = cell(*table, 0, {"long_length"}); !unit.empty()) length = unit;
      if (const auto unit = cell(*table, 0, {"speed"}); !unit.empty()) speed = unit;
      short_length = cell(*table, 0, {"short_length"});
      crs_ = cell(*table, 0, {"crs"});
      if (number_of(crs_)) crs_ = "EPSG:" + crs_;
    }
    const auto where = table && table->rows() ? table->where(0) : "config.csv";
    if (length.empty()) {
      length = "mile";
      draft_.note("no config.csv says the unit of lengths; taken as miles",
                  "say length_unit if it is another");
    }
    if (speed.empty()) {
      speed = "mph";
      draft_.note("no config.csv says the unit of speeds; taken as mph", "say speed_unit if it is another");
    }
    length_ = length_unit(length, where);
    speed_ = speed_unit(speed, where);
    short_ = short_length.empty() ? length_ : length_unit(short_length, where);
  }

  void nodes() {
    const CsvTable& table = tables_.required("node");
    (void)table.required("node's id", {"node_id"});
    (void)table.required("x coordinate", {"x_coord"});
    (void)table.required("y coordinate", {"y_coord"});
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::string id = cell(table, row, {"node_id"});
      const auto x = figure(table, row, {"x_coord"}), y = figure(table, row, {"y_coord"});
      if (id.empty() || !x || !y)
        throw InputError(table.where(row), "has no " + std::string(id.empty() ? "node_id" : "coordinates"),
                         "fill in node_id, x_coord and y_coord");
      const bool signal = lower(cell(table, row, {"ctrl_type", "control_type"})).find("signal") == 0;
      draft_.add_node({id, {*x, *y}, signal}, table.where(row));
    }
  }

  // Uses may be groups of uses, which may be groups.
  ModeMask modes_of(const std::string& list, int depth) const {
    ModeMask modes = 0;
    std::string word;
    const auto take = [&] {
      if (!word.empty()) modes |= mode_of(lower(word), depth);
      word.clear();
    };
    for (const char c : list) {
      if (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '+' || c == '-') {
        word += c;
      } else {
        take();
      }
    }
    take();
    return modes;
  }
  ModeMask mode_of(const std::string& use, int depth) const {
    if (use == "walk" || use == "ped" || use == "pedestrian" || use == "foot") return kFoot;
    if (use == "bike" || use == "bicycle") return kBicycle;
    if (const CsvTable* groups = tables_.find("use_group"); groups && depth < 4) {
      for (std::size_t row = 0; row < groups->rows(); ++row) {
        if (lower(cell(*groups, row, {"use_group"})) == use)
          return modes_of(cell(*groups, row, {"uses"}), depth + 1);
      }
    }
    if (use == "all") return kFoot | kBicycle | kCar;
    for (const char* car : {"auto", "car", "sov", "hov2", "hov3+", "hov", "truck", "a", "drive", "driving"}) {
      if (use == car) return kCar;
    }
    return 0;
  }

  std::vector<Point> geometry(const CsvTable& table, std::size_t row) {
    std::string wkt = cell(table, row, {"geometry"});
    const std::string id = cell(table, row, {"geometry_id", "link_geom_id"});
    if (wkt.empty() && !id.empty()) {
      if (geometries_.empty()) {
        for (const char* name : {"geometry", "link_geometry"}) {
          const CsvTable* lines = tables_.find(name);
          for (std::size_t i = 0; lines && i < lines->rows(); ++i)
            geometries_[cell(*lines, i, {"geometry_id", "link_geom_id"})] = cell(*lines, i, {"geometry"});
        }
      }
      const auto found = geometries_.find(id);
      if (found == geometries_.end())
        throw InputError(table.where(row), "there is no geometry " + id, "add it to geometry.csv");
      wkt = found->second;
    }
    if (wkt.empty()) return {};
    return line_of(wkt, table.where(row));
  }

  void link(const CsvTable& table, std::size_t row) {
    const std::string where = table.where(row);
    RoadLink link;
    link.id = cell(table, row, {"link_id"});
    if (link.id.empty()) throw InputError(where, "has no link_id", "give each link its own id");
    link.from = draft_.node(cell(table, row, {"from_node_id"}), where);
    link.to = draft_.node(cell(table, row, {"to_node_id"}), where);
    link.name = cell(table, row, {"name"});
    if (link.name == "(null)") link.name.clear();
    link.shape = geometry(table, row);
    // a line drawn from end to start serves both directions (dir_flag -1); files without the flag do it too
    const Point start = draft_.nodes[link.from].place, end = draft_.nodes[link.to].place;
    if (!link.shape.empty() && distance(link.shape.front(), end) + distance(link.shape.back(), start) <
                                   distance(link.shape.front(), start) + distance(link.shape.back(), end))
      std::reverse(link.shape.begin(), link.shape.end());

    for (const char* column : {"facility_type", "link_type_name"}) {
      if (const auto c = road_class_named(cell(table, row, {column}))) link.road_class = *c;
    }
    if (const auto length = figure(table, row, {"length"})) link.length = *length * length_;
    if (const auto width = figure(table, row, {"width", "walking_width"})) link.width = *width * short_;
    if (const auto speed = figure(table, row, {"free_speed"})) link.speed = *speed * speed_;
    const auto lanes = figure(table, row, {"lanes"});
    if (lanes && !(*lanes >= 0 && *lanes < 100))
      throw InputError(where, "lanes is '" + cell(table, row, {"lanes"}) + "'", "give 0 to 99");
    if (lanes) link.lanes = static_cast<int>(*lanes);
    if (const auto capacity = figure(table, row, {"capacity"}))
      link.capacity = *capacity * std::max(1.0, lanes.value_or(1)) / 3600;

    const std::string uses = cell(table, row, {"allowed_uses"});
    link.modes = uses.empty() ? ModeMask{kCar} : modes_of(uses, 0);
    link.walk_both_ways = true;
    if (said(cell(table, row, {"bike_facility"}))) link.modes |= kBicycle;
    if (const auto walkers = cell(table, row, {"ped_facility"}); said(walkers)) {
      link.modes |= kFoot;
      if (lower(walkers) == "sidewalk") link.flags |= kSidewalk;
    }
    const std::string directed = lower(cell(table, row, {"directed"}));
    if (!directed.empty() && directed != "1" && directed != "0" && directed != "true" && directed != "false")
      throw InputError(where, "directed is '" + directed + "'", "give 1 or 0");
    link.two_way = directed == "0" || directed == "false";
    draft_.add_link(std::move(link), where);
  }

  GmnsTables tables_;
  const RoadOptions& options_;
  RoadDraft draft_;
  std::string crs_;
  double length_ = 1, short_ = 1, speed_ = 1;
  std::map<std::string, std::string> geometries_;
};

}  // namespace

GmnsTables::GmnsTables(const std::map<std::string, std::string>& texts) {
  for (const auto& [name, text] : texts) tables_.emplace(name, CsvTable::parse(text, name + ".csv"));
}

const CsvTable* GmnsTables::find(const std::string& name) const {
  const auto found = tables_.find(name);
  return found == tables_.end() ? nullptr : &found->second;
}

const CsvTable& GmnsTables::required(const std::string& name) const {
  if (const CsvTable* table = find(name)) return *table;
  throw InputError(name + ".csv", "there is no such file", "GMNS needs node.csv and link.csv in one folder");
}

std::string cell(const CsvTable& table, std::size_t row, std::initializer_list<std::string_view> names) {
  const auto column = table.column(names);
  return column ? table.text(row, *column) : std::string();
}

std::optional<double> figure(const CsvTable& table, std::size_t row,
                             std::initializer_list<std::string_view> names) {
  const auto column = table.column(names);
  return column ? table.number(row, *column) : std::nullopt;
}

RoadResult parse_gmns(const std::map<std::string, std::string>& tables, const RoadOptions& options) {
  return Reader{tables, options}.read();
}

RoadResult read_gmns(const std::string& path, const RoadOptions& options) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::is_directory(path) ? fs::path(path) : fs::path(path).parent_path();
  std::map<std::string, std::string> texts;
  for (const char* name :
       {"config", "node", "link", "geometry", "link_geometry", "use_group", "movement", "signal_controller",
        "signal_timing_plan", "signal_timing_phase", "signal_phase_mvmt", "signal_coordination"}) {
    const fs::path file = folder / (std::string(name) + ".csv");
    if (fs::exists(file)) texts[name] = read_text_file(file.string());
  }
  return parse_gmns(texts, options);
}

}  // namespace chimata::io
