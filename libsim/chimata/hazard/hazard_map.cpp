#include "chimata/hazard/hazard_map.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/hazard/series_reader.hpp"

namespace chimata {

namespace {

/// Depth of one point over time: ascending moments in s, depth linear or held between them.
struct Course {
  std::vector<double> time, depth;
  bool held = false;

  Course(const DepthSeries& series, const FloodModel& model)
      : depth(series.time.size()), held(model.interpolation == BetweenFrames::hold) {
    for (const Time t : series.time) time.push_back(seconds(t) + model.delay_h * 3600);
  }
  void read(const DepthSeries& series, const FloodModel& model, std::size_t cell) {
    const bool inside = cell != RasterFrame::outside;
    for (std::size_t k = 0; k < depth.size(); ++k)
      depth[k] = inside ? model.depth_factor * wet(series.depth[k][cell]) : 0;
  }
};

/// Moments between which the water is `limit` deep or more; a step takes no time.
struct Spell {
  double from, to;
};

/// The spell inside one span between two frames; empty (from == to) if there is none.
Spell spell_within(double t0, double d0, double t1, double d1, double limit) {
  const auto crossing = [&] { return t0 + (limit - d0) / (d1 - d0) * (t1 - t0); };
  if (d0 >= limit && d1 >= limit) return {t0, t1};
  if (d0 >= limit) return {t0, crossing()};
  if (d1 >= limit) return {crossing(), t1};
  return {t0, t0};
}

Duration rounded_up(double s) {
  return Duration{static_cast<std::int64_t>(std::ceil(s * 1000 - 1e-6))};
}

Time first_moment(const Course& course, double limit) {
  for (std::size_t k = 0; k < course.time.size(); ++k) {
    if (course.depth[k] >= limit) return Time{rounded_up(course.time[k])};
    if (course.held || k + 1 == course.time.size() || course.depth[k + 1] < limit) continue;
    return Time{rounded_up(
        spell_within(course.time[k], course.depth[k], course.time[k + 1], course.depth[k + 1], limit).from)};
  }
  return kNever;
}

Duration time_above(const Course& course, double limit) {
  double sum = 0;
  for (std::size_t k = 0; k + 1 < course.time.size(); ++k) {
    const double next = course.held ? course.depth[k] : course.depth[k + 1];
    const Spell spell = spell_within(course.time[k], course.depth[k], course.time[k + 1], next, limit);
    sum += spell.to - spell.from;
  }
  return rounded_up(sum);
}

float fastest_at(const DepthSeries& series, std::size_t cell) {
  float fastest = 0;
  for (const auto& grid : series.velocity) fastest = std::max(fastest, grid[cell]);  // NaN loses
  return fastest;
}

}  // namespace

HazardMap hazard_map(const DepthSeries& series, std::span<const Point> points,
                     const HazardThresholds& thresholds, const FloodModel& model) {
  check_series(series);
  Course course(series, model);
  HazardMap map;
  for (const Point p : points) {
    const std::size_t cell = series.frame.cell_of(p);
    const bool inside = cell != RasterFrame::outside;
    course.read(series, model, cell);
    map.greatest_depth.push_back(
        static_cast<float>(*std::max_element(course.depth.begin(), course.depth.end())));
    map.arrival.push_back(first_moment(course, thresholds.arrival));
    map.duration.push_back(time_above(course, thresholds.lasting));
    map.lasting.push_back(course.depth.back() >= thresholds.lasting ? 1 : 0);
    if (!series.velocity.empty()) map.greatest_velocity.push_back(inside ? fastest_at(series, cell) : 0);
  }
  return map;
}

Arrivals::Arrivals(const DepthSeries& series, const FloodModel& model) : series_(series), model_(model) {
  check_series(series);
  deepest_.assign(series.frame.size(), 0);
  for (const auto& grid : series.depth) {
    for (std::size_t cell = 0; cell < grid.size(); ++cell)
      deepest_[cell] = std::max(deepest_[cell], grid[cell]);  // NaN loses
  }
}

Time Arrivals::at(Point place, double depth) const {
  const std::size_t cell = series_.frame.cell_of(place);
  // as most places; the course of the others is worth the memory it takes
  if (cell == RasterFrame::outside || model_.depth_factor * double{deepest_[cell]} < depth) return kNever;
  Course course(series_, model_);
  course.read(series_, model_, cell);
  return first_moment(course, depth);
}

}  // namespace chimata
