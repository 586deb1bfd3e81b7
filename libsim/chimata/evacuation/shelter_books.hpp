/// What each shelter has taken in and what is left. Private to this room.
#pragma once

#include <limits>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/evacuation/model.hpp"
#include "chimata/evacuation/shelter_plan.hpp"

namespace chimata {

/// People, cars and supplies per shelter. Supplies are used up by everyone inside at the daily norm;
/// person-time is kept as the number inside and the sum of their moments of entry, so that it is exact
/// whatever the order of entries.
class ShelterBooks {
 public:
  explicit ShelterBooks(std::size_t shelters)
      : inside_(shelters, 0),
        turned_away_(shelters, 0),
        parked_(shelters, 0),
        cars_refused_(shelters, 0),
        entered_ms_(shelters, 0) {}

  void enter(std::uint32_t shelter, Time at) {
    ++inside_[shelter];
    entered_ms_[shelter] += at.time_since_epoch().count();
  }
  void turn_away(std::uint32_t shelter, std::uint32_t people) { turned_away_[shelter] += people; }
  void park(std::uint32_t shelter) { ++parked_[shelter]; }
  void drive_off(std::uint32_t shelter) { --parked_[shelter]; }
  void refuse_car(std::uint32_t shelter) { ++cars_refused_[shelter]; }

  [[nodiscard]] std::uint32_t inside(std::uint32_t shelter) const { return inside_[shelter]; }
  [[nodiscard]] std::uint32_t turned_away(std::uint32_t shelter) const { return turned_away_[shelter]; }
  [[nodiscard]] std::uint32_t parked(std::uint32_t shelter) const { return parked_[shelter]; }
  [[nodiscard]] std::uint32_t cars_refused(std::uint32_t shelter) const { return cars_refused_[shelter]; }

  /// Days that people have spent inside until `now`, all together.
  [[nodiscard]] double person_days(std::uint32_t shelter, Time now) const {
    const std::int64_t ms =
        std::int64_t{inside_[shelter]} * now.time_since_epoch().count() - entered_ms_[shelter];
    return static_cast<double>(ms) / 86'400'000.0;
  }
  /// What is left of `stock` at `norm` per person and day, never below 0; NaN if the stock is not known.
  [[nodiscard]] double left(std::uint32_t shelter, Time now, double stock, double norm) const {
    if (stock < 0) return std::numeric_limits<double>::quiet_NaN();
    const double rest = stock - norm * person_days(shelter, now);
    return rest > 0 ? rest : 0;
  }

  void save(SnapshotWriter& out) const {
    out.put("occupancy", inside_);
    out.put("turned_away", turned_away_);
    out.put("parked", parked_);
    out.put("cars_refused", cars_refused_);
    out.put("entered_ms", entered_ms_);
  }
  void load(const SnapshotReader& in) {
    in.get("occupancy", inside_);
    in.get("turned_away", turned_away_);
    in.get("parked", parked_);
    in.get("cars_refused", cars_refused_);
    in.get("entered_ms", entered_ms_);
  }

 private:
  std::vector<std::uint32_t> inside_, turned_away_, parked_, cars_refused_;
  std::vector<std::int64_t> entered_ms_;
};

}  // namespace chimata
