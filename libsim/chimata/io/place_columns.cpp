#include "chimata/io/place_columns.hpp"

#include <cmath>

#include "chimata/core/error.hpp"

namespace chimata::io {

void require_crs(const PlaceOptions& options) {
  if (options.crs.empty())
    throw InputError("crs", "the city's coordinate system is not known yet",
                     "read the streets first or give one");
}

PlaceColumns::PlaceColumns(const CsvTable& table, const PlaceOptions& options)
    : table_(table), options_(options), projection_(options.crs) {
  if (const auto x = table.column({"x"}), y = table.column({"y"});
      x && y && !table.column({"lon", "longitude", "経度"})) {
    first_ = *x, second_ = *y;
    metric_ = !all_degrees_of_japan();
  } else {
    first_ = table.required("longitude", {"lon", "longitude", "経度", "lng"});
    second_ = table.required("latitude", {"lat", "latitude", "緯度"});
  }
}

Point PlaceColumns::place(std::size_t row) const {
  const double first = value(row, first_), second = value(row, second_);
  if (metric_) return {first, second};
  if (std::abs(second) > 90 || std::abs(first) > 180) {
    const bool swapped = std::abs(first) <= 90 && std::abs(second) <= 180;
    throw InputError(
        table_.where(row),
        "longitude " + text(row, first_) + ", latitude " + text(row, second_) + " is not on earth",
        swapped ? "longitude and latitude look swapped: exchange the two columns"
                : "give degrees, e.g. 139.70 and 35.69");
  }
  const Point p = projection_.to_city({first, second});
  if (!options_.city.empty() && std::abs(first) <= 90 && !near(p) &&
      near(projection_.to_city({second, first}))) {
    throw InputError(table_.where(row),
                     "lies far from the city, and inside it with longitude and latitude exchanged",
                     "exchange the two columns");
  }
  return p;
}

// Columns named x and y that hold longitudes and latitudes (PLATEAU's evacuation tables do). Metric
// coordinates fall into that window of 32 m by 26 m only by chance, and a whole table never does.
bool PlaceColumns::all_degrees_of_japan() const {
  for (std::size_t row = 0; row < table_.rows(); ++row) {
    const double x = value(row, first_), y = value(row, second_);
    if (!(x > 122 && x < 154 && y > 20 && y < 46)) return false;
  }
  return table_.rows() > 1;
}

double PlaceColumns::value(std::size_t row, std::size_t column) const {
  if (const auto v = table_.number(row, column)) return *v;
  throw InputError(table_.where(row), table_.header()[column] + " is empty", "fill it in or delete the row");
}

bool PlaceColumns::near(Point p) const {
  constexpr double kMargin = 50'000;  // m
  return options_.city.widened(kMargin).contains(p);
}

}  // namespace chimata::io
