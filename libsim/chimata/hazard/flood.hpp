/// Water over time, read from a series of depth rasters.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chimata/core/parameter.hpp"
#include "chimata/geo/raster.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"

namespace chimata {

/// Depths over one grid at ascending times. Negative and missing depths count as dry, missing velocities as
/// 0.
struct DepthSeries {
  RasterFrame frame;
  std::vector<Time> time;                 ///< ascending
  std::vector<std::vector<float>> depth;  ///< m above ground; one grid per time
  std::vector<std::vector<float>>
      velocity;        ///< m/s, speed of the water; one grid per time, or empty if unknown
  std::string source;  ///< files it came from, for the manifest
  /// Depth at `p`, linear in time between frames; 0 before the first frame, the last frame's after the last.
  [[nodiscard]] double at(Point p, Time t) const;
};

enum class BetweenFrames : std::uint8_t { linear, hold };

/// Which depth of an interval stands for it, where the hazard map gives ranks.
enum class RankBound : std::uint8_t { lower, middle, upper };

struct FloodModel {
  BetweenFrames interpolation = BetweenFrames::linear;
  Duration update_every{60'000};
  double delay_h = 0;       ///< h, the whole series comes later (negative: earlier)
  double depth_factor = 1;  ///< multiplies every depth

  // how sources other than depth rasters become depths; used when they are read
  RankBound rank_bound = RankBound::upper;
  double cell = 5;         ///< m, grid onto which polygons are laid
  bool connected = false;  ///< levels: only what wet cells join to a source of water is flooded
  double rise_h = 1;       ///< h, from arrival to greatest depth
};
[[nodiscard]] const Declarations<FloodModel>& flood_parameters();

/// What a field of the flood holds.
enum class WaterQuantity : std::uint8_t { depth, velocity };

/// Points at which a field of depth or velocity is wanted.
struct DepthTarget {
  std::string field;  ///< e.g. "depth.streets"
  std::vector<Point> points;
  WaterQuantity quantity = WaterQuantity::depth;  ///< a target of velocity is left out if the series has none
};

/// The process "flood": writes one field (m or m/s) per target, and the table "flood" over time: wet area
/// (1 cm or deeper), volume and greatest depth of the whole raster. Depths are those of the last whole
/// multiple of `update_every`; a field is published only when a depth changed, and while nothing changes
/// nobody is woken.
/// @throws InputError if the series is not sound, or covers none of the points
[[nodiscard]] std::unique_ptr<Process> make_flood(std::shared_ptr<const World> world,
                                                  std::shared_ptr<const DepthSeries> series,
                                                  const FloodModel& model, std::vector<DepthTarget> targets,
                                                  Fields& fields);

}  // namespace chimata
