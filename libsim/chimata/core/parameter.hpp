/// Parameters of models, each declared once.
///
/// A model's parameters are a plain struct; a `Declarations<Model>` beside it names every member with
/// unit, default, range, source and labels. The scenario reader, the JSON Schema, the Python
/// constructors, the assumption sheet and the reference pages are all generated from it.
///
///     const Declarations<WalkingModel>& walking_parameters() {
///       static const Declarations<WalkingModel> all{"walking", "歩行", "Walking", {
///         number("free_speed_m_s", &WalkingModel::free_speed, "m/s").range(0.1, 3)
///             .source("Weidmann 1993", 'A').label("自由歩行速度", "Free walking speed"), ...
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "chimata/core/error.hpp"
#include "chimata/core/time.hpp"

namespace chimata {

/// A parameter's value as a scenario states it. Durations and times of day are milliseconds (a time
/// counts from the scenario's start); texts are UTF-8; a list is a list of texts.
using ParameterValue =
    std::variant<bool, std::int64_t, double, Duration, Time, std::string, std::vector<std::string>>;

/// How a parameter is written and read.
enum class ParameterKind : std::uint8_t {
  boolean,
  integer,
  number,
  fraction,
  duration,
  time,
  choice,
  text,
  list
};

/// Everything there is to say of one parameter.
struct Parameter {
  std::string name;  ///< as written in a scenario file, with its unit as suffix where it has one
  ParameterKind kind = ParameterKind::number;
  std::string unit;  ///< SI, "" for none
  ParameterValue default_value;
  std::optional<double> low, high;   ///< closed range of numbers (seconds for durations)
  std::vector<std::string> choices;  ///< for ParameterKind::choice
  std::string source;                ///< where the default comes from
  char grade = 'C';                  ///< A primary source read, B secondary, C judgement or memory
  std::string label_ja, label_en;
  std::string help;  ///< one sentence
};

/// A parameter bound to a member of `Model`.
template <class Model>
struct BoundParameter {
  Parameter about;
  std::function<void(Model&, const ParameterValue&)> set;
  std::function<ParameterValue(const Model&)> get;

  BoundParameter range(double low, double high) && {
    about.low = low, about.high = high;
    return std::move(*this);
  }
  BoundParameter source(std::string where, char grade) && {
    about.source = std::move(where), about.grade = grade;
    return std::move(*this);
  }
  BoundParameter label(std::string ja, std::string en) && {
    about.label_ja = std::move(ja), about.label_en = std::move(en);
    return std::move(*this);
  }
  BoundParameter help(std::string sentence) && {
    about.help = std::move(sentence);
    return std::move(*this);
  }
};

/// Binds a member whose type is one of ParameterValue's alternatives.
template <class Model, class T>
[[nodiscard]] BoundParameter<Model> bind_parameter(std::string name, T Model::*member, ParameterKind kind,
                                                   std::string unit) {
  BoundParameter<Model> bound;
  bound.about.name = std::move(name);
  bound.about.kind = kind;
  bound.about.unit = std::move(unit);
  bound.about.default_value = Model{}.*member;
  bound.set = [member](Model& model, const ParameterValue& value) { model.*member = std::get<T>(value); };
  bound.get = [member](const Model& model) { return ParameterValue{model.*member}; };
  return bound;
}
template <class Model>
[[nodiscard]] BoundParameter<Model> number(std::string name, double Model::*member, std::string unit) {
  return bind_parameter(std::move(name), member, ParameterKind::number, std::move(unit));
}
template <class Model>
[[nodiscard]] BoundParameter<Model> fraction(std::string name, double Model::*member) {
  return bind_parameter(std::move(name), member, ParameterKind::fraction, "").range(0, 1);
}
template <class Model>
[[nodiscard]] BoundParameter<Model> integer(std::string name, std::int64_t Model::*member,
                                            std::string unit = "") {
  return bind_parameter(std::move(name), member, ParameterKind::integer, std::move(unit));
}
template <class Model>
[[nodiscard]] BoundParameter<Model> flag(std::string name, bool Model::*member) {
  return bind_parameter(std::move(name), member, ParameterKind::boolean, "");
}
template <class Model>
[[nodiscard]] BoundParameter<Model> duration(std::string name, Duration Model::*member) {
  return bind_parameter(std::move(name), member, ParameterKind::duration, "s");
}
template <class Model>
[[nodiscard]] BoundParameter<Model> time_of_day(std::string name, Time Model::*member) {
  return bind_parameter(std::move(name), member, ParameterKind::time, "");
}
template <class Model>
[[nodiscard]] BoundParameter<Model> text(std::string name, std::string Model::*member) {
  return bind_parameter(std::move(name), member, ParameterKind::text, "");
}
template <class Model>
[[nodiscard]] BoundParameter<Model> list(std::string name, std::vector<std::string> Model::*member) {
  return bind_parameter(std::move(name), member, ParameterKind::list, "");
}
/// Binds an enumeration whose values 0, 1, … are written as `names`.
template <class Model, class Enum>
[[nodiscard]] BoundParameter<Model> choice(std::string name, Enum Model::*member,
                                           std::vector<std::string> names) {
  BoundParameter<Model> bound;
  bound.about.name = std::move(name);
  bound.about.kind = ParameterKind::choice;
  bound.about.choices = names;
  bound.about.default_value = names.at(static_cast<std::size_t>(Model{}.*member));
  bound.set = [member, names](Model& model, const ParameterValue& value) {
    const auto& word = std::get<std::string>(value);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == word) model.*member = static_cast<Enum>(i);
    }
  };
  bound.get = [member, names](const Model& model) {
    return ParameterValue{names.at(static_cast<std::size_t>(model.*member))};
  };
  return bound;
}

/// All parameters of one model.
template <class Model>
struct Declarations {
  std::string name;  ///< the model's key in a scenario file
  std::string label_ja, label_en;
  std::vector<BoundParameter<Model>> all;

  [[nodiscard]] const BoundParameter<Model>* find(std::string_view parameter) const {
    for (const auto& bound : all) {
      if (bound.about.name == parameter) return &bound;
    }
    return nullptr;
  }
};

}  // namespace chimata
