/// Smoke, gases and water in an area, over time.
#pragma once

#include <string>
#include <vector>

#include "chimata/geo/raster.hpp"
#include "chimata/pedestrian/exposure.hpp"
#include "chimata/people/wading.hpp"

namespace chimata::pedestrian {

enum class Quantity : std::uint8_t {
  smoke,  ///< extinction coefficient, 1/m
  co,     ///< ppm
  co2,    ///< % of volume
  o2,     ///< % of volume
  water   ///< m, depth
};

/// One quantity: everywhere, in shapes, or cell by cell. Between two moments it changes evenly; it is not
/// there before the first and stays as it is after the last.
struct Layer {
  Quantity quantity = Quantity::smoke;
  std::vector<Polygon> shapes = {};   ///< only in these, or
  RasterFrame frame = {};             ///< cell by cell; NaN: not there
  std::vector<double> times_s = {0};  ///< rising
  std::vector<double> values = {};    ///< one per moment; with a frame one per moment and cell
};

/// What people walk through besides each other. Where layers of one quantity meet, the worst of them counts.
class Surroundings {
 public:
  SmokeModel smoke;
  WadingModel wading;

  /// @throws InputError naming the layer (counted from 1): moments that do not rise, numbers that are missing
  ///         or no such thing, a frame without cells
  void add(Layer layer);
  [[nodiscard]] bool empty() const { return layers_.empty(); }
  /// @throws InputError naming the layer that lies beside the box
  void check_within(const Box& box) const;

  [[nodiscard]] Air at(Point place, double time_s) const;
  /// Of somebody's desired speed: smoke times water.
  [[nodiscard]] double factor(const Air& air, double speed, PersonClass person_class) const;
  /// m, how far a sign can be read.
  [[nodiscard]] double sight(const Air& air) const;

 private:
  struct Kept {
    Layer layer;
    std::vector<Box> boxes;  ///< by shape
  };
  [[nodiscard]] static bool value(const Kept& kept, Point place, double time_s, double& value);
  std::vector<Kept> layers_;
};

}  // namespace chimata::pedestrian
