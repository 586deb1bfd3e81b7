/// Private to io: where the rows of a table lie.
#pragma once

#include "chimata/io/crs.hpp"
#include "chimata/io/csv.hpp"
#include "chimata/io/places.hpp"

namespace chimata::io {

/// @throws InputError if the options name no coordinate system
void require_crs(const PlaceOptions& options);

/// Columns that say where a row lies, and how to get from there to the city's coordinates. Refers to both.
class PlaceColumns {
 public:
  /// @throws InputError if there are none
  PlaceColumns(const CsvTable& table, const PlaceOptions& options);
  /// @throws InputError if the place is missing, not on earth, or lies in the city only with axes exchanged
  [[nodiscard]] Point place(std::size_t row) const;

 private:
  [[nodiscard]] bool all_degrees_of_japan() const;
  [[nodiscard]] double value(std::size_t row, std::size_t column) const;
  [[nodiscard]] const std::string& text(std::size_t row, std::size_t column) const {
    return table_.text(row, column);
  }
  [[nodiscard]] bool near(Point p) const;

  const CsvTable& table_;
  const PlaceOptions& options_;
  Projection projection_;
  bool metric_ = false;
  std::size_t first_ = 0, second_ = 0;
};

}  // namespace chimata::io
