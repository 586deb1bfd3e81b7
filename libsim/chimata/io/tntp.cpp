#include "chimata/io/tntp.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <iterator>

#include "chimata/core/error.hpp"
#include "chimata/io/road_draft.hpp"
#include "chimata/io/text_file.hpp"
#include "chimata/io/xml_reading.hpp"

namespace chimata::io {

namespace {

constexpr double kGrid = 100;  // m between nodes without coordinates
constexpr double kMostNodes = 10e6;

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!(line = trimmed(line)).empty()) {
    const auto end = std::min(line.find_first_of(" \t\r"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

// Lines with their numbers; what follows ~ is a comment, ; ends a row.
class Lines {
 public:
  Lines(std::string_view text, std::string file) : rest_(text), file_(std::move(file)) {}
  bool next() {
    while (!rest_.empty()) {
      const auto end = std::min(rest_.find('\n'), rest_.size());
      line_ = trimmed(rest_.substr(0, end));
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      ++number_;
      if (!line_.starts_with('<')) line_ = trimmed(line_.substr(0, line_.find('~')));
      if (!line_.starts_with('<')) line_ = trimmed(line_.substr(0, line_.find(';')));
      if (!line_.empty()) return true;
    }
    return false;
  }
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] std::string where() const { return file_ + ":" + std::to_string(number_); }
  [[nodiscard]] double number(std::string_view word, const char* what) const {
    const auto value = number_of(word);
    if (!value)
      throw InputError(where(), std::string(what) + " is '" + std::string(word) + "'", "give a number");
    return *value;
  }

 private:
  std::string_view rest_, line_;
  std::string file_;
  std::size_t number_ = 0;
};

class Reader {
 public:
  Reader(std::string_view net, const std::string& file, const RoadOptions& options)
      : lines_(net, file), file_(file), options_(options), draft_(file, options), bytes_(net.size()) {}

  RoadResult read(std::optional<std::string_view> node_text, const std::string& node_file) {
    metadata();
    place_nodes(node_text, node_file);
    choose_units();
    while (lines_.next()) link();
    if (count("NUMBER OF LINKS", -1) >= 0 &&
        count("NUMBER OF LINKS", -1) != static_cast<double>(draft_.links.size())) {
      throw InputError(file_,
                       "has " + std::to_string(draft_.links.size()) + " links but announces " +
                           std::to_string(static_cast<long>(count("NUMBER OF LINKS", 0))),
                       "is the file cut off? Correct <NUMBER OF LINKS> or the rows");
    }
    if (draft_.links.empty()) throw InputError(file_, "holds no links", "give a _net.tntp file");
    const double first_through = count("FIRST THRU NODE", 1);
    for (std::size_t row = 0; row < draft_.nodes.size(); ++row)
      draft_.no_through.push_back(static_cast<double>(row) + 1 < first_through);
    if (timeless_) {
      draft_.note(std::to_string(timeless_) +
                  " links have no length or no free flow time; their speed is the usual one of their class");
    }
    draft_.assemble("", true);
    return std::move(draft_).result();
  }

 private:
  void metadata() {
    while (lines_.next()) {
      const auto line = lines_.line();
      const auto close = line.find('>');
      if (!line.starts_with('<') || close == std::string_view::npos)
        throw InputError(lines_.where(), "a row comes before <END OF METADATA>", "give a _net.tntp file");
      const std::string key(line.substr(1, close - 1));
      if (key == "END OF METADATA") return;
      meta_[key] = trimmed(line.substr(close + 1));
    }
    throw InputError(file_, "has no line <END OF METADATA>", "give a _net.tntp file");
  }

  [[nodiscard]] double count(const std::string& key, double otherwise) const {
    const auto found = meta_.find(key);
    if (found == meta_.end()) return otherwise;
    const auto value = number_of(found->second);
    if (!value || *value < 0 || *value > kMostNodes || *value != std::floor(*value))
      throw InputError(file_, "<" + key + "> is '" + found->second + "'", "give a whole number, 0 or more");
    return *value;
  }

  void place_nodes(std::optional<std::string_view> text, const std::string& node_file) {
    const auto wanted = static_cast<std::size_t>(count("NUMBER OF NODES", 0));
    if (wanted == 0) throw InputError(file_, "has no line <NUMBER OF NODES>", "add it, 1 or more");
    if (wanted > bytes_)
      throw InputError(file_,
                       "announces " + std::to_string(wanted) + " nodes, more than its links could join",
                       "correct <NUMBER OF NODES>");
    std::vector<std::optional<Point>> place(text ? wanted : 0);
    if (text) {
      Lines lines{*text, node_file};
      while (lines.next()) {
        const auto words = words_of(lines.line());
        if (!std::isdigit(static_cast<unsigned char>(words[0][0]))) continue;  // the header
        if (words.size() < 3)
          throw InputError(lines.where(), "has " + std::to_string(words.size()) + " columns",
                           "write node, X, Y");
        const double id = lines.number(words[0], "node");
        if (!(id >= 1 && id <= static_cast<double>(wanted)))
          throw InputError(lines.where(), "there is no node " + std::string(words[0]) + " in " + file_,
                           "give nodes 1 to " + std::to_string(wanted));
        place[static_cast<std::size_t>(id) - 1] =
            Point{lines.number(words[1], "X"), lines.number(words[2], "Y")};
      }
    }
    const auto side = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(wanted))));
    for (std::size_t i = 0; i < wanted; ++i) {
      const std::string id = std::to_string(i + 1);
      if (text && !place[i])
        throw InputError(node_file, "says nothing of node " + id, "give every node its X and Y");
      const Point grid{kGrid * static_cast<double>(i % side), -kGrid * static_cast<double>(i / side)};
      draft_.add_node({id, text ? *place[i] : grid}, file_);
    }
    placed_ = text.has_value();
    if (!placed_) {
      draft_.warn("there are no coordinates; the nodes stand on a grid, and only lengths mean anything",
                  "put a file of nodes beside it, or name one under nodes");
    }
  }

  // "Length (ft)" in the original header; "" if it does not say.
  [[nodiscard]] std::string declared(const char* what) const {
    const auto found = meta_.find("ORIGINAL HEADER");
    if (found == meta_.end()) return {};
    std::string header = found->second;
    for (char& c : header) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    auto at = header.find(what);
    if (at == std::string::npos) return {};
    at += std::string_view(what).size();
    while (at < header.size() && header[at] == ' ') ++at;
    if (at >= header.size() || header[at] != '(') return {};
    const auto close = header.find(')', at);
    return close == std::string::npos ? std::string() : header.substr(at + 1, close - at - 1);
  }

  void choose_units() {
    const auto choose = [&](const std::string& option, std::initializer_list<const char*> columns,
                            const char* usual, const char* what) {
      if (!option.empty()) return option;
      for (const char* column : columns) {
        if (auto unit = declared(column); !unit.empty()) return unit;
      }
      draft_.note("does not say the unit of its " + std::string(what) + "; taken as " + usual,
                  "say length_unit or time_unit if it is another");
      return std::string(usual);
    };
    length_unit_ = length_unit(choose(options_.length_unit, {"length"}, "mile", "lengths"), file_);
    time_unit_ =
        time_unit(choose(options_.time_unit, {"free flow time", "fftt"}, "min", "free flow times"), file_);
  }

  void link() {
    const auto words = words_of(lines_.line());
    constexpr std::size_t kColumns = 10;
    if (words.size() < kColumns - 1) {
      throw InputError(lines_.where(), "has " + std::to_string(words.size()) + " columns",
                       "write init_node, term_node, capacity, length, free_flow_time, b, power, speed, toll, "
                       "link_type");
    }
    RoadLink link;
    link.id = std::to_string(draft_.links.size() + 1);
    link.from = draft_.node(std::string(words[0]), lines_.where());
    link.to = draft_.node(std::string(words[1]), lines_.where());
    link.capacity = lines_.number(words[2], "capacity") / 3600;
    link.length = lines_.number(words[3], "length") * length_unit_;
    const double time = lines_.number(words[4], "free_flow_time") * time_unit_;
    if (time < 0)
      throw InputError(lines_.where(), "free_flow_time is '" + std::string(words[4]) + "'", "give 0 or more");
    if (*link.length > 0 && time > 0 && *link.length / time <= 1000) {
      link.speed = *link.length / time;
    } else {
      ++timeless_;
    }
    draft_.figures["free_flow_time_s"].push_back(time);
    draft_.figures["b"].push_back(lines_.number(words[5], "b"));
    draft_.figures["power"].push_back(lines_.number(words[6], "power"));
    draft_.figures["toll"].push_back(lines_.number(words[8], "toll"));
    draft_.add_link(std::move(link), lines_.where());
  }

  Lines lines_;
  std::string file_;
  const RoadOptions& options_;
  RoadDraft draft_;
  std::map<std::string, std::string> meta_;
  double length_unit_ = 1, time_unit_ = 1;
  std::size_t timeless_ = 0, bytes_;
  bool placed_ = false;
};

std::string whole(const std::string& path) {
  const auto stream = open_packed(path);
  return {std::istreambuf_iterator<char>(*stream), {}};
}

// Sioux_net.tntp → Sioux_node.tntp, with or without .gz
std::string nodes_beside(const std::string& path) {
  const auto at = path.rfind("_net");
  if (at == std::string::npos) return {};
  const std::string stem = path.substr(0, at);
  for (const char* end : {"_node.tntp", "_node.tntp.gz"}) {
    if (std::filesystem::exists(stem + end)) return stem + end;
  }
  return {};
}

}  // namespace

RoadResult parse_tntp(std::string_view net_text, const std::string& net_file,
                      std::optional<std::string_view> node_text, const std::string& node_file,
                      const RoadOptions& options) {
  return Reader{net_text, net_file, options}.read(node_text, node_file);
}

RoadResult read_tntp(const std::string& path, const RoadOptions& options) {
  const std::string net = whole(path);
  const std::string beside = options.nodes.empty() ? nodes_beside(path) : options.nodes;
  if (beside.empty()) return parse_tntp(net, file_name(path), std::nullopt, "", options);
  const std::string nodes = whole(beside);
  return parse_tntp(net, file_name(path), nodes, file_name(beside), options);
}

}  // namespace chimata::io
