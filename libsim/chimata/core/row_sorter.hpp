/// Row numbers in ascending order, each once.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace chimata {

/// Sorts rows of a table of known size by marking them, one bit each, where they are many enough of all for
/// that to be faster than comparing; the result is the same. Keeps its memory between calls.
class RowSorter {
 public:
  /// @param count  of all rows there are
  explicit RowSorter(std::size_t count) : count_(count) {}

  /// `rows` are numbers or ids below the count.
  template <class Row>
  void sort_unique(std::vector<Row>& rows) {
    if (rows.size() * 64 < count_) {
      std::sort(rows.begin(), rows.end());
      rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
      return;
    }
    marks_.resize((count_ + 63) / 64);
    for (const Row row : rows) marks_[number(row) / 64] |= std::uint64_t{1} << number(row) % 64;
    rows.clear();
    for (std::size_t word = 0; word < marks_.size(); ++word) {
      for (std::uint64_t left = std::exchange(marks_[word], 0); left != 0; left &= left - 1) {
        rows.push_back(
            Row{static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(left))});
      }
    }
  }

 private:
  static std::uint32_t number(std::uint32_t row) { return row; }
  template <class Id>
  static std::uint32_t number(Id id) {
    return id.value;
  }

  std::size_t count_;
  std::vector<std::uint64_t> marks_;  ///< all zero between calls
};

}  // namespace chimata
