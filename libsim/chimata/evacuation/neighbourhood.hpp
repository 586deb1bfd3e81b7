/// Who lives near whom. Private to this room.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata {

/// Points in square cells, for questions about a fixed radius.
class Neighbourhood {
 public:
  /// @param radius  m, of all questions
  Neighbourhood(std::span<const Point> points, double radius);

  /// Points within the radius of `p`, nearest first, equal distances by index.
  void around(Point p, std::vector<std::uint32_t>& found) const;

 private:
  struct Entry {
    std::int64_t row, column;
    std::uint32_t point;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  [[nodiscard]] std::int64_t cell(double metres) const;

  std::vector<Point> points_;
  std::vector<Entry> entries_;  // by row, column, point
  double radius_;
};

/// The points in the order of a curve that keeps near points together (Morton order of 25 m cells), so that
/// neighbours can be found among the next few.
[[nodiscard]] std::vector<std::uint32_t> along_a_curve(std::span<const Point> points);

}  // namespace chimata
