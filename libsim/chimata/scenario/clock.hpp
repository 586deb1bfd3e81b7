/// Local dates and times of a scenario, and how people write times and durations.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chimata/core/time.hpp"

namespace chimata {

/// The scenario's start as a local date and time; its zone is a name that only output needs.
class LocalClock {
 public:
  LocalClock() = default;
  /// @param start "2025-09-10 02:00", seconds optional, "T" allowed between date and time
  /// @throws InputError at `where` if it is none
  LocalClock(std::string_view start, std::string_view where);

  /// Time of day at which the scenario starts.
  [[nodiscard]] Duration start_of_day() const { return Duration{start_s_ % 86'400 * 1000}; }
  /// Moment of "02:30" (the next one from the start on), "02:30:15" or "2025-09-11 02:30".
  [[nodiscard]] std::optional<Time> parse(std::string_view text) const;
  /// "2025-09-10T02:30:00"
  [[nodiscard]] std::string iso(Time time) const;
  /// "02:30" or "02:30:15"; with the date when it is not the first day; "never" for kNever.
  [[nodiscard]] std::string written(Time time) const;

 private:
  std::int64_t start_s_ = 0;  // local seconds since 1970-01-01
};

/// "90s", "10min", "1.5h", "2 days", or a plain number of seconds.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
/// The shortest way to write a duration: "10min", "6h", "90s".
[[nodiscard]] std::string written(Duration duration);

}  // namespace chimata
