#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/hazard/smoke.hpp"

namespace chimata {

namespace {

void check(const SmokeFieldModel& model) {
  if (model.starts_at == kNever)
    throw InputError("smoke.starts_at", "is missing", "say when the disc appears, e.g. \"19:10\"");
  if (model.ends_at <= model.starts_at)
    throw InputError("smoke.ends_at", "is not later than starts_at", "give a later time, or never");
  if (model.largest < model.radius)
    throw InputError("smoke.largest_m", "is smaller than radius_m", "give the radius at which it stops");
}

void check_reach(const SmokeSeries& series) {
  const auto any = [](const std::vector<float>& grid) {
    return std::any_of(grid.begin(), grid.end(), [](float value) { return value > 0; });
  };
  bool drawn = false, reaches = false;
  for (const auto& grids : series.grids) {
    drawn = drawn || !grids.empty();
    reaches = reaches || std::any_of(grids.begin(), grids.end(), any);
  }
  if (!drawn)
    throw InputError("smoke.extinction_per_m", "is 0, and there are no gases either", "give one of them");
  if (!reaches)
    throw InputError("smoke.disc", "reaches no part of the area", "check its place, radius_m and largest_m");
}

/// Moments at which the disc is drawn: at every update, but no more often than it reaches another cell.
std::vector<Time> moments(const SmokeFieldModel& model, double cell) {
  std::vector<Time> all{model.starts_at};
  if (model.growth > 0) {
    const double grows_s = (model.largest - model.radius) / model.growth;
    const double step = std::max(seconds(model.update_every), cell / 2 / model.growth);
    for (double s = step; s < grows_s; s += step) all.push_back(model.starts_at + duration_of(s));
    if (grows_s > 0) all.push_back(model.starts_at + std::max(Duration{1}, duration_of(grows_s)));
  }
  all.erase(std::unique(all.begin(), all.end()), all.end());
  while (all.back() >= model.ends_at) all.pop_back();
  return all;
}

std::vector<float> drawn(const RasterFrame& frame, Point middle, double radius, double value,
                         double elsewhere) {
  std::vector<float> grid(frame.size(), static_cast<float>(elsewhere));
  for (std::size_t cell = 0; cell < grid.size(); ++cell) {
    const auto column = static_cast<double>(cell % frame.columns),
               row = static_cast<double>(cell / frame.columns);
    const Point at{frame.west + (column + 0.5) * frame.cell_x, frame.north - (row + 0.5) * frame.cell_y};
    if (distance(at, middle) <= radius) grid[cell] = static_cast<float>(value);
  }
  return grid;
}

}  // namespace

SmokeSeries smoke_disc(const SmokeFieldModel& model, Point middle, const RasterFrame& frame) {
  check(model);
  SmokeSeries series;
  series.frame = frame;
  series.source = "smoke.disc";
  series.time = moments(model, std::min(frame.cell_x, frame.cell_y));
  std::vector<double> radius;
  for (const Time time : series.time)
    radius.push_back(std::min(model.largest, model.radius + model.growth * seconds(time - model.starts_at)));
  if (model.ends_at != kNever) {  // stays until its end, and is gone at the next update
    const double last =
        std::min(model.largest, model.radius + model.growth * seconds(model.ends_at - model.starts_at));
    for (const auto& [time, size] :
         {std::pair{model.ends_at, last}, {model.ends_at + model.update_every, 0.0}})
      series.time.push_back(time), radius.push_back(size);
  }
  const auto add = [&](AirQuantity quantity, double value, double clean) {
    if (value == clean) return;
    std::vector<std::vector<float>> grids;
    for (const double size : radius) grids.push_back(drawn(frame, middle, size, value, clean));
    add_air(series, quantity, std::move(grids));
  };
  add(AirQuantity::extinction, model.extinction, 0);
  add(AirQuantity::co, model.co, 0);
  add(AirQuantity::co2, model.co2, 0);
  add(AirQuantity::o2_lack, model.o2, kCleanO2);
  check_reach(series);
  return series;
}

}  // namespace chimata
