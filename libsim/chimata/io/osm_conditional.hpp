/// Private to io: values of OpenStreetMap tags that hold at certain times only.
///
/// What is understood of https://wiki.openstreetmap.org/wiki/Conditional_restrictions: clauses "value @
/// (condition)" separated by semicolons, the last that holds wins; conditions of months, dates without a
/// year, weekdays and hours, also past midnight, and 24/7. Everything else (public holidays, sunset, weights,
/// weather) counts as unknown.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace chimata::io {

enum class Holds : std::uint8_t { no, yes, unknown };

/// Whether a time condition such as "Mo-Fr 07:00-09:00,16:00-18:00; Sa 08:00-10:00" holds.
[[nodiscard]] Holds holds(std::string_view condition, std::chrono::local_seconds at);

/// What a conditional value says at a moment.
struct ConditionalValue {
  std::optional<std::string> value;  ///< of the last clause that holds
  bool unknown = false;              ///< some clause could not be judged
};
[[nodiscard]] ConditionalValue conditional_value(std::string_view text, std::chrono::local_seconds at);

}  // namespace chimata::io
