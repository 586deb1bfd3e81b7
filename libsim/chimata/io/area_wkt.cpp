#include "chimata/io/area_wkt.hpp"

#include <charconv>

#include "chimata/core/error.hpp"
#include "chimata/io/area_pieces.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}
bool is_letter(char c) {
  return upper(c) >= 'A' && upper(c) <= 'Z';
}

/// Reads a text from left to right.
class WktReader {
 public:
  WktReader(std::string_view text, const std::string& source) : text_(text), source_(source) {}

  std::vector<Polygon> read() {
    while (skip_spaces(), at_ < text_.size()) geometry();
    if (polygons_.empty()) throw InputError(source_, "holds no polygons", "give a POLYGON or a MULTIPOLYGON");
    return std::move(polygons_);
  }

 private:
  void geometry() {
    const std::size_t start = at_;
    std::string kind = word();
    if (kind == "SRID") {  // as databases write it before the text
      at_ = std::min(text_.find(';', at_), text_.size() - 1) + 1;
      kind = word();
    }
    if (kind != "POLYGON" && kind != "MULTIPOLYGON" && kind != "GEOMETRYCOLLECTION") {
      at_ = start;
      if (kind.empty()) refuse("is no well-known text");
      refuse("holds a " + kind, "give a POLYGON, a MULTIPOLYGON or a GEOMETRYCOLLECTION of them");
    }
    std::string more = word();
    if (more == "Z" || more == "M" || more == "ZM") more = word();
    if (more == "EMPTY") return;
    if (!more.empty()) refuse("has the word " + more + " after " + kind);
    if (kind == "POLYGON") polygon();
    if (kind == "MULTIPOLYGON") list([&] { polygon(); });
    if (kind == "GEOMETRYCOLLECTION") {
      constexpr int kDeepest = 100;  // far beyond what any program writes
      if (++depth_ > kDeepest) refuse("holds collections within collections, over a hundred deep");
      list([&] { geometry(); });
      --depth_;
    }
  }
  void polygon() {
    Polygon polygon;
    list([&] {
      auto& ring = polygon.rings.emplace_back();
      list([&] { ring.push_back(point()); });
    });
    polygons_.push_back(std::move(polygon));
  }
  Point point() {
    const double x = number(), y = number();
    while (skip_spaces(), at_ < text_.size() && text_[at_] != ',' && text_[at_] != ')') (void)number();
    return {x, y};
  }
  template <class Item>
  void list(Item&& item) {
    expect('(');
    item();
    while (skip_spaces(), at_ < text_.size() && text_[at_] == ',') {
      ++at_;
      item();
    }
    expect(')');
  }
  double number() {
    skip_spaces();
    double value = 0;
    const char* end = text_.data() + text_.size();
    const auto [stop, error] = std::from_chars(text_.data() + at_, end, value);
    if (error != std::errc{}) refuse("has no number where a coordinate should be");
    at_ = static_cast<std::size_t>(stop - text_.data());
    return value;
  }
  std::string word() {
    skip_spaces();
    std::string word;
    while (at_ < text_.size() && is_letter(text_[at_])) word += upper(text_[at_++]);
    return word;
  }
  void expect(char wanted) {
    skip_spaces();
    if (at_ >= text_.size()) refuse("ends too early", "it may be cut off: export it again");
    if (text_[at_] != wanted) refuse(std::string("lacks a ") + wanted);
    ++at_;
  }
  void skip_spaces() {
    while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) <= ' ') ++at_;
  }
  [[noreturn]] void refuse(const std::string& problem, const std::string& fix = "") const {
    const std::string near(text_.substr(at_, 20));
    throw InputError(
        source_,
        problem + " at character " + std::to_string(at_ + 1) + (near.empty() ? "" : " (\"" + near + "\")"),
        fix.empty() ? "write it like POLYGON ((0 0, 4 0, 4 3))" : fix);
  }

  std::string_view text_;
  const std::string& source_;
  std::size_t at_ = 0;
  int depth_ = 0;  ///< of collections
  std::vector<Polygon> polygons_;
};

}  // namespace

std::vector<Polygon> polygons_of_wkt(std::string_view text, const std::string& source) {
  return WktReader(text, source).read();
}

std::vector<Polygon> read_area_wkt(const std::string& path) {
  const std::string source = file_name(path);
  return detail::joined_pieces(polygons_of_wkt(read_text_file(path), source), source);
}

}  // namespace chimata::io
