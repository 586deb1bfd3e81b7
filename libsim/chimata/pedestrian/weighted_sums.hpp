/// Sums over the people around every place of a grid. Inside this room only.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata::pedestrian {

/// A rectangle of square cells from `origin` to the north-east.
struct PlaceGrid {
  Point origin;
  double cell = 1;  ///< m
  std::size_t columns = 1, rows = 1;

  [[nodiscard]] std::size_t column_of(double x) const { return place((x - origin.x) / cell, columns); }
  [[nodiscard]] std::size_t row_of(double y) const { return place((y - origin.y) / cell, rows); }
  /// The nearest cell for a point beyond the edge.
  [[nodiscard]] std::size_t cell_of(Point at) const { return row_of(at.y) * columns + column_of(at.x); }
  [[nodiscard]] double x_of(std::size_t column) const {
    return origin.x + (static_cast<double>(column) + 0.5) * cell;
  }
  [[nodiscard]] double y_of(std::size_t row) const {
    return origin.y + (static_cast<double>(row) + 0.5) * cell;
  }
  [[nodiscard]] Point centre(std::size_t index) const {
    return {x_of(index % columns), y_of(index / columns)};
  }

 private:
  static std::size_t place(double value, std::size_t count) {
    return static_cast<std::size_t>(std::min(std::max(0.0, value), static_cast<double>(count - 1)));
  }
};

/// Weights exp(-d²/R²) / (pi R²) of people at distance d from the middles of cells, and sums of their
/// velocities with them. Work is done where people are: in blocks of 8 x 8 cells that somebody comes near.
class WeightedSums {
 public:
  static constexpr std::size_t kSectors = 8;

  /// @param walking  m/s from which somebody has a direction
  WeightedSums(const PlaceGrid& grid, double range, double walking);

  /// Everybody, in the order given.
  void add_up(std::span<const Point> position, std::span<const Point> velocity);

  struct Sum {
    double weight, x, y, square;
  };
  [[nodiscard]] Sum at(std::size_t cell) const { return {weight_[cell], x_[cell], y_[cell], square_[cell]}; }
  /// Of `at(cell)` of the cell somebody stands in, the weight they add themselves.
  [[nodiscard]] double own(Point at) const;
  /// Weight of those who walk against a velocity: in the eighth of the circle across, or in one beside it.
  [[nodiscard]] double against(std::size_t cell, Point velocity) const;

  /// Calls `visit(cell)` for all cells near somebody, and for those near somebody the last time but not now.
  template <class Visit>
  void each_near(Visit&& visit) const {
    for (const std::uint32_t block : near_) each_in(block, visit);
  }
  template <class Visit>
  void each_left(Visit&& visit) const {
    for (const std::uint32_t block : before_) {
      if (is_near_[block] == 0) each_in(block, visit);
    }
  }
  /// Nobody is near, but somebody was near `cells` the last time.
  void restart(std::span<const std::uint32_t> cells);

 private:
  static constexpr std::size_t kBlock = 8;  // cells
  void add(Point at, Point velocity);
  void touch(std::size_t west, std::size_t east, std::size_t south, std::size_t north);
  void clear(std::uint32_t block);
  template <class Visit>
  void each_in(std::uint32_t block, Visit&& visit) const {
    const std::size_t west = block % block_columns_ * kBlock, south = block / block_columns_ * kBlock;
    for (std::size_t y = south; y < std::min(south + kBlock, grid_.rows); ++y) {
      for (std::size_t x = west; x < std::min(west + kBlock, grid_.columns); ++x)
        visit(y * grid_.columns + x);
    }
  }

  PlaceGrid grid_;
  double range_, walking_;
  std::size_t block_columns_;
  std::vector<double> weight_, x_, y_, square_;       // by cell
  std::array<std::vector<float>, kSectors> towards_;  // by direction and cell: weight of walkers
  std::vector<double> across_;                        // scratch: weight of one person by column
  std::vector<std::uint32_t> near_, before_;          // blocks
  std::vector<std::uint8_t> is_near_;                 // by block
};

}  // namespace chimata::pedestrian
