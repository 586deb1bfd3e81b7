/// How dangerous it gets where: density, speed, crowd pressure, and for how long.
#pragma once

#include <span>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/geo/point.hpp"

namespace chimata::pedestrian {

/// Fruin's levels of service for walkways (1971), from the area that a person has.
enum class ServiceLevel : std::uint8_t { a, b, c, d, e, f };
/// Level at a density in persons/m²: A up to 1/3.25, then 1/2.32, 1/1.39, 1/0.93 and 1/0.46.
[[nodiscard]] ServiceLevel level_of_service(double density);

struct SafetyModel {
  double cell = 0.5;         ///< m
  double range = 1.0;        ///< m, R of the Gaussian weight exp(-d²/R²) / (pi R²), Helbing et al. 2007
  double alert_density = 4;  ///< persons/m², a moving crowd becomes dangerous (Still 2000)
  double crush_density = 6;  ///< persons/m², people lose control of where they go
  double alarm_after = 5;    ///< s at or above the alert density in one place before it counts as an alarm
};

/// What has been seen in one place.
struct PlaceRecord {
  float density = 0;      ///< persons/m², now
  float speed = 0;        ///< m/s, weighted mean now
  float pressure = 0;     ///< 1/s², density times variance of velocity, now; turbulence from 0.02
  float density_max = 0;  ///< persons/m²
  float pressure_max = 0;
  float alert_s = 0;    ///< s at or above the alert density
  float lasting_s = 0;  ///< of these, without a break up to now
};

/// Fields over a grid, measured whenever somebody looks. Densities are Gaussian, not Voronoi: smooth, about a
/// metre wide, and too low near walls, for nobody stands beyond them.
class Safety {
 public:
  explicit Safety(const Box& box, const SafetyModel& model = {});

  /// Takes in where everybody is now; it has been so for `seconds`.
  void observe(std::span<const Point> position, std::span<const Point> velocity, double now, double seconds);

  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] Point origin() const { return origin_; }
  [[nodiscard]] const SafetyModel& model() const { return model_; }
  /// Row by row from the south-west.
  [[nodiscard]] const std::vector<PlaceRecord>& places() const { return places_; }
  [[nodiscard]] const PlaceRecord& at(Point point) const { return places_[cell_of(point)]; }

  /// Time that people have spent, all added up, where it was as dense as that, person min.
  [[nodiscard]] double alert_person_min() const { return alert_person_s_ / 60; }
  [[nodiscard]] double crush_person_min() const { return crush_person_s_ / 60; }
  [[nodiscard]] double greatest_density() const { return greatest_density_; }
  [[nodiscard]] double greatest_pressure() const { return greatest_pressure_; }
  /// s of the first alarm; infinite if there was none.
  [[nodiscard]] double first_alarm() const { return first_alarm_; }

 private:
  struct Sum {
    double weight = 0, x = 0, y = 0, square = 0;
  };
  [[nodiscard]] std::size_t cell_of(Point point) const;
  void spread(std::span<const Point> position, std::span<const Point> velocity);

  SafetyModel model_;
  Point origin_;
  std::size_t columns_ = 0, rows_ = 0;
  std::vector<PlaceRecord> places_;
  std::vector<Sum> sums_;  // scratch
  double alert_person_s_ = 0, crush_person_s_ = 0, greatest_density_ = 0, greatest_pressure_ = 0;
  double first_alarm_;
};

}  // namespace chimata::pedestrian
