#include "chimata/scenario/clock.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <vector>

#include "chimata/core/error.hpp"

namespace chimata {

namespace {

constexpr std::int64_t kDay = 86'400;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// The whole numbers of a text split at `separator`; empty if any part is none.
std::vector<int> numbers(std::string_view text, char separator) {
  std::vector<int> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    int value = 0;
    const auto [stop, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc{} || stop != part.data() + part.size() || part.empty()) return {};
    parts.push_back(value);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::int64_t> seconds_of_day(std::string_view text) {
  const auto parts = numbers(text, ':');
  if (parts.size() != 2 && parts.size() != 3) return std::nullopt;
  const int h = parts[0], m = parts[1], s = parts.size() == 3 ? parts[2] : 0;
  if (h < 0 || h > 47 || m < 0 || m > 59 || s < 0 || s > 59) return std::nullopt;
  return h * 3600 + m * 60 + s;
}

std::optional<std::int64_t> seconds_of_date(std::string_view text) {
  using namespace std::chrono;
  text = trimmed(text);
  const std::size_t gap = text.find_first_of(" T");
  const auto date = numbers(text.substr(0, gap), '-');
  // the calendar's own types keep less of a number than was written
  if (date.size() != 3 || date[0] < 0 || date[0] > 9999 || date[1] < 1 || date[1] > 12 || date[2] < 1 ||
      date[2] > 31) {
    return std::nullopt;
  }
  const year_month_day day{year{date[0]}, month{static_cast<unsigned>(date[1])},
                           std::chrono::day{static_cast<unsigned>(date[2])}};
  if (!day.ok()) return std::nullopt;
  const std::int64_t midnight = sys_days{day}.time_since_epoch().count() * kDay;
  if (gap == std::string_view::npos) return midnight;
  const auto time = seconds_of_day(trimmed(text.substr(gap + 1)));
  if (!time) return std::nullopt;
  return midnight + *time;
}

std::int64_t whole_seconds(Time time) {
  const std::int64_t ms = time.time_since_epoch().count();
  return (ms >= 0 ? ms : ms - 999) / 1000;
}

}  // namespace

LocalClock::LocalClock(std::string_view start, std::string_view where) {
  const auto parsed = seconds_of_date(start);
  if (!parsed) {
    throw InputError(std::string(where), "start \"" + std::string(start) + "\" is no date and time",
                     "write it as 2025-09-10 02:00");
  }
  start_s_ = *parsed;
}

std::optional<Time> LocalClock::parse(std::string_view text) const {
  text = trimmed(text);
  if (const auto date = seconds_of_date(text)) return Time{Duration{(*date - start_s_) * 1000}};
  const auto clock = seconds_of_day(text);
  if (!clock) return std::nullopt;
  std::int64_t offset = *clock - start_s_ % kDay;
  if (offset < 0) offset += kDay;  // earlier than the start's time of day: tomorrow
  return Time{Duration{offset * 1000}};
}

std::string LocalClock::iso(Time time) const {
  using namespace std::chrono;
  const std::int64_t local = start_s_ + whole_seconds(time);
  const std::int64_t days = (local >= 0 ? local : local - kDay + 1) / kDay, rest = local - days * kDay;
  const year_month_day day{sys_days{std::chrono::days{days}}};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  return text;
}

std::string LocalClock::written(Time time) const {
  if (time == kNever) return "never";
  std::string text = iso(time);
  text[10] = ' ';
  if (text.ends_with(":00")) text.resize(text.size() - 3);
  return text.substr(0, 10) == iso(kStart).substr(0, 10) ? text.substr(11) : text;
}

std::optional<Duration> parse_duration(std::string_view text) {
  text = trimmed(text);
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view unit = trimmed(text.substr(static_cast<std::size_t>(stop - text.data())));
  double factor = 0;
  if (unit.empty() || unit == "s" || unit == "sec") factor = 1;
  if (unit == "min" || unit == "m") factor = 60;
  if (unit == "h" || unit == "hour" || unit == "hours") factor = 3600;
  if (unit == "d" || unit == "day" || unit == "days") factor = 86'400;
  if (factor == 0) return std::nullopt;
  return duration_of(value * factor);
}

std::string written(Duration duration) {
  const std::int64_t ms = duration.count();
  if (ms != 0 && ms % 3'600'000 == 0) return std::to_string(ms / 3'600'000) + "h";
  if (ms != 0 && ms % 60'000 == 0) return std::to_string(ms / 60'000) + "min";
  if (ms % 1000 == 0) return std::to_string(ms / 1000) + "s";
  char text[32];
  std::snprintf(text, sizeof text, "%.3fs", seconds(duration));
  return text;
}

}  // namespace chimata
