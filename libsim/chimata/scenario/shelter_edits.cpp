#include "chimata/scenario/shelter_edits.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/text.hpp"

namespace chimata {

namespace {

/// One number of a shelter: how it is read, and the largest that makes sense.
struct NumberField {
  const char *name, *unit;
  double most;
  double (*get)(const ShelterPlan&);
  void (*set)(ShelterPlan&, double);
};

template <auto member>
constexpr NumberField number(const char* name, const char* unit, double most) {
  return {name, unit, most, [](const ShelterPlan& s) { return static_cast<double>(s.*member); },
          [](ShelterPlan& s, double value) {
            using Value = std::remove_reference_t<decltype(s.*member)>;
            s.*member = std::is_integral_v<Value> ? static_cast<Value>(std::llround(value))
                                                  : static_cast<Value>(value);
          }};
}

constexpr NumberField kNumbers[] = {
    number<&ShelterPlan::capacity>("capacity", "persons", 1e6),
    number<&ShelterPlan::parking>("parking", "cars", 1e5),
    number<&ShelterPlan::toilets>("toilets", "seats", 1e5),
    number<&ShelterPlan::floor>("floor_m", "m", 500),
    number<&ShelterPlan::area_m2>("area_m2", "m2", 1e7),
    number<&ShelterPlan::water_l>("water_l", "L", 1e9),
    number<&ShelterPlan::meals>("meals", "meals", 1e9),
};

struct FlagField {
  const char* name;
  bool (*get)(const ShelterPlan&);
  void (*set)(ShelterPlan&, bool);
};

constexpr FlagField kFlags[] = {
    {"flood_safe", [](const ShelterPlan& s) { return (s.fit & kRiverFlood) != 0; },
     [](ShelterPlan& s, bool yes) {
       s.fit = static_cast<HazardMask>(yes ? s.fit | kAnyWater : s.fit & ~kAnyWater);
     }},
    {"welfare", [](const ShelterPlan& s) { return s.welfare; },
     [](ShelterPlan& s, bool yes) { s.welfare = yes; }},
    {"exit", [](const ShelterPlan& s) { return s.exit; }, [](ShelterPlan& s, bool yes) { s.exit = yes; }},
};

std::string written(double value) {
  if (value < 0) return "not known";
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

class ShelterEditor {
 public:
  ShelterEditor(ShelterPlan& shelter, const LocalClock& clock, const std::string& where,
                const ShelterNote& note)
      : shelter_(shelter), clock_(clock), where_(where), note_(note) {}

  void set(const std::string& key, const Json& value) {
    for (const NumberField& field : kNumbers) {
      if (key == field.name) return set_number(field, value);
    }
    for (const FlagField& field : kFlags) {
      if (key == field.name) return set_flag(field, value);
    }
    if (key == "opens_at") return set_opening(value);
    if (key == "name" && value.is_string()) {
      note_(key, shelter_.name, value.get<std::string>());
      shelter_.name = value.get<std::string>();
      return;
    }
    std::vector<std::string> names{"opens_at", "name"};
    for (const NumberField& field : kNumbers) names.emplace_back(field.name);
    for (const FlagField& field : kFlags) names.emplace_back(field.name);
    const std::string hint = did_you_mean(key, names);
    throw InputError(where_, "a shelter has no \"" + key + "\"",
                     hint.empty() ? "set " + listed(names, 20) : hint);
  }

 private:
  void set_number(const NumberField& field, const Json& value) {
    Parameter about{field.name, ParameterKind::number, field.unit, {}, 0.0, field.most, {}, "", 'A', "", "",
                    ""};
    const double before = field.get(shelter_);
    // half as much again of what nobody knows is not known either, nor 50 less
    const bool stays_unknown = before < 0 && is_relative(value);
    if (stays_unknown) about.low.reset();
    const auto after =
        std::get<double>(read_value(about, value, clock_, std::max(0.0, before),
                                    where_ + ": " + field.name + " of shelter:" + shelter_.id));
    if (!stays_unknown) field.set(shelter_, after);
    note_(field.name, written(before), written(field.get(shelter_)));
  }

  void set_flag(const FlagField& field, const Json& value) {
    if (!value.is_boolean())
      throw InputError(where_, std::string(field.name) + " is " + value.dump(), "give true or false");
    note_(field.name, field.get(shelter_) ? "true" : "false", value.dump());
    field.set(shelter_, value.get<bool>());
  }

  void set_opening(const Json& value) {
    static const Parameter time{"opens_at", ParameterKind::time, "", {}, {}, {}, {}, "", 'A', "", "", ""};
    const Time after =
        std::get<Time>(read_value(time, value, clock_, shelter_.opens_at, where_ + ": opens_at"));
    note_("opens_at", clock_.written(shelter_.opens_at), clock_.written(after));
    shelter_.opens_at = after;
  }

  ShelterPlan& shelter_;
  const LocalClock& clock_;
  const std::string& where_;
  const ShelterNote& note_;
};

}  // namespace

void set_shelter(ShelterPlan& shelter, const Json& set, const LocalClock& clock, const std::string& where,
                 const ShelterNote& note) {
  if (!set.is_object() || set.empty())
    throw InputError(where, "set is missing", "say what to change, e.g. {capacity: x1.2}");
  ShelterEditor editor(shelter, clock, where, note);
  for (const auto& [key, value] : set.items()) editor.set(key, value);
}

}  // namespace chimata
