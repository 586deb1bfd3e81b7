/// How dangerous it gets where: density, speed, flow, crowd pressure, oncoming people, and for how long.
#pragma once

#include <array>
#include <limits>
#include <span>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/id.hpp"
#include "chimata/geo/point.hpp"
#include "chimata/pedestrian/service_level.hpp"
#include "chimata/pedestrian/weighted_sums.hpp"

namespace chimata::pedestrian {

/// Sources and grades: docs/concepts/crowd_safety.md.
struct SafetyModel {
  double cell = 0.5;         ///< m
  double range = 1.0;        ///< m, R of the Gaussian weight exp(-d²/R²) / (pi R²), Helbing et al. 2007
  double alert_density = 4;  ///< persons/m², a moving crowd becomes dangerous (Still 2000)
  double crush_density = 6;  ///< persons/m², people lose control of where they go
  double alarm_after = 5;    ///< s at or above the alert density in one place before it counts as an alarm
  double stands_down_after = 300;  ///< s without an alarm anywhere after which the alert is over (C)
  double turbulent_pressure =
      0.02;                      ///< 1/s², Helbing et al. 2007; counted at or above the alert density only
  double walking_speed = 0.2;    ///< m/s, whoever is slower stands: they come towards nobody
  double oncoming_share = 0.25;  ///< of the people around, coming towards somebody, that is counterflow
};

/// What has been seen in one place.
struct PlaceRecord {
  static constexpr float kNever = std::numeric_limits<float>::infinity();
  float density = 0;           ///< persons/m², now
  float speed = 0;             ///< m/s, of the weighted mean velocity now
  float vx = 0, vy = 0;        ///< m/s, that velocity
  float pressure = 0;          ///< 1/s², density times variance of velocity, now
  float density_max = 0;       ///< persons/m²
  float flow_max = 0;          ///< persons/(m s), density times speed
  float pressure_max = 0;      ///< 1/s²
  float density_s = 0;         ///< density added up over time, persons s/m²
  float flow_x = 0;            ///< flow eastwards added up over time, persons/m
  float flow_y = 0;            ///< northwards
  float alert_s = 0;           ///< s at or above the alert density
  float crush_s = 0;           ///< s at or above the crush density
  float turbulent_s = 0;       ///< s of turbulent pressure
  float lasting_s = 0;         ///< s at or above the alert density without a break up to now
  float first_alarm = kNever;  ///< s, when that had lasted `alarm_after` for the first time
  float first_crush = kNever;  ///< s, first at the crush density
  float person_s = 0;          ///< time that people have spent here, all added up
  float alert_person_s = 0;    ///< of it, at or above the alert density
  float crush_person_s = 0;    ///< at or above the crush density
  float counter_person_s = 0;  ///< walking against others
};

/// Fields over a grid, measured whenever somebody looks, in O(people); memory is a matter of cells,
/// never of time. Densities are Gaussian: smooth, about a metre wide, and too low near walls, for nobody
/// stands beyond them; `Voronoi` has no such edge. All but the levels of service are of places, and somebody
/// at a place counts there.
class Safety {
 public:
  /// @throws InputError for a cell or range that is not above 0, an empty box, or more than 10 million cells
  explicit Safety(const Box& box, const SafetyModel& model = {});

  /// Takes in where everybody is now; it has been so for `seconds`.
  void observe(std::span<const Point> position, std::span<const Point> velocity, double now, double seconds);

  [[nodiscard]] std::size_t columns() const { return grid_.columns; }
  [[nodiscard]] std::size_t rows() const { return grid_.rows; }
  [[nodiscard]] Point origin() const { return grid_.origin; }
  [[nodiscard]] Point centre(std::size_t cell) const { return grid_.centre(cell); }
  [[nodiscard]] const SafetyModel& model() const { return model_; }
  /// Row by row from the south-west.
  [[nodiscard]] const std::vector<PlaceRecord>& places() const { return places_; }
  [[nodiscard]] const PlaceRecord& at(Point point) const { return places_[grid_.cell_of(point)]; }

  /// What the last look saw, of people rather than of places.
  struct Now {
    std::size_t people = 0, alert = 0, crush = 0, counterflow = 0, standing = 0;
    double density_max = 0, pressure_max = 0;  ///< where somebody stands
  };
  [[nodiscard]] const Now& now() const { return now_; }

  /// Time that people have spent, all added up, where it was as dense as that, person min.
  [[nodiscard]] double alert_person_min() const { return alert_person_s_ / 60; }
  [[nodiscard]] double crush_person_min() const { return crush_person_s_ / 60; }
  /// While at least `oncoming_share` of those around came towards them, person min.
  [[nodiscard]] double counterflow_person_min() const { return counter_person_s_ / 60; }
  /// Person s by level of service of a walkway and of a queue, at the density of the others at the place:
  /// without the weight, up to 1 / (pi R²) = 0.32 persons/m², that somebody adds themselves. Somebody alone
  /// is at level A; in a crowd as even as a lattice the levels are those of a density lower by that much.
  [[nodiscard]] const std::array<double, kServiceLevels>& level_person_s() const { return level_person_s_; }
  [[nodiscard]] const std::array<double, kServiceLevels>& queue_person_s() const { return queue_person_s_; }
  [[nodiscard]] double greatest_density() const { return greatest_density_; }
  [[nodiscard]] double greatest_pressure() const { return greatest_pressure_; }
  /// s of the first alarm; infinite if there was none.
  [[nodiscard]] double first_alarm() const { return first_alarm_; }
  /// s when the crush density was first met; infinite if never. The lead time of the alarm is what lies
  /// between.
  [[nodiscard]] double first_crush() const { return first_crush_; }
  /// s since when an alarm stood somewhere in the area, without a break of `stands_down_after`, when the
  /// crush density was first met: an earlier one that was over warned of something else. Infinite if none
  /// stood.
  [[nodiscard]] double alarm_before_crush() const { return alarm_before_crush_; }

  /// Everything that changes; whoever loads it into one of the same box and model goes on with the same bits.
  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  void record_places(double now, double seconds);
  void record_place(std::size_t cell, double now, double seconds);
  void record_people(std::span<const Point> position, std::span<const Point> velocity, double seconds);

  SafetyModel model_;
  PlaceGrid grid_;
  std::vector<PlaceRecord> places_;
  WeightedSums sums_;  // scratch, but for where somebody was
  Now now_;
  double alert_person_s_ = 0, crush_person_s_ = 0, counter_person_s_ = 0;
  double greatest_density_ = 0, greatest_pressure_ = 0;
  std::array<double, kServiceLevels> level_person_s_ = {}, queue_person_s_ = {};
  double first_alarm_ = std::numeric_limits<double>::infinity();
  double first_crush_ = std::numeric_limits<double>::infinity();
  double alarm_since_ = std::numeric_limits<double>::infinity();  ///< of the one that stands
  double alarm_seen_ = -std::numeric_limits<double>::infinity();  ///< last
  double alarm_before_crush_ = std::numeric_limits<double>::infinity();
};

}  // namespace chimata::pedestrian
