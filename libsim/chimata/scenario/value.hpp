/// Parameter values between documents and models: read, checked, changed and written in one place.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "chimata/core/parameter.hpp"
#include "chimata/scenario/clock.hpp"

namespace chimata {

/// A scenario document in memory; keeps the order of its keys.
using Json = nlohmann::ordered_json;

/// Whether `written` changes what is, as "x1.2", "+50" and "-0.1" do, instead of taking its place.
[[nodiscard]] bool is_relative(const Json& written);

/// The value that `written` means for `parameter`.
///
/// A change may be relative to `current`: the text "x1.2" multiplies a number or duration, "+30min" and
/// "-0.1" add to it or take away from it; a time of day may be moved by "+30min". A number is what it says,
/// so that in a file delay_h: -0.1 sets and delay_h: "-0.1" takes away.
/// @throws InputError at `where` with what is expected
[[nodiscard]] ParameterValue read_value(const Parameter& parameter, const Json& written,
                                        const LocalClock& clock, const ParameterValue& current,
                                        const std::string& where);

/// How a scenario file would write `value`.
[[nodiscard]] Json write_value(const ParameterValue& value, const LocalClock& clock);

/// "a number from 0 to 1", for messages.
[[nodiscard]] std::string expectation(const Parameter& parameter);

}  // namespace chimata
