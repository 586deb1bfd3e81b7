/// Street networks drawn as text.
///
///     const auto city = ascii_city(R"(
///         A----B----C        # 100 m between letters: 20 m a column, 50 m a line
///         |         |
///         D----E====F        # = is a flight of stairs
///     )");
///     city.link("BC"), city.node('E')
#pragma once

#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "chimata/network/builder.hpp"

namespace chimata::test {

/// Drawing rules.
struct AsciiScale {
  double column = 20;  ///< m
  double line = 50;    ///< m
  double width = 4;    ///< m of every street
};

struct AsciiCity {
  std::shared_ptr<const Network> network;
  std::map<char, NodeId> nodes;

  [[nodiscard]] NodeId node(char name) const { return nodes.at(name); }
  /// The link from one letter to the other, e.g. "AB".
  [[nodiscard]] LinkId link(std::string_view ends) const {
    for (const LinkId link : network->leaving(node(ends.at(0)))) {
      if (network->head(link) == node(ends.at(1))) return link;
    }
    throw std::out_of_range("no street " + std::string(ends));
  }
  /// The letters a walker passes who takes `links` one after the other.
  [[nodiscard]] std::string letters(const std::vector<LinkId>& links) const {
    std::string path;
    for (const LinkId link : links) {
      if (path.empty()) path += letter(network->tail(link));
      path += letter(network->head(link));
    }
    return path;
  }
  [[nodiscard]] char letter(NodeId node) const {
    for (const auto& [name, id] : nodes) {
      if (id == node) return name;
    }
    return '?';
  }
};

[[nodiscard]] inline AsciiCity ascii_city(std::string_view drawing, AsciiScale scale = {}) {
  std::vector<std::string> rows;
  std::istringstream lines{std::string(drawing)};
  for (std::string line; std::getline(lines, line);) rows.push_back(line.substr(0, line.find('#')));
  const auto at = [&](std::size_t row, std::size_t column) {
    return row < rows.size() && column < rows[row].size() ? rows[row][column] : ' ';
  };
  const auto is_node = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };

  AsciiCity city;
  NetworkBuilder builder;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      if (!is_node(rows[r][c])) continue;
      const Point p{static_cast<double>(c) * scale.column, -static_cast<double>(r) * scale.line};
      city.nodes.emplace(rows[r][c], builder.add_node(p));
    }
  }
  const auto join = [&](char from, char to, char stroke) {
    if (!is_node(to)) throw std::invalid_argument("a street in the drawing leads nowhere");
    builder.add_segment({.from = city.nodes.at(from),
                         .to = city.nodes.at(to),
                         .road_class = stroke == '=' ? RoadClass::steps : RoadClass::residential,
                         .width = scale.width});
  };
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      if (!is_node(rows[r][c])) continue;
      if (const char stroke = at(r, c + 1); stroke == '-' || stroke == '=') {
        std::size_t end = c + 1;
        while (at(r, end) == stroke) ++end;
        join(rows[r][c], at(r, end), stroke);
      }
      if (at(r + 1, c) == '|') {
        std::size_t end = r + 1;
        while (at(end, c) == '|') ++end;
        join(rows[r][c], at(end, c), '|');
      }
    }
  }
  city.network = std::make_shared<const Network>(builder.build());
  return city;
}

}  // namespace chimata::test
