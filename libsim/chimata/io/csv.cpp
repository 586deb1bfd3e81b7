#include "chimata/io/csv.hpp"

#include <algorithm>
#include <charconv>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

// For comparing names: lower case, without spaces (ideographic too).
std::string plain(std::string_view name) {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name.substr(i).starts_with("\u3000")) {
      i += 2;
      continue;
    }
    const char c = name[i];
    if (c != ' ' && c != '\t') result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return result;
}

char separator_of(std::string_view text) {
  std::size_t counts[3] = {};
  constexpr char candidates[] = {',', ';', '\t'};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (!quoted && c == '\n') break;
    for (int i = 0; i < 3; ++i) counts[i] += !quoted && c == candidates[i];
  }
  return candidates[std::max_element(counts, counts + 3) - counts];
}

std::string trimmed(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

CsvTable CsvTable::read(const std::string& path) {
  return parse(read_text_file(path), file_name(path));
}

CsvTable CsvTable::parse(std::string_view text, std::string file) {
  CsvTable table;
  table.file_ = std::move(file);
  const char separator = separator_of(text);
  std::vector<std::string> row;
  std::string cell;
  std::size_t line = 1, row_line = 1;
  bool quoted = false, was_quoted = false, header_done = false;

  const auto end_cell = [&] {
    row.push_back(was_quoted ? cell : trimmed(cell));
    cell.clear();
    was_quoted = false;
  };
  const auto end_row = [&] {
    end_cell();
    const bool blank = std::all_of(row.begin(), row.end(), [](const std::string& c) { return c.empty(); });
    if (!blank && !header_done) {
      table.header_ = row;
      header_done = true;
    } else if (!blank) {
      while (row.size() > table.header_.size() && row.back().empty()) row.pop_back();  // trailing commas
      if (row.size() > table.header_.size()) {
        throw InputError(table.file_ + ":" + std::to_string(row_line),
                         "has " + std::to_string(row.size()) + " cells, the header " +
                             std::to_string(table.header_.size()),
                         "put text that contains commas in quotes");
      }
      row.resize(table.header_.size());
      table.cells_.push_back(row);
      table.lines_.push_back(row_line);
    }
    row.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += '"', ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && trimmed(cell).empty()) {
      cell.clear();
      quoted = was_quoted = true;
    } else if (c == separator) {
      end_cell();
    } else if (c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      if (c == '\r') ++line;
      end_row();
      row_line = line;
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (quoted)
    throw InputError(table.file_ + ":" + std::to_string(row_line), "a quote is never closed",
                     "close it, or double it inside text");
  if (!cell.empty() || !row.empty()) end_row();
  if (!header_done) throw InputError(table.file_, "is empty", "give a header line and one line per entry");
  return table;
}

std::string CsvTable::where(std::size_t row) const {
  return file_ + ":" + std::to_string(lines_[row]);
}

std::optional<std::size_t> CsvTable::column(std::span<const std::string_view> names) const {
  for (const auto name : names) {
    for (const auto* header : {&header_, &second_header_}) {
      for (std::size_t c = 0; c < header->size(); ++c) {
        if (plain((*header)[c]) == plain(name)) return c;
      }
    }
  }
  return std::nullopt;
}

std::size_t CsvTable::required(std::string_view what, std::initializer_list<std::string_view> names) const {
  if (const auto c = column(names)) return *c;
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const auto& name : header_) {
    std::size_t best = ~std::size_t{0};
    for (const auto wanted : names) best = std::min(best, edit_distance(plain(name), plain(wanted)));
    near.emplace_back(best, name);
  }
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string there, wanted;
  for (std::size_t i = 0; i < near.size() && i < 6; ++i) there += (i ? ", " : "") + near[i].second;
  if (near.size() > 6) there += ", …";
  for (const auto name : names) wanted += (wanted.empty() ? "" : " or ") + std::string(name);
  throw InputError(file_, "has no column for the " + std::string(what) + " (columns: " + there + ")",
                   "name it " + wanted);
}

std::optional<double> CsvTable::number(std::size_t row, std::size_t column) const {
  const std::string& cell = cells_[row][column];
  std::string digits;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const auto rest = std::string_view(cell).substr(i);
    const auto third =
        static_cast<unsigned char>(rest.size() >= 3 && rest.starts_with("\xEF\xBC") ? rest[2] : '\0');
    if (third >= 0x8B && third <= 0x99) {
      digits += static_cast<char>(third - 0x60);  // U+FF0B to U+FF19: full-width + , - . / 0 to 9
      i += 2;
    } else {
      digits += cell[i];
    }
  }
  std::erase(digits, ',');
  std::erase(digits, ' ');
  if (digits.empty()) return std::nullopt;
  double value = 0;
  const char* begin = digits.data() + (digits.front() == '+');
  const auto [end, error] = std::from_chars(begin, digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || !(value - value == 0)) {
    throw InputError(where(row), header_[column] + " is '" + cell + "'", "give a number");
  }
  return value;
}

void CsvTable::rename(std::string_view from, std::string to) {
  header_[required(to, {from})] = std::move(to);
}

void CsvTable::promote_first_row() {
  second_header_ = std::move(cells_.front());
  cells_.erase(cells_.begin());
  lines_.erase(lines_.begin());
}

}  // namespace chimata::io
