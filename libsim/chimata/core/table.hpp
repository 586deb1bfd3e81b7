/// Result tables: named, documented columns of equal length.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chimata {

/// One column of a result table.
struct TableColumn {
  using Values =
      std::variant<std::vector<std::uint8_t>, std::vector<std::uint32_t>, std::vector<std::int64_t>,
                   std::vector<float>, std::vector<double>, std::vector<std::string>>;
  std::string name;         ///< snake_case, with the unit as suffix: `arrived_s`
  std::string description;  ///< what it is, with unit
  Values values;
};

/// A table that a process fills and a user reads.
class Table {
 public:
  Table() = default;
  explicit Table(std::string description) : description_(std::move(description)) {}

  /// Adds an empty column, or returns the one of this name. The reference stays good while more are added.
  template <class T>
  std::vector<T>& column(std::string_view name, std::string_view description) {
    for (auto& c : columns_) {
      if (c.name == name) return std::get<std::vector<T>>(c.values);
    }
    columns_.push_back({std::string(name), std::string(description), std::vector<T>{}});
    return std::get<std::vector<T>>(columns_.back().values);
  }
  /// The values of an existing column. @throws std::out_of_range if there is none of this name
  template <class T>
  [[nodiscard]] const std::vector<T>& get(std::string_view name) const {
    for (const auto& c : columns_) {
      if (c.name == name) return std::get<std::vector<T>>(c.values);
    }
    throw std::out_of_range("no column " + std::string(name));
  }
  [[nodiscard]] const std::deque<TableColumn>& columns() const { return columns_; }
  [[nodiscard]] std::deque<TableColumn>& columns() { return columns_; }
  [[nodiscard]] const std::string& description() const { return description_; }
  [[nodiscard]] std::size_t rows() const {
    return columns_.empty() ? 0 : std::visit([](const auto& v) { return v.size(); }, columns_.front().values);
  }

 private:
  std::string description_;
  std::deque<TableColumn> columns_;  // addresses stay while columns are added
};

/// All tables of a run, by name.
using TableSet = std::map<std::string, Table, std::less<>>;

}  // namespace chimata
