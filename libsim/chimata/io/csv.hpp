/// Tables as comma-separated values, in the encodings that Japanese offices use.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chimata::io {

/// A CSV file in memory: a header and rows of text, all UTF-8.
///
/// Reads UTF-8 with and without byte order mark, UTF-16 and Shift-JIS (CP932); commas, semicolons or tabs;
/// quotes with line breaks inside; CRLF. Empty lines are skipped. Errors name `file:line`.
class CsvTable {
 public:
  /// @throws InputError if the file is missing, empty, no text, or a row does not fit the header
  [[nodiscard]] static CsvTable read(const std::string& path);
  /// The same from text; `file` is the name used in messages.
  [[nodiscard]] static CsvTable parse(std::string_view text, std::string file);

  [[nodiscard]] std::size_t rows() const { return cells_.size(); }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  /// "shelters.csv:12"
  [[nodiscard]] std::string where(std::size_t row) const;

  /// The first column that bears one of these names; case and spaces are ignored.
  [[nodiscard]] std::optional<std::size_t> column(std::initializer_list<std::string_view> names) const {
    return column(std::span<const std::string_view>(names.begin(), names.size()));
  }
  [[nodiscard]] std::optional<std::size_t> column(std::span<const std::string_view> names) const;
  /// The same. @throws InputError listing the columns there are, most similar first
  [[nodiscard]] std::size_t required(std::string_view what,
                                     std::initializer_list<std::string_view> names) const;

  [[nodiscard]] const std::string& text(std::size_t row, std::size_t column) const {
    return cells_[row][column];
  }
  /// Number in a cell; full-width digits and thousands separators are understood; none if the cell is empty.
  /// @throws InputError if it holds something else
  [[nodiscard]] std::optional<double> number(std::size_t row, std::size_t column) const;

  /// Gives column `from` the name `to`. @throws InputError if there is no such column
  void rename(std::string_view from, std::string to);

  /// Takes the first row as a second header, as in census tables of e-Stat: its names are found as well.
  void promote_first_row();

 private:
  std::string file_;
  std::vector<std::string> header_, second_header_;
  std::vector<std::vector<std::string>> cells_;
  std::vector<std::size_t> lines_;  // line of the file where a row starts
};

}  // namespace chimata::io
