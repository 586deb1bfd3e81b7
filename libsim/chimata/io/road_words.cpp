// Words of road files: classes of roads, units; and signal programs as plans.
#include <algorithm>
#include <cctype>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/io/road_draft.hpp"

namespace chimata::io {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

struct Unit {
  std::string_view name;
  double factor;
};

template <std::size_t N>
double factor(const Unit (&units)[N], std::string_view unit, const char* what, const std::string& where) {
  const std::string wanted = lower(unit);
  std::string list;
  for (const Unit& u : units) {
    if (u.name == wanted) return u.factor;
    list += (list.empty() ? "" : ", ") + std::string(u.name);
  }
  throw InputError(where, "does not know the " + std::string(what) + " unit '" + std::string(unit) + "'",
                   "use one of " + list);
}

}  // namespace

std::optional<RoadClass> road_class_named(std::string_view text) {
  std::string word = lower(text);
  if (word.starts_with("highway.")) word.erase(0, 8);
  if (word.ends_with("_link")) word.resize(word.size() - 5);
  for (int c = 0; c <= static_cast<int>(RoadClass::steps); ++c) {
    if (word == name_of(static_cast<RoadClass>(c))) return static_cast<RoadClass>(c);
  }
  // facility types of planning models in the United States (FHWA functional classes), from wide to narrow
  static const std::pair<std::string_view, RoadClass> words[] = {{"freeway", RoadClass::motorway},
                                                                 {"interstate", RoadClass::motorway},
                                                                 {"ramp", RoadClass::motorway},
                                                                 {"expressway", RoadClass::trunk},
                                                                 {"highway", RoadClass::trunk},
                                                                 {"major arterial", RoadClass::primary},
                                                                 {"principal arterial", RoadClass::primary},
                                                                 {"arterial", RoadClass::primary},
                                                                 {"minor arterial", RoadClass::secondary},
                                                                 {"collector", RoadClass::tertiary},
                                                                 {"local", RoadClass::residential},
                                                                 {"connector", RoadClass::service},
                                                                 {"bikeway", RoadClass::cycleway},
                                                                 {"sidewalk", RoadClass::footway},
                                                                 {"stairs", RoadClass::steps}};
  for (const auto& [name, c] : words) {
    if (word == name) return c;
  }
  return std::nullopt;
}

double length_unit(std::string_view unit, const std::string& where) {
  static constexpr Unit units[] = {
      {"m", 1},           {"meter", 1},        {"meters", 1},        {"metre", 1},
      {"km", 1000},       {"kilometer", 1000}, {"kilometers", 1000}, {"ft", 0.3048},
      {"foot", 0.3048},   {"feet", 0.3048},    {"mi", 1609.344},     {"mile", 1609.344},
      {"miles", 1609.344}};
  return factor(units, unit, "length", where);
}

double speed_unit(std::string_view unit, const std::string& where) {
  static constexpr Unit units[] = {
      {"m/s", 1},        {"mps", 1},       {"km/h", 1 / 3.6}, {"kmh", 1 / 3.6},        {"kph", 1 / 3.6},
      {"kmph", 1 / 3.6}, {"mph", 0.44704}, {"mi/h", 0.44704}, {"ft/min", 0.3048 / 60}, {"ft/s", 0.3048}};
  return factor(units, unit, "speed", where);
}

double time_unit(std::string_view unit, const std::string& where) {
  static constexpr Unit units[] = {{"s", 1},    {"second", 1},  {"seconds", 1},
                                   {"min", 60}, {"minute", 60}, {"minutes", 60},
                                   {"h", 3600}, {"hour", 3600}, {"hours", 3600}};
  return factor(units, unit, "time", where);
}

std::optional<SignalPlan> signal_plan(NodeId node, double offset, std::vector<SignalInterval> intervals) {
  double cycle = 0;
  for (SignalInterval& interval : intervals) {
    cycle += interval.duration;
    std::sort(interval.green.begin(), interval.green.end());
    interval.green.erase(std::unique(interval.green.begin(), interval.green.end()), interval.green.end());
  }
  std::erase_if(intervals, [](const SignalInterval& i) { return i.duration <= 0; });
  const auto first = std::find_if(intervals.begin(), intervals.end(),
                                  [](const SignalInterval& i) { return !i.green.empty(); });
  if (first == intervals.end() || !(cycle > 0)) return std::nullopt;
  for (auto it = intervals.begin(); it != first; ++it) offset += it->duration;
  std::rotate(intervals.begin(), first, intervals.end());

  SignalPlan plan{node, cycle, std::fmod(offset, cycle), {}};
  if (plan.offset_s < 0) plan.offset_s += cycle;
  if (plan.offset_s >= cycle) plan.offset_s = 0;  // rounding of a tiny negative offset
  for (SignalInterval& interval : intervals) {
    if (interval.green.empty()) {
      plan.phases.back().intergreen_s += interval.duration;
    } else if (!plan.phases.empty() && plan.phases.back().intergreen_s == 0 &&
               plan.phases.back().green == interval.green) {
      plan.phases.back().duration_s += interval.duration;
    } else {
      plan.phases.push_back({interval.duration, 0, std::move(interval.green)});
    }
  }
  return plan;
}

}  // namespace chimata::io
