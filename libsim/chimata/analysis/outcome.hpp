/// What became of everybody in a run, gathered piece by piece while the run is recorded.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chimata/core/table.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/people/population.hpp"

namespace chimata {

/// What the tables do not say of themselves. Everything it refers to must outlive it.
struct KpiContext {
  std::span<const std::uint32_t> shelter_capacity = {};  ///< persons, by row of the shelters
  const Population* people = nullptr;                    ///< null: figures by class do not apply
  /// Per person: the last moment (s) at which leaving on foot still leads to a shelter ahead of the water;
  /// infinite where no water is in the way, minus infinity where no way leads anywhere. Empty: not known.
  std::span<const double> latest_departure = {};
  /// L and meals that a person needs a day, as the run has them.
  double water_per_day = 3, meals_per_day = 3;
};

/// A numeric column as doubles, whatever it is stored as; empty where there is no such table or column, and
/// where the column holds texts.
[[nodiscard]] std::vector<double> numbers(const TableSet& tables, std::string_view table,
                                          std::string_view column);

/// Sums, peaks and first times. Fed with the pieces of a run's tables in their order, or with the whole of
/// them at once, it holds the same; it grows with the people and the walks, not with the rows recorded.
class Outcome {
 public:
  explicit Outcome(KpiContext about) : context(about) {}
  /// Takes the next rows of the series tables; a table "persons" is the state at the end.
  void add(const TableSet& tables);

  struct Shelter {
    double peak = 0, turned_away = 0, exposed = 0;  ///< persons
    double over_capacity_s = 0;                     ///< person s
    double seen_s = 0, inside = 0;                  ///< the last row
    double inside_s = 0;                            ///< person s
    double dry_s = 0, hungry_s = 0;                 ///< person s without drinking water, without meals
    double toilets_short = 0;                       ///< most that lacked at any recording
    double parking_refused = 0;                     ///< cars
    bool no_water = false, no_meals = false;        ///< at the last row
  };
  /// What somebody went through; times in s since the start, NaN for never.
  struct Fate {
    double stranded_s = kNever, caught_at_home_s = kNever, casualty_s = kNever, upstairs_s = kNever,
           told_s = kNever;
    std::uint8_t mode = 0;                             ///< the last they chose, 0 if none
    std::uint8_t left_car_dry = 0, left_car_wet = 0;   ///< times
    std::uint8_t helped = 0;                           ///< times
    std::uint8_t overcome = 0, unused[3] = {0, 0, 0};  ///< 1: it was smoke that made them a casualty
    static constexpr double kNever = std::numeric_limits<double>::quiet_NaN();
  };
  /// Sums over the stays on the streets.
  struct Walks {
    double arrived = 0, duration_s = 0, distance_m = 0, delay_s = 0;  ///< of those that reached their goal
    double all_delay_s = 0, wet_s = 0;                                ///< of all
    std::vector<float> delays;                                        ///< s, of those that reached their goal
  };
  /// Sums over what cars did. Not a number where the run says nothing of it.
  struct Cars {
    double trips = 0, arrived = 0, stalled = 0, abandoned = 0, duration_s = 0, delay_s = 0;
    bool timed = false;  ///< the times of trips are known
  };
  /// People per state at the recordings.
  struct Counts {
    double need_rescue_peak = 0, need_rescue_end = 0, upstairs_end = 0, upstairs_peak = 0, casualties = 0;
    double waiting_s = 0;  ///< person s
    double seen_s = 0, waiting = 0;
  };

  /// Crowds in areas, people who wait for trains, and the cars of those who came by car.
  struct Crowds {
    bool seen = false, trains = false, cars = false;
    double density_max = 0, dense_person_min = 0, crush_person_min = 0;  ///< the last of each area, added up
    double first_crush_s = Fate::kNever, alarm_before_crush_s = Fate::kNever;  ///< of the first area crushed
    double gate_queue_max = 0;
    double platform_load_max = 0, platform_wait_s = 0;
    double waiting = 0, seen_s = 0;             ///< the last row
    double car_park_max = 0;                    ///< share of its spaces taken, in the fullest
    bool smoke = false;                         ///< there may be smoke
    double overcome = 0, smoke_person_min = 0;  ///< the last of each area, added up
    double dose_max = 0, dose_sum = 0;          ///< of everybody who was in them
  };

  [[nodiscard]] bool has(std::string_view table) const;
  /// A column of the table of persons, empty if there is none.
  [[nodiscard]] std::vector<double> person(std::string_view column) const;
  [[nodiscard]] double in_state(PersonState state) const;
  [[nodiscard]] double events_of(Event::Kind kind) const { return events[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] std::size_t size() const;  ///< persons
  [[nodiscard]] const Fate& fate(std::size_t person) const;
  /// The first moment at which the water had somebody, on the way, at home or for good; NaN if never.
  [[nodiscard]] double caught_s(std::size_t person) const;
  /// When everybody first learned of the danger, NaN for never: the column told_s, else the warning or the
  /// event.
  [[nodiscard]] std::vector<double> told() const;
  /// 1 for everybody who left by car, as driver or passenger, 0 for others who left, NaN for those who did
  /// not.
  [[nodiscard]] std::vector<double> by_car() const;

  KpiContext context;
  std::vector<std::string> tables_seen;
  std::vector<Fate> fates;  ///< by person, as far as anything happened to anybody
  std::vector<Shelter> shelters;
  bool water_known = false, meals_known = false, toilets_known = false, parking_known = false;
  Walks walks;
  Cars cars;
  Counts counts;
  Crowds event;
  std::array<double, 16> events{};  ///< by kind
  double max_density = 0, dense_person_s = 0;
  TableSet last;  ///< "persons", "jams", "visitors", "area_gates"
};

/// How many people were told, decided, left and arrived so far, and how many the water had caught: the curves
/// of the evacuation. One row per `every` s up to `end`.
[[nodiscard]] Table evacuation_curve(const Outcome& outcome, double every, double end);

}  // namespace chimata
