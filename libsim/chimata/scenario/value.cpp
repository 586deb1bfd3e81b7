#include "chimata/scenario/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "chimata/core/text.hpp"

namespace chimata {

namespace {

/// 0.25, 200 or 1,000,000.
std::string short_number(double value) {
  char text[32];
  if (std::floor(value) != value || std::abs(value) >= 1e15) {
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
  }
  std::string whole = std::to_string(static_cast<std::int64_t>(std::abs(value)));
  for (auto end = static_cast<std::ptrdiff_t>(whole.size()) - 3; end > 0; end -= 3)
    whole.insert(static_cast<std::size_t>(end), ",");
  return (value < 0 ? "-" : "") + whole;
}

/// How each text of a list is written, where its help begins with it: Each as "longitude, latitude".
std::string form_of(const Parameter& list) {
  constexpr std::string_view begins = "Each as \"";
  if (!list.help.starts_with(begins)) return "";
  const std::size_t end = list.help.find('"', begins.size());
  return ", each as " + list.help.substr(begins.size() - 1, end - begins.size() + 2);
}

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Whether the text is a change to what is: a factor or a step.
bool changes(const std::string& text) {
  return text.starts_with('x') || text.starts_with('+') || text.starts_with('-');
}

/// A number as JSON number or text; relative texts are worked out from `current`.
std::optional<double> read_number(const Json& written, double current) {
  if (written.is_number()) return written.get<double>();
  if (!written.is_string()) return std::nullopt;
  const std::string text = written.get<std::string>();
  if (text.starts_with('x')) {
    const auto factor = number_in(std::string_view(text).substr(1));
    return factor ? std::optional(current * *factor) : std::nullopt;
  }
  if (!changes(text)) return number_in(text);
  const auto step = number_in(std::string_view(text).substr(1));
  if (!step) return std::nullopt;
  return text.front() == '+' ? current + *step : current - *step;
}

std::optional<Duration> read_duration(const Json& written, Duration current) {
  if (written.is_number()) return duration_of(written.get<double>());
  if (!written.is_string()) return std::nullopt;
  const std::string text = written.get<std::string>();
  const std::string_view rest = std::string_view(text).substr(text.empty() ? 0 : 1);
  if (text.starts_with('x')) {
    const auto factor = number_in(rest);
    return factor ? std::optional(duration_of(seconds(current) * *factor)) : std::nullopt;
  }
  if (!changes(text)) return parse_duration(text);
  const auto step = parse_duration(rest);
  if (!step) return std::nullopt;
  return text.front() == '+' ? current + *step : current - *step;
}

std::optional<Time> read_time(const Json& written, Time current, const LocalClock& clock) {
  if (written.is_null()) return kNever;
  if (!written.is_string()) return std::nullopt;
  const std::string text = written.get<std::string>();
  if (text == "never") return kNever;
  if (changes(text)) {
    const auto step = parse_duration(std::string_view(text).substr(1));
    if (!step || text.front() == 'x' || current == kNever) return std::nullopt;
    return text.front() == '+' ? current + *step : current - *step;
  }
  return clock.parse(text);
}

std::optional<ParameterValue> read(const Parameter& parameter, const Json& written, const LocalClock& clock,
                                   const ParameterValue& current) {
  switch (parameter.kind) {
    case ParameterKind::boolean:
      if (written.is_boolean()) return written.get<bool>();
      return std::nullopt;
    case ParameterKind::integer: {
      const auto value = read_number(written, static_cast<double>(std::get<std::int64_t>(current)));
      if (!value || std::floor(*value) != *value) return std::nullopt;
      return static_cast<std::int64_t>(*value);
    }
    case ParameterKind::number:
    case ParameterKind::fraction:
      if (const auto value = read_number(written, std::get<double>(current))) return *value;
      return std::nullopt;
    case ParameterKind::duration:
      if (const auto value = read_duration(written, std::get<Duration>(current))) return *value;
      return std::nullopt;
    case ParameterKind::time:
      if (const auto value = read_time(written, std::get<Time>(current), clock)) return *value;
      return std::nullopt;
    case ParameterKind::choice: {
      if (!written.is_string()) return std::nullopt;
      const auto word = written.get<std::string>();
      if (std::find(parameter.choices.begin(), parameter.choices.end(), word) == parameter.choices.end())
        return std::nullopt;
      return word;
    }
    case ParameterKind::text:
      if (written.is_string()) return written.get<std::string>();
      return std::nullopt;
    case ParameterKind::list: {
      if (written.is_string()) return std::vector<std::string>{written.get<std::string>()};
      if (!written.is_array()) return std::nullopt;
      std::vector<std::string> words;
      for (const auto& item : written) {
        if (!item.is_string()) return std::nullopt;
        words.push_back(item.get<std::string>());
      }
      return words;
    }
  }
  return std::nullopt;
}

/// The value as a plain number for range checks; none for what has no range.
std::optional<double> magnitude(const ParameterValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* duration = std::get_if<Duration>(&value)) return seconds(*duration);
  return std::nullopt;
}

}  // namespace

bool is_relative(const Json& written) {
  return written.is_string() && changes(written.get<std::string>());
}

std::string expectation(const Parameter& parameter) {
  const std::string unit = parameter.unit.empty() ? "" : " (" + parameter.unit + ")";
  std::string text;
  switch (parameter.kind) {
    case ParameterKind::boolean:
      return "true or false";
    case ParameterKind::integer:
      text = "a whole number" + unit;
      break;
    case ParameterKind::number:
      text = "a number" + unit;
      break;
    case ParameterKind::fraction:
      text = "a share";
      break;
    case ParameterKind::duration:
      text = "a duration such as 10min or 6h";
      if (parameter.low && parameter.high) {
        return text + ", from " + written(duration_of(*parameter.low)) + " to " +
               written(duration_of(*parameter.high));
      }
      break;
    case ParameterKind::time:
      return "a time such as 02:30, 2025-09-10 02:30, or never";
    case ParameterKind::choice:
      return "one of " + listed(parameter.choices);
    case ParameterKind::text:
      return "a text";
    case ParameterKind::list:
      return "a list of texts" + form_of(parameter);
  }
  if (parameter.low && parameter.high) {
    text += " from " + short_number(*parameter.low) + " to " + short_number(*parameter.high);
  } else if (parameter.low) {
    text += " of at least " + short_number(*parameter.low);
  }
  return text;
}

ParameterValue read_value(const Parameter& parameter, const Json& written, const LocalClock& clock,
                          const ParameterValue& current, const std::string& where) {
  const auto value = read(parameter, written, clock, current);
  if (!value) throw InputError(where, "is " + written.dump(), "give " + expectation(parameter));
  if (const auto size = magnitude(*value)) {
    const bool out = std::isnan(*size) || (parameter.low && *size < *parameter.low) ||
                     (parameter.high && *size > *parameter.high);
    if (out) throw InputError(where, "is " + written.dump(), "give " + expectation(parameter));
  }
  return *value;
}

Json write_value(const ParameterValue& value, const LocalClock& clock) {
  struct Writer {
    const LocalClock& clock;
    Json operator()(bool v) const { return v; }
    Json operator()(std::int64_t v) const { return v; }
    Json operator()(double v) const { return v; }
    Json operator()(Duration v) const { return written(v); }
    Json operator()(Time v) const { return clock.written(v); }
    Json operator()(const std::string& v) const { return v; }
    Json operator()(const std::vector<std::string>& v) const { return v; }
  };
  return std::visit(Writer{clock}, value);
}

}  // namespace chimata
