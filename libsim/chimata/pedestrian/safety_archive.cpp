#include <algorithm>
#include <bit>
#include <stdexcept>
#include <type_traits>

#include "chimata/pedestrian/safety.hpp"

namespace chimata::pedestrian {

namespace {

// a place is nothing but floats: their bytes are the same from run to run
constexpr std::size_t kFloats = sizeof(PlaceRecord) / sizeof(float);
static_assert(std::is_trivially_copyable_v<PlaceRecord> && sizeof(PlaceRecord) % sizeof(float) == 0);
using Floats = std::array<float, kFloats>;
constexpr std::size_t kTotals = 12;  // besides the levels of service

}  // namespace

void Safety::save(SnapshotWriter& out) const {
  std::vector<std::uint32_t> cells;
  std::vector<float> floats;
  for (std::uint32_t cell = 0; cell < places_.size(); ++cell) {
    // a place that nobody was ever near is as new
    if (places_[cell].density == 0 && places_[cell].density_max == 0) continue;
    cells.push_back(cell);
    const auto values = std::bit_cast<Floats>(places_[cell]);
    floats.insert(floats.end(), values.begin(), values.end());
  }
  out.put("cells", cells);
  out.put("places", floats);
  std::vector<double> totals = {alert_person_s_,    crush_person_s_, counter_person_s_, greatest_density_,
                                greatest_pressure_, first_alarm_,    first_crush_,      now_.density_max,
                                now_.pressure_max,  alarm_since_,    alarm_seen_,       alarm_before_crush_};
  totals.insert(totals.end(), level_person_s_.begin(), level_person_s_.end());
  totals.insert(totals.end(), queue_person_s_.begin(), queue_person_s_.end());
  out.put("totals", totals);
  out.put("now",
          std::vector<std::uint64_t>{now_.people, now_.alert, now_.crush, now_.counterflow, now_.standing});
}

void Safety::load(const SnapshotReader& in) {
  std::vector<std::uint32_t> cells;
  std::vector<float> floats;
  std::vector<double> totals;
  std::vector<std::uint64_t> now;
  in.get("cells", cells), in.get("places", floats), in.get("totals", totals), in.get("now", now);
  if (floats.size() != cells.size() * kFloats || totals.size() != kTotals + 2 * kServiceLevels ||
      now.size() != 5 || (!cells.empty() && cells.back() >= places_.size()))
    throw std::runtime_error("the snapshot of safety measures is of another area or model");
  places_.assign(places_.size(), PlaceRecord{});
  std::vector<std::uint32_t> near;
  for (std::size_t row = 0; row < cells.size(); ++row) {
    Floats values;
    std::copy_n(floats.begin() + static_cast<std::ptrdiff_t>(row * kFloats), kFloats, values.begin());
    PlaceRecord& place = places_[cells[row]] = std::bit_cast<PlaceRecord>(values);
    if (place.density > 0) near.push_back(cells[row]);
  }
  sums_.restart(near);
  alert_person_s_ = totals[0], crush_person_s_ = totals[1], counter_person_s_ = totals[2];
  greatest_density_ = totals[3], greatest_pressure_ = totals[4];
  first_alarm_ = totals[5], first_crush_ = totals[6];
  now_ = {now[0], now[1], now[2], now[3], now[4], totals[7], totals[8]};
  alarm_since_ = totals[9], alarm_seen_ = totals[10], alarm_before_crush_ = totals[11];
  std::copy_n(totals.begin() + kTotals, kServiceLevels, level_person_s_.begin());
  std::copy_n(totals.begin() + kTotals + kServiceLevels, kServiceLevels, queue_person_s_.begin());
}

}  // namespace chimata::pedestrian
