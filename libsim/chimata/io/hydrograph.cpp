#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "chimata/core/error.hpp"
#include "chimata/io/crs.hpp"
#include "chimata/io/csv.hpp"
#include "chimata/io/flood_files.hpp"

namespace chimata::io {

namespace {

constexpr std::int64_t kHalfDay = 43'200'000;     // ms
constexpr double kFarthest = 10 * 366 * 86400.0;  // s

/// "02:30", "26:10" or "2:30:15" as a time of day.
std::optional<Duration> clock_time(std::string_view text) {
  std::int64_t seconds = 0, unit = 3600;
  while (unit > 0) {
    int value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0 || value > (unit == 3600 ? 99 : 59)) return std::nullopt;
    seconds += value * unit;
    unit = unit == 3600 ? 60 : unit == 60 ? 1 : 0;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    if (text.empty()) return unit <= 1 ? std::optional(Duration{seconds * 1000}) : std::nullopt;
    if (text.front() != ':' || unit == 0) return std::nullopt;
    text.remove_prefix(1);
  }
  return std::nullopt;
}

/// The column of times, and what it counts in: s per unit, 0 for times of day.
struct TimeColumn {
  std::size_t column;
  double unit;
};

TimeColumn time_column(const CsvTable& table) {
  if (const auto c = table.column({"seconds", "t_s", "秒"})) return {*c, 1};
  if (const auto c = table.column({"minutes", "minute", "分"})) return {*c, 60};
  if (const auto c = table.column({"hours", "hour", "時間"})) return {*c, 3600};
  return {table.required("time", {"time", "時刻", "seconds", "minutes", "hours"}), 0};
}

class Reader {
 public:
  Reader(const std::string& path, const std::string& city_crs, Duration start_of_day)
      : table_(CsvTable::read(path)), city_(city_crs), start_of_day_(start_of_day) {}

  Hydrograph read() {
    const TimeColumn when = time_column(table_);
    const std::size_t level =
        table_.required("level", {"level", "level_m", "水位", "水位m", "tp_m", "water_level"});
    const auto lon = table_.column({"lon", "longitude", "経度"}),
               lat = table_.column({"lat", "latitude", "緯度"});
    if (table_.rows() == 0) throw InputError(table_.file(), "has no rows", "give a level per moment");
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      const std::uint32_t gauge =
          lon && lat ? gauge_at(number(row, *lon, "longitude"), number(row, *lat, "latitude"))
                     : gauge_at(0, 0);
      const Duration time = time_at(row, when, gauge);
      if (!rows_[Time{time}].emplace(gauge, number(row, level, "level")).second)
        throw InputError(table_.where(row), "gives a second level for one moment", "leave one of them out");
      last_[gauge] = time;
    }
    Hydrograph result;
    if (lon && lat) {
      for (const LonLat place : places_) result.gauge.push_back(city_.to_city(place));
    } else {
      result.gauge.push_back({});
    }
    for (const auto& [time, levels] : rows_) {
      if (levels.size() != places_.size()) {
        throw InputError(table_.file(),
                         "has " + std::to_string(levels.size()) + " of " + std::to_string(places_.size()) +
                             " gauges at " + std::to_string(static_cast<long>(seconds(time))) + " s",
                         "give every gauge a level at every moment");
      }
      result.time.push_back(time);
      auto& row = result.level.emplace_back();
      for (const auto& [gauge, value] : levels) row.push_back(value);
    }
    return result;
  }

 private:
  double number(std::size_t row, std::size_t column, const char* what) const {
    const auto value = table_.number(row, column);
    if (!value) throw InputError(table_.where(row), std::string(what) + " is missing", "give a number");
    return *value;
  }

  std::uint32_t gauge_at(double lon, double lat) {
    for (std::uint32_t g = 0; g < places_.size(); ++g) {
      if (places_[g] == LonLat{lon, lat}) return g;
    }
    places_.push_back({lon, lat});
    return static_cast<std::uint32_t>(places_.size() - 1);
  }

  Duration time_at(std::size_t row, TimeColumn when, std::uint32_t gauge) const {
    const auto before = last_.find(gauge);
    if (when.unit > 0) {
      const double moment = number(row, when.column, "time") * when.unit;
      if (!(std::abs(moment) <= kFarthest)) {
        throw InputError(table_.where(row), "time is " + table_.text(row, when.column),
                         "count from the scenario's start, ten years at most");
      }
      const Duration time = duration_of(moment);
      if (before != last_.end() && time < before->second)
        throw InputError(table_.where(row), "lies before the row above", "sort the rows by time");
      return time;
    }
    const auto clock = clock_time(table_.text(row, when.column));
    if (!clock) {
      throw InputError(table_.where(row), "time is \"" + table_.text(row, when.column) + "\"",
                       "write times of day as 02:30, or name the column seconds, minutes or hours");
    }
    std::int64_t time = (*clock - start_of_day_).count();
    if (before == last_.end()) {
      while (time < -kHalfDay) time += 2 * kHalfDay;
      while (time >= kHalfDay) time -= 2 * kHalfDay;
    } else {
      while (time < before->second.count()) time += 2 * kHalfDay;  // past midnight
    }
    return Duration{time};
  }

  CsvTable table_;
  Projection city_;
  Duration start_of_day_;
  std::vector<LonLat> places_;
  std::map<std::uint32_t, Duration> last_;
  std::map<Time, std::map<std::uint32_t, double>> rows_;
};

}  // namespace

Hydrograph read_hydrograph(const std::string& path, const std::string& city_crs, Duration start_of_day) {
  return Reader(path, city_crs, start_of_day).read();
}

}  // namespace chimata::io
