/// Who stands in which cell: people in the order of square cells over the plane.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/core/parallel.hpp"
#include "chimata/geo/point.hpp"

namespace chimata::pedestrian {

/// Square cells with a ring of empty ones around so that every occupied cell has eight neighbours. They are
/// numbered line by line along the shorter side, so that neighbours lie near each other in memory however
/// long a corridor is.
struct CellGrid {
  double size = 1;     ///< m, side of a cell
  double inverse = 1;  ///< 1 / size
  Point shift;         ///< cells from the lower left corner of the ring to the origin, whole numbers
  std::uint32_t columns = 3, rows = 3;
  std::uint32_t step_x = 1, step_y = 3;  ///< from a cell to its next to the right and above

  [[nodiscard]] std::size_t cells() const { return std::size_t{columns} * rows; }
  /// Cells in a line: numbers from a cell to the one beside it in the next line.
  [[nodiscard]] std::uint32_t line() const { return step_x == 1 ? step_y : step_x; }
  /// Whole numbers are added after rounding, so that nobody inside the box falls into the ring.
  [[nodiscard]] std::uint32_t cell_of(Point at) const {
    const auto x = static_cast<std::uint32_t>(static_cast<std::int64_t>(at.x * inverse + shift.x));
    const auto y = static_cast<std::uint32_t>(static_cast<std::int64_t>(at.y * inverse + shift.y));
    return x * step_x + y * step_y;
  }
};

/// Sorts rows by cell and within a cell by person, by counting, in blocks of fixed size: the result depends
/// neither on the order before nor on the number of threads.
class CellOrder {
 public:
  /// @param box         around all positions
  /// @param least_size  of a cell, m; cells are larger where the box is too wide for that many
  /// @param key         room for a number per person, of use only during the call
  void sort(std::span<const Point> position, std::span<const PersonId> person, const Box& box,
            double least_size, std::span<std::uint32_t> key, Arena& arena);

  [[nodiscard]] const CellGrid& grid() const { return grid_; }
  /// Old row of each new row.
  [[nodiscard]] std::span<const std::uint32_t> order() const { return {order_.data(), people_}; }
  /// Puts the last column in the new order, for which `order()` gives its storage: it is gone afterwards.
  void reorder_last(std::vector<std::uint32_t>& column, Arena& arena);
  /// First new row of each cell, and one past the last.
  [[nodiscard]] std::span<const std::uint32_t> first() const { return first_; }
  /// Memory held.
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Block {
    std::uint32_t least, most;  ///< cells of its rows
    std::size_t counts;         ///< where its counts begin
  };
  void lay_out(const Box& box, double least_size, std::size_t people);
  [[nodiscard]] bool count_by_blocks(std::size_t total, std::span<const std::uint32_t> keys, Arena& arena);
  void count_all(std::span<const std::uint32_t> keys);
  void add_up();

  CellGrid grid_;
  std::size_t people_ = 0;
  std::vector<std::uint32_t> order_, first_;
  std::vector<std::uint16_t> counts_;  ///< by block and cell
  std::vector<Block> blocks_;
};

}  // namespace chimata::pedestrian
