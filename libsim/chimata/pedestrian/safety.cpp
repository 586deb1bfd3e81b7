#include "chimata/pedestrian/safety.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "chimata/core/error.hpp"
#include "chimata/core/fast_math.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kCutOff = 3;          // ranges; what lies further adds less than 2e-4 of a person's weight
constexpr double kMostCells = 1e7;     // 1.5 GB
constexpr double kLeastWeight = 1e-3;  // persons/m² below which there is nobody

/// Which eighth of the circle a velocity points to; that of its opposite is always the one across.
std::size_t sector_of(Point v) {
  const bool across = v.y < 0 || (v.y == 0 && v.x < 0);
  if (across) v = {-v.x, -v.y};
  const std::size_t eighth = v.x > 0 ? (v.y < v.x ? 0u : 1u) : (-v.x < v.y ? 2u : 3u);
  return eighth + (across ? 4 : 0);
}

/// Nobody is near any more.
void forget(PlaceRecord& place) {
  place.density = place.speed = place.vx = place.vy = place.pressure = place.lasting_s = 0;
}

}  // namespace

Safety::Safety(const Box& box, const SafetyModel& model) : model_(model), origin_{box.min_x, box.min_y} {
  if (!(model.cell > 0) || !(model.range > 0))
    throw InputError("safety", "cells and the range of the weight must be above 0 m", "take 0.5 and 1 m");
  if (box.empty()) throw InputError("safety", "there is no area to look at");
  const double columns = std::floor((box.max_x - box.min_x) / model.cell) + 1;
  const double rows = std::floor((box.max_y - box.min_y) / model.cell) + 1;
  if (!(columns * rows <= kMostCells))
    throw InputError("safety", "more than 10 million cells of " + std::to_string(model.cell) + " m",
                     "take larger cells");
  columns_ = static_cast<std::size_t>(columns), rows_ = static_cast<std::size_t>(rows);
  places_.resize(columns_ * rows_), sums_.resize(columns_ * rows_), weight_x_.resize(columns_);
}

std::size_t Safety::column_of(double x) const {
  const double place = std::max(0.0, (x - origin_.x) / model_.cell);
  return static_cast<std::size_t>(std::min(place, static_cast<double>(columns_ - 1)));
}

std::size_t Safety::row_of(double y) const {
  const double place = std::max(0.0, (y - origin_.y) / model_.cell);
  return static_cast<std::size_t>(std::min(place, static_cast<double>(rows_ - 1)));
}

std::size_t Safety::cell_of(Point point) const {
  return row_of(point.y) * columns_ + column_of(point.x);
}

Point Safety::centre(std::size_t cell) const {
  return {origin_.x + (static_cast<double>(cell % columns_) + 0.5) * model_.cell,
          origin_.y + (static_cast<double>(cell / columns_) + 0.5) * model_.cell};
}

void Safety::spread(std::span<const Point> position, std::span<const Point> velocity) {
  touched_.swap(before_);
  touched_.clear();
  for (const std::uint32_t cell : before_) sums_[cell] = Sum{};
  for (std::size_t row = 0; row < position.size(); ++row) add(position[row], velocity[row]);
}

void Safety::add(Point at, Point v) {
  const double reach = kCutOff * model_.range, scale = 1 / (model_.range * model_.range), one = scale / kPi;
  const std::size_t west = column_of(at.x - reach), east = column_of(at.x + reach);
  const std::size_t south = row_of(at.y - reach), north = row_of(at.y + reach);
  const double square = dot(v, v);
  const bool walks = square >= model_.walking_speed * model_.walking_speed;
  const std::size_t sector = sector_of(v);
  // the weight is a product of one factor by column and one by row
  for (std::size_t x = west; x <= east; ++x) {
    const double dx = origin_.x + (static_cast<double>(x) + 0.5) * model_.cell - at.x;
    weight_x_[x] = one * fast::exp(-dx * dx * scale);
  }
  for (std::size_t y = south; y <= north; ++y) {
    const double dy = origin_.y + (static_cast<double>(y) + 0.5) * model_.cell - at.y;
    const double weight_y = fast::exp(-dy * dy * scale);
    for (std::size_t x = west; x <= east; ++x) {
      const double weight = weight_x_[x] * weight_y;
      if (!(weight > 0)) continue;  // too far to be told from nothing
      const std::size_t cell = y * columns_ + x;
      Sum& sum = sums_[cell];
      if (sum.weight == 0) touched_.push_back(static_cast<std::uint32_t>(cell));
      sum.weight += weight, sum.square += weight * square;
      sum.x += weight * v.x, sum.y += weight * v.y;
      if (walks) sum.towards[sector] += static_cast<float>(weight);
    }
  }
}

void Safety::observe(std::span<const Point> position, std::span<const Point> velocity, double now,
                     double seconds) {
  spread(position, velocity);
  record_places(now, seconds);
  record_people(position, velocity, seconds);
}

void Safety::record_places(double now, double seconds) {
  for (const std::uint32_t cell : before_) {
    if (sums_[cell].weight == 0) forget(places_[cell]);
  }
  for (const std::uint32_t cell : touched_) record_place(cell, now, seconds);
}

void Safety::record_place(std::size_t cell, double now, double seconds) {
  const auto took = static_cast<float>(seconds), moment = static_cast<float>(now);
  const Sum& sum = sums_[cell];
  PlaceRecord& place = places_[cell];
  if (sum.weight < kLeastWeight) forget(place);
  place.density = static_cast<float>(sum.weight);
  if (sum.weight < kLeastWeight) return;
  const double vx = sum.x / sum.weight, vy = sum.y / sum.weight, mean = vx * vx + vy * vy;
  place.vx = static_cast<float>(vx), place.vy = static_cast<float>(vy);
  place.speed = static_cast<float>(std::sqrt(mean));
  place.pressure = static_cast<float>(sum.weight * std::max(0.0, sum.square / sum.weight - mean));
  place.density_max = std::max(place.density_max, place.density);
  place.flow_max = std::max(place.flow_max, place.density * place.speed);
  place.pressure_max = std::max(place.pressure_max, place.pressure);
  place.density_s += place.density * took;
  place.flow_x += place.density * place.vx * took, place.flow_y += place.density * place.vy * took;
  const bool alert = sum.weight >= model_.alert_density, crush = sum.weight >= model_.crush_density;
  place.lasting_s = alert ? place.lasting_s + took : 0;
  if (alert) place.alert_s += took;
  if (crush) place.crush_s += took;
  if (alert && place.pressure >= static_cast<float>(model_.turbulent_pressure)) place.turbulent_s += took;
  if (crush)
    place.first_crush = std::min(place.first_crush, moment), first_crush_ = std::min(first_crush_, now);
  if (place.lasting_s >= static_cast<float>(model_.alarm_after))
    place.first_alarm = std::min(place.first_alarm, moment), first_alarm_ = std::min(first_alarm_, now);
}

bool Safety::meets_others(const Sum& sum, Point v) const {
  if (dot(v, v) < model_.walking_speed * model_.walking_speed) return false;
  // the eighth across and its neighbours: 67 degrees to either side, on average
  const std::size_t across = sector_of(v) + kSectors / 2;
  double oncoming = 0;
  for (const std::size_t turn : {kSectors - 1, std::size_t{0}, std::size_t{1}})
    oncoming += double{sum.towards[(across + turn) % kSectors]};
  return oncoming >= model_.oncoming_share * sum.weight;
}

void Safety::record_people(std::span<const Point> position, std::span<const Point> velocity, double seconds) {
  now_ = {};
  now_.people = position.size();
  const auto took = static_cast<float>(seconds);
  for (std::size_t row = 0; row < position.size(); ++row) {
    const std::size_t cell = cell_of(position[row]);
    PlaceRecord& place = places_[cell];
    const double density = double{place.density};
    now_.density_max = std::max(now_.density_max, density);
    now_.pressure_max = std::max(now_.pressure_max, double{place.pressure});
    level_person_s_[static_cast<std::size_t>(level_of_service(density))] += seconds;
    queue_person_s_[static_cast<std::size_t>(queue_level_of_service(density))] += seconds;
    place.person_s += took;
    if (density >= model_.alert_density) ++now_.alert, place.alert_person_s += took;
    if (density >= model_.crush_density) ++now_.crush, place.crush_person_s += took;
    if (meets_others(sums_[cell], velocity[row])) ++now_.counterflow, place.counter_person_s += took;
    if (length(velocity[row]) < model_.walking_speed) ++now_.standing;
  }
  alert_person_s_ += static_cast<double>(now_.alert) * seconds;
  crush_person_s_ += static_cast<double>(now_.crush) * seconds;
  counter_person_s_ += static_cast<double>(now_.counterflow) * seconds;
  greatest_density_ = std::max(greatest_density_, now_.density_max);
  greatest_pressure_ = std::max(greatest_pressure_, now_.pressure_max);
}

}  // namespace chimata::pedestrian
