#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/geo/burn.hpp"
#include "chimata/hazard/depth_rank.hpp"
#include "chimata/io/flood_files.hpp"
#include "chimata/io/layer_reading.hpp"
#include "chimata/io/raster_reading.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

constexpr double kMostCells = 2e7;  // of one frame; a city of 20 km at 5 m has 1.6e7

const std::vector<std::string> kDepthNames = {"depth",  "depth_m", "water_depth",
                                              "浸水深", "浸水深m", "max_depth"};
// 国土数値情報 A31 (1.x), A31a (想定最大規模, 計画規模), PLATEAU, storm surges and tsunamis of prefectures
const std::vector<std::string> kRankNames = {"A31_001",      "A31a_205",  "A31a_105",   "rank",    "rankOrg",
                                             "浸水深ランク", "浸水深ﾗﾝｸ", "浸水ランク", "A40_003", "A49_003"};

/// The field to use: the one asked for, or the first of the usual names; "" if there is none.
std::string field_of(const Features& layer, const std::string& wanted,
                     const std::vector<std::string>& usual) {
  std::vector<std::string> names;
  for (const Attribute& a : layer.attributes) names.push_back(a.name);
  if (!wanted.empty()) {
    if (std::find(names.begin(), names.end(), wanted) != names.end()) return wanted;
    const std::string hint = did_you_mean(wanted, names);
    throw InputError(layer.source, "has no field " + wanted,
                     hint.empty() ? "its fields are " + listed(names) : hint);
  }
  for (const std::string& name : usual) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return name;
  }
  return {};
}

std::string row_of(const Features& layer, std::size_t row) {
  return layer.source + " (feature " + std::to_string(row + 1) + ")";
}

/// A number, also one that the file keeps as text.
std::optional<double> number_in(const Features& layer, const std::string& field, std::size_t row) {
  if (const auto value = layer.number(field, row)) return value;
  const std::string text = layer.text(field, row);
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

class Reader {
 public:
  Reader(const DepthPolygons& options, const std::string& crs, const Box& city)
      : options_(options), crs_(crs), city_(city) {}

  DepthSeries read() {
    for (const FrameFile& file : files()) {
      layers_.push_back(
          detail::read_any_features(file.path, "flood", {crs_, options_.layer, options_.files.crs}, nullptr));
      times_.push_back(file.time);
    }
    make_frame();
    for (std::size_t i = 0; i < layers_.size(); ++i) lay(layers_[i], times_[i]);
    DepthSeries series;
    series.frame = frame_;
    for (auto& [time, grid] : depth_) series.time.push_back(time), series.depth.push_back(std::move(grid));
    for (auto& [time, grid] : velocity_) series.velocity.push_back(std::move(grid));
    for (const std::string& pattern : options_.files.patterns)
      series.source += (series.source.empty() ? "" : ", ") + file_name(pattern);
    if (ranked_) {
      static const char* const names[] = {"lower", "middle", "upper"};
      series.source += std::string(" (ranks at their ") + names[static_cast<int>(options_.bound)] + " depth)";
    }
    return series;
  }

 private:
  [[nodiscard]] std::vector<FrameFile> files() const {
    if (options_.timed && options_.time_field.empty()) return frame_files(options_.files);
    std::vector<FrameFile> found;
    for (const std::string& pattern : options_.files.patterns) {
      for (const std::string& path : matching_files(pattern)) found.push_back({path, Duration{0}});
    }
    const std::string where =
        options_.files.patterns.empty() ? "flood.polygons" : options_.files.patterns.front();
    if (found.empty()) throw InputError(where, "no file matches", "check the folder and the pattern");
    if (found.size() > 1 && options_.time_field.empty()) {
      throw InputError(where, "matches " + std::to_string(found.size()) + " files, whose times are not known",
                       "say how names tell time, e.g. time: minutes, or give one file");
    }
    return found;
  }

  void make_frame() {
    Box box;
    for (const Features& layer : layers_) {
      if (layer.geometry != Geometry::polygon)
        throw InputError(layer.source, "holds no polygons", "give the layer of flooded areas");
      for (const Polygon& shape : layer.shape) {
        const Box its = shape.box();
        box.add({its.min_x, its.min_y}), box.add({its.max_x, its.max_y});
      }
    }
    if (!city_.empty()) {
      if (!box.intersects(city_)) {
        throw InputError(layers_.front().source, "covers none of the city (" +
                                                     ranges("layer", crs_, box, city_) +
                                                     "): is the axis order or the zone right?");
      }
      box = {
          std::max(box.min_x, city_.min_x - options_.cell), std::max(box.min_y, city_.min_y - options_.cell),
          std::min(box.max_x, city_.max_x + options_.cell), std::min(box.max_y, city_.max_y + options_.cell)};
    }
    // edges on whole multiples of the cell, so that the same cells come out whatever else a file holds
    const double c = options_.cell, west = std::floor(box.min_x / c) * c,
                 north = std::ceil(box.max_y / c) * c;
    const double columns = std::ceil((box.max_x - west) / c), rows = std::ceil((north - box.min_y) / c);
    if (columns * rows > kMostCells) {
      throw InputError(
          "flood.cell_m",
          "gives a grid of " + std::to_string(static_cast<long>(columns * rows / 1e6)) + " million cells",
          "choose larger cells, or cut the layer to the city");
    }
    frame_ = {west,
              north,
              c,
              c,
              static_cast<std::size_t>(std::max(columns, 1.0)),
              static_cast<std::size_t>(std::max(rows, 1.0))};
  }

  /// Lays a layer's polygons onto the grids of their moments; the deepest wins.
  void lay(const Features& layer, Duration time) {
    const std::string depth =
                          field_of(layer, options_.depth_field,
                                   options_.rank_field.empty() ? kDepthNames : std::vector<std::string>{}),
                      rank = field_of(layer, options_.rank_field, kRankNames),
                      speed = field_of(layer, options_.velocity_field, {}),
                      moment = field_of(layer, options_.time_field, {});
    if (depth.empty() && rank.empty()) {
      throw InputError(layer.source, "has no field of depth or rank",
                       "say which one it is with depth_field or rank_field");
    }
    if (moment.empty()) grid_at(time, !speed.empty());
    for (std::size_t row = 0; row < layer.size(); ++row) {
      const float metres =
          static_cast<float>(!depth.empty() ? depth_at(layer, depth, row) : depth_of_rank(layer, rank, row));
      const Duration when = moment.empty() ? time : time_at(layer, moment, row);
      auto& grid = grid_at(when, !speed.empty());
      cells_.clear();
      cells_inside(layer.shape[row], frame_, cells_);
      const auto flow = speed.empty() ? 0.0f : static_cast<float>(number_in(layer, speed, row).value_or(0));
      for (const std::uint32_t cell : cells_) {
        grid[cell] = std::max(grid[cell], metres);
        if (!speed.empty()) velocity_[Time{when}][cell] = std::max(velocity_[Time{when}][cell], flow);
      }
    }
  }

  std::vector<float>& grid_at(Duration time, bool flowing) {
    if (flowing) velocity_.try_emplace(Time{time}, frame_.size(), 0.0f);
    return depth_.try_emplace(Time{time}, frame_.size(), 0.0f).first->second;
  }

  static double depth_at(const Features& layer, const std::string& field, std::size_t row) {
    const auto depth = number_in(layer, field, row);
    if (!depth)
      throw InputError(row_of(layer, row), field + " is \"" + layer.text(field, row) + "\"",
                       "give a depth in metres");
    return std::max(0.0, *depth);
  }

  double depth_of_rank(const Features& layer, const std::string& field, std::size_t row) {
    ranked_ = true;
    const auto code = number_in(layer, field, row);
    const auto interval = code && *code == std::floor(*code) && std::fabs(*code) < 1000
                              ? rank_of_code(static_cast<int>(*code), options_.rank_edges)
                          : code ? std::nullopt
                                 : rank_of_text(layer.text(field, row));
    if (!interval) {
      throw InputError(row_of(layer, row),
                       "rank \"" + layer.text(field, row) + "\" of " + field + " is unknown",
                       "give the depths at which ranks begin, e.g. rank_edges: [0, 0.3, 1, 2, 5]");
    }
    return depth_of(*interval, options_.bound);
  }

  [[nodiscard]] Duration time_at(const Features& layer, const std::string& field, std::size_t row) const {
    const auto value = number_in(layer, field, row);
    if (!value || std::fabs(*value) > 1e9)
      throw InputError(row_of(layer, row), field + " is \"" + layer.text(field, row) + "\"",
                       "give the time after the start as a number");
    const double unit = options_.files.time == FrameTime::seconds ? 1
                        : options_.files.time == FrameTime::hours ? 3600
                                                                  : 60;
    return duration_of(*value * unit);
  }

  const DepthPolygons& options_;
  const std::string& crs_;
  Box city_;
  std::vector<Features> layers_;
  std::vector<Duration> times_;
  RasterFrame frame_;
  std::map<Time, std::vector<float>> depth_, velocity_;
  std::vector<std::uint32_t> cells_;  // scratch
  bool ranked_ = false;
};

}  // namespace

DepthSeries read_polygon_depths(const DepthPolygons& polygons, const std::string& city_crs, const Box& city) {
  return Reader(polygons, city_crs, city).read();
}

}  // namespace chimata::io
