#include "chimata/scenario/yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <charconv>
#include <filesystem>

#include "chimata/core/error.hpp"
#include "chimata/io/environment.hpp"
#include "chimata/scenario/flood_source.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata {

namespace {

namespace fs = std::filesystem;

Json scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return text;  // quoted: a text, whatever it looks like
  if (text == "true") return true;
  if (text == "false") return false;
  if (text == "null" || text == "~" || text.empty()) return nullptr;
  const char *begin = text.data(), *end = begin + text.size();
  std::int64_t whole = 0;
  if (const auto [stop, error] = std::from_chars(begin, end, whole); error == std::errc{} && stop == end)
    return whole;
  double number = 0;
  if (const auto [stop, error] = std::from_chars(begin, end, number); error == std::errc{} && stop == end)
    return number;
  return text;
}

Json converted(const YAML::Node& node, const std::string& path) {
  switch (node.Type()) {
    case YAML::NodeType::Scalar:
      return scalar(node);
    case YAML::NodeType::Sequence: {
      Json list = Json::array();
      for (const auto& item : node) list.push_back(converted(item, path));
      return list;
    }
    case YAML::NodeType::Map: {
      Json map = Json::object();
      for (const auto& item : node) {
        const std::string key = item.first.Scalar();
        if (map.contains(key)) {
          throw InputError(path + ":" + std::to_string(item.first.Mark().line + 1),
                           "\"" + key + "\" is given twice", "keep one of them");
        }
        map[key] = converted(item.second, path);
      }
      return map;
    }
    default:
      return nullptr;
  }
}

/// `written` as seen from the file at `from`; names such as demo:riverside stay as they are.
std::string beside(const std::string& written, const fs::path& from) {
  const fs::path path = io::expanded_path(written, from.string());
  if (written.starts_with("demo:") || path.is_absolute()) return path.string();
  return (from.parent_path() / path).lexically_normal().string();
}

Json load(const fs::path& path, int depth) {
  const std::string shown = path.string();
  if (depth > 10)
    throw InputError(shown, "base files refer to each other in a circle", "let one of them stand alone");
  if (!fs::is_regular_file(path)) throw InputError(shown, "there is no such scenario file", "check the path");
  Json document;
  try {
    document = converted(YAML::LoadFile(shown), shown);
  } catch (const YAML::Exception& error) {
    throw InputError(shown + ":" + std::to_string(error.mark.line + 1),
                     "is no valid YAML (" + error.msg + ")", "check indentation and colons near this line");
  }
  if (!document.is_object()) throw InputError(shown, "is no scenario", "start with name: and start:");
  if (document.contains("city") && document["city"].is_string())
    document["city"] = beside(document["city"].get<std::string>(), path);
  if (document.contains("flood") && document["flood"].is_object()) {
    for (auto& [key, value] : document["flood"].items()) {
      if (names_flood_file(key) && value.is_string()) value = beside(value.get<std::string>(), path);
    }
  }
  if (!document.contains("base")) return document;
  if (!document["base"].is_string())
    throw InputError(shown + ": base", "is " + document["base"].dump(), "name a scenario file");
  Json merged = load(path.parent_path() / document["base"].get<std::string>(), depth + 1);
  for (const auto& [key, value] : document.items()) {
    if (key == "base") continue;
    if (key == "edits" && value.is_array()) {
      if (!merged.contains("edits")) merged["edits"] = Json::array();
      for (const auto& edit : value) merged["edits"].push_back(edit);
    } else if (value.is_object() && merged.contains(key) && merged[key].is_object()) {
      merged[key].update(value);
    } else {
      merged[key] = value;
    }
  }
  return merged;
}

}  // namespace

std::string read_scenario_file(const std::string& path) {
  return load(path, 0).dump();
}

}  // namespace chimata
