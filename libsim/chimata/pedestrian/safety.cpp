#include "chimata/pedestrian/safety.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "chimata/core/fast_math.hpp"

namespace chimata::pedestrian {

namespace {
constexpr double kPi = 3.14159265358979323846;
constexpr double kCutOff = 3;  // ranges; what lies further adds less than 2e-4 of a person's weight
}  // namespace

ServiceLevel level_of_service(double density) {
  constexpr double kLeastArea[] = {3.25, 2.32, 1.39, 0.93, 0.46};  // m² per person of A, B, C, D, E
  int level = 0;
  while (level < 5 && density * kLeastArea[level] > 1) ++level;
  return static_cast<ServiceLevel>(level);
}

Safety::Safety(const Box& box, const SafetyModel& model)
    : model_(model),
      origin_{box.min_x, box.min_y},
      columns_(static_cast<std::size_t>((box.max_x - box.min_x) / model.cell) + 1),
      rows_(static_cast<std::size_t>((box.max_y - box.min_y) / model.cell) + 1),
      places_(columns_ * rows_),
      sums_(columns_ * rows_),
      first_alarm_(std::numeric_limits<double>::infinity()) {}

std::size_t Safety::cell_of(Point point) const {
  const auto place = [&](double value, double least, std::size_t count) {
    const double cell = std::max(0.0, (value - least) / model_.cell);
    return std::min(static_cast<std::size_t>(cell), count - 1);
  };
  return place(point.y, origin_.y, rows_) * columns_ + place(point.x, origin_.x, columns_);
}

void Safety::spread(std::span<const Point> position, std::span<const Point> velocity) {
  std::fill(sums_.begin(), sums_.end(), Sum{});
  const double reach = kCutOff * model_.range, scale = 1 / (model_.range * model_.range);
  const double one = scale / kPi;
  for (std::size_t row = 0; row < position.size(); ++row) {
    const Point at = position[row], v = velocity[row];
    const std::size_t low = cell_of({at.x - reach, at.y - reach}),
                      high = cell_of({at.x + reach, at.y + reach});
    for (std::size_t y = low / columns_; y <= high / columns_; ++y) {
      const double dy = origin_.y + (static_cast<double>(y) + 0.5) * model_.cell - at.y;
      for (std::size_t x = low % columns_; x <= high % columns_; ++x) {
        const double dx = origin_.x + (static_cast<double>(x) + 0.5) * model_.cell - at.x;
        const double weight = one * fast::exp(-(dx * dx + dy * dy) * scale);
        Sum& sum = sums_[y * columns_ + x];
        sum.weight += weight;
        sum.x += weight * v.x, sum.y += weight * v.y;
        sum.square += weight * (v.x * v.x + v.y * v.y);
      }
    }
  }
}

void Safety::observe(std::span<const Point> position, std::span<const Point> velocity, double now,
                     double seconds) {
  spread(position, velocity);
  const auto took = static_cast<float>(seconds);
  for (std::size_t cell = 0; cell < places_.size(); ++cell) {
    const Sum& sum = sums_[cell];
    PlaceRecord& place = places_[cell];
    place.density = static_cast<float>(sum.weight);
    if (sum.weight < 1e-3) {
      place.speed = place.pressure = place.lasting_s = 0;
      continue;
    }
    const double vx = sum.x / sum.weight, vy = sum.y / sum.weight, mean = vx * vx + vy * vy;
    place.speed = static_cast<float>(std::sqrt(mean));
    place.pressure = static_cast<float>(sum.weight * std::max(0.0, sum.square / sum.weight - mean));
    place.density_max = std::max(place.density_max, place.density);
    place.pressure_max = std::max(place.pressure_max, place.pressure);
    const bool alert = sum.weight >= model_.alert_density;
    place.lasting_s = alert ? place.lasting_s + took : 0;
    if (alert) place.alert_s += took;
    if (place.lasting_s >= static_cast<float>(model_.alarm_after)) first_alarm_ = std::min(first_alarm_, now);
  }
  for (const Point point : position) {
    const PlaceRecord& place = at(point);
    greatest_density_ = std::max(greatest_density_, double{place.density});
    greatest_pressure_ = std::max(greatest_pressure_, double{place.pressure});
    if (place.density >= model_.alert_density) alert_person_s_ += seconds;
    if (place.density >= model_.crush_density) crush_person_s_ += seconds;
  }
}

}  // namespace chimata::pedestrian
