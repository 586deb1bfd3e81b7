#include "chimata/scenario/schema.hpp"

#include "chimata/scenario/catalogue.hpp"
#include "chimata/scenario/flood_source.hpp"
#include "chimata/scenario/smoke_source.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata {

namespace {

std::string_view name_of(ParameterKind kind) {
  static constexpr std::string_view names[] = {"boolean", "integer", "number", "fraction", "duration",
                                               "time",    "choice",  "text",   "list"};
  return names[static_cast<std::size_t>(kind)];
}

/// Times of defaults count from the start, which no schema knows: written as if the day began at midnight.
Json default_of(const Parameter& parameter) {
  return write_value(parameter.default_value, LocalClock("2000-01-01 00:00", "schema"));
}

Json schema_of(const Parameter& parameter) {
  Json schema;
  switch (parameter.kind) {
    case ParameterKind::boolean:
      schema["type"] = "boolean";
      break;
    case ParameterKind::integer:
      schema["type"] = "integer";
      break;
    case ParameterKind::number:
    case ParameterKind::fraction:
      schema["type"] = "number";
      break;
    case ParameterKind::duration:
      schema["type"] = {"string", "number"};
      break;
    case ParameterKind::time:
      schema["type"] = {"string", "null"};
      break;
    case ParameterKind::choice:
      schema["enum"] = parameter.choices;
      break;
    case ParameterKind::text:
      schema["type"] = "string";
      break;
    case ParameterKind::list:
      schema = {{"type", "array"}, {"items", {{"type", "string"}}}};
      break;
  }
  if (parameter.kind != ParameterKind::duration) {
    if (parameter.low) schema["minimum"] = *parameter.low;
    if (parameter.high) schema["maximum"] = *parameter.high;
  }
  schema["title"] = parameter.label_en + " / " + parameter.label_ja;
  schema["description"] = parameter.help + (parameter.unit.empty() ? "" : " [" + parameter.unit + "]") +
                          " Source: " + parameter.source + " (grade " + parameter.grade + ")";
  if (parameter.kind != ParameterKind::time) schema["default"] = default_of(parameter);
  return schema;
}

Json edit_schema() {
  return Json::parse(R"({
    "type": "object", "additionalProperties": false, "required": ["op", "target"],
    "properties": {
      "op": {"enum": ["change", "move", "close", "open", "add", "remove", "contraflow"]},
      "target": {"type": "string", "description": "shelter:ID, shelter:*, link:osm/way/ID, street:NAME or a model's name"},
      "to": {"description": "[longitude, latitude], area:ID or building:ID"},
      "set": {"type": "object"},
      "start": {"type": "string"}, "end": {"type": "string"},
      "modes": {"type": "array", "items": {"enum": ["foot", "bicycle", "car"]}},
      "toward": {"description": "a place: only the direction of a street that leads there"},
      "direction": {"enum": ["forward", "backward", "both"]},
      "wait": {"type": "boolean", "description": "a gate: people on foot wait before it until it opens"},
      "why": {"type": "string"}
    }})");
}

}  // namespace

std::string scenario_schema() {
  Json properties = Json::parse(R"({
    "schema": {"const": "chimata/scenario@1"},
    "name": {"type": "string", "minLength": 1},
    "base": {"type": "string", "description": "another scenario file that this one edits"},
    "why": {"type": "string"},
    "city": {"type": "string", "description": "demo:riverside, a city file (.h5), or a folder with town.yaml or city.yaml"},
    "population": {"type": "object", "additionalProperties": false,
                   "properties": {"total": {"type": "integer", "minimum": 1}, "seed": {"type": "integer", "minimum": 0},
                                  "file": {"type": "string", "description": "CSV or Parquet, a row per person; instead of total"}}},
    "start": {"type": "string", "description": "local date and time, 2025-09-10 02:00"},
    "duration": {"type": ["string", "number"], "description": "6h, 90min, or seconds"},
    "end": {"type": "string"},
    "tz": {"type": "string", "description": "IANA time zone, Asia/Tokyo"}
  })");
  for (const auto& model : catalogue()) {
    Json section = {{"type", "object"},
                    {"title", model.label_en + " / " + model.label_ja},
                    {"additionalProperties", false}};
    section["properties"] = Json::object();
    if (model.name == "flood") {
      add_flood_source_schema(section);
    }
    if (model.name == "smoke") add_smoke_source_schema(section);
    for (const auto& parameter : model.parameters)
      section["properties"][parameter.name] = schema_of(parameter);
    properties[model.name] = section;
  }
  properties["edits"] = {{"type", "array"}, {"items", edit_schema()}};
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "Chimata scenario"},
                 {"type", "object"},
                 {"additionalProperties", false},
                 {"required", {"name"}},
                 {"properties", properties}};
  return schema.dump(2);
}

std::string parameter_catalogue() {
  Json models = Json::array();
  for (const auto& model : catalogue()) {
    Json parameters = Json::array();
    for (const auto& p : model.parameters) {
      parameters.push_back({{"name", p.name},
                            {"kind", name_of(p.kind)},
                            {"unit", p.unit},
                            {"default", default_of(p)},
                            {"low", p.low ? Json(*p.low) : Json()},
                            {"high", p.high ? Json(*p.high) : Json()},
                            {"choices", p.choices},
                            {"source", p.source},
                            {"grade", std::string(1, p.grade)},
                            {"label_ja", p.label_ja},
                            {"label_en", p.label_en},
                            {"help", p.help}});
    }
    models.push_back({{"name", model.name},
                      {"label_ja", model.label_ja},
                      {"label_en", model.label_en},
                      {"optional", model.optional},
                      {"parameters", parameters}});
  }
  return models.dump();
}

}  // namespace chimata
