/// Small OpenStreetMap files for tests: nodes are letters on a map drawn in text.
#pragma once

#include <cctype>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace chimata::test {

using OsmTags = std::map<std::string, std::string>;

inline std::string tags_xml(const OsmTags& tags) {
  std::string xml;
  for (const auto& [key, value] : tags) xml += "<tag k=\"" + key + "\" v=\"" + value + "\"/>";
  return xml;
}

/// Every letter is a node, 0.001° (about 100 m) per column and row, near Sapporo; node ids are the letters'
/// codes.
class OsmDrawing {
 public:
  explicit OsmDrawing(const std::string& map) {
    std::istringstream lines(map);
    std::string line;
    for (int row = 0; std::getline(lines, line); ++row) {
      for (std::size_t column = 0; column < line.size(); ++column) {
        if (std::isalpha(static_cast<unsigned char>(line[column])))
          place_[line[column]] = {141.30 + 0.001 * static_cast<double>(column), 43.10 - 0.001 * row};
      }
    }
  }
  OsmDrawing& node(char name, OsmTags tags) {
    node_tags_[name] = std::move(tags);
    return *this;
  }
  /// A letter that is not on the map is a reference to a missing node.
  OsmDrawing& way(int id, const std::string& nodes, OsmTags tags) {
    ways_ += "<way id=\"" + std::to_string(id) + "\">";
    for (const char c : nodes) ways_ += "<nd ref=\"" + std::to_string(int{c}) + "\"/>";
    ways_ += tags_xml(tags) + "</way>";
    return *this;
  }
  /// Via is a letter or a list of way ids.
  OsmDrawing& restriction(int id, int from, const std::vector<int>& via_ways, char via, int to,
                          OsmTags tags) {
    tags["type"] = "restriction";
    relations_ += "<relation id=\"" + std::to_string(id) + "\">" + member("way", from, "from");
    if (via) relations_ += member("node", via, "via");
    for (const int way : via_ways) relations_ += member("way", way, "via");
    relations_ += member("way", to, "to") + tags_xml(tags) + "</relation>";
    return *this;
  }
  [[nodiscard]] std::string xml() const {
    std::ostringstream out;
    out.precision(9);
    out << "<?xml version='1.0' encoding='UTF-8'?><osm version=\"0.6\">";
    for (const auto& [name, place] : place_) {
      const auto tags = node_tags_.find(name);
      out << "<node id=\"" << int{name} << "\" lon=\"" << place.first << "\" lat=\"" << place.second << "\">"
          << (tags == node_tags_.end() ? "" : tags_xml(tags->second)) << "</node>";
    }
    out << ways_ << relations_ << "</osm>";
    return out.str();
  }

 private:
  static std::string member(const char* type, int ref, const char* role) {
    return "<member type=\"" + std::string(type) + "\" ref=\"" + std::to_string(ref) + "\" role=\"" + role +
           "\"/>";
  }
  std::map<char, std::pair<double, double>> place_;
  std::map<char, OsmTags> node_tags_;
  std::string ways_, relations_;
};

}  // namespace chimata::test
