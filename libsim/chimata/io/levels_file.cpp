#include "chimata/io/levels_file.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "chimata/core/error.hpp"
#include "chimata/io/area_pieces.hpp"
#include "chimata/io/drawing.hpp"
#include "chimata/io/layer_reading.hpp"
#include "chimata/io/level_items.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

using detail::LevelItem;

/// Attributes that are not settings of a flight or elevator.
constexpr std::string_view kOwn[] = {"id",  "gml_id", "fid",    "name",         "level",   "kind",
                                     "end", "height", "closed", "speed_factor", "OBJECTID"};

bool is_drawing(const std::string& path) {
  const std::string kind = std::filesystem::path(path).extension().string();
  return kind == ".dxf" || kind == ".DXF";
}

std::map<std::string, std::string> settings_of(const Features& features, std::size_t row) {
  std::map<std::string, std::string> settings;
  for (const Attribute& attribute : features.attributes) {
    if (std::find(std::begin(kOwn), std::end(kOwn), attribute.name) != std::end(kOwn)) continue;
    if (std::string text = features.text(attribute.name, row); !text.empty())
      settings.emplace(attribute.name, std::move(text));
  }
  return settings;
}

/// One feature. `layer`: the level of those that say none.
LevelItem item_of(const Features& features, std::size_t row, const std::string& layer) {
  LevelItem item;
  item.where = features.source + ", feature " + features.id[row];
  item.kind = features.text("kind", row);
  item.level = features.text("level", row);
  if (item.level.empty()) item.level = layer;
  item.id = features.text("id", row);
  item.end = features.text("end", row);
  item.height = features.number("height", row);
  const std::string closed = features.text("closed", row);
  item.closed = closed == "1" || closed == "yes" || closed == "true";
  if (features.geometry == Geometry::line) {
    item.lines = features.shape[row].rings;
    item.settings = settings_of(features, row);
    if (item.kind.empty())
      throw InputError(item.where, "is a line of no kind",
                       "give the attribute kind: stairs, ramp, escalator, elevator or gate");
    return item;
  }
  const auto factor = features.number("speed_factor", row);
  if (item.kind.empty()) item.kind = factor ? "zone" : "floor";
  item.factor = factor.value_or(1);
  item.shapes = detail::pieces_of(features.shape[row]);
  return item;
}

void add_layers(const std::string& path, bool alone, const std::string& crs, std::vector<LevelItem>& items,
                std::vector<Problem>* notes) {
  const auto layers = detail::layer_names(path);
  for (const std::string& layer : layers) {
    std::string level = layers.size() > 1 ? layer : "";
    if (level.empty() && !alone) level = std::filesystem::path(path).stem().string();
    const LayerOptions options{.crs = crs, .layer = layer, .source_crs = ""};
    for (const Geometry kind : {Geometry::polygon, Geometry::line}) {
      const Features features = detail::read_features_of_kind(path, "levels", options, kind, notes);
      for (std::size_t row = 0; row < features.size(); ++row) items.push_back(item_of(features, row, level));
    }
  }
}

void add_drawing(const std::string& path, double unit, std::vector<LevelItem>& items,
                 std::vector<Problem>* notes) {
  const std::string file = file_name(path);
  for (DrawnLayer& drawn : read_drawing(path, unit)) {
    auto item = detail::level_item_of_layer(drawn.name, file);
    if (!item) continue;
    const bool is_floor = item->kind == "floor" || item->kind == "obstacle";
    if (is_floor) {
      if (!drawn.lines.empty() && notes)
        notes->push_back({Problem::Severity::note, "levels", "",
                          item->where + ": " + std::to_string(drawn.lines.size()) +
                              " lines that enclose nothing were left out",
                          "close them if they bound the floor"});
      if (drawn.rings.empty()) continue;
      item->shapes = detail::nested(std::move(drawn.rings));
    } else {
      item->lines = std::move(drawn.lines);
      item->lines.insert(item->lines.end(), drawn.rings.begin(), drawn.rings.end());
    }
    items.push_back(std::move(*item));
  }
}

}  // namespace

LevelsDrawing read_levels(const std::vector<std::string>& paths, const LevelsOptions& options,
                          std::vector<Problem>* notes) {
  if (paths.empty()) throw InputError("levels", "come from no file", "give at least one");
  std::string crs = options.crs;
  std::vector<LevelItem> items;
  for (const std::string& path : paths) {
    if (is_drawing(path)) {
      add_drawing(path, options.unit, items, notes);
      continue;
    }
    if (crs.empty()) crs = metric_crs_of_layer(path);
    add_layers(path, paths.size() == 1, crs, items, notes);
  }
  const std::string source = paths.size() == 1 ? file_name(paths.front()) : "levels";
  if (items.empty())
    throw InputError(source, "holds nothing of a level",
                     "name the layers of a drawing like walkable@1F@0, stairs A foot@1F");
  LevelsDrawing all = detail::levels_of(items, options.heights, source);
  all.crs = crs;
  return all;
}

}  // namespace chimata::io
