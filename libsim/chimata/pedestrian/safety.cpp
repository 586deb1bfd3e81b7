#include "chimata/pedestrian/safety.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kMostCells = 1e7;     // 1.5 GB
constexpr double kLeastWeight = 1e-3;  // persons/m² below which there is nobody

/// Nobody is near any more.
void forget(PlaceRecord& place) {
  place.density = place.speed = place.vx = place.vy = place.pressure = place.lasting_s = 0;
}

PlaceGrid grid_of(const Box& box, const SafetyModel& model) {
  if (!(model.cell > 0) || !(model.range > 0))
    throw InputError("safety", "cells and the range of the weight must be above 0 m", "take 0.5 and 1 m");
  if (box.empty()) throw InputError("safety", "there is no area to look at");
  const double columns = std::floor((box.max_x - box.min_x) / model.cell) + 1;
  const double rows = std::floor((box.max_y - box.min_y) / model.cell) + 1;
  if (!(columns * rows <= kMostCells))
    throw InputError("safety", "more than 10 million cells of " + std::to_string(model.cell) + " m",
                     "take larger cells");
  return {
      {box.min_x, box.min_y}, model.cell, static_cast<std::size_t>(columns), static_cast<std::size_t>(rows)};
}

}  // namespace

Safety::Safety(const Box& box, const SafetyModel& model)
    : model_(model),
      grid_(grid_of(box, model)),
      places_(grid_.columns * grid_.rows),
      sums_(grid_, model.range, model.walking_speed) {}

void Safety::observe(std::span<const Point> position, std::span<const Point> velocity, double now,
                     double seconds) {
  sums_.add_up(position, velocity);
  record_places(now, seconds);
  record_people(position, velocity, seconds);
}

void Safety::record_places(double now, double seconds) {
  sums_.each_left([&](std::size_t cell) { forget(places_[cell]); });
  const bool was_safe = !std::isfinite(first_crush_);
  sums_.each_near([&](std::size_t cell) { record_place(cell, now, seconds); });
  const bool stands = now - alarm_seen_ <= model_.stands_down_after;
  if (was_safe && first_crush_ == now && stands) alarm_before_crush_ = alarm_since_;
}

void Safety::record_place(std::size_t cell, double now, double seconds) {
  const auto took = static_cast<float>(seconds), moment = static_cast<float>(now);
  const WeightedSums::Sum sum = sums_.at(cell);
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
  if (place.lasting_s >= static_cast<float>(model_.alarm_after)) {
    place.first_alarm = std::min(place.first_alarm, moment), first_alarm_ = std::min(first_alarm_, now);
    if (now - alarm_seen_ > model_.stands_down_after) alarm_since_ = now;
    alarm_seen_ = now;
  }
}

void Safety::record_people(std::span<const Point> position, std::span<const Point> velocity, double seconds) {
  now_ = {};
  now_.people = position.size();
  const auto took = static_cast<float>(seconds);
  for (std::size_t row = 0; row < position.size(); ++row) {
    const std::size_t cell = grid_.cell_of(position[row]);
    PlaceRecord& place = places_[cell];
    const double density = double{place.density};
    now_.density_max = std::max(now_.density_max, density);
    now_.pressure_max = std::max(now_.pressure_max, double{place.pressure});
    // nobody crowds themselves: somebody alone would be at level B
    const double others = std::max(0.0, sums_.at(cell).weight - sums_.own(position[row]));
    level_person_s_[static_cast<std::size_t>(level_of_service(others))] += seconds;
    queue_person_s_[static_cast<std::size_t>(queue_level_of_service(others))] += seconds;
    place.person_s += took;
    if (density >= model_.alert_density) ++now_.alert, place.alert_person_s += took;
    if (density >= model_.crush_density) ++now_.crush, place.crush_person_s += took;
    const double oncoming = sums_.against(cell, velocity[row]);
    if (oncoming > 0 && oncoming >= model_.oncoming_share * sums_.at(cell).weight)
      ++now_.counterflow, place.counter_person_s += took;
    if (length(velocity[row]) < model_.walking_speed) ++now_.standing;
  }
  alert_person_s_ += static_cast<double>(now_.alert) * seconds;
  crush_person_s_ += static_cast<double>(now_.crush) * seconds;
  counter_person_s_ += static_cast<double>(now_.counterflow) * seconds;
  greatest_density_ = std::max(greatest_density_, now_.density_max);
  greatest_pressure_ = std::max(greatest_pressure_, now_.pressure_max);
}

}  // namespace chimata::pedestrian
