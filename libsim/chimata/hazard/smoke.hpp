/// Smoke and gases over time, in areas where people move in the plane: read from a series, or a plain disc.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "chimata/core/parameter.hpp"
#include "chimata/geo/raster.hpp"
#include "chimata/hazard/flood.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"

namespace chimata {

/// What is in the air. Each is 0 in clean air, and grows as the air gets worse.
enum class AirQuantity : std::uint8_t {
  extinction,  ///< coefficient of smoke, 1/m
  co,          ///< ppm
  co2,         ///< % of volume
  o2_lack      ///< % of volume, less than the 20.9 % of clean air
};
inline constexpr std::size_t kAirQuantities = 4;
/// % of volume in clean air.
inline constexpr double kCleanO2 = 20.9;

/// The field of a quantity in areas, e.g. "smoke.areas".
[[nodiscard]] const char* field_of(AirQuantity quantity);

/// Grids over one frame at ascending times. Nothing is there before the first; outside the frame, and where a
/// value is missing, the air is clean.
struct SmokeSeries {
  RasterFrame frame;
  std::vector<Time> time;  ///< ascending
  /// By quantity: one grid per time, or none where nobody knows of any.
  std::array<std::vector<std::vector<float>>, kAirQuantities> grids;
  std::string source;  ///< files it came from, for the manifest

  [[nodiscard]] const std::vector<std::vector<float>>& of(AirQuantity quantity) const {
    return grids[static_cast<std::size_t>(quantity)];
  }
};

/// Takes in a quantity as files have it, oxygen as the % of volume that there is.
/// @throws InputError naming frame and value: negative, more than there can be, a share of 1 in place of %
void add_air(SmokeSeries& series, AirQuantity quantity, std::vector<std::vector<float>> grids);

/// The section "smoke" of a scenario, but for the keys that name files.
struct SmokeFieldModel {
  BetweenFrames interpolation = BetweenFrames::linear;
  Duration update_every{10'000};
  double delay_h = 0;  ///< h, the whole series comes later (negative: earlier)
  double factor = 1;   ///< multiplies the extinction coefficient

  // a disc in place of files
  std::string disc;  ///< its middle: a place; "": files tell
  Time starts_at = kNever, ends_at = kNever;
  double extinction = 1;   ///< 1/m, the same all over the disc
  double radius = 5;       ///< m, at the start
  double growth = 0;       ///< m/s, of the radius
  double largest = 50;     ///< m, the radius grows no further
  double co = 0, co2 = 0;  ///< ppm, % of volume
  double o2 = kCleanO2;    ///< % of volume
};
[[nodiscard]] const Declarations<SmokeFieldModel>& smoke_parameters();

/// A disc of even smoke and gases that grows at an even rate and is gone at its end. It is no model of a
/// fire: nothing burns, rises, drifts or thins out, and walls do not stop it.
/// @param frame  cells whose middles decide whether they are in it
/// @throws InputError if it starts never, ends before it starts, is smaller at last than at first, is clean
/// air,
///         or reaches no cell
[[nodiscard]] SmokeSeries smoke_disc(const SmokeFieldModel& model, Point middle, const RasterFrame& frame);

/// The process "smoke": one field per quantity that the series has, at `points`, and the table "smoke" over
/// time: area with smoke, greatest extinction coefficient, CO and CO2, least O2 of the series. Fields keep
/// the times of a flood's (see make_flood).
/// @throws InputError if the series is not sound
[[nodiscard]] std::unique_ptr<Process> make_smoke(std::shared_ptr<const SmokeSeries> series,
                                                  const SmokeFieldModel& model,
                                                  const std::vector<Point>& points, Fields& fields);

}  // namespace chimata
