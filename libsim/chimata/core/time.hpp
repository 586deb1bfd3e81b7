/// Simulated time: whole milliseconds since the start of the scenario.
#pragma once

#include <chrono>
#include <cstdint>

namespace chimata {

using Duration = std::chrono::duration<std::int64_t, std::milli>;

/// The scenario's clock; it has no `now()`: simulated time is never read from the machine.
struct SimulatedClock {
  using duration = Duration;
  using rep = Duration::rep;
  using period = Duration::period;
  static constexpr bool is_steady = true;
};

/// A moment: milliseconds since the scenario started.
using Time = std::chrono::time_point<SimulatedClock, Duration>;

inline constexpr Time kStart{};              ///< the moment the scenario starts
inline constexpr Time kNever = Time::max();  ///< later than everything

[[nodiscard]] constexpr double seconds(Duration d) {
  return static_cast<double>(d.count()) / 1000.0;
}
[[nodiscard]] constexpr double seconds(Time t) {
  return seconds(t.time_since_epoch());
}

/// Nearest whole millisecond to `s` seconds; at most 30,000 years, whatever `s` is.
[[nodiscard]] constexpr Duration duration_of(double s) {
  constexpr double kMost = 1e15;  // ms
  const double ms = s * 1000.0 + (s < 0 ? -0.5 : 0.5);
  return Duration{static_cast<std::int64_t>(ms > kMost ? kMost : ms > -kMost ? ms : -kMost)};
}
[[nodiscard]] constexpr Time time_of(double s) {
  return Time{duration_of(s)};
}

/// Half-open span of simulated time [from, to).
struct Window {
  Time from;
  Time to;
  [[nodiscard]] constexpr Duration length() const { return to - from; }
  [[nodiscard]] constexpr bool contains(Time t) const { return from <= t && t < to; }
};

}  // namespace chimata
