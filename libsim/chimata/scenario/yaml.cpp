#include "chimata/scenario/yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "chimata/core/error.hpp"
#include "chimata/io/environment.hpp"
#include "chimata/io/text_file.hpp"
#include "chimata/scenario/flood_source.hpp"
#include "chimata/scenario/smoke_source.hpp"
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
  const auto [stop, error] = std::from_chars(begin, end, number);
  // "inf" and "nan" are words: documents have no such numbers
  if (error == std::errc{} && stop == end && std::isfinite(number)) return number;
  return text;
}

/// The nodes of a YAML text as JSON. An anchor may be used again, and stand inside itself: its nodes are
/// written out as often as they are used, so that depth and number have bounds.
class Conversion {
 public:
  Conversion(const std::string& path, const std::string& text) : path_(path), left_(kValues + text.size()) {}

  Json operator()(const YAML::Node& node, int depth = 0) {
    if (depth > kDepth || left_-- == 0)
      refuse(node, "an anchor is repeated without end", "write out what it stands for");
    switch (node.Type()) {
      case YAML::NodeType::Scalar:
        return scalar(node);
      case YAML::NodeType::Sequence: {
        Json list = Json::array();
        for (const auto& item : node) list.push_back((*this)(item, depth + 1));
        return list;
      }
      case YAML::NodeType::Map: {
        Json map = Json::object();
        for (const auto& item : node) {
          if (!item.first.IsScalar()) refuse(item.first, "a key is no text", "write key: value");
          const std::string key = item.first.Scalar();
          if (map.contains(key)) refuse(item.first, "\"" + key + "\" is given twice", "keep one of them");
          map[key] = (*this)(item.second, depth + 1);
        }
        return map;
      }
      default:
        return nullptr;
    }
  }

 private:
  static constexpr int kDepth = 100;
  static constexpr std::size_t kValues = 1'000'000;

  [[noreturn]] void refuse(const YAML::Node& node, const std::string& why, const char* remedy) const {
    throw InputError(path_ + ":" + std::to_string(node.Mark().line + 1),
                     "cannot be read as YAML (" + why + ")", remedy);
  }

  const std::string& path_;
  std::size_t left_;
};

/// Calls `each(path text)` for every place in a document that names a file.
template <class Each>
void for_paths(Json& document, Each each) {
  const auto visit = [&](Json& holder, const char* key) {
    if (holder.is_object() && holder.contains(key) && holder[key].is_string())
      holder[key] = each(holder[key].get<std::string>());
  };
  visit(document, "city");
  const auto visit_source = [&](const char* section, bool (*names_file)(std::string_view)) {
    if (!document.contains(section) || !document[section].is_object()) return;
    for (const auto& item : document[section].items()) {
      if (names_file(item.key())) visit(document[section], item.key().c_str());
    }
  };
  visit_source("flood", names_flood_file);
  visit_source("smoke", names_smoke_file);
  if (document.contains("population")) visit(document["population"], "file");
  if (document.contains("trips")) {
    for (const char* key : {"file", "routes", "forks"}) visit(document["trips"], key);
  }
}

/// Names such as demo:riverside and paths that begin with a variable do not depend on where the file lies.
bool stands_alone(const std::string& written) {
  return written.empty() || written.starts_with("demo:") || written.starts_with("${") ||
         fs::path(written).is_absolute();
}

/// `written` for a file in the folder `old`, as a file in the folder `folder` has to write it.
std::string moved(const std::string& written, const fs::path& old, const fs::path& folder) {
  if (stands_alone(written) || old == folder) return written;
  return (old / written).lexically_normal().lexically_relative(folder).string();
}

Json parsed(const fs::path& path) {
  const std::string shown = path.string();
  if (!fs::is_regular_file(path))
    throw InputError(shown, "cannot be read: there is no such scenario file", "check the path");
  std::ifstream stream(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!io::is_utf8(text)) throw InputError(shown, "is not UTF-8", "save it as UTF-8");
  Json document;
  try {
    document = Conversion(shown, text)(YAML::Load(text));
  } catch (const YAML::Exception& error) {
    throw InputError(shown + ":" + std::to_string(error.mark.line + 1),
                     "cannot be read as YAML (" + error.msg + ")",
                     "check indentation and colons near this line");
  }
  if (!document.is_object())
    throw InputError(shown, "holds no scenario", "run `chimata schema` for what belongs there");
  return document;
}

/// `above` over `below`: sections key by key, edits one after the other.
Json merged(Json below, const Json& above) {
  for (const auto& [key, value] : above.items()) {
    if (key == "edits" && value.is_array()) {
      if (!below.contains("edits")) below["edits"] = Json::array();
      for (const auto& edit : value) below["edits"].push_back(edit);
    } else if (value.is_object() && below.contains(key) && below[key].is_object()) {
      below[key] = merged(below[key], value);
    } else {
      below[key] = value;
    }
  }
  return below;
}

/// The document in a file, on its bases; paths are written for the file's folder.
Json load(const fs::path& path, std::vector<fs::path> reading = {}) {
  const fs::path place = fs::absolute(path).lexically_normal();
  if (std::find(reading.begin(), reading.end(), place) != reading.end())
    throw InputError(path.string(), "is its own base: base files refer to each other in a circle",
                     "remove a `base` from the circle");
  reading.push_back(place);
  Json document = parsed(path);
  if (!document.contains("base") || document["base"].is_null()) return document;
  if (!document["base"].is_string())
    throw InputError(path.string() + ": base", "is " + document["base"].dump(), "name a scenario file");
  const std::string named = document["base"].get<std::string>();
  const fs::path under = path.parent_path() / named;
  if (!fs::is_regular_file(under))
    throw InputError(path.string() + ": base", "there is no scenario file " + named,
                     "correct the name; it counts from the folder of this file");
  document.erase("base");
  Json below = load(under, reading);
  const fs::path old = fs::absolute(under).lexically_normal().parent_path();
  for_paths(below, [&](const std::string& written) { return moved(written, old, place.parent_path()); });
  return merged(std::move(below), document);
}

}  // namespace

std::string scenario_file_as_written(const std::string& path) {
  return load(path).dump();
}

std::string read_scenario_file(const std::string& path) {
  Json document = load(path);
  const fs::path folder = fs::path(path).parent_path();
  for_paths(document, [&](const std::string& written) {
    const fs::path whole = io::expanded_path(written, path);
    if (written.starts_with("demo:") || whole.is_absolute()) return whole.string();
    return (folder / whole).lexically_normal().string();
  });
  return document.dump();
}

}  // namespace chimata
